import TradingTypes

/// Why an alert was raised.
enum AlertReason: String, Hashable, Sendable {
  case open, higherLevel = "higher_level", score, time, fade, belowVWAP = "below_vwap"
}

/// One pump of one symbol, from the first alert on.
struct Episode: Hashable, Sendable {
  let number: UInt64
  let openedAt: Timestamp
  /// The highest level so far.
  var best: Level
  /// The level at the last evaluated bar.
  var held: Level?
  /// When a bar last had a level.
  var lastLevelAt: Timestamp
  var lastAlertAt: Timestamp
  var lastAlertScore: Double
}

/// The episodes of one symbol, one after the other. It only sees bars that pass the filter.
struct EpisodeMachine: Sendable {
  /// A score so many points above that of the last alert alerts again.
  static let scoreStep = 15.0
  /// After so many seconds without an alert a level alerts again.
  static let repeatSeconds: Int64 = 30 * 60
  /// For so many seconds after a fading close only a higher level opens an episode.
  static let restSeconds: Int64 = 30 * 60
  /// After so many seconds without a level an episode is over.
  static let quietSeconds: Int64 = 60 * 60

  /// What one bar leads to.
  enum Step: Hashable, Sendable {
    case none
    /// Alert; the episode as it is after the alert, also when the alert closes it.
    case alert(Level, AlertReason, Episode)
    /// The episode ends without an alert.
    case quiet(Episode)
  }

  private(set) var open: Episode?
  /// The last fading close and the best level of that episode.
  private var lastFading: (at: Timestamp, best: Level)?

  /// Takes the next evaluated bar; `number` is the number of an episode that it opens.
  mutating func step(at time: Timestamp, _ reading: LevelReading, number: UInt64) -> Step {
    guard var episode = open else { return begin(at: time, reading, number) }
    if reading.isFading {
      open = nil
      lastFading = (time, episode.best)
      return .alert(.fading, reading.hasFaded ? .fade : .belowVWAP, episode)
    }
    episode.held = reading.level(after: episode.held)
    guard let level = episode.held else {
      open = episode
      guard time >= episode.lastLevelAt.adding(seconds: EpisodeMachine.quietSeconds) else { return .none }
      open = nil
      return .quiet(episode)
    }
    episode.lastLevelAt = time
    let reason = repeatReason(episode, level, at: time, reading.score)
    if reason != nil {
      episode.best = max(episode.best, level)
      episode.lastAlertAt = time
      episode.lastAlertScore = reading.score
    }
    open = episode
    return reason.map { .alert(level, $0, episode) } ?? .none
  }

  /// Ends the open episode with its session.
  mutating func endSession() -> Episode? {
    defer { open = nil }
    return open
  }

  private mutating func begin(at time: Timestamp, _ reading: LevelReading, _ number: UInt64) -> Step {
    guard let level = reading.met, !reading.isFading else { return .none }
    if let fading = lastFading, time < fading.at.adding(seconds: EpisodeMachine.restSeconds), level <= fading.best {
      return .none
    }
    let episode = Episode(
      number: number, openedAt: time, best: level, held: level, lastLevelAt: time, lastAlertAt: time,
      lastAlertScore: reading.score)
    open = episode
    return .alert(level, .open, episode)
  }

  private func repeatReason(_ episode: Episode, _ level: Level, at time: Timestamp, _ score: Double) -> AlertReason? {
    if level > episode.best { return .higherLevel }
    if Limit.isAtLeast(score, episode.lastAlertScore + EpisodeMachine.scoreStep) { return .score }
    return time >= episode.lastAlertAt.adding(seconds: EpisodeMachine.repeatSeconds) ? .time : nil
  }
}
