import PluginSDK
import TradingTypes

/// A record of the state: lines of text with a sum behind them, so that damaged state is refused and not guessed at.
enum Record {
  static func sealed(_ fields: [String]) -> [UInt8] {
    let body = Array(fields.joined(separator: "\n").utf8)
    return body + Array("\n\(String(sum(body), radix: 16))".utf8)
  }

  static func fields(_ bytes: [UInt8], count: Int) -> [String]? {
    guard let cut = bytes.lastIndex(of: 10) else { return nil }
    let body = Array(bytes[..<cut])
    guard String(decoding: bytes[(cut + 1)...], as: UTF8.self) == String(sum(body), radix: 16) else { return nil }
    let fields = String(decoding: body, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return fields.count == count ? fields.map(String.init) : nil
  }

  private static func sum(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// Keys that ascend with their numbers.
  static func key(_ kind: Character, _ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "\(kind)/" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}

extension Order {
  func record(symbol: String) -> [UInt8] {
    Record.sealed([
      "\(id)", "\(ocoGroup)", symbol, "\(side.rawValue)", "\(type.rawValue)", "\(timeInForce.rawValue)",
      "\(createdAt.nanoseconds)", "\(quantity.nanos)", "\(limitPrice?.nanos ?? 0)", "\(stopPrice?.nanos ?? 0)",
      isWorking ? "1" : "0", "\(reports)",
    ])
  }

  init?(_ bytes: [UInt8], instruments: [String: InstrumentID]) {
    guard let fields = Record.fields(bytes, count: 12), let id = ShortText(fields[0]), let group = ShortText(fields[1]),
      let instrument = instruments[fields[2]], let side = Int32(fields[3]).flatMap(Side.init),
      let type = Int32(fields[4]).flatMap(OrderType.init), let life = Int32(fields[5]).flatMap(TimeInForce.init),
      let created = Int64(fields[6]), let quantity = Int64(fields[7]), let limit = Int64(fields[8]),
      let stop = Int64(fields[9]), let reports = Int(fields[11])
    else { return nil }
    self.init(
      id: id, ocoGroup: group, instrument: instrument, side: side, type: type, timeInForce: life,
      createdAt: Timestamp(nanoseconds: created), quantity: Quantity(nanos: quantity),
      limitPrice: limit == 0 ? nil : Price(nanos: limit), stopPrice: stop == 0 ? nil : Price(nanos: stop),
      isWorking: fields[10] == "1", reports: reports)
  }
}

extension Happening {
  var record: [UInt8] {
    Record.sealed([
      "\(order)", "\(ordinal)", "\(kind.rawValue)", "\(cause.rawValue)", "\(time.nanoseconds)", "\(quantity.nanos)",
      "\(price?.nanos ?? 0)", "\(fee)", "\(stopPrice?.nanos ?? 0)", reason,
    ])
  }

  init?(_ bytes: [UInt8], orderCount: Int) {
    guard let fields = Record.fields(bytes, count: 10), let order = Int(fields[0]), (0..<orderCount).contains(order),
      let ordinal = Int(fields[1]), let kind = Int32(fields[2]).flatMap(OrderReport.Kind.init),
      let cause = Int(fields[3]).flatMap(Cause.init), let time = Int64(fields[4]), let quantity = Int64(fields[5]),
      let price = Int64(fields[6]), let fee = Int64(fields[7]), let stop = Int64(fields[8])
    else { return nil }
    self.init(
      order: order, ordinal: ordinal, kind: kind, cause: cause, time: Timestamp(nanoseconds: time),
      quantity: Quantity(nanos: quantity), price: price == 0 ? nil : Price(nanos: price), fee: fee,
      stopPrice: stop == 0 ? nil : Price(nanos: stop), reason: fields[9])
  }
}
