import Runtime
import TradingTypes

/// Bars in memory, in order of start, then instrument; several readers can share them, also on several threads.
public final class BarArray: Sendable {
  /// The bars. Nobody writes to them once they are here.
  private nonisolated(unsafe) let bars: UnsafeMutableBufferPointer<Bar>
  /// How many there are.
  public var count: Int { bars.count }

  /// Copies bars.
  public init(_ source: some Collection<Bar>) {
    bars = .allocate(capacity: source.count)
    _ = bars.initialize(from: source)
  }

  /// Reads a source to its end. Blocks as the source does.
  ///
  /// - Parameter expected: how many bars there will be, as far as is known; more or fewer are right too.
  public init(reading source: any BarSource, expected: Int) throws {
    var storage = UnsafeMutableBufferPointer<Bar>.allocate(capacity: max(expected, 4096))
    var filled = 0
    do {
      while true {
        if filled == storage.count {
          let larger = UnsafeMutableBufferPointer<Bar>.allocate(capacity: storage.count * 2)
          _ = larger.moveInitialize(fromContentsOf: storage)
          storage.deallocate()
          storage = larger
        }
        let count = try source.read(into: UnsafeMutableBufferPointer(rebasing: storage[filled...]))
        if count == 0 { break }
        filled += count
      }
    } catch {
      storage.deallocate()
      throw error
    }
    bars = UnsafeMutableBufferPointer(start: storage.baseAddress, count: filled)
  }

  deinit { bars.deallocate() }

  /// The bar at a place.
  public subscript(index: Int) -> Bar { bars[index] }

  /// A source that reads the bars at these places from the first one.
  public func source(_ range: Range<Int>? = nil) -> BarArraySource { BarArraySource(self, range ?? 0..<count) }

  fileprivate func copy(from start: Int, _ count: Int, into buffer: UnsafeMutableBufferPointer<Bar>) {
    guard count > 0, let from = bars.baseAddress, let to = buffer.baseAddress else { return }
    to.update(from: from + start, count: count)
  }
}

/// Reads bars in memory; one reader a run.
public final class BarArraySource: BarSource {
  private let array: BarArray
  private var next: Int
  private let end: Int

  fileprivate init(_ array: BarArray, _ range: Range<Int>) {
    self.array = array
    next = range.lowerBound
    end = range.upperBound
  }

  public func read(into buffer: UnsafeMutableBufferPointer<Bar>) -> Int {
    let count = min(buffer.count, end - next)
    array.copy(from: next, count, into: buffer)
    next += count
    return count
  }
}
