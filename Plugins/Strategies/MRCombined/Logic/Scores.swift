/// The four sub-scores of an evaluation and the score they add up to, each in 0...1; not a number where an input is
/// undefined.
struct Scores: Equatable {
  /// How far RSI2 lies below 15.
  let r: Double
  /// How far the close lies more than one deviation below its 20-bar mean.
  let z: Double
  /// How near the close lies to the bar's low.
  let b: Double
  /// How far the five-bar return lies below its usual range.
  let d: Double

  /// The weighted sum that decides and ranks.
  var score: Double { 0.40 * r + 0.20 * z + 0.20 * b + 0.20 * d }

  init(_ inputs: Inputs) {
    r = Scores.clamp((15 - inputs.rsi2) / 15)
    z = Scores.clamp((-1 - inputs.z20) / 1.5)
    b = Scores.clamp((0.30 - inputs.ibs) / 0.30)
    d = Scores.clamp((-0.75 - inputs.z5) / 1.75)
  }

  /// The value held to 0...1; an undefined value stays undefined.
  @inline(__always)
  static func clamp(_ value: Double) -> Double { value < 0 ? 0 : value > 1 ? 1 : value }
}
