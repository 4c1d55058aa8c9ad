/// How far a pump has come.
enum Level: Int, Hashable, Comparable, Sendable, CaseIterable {
  case watch = 1
  case signal = 2
  case fading = 3

  /// The name in reports.
  var name: String {
    switch self {
    case .watch: "pump_watch"
    case .signal: "pump_signal"
    case .fading: "pump_fading"
    }
  }

  static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}

/// What the levels say about one bar.
struct LevelReading: Hashable, Sendable {
  /// The share of its lower bounds at which a level that is held is kept.
  static let keptShare = 0.8

  /// The highest level met.
  var met: Level?
  /// Whether a held `watch` is kept.
  var keepsWatch: Bool
  /// Whether a held `signal` is kept.
  var keepsSignal: Bool
  /// Whether enough of the rise is lost again.
  var hasFaded: Bool
  /// Whether the price is below VWAP.
  var isBelowVWAP: Bool
  var score: Double

  /// Whether an open episode ends as fading.
  var isFading: Bool { hasFaded || isBelowVWAP }

  /// The level of this bar in an episode that held a level (or none) at the bar before.
  func level(after held: Level?) -> Level? {
    if let held, held >= .signal, keepsSignal { return .signal }
    if let met { return met }
    return held != nil && keepsWatch ? .watch : nil
  }
}

extension LevelReading {
  init(_ inputs: Inputs, _ rules: Rules) {
    let isSteady = Limit.isBelow(inputs.fade, rules.signalFade / LevelReading.keptShare)
    let isSignal =
      rules.signal.hold(inputs) && Limit.isAbove(inputs.price, inputs.vwap)
      && Limit.isBelow(inputs.fade, rules.signalFade)
    met = isSignal ? .signal : rules.watch.hold(inputs) ? .watch : nil
    keepsWatch = isSteady && rules.watch.hold(inputs, share: LevelReading.keptShare)
    keepsSignal = isSteady && rules.signal.hold(inputs, share: LevelReading.keptShare)
    hasFaded = Limit.isAtLeast(inputs.fade, rules.fadingFade)
    isBelowVWAP = Limit.isBelow(inputs.price, inputs.vwap)
    score = inputs.score
  }
}

extension LevelBounds {
  /// Whether every lower bound holds, at a share of its height.
  func hold(_ inputs: Inputs, share: Double = 1) -> Bool {
    Limit.isAtLeast(inputs.fifteen.change, change * share)
      && Limit.isAtLeast(inputs.fifteen.relativeVolume, relativeVolume * share)
      && Limit.isAtLeast(inputs.fifteen.zVolume, zVolume * share)
      && Limit.isAtLeast(inputs.dayPosition, dayPosition * share)
      && (momentum.map { Limit.isAtLeast(inputs.m15, $0 * share) } ?? true)
  }
}
