import TradingCore
import TradingTypes

internal import WharfABI

extension Observation {
  /// A scanner's observation, if every value is one the contract allows and nothing in it speaks of an order.
  init(_ raw: UnsafePointer<wharf_observation>, instrumentCount: UInt32) throws(Violation) {
    var inspection = Inspection("observation", instrumentCount: instrumentCount)
    try inspection.size(raw.pointee.struct_size, MemoryLayout<wharf_observation>.size)
    try OrderWords.refuse(raw)
    let price = try inspection.defined(raw.pointee.price, "price")
    if let price, price < 0 { throw inspection.violation("price", "0 or more, or NaN", "\(price)") }
    let kind: Kind = try inspection.listed(raw.pointee.kind, "kind")
    if kind == .alert, raw.pointee.number == 0 {
      throw inspection.violation("number", "1 or more for an alert", "0")
    }
    self.init(
      instrument: try inspection.instrument(raw.pointee.instrument), kind: kind,
      time: Timestamp(nanoseconds: raw.pointee.time), number: raw.pointee.number, episode: raw.pointee.episode,
      price: price, score: try inspection.defined(raw.pointee.score, "score"),
      level: try inspection.name(raw.pointee.level, raw.pointee.level_length, "level", allowsNone: kind != .alert),
      code: try inspection.name(raw.pointee.code, raw.pointee.code_length, "code", allowsNone: true),
      fields: try inspection.fields(raw.pointee.fields, raw.pointee.field_count),
      text: try inspection.text(raw.pointee.text, raw.pointee.text_length, "text"))
  }
}

/// The words of an order, which have no place in an observation.
enum OrderWords {
  private static let words: Set<String> = [
    "side", "quantity", "order_type", "limit_price", "stop_price", "time_in_force",
  ]

  /// Whether a name is the word of an order, however it is spelled: `Limit-Price` is one too.
  static func contain(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count <= 32 else { return false }
    let letters = name.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
      case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): UInt8(ascii: "_")
      default: byte
      }
    }
    return words.contains(String(decoding: letters, as: UTF8.self))
  }

  /// Refuses an observation with a name that is the word of an order, before anything else in it is judged.
  static func refuse(_ raw: UnsafePointer<wharf_observation>) throws(Violation) {
    func check(_ text: UnsafePointer<CChar>?, _ length: UInt64, _ what: String) throws(Violation) {
      guard length <= 32, let bytes = borrowedBytes(text, length), contain(bytes) else { return }
      throw Violation(
        what: what, expected: "nothing of an order from a scanner",
        found: "\"\(printable(String(decoding: bytes, as: UTF8.self)))\"", kind: .security)
    }
    try check(raw.pointee.level, raw.pointee.level_length, "observation.level")
    try check(raw.pointee.code, raw.pointee.code_length, "observation.code")
    guard let fields = raw.pointee.fields, raw.pointee.field_count <= Inspection.fieldLimit else { return }
    for index in 0..<Int(raw.pointee.field_count) {
      try check(fields[index].group, fields[index].group_length, "observation.field.group")
      try check(fields[index].name, fields[index].name_length, "observation.field.name")
    }
  }
}
