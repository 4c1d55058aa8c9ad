/// A function that a plugin may call in its host.
enum HostFunction: String, CaseIterable, Hashable, Sendable {
  case table = "host.table"
  case logWrite = "log.write"
  case clockNow = "clock.now"
  case randomNext = "random.next"
  case configInteger = "config.integer"
  case configDecimal = "config.decimal"
  case configBoolean = "config.boolean"
  case configText = "config.text"
  case stateGet = "state.get"
  case stateKeys = "state.keys"
  case statePut = "state.put"
  case stateRemove = "state.remove"
  case stateCommit = "state.commit"
  case calendarSessions = "calendar.sessions"
  case portfolioAccount = "portfolio.account"
  case portfolioHolding = "portfolio.holding"
  case httpSend = "http.send"
  case httpLimit = "http.limit"

  /// Those that read options.
  static let config: [HostFunction] = [.configInteger, .configDecimal, .configBoolean, .configText]
  /// Those that read and write what is kept, without the commit.
  static let state: [HostFunction] = [.stateGet, .stateKeys, .statePut, .stateRemove]
  /// Those that read the account.
  static let portfolio: [HostFunction] = [.portfolioAccount, .portfolioHolding]
}

/// A failure that the host of a test makes up.
struct Injection: Hashable, Sendable {
  /// The call from which on it fails, counted from 1.
  var from: Int
  /// The last call that fails.
  var through: Int
  /// What the host answers then.
  var status: Int32

  /// Every call fails.
  static func every(_ status: Int32) -> Injection { Injection(from: 1, through: .max, status: status) }
  /// Only the n-th call fails.
  static func only(_ number: Int, _ status: Int32) -> Injection {
    Injection(from: number, through: number, status: status)
  }

  func hits(_ number: Int) -> Bool { (from...through).contains(number) }
}
