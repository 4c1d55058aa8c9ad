/// The symbols met so far, found by their bytes.
final class SeriesTable {
  private(set) var states: [UnsafeMutablePointer<SeriesState>] = []
  private var known: [String: UnsafeMutablePointer<SeriesState>] = [:]
  private let wanted: Set<String>

  /// Keeps the bars of the wanted symbols, or of all when none is named.
  init(wanted: Set<String>) { self.wanted = wanted }

  deinit {
    for state in states {
      state.deinitialize(count: 1)
      state.deallocate()
    }
  }

  /// Whether a symbol's bars are wanted.
  func wants(_ symbol: String) -> Bool { wanted.isEmpty || wanted.contains(symbol) }

  /// The series of a symbol, made when it is new; `nil`: the bytes cannot be a symbol.
  func find(_ symbol: UnsafeRawBufferPointer) -> UnsafeMutablePointer<SeriesState>? {
    guard SeriesTable.isSymbol(symbol) else { return nil }
    let text = String(decoding: symbol, as: UTF8.self)
    if let state = known[text] { return state }
    let state = UnsafeMutablePointer<SeriesState>.allocate(capacity: 1)
    state.initialize(to: SeriesState(symbol, isWanted: wants(text)))
    state.pointee.follower = state
    states.append(state)
    known[text] = state
    return state
  }

  /// The series of a symbol given as text.
  func find(_ symbol: String) -> UnsafeMutablePointer<SeriesState>? {
    var symbol = symbol
    return symbol.withUTF8 { find(UnsafeRawBufferPointer($0)) }
  }

  /// A symbol is 1 to 32 bytes of UTF-8 without blanks, commas, control characters and signs of lost text.
  static func isSymbol(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard (1...32).contains(bytes.count),
      bytes.allSatisfy({ $0 > 32 && $0 != 127 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }),
      let text = String(validating: bytes, as: UTF8.self)
    else { return false }
    return !text.unicodeScalars.contains("\u{FFFD}")
  }
}
