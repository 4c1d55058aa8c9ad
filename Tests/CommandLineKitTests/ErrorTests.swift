import CommandLineKit
import Testing

@Suite struct `Errors` {
  private static let full = CommandError(
    code: "unknown_key", message: "cannot use the configuration", where: "config.yaml:12", expected: "max_positions",
    found: "max_positons", remedy: "correct the name", exitCode: .badConfiguration)
  private static let bare = CommandError(code: "no_data", message: "no bars in the range", exitCode: .badData)

  @Test func `exit codes are those of sysexits`() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78])
    #expect(Set(ExitCode.allCases.map(\.meaning)).count == ExitCode.allCases.count)
  }

  @Test func `text has a line for each detail that is known`() {
    #expect(
      Self.full.text() == """
        host: error: cannot use the configuration
          where:    config.yaml:12
          expected: max_positions
          found:    max_positons
          remedy:   correct the name

        """)
    #expect(Self.bare.text() == "host: error: no bars in the range\n")
    #expect(Self.bare.text(style: Style(.colourful)).contains("\u{1B}[31merror:\u{1B}[0m"))
  }

  @Test func `JSON has every key of the contract`() {
    #expect(
      CommandFailure(Self.bare).json.text
        == #"{"error":{"code":"no_data","expected":null,"found":null,"message":"no bars in the range","#
        + #""remedy":null,"where":null},"schema":1}"#)
  }

  @Test func `several faults are all there, and the first decides`() throws {
    let failure = try #require(CommandFailure([Self.full, Self.bare]))
    #expect(failure.exitCode == .badConfiguration)
    #expect(failure.text() == Self.full.text() + Self.bare.text() + "host: 2 errors\n")
    #expect(failure.json == ["schema": 1, "error": Self.full.json, "errors": [Self.full.json, Self.bare.json]])
    #expect(CommandFailure([]) == nil)
  }

  @Test func `untrusted text cannot steer the terminal`() {
    let fault = CommandError(
      code: "x", message: "cannot load \u{1B}[2Ja.so", where: "a\nhost: ok\u{9B}1m\u{202E}", exitCode: .badData)
    #expect(
      fault.text() == "host: error: cannot load \\u{1B}[2Ja.so\n  where:    a\\nhost: ok\\u{9B}1m\\u{202E}\n")
  }

  @Test func `an error of another module is a fault of the host`() {
    struct Surprise: Error {}
    let failure = CommandFailure(any: Surprise())
    #expect(failure.exitCode == .internalFault)
    #expect(failure.first.code == "internal_fault")
    #expect(failure.first.message == "Surprise()")
    #expect(CommandFailure(any: Self.bare) == CommandFailure(Self.bare))
  }
}
