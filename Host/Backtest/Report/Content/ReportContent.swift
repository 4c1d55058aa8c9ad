import TradingTypes

/// Everything a report of a backtest says, as a value: the same content gives the same bytes.
///
/// Texts may hold anything, also what a hostile file name or plugin put there; they are escaped where they are written.
public struct ReportContent: Sendable {
  /// The heading, such as the strategy's name and the symbol.
  public var title: String
  /// What traded: strategies with their parameters and files.
  public var strategies: [ReportStrategy]
  /// Every instrument of the run, in the order trades refer to.
  public var symbols: [ReportSymbol]
  /// How times are named.
  public var timing: ReportTiming
  /// The first instant or session.
  public var from: Timestamp
  /// The last instant or session.
  public var to: Timestamp
  /// All bars that strategies saw, over all symbols.
  public var bars: Int
  /// The headline figures.
  public var figures: ReportFigures
  /// The account over the run.
  public var account: AccountSampler
  /// The closed round trips.
  public var trades: ReportTrades
  /// What was held when the run ended.
  public var openPositions: [ReportPosition]
  /// The costs and rules that were assumed: commission, slippage, fills, limits.
  public var assumptions: [ReportFact]
  /// What makes the run repeatable: data hash, versions, the command.
  public var provenance: [ReportFact]
  /// What the reader must know: skipped rows, notices.
  public var notes: [ReportNote]

  /// Makes the content of a report; what is left out is empty.
  public init(
    title: String, strategies: [ReportStrategy], symbols: [ReportSymbol], timing: ReportTiming, from: Timestamp,
    to: Timestamp, bars: Int, figures: ReportFigures, account: AccountSampler, trades: ReportTrades,
    openPositions: [ReportPosition] = [], assumptions: [ReportFact] = [], provenance: [ReportFact] = [],
    notes: [ReportNote] = []
  ) {
    self.title = title
    self.strategies = strategies
    self.symbols = symbols
    self.timing = timing
    self.from = from
    self.to = to
    self.bars = bars
    self.figures = figures
    self.account = account
    self.trades = trades
    self.openPositions = openPositions
    self.assumptions = assumptions
    self.provenance = provenance
    self.notes = notes
  }
}

/// How the times of a run are named.
public enum ReportTiming: Sendable {
  /// By session date; of an instant, its UTC day.
  case sessions
  /// By instant, in UTC.
  case instants
}

/// A strategy of the run.
public struct ReportStrategy: Sendable {
  /// Its plugin's id.
  public var id: String
  /// Its plugin's version.
  public var version: String
  /// The hash of its plugin file, in hexadecimal digits.
  public var pluginHash: String
  /// Its parameters, in order of declaration.
  public var parameters: [ReportParameter]

  /// Makes a strategy from its parts.
  public init(id: String, version: String, pluginHash: String, parameters: [ReportParameter] = []) {
    self.id = id
    self.version = version
    self.pluginHash = pluginHash
    self.parameters = parameters
  }
}

/// A parameter of a strategy.
public struct ReportParameter: Sendable {
  /// Its name.
  public var name: String
  /// Its value as text.
  public var value: String
  /// Whether nobody set it.
  public var isDefault: Bool

  /// Makes a parameter from its parts.
  public init(name: String, value: String, isDefault: Bool = false) {
    self.name = name
    self.value = value
    self.isDefault = isDefault
  }
}

/// An instrument of the run.
public struct ReportSymbol: Sendable {
  /// Its ticker.
  public var name: String
  /// The currency of its prices.
  public var currency: Currency
  /// Its price over the run. Of the instruments that have one, those traded most are charted.
  public var price: PriceSampler?

  /// Makes an instrument from its parts.
  public init(name: String, currency: Currency, price: PriceSampler? = nil) {
    self.name = name
    self.currency = currency
    self.price = price
  }
}

/// A name with its value, for the tables of assumptions and provenance.
public struct ReportFact: Sendable {
  /// What it is.
  public var name: String
  /// Its value.
  public var value: String

  /// Makes a fact from its parts.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Something the reader must know before trusting the figures.
public struct ReportNote: Sendable {
  /// How serious it is.
  public enum Kind: Sendable {
    /// The figures may mislead.
    case warning
    /// Good to know.
    case notice
  }

  /// How serious it is.
  public var kind: Kind
  /// What it is, in a sentence.
  public var text: String
  /// Single cases, such as the rows that were skipped; the first 100 are shown.
  public var details: [String]

  /// Makes a note from its parts.
  public init(_ kind: Kind, _ text: String, details: [String] = []) {
    self.kind = kind
    self.text = text
    self.details = details
  }
}
