import MarketCalendar

/// Compiled time zone files (TZif, RFC 8536), versions 1 to 4.
public enum TimeZoneFile {
  /// Reads the rules from a file's bytes: the 64-bit block and the footer where there are any, else the 32-bit block.
  /// Files that count leap seconds (`right/...`) are refused, because instants here do not.
  public static func parse(_ bytes: [UInt8], name: String) throws(TimeZoneError) -> TimeZoneRules {
    do {
      return try read(bytes, name: name)
    } catch {
      throw TimeZoneError(zone: name, reason: .damaged(detail: error.detail))
    }
  }

  private static func read(_ bytes: [UInt8], name: String) throws(Damage) -> TimeZoneRules {
    var reader = BigEndianReader(bytes: bytes)
    var header = try Header(&reader)
    guard header.version >= UInt8(ascii: "2") else { return try rules(header, &reader, timeSize: 4, name: name) }
    try reader.skip(header.blockSize(timeSize: 4))
    header = try Header(&reader)
    return try rules(header, &reader, timeSize: 8, name: name)
  }

  private static func rules(
    _ header: Header, _ reader: inout BigEndianReader, timeSize: Int, name: String
  ) throws(Damage) -> TimeZoneRules {
    guard header.leaps == 0 else { throw Damage("it counts leap seconds, which instants here do not") }
    guard header.types > 0 else { throw Damage("it lists no local time type") }
    guard reader.remaining >= header.blockSize(timeSize: timeSize) else { throw Damage("it ends before its data") }
    var times: [Int64] = []
    for _ in 0..<header.times { times.append(try reader.integer(timeSize)) }
    var kinds: [Int] = []
    for _ in 0..<header.times { kinds.append(Int(try reader.byte())) }
    var offsets: [Int32] = []
    for _ in 0..<header.types {
      let offset = try reader.integer(4)
      guard (-93_599...93_599).contains(offset) else { throw Damage("it states an offset of \(offset) seconds") }
      offsets.append(Int32(offset))
      try reader.skip(2)
    }
    try reader.skip(header.characters + header.standards + header.universals)
    var changes: [(at: Int64, offset: Int32)] = []
    for (time, kind) in zip(times, kinds) {
      guard kind < offsets.count else { throw Damage("a change names type \(kind) of \(offsets.count)") }
      changes.append((time, offsets[kind]))
    }
    let rule = timeSize == 8 ? try footer(&reader) : nil
    guard let rules = TimeZoneRules(name: name, initialOffset: offsets[0], changes: changes, rule: rule) else {
      throw Damage("its changes are not in ascending order")
    }
    return rules
  }

  /// The line after the 64-bit block; an empty one means that nothing is known after the last change.
  private static func footer(_ reader: inout BigEndianReader) throws(Damage) -> YearlyRule? {
    let newline = UInt8(ascii: "\n")
    guard try reader.byte() == newline else { throw Damage("its footer does not start with a new line") }
    var line: [UInt8] = []
    while true {
      let byte = try reader.byte()
      if byte == newline { break }
      line.append(byte)
    }
    guard !line.isEmpty else { return nil }
    guard let rule = PosixRule(line) else { throw Damage("its footer is no POSIX rule") }
    return rule.yearly
  }
}

/// What is wrong with a file, before its name is known.
private struct Damage: Error {
  var detail: String
  init(_ detail: String) { self.detail = detail }
}

/// The counts that start each block.
private struct Header {
  var version: UInt8
  var universals: Int
  var standards: Int
  var leaps: Int
  var times: Int
  var types: Int
  var characters: Int

  init(_ reader: inout BigEndianReader) throws(Damage) {
    for expected in "TZif".utf8 {
      guard try reader.byte() == expected else { throw Damage("expected the mark 'TZif' at its start") }
    }
    version = try reader.byte()
    try reader.skip(15)
    universals = Int(try reader.integer(4))
    standards = Int(try reader.integer(4))
    leaps = Int(try reader.integer(4))
    times = Int(try reader.integer(4))
    types = Int(try reader.integer(4))
    characters = Int(try reader.integer(4))
    guard min(universals, standards, leaps, times, types, characters) >= 0 else { throw Damage("a count is negative") }
  }

  func blockSize(timeSize: Int) -> Int {
    times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standards + universals
  }
}

private struct BigEndianReader {
  var bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - position }

  mutating func byte() throws(Damage) -> UInt8 {
    guard position < bytes.count else { throw Damage("it ends early, after \(bytes.count) bytes") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skip(_ count: Int) throws(Damage) {
    guard count <= remaining else { throw Damage("it ends early, after \(bytes.count) bytes") }
    position += count
  }

  /// A signed number of four or eight bytes.
  mutating func integer(_ size: Int) throws(Damage) -> Int64 {
    var value: UInt64 = 0
    for _ in 0..<size { value = value << 8 | UInt64(try byte()) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
