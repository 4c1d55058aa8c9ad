import TradingTypes

/// Settled values by key, for what is built out of them.
struct SettingTable {
  let values: [ConfigurationKey: Setting<OptionValue>]

  subscript(_ path: String...) -> Setting<OptionValue>? { values[ConfigurationKey(path)] }

  /// The symbols that something was said about, in byte order.
  var symbols: [String] {
    let paths = values.keys.map(\.segments).filter { $0.count == 3 && $0[0] == "instruments" }
    return Set(paths.map { $0[1] }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A value that the schema gives a default of this type, so that a checked table always has it.
  func required<Value>(_ path: String..., as convert: (OptionValue) -> Value?) -> Setting<Value> {
    let key = ConfigurationKey(path)
    guard let setting = values[key], let value = convert(setting.value) else {
      preconditionFailure("the schema of \(key) has no default of its type")
    }
    return Setting(value, setting.origin)
  }

  /// A value that may not be there.
  func optional<Value>(_ path: String..., as convert: (OptionValue) -> Value?) -> Setting<Value>? {
    guard let setting = values[ConfigurationKey(path)], let value = convert(setting.value) else { return nil }
    return Setting(value, setting.origin)
  }
}

extension OptionValue {
  /// The market, if it is the name of one.
  var market: Market? {
    switch text {
    case "equity": .equity
    case "crypto": .crypto
    default: nil
    }
  }

  var duration: Duration? { decimal?.seconds }
  var integerLimit: Limit<Int64>? { self == .unlimited ? .unlimited : integer.map(Limit.atMost) }
  var decimalLimit: Limit<DecimalValue>? { self == .unlimited ? .unlimited : decimal.map(Limit.atMost) }
}
