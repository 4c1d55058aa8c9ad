extension ScanState {
  /// Takes a run of bars and writes the values as of each to a row of a table; goes on from the present state.
  ///
  /// The columns must be of equal length, which the table's width must hold; anything else traps first.
  public mutating func update(
    highs: Span<Double>, lows: Span<Double>, closes: Span<Double>, volumes: Span<Double>,
    into table: inout ScanTable, row: Int
  ) {
    let count = closes.count
    precondition(highs.count == count && lows.count == count && volumes.count == count, "the columns differ in length")
    precondition(table.width >= count, "the table is narrower than the columns are long")
    let outputs = ScanOutputs(table, row: row)
    let began = clock.seen
    var time = clock
    var numbers = memory.mutableSpan
    numbers.withUnsafeMutableBufferPointer { numbers in
      let memory = numbers.baseAddress!
      var sums = ScanSums<Double>(at: memory + ScanRow.sums, stride: 1)
      ScanDrafts.with { drafts in
        var bar = 0
        while bar < count {
          if time.place == 0 { sums.startBlock(memory, stride: 1, clock: time, close: closes[bar]) }
          let length = min(ScanWindow.block - time.place, count - bar)
          var place = ScanPlace(time, stride: 1)
          for index in 0..<length {
            let draft = sums.advance(
              memory, place: place, smoothing: time.smoothing, high: highs[bar + index], low: lows[bar + index],
              close: closes[bar + index], volume: volumes[bar + index])
            drafts.put(draft, at: index)
            place.advance()
            time.advance()
          }
          drafts.finish(length, into: outputs, at: bar)
          bar += length
        }
      }
      sums.put(at: memory + ScanRow.sums, stride: 1)
    }
    clock = time
    table.hideUndefined(row: row, bars: began, count: count)
  }
}

/// The drafts of a block's bars, so that their divisions can be done several bars at a time.
///
/// Only what runs on from bar to bar has to be done one by one. The divisions of a bar wait for nobody, and side by
/// side they are the same divisions.
struct ScanDrafts {
  let memory: UnsafeMutablePointer<Double>

  static func with(_ body: (ScanDrafts) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 12 * ScanWindow.block) {
      $0.initialize(repeating: 0)
      body(ScanDrafts(memory: $0.baseAddress!))
    }
  }

  @inline(__always) func row(_ number: Int, _ index: Int) -> UnsafeMutablePointer<Double> {
    memory + number * ScanWindow.block + index
  }

  @inline(__always) func put(_ draft: ScanDraft<Double>, at index: Int) {
    draft.up2.put(at: row(0, index))
    draft.down2.put(at: row(1, index))
    draft.up14.put(at: row(2, index))
    draft.down14.put(at: row(3, index))
    draft.range.put(at: row(4, index))
    draft.pivot.put(at: row(5, index))
    draft.away.put(at: row(6, index))
    draft.distances.put(at: row(7, index))
    draft.squares.put(at: row(8, index))
    draft.total.put(at: row(9, index))
    draft.traded.put(at: row(10, index))
    draft.volumes.put(at: row(11, index))
  }

  @inline(__always) func draft<Lanes: ScanLanes>(_: Lanes.Type, at index: Int) -> ScanDraft<Lanes> {
    ScanDraft(
      up2: Lanes(at: row(0, index)), down2: Lanes(at: row(1, index)), up14: Lanes(at: row(2, index)),
      down14: Lanes(at: row(3, index)), range: Lanes(at: row(4, index)), pivot: Lanes(at: row(5, index)),
      away: Lanes(at: row(6, index)), distances: Lanes(at: row(7, index)), squares: Lanes(at: row(8, index)),
      total: Lanes(at: row(9, index)), traded: Lanes(at: row(10, index)), volumes: Lanes(at: row(11, index)))
  }

  @inline(__always) func finish(_ length: Int, into outputs: ScanOutputs, at bar: Int) {
    var index = 0
    while index + PanelLanes.lanes <= length {
      outputs.put(draft(PanelLanes.self, at: index).finished(), at: bar + index)
      index += PanelLanes.lanes
    }
    while index < length {
      outputs.put(draft(Double.self, at: index).finished(), at: bar + index)
      index += 1
    }
  }
}
