/// The variables of a `.env` file: `NAME=value`, one a line, with `#` comments, quotes and an optional `export`.
///
/// Single quotes keep what they hold; double quotes know `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; a text without quotes ends
/// at ` #`. Nothing is ever expanded, a quote ends on its line, and no message shows a line's text.
public struct DotEnvironment: Sendable {
  /// The values by name.
  public let secrets: [String: Secret]
  /// What is wrong with the file; the lines concerned are left out.
  public let faults: [ConfigurationFault]

  /// No file.
  public static let absent = DotEnvironment([], file: "")

  /// Reads the bytes of a file; `file` is its name in messages.
  public init(_ bytes: [UInt8], file: String) {
    var secrets: [String: Secret] = [:]
    var faults: [ConfigurationFault] = []
    var places: [String: Int] = [:]
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A }).enumerated() {
      let place = ConfigurationFault.Place.position(SourcePosition(file: file, line: index + 1, column: 1))
      do throws(DotEnvironmentLine.Problem) {
        guard let (name, value) = try DotEnvironmentLine.read(line) else { continue }
        if let first = places[name] {
          faults.append(
            ConfigurationFault(
              .duplicateKey, at: place, what: "variable \(name) written twice", found: "the first at line \(first)",
              remedy: "keep one of them"))
        } else {
          places[name] = index + 1
          secrets[name] = Secret(value)
        }
      } catch {
        faults.append(ConfigurationFault(.syntax, at: place, what: error.what, expected: error.expected))
      }
    }
    self.secrets = secrets
    self.faults = faults
  }

  init(secrets: [String: Secret] = [:], faults: [ConfigurationFault]) {
    self.secrets = secrets
    self.faults = faults
  }
}
