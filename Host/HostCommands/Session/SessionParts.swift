import CommandLineKit
import Configuration
import Hashing
import Ledger
import PluginHost
import TradingTypes

/// What makes a session itself, whether people, a replay or a backtest runs it: its ledger's fingerprint is made of it.
struct SessionParts {
  /// `paper` or `backtest`.
  var mode: String
  /// The account's name.
  var account: String
  var currency: Currency
  /// What the command line asked for, in a fixed order.
  var options: [String]
  var configuration: EffectiveConfiguration
  var data: OpenedData
  var decideFrom: Timestamp
  var endBefore: Timestamp
  /// In the order they were named.
  var strategies: [Manifest]
  /// Every plugin that decides.
  var plugins: [PluginIdentity]

  var description: SessionDescription {
    SessionDescription(
      mode: mode, account: account, currency: currency, dataHash: data.contents.fingerprint.hex,
      configuration: SessionParts.text(of: configuration),
      options: JSONValue.array(options.map { .string($0) }).text,
      from: decideFrom == .distantPast ? nil : decideFrom, to: endBefore == .distantFuture ? nil : endBefore,
      strategies: strategies.map { manifest in
        SessionDescription.Strategy(
          id: manifest.id, version: manifest.version.description,
          parameters: SessionParts.parameters(configuration.plugin(manifest.id)))
      }, instruments: data.universe.instruments,
      plugins: plugins.map { .init(id: $0.id, version: $0.version, sha256: $0.digest.hex) },
      build: "host \(HostProgram.version)")
  }

  /// Settings that change nothing a session decides: where files are, and how long a plugin may take.
  private static let immaterial: Set = [
    "plugins.replay.paths", "plugins.paths", "plugins.watchdog", "plugins.call_seconds",
  ]

  /// Every setting in effect that matters, one a line.
  private static func text(of configuration: EffectiveConfiguration) -> String {
    configuration.rows.filter { !immaterial.contains($0.key) }
      .map { "\($0.key)=\($0.value ?? "")" }.joined(separator: "\n")
  }

  /// A plugin's options as a JSON object with sorted keys.
  private static func parameters(_ plugin: PluginConfiguration?) -> String {
    var object: [String: JSONValue] = [:]
    for setting in plugin?.settings ?? [] {
      object[setting.schema.name] = setting.value.map { .string($0.value.description) } ?? .null
    }
    return JSONValue.object(object).text
  }
}
