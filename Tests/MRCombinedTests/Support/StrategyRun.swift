import Foundation
import PluginSDK
import PluginTestKit
import TradingTypes

@testable import MRCombinedLogic

/// The manifest of the plugin, read from the source it is embedded from.
struct Manifest: Decodable, Sendable {
  struct Option: Decodable, Sendable {
    var name, type, help: String
    var `default`, minimum, maximum: String?
    var choices: [String]?

    /// A text as the value a host would hand over.
    func value(_ text: String) -> OptionValue {
      switch type {
      case "integer", "duration": .integer(Int64(text)!)
      case "decimal": .decimal(nanos: Price(text)!.nanos)
      case "boolean": .boolean(text == "true")
      case "list": .list(text.split(separator: ",").map(String.init))
      default: .text(text)
      }
    }
  }
  var id, name, version, abi, language: String
  var roles: [String]
  var permissions: [String]
  var options: [Option]

  static let own: Manifest = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Plugins/Strategies/MRCombined/Manifest/manifest.json")
    return try! JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
  }()
}

extension TestHost {
  /// A host with the declared defaults and some options of its own.
  convenience init(declared changes: [String: String]) {
    self.init()
    for option in Manifest.own.options {
      options[option.name] = (changes[option.name] ?? option.default).map(option.value)
    }
  }

  /// Sets equity, cash and buying power.
  func fund(_ money: Money) { (account.equity, account.cash, account.buyingPower) = (money, money, money) }
}

extension StrategyDriver<MRCombined> {
  /// Offers bars and evaluates each instant, as the host does.
  func offer(_ bars: [Bar]) throws {
    let sorted = bars.sorted { ($0.end, $0.instrument) < ($1.end, $1.instrument) }
    for (index, bar) in sorted.enumerated() {
      try self.bar(bar, session: [.first, .last])
      if index + 1 == sorted.count || sorted[index + 1].end != bar.end { try evaluate(at: bar.end) }
    }
  }
}

extension Signal {
  /// The number of a field: `ev.n`.
  func number(_ name: String) -> Double? {
    switch field(name) {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The exact decimal of a field: `plan.stop`.
  func decimal(_ name: String) -> Price? {
    if case .decimal(let nanos) = field(name) { Price(nanos: nanos) } else { nil }
  }

  private func field(_ name: String) -> Field.Value? { fields.first { "\($0.group).\($0.name)" == name }?.value }

  /// The names of the checks that failed.
  var failed: [String] { checks.filter { !$0.passed }.map(\.name) }
}
