/// The definitions, computed plainly from the whole history at each bar; slow, and written without looking at the
/// library.
enum Naive {
  static func mean(_ x: ArraySlice<Double>) -> Double { x.reduce(0, +) / Double(x.count) }

  static func deviation(_ x: ArraySlice<Double>) -> Double {
    let m = mean(x)
    return (x.reduce(0) { $0 + ($1 - m) * ($1 - m) } / Double(x.count)).squareRoot()
  }

  /// Applies `f` to the last `n` values at each index, NaN before.
  static func windows(_ x: [Double], _ n: Int, _ f: (ArraySlice<Double>) -> Double) -> [Double] {
    x.indices.map { $0 + 1 < n ? .nan : f(x[($0 + 1 - n)...$0]) }
  }

  /// Wilder's average of the terms, which begin at index `from`.
  static func wilder(_ terms: [Double], _ n: Int, from: Int) -> [Double] {
    var out = [Double](repeating: .nan, count: terms.count)
    guard terms.count >= from + n else { return out }
    out[from + n - 1] = mean(terms[from..<from + n])
    for i in (from + n)..<max(from + n, terms.count) { out[i] = (out[i - 1] * Double(n - 1) + terms[i]) / Double(n) }
    return out
  }

  static func rsi(_ close: [Double], _ n: Int, whenFlat: Double) -> [Double] {
    let changes = close.indices.map { $0 == 0 ? 0 : close[$0] - close[$0 - 1] }
    let up = wilder(changes.map { max($0, 0) }, n, from: 1)
    let down = wilder(changes.map { max(-$0, 0) }, n, from: 1)
    return zip(up, down).map { u, d in u + d == 0 ? whenFlat : 100 * u / (u + d) }
  }

  static func trueRanges(_ bars: Bars) -> [Double] {
    (0..<bars.count).map { i in
      guard i > 0 else { return .nan }
      let previous = bars.closes[i - 1]
      return [
        bars.highs[i] - bars.lows[i], abs(bars.highs[i] - previous), abs(bars.lows[i] - previous),
      ].max()!
    }
  }

  static func atr(_ bars: Bars, _ n: Int) -> [Double] { wilder(trueRanges(bars), n, from: 1) }

  /// The exponential average seeded with the mean of the `n` values from `from` on.
  static func ema(_ x: [Double], _ n: Int, from: Int = 0) -> [Double] {
    var out = [Double](repeating: .nan, count: x.count)
    guard x.count >= from + n else { return out }
    out[from + n - 1] = mean(x[from..<from + n])
    for i in (from + n)..<max(from + n, x.count) { out[i] = out[i - 1] + 2 / Double(n + 1) * (x[i] - out[i - 1]) }
    return out
  }

  static func obv(_ bars: Bars) -> [Double] {
    var total = 0.0
    return (0..<bars.count).map { i in
      if i == 0 || bars.closes[i] > bars.closes[i - 1] {
        total += bars.volumes[i]
      } else if bars.closes[i] < bars.closes[i - 1] {
        total -= bars.volumes[i]
      }
      return total
    }
  }

  static func vwap(_ bars: Bars) -> [Double] {
    var (turnover, volume) = (0.0, 0.0)
    return (0..<bars.count).map { i in
      turnover += (bars.highs[i] + bars.lows[i] + bars.closes[i]) / 3 * bars.volumes[i]
      volume += bars.volumes[i]
      return turnover / volume
    }
  }

  /// Three times the typical price is exact on the coarse walk, so comparing that needs no tolerance.
  static func mfi(_ bars: Bars, _ n: Int) -> [Double] {
    let triple = (0..<bars.count).map { bars.highs[$0] + bars.lows[$0] + bars.closes[$0] }
    func flow(_ i: Int, _ sign: Double) -> Double {
      (triple[i] - triple[i - 1]) * sign > 0 ? triple[i] / 3 * bars.volumes[i] : 0
    }
    return (0..<bars.count).map { i in
      guard i >= n else { return .nan }
      let up = ((i - n + 1)...i).reduce(0) { $0 + flow($1, 1) }
      let down = ((i - n + 1)...i).reduce(0) { $0 + flow($1, -1) }
      return up + down == 0 ? 0 : 100 * up / (up + down)
    }
  }

  static func stochasticK(_ bars: Bars, _ n: Int) -> [Double] {
    (0..<bars.count).map { i in
      guard i + 1 >= n else { return .nan }
      let top = bars.highs[(i + 1 - n)...i].max()!
      let bottom = bars.lows[(i + 1 - n)...i].min()!
      return top == bottom ? 0 : 100 * (bars.closes[i] - bottom) / (top - bottom)
    }
  }

  /// ADX, +DI and -DI.
  static func adx(_ bars: Bars, _ n: Int) -> (adx: [Double], plus: [Double], minus: [Double]) {
    var (plus, minus, ranges) = (0.0, 0.0, 0.0)
    let tr = trueRanges(bars)
    var (plusDI, minusDI) = ([Double](), [Double]())
    var (adx, dx) = ([Double](), [Double?]())
    for i in 0..<bars.count {
      if i > 0 {
        let up = bars.highs[i] - bars.highs[i - 1]
        let down = bars.lows[i - 1] - bars.lows[i]
        let fade = i < n ? 1.0 : 1 - 1 / Double(n)
        plus = plus * fade + (up > max(down, 0) ? up : 0)
        minus = minus * fade + (down > max(up, 0) ? down : 0)
        ranges = ranges * fade + tr[i]
      }
      let shown = i >= n
      plusDI.append(shown ? (ranges == 0 ? 0 : 100 * plus / ranges) : .nan)
      minusDI.append(shown ? (ranges == 0 ? 0 : 100 * minus / ranges) : .nan)
      let both = plusDI[i] + minusDI[i]
      dx.append(shown && both != 0 ? 100 * abs(plusDI[i] - minusDI[i]) / both : nil)
      switch i {
      case ..<(2 * n - 1): adx.append(.nan)
      case 2 * n - 1: adx.append(dx[n...i].compactMap { $0 }.reduce(0, +) / Double(n))
      default: adx.append(dx[i].map { (adx[i - 1] * Double(n - 1) + $0) / Double(n) } ?? adx[i - 1])
      }
    }
    return (adx, plusDI, minusDI)
  }
}
