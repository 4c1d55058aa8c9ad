/// What the gates that need more than bars look at, at one close.
struct StateFacts: Equatable {
  /// Why a symbol is not free for an entry.
  struct Occupation: OptionSet, Equatable {
    let rawValue: UInt32
    static let position = Occupation(rawValue: 1)
    static let workingOrder = Occupation(rawValue: 2)
    static let pendingSignal = Occupation(rawValue: 4)
    static let blocked = Occupation(rawValue: 8)

    /// The reasons, for a person.
    var text: String {
      let names: [(Occupation, String)] = [
        (.position, "position"), (.workingOrder, "working_order"), (.pendingSignal, "pending_signal"),
        (.blocked, "blocked"),
      ]
      return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
    }
  }

  /// What is known of the next session.
  enum NextSession: Equatable {
    /// The calendar knows it; the text is its date.
    case known(String)
    /// There is no calendar here, sessions are found in the data as they come.
    case fromData
    /// The calendar ends here.
    case unknown
  }

  /// (ask - bid) / middle; `nil`: unknown, which passes.
  var spread: Double?
  /// Sessions until the nearest one that a known earnings report may move; `nil`: none known, which passes.
  var sessionsToEarnings: Int?
  /// `nil`: cannot be known, which fails.
  var occupation: Occupation?
  /// Sessions since the last stop fill; `nil`: there was none.
  var sessionsSinceStop: Int?
  /// `nil`: cannot be known, which fails.
  var breakerTripped: Bool?
  var nextSession: NextSession

  /// One of the gates as it is reported; `nil` for a bar gate.
  func gate(_ name: Gate.Name, _ parameters: Parameters) -> Gate? {
    switch name {
    case .spread:
      spread.map {
        Gate(
          name: name, passed: Limit.atMost($0, parameters.spreadMaximum), value: $0, limit: parameters.spreadMaximum,
          note: $0.isNaN ? "not_computable" : "")
      } ?? Gate(name: name, passed: true, limit: parameters.spreadMaximum, note: "unknown")
    case .earnings:
      sessionsToEarnings.map { Gate(name: name, passed: $0 > 2, value: Double($0), limit: 2) }
        ?? Gate(name: name, passed: true, limit: 2, note: "unknown")
    case .free:
      occupation.map {
        Gate(name: name, passed: $0.isEmpty, value: $0.isEmpty ? 0 : 1, limit: 0, note: $0.text)
      } ?? Gate(name: name, passed: false, limit: 0, note: "not_computable")
    case .cooldown:
      Gate(
        name: name, passed: sessionsSinceStop.map { $0 >= parameters.cooldownSessions } ?? true,
        value: sessionsSinceStop.map(Double.init) ?? .nan, limit: Double(parameters.cooldownSessions),
        note: sessionsSinceStop == nil ? "no_stop" : "")
    case .breaker:
      breakerTripped.map { Gate(name: name, passed: !$0, value: $0 ? 1 : 0, limit: 0, note: $0 ? "tripped" : "armed") }
        ?? Gate(name: name, passed: false, limit: 0, note: "not_computable")
    case .calendar:
      switch nextSession {
      case .known(let date): Gate(name: name, passed: true, note: date)
      case .fromData: Gate(name: name, passed: true, note: "from_data")
      case .unknown: Gate(name: name, passed: false, note: "next_session_unknown")
      }
    case .trend, .score, .relativeVolume, .price, .tradedValue, .stopPositive: nil
    }
  }

  /// Whether the signal is one to learn from: every gate except the breaker, which is about the account's money and
  /// says nothing of the signal.
  func isFollowed(_ parameters: Parameters) -> Bool {
    occupation == [] && sessionsSinceStop.map { $0 >= parameters.cooldownSessions } ?? true && nextSession != .unknown
      && sessionsToEarnings.map { $0 > 2 } ?? true && spread.map { Limit.atMost($0, parameters.spreadMaximum) } ?? true
  }
}
