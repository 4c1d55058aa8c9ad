import TradingTypes

/// What an alert-only scanner reports. It never enters the road: nothing in the core takes one.
public struct Observation: Hashable, Sendable {
  /// What kind of report it is.
  public enum Kind: Int32, Hashable, Sendable {
    /// Something a person should see.
    case alert = 1
    /// Alerts of one scan beyond those shown one by one.
    case digest = 2
    /// An episode ended without an alert.
    case episodeClosed = 3
    /// What became of an alert.
    case label = 4
    /// An evaluation that led to nothing; only while explaining.
    case evaluated = 5

    /// The name in JSON and the ledger.
    public var name: String {
      switch self {
      case .alert: "alert"
      case .digest: "digest"
      case .episodeClosed: "episode_closed"
      case .label: "label"
      case .evaluated: "evaluated"
      }
    }
  }

  public var instrument: InstrumentID
  public var kind: Kind
  public var time: Timestamp
  /// Of the alert within its scanner, from 1; 0 when it is none.
  public var number: UInt64
  /// Of the episode within its scanner, from 1; 0 for none.
  public var episode: UInt64
  public var price: Double?
  public var score: Double?
  public var level: String
  public var code: String
  public var fields: [Field]
  public var text: String

  /// Makes an observation from its parts.
  public init(
    instrument: InstrumentID, kind: Kind, time: Timestamp, number: UInt64, episode: UInt64, price: Double?,
    score: Double?, level: String, code: String, fields: [Field], text: String
  ) {
    self.instrument = instrument
    self.kind = kind
    self.time = time
    self.number = number
    self.episode = episode
    self.price = price
    self.score = score
    self.level = level
    self.code = code
    self.fields = fields
    self.text = text
  }
}
