import TradingCore
import TradingTypes

internal import WharfABI

extension SignalProposal {
  /// A strategy's signal, if every value is one the contract allows.
  init(_ raw: UnsafePointer<wharf_signal>, instrumentCount: UInt32) throws(Violation) {
    var inspection = Inspection("signal", instrumentCount: instrumentCount)
    // Only when the size is right do the other fields lie where they are expected.
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_signal>.size)
    let instrument = try inspection.instrument(raw.pointee.instrument)
    let close = try inspection.finite(raw.pointee.close, "close")
    guard close > 0 else { throw inspection.violation("close", "more than 0", "\(close)") }
    guard raw.pointee.decided_at >= raw.pointee.bar_time else {
      throw inspection.violation("decided_at", "not before bar_time", "\(raw.pointee.decided_at)")
    }
    self.init(
      instrument: instrument, verdict: try inspection.listed(raw.pointee.verdict, "verdict"),
      action: try inspection.listed(raw.pointee.action, "action"),
      barTime: Timestamp(nanoseconds: raw.pointee.bar_time),
      decidedAt: Timestamp(nanoseconds: raw.pointee.decided_at), close: close)
    try readOrder(raw, inspection)
    try readJudgement(raw, inspection)
    try readPrices(raw, inspection)
    let checks = try inspection.checks(raw.pointee.checks, raw.pointee.check_count)
    let fields = try inspection.fields(raw.pointee.fields, raw.pointee.field_count)
    code = try inspection.name(raw.pointee.code, raw.pointee.code_length, "code", allowsNone: true)
    explain(
      checks: checks, fields: fields, text: try inspection.text(raw.pointee.text, raw.pointee.text_length, "text"))
  }

  private mutating func readOrder(_ raw: UnsafePointer<wharf_signal>, _ inspection: Inspection) throws(Violation) {
    orderType = try inspection.listed(raw.pointee.order_type, "order_type")
    guard orderType == .market || orderType == .limit else {
      throw inspection.violation("order_type", "market or limit", orderType.name)
    }
    timeInForce = try inspection.listed(raw.pointee.time_in_force, "time_in_force")
    if action == .exit {
      let reason: ExitReason = try inspection.listed(raw.pointee.exit_reason, "exit_reason")
      guard reason == .strategy || reason == .time else {
        throw inspection.violation("exit_reason", "strategy or time", reason.name)
      }
      exitReason = reason
    } else if raw.pointee.exit_reason != 0 {
      throw inspection.violation("exit_reason", "0 for an entry", "\(raw.pointee.exit_reason)")
    }
    flags = SignalFlags(rawValue: raw.pointee.flags)
    guard flags.isSubset(of: .known) else {
      throw inspection.violation("flags", "bits of \(SignalFlags.known.rawValue)", "\(raw.pointee.flags)")
    }
    if raw.pointee.expires_at != 0 {
      guard raw.pointee.expires_at >= raw.pointee.decided_at else {
        throw inspection.violation("expires_at", "0 or not before decided_at", "\(raw.pointee.expires_at)")
      }
      expiresAt = Timestamp(nanoseconds: raw.pointee.expires_at)
    }
    timeStopCloses = raw.pointee.time_stop_closes
    guard timeStopCloses <= 100_000 else {
      throw inspection.violation("time_stop_closes", "at most 100000", "\(timeStopCloses)")
    }
  }

  private mutating func readJudgement(_ raw: UnsafePointer<wharf_signal>, _ inspection: Inspection) throws(Violation) {
    if !raw.pointee.score.isNaN { score = try inspection.number(raw.pointee.score, in: 0...1, "score") }
    if flags.contains(.hasConfidence) {
      confidence = try inspection.number(raw.pointee.confidence, in: 0...100, "confidence")
    }
    if flags.contains(.hasExpectedValue) {
      expectedValue = try inspection.finite(raw.pointee.expected_value, "expected_value")
    }
  }

  private mutating func readPrices(_ raw: UnsafePointer<wharf_signal>, _ inspection: Inspection) throws(Violation) {
    func price(_ nanos: Int64, _ what: StaticString) throws(Violation) -> Price {
      Price(nanos: try inspection.notNegative(nanos, what))
    }
    quantity = Quantity(nanos: try inspection.notNegative(raw.pointee.quantity, "quantity"))
    entryPrice = try price(raw.pointee.entry_price, "entry_price")
    limitPrice = try price(raw.pointee.limit_price, "limit_price")
    stopPrice = try price(raw.pointee.stop_price, "stop_price")
    stopDistance = try price(raw.pointee.stop_distance, "stop_distance")
    targetPrice = try price(raw.pointee.target_price, "target_price")
    targetDistance = try price(raw.pointee.target_distance, "target_distance")
    trailingDistance = try price(raw.pointee.trailing_distance, "trailing_distance")
    if verdict == .raised, orderType == .limit, limitPrice == .zero {
      throw inspection.violation("limit_price", "more than 0 for a limit order", "0")
    }
  }
}

extension VirtualTrade {
  /// A strategy's virtual trade, if every value is one the contract allows.
  init(_ raw: UnsafePointer<wharf_virtual_trade>, instrumentCount: UInt32) throws(Violation) {
    var inspection = Inspection("virtual_trade", instrumentCount: instrumentCount)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_virtual_trade>.size)
    guard raw.pointee.entry_time >= raw.pointee.signal_time else {
      throw inspection.violation("entry_time", "not before signal_time", "\(raw.pointee.entry_time)")
    }
    guard raw.pointee.exit_time >= raw.pointee.entry_time else {
      throw inspection.violation("exit_time", "not before entry_time", "\(raw.pointee.exit_time)")
    }
    self.init(
      instrument: try inspection.instrument(raw.pointee.instrument),
      signalTime: Timestamp(nanoseconds: raw.pointee.signal_time),
      entryTime: Timestamp(nanoseconds: raw.pointee.entry_time),
      exitTime: Timestamp(nanoseconds: raw.pointee.exit_time),
      entry: Price(nanos: try inspection.positive(raw.pointee.entry, "entry")),
      stop: Price(nanos: try inspection.notNegative(raw.pointee.stop, "stop")),
      exit: Price(nanos: try inspection.positive(raw.pointee.exit, "exit")),
      reason: try inspection.listed(raw.pointee.exit_reason, "exit_reason"), sessionCloses: raw.pointee.session_closes,
      grossReturn: try inspection.finite(raw.pointee.gross_return, "gross_return"),
      code: try inspection.name(raw.pointee.code, raw.pointee.code_length, "code", allowsNone: true))
  }
}
