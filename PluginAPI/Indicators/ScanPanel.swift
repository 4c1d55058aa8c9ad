/// The scan of many symbols in step: six indicators of all of them, one instant at a time, in vector lanes.
///
/// Inputs are rows of one instant (time-major), a number a symbol, in the same order each time; every symbol must have
/// a bar at every instant, and inputs must be finite. Results agree bit for bit with ``ScanState`` symbol by symbol.
public struct ScanPanel: ~Copyable, Sendable {
  /// The number of symbols.
  public let symbols: Int
  /// Numbers from one row of the memory to the next: the symbols, padded to whole vectors.
  let stride: Int
  var clock = ScanClock()
  /// Owned. Reached through this value alone, so access is exclusive.
  nonisolated(unsafe) let memory: UnsafeMutablePointer<Double>

  /// Makes a panel without bars; the number of symbols must not be negative.
  public init(symbols: Int) {
    precondition(symbols >= 0, "a panel needs a number of symbols that is not negative")
    self.symbols = symbols
    stride = (symbols + 7) & ~7
    let bytes = ScanRow.count * stride * MemoryLayout<Double>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memory = raw.initializeMemory(as: Double.self, repeating: 0, count: ScanRow.count * stride)
  }

  deinit { memory.deallocate() }

  /// Takes the next bar of every symbol and writes the values as of it to a row of a table.
  ///
  /// Each column must have a number a symbol and the table's width must hold as many; anything else traps first.
  public mutating func update(
    highs: Span<Double>, lows: Span<Double>, closes: Span<Double>, volumes: Span<Double>,
    into table: inout ScanTable, row: Int
  ) {
    precondition(
      highs.count == symbols && lows.count == symbols && closes.count == symbols && volumes.count == symbols,
      "each column needs a number a symbol")
    precondition(table.width >= symbols, "the table is narrower than the panel")
    let outputs = ScanOutputs(table, row: row)
    highs.withUnsafeBufferPointer { highs in
      lows.withUnsafeBufferPointer { lows in
        closes.withUnsafeBufferPointer { closes in
          volumes.withUnsafeBufferPointer { volumes in
            guard let high = highs.baseAddress, let low = lows.baseAddress, let close = closes.baseAddress,
              let volume = volumes.baseAddress
            else { return }
            let inputs = ScanInputs(high: high, low: low, close: close, volume: volume)
            let vectors = symbols & ~(PanelLanes.lanes - 1)
            step(PanelLanes.self, inputs, outputs, 0..<vectors)
            step(Double.self, inputs, outputs, vectors..<symbols)
          }
        }
      }
    }
    for column in ScanColumn.allCases where clock.seen < column.firstBar {
      table.start(column, row: row).update(repeating: .nan, count: symbols)
    }
    clock.advance()
  }

  @inline(__always) func step<Lanes: ScanLanes>(
    _: Lanes.Type, _ inputs: ScanInputs, _ outputs: ScanOutputs, _ range: Range<Int>
  ) {
    let smoothing = clock.smoothing
    let place = ScanPlace(clock, stride: stride)
    var symbol = range.lowerBound
    while symbol < range.upperBound {
      let numbers = memory + symbol
      let row = numbers + ScanRow.sums * stride
      var sums = ScanSums<Lanes>(at: row, stride: stride)
      let close = Lanes(at: inputs.close + symbol)
      if clock.place == 0 { sums.startBlock(numbers, stride: stride, clock: clock, close: close) }
      let draft = sums.advance(
        numbers, place: place, smoothing: smoothing, high: Lanes(at: inputs.high + symbol),
        low: Lanes(at: inputs.low + symbol), close: close, volume: Lanes(at: inputs.volume + symbol))
      sums.put(at: row, stride: stride)
      outputs.put(draft.finished(), at: symbol)
      symbol += Lanes.lanes
    }
  }
}

/// The numbers worked on at a time: two fill a register of baseline x86-64, whose sixteen registers hold two lanes of
/// all the running numbers. (Four were a seventh faster where the whole build was for AVX-512; on the baseline they
/// spill.)
typealias PanelLanes = SIMD2<Double>

/// The addresses that a step reads from.
struct ScanInputs {
  let high: UnsafePointer<Double>
  let low: UnsafePointer<Double>
  let close: UnsafePointer<Double>
  let volume: UnsafePointer<Double>
}
