import Foundation
import Testing
import TradingTypes

@testable import ReplayLogic

/// Runs a body with a text in memory that may be read past its end, as a window allows.
private func padded<Result>(_ text: String, _ body: (UnsafeRawPointer) throws -> Result) rethrows -> Result {
  let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 64)
  return try bytes.withUnsafeBytes { try body($0.baseAddress!) }
}

@Suite struct `Reading numbers and rows quickly` {
  /// What the decimal scanner makes of a text that a comma ends; `nil`: it gave up.
  func scan(_ text: String, guessing before: String = "1.25") -> Double? {
    let forms = UnsafeMutablePointer<DecimalScanner.Form>.allocate(capacity: 1)
    forms.initialize(to: DecimalScanner.Form())
    defer { forms.deallocate() }
    let scanner = DecimalScanner()
    _ = padded(before + ",") { scanner.scan($0, forms) }
    return padded(text + ",777") { start in
      let value = scanner.scan(start, forms)
      guard let next = value.next else { return nil }
      #expect(next.load(as: UInt8.self) == UInt8(ascii: ",") && next - start == text.utf8.count)
      return value.nearest
    }
  }

  @Test func `random decimals are the nearest doubles, whatever form was guessed`() throws {
    var random = SplitMix(seed: 11)
    func digits(_ count: Int) -> String { String((0..<count).map { _ in Character("\(random.next(below: 10))") }) }
    var before = "1"
    for _ in 0..<20_000 {
      let whole = digits(1 + Int(random.next(below: 15)))
      let fraction = Int(random.next(below: UInt64(min(16, 19 - whole.utf8.count))))
      let text = fraction == 0 ? whole : "\(whole).\(digits(fraction))"
      #expect(scan(text, guessing: before) == Double(text), "\(text) after \(before)")
      before = text
    }
  }

  @Test(
    arguments: [
      "9007199254740993", "0.1", "123456789012345.678", "0.000000000000001", "999999999999999.999", "1.7976931348623",
      "4503599627370496.5", "9007199254740991.5", "72057594037927.945", "12345678", "123456789", "1234567.1",
      "12345678.9", "1.1234567", "1.12345678", "00000001.50000000", "100000000000000.125",
    ])
  func `numbers near the limits are the nearest doubles or left to the careful way`(_ text: String) throws {
    let number = scan(text)
    #expect(number == nil || number == Double(text))
    #expect(try CarefulNumber.read(text, "x") == Double(text))
  }

  @Test(arguments: ["", "-1", "+1", ".5", "5.", "1e5", "1 ", " 1", "x", "1,2", "1.2.3", "NaN", "\u{0}"])
  func `what is no plain decimal is not read as one`(_ text: String) throws {
    for before in ["1.25", "1", "123.5", "12345678", ""] {
      let forms = UnsafeMutablePointer<DecimalScanner.Form>.allocate(capacity: 1)
      forms.initialize(to: DecimalScanner.Form())
      defer { forms.deallocate() }
      let scanner = DecimalScanner()
      _ = padded(before + "|") { scanner.scan($0, forms) }
      let end = padded(text + "|") { start in scanner.scan(start, forms).next.map { $0 - start } }
      // Whoever scans a row finds no delimiter there, and gives the row to the careful way.
      #expect(end == nil || end! < text.utf8.count || text == "1,2" || text.isEmpty)
    }
  }

  @Test func `exact quotients round to even`() {
    #expect(DecimalScanner.quotient(0, over: 10) == 0)
    #expect(DecimalScanner.quotient(9_007_199_254_740_993, over: 1) == 9_007_199_254_740_992)
    #expect(DecimalScanner.quotient(9_007_199_254_740_995, over: 1) == 9_007_199_254_740_996)
    #expect(DecimalScanner.quotient(.max, over: 1) == 18_446_744_073_709_551_616)
    #expect(DecimalScanner.quotient(1, over: 1_000_000_000_000_000_000) == 1e-18)
    #expect(DecimalScanner.quotient(90_071_992_547_409_930, over: 10) == 9_007_199_254_740_992)
    #expect(DecimalScanner.quotient(90_071_992_547_409_931, over: 10) == 9_007_199_254_740_994)
  }

  /// Layouts in and out of the usual order.
  static let layouts: [[ColumnKind]] = [
    [.time, .open, .high, .low, .close, .volume],
    [.symbol, .time, .open, .high, .low, .close, .volume, .ignored],
    [.ignored, .close, .time, .volume, .high, .symbol, .low, .open],
  ]

  @Test(arguments: layouts)
  func `what the scanner reads the careful way reads alike, and it reads all plain rows`(_ columns: [ColumnKind]) throws
  {
    var random = SplitMix(seed: 5)
    let layout = Layout(columns: columns, headerLines: 1)
    var scanner = RowScanner(layout, takesNaive: false)
    defer { scanner.deallocate() }
    let careful = CarefulRow(layout: layout, times: CarefulTime())
    var plainRead = 0
    for round in 0..<30_000 {
      var line = columns.map { Self.field($0, &random) }.joined(separator: ",")
      if round % 2 == 1 { line = Self.mutated(line, &random) }
      guard !line.contains("\n") else { continue }
      var row = Row()
      try padded(line + "\n") { start in
        let next = withUnsafeMutablePointer(to: &row) { scanner.scan(start, $0) }
        guard let next else {
          #expect(round % 2 == 1, "gave up on \(line)")
          return
        }
        plainRead += 1
        #expect(next - start == line.utf8.count + 1)
        let read = try careful.read(CSVLine(UnsafeRawBufferPointer(start: start, count: line.utf8.count)))
        #expect(read.row.start == row.start, "\(line)")
        let (slow, quick) = (read.row.numbers, row.numbers)
        let same = [
          (slow.open, quick.open), (slow.high, quick.high), (slow.low, quick.low), (slow.close, quick.close),
          (slow.volume, quick.volume),
        ].allSatisfy { $0.0.bitPattern == $0.1.bitPattern }
        #expect(same && read.row.isPlausible == row.isPlausible, "\(line)")
        if let symbol = read.symbol { #expect(Array(symbol.utf8) == Array(row.symbol), "\(line)") }
      }
    }
    #expect(plainRead >= 15_000)
  }

  private static func field(_ kind: ColumnKind, _ random: inout SplitMix) -> String {
    switch kind {
    case .ignored: return ["", "x", "regular", "1.5"].randomElement(using: &random)!
    case .symbol: return ["A", "BRK.B", "ÄÖ"].randomElement(using: &random)!
    case .time:
      let time = Timestamp(seconds: Int64(random.next(below: 4_000_000_000)) - 1_000_000_000)!
      let text = time.description
      switch random.next(below: 3) {
      case 0: return String(text.prefix(10))
      case 1: return text
      default: return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "+00:00"
      }
    default:
      let number = random.next(below: 1_000_000_000)
      return random.next(below: 3) == 0 ? "\(number)" : "\(number / 10_000).\(10_000 + number % 10_000)"
    }
  }

  private static func mutated(_ line: String, _ random: inout SplitMix) -> String {
    var bytes = Array(line.utf8)
    let alphabet = Array("0123456789.,-+:TZ eE\"\r\tNa".utf8) + [0, 200, 255]
    for _ in 0...random.next(below: 3) {
      let place = Int(random.next(below: UInt64(bytes.count)))
      switch random.next(below: 3) {
      case 0: bytes[place] = alphabet.randomElement(using: &random)!
      case 1: bytes.insert(alphabet.randomElement(using: &random)!, at: place)
      default: if bytes.count > 1 { bytes.remove(at: place) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
