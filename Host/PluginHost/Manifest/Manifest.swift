import Configuration
import TradingCore

/// What a plugin says about itself, in its file, readable without running it.
public struct Manifest: Hashable, Sendable {
  /// The plugin's name for the host: lower-case letters, digits and single hyphens.
  public var id: String
  /// Its name for people.
  public var name: String
  /// Its version.
  public var version: SemanticVersion
  /// What it does; at least one.
  public var roles: [PluginRole]
  /// The ABI it was written for.
  public var abi: ABIVersion
  /// The language it is written in: `c`, `swift`.
  public var language: String
  /// What it is for, in a line.
  public var summary: String
  /// What it asks the host for.
  public var permissions: [Permission]
  /// The options it takes.
  public var options: [OptionSchema]
  /// What becomes of a strategy's positions when it is quarantined.
  public var onFailure: PositionPolicy = .protect

  /// The plugin as the configuration is checked against it.
  public var schema: PluginSchema {
    PluginSchema(id: id, roles: roles.map(\.rawValue), options: options)
  }
}

/// Something that is wrong with a manifest.
public struct ManifestFault: Hashable, Sendable, CustomStringConvertible {
  /// The place: `options[2].minimum`, or a line and column.
  public var place: String
  /// What would have been right.
  public var expected: String
  /// What is there.
  public var found: String

  /// `options[2].minimum: expected a decimal in quotes, found a number`.
  public var description: String { "\(place): expected \(expected), found \(found)" }
}

/// Why a manifest cannot be used.
package enum ManifestError: Error, Equatable {
  /// It was written for an ABI this host does not have; nothing else in it was judged.
  case unsupportedABI(ABIVersion)
  /// Everything that is wrong with it.
  case faults([ManifestFault])
}
