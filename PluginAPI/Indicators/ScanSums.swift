/// The numbers that a scan carries from bar to bar.
struct ScanSums<Lanes: ScanLanes> {
  var previousClose: Lanes
  var up2: Lanes
  var down2: Lanes
  var up14: Lanes
  var down14: Lanes
  var range: Lanes
  /// Of the block in work: distances from the pivot, their squares, volumes.
  var distance: Lanes
  var square: Lanes
  var volume: Lanes
  /// The closes of the block in work and of the nine blocks before it.
  var total: Lanes
}

extension ScanSums {
  @inline(__always) init(at row: UnsafePointer<Double>, stride: Int) {
    previousClose = Lanes(at: row)
    up2 = Lanes(at: row + stride)
    down2 = Lanes(at: row + 2 * stride)
    up14 = Lanes(at: row + 3 * stride)
    down14 = Lanes(at: row + 4 * stride)
    range = Lanes(at: row + 5 * stride)
    distance = Lanes(at: row + 6 * stride)
    square = Lanes(at: row + 7 * stride)
    volume = Lanes(at: row + 8 * stride)
    total = Lanes(at: row + 9 * stride)
  }

  @inline(__always) func put(at row: UnsafeMutablePointer<Double>, stride: Int) {
    previousClose.put(at: row)
    up2.put(at: row + stride)
    down2.put(at: row + 2 * stride)
    up14.put(at: row + 3 * stride)
    down14.put(at: row + 4 * stride)
    range.put(at: row + 5 * stride)
    distance.put(at: row + 6 * stride)
    square.put(at: row + 7 * stride)
    volume.put(at: row + 8 * stride)
    total.put(at: row + 9 * stride)
  }

  /// Starts a block: turns the block before into sums of what follows each place, about the new block's first close.
  @inline(__always) mutating func startBlock(
    _ memory: UnsafeMutablePointer<Double>, stride: Int, clock: ScanClock, close: Lanes
  ) {
    let zero = Lanes(all: 0)
    (distance, square, volume, total) = (zero, zero, zero, zero)
    close.put(at: memory + (ScanRow.pivots + clock.block) * stride)
    guard clock.seen > 0 else { return }
    var sum = zero
    var squares = zero
    var volumes = zero
    let closeRows = memory + (ScanRow.closes + clock.previousBlock * ScanWindow.block) * stride
    for place in (0..<ScanWindow.block).reversed() {
      let closeRow = closeRows + place * stride
      let squareRow = memory + (ScanRow.squares + place) * stride
      let volumeRow = memory + (ScanRow.volumes + place) * stride
      let away = Lanes(at: closeRow) - close
      let traded = Lanes(at: volumeRow)
      sum.put(at: closeRow)
      squares.put(at: squareRow)
      volumes.put(at: volumeRow)
      sum = sum + away
      squares = squares + away * away
      volumes = volumes + traded
    }
    (sum + close * Lanes(all: Double(ScanWindow.block))).put(
      at: memory + (ScanRow.totals + clock.previousBlock) * stride)
    var block = clock.nextBlock
    while block != clock.block {
      total = total + Lanes(at: memory + (ScanRow.totals + block) * stride)
      block = block == ScanWindow.blocks - 1 ? 0 : block + 1
    }
  }

  /// Takes a bar and returns what its values are made of.
  @inline(__always) mutating func advance(
    _ memory: UnsafeMutablePointer<Double>, place: ScanPlace, smoothing: ScanSmoothing,
    high: Lanes, low: Lanes, close: Lanes, volume traded: Lanes
  ) -> ScanDraft<Lanes> {
    let change = close - previousClose
    let gain = Lanes.larger(Lanes(all: 0), change)
    let loss = gain - change
    let trueRange = Lanes.larger(high, previousClose) - Lanes.smaller(low, previousClose)
    previousClose = close
    let (keep2, scale2) = (Lanes(all: smoothing.keep2), Lanes(all: smoothing.scale2))
    up2 = up2 * keep2 + gain * scale2
    down2 = down2 * keep2 + loss * scale2
    let (keep14, scale14) = (Lanes(all: smoothing.keep14), Lanes(all: smoothing.scale14))
    up14 = up14 * keep14 + gain * scale14
    down14 = down14 * keep14 + loss * scale14
    range = range * keep14 + trueRange * scale14

    let older = Lanes(at: memory + place.older)
    let olderSquares = Lanes(at: memory + place.squares)
    let olderVolume = Lanes(at: memory + place.volumes)
    traded.put(at: memory + place.volumes)
    // What remains of the oldest block was summed as distances from the pivot of the block after it.
    let oldest =
      Lanes(at: memory + place.closes) + Lanes(all: place.remaining) * Lanes(at: memory + place.oldestPivot)
    close.put(at: memory + place.closes)
    let pivot = Lanes(at: memory + place.pivot)
    let away = close - pivot
    distance = distance + away
    square = square + away * away
    volume = volume + traded
    total = total + close
    return ScanDraft(
      up2: up2, down2: down2, up14: up14, down14: down14, range: range, pivot: pivot, away: away,
      distances: distance + older, squares: square + olderSquares, total: total + oldest, traded: traded,
      volumes: volume + olderVolume)
  }
}
