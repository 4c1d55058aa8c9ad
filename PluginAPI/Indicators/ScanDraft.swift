/// What the values of a bar are made of: averages and window sums, before the divisions.
struct ScanDraft<Lanes: ScanLanes> {
  /// Averaged gains and losses.
  var up2: Lanes
  var down2: Lanes
  var up14: Lanes
  var down14: Lanes
  /// The averaged true range.
  var range: Lanes
  /// The first close of the block.
  var pivot: Lanes
  /// The close, as a distance from the pivot.
  var away: Lanes
  /// Over the short window: the distances from the pivot, and their squares.
  var distances: Lanes
  var squares: Lanes
  /// The closes of the long window.
  var total: Lanes
  /// The volume, and the volumes of the short window.
  var traded: Lanes
  var volumes: Lanes
}

/// The six values of as many bars as there are lanes; those whose window is not full mean nothing.
struct ScanResult<Lanes: ScanLanes> {
  var rsi2: Lanes
  var rsi14: Lanes
  var bollingerZ: Lanes
  var atr14: Lanes
  var sma200: Lanes
  var relativeVolume: Lanes
}

extension ScanDraft {
  /// Does the divisions.
  @inline(__always) func finished() -> ScanResult<Lanes> {
    let zero = Lanes(all: 0)
    let hundred = Lanes(all: 100)
    let both2 = up2 + down2
    let both14 = up14 + down14
    let share = Lanes(all: 1 / Double(ScanWindow.block))
    let mean = distances * share
    let variance = squares * share - mean * mean
    let level = pivot + mean
    // A deviation of at most 1e-12 of the level is flat: its z is 0.
    let flat = level * level * Lanes(all: 1e-24)
    return ScanResult(
      rsi2: (hundred * up2 / both2).zero(where: both2, notAbove: zero),
      rsi14: (hundred * up14 / both14).zero(where: both14, notAbove: zero),
      bollingerZ: ((away - mean) / variance.rootOfMagnitude()).zero(where: variance, notAbove: flat),
      atr14: range,
      sma200: total * Lanes(all: 1 / Double(ScanWindow.long)),
      relativeVolume: traded * Lanes(all: Double(ScanWindow.block)) / volumes)
  }
}
