/// What a plugin does for the host.
public enum PluginRole: String, Hashable, Sendable, CaseIterable {
  /// Sees bars and raises signals.
  case strategy
  /// Sees bars and reports observations; cannot trade.
  case scanner
  /// Takes orders.
  case broker
  /// Brings bars.
  case marketData = "market_data"
  /// Carries messages to people.
  case notifier

  /// The id of the role's table.
  package var tableID: String { "wharf.\(rawValue)/1" }
}

/// A version of the plugin ABI. Minor versions only add.
public struct ABIVersion: Hashable, Sendable, CustomStringConvertible {
  /// What must be equal.
  public var major: UInt16
  /// What the host must have at least.
  public var minor: UInt16

  /// Makes a version from its parts.
  public init(major: UInt16, minor: UInt16) {
    self.major = major
    self.minor = minor
  }

  /// Reads `1.0`; `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = number(parts[0]), let minor = number(parts[1]) else { return nil }
    self.init(major: major, minor: minor)
  }

  /// `1.0`.
  public var description: String { "\(major).\(minor)" }
}

/// A plugin's version by the rules of semver.org 2.0.0.
public struct SemanticVersion: Hashable, Sendable, CustomStringConvertible {
  /// The version as it was written.
  public let description: String

  /// Reads `1.4.0`, `1.4.0-beta.2` or `1.4.0+build.7`; `nil` for any other text.
  public init?(_ text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let (withoutBuild, build) = SemanticVersion.cut(text, at: "+")
    let (core, prerelease) = SemanticVersion.cut(withoutBuild, at: "-")
    let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy(SemanticVersion.isNumber) else { return nil }
    for (part, numbersArePlain) in [(prerelease, true), (build, false)] {
      guard let part else { continue }
      for word in part.split(separator: ".", omittingEmptySubsequences: false) {
        let isNumeric = word.utf8.allSatisfy { (48...57).contains($0) }
        guard !word.isEmpty, word.utf8.allSatisfy(isWordByte),
          !numbersArePlain || !isNumeric || SemanticVersion.isNumber(word)
        else { return nil }
      }
    }
    description = text
  }

  private static func cut(_ text: String, at mark: Character) -> (String, String?) {
    guard let place = text.firstIndex(of: mark) else { return (text, nil) }
    return (String(text[..<place]), String(text[text.index(after: place)...]))
  }

  private static func isNumber(_ text: Substring) -> Bool {
    let bytes = text.utf8
    return !bytes.isEmpty && bytes.allSatisfy { (48...57).contains($0) }
      && (bytes.count == 1 || bytes.first != UInt8(ascii: "0"))
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
}

private func number(_ text: Substring) -> UInt16? {
  let bytes = text.utf8
  guard bytes.allSatisfy({ (48...57).contains($0) }), bytes.count == 1 || bytes.first != UInt8(ascii: "0") else {
    return nil
  }
  return UInt16(text)
}
