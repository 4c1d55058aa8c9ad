import PluginSDK
import PluginTestKit
import PumpMomentumLogic
import TradingTypes

/// What a scan reported, put together as the host does.
struct Transcript {
  struct Alert {
    let observation: Observation
    var label: Observation?

    var time: String { observation.time.description }
    var level: String { observation.level }
    var why: String { observation.code }
    /// `13:37 pump_watch open`, the day left out.
    var line: String { "\(time.dropFirst(11).prefix(5)) \(level) \(why)" }

    func number(_ name: String) -> Double? { observation.number(name) }
    func flag(_ name: String) -> Field.Flag? { observation.flag(name) }
  }

  struct Episode {
    let openedAt: Timestamp
    var alerts: [Alert] = []
    var closedAt: Timestamp?
    var closeReason: String?
  }

  private(set) var episodes: [Episode] = []
  private(set) var digests: [Observation] = []
  private(set) var counts: [String: Int] = [:]

  var alerts: [Alert] { episodes.flatMap(\.alerts) }
  /// Alerts that tell of a rise.
  var rising: [Alert] { alerts.filter { $0.level != "pump_fading" } }

  init(_ observations: [Observation]) {
    var places: [UInt64: Int] = [:]
    func place(_ observation: Observation, _ episodes: inout [Episode]) -> Int {
      if let place = places[observation.episode] { return place }
      guard case .time(let openedAt) = observation.field("opened_at") else { return 0 }
      episodes.append(Episode(openedAt: openedAt))
      places[observation.episode] = episodes.count - 1
      return episodes.count - 1
    }
    var labels: [UInt64: Observation] = [:]
    for observation in observations {
      switch observation.kind {
      case .alert:
        let place = place(observation, &episodes)
        episodes[place].alerts.append(Alert(observation: observation))
        if observation.level == "pump_fading" {
          episodes[place].closedAt = observation.time
          episodes[place].closeReason = "fading"
        }
      case .episodeClosed:
        let place = place(observation, &episodes)
        episodes[place].closedAt = observation.time
        episodes[place].closeReason = observation.code
      case .label: labels[observation.number] = observation
      case .digest: digests.append(observation)
      case .evaluated: counts[observation.code, default: 0] += 1
      }
    }
    for episode in episodes.indices {
      for alert in episodes[episode].alerts.indices {
        episodes[episode].alerts[alert].label = labels[episodes[episode].alerts[alert].observation.number]
      }
    }
  }
}

extension Observation {
  func field(_ name: String) -> Field.Value? { fields.first { $0.name == name }?.value }

  func number(_ name: String) -> Double? {
    switch field(name) {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  func flag(_ name: String) -> Field.Flag? { if case .flag(let flag) = field(name) { flag } else { nil } }
}

/// Where two lists of observations differ first; `nil` when they are the same.
func difference(_ a: [Observation], _ b: [Observation]) -> String? {
  if let (left, right) = zip(a, b).first(where: { $0 != $1 }) {
    return [left, right].map { "\($0.time) \($0.kind) \($0.level) \($0.code)" }.joined(separator: ", and ")
  }
  return a.count == b.count ? nil : "\(a.count) and \(b.count) observations"
}

extension Timestamp {
  /// The instant of a text that is one.
  init(_ text: String) { self = Timestamp(rfc3339: text)! }
}
