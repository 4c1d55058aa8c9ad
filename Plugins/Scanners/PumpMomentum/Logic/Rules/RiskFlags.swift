import PluginSDK

/// What a person should be warned of; each raised, clear or unknown.
struct RiskFlags: Hashable, Sendable {
  static let thinSpread = 0.005
  static let highReturn = 0.2
  static let mentionBurst = 3.0

  /// The spread is above 0.5 %.
  var thinBook: Field.Flag
  /// A share below 5.
  var lowPrice: Field.Flag
  /// More than 20 % up within the hour.
  var r60High: Field.Flag
  /// No news found in the last 24 hours.
  var noNews: Field.Flag
  /// Mentions on Reddit at least 3 deviations above their mean.
  var redditBurst: Field.Flag
  var haltedToday: Field.Flag

  init(_ inputs: Inputs, _ rules: Rules, _ surroundings: Surroundings) {
    thinBook = RiskFlags.flag(surroundings.spread.map { Limit.isAbove($0, RiskFlags.thinSpread) })
    lowPrice = RiskFlags.flag(rules.lowPrice.map { Limit.isBelow(inputs.price, $0) } ?? false)
    let change = inputs.sixty.change
    r60High = RiskFlags.flag(change.isNaN ? nil : Limit.isAbove(change, RiskFlags.highReturn))
    noNews = RiskFlags.flag(surroundings.hasNews.map { !$0 })
    redditBurst = RiskFlags.flag(surroundings.mentionZ.map { Limit.isAtLeast($0, RiskFlags.mentionBurst) })
    haltedToday = RiskFlags.flag(surroundings.wasHaltedToday)
  }

  static func flag(_ isRaised: Bool?) -> Field.Flag {
    switch isRaised {
    case nil: .unknown
    case false?: .clear
    case true?: .raised
    }
  }
}
