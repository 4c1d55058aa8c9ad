// The scan: six indicators of a daily watchlist in one pass, `rsi2`, `rsi14`, `bollingerZ` (20), `atr14`, `sma200` and
// `relativeVolume` (20, the present one included), sharing every load, difference and sum they can.
//
// Same definitions as RSI, ATR, SMA, FastStandardDeviation and RelativeVolume, same results to a few roundings (means
// are multiplied by 1/n here and divided by n there). Windows are blocks of 20 bars as in WindowFold; the 200-bar sum
// is what remains of the oldest of ten blocks, plus nine block totals, plus the block in work. Nothing is subtracted
// when a bar leaves, so nothing drifts, and windows of equal closes have a deviation of exactly 0.

/// The constants of the scan's windows.
enum ScanWindow {
  /// Bars in a block, and in the short windows.
  static let block = 20
  /// Blocks in the long window.
  static let blocks = 10
  /// Bars in the long window.
  static let long = block * blocks
}

/// Where each row of numbers lies in a scan's memory; a row has one number a symbol.
enum ScanRow {
  /// For each place in the long window: a close of the block in work, or the sum of the closes after it in its block,
  /// as distances from the next block's pivot.
  static let closes = 0
  /// For each place in a block: the sum of the squared distances after it in the block before.
  static let squares = closes + ScanWindow.long
  /// For each place in a block: a volume of the block in work, or the sum of the volumes after it in the block before.
  static let volumes = squares + ScanWindow.block
  /// The pivot of each of the last ten blocks: its first close.
  static let pivots = volumes + ScanWindow.block
  /// The sum of the closes of each of the last ten blocks.
  static let totals = pivots + ScanWindow.blocks
  /// The running numbers of `ScanSums`, one row each.
  static let sums = totals + ScanWindow.blocks
  /// The number of rows.
  static let count = sums + 10
}

/// What a step of the scan needs to know of its place in the series; the same for all symbols.
struct ScanClock {
  /// The bar's place in its block.
  var place = 0
  /// The block's place in the long window.
  var block = 0
  /// Bars seen before this one, held at the length of the long window.
  var seen = 0

  /// The place of the block before.
  var previousBlock: Int { block == 0 ? ScanWindow.blocks - 1 : block - 1 }
  /// The place of the block after, which is also that of the oldest whole block in the long window.
  var nextBlock: Int { block == ScanWindow.blocks - 1 ? 0 : block + 1 }

  @inline(__always) mutating func advance() {
    place += 1
    if place == ScanWindow.block {
      place = 0
      block = nextBlock
    }
    if seen < ScanWindow.long { seen += 1 }
  }

  /// How Wilder's averages take this bar's terms.
  @inline(__always) var smoothing: ScanSmoothing {
    ScanSmoothing(keep2: keep(2), scale2: scale(2), keep14: keep(14), scale14: scale(14))
  }

  /// What an average over `period` is multiplied by: nothing is forgotten before the first mean, which bar 0 is not
  /// part of.
  @inline(__always) func keep(_ period: Int) -> Double { seen > period ? Double(period - 1) / Double(period) : 1 }

  /// What a term is multiplied by before it is added.
  @inline(__always) func scale(_ period: Int) -> Double { seen > 0 ? 1 / Double(period) : 0 }
}

/// Where a step reads and writes, from the start of a symbol's numbers; the same for all symbols.
struct ScanPlace {
  /// The bar's slot among the closes, which holds what remains of the oldest block.
  var closes: Int
  /// The same place in the block before.
  var older: Int
  var squares: Int
  var volumes: Int
  /// The pivot of the block in work, and the one that the oldest block was summed about.
  let pivot: Int
  let oldestPivot: Int
  /// How many bars remain of the oldest block.
  var remaining: Double
  let stride: Int

  init(_ clock: ScanClock, stride: Int) {
    closes = (ScanRow.closes + clock.block * ScanWindow.block + clock.place) * stride
    older = (ScanRow.closes + clock.previousBlock * ScanWindow.block + clock.place) * stride
    squares = (ScanRow.squares + clock.place) * stride
    volumes = (ScanRow.volumes + clock.place) * stride
    pivot = (ScanRow.pivots + clock.block) * stride
    oldestPivot = (ScanRow.pivots + clock.nextBlock) * stride
    remaining = Double(ScanWindow.block - 1 - clock.place)
    self.stride = stride
  }

  /// Goes to the next bar of the same block.
  @inline(__always) mutating func advance() {
    closes &+= stride
    older &+= stride
    squares &+= stride
    volumes &+= stride
    remaining -= 1
  }
}

/// The weights of the old averages and of the new terms.
struct ScanSmoothing {
  let keep2: Double
  let scale2: Double
  let keep14: Double
  let scale14: Double
}
