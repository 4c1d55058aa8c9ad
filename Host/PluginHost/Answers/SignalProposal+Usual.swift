import TradingCore
import TradingTypes

internal import WharfABI

extension SignalProposal {
  /// A signal of the usual kind, read quickly: raised, with short names, without checks and text. `nil`: read it the other
  /// way, which also tells what is wrong with it.
  @inline(__always)
  init?(usual raw: UnsafePointer<wharf_signal>, instrumentCount: UInt32, keepsDetails: Bool) {
    guard raw.pointee.struct_size == UInt32(MemoryLayout<wharf_signal>.size),
      raw.pointee.instrument < instrumentCount, raw.pointee.verdict == Int32(WHARF_VERDICT_RAISED),
      raw.pointee.order_type == Int32(WHARF_ORDER_MARKET), raw.pointee.check_count == 0, raw.pointee.text_length == 0,
      raw.pointee.close > 0, raw.pointee.close < .infinity, raw.pointee.decided_at >= raw.pointee.bar_time,
      raw.pointee.expires_at == 0 || raw.pointee.expires_at >= raw.pointee.decided_at,
      raw.pointee.time_stop_closes <= 100_000, SignalProposal.arePlausible(raw.pointee),
      let action = SignalAction(rawValue: raw.pointee.action),
      let timeInForce = TimeInForce(rawValue: raw.pointee.time_in_force),
      let code = SignalProposal.usualCode(raw.pointee)
    else { return nil }
    let isExit = action == .exit
    guard
      isExit
        ? raw.pointee.exit_reason == Int32(WHARF_EXIT_STRATEGY) || raw.pointee.exit_reason == Int32(WHARF_EXIT_TIME)
        : raw.pointee.exit_reason == 0
    else { return nil }
    self.init(
      instrument: InstrumentID(raw.pointee.instrument), verdict: .raised, action: action,
      barTime: Timestamp(nanoseconds: raw.pointee.bar_time), decidedAt: Timestamp(nanoseconds: raw.pointee.decided_at),
      close: raw.pointee.close)
    guard Field.readUsual(raw.pointee, keepsDetails, into: &fields) else { return nil }
    self.timeInForce = timeInForce
    self.code = code
    if isExit { exitReason = raw.pointee.exit_reason == Int32(WHARF_EXIT_TIME) ? .time : .strategy }
    flags = SignalFlags(rawValue: raw.pointee.flags)
    if raw.pointee.expires_at != 0 { expiresAt = Timestamp(nanoseconds: raw.pointee.expires_at) }
    if !raw.pointee.score.isNaN { score = raw.pointee.score }
    if flags.contains(.hasConfidence) { confidence = raw.pointee.confidence }
    if flags.contains(.hasExpectedValue) { expectedValue = raw.pointee.expected_value }
    quantity = Quantity(nanos: raw.pointee.quantity)
    entryPrice = Price(nanos: raw.pointee.entry_price)
    limitPrice = Price(nanos: raw.pointee.limit_price)
    stopPrice = Price(nanos: raw.pointee.stop_price)
    stopDistance = Price(nanos: raw.pointee.stop_distance)
    targetPrice = Price(nanos: raw.pointee.target_price)
    targetDistance = Price(nanos: raw.pointee.target_distance)
    trailingDistance = Price(nanos: raw.pointee.trailing_distance)
    timeStopCloses = raw.pointee.time_stop_closes
  }

  /// Whether the flags are known, the judgement is within its bounds and no price or quantity is below zero.
  @inline(__always)
  private static func arePlausible(_ raw: wharf_signal) -> Bool {
    let flags = SignalFlags(rawValue: raw.flags)
    return flags.isSubset(of: .known) && (raw.score.isNaN || (0...1).contains(raw.score))
      && (!flags.contains(.hasConfidence) || (0...100).contains(raw.confidence))
      && (!flags.contains(.hasExpectedValue) || raw.expected_value.isFinite)
      && raw.quantity | raw.entry_price | raw.limit_price | raw.stop_price | raw.stop_distance | raw.target_price
        | raw.target_distance | raw.trailing_distance >= 0
  }

  /// The code, where it is short; `nil`: it is not, or it is no name.
  @inline(__always)
  private static func usualCode(_ raw: wharf_signal) -> String? {
    guard raw.code_length > 0 else { return "" }
    guard let code = ShortASCII(raw.code, raw.code_length), code.isName else { return nil }
    return code.string(isLayoutKnown: ShortASCII.isStringLayoutKnown)
  }

  /// Leaves out what only a record shows.
  mutating func dropDetails() {
    checks = []
    fields = []
    text = ""
  }
}

extension Field {
  /// Judges the fields of a signal, each of a number and with short names, and keeps them where that is wanted; `false`:
  /// one of them needs a longer look.
  @inline(__always)
  fileprivate static func readUsual(_ raw: wharf_signal, _ keepsDetails: Bool, into fields: inout [Field]) -> Bool {
    guard raw.field_count > 0 else { return true }
    guard raw.field_count <= Inspection.fieldLimit, let items = raw.fields else { return false }
    let count = Int(raw.field_count)
    if keepsDetails { fields.reserveCapacity(count) }
    let isLayoutKnown = keepsDetails && ShortASCII.isStringLayoutKnown
    for item in UnsafeBufferPointer(start: items, count: count) {
      guard let name = ShortASCII(item.name, item.name_length), name.isName else { return false }
      var group: ShortASCII?
      if item.group_length > 0 {
        group = ShortASCII(item.group, item.group_length)
        guard group?.isName == true else { return false }
      }
      let value: Field.Value
      switch Int(item.kind) {
      case Int(WHARF_FIELD_NUMBER):
        guard !item.number.isInfinite else { return false }
        value = .number(item.number.isNaN ? nil : item.number)
      case Int(WHARF_FIELD_DECIMAL): value = .decimal(nanos: item.integer)
      case Int(WHARF_FIELD_INTEGER): value = .integer(item.integer)
      case Int(WHARF_FIELD_TIME): value = .time(nanoseconds: item.integer)
      default: return false
      }
      guard keepsDetails else { continue }
      fields.append(
        Field(
          group: group?.string(isLayoutKnown: isLayoutKnown) ?? "", name: name.string(isLayoutKnown: isLayoutKnown),
          value: value))
    }
    return true
  }
}
