/// The path of a configuration key from the root: `risk.max_positions`.
public struct ConfigurationKey: Hashable, Sendable, CustomStringConvertible {
  /// The names from the root down.
  public let segments: [String]

  /// Makes a key from its names.
  public init(_ segments: [String]) { self.segments = segments }

  /// Makes a key from its names.
  public init(_ segments: String...) { self.segments = segments }

  /// The key one level below this one.
  public func appending(_ segment: String) -> ConfigurationKey { ConfigurationKey(segments + [segment]) }

  /// The names joined by dots; a name that holds anything but letters, digits, `_` and `-` is quoted, so that
  /// `instruments."BRK.B".step` has one reading.
  public var description: String { segments.map(ConfigurationKey.shown).joined(separator: ".") }

  private static func shown(_ segment: String) -> String {
    let plain = segment.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 0x5F || byte == 0x2D
    }
    return plain && !segment.isEmpty ? segment : quoted(segment, limit: 60)
  }
}
