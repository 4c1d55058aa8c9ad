import TradingTypes

/// What a session is made of: whatever its decisions depend on. Two sessions with equal descriptions decide the same.
public struct SessionDescription: Hashable, Sendable {
  /// A strategy as it runs.
  public struct Strategy: Hashable, Sendable {
    /// Its plugin id.
    public var id: String
    /// Its plugin's version.
    public var version: String
    /// Its options as a JSON object with sorted keys.
    public var parameters: String

    /// Makes a strategy from its parts.
    public init(id: String, version: String, parameters: String) {
      self.id = id
      self.version = version
      self.parameters = parameters
    }
  }

  /// A plugin file in use.
  public struct Plugin: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Its version.
    public var version: String
    /// Hash of the file, hexadecimal.
    public var sha256: String

    /// Makes a plugin from its parts.
    public init(id: String, version: String, sha256: String) {
      self.id = id
      self.version = version
      self.sha256 = sha256
    }
  }

  /// `paper`, `backtest` or `live`.
  public var mode: String
  /// The account's name.
  public var account: String
  /// The account's currency.
  public var currency: Currency
  /// Hash of the market data.
  public var dataHash: String
  /// The effective configuration as text, without secrets.
  public var configuration: String
  /// Options of the command line that decisions depend on, as a JSON object with sorted keys.
  public var options: String
  /// First and last instant of decisions; `nil` for no bound.
  public var from: Timestamp?
  public var to: Timestamp?
  /// By ``StrategyID``.
  public var strategies: [Strategy]
  /// By ``InstrumentID``.
  public var instruments: [Instrument]
  /// Every plugin in use.
  public var plugins: [Plugin]
  /// The host's version and build, for people. Not part of the fingerprint: whether another build decides the same
  /// shows when it runs.
  public var build: String

  /// Makes a description with everything that has no default.
  public init(
    mode: String, account: String, currency: Currency, dataHash: String, configuration: String, options: String = "{}",
    from: Timestamp? = nil, to: Timestamp? = nil, strategies: [Strategy], instruments: [Instrument],
    plugins: [Plugin] = [], build: String = ""
  ) {
    self.mode = mode
    self.account = account
    self.currency = currency
    self.dataHash = dataHash
    self.configuration = configuration
    self.options = options
    self.from = from
    self.to = to
    self.strategies = strategies
    self.instruments = instruments
    self.plugins = plugins
    self.build = build
  }
}
