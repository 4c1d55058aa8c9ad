import TradingCore
import TradingTypes

internal import WharfABI

extension SignalProposal {
  /// Reads a signal of the usual kind quickly into uninitialized memory: raised, at the market, with short names, without
  /// checks and text. `false`, and nothing is left there: read it the other way, which also tells what is wrong with it.
  @inline(__always)
  static func readUsual(
    _ raw: UnsafePointer<wharf_signal>, instrumentCount: UInt32, keepsDetails: Bool,
    into place: UnsafeMutablePointer<SignalProposal>
  ) -> Bool {
    guard raw.pointee.struct_size == UInt32(MemoryLayout<wharf_signal>.size),
      raw.pointee.instrument < instrumentCount, raw.pointee.verdict == Int32(WHARF_VERDICT_RAISED),
      raw.pointee.order_type == Int32(WHARF_ORDER_MARKET), raw.pointee.check_count == 0, raw.pointee.text_length == 0,
      raw.pointee.close > 0, raw.pointee.close <= .greatestFiniteMagnitude,
      raw.pointee.decided_at >= raw.pointee.bar_time,
      raw.pointee.expires_at == 0 || raw.pointee.expires_at >= raw.pointee.decided_at,
      raw.pointee.time_stop_closes <= 100_000, arePlausible(raw),
      let action = SignalAction(rawValue: raw.pointee.action),
      let timeInForce = TimeInForce(rawValue: raw.pointee.time_in_force)
    else { return false }
    let isExit = action == .exit
    let (reason, strategy, time) = (raw.pointee.exit_reason, Int32(WHARF_EXIT_STRATEGY), Int32(WHARF_EXIT_TIME))
    guard isExit ? reason == strategy || reason == time : reason == 0 else { return false }
    var code: ShortASCII?
    if raw.pointee.code_length > 0 {
      code = shortCode(raw)
      if code == nil { return false }
    }
    place.initialize(
      to: SignalProposal(
        instrument: InstrumentID(raw.pointee.instrument), verdict: .raised, action: action,
        barTime: Timestamp(nanoseconds: raw.pointee.bar_time),
        decidedAt: Timestamp(nanoseconds: raw.pointee.decided_at), close: raw.pointee.close))
    place.pointee.timeInForce = timeInForce
    if let code { place.pointee.code = code.string(isLayoutKnown: ShortASCII.isStringLayoutKnown) }
    if isExit { place.pointee.exitReason = reason == time ? .time : .strategy }
    let flags = SignalFlags(rawValue: raw.pointee.flags)
    place.pointee.flags = flags
    if raw.pointee.expires_at != 0 { place.pointee.expiresAt = Timestamp(nanoseconds: raw.pointee.expires_at) }
    if !raw.pointee.score.isNaN { place.pointee.score = raw.pointee.score }
    if flags.contains(.hasConfidence) { place.pointee.confidence = raw.pointee.confidence }
    if flags.contains(.hasExpectedValue) { place.pointee.expectedValue = raw.pointee.expected_value }
    place.pointee.quantity = Quantity(nanos: raw.pointee.quantity)
    place.pointee.entryPrice = Price(nanos: raw.pointee.entry_price)
    place.pointee.limitPrice = Price(nanos: raw.pointee.limit_price)
    place.pointee.stopPrice = Price(nanos: raw.pointee.stop_price)
    place.pointee.stopDistance = Price(nanos: raw.pointee.stop_distance)
    place.pointee.targetPrice = Price(nanos: raw.pointee.target_price)
    place.pointee.targetDistance = Price(nanos: raw.pointee.target_distance)
    place.pointee.trailingDistance = Price(nanos: raw.pointee.trailing_distance)
    place.pointee.timeStopCloses = raw.pointee.time_stop_closes
    guard raw.pointee.field_count == 0 || place.pointee.readUsualFields(raw, keepsDetails) else {
      place.deinitialize(count: 1)
      return false
    }
    return true
  }

  /// Whether the flags are known, the judgement is within its bounds and no price or quantity is below zero.
  @inline(__always)
  private static func arePlausible(_ raw: UnsafePointer<wharf_signal>) -> Bool {
    let flags = SignalFlags(rawValue: raw.pointee.flags)
    return flags.isSubset(of: .known) && (raw.pointee.score.isNaN || (0...1).contains(raw.pointee.score))
      && (!flags.contains(.hasConfidence) || (0...100).contains(raw.pointee.confidence))
      && (!flags.contains(.hasExpectedValue) || raw.pointee.expected_value.isFinite)
      && raw.pointee.quantity | raw.pointee.entry_price | raw.pointee.limit_price | raw.pointee.stop_price
        | raw.pointee.stop_distance | raw.pointee.target_price
        | raw.pointee.target_distance | raw.pointee.trailing_distance >= 0
  }

  /// The code; `nil`: it is not short, or no name.
  @inline(never)
  private static func shortCode(_ raw: UnsafePointer<wharf_signal>) -> ShortASCII? {
    guard let code = ShortASCII(raw.pointee.code, raw.pointee.code_length), code.isName else { return nil }
    return code
  }

  /// Judges the fields and keeps them where that is wanted; `false`: one of them needs a longer look.
  private mutating func readUsualFields(_ raw: UnsafePointer<wharf_signal>, _ keepsDetails: Bool) -> Bool {
    var fields: [Field] = []
    guard Field.readUsual(raw, keepsDetails, into: &fields) else { return false }
    if keepsDetails { explain(checks: [], fields: fields, text: "") }
    return true
  }

  /// Leaves out what only a record shows.
  mutating func dropDetails() { explain(checks: [], fields: [], text: "") }
}

extension Field {
  /// Judges the fields of a signal, each of a number and with short names, and keeps them where that is wanted; `false`:
  /// one of them needs a longer look.
  @inline(__always)
  fileprivate static func readUsual(
    _ raw: UnsafePointer<wharf_signal>, _ keepsDetails: Bool, into fields: inout [Field]
  ) -> Bool {
    guard raw.pointee.field_count <= Inspection.fieldLimit, let items = raw.pointee.fields else { return false }
    let count = Int(raw.pointee.field_count)
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
