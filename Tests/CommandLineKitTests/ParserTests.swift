import CommandLineKit
import Testing

/// Runs a command line that should be right.
private func parsed(_ line: String) throws -> ParsedArguments {
  let words = line.split(separator: " ").map(String.init)
  guard case .run(let arguments) = try exampleCommand.parse(words) else {
    throw CommandFailure(code: "test", message: "not a run: \(line)", exitCode: .internalFault)
  }
  return arguments
}

@Suite struct `Command line` {
  @Test func `the example specification has no faults`() { #expect(exampleCommand.faults() == []) }

  @Test func `faults of a specification are named`() {
    let wrong = CommandSpecification(
      "host", abstract: "",
      arguments: [
        ArgumentSpecification("A", help: "a", isRepeatable: true), ArgumentSpecification("A", help: "a"),
        ArgumentSpecification("B", help: "b", isOptional: true), ArgumentSpecification("C", help: "c"),
      ],
      options: [.flag("x", help: "x"), .flag("x", help: ""), .flag("--y", help: "y"), .flag("help", help: "h")],
      subcommands: [CommandSpecification("s", abstract: "s"), CommandSpecification("s", abstract: "")])
    #expect(
      wrong.faults() == [
        "host: option 'x' is there twice", "host: option 'x' has no help", "host: option '--y' cannot be typed",
        "host: option 'help' is there twice", "host: no abstract", "host: both arguments and subcommands",
        "host: two arguments of one name", "host: two subcommands of one name",
        "host: argument A takes what A should get",
        "host: argument C is required after an optional one",
        "host s: no abstract",
      ])
  }

  @Test func `options stand anywhere, with a space or an equals sign`() throws {
    let line = try parsed(
      "--home /h run --data=a.csv --approve all --data b=c.csv --set x=1=2 --param y= --symbols A,B --workers 3 --json")
    #expect(line.commandWords == ["host", "run"])
    #expect(line.value("home") == "/h")
    #expect(line.values("data") == ["a.csv", "b=c.csv"])
    #expect(line.value("approve") == "all")
    #expect(line.pairs("param").map(\.key) == ["x", "y"])
    #expect(line.pairs("param").map(\.value) == ["1=2", ""])
    #expect(line.list("symbols") == ["A", "B"])
    #expect(line.integer("workers") == 3)
    #expect(line.number("cash") == nil)
    #expect(line.has("json"))
  }

  @Test func `an inherited option may follow the subcommand`() throws {
    #expect(try parsed("config --home /a check").value("home") == "/a")
    #expect(try parsed("config check --home=/b").value("home") == "/b")
    #expect(try parsed("config check").value("home") == nil)
  }

  @Test func `a value may begin with one dash`() throws {
    #expect(try parsed("run --data -").values("data") == ["-"])
    #expect(try parsed("run --param a=-5 --data -x.csv").values("data") == ["-x.csv"])
    #expect(try parsed("run --data=--odd").values("data") == ["--odd"])
  }

  @Test func `after two dashes everything is an argument`() throws {
    let line = try parsed("why -- --help --home -x")
    #expect(line.argument("SYMBOL") == "--help")
    #expect(line.arguments("FILE") == ["--home", "-x"])
    #expect(try parsed("why AAPL").arguments("FILE") == [])
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var line: String
    var codes: [String]
    var message: String
    var remedy: String?
    var testDescription: String { line }
  }

  @Test(arguments: [
    Wrong(
      line: "run --aprove all", codes: ["unknown_option"], message: "unknown option '--aprove'",
      remedy: "did you mean '--approve'?"),
    Wrong(
      line: "run --sym A", codes: ["unknown_option"], message: "unknown option '--sym'",
      remedy: "did you mean '--symbols'?"),
    Wrong(
      line: "run --sets a=1", codes: ["unknown_option"], message: "unknown option '--sets'",
      remedy: "did you mean '--set'?"),
    Wrong(
      line: "run --zzz", codes: ["unknown_option"], message: "unknown option '--zzz'", remedy: "see 'host run --help'"),
    Wrong(line: "run -x", codes: ["unknown_option"], message: "unknown option '-x'", remedy: "see 'host run --help'"),
    Wrong(
      line: "run --data", codes: ["missing_value"], message: "'--data' needs a value", remedy: "give PATH after it"),
    Wrong(
      line: "run --data --json", codes: ["missing_value"], message: "'--data' needs a value",
      remedy: "give PATH after it, or write '--data=--json' if that is the value"),
    Wrong(
      line: "run --json=yes", codes: ["unexpected_value"], message: "'--json' takes no value, but has 'yes'",
      remedy: "write '--json'"),
    Wrong(
      line: "run --workers 1 --workers 2", codes: ["repeated_option"],
      message: "'--workers' is given more than once: '1' and '2'", remedy: "give it once"),
    Wrong(
      line: "--home a config check --home a", codes: ["repeated_option"],
      message: "'--home' is given more than once: 'a' and 'a'", remedy: "give it once"),
    Wrong(
      line: "run --approve some", codes: ["invalid_value"],
      message: "'--approve' cannot be 'some': expected all, none or policy"),
    Wrong(
      line: "run --workers 65", codes: ["invalid_value"],
      message: "'--workers' cannot be '65': expected a whole number from 1 to 64"),
    Wrong(
      line: "run --cash nan", codes: ["invalid_value"],
      message: "'--cash' cannot be 'nan': expected a number of at least 0.0"),
    Wrong(
      line: "run --cash 1e999", codes: ["invalid_value"],
      message: "'--cash' cannot be '1e999': expected a number of at least 0.0"),
    Wrong(line: "run --set =1", codes: ["invalid_value"], message: "'--set' cannot be '=1': expected KEY=VALUE"),
    Wrong(
      line: "run --symbols A,,B", codes: ["invalid_value"],
      message: "'--symbols' cannot be 'A,,B': expected names separated by commas"),
    Wrong(
      line: "run --data=", codes: ["invalid_value"], message: "'--data' cannot be '': expected a text that is not empty"
    ),
    Wrong(
      line: "run more", codes: ["unexpected_argument"], message: "'host run' takes no arguments, but there is 'more'",
      remedy: "see 'host run --help'"),
    Wrong(
      line: "why", codes: ["missing_argument"], message: "'host why' needs SYMBOL", remedy: "see 'host why --help'"),
    Wrong(
      line: "check-plugin a.so", codes: ["missing_option"], message: "'host check-plugin' needs '--level'",
      remedy: "add '--level N'"),
    Wrong(
      line: "confg check", codes: ["unknown_subcommand"], message: "'host' has no subcommand 'confg'",
      remedy: "did you mean 'config'?"),
    Wrong(
      line: "config", codes: ["missing_subcommand"], message: "'host config' needs a subcommand: check or show",
      remedy: "see 'host config --help'"),
    Wrong(
      line: "", codes: ["missing_subcommand"], message: "'host' needs a subcommand: run, why, config or check-plugin",
      remedy: "see 'host --help'"),
    Wrong(
      line: "run --json=1 --aprove all --workers x", codes: ["unexpected_value", "unknown_option", "invalid_value"],
      message: "'--json' takes no value, but has '1'", remedy: "write '--json'"),
    Wrong(
      line: "--bad value", codes: ["unknown_option"], message: "unknown option '--bad'", remedy: "see 'host --help'"),
  ])
  func `each wrong line is refused with its faults`(_ wrong: Wrong) throws {
    let failure = try #require(throws: CommandFailure.self) { _ = try parsed(wrong.line) }
    #expect(failure.faults.map(\.code) == wrong.codes)
    #expect(failure.first.message == wrong.message)
    #expect(failure.first.remedy == wrong.remedy ?? failure.first.expected.map { "give \($0)" })
    #expect(failure.exitCode == .usage)
    #expect(failure.usage?.hasPrefix("USAGE: host") == true)
  }

  @Test func `a usage error shows the option's help, then the usage line`() throws {
    let failure = try #require(throws: CommandFailure.self) { _ = try parsed("run --aprove all") }
    #expect(
      failure.text() == """
        host: error: unknown option '--aprove'; did you mean '--approve'?
          --approve all|none|policy
                                  Who answers the prompts for approval; risk rules
                                  decide in any case. (default: policy)
        USAGE: host run [options]

        """)
    #expect(failure.json.text.contains(#""found":"--aprove""#))
  }

  @Test func `a value that proves wrong later is refused in the same form`() throws {
    let line = try parsed("--home nowhere run")
    let failure = try #require(throws: CommandFailure.self) { _ = try line.value("home") { Int($0) } }
    #expect(failure.first.code == "invalid_value")
    #expect(failure.text().contains("--home DIR"))
    #expect(line.invalidValue(of: "home", found: "x", expected: "a folder").first.expected == "a folder")
    #expect(try parsed("--home 7 run").value("home") { Int($0) } == 7)
  }

  @Test func `reading an option that is not declared traps`() async {
    await #expect(processExitsWith: .failure) { _ = try parsed("run").value("nonsense") }
  }

  struct Asked: Sendable, CustomTestStringConvertible {
    var line: String
    var command: String
    var testDescription: String { line }
  }

  @Test(arguments: [
    Asked(line: "--help", command: "host"), Asked(line: "-h", command: "host"), Asked(line: "help", command: "host"),
    Asked(line: "help config check", command: "host config check"), Asked(line: "run --help", command: "host run"),
    Asked(line: "--help run", command: "host run"), Asked(line: "run --data --help", command: "host run"),
    Asked(line: "run --data why -h", command: "host run"), Asked(line: "run --nonsense --help", command: "host run"),
    Asked(line: "nonsense --help run", command: "host"), Asked(line: "--home run config -h", command: "host config"),
  ])
  func `help is found anywhere`(_ asked: Asked) throws {
    let outcome = try exampleCommand.parse(asked.line.split(separator: " ").map(String.init))
    guard case .help(let path) = outcome else {
      Issue.record("not help: \(outcome)")
      return
    }
    #expect(path.name == asked.command)
  }

  @Test func `the version is printed only for the root`() throws {
    guard case .version("host 1.0.0") = try exampleCommand.parse(["--version"]) else {
      Issue.record("no version")
      return
    }
    #expect(throws: CommandFailure.self) { try exampleCommand.parse(["run", "--version"]) }
  }

  @Test func `any command line is answered and never traps`() {
    var generator = SeededGenerator(state: 4)
    let words = [
      "run", "why", "config", "check", "show", "check-plugin", "help", "-h", "--help", "--version", "--", "-", "", "=",
      "--=",
      "--=x", "-=", "--data", "--data=", "--data=a", "--json", "--json=", "--home", "--param", "a=b", "--set",
      "--workers", "9",
      "--cash", "-1", "--approve", "all", "--symbols", "A,B", ",", "--level", "1", "--\u{301}", "-\u{301}-data",
      "--data=\u{301}",
      "\r\n", "--approve\u{0}",
    ]
    var runs = 0
    for _ in 0..<20_000 {
      let line = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        Int.random(in: 0...9, using: &generator) == 0
          ? generator.text(upTo: 60) : words.randomElement(using: &generator)!
      }
      do throws(CommandFailure) {
        if case .run(let arguments) = try exampleCommand.parse(line) {
          runs += 1
          #expect(arguments.path.command.subcommands.isEmpty)
        }
      } catch {
        #expect(error.exitCode == .usage)
        #expect(!error.text().isEmpty && !error.json.text.isEmpty)
      }
    }
    #expect(runs > 100)
  }
}
