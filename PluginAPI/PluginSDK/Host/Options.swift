import TradingTypes
import WharfABI

/// The instance's own options, validated by the host against the manifest and read here with their types.
///
/// Every failure is of status `configuration` and names the option and what was expected. The `optional` forms answer
/// `nil` for a declared option without a value.
public struct Options {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_config>

  /// A whole number within bounds.
  public func integer(_ name: String, in bounds: ClosedRange<Int> = .min ... .max) throws(PluginError) -> Int {
    try required(name, "an integer", optionalInteger(name, in: bounds))
  }

  /// A whole number within bounds, or `nil` when it has no value.
  public func optionalInteger(
    _ name: String, in bounds: ClosedRange<Int> = .min ... .max
  ) throws(PluginError) -> Int? {
    var value: Int64 = 0
    guard try found(name, "an integer", withText(name) { table.pointee.integer(host, $0, $1, &value) }) else {
      return nil
    }
    guard bounds.contains(Int(value)) else {
      throw .option(name, expected: "an integer in \(bounds.lowerBound)...\(bounds.upperBound)", found: "\(value)")
    }
    return Int(value)
  }

  /// A duration in whole seconds.
  public func seconds(_ name: String) throws(PluginError) -> Int {
    try required(name, "a duration", optionalInteger(name))
  }

  /// An exact decimal.
  public func decimal<Decimal: FixedPoint>(
    _ name: String, as type: Decimal.Type = Decimal.self
  ) throws(PluginError) -> Decimal {
    try required(name, "a decimal", optionalDecimal(name))
  }

  /// An exact decimal, or `nil` when it has no value.
  public func optionalDecimal<Decimal: FixedPoint>(
    _ name: String, as type: Decimal.Type = Decimal.self
  ) throws(PluginError) -> Decimal? {
    var nanos: Int64 = 0
    guard try found(name, "a decimal", withText(name) { table.pointee.decimal(host, $0, $1, &nanos) }) else {
      return nil
    }
    return Decimal(nanos: nanos)
  }

  /// A decimal as the nearest double, for analytics.
  public func number(
    _ name: String, in bounds: ClosedRange<Double> = -.infinity ... .infinity
  ) throws(PluginError) -> Double {
    let value = try decimal(name, as: Price.self)
    guard bounds.contains(value.double) else {
      throw .option(name, expected: "a decimal in \(bounds.lowerBound)...\(bounds.upperBound)", found: "\(value)")
    }
    return value.double
  }

  /// A boolean.
  public func boolean(_ name: String) throws(PluginError) -> Bool {
    var value: Int32 = 0
    guard try found(name, "a boolean", withText(name) { table.pointee.boolean(host, $0, $1, &value) }) else {
      throw .option(name, expected: "a boolean", found: "no value")
    }
    guard value == 0 || value == 1 else { throw .option(name, expected: "0 or 1 from the host", found: "\(value)") }
    return value == 1
  }

  /// A text.
  public func text(_ name: String) throws(PluginError) -> String {
    try required(name, "a text", optionalText(name))
  }

  /// A text, or `nil` when it has no value.
  public func optionalText(_ name: String) throws(PluginError) -> String? {
    try pieces(name, "a text")?.joined()
  }

  /// One of the texts of an enumeration.
  public func choice<Choice>(_ name: String, as type: Choice.Type = Choice.self) throws(PluginError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let value = try text(name)
    guard let choice = Choice(rawValue: value) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .option(name, expected: "one of \(known)", found: "\"\(value)\"")
    }
    return choice
  }

  /// A list of texts; empty when it has no value.
  public func list(_ name: String) throws(PluginError) -> [String] { try pieces(name, "a list") ?? [] }

  private func pieces(_ name: String, _ expected: String) throws(PluginError) -> [String]? {
    let (status, pieces) = collect { sink in withText(name) { table.pointee.text(host, $0, $1, sink) } }
    guard try found(name, expected, status) else { return nil }
    return pieces.map { String(decoding: $0, as: UTF8.self) }
  }

  private func found(_ name: String, _ expected: String, _ status: wharf_status) throws(PluginError) -> Bool {
    switch PluginStatus(rawValue: status) {
    case nil where status == 0: return true
    case .notFound: return false
    case .invalid: throw .option(name, expected: "\(expected) in the manifest", found: "an option of another type")
    default: throw .option(name, expected: expected, found: "status \(status) from the host")
    }
  }

  private func required<Value>(_ name: String, _ expected: String, _ value: Value?) throws(PluginError) -> Value {
    guard let value else {
      throw .option(name, expected: expected, found: "no value; set it, or declare it in the manifest with a default")
    }
    return value
  }
}
