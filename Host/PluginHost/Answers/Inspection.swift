import TradingTypes

/// A value that the contract does not allow.
struct Violation: Error {
  var what: String
  var expected: String
  var found: String
  var kind: PluginFault.Kind = .violation
}

/// Checks the values of one answer of a plugin, and copies its texts.
struct Inspection {
  /// Checks in one signal.
  static let checkLimit: UInt64 = 256
  /// Fields in one signal or observation.
  static let fieldLimit: UInt64 = 512
  /// Bytes of all texts of one answer.
  static let textLimit = 64 * 1024
  /// Bytes of a name or code.
  static let nameLimit = 64

  /// The kind of answer, in front of each value's name: `signal`.
  let subject: StaticString
  let instrumentCount: UInt32
  private var textLeft = Inspection.textLimit

  init(_ subject: StaticString, instrumentCount: UInt32) {
    self.subject = subject
    self.instrumentCount = instrumentCount
  }

  func violation(_ what: StaticString, _ expected: String, _ found: String) -> Violation {
    Violation(what: "\(subject).\(what)", expected: expected, found: found)
  }

  /// Refuses an answer whose tag has another size than this host knows.
  func size(_ found: UInt32, _ expected: Int) throws(Violation) {
    guard found == expected else { throw violation("struct_size", "\(expected)", "\(found)") }
  }

  func instrument(_ id: UInt32) throws(Violation) -> InstrumentID {
    guard id < instrumentCount else {
      throw violation("instrument", "one of the \(instrumentCount) instruments", "\(id)")
    }
    return InstrumentID(id)
  }

  /// A case of an enumeration by its number.
  func listed<Case: RawRepresentable>(_ number: Int32, _ what: StaticString) throws(Violation) -> Case
  where Case.RawValue == Int32 {
    guard let value = Case(rawValue: number) else { throw violation(what, "a listed value", "\(number)") }
    return value
  }

  /// 0 or 1.
  func flag(_ number: Int32, _ what: StaticString) throws(Violation) -> Bool {
    guard number == 0 || number == 1 else { throw violation(what, "0 or 1", "\(number)") }
    return number == 1
  }

  func finite(_ value: Double, _ what: StaticString) throws(Violation) -> Double {
    guard value.isFinite else { throw violation(what, "a finite number", "\(value)") }
    return value
  }

  /// A number that may be undefined, which is NaN, but not infinite.
  func defined(_ value: Double, _ what: StaticString) throws(Violation) -> Double? {
    if value.isNaN { return nil }
    guard value.isFinite else { throw violation(what, "a finite number or NaN", "\(value)") }
    return value
  }

  func number(_ value: Double, in range: ClosedRange<Double>, _ what: StaticString) throws(Violation) -> Double {
    guard range.contains(value) else {
      throw violation(what, "\(range.lowerBound) to \(range.upperBound)", "\(value)")
    }
    return value
  }

  func notNegative(_ value: Int64, _ what: StaticString) throws(Violation) -> Int64 {
    guard value >= 0 else { throw violation(what, "0 or more", "\(Price(nanos: value))") }
    return value
  }

  func positive(_ value: Int64, _ what: StaticString) throws(Violation) -> Int64 {
    guard value > 0 else { throw violation(what, "more than 0", "\(Price(nanos: value))") }
    return value
  }

  func count(_ count: UInt64, limit: UInt64, hasItems: Bool, _ what: StaticString) throws(Violation) -> Int {
    guard count <= limit else { throw violation(what, "at most \(limit)", "\(count)") }
    guard count == 0 || hasItems else { throw violation(what, "as many items", "\(count) of a null pointer") }
    return Int(count)
  }

  /// A text that a terminal shows as it is; one with line breaks only where `allowsLines`.
  mutating func text(
    _ pointer: UnsafePointer<CChar>?, _ length: UInt64, _ what: StaticString, limit: Int = textLimit,
    allowsLines: Bool = false
  ) throws(Violation) -> String {
    let bytes = try bytes(pointer, length, what, limit: limit)
    guard !bytes.isEmpty else { return "" }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw violation(
        what, "UTF-8", "other bytes in \"\(printable(String(decoding: bytes, as: UTF8.self), limit: 40))\"")
    }
    for scalar in text.unicodeScalars where scalar.isUnprintable && !(allowsLines && scalar == "\n") {
      throw violation(what, "printable text", "\"\(printable(text, limit: 40))\"")
    }
    return text
  }

  /// A name in snake_case.
  mutating func name(
    _ pointer: UnsafePointer<CChar>?, _ length: UInt64, _ what: StaticString, allowsNone: Bool = false
  ) throws(Violation) -> String {
    let bytes = try bytes(pointer, length, what, limit: Inspection.nameLimit)
    guard allowsNone || !bytes.isEmpty else { throw violation(what, "a name", "nothing") }
    for byte in bytes where !((97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")) {
      let found = printable(String(decoding: bytes, as: UTF8.self), limit: Inspection.nameLimit)
      throw violation(what, "small letters, digits and _", "\"\(found)\"")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An id of a broker: visible ASCII without blanks.
  mutating func id(
    _ pointer: UnsafePointer<CChar>?, _ length: UInt64, _ what: StaticString, limit: Int, allowsNone: Bool
  ) throws(Violation) -> String {
    let bytes = try bytes(pointer, length, what, limit: limit)
    guard allowsNone || !bytes.isEmpty else { throw violation(what, "an id", "nothing") }
    for byte in bytes where !(0x21...0x7e).contains(byte) {
      throw violation(
        what, "visible ASCII", "\"\(printable(String(decoding: bytes, as: UTF8.self), limit: limit))\"")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func bytes(
    _ pointer: UnsafePointer<CChar>?, _ length: UInt64, _ what: StaticString, limit: Int
  ) throws(Violation) -> UnsafeRawBufferPointer {
    guard length <= limit else { throw violation(what, "at most \(limit) bytes", "\(length)") }
    guard let bytes = borrowedBytes(pointer, length) else {
      throw violation(what, "a text", "\(length) bytes of a null pointer")
    }
    textLeft -= bytes.count
    guard textLeft >= 0 else {
      throw violation(what, "at most \(Inspection.textLimit) bytes of text in all", "more")
    }
    return bytes
  }
}
