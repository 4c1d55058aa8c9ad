import PluginSDK
import TradingTypes
import WharfABI

extension Check {
  init(_ raw: wharf_check) {
    self.init(
      readText(raw.name, raw.name_length), Kind(rawValue: raw.kind)!, passed: raw.passed == 1,
      value: raw.value.isNaN ? nil : raw.value, limit: raw.limit.isNaN ? nil : raw.limit,
      note: readText(raw.note, raw.note_length))
  }
}

extension Field {
  init(_ raw: wharf_field) {
    let value: Value =
      switch raw.kind {
      case 1: .number(raw.number.isNaN ? nil : raw.number)
      case 2: .decimal(nanos: raw.integer)
      case 3: .integer(raw.integer)
      case 4: .time(Timestamp(nanoseconds: raw.integer))
      case 5: .text(readText(raw.text, raw.text_length))
      default: .flag(Flag(rawValue: Int32(raw.integer))!)
      }
    self.init(readText(raw.group, raw.group_length), readText(raw.name, raw.name_length), value)
  }

  static func all(_ raw: UnsafePointer<wharf_field>?, _ count: UInt64) -> [Field] {
    UnsafeBufferPointer(start: raw, count: Int(count)).map(Field.init)
  }
}

extension Signal {
  init(_ raw: wharf_signal) {
    let bar = Bar(
      start: Timestamp(nanoseconds: raw.bar_time), end: Timestamp(nanoseconds: raw.decided_at), open: raw.close,
      high: raw.close, low: raw.close, close: raw.close, volume: 0, instrument: InstrumentID(raw.instrument))
    self.init(Verdict(rawValue: raw.verdict)!, Action(rawValue: raw.action)!, bar: bar)
    orderType = OrderType(rawValue: raw.order_type)!
    timeInForce = TimeInForce(rawValue: raw.time_in_force)!
    exitReason = ExitReason(rawValue: raw.exit_reason)
    expiresAt = raw.expires_at == 0 ? nil : Timestamp(nanoseconds: raw.expires_at)
    score = raw.score.isNaN ? nil : raw.score
    confidence = raw.flags & 1 != 0 ? raw.confidence : nil
    expectedValue = raw.flags & 2 != 0 ? raw.expected_value : nil
    ownQuantity = raw.flags & 4 != 0 ? Quantity(nanos: raw.quantity) : nil
    personOnly = raw.flags & 8 != 0
    waitsForOpen = raw.flags & 16 != 0
    entryPrice = price(raw.entry_price)
    limitPrice = price(raw.limit_price)
    stopPrice = price(raw.stop_price)
    stopDistance = price(raw.stop_distance)
    targetPrice = price(raw.target_price)
    targetDistance = price(raw.target_distance)
    trailingDistance = price(raw.trailing_distance)
    timeStopCloses = raw.time_stop_closes == 0 ? nil : raw.time_stop_closes
    checks = UnsafeBufferPointer(start: raw.checks, count: Int(raw.check_count)).map(Check.init)
    fields = Field.all(raw.fields, raw.field_count)
    code = readText(raw.code, raw.code_length)
    text = readText(raw.text, raw.text_length)
  }
}

/// A price of the ABI, where 0 stands for none.
func price(_ nanos: Int64) -> Price? { nanos == 0 ? nil : Price(nanos: nanos) }

extension VirtualTrade {
  init(_ raw: wharf_virtual_trade) {
    self.init(
      instrument: InstrumentID(raw.instrument), signalTime: Timestamp(nanoseconds: raw.signal_time),
      entryTime: Timestamp(nanoseconds: raw.entry_time), exitTime: Timestamp(nanoseconds: raw.exit_time),
      entry: Price(nanos: raw.entry), stop: Price(nanos: raw.stop), exit: Price(nanos: raw.exit),
      exitReason: ExitReason(rawValue: raw.exit_reason)!, sessionCloses: raw.session_closes,
      grossReturn: raw.gross_return, code: readText(raw.code, raw.code_length))
  }
}

extension Observation {
  init(_ raw: wharf_observation) {
    self.init(Kind(rawValue: raw.kind)!, InstrumentID(raw.instrument), at: Timestamp(nanoseconds: raw.time))
    number = raw.number
    episode = raw.episode
    price = raw.price.isNaN ? nil : raw.price
    score = raw.score.isNaN ? nil : raw.score
    level = readText(raw.level, raw.level_length)
    code = readText(raw.code, raw.code_length)
    fields = Field.all(raw.fields, raw.field_count)
    text = readText(raw.text, raw.text_length)
  }
}
