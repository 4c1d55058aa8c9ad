import TradingTypes

/// Bars in order of start, then instrument: what a market-data plugin gives.
public protocol BarSource: AnyObject {
  /// Writes up to the buffer's count of bars and answers how many; 0 at the end of the data.
  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int
}
