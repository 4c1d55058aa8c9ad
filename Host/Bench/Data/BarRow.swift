import TradingTypes

/// Writes bars one after another, as records or as lines of text, and keeps their time.
struct BarRow {
  private var seconds: Int64
  private let step: Int64
  private var day = CivilDate(daysSinceEpoch: .min)
  private var dayText: InlineArray<10, UInt8> = .init(repeating: 0)

  init(start: Int64, step: Int64) {
    seconds = start
    self.step = step
  }

  /// Leaves a bar out.
  mutating func pass(_ bar: TickBar) { seconds += step }

  /// Adds a bar and goes to the next bar's time.
  mutating func put(_ bar: TickBar, asText: Bool, into bytes: inout PieceBuffer) {
    if asText {
      putTime(into: &bytes)
      bytes.put(commaAndPrice: bar.open)
      bytes.put(commaAndPrice: bar.high)
      bytes.put(commaAndPrice: bar.low)
      bytes.put(commaAndPrice: bar.close)
      bytes.put(byte: UInt8(ascii: ","))
      bytes.put(number: UInt64(bar.volume))
      bytes.put(byte: UInt8(ascii: "\n"))
    } else {
      bytes.put(word: UInt64(bitPattern: seconds * 1_000_000_000))
      bytes.put(word: TickBar.price(bar.open).bitPattern)
      bytes.put(word: TickBar.price(bar.high).bitPattern)
      bytes.put(word: TickBar.price(bar.low).bitPattern)
      bytes.put(word: TickBar.price(bar.close).bitPattern)
      bytes.put(word: Double(bar.volume).bitPattern)
    }
    seconds += step
  }

  /// `2020-01-01T00:00:00Z`.
  private mutating func putTime(into bytes: inout PieceBuffer) {
    let today = CivilDate(daysSinceEpoch: Int32(seconds / 86_400))
    if today != day {
      day = today
      for (index, byte) in today.description.utf8.enumerated() { dayText[index] = byte }
    }
    for index in dayText.indices { bytes.put(byte: dayText[index]) }
    let ofDay = UInt64(seconds % 86_400)
    bytes.put(byte: UInt8(ascii: "T"))
    bytes.put(number: ofDay / 3600, width: 2)
    bytes.put(byte: UInt8(ascii: ":"))
    bytes.put(number: ofDay / 60 % 60, width: 2)
    bytes.put(byte: UInt8(ascii: ":"))
    bytes.put(number: ofDay % 60, width: 2)
    bytes.put(byte: UInt8(ascii: "Z"))
  }
}
