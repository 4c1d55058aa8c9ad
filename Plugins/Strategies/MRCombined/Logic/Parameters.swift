import TradingTypes

/// How a position is entered.
enum EntryMode: String, Sendable, CaseIterable {
  /// At the next session's open.
  case market
  /// At a limit below the close, good for the next session.
  case limit
}

/// Every parameter of the strategy, with the defaults of its specification. The manifest declares the same names with
/// the same defaults, and bounds that the host checks.
struct Parameters: Equatable, Sendable {
  /// The least score of a candidate.
  var scoreMinimum = 0.50
  /// The least and the greatest volume relative to the mean of the 20 bars before.
  var volumeMinimum = 0.5
  var volumeMaximum = 3.0
  /// The least close, in the instrument's currency.
  var priceMinimum = 5.0
  /// The least mean of close times volume over 20 bars, in the instrument's currency.
  var valueMinimum = 5_000_000.0
  /// The greatest spread, as a fraction of the middle.
  var spreadMaximum = 0.002
  /// Sessions without an entry from a stop's session on.
  var cooldownSessions = 3
  /// Known earnings reports, as `SYMBOL:YYYY-MM-DD[:before_open|after_close]`.
  var earnings: [String] = []

  /// Market or limit entry, and how many ATR the limit lies below the close.
  var entry = EntryMode.market
  var limitATR = 0.25
  /// How many ATR the stop lies below the entry.
  var stopATR = 3.5
  /// Session closes, the entry session's included, after which the next open ends the trade.
  var timeStopCloses = 7
  /// Whether a target leg is placed, and how many ATR it lies above the entry at least.
  var target = false
  var targetATR = 1.0

  /// Per cent of equity at risk between entry and stop, in billionths.
  var riskPercent = Quantity(nanos: 500_000_000)
  /// Per cent of equity in one position, in billionths.
  var maximumPositionPercent = Quantity(nanos: 10_000_000_000)
  /// Per cent of equity that stays cash, in billionths.
  var reservePercent = Quantity(nanos: 5_000_000_000)

  /// A stored trade counts as near when its score differs by no more than this.
  var near = 0.15
  /// The weight of the prior, in trades.
  var kappa = 40.0
  /// The prior's hit rate, mean win and mean loss.
  var prior = 0.60
  var priorWin = 0.015
  var priorLoss = 0.022
  /// Near trades below which the strategy says that it is warming up.
  var warmUpTrades = 40
  /// The least expected value after costs, as a fraction of the entry price.
  var evMinimum = 0.0015
  /// The least hit rate.
  var pMinimum = 0.55

  /// Costs as fractions of the price: the spread where none is known, the rest per leg.
  var spreadUnknown = 0.0004
  var fee = 0.0
  var slippage = 0.0003
  /// Currency conversion per leg, where account and instrument have different currencies.
  var fx = 0.0

  /// At confirmation: the greatest age of the quote in seconds, and how many ATR the price may have moved.
  var quoteAgeSeconds = 15
  var priceMoveATR = 0.5
  /// How long a signal lives: hours from its making, or minutes from the next open, whichever is later.
  var expiryHours = 20
  var expiryMinutesAfterOpen = 30

  /// The bars an evaluation needs, the one decided on included.
  static let barsNeeded = 220
}
