import TradingTypes

/// The numbers behind the charts and the trade table, as JSON that the page's script reads.
///
/// `t` columns are differences of times in units of `unit` milliseconds; values are differences in units of 10^-places.
struct ChartData {
  /// How many price buckets all charted instruments share.
  static let pricePoints = 49_152
  /// The most instruments with a price chart.
  static let mostCharts = 12

  let content: ReportContent
  /// The instruments that are charted, those traded most first, with their prices as they are drawn.
  let prices: [(symbol: Int, price: PriceSampler)]
  private let account: [AccountSampler.Bucket]
  private let unit: Int64

  init(_ content: ReportContent) {
    self.content = content
    let charted = ChartData.choice(content)
    prices = charted.map { symbol in
      (symbol, content.symbols[symbol].price!.coarsened(to: max(ChartData.pricePoints / charted.count, 1024)))
    }
    account = content.account.buckets
    unit = ChartData.timeUnit(content, account)
  }

  /// The instruments traded most that have a price; where nothing was traded, the first ones.
  static func choice(_ content: ReportContent) -> [Int] {
    var activity = content.trades.bySymbol.mapValues(\.count)
    for position in content.openPositions { activity[position.symbol, default: 0] += 1 }
    let candidates = content.symbols.indices.filter { content.symbols[$0].price?.barCount ?? 0 > 0 }
    let traded = candidates.filter { activity[$0] != nil }
    let ranked = (traded.isEmpty ? candidates : traded).sorted { (activity[$0] ?? 0, $1) > (activity[$1] ?? 0, $0) }
    return Array(ranked.prefix(mostCharts))
  }

  /// The largest of day, hour, minute, second and millisecond that all times are whole multiples of.
  private static func timeUnit(_ content: ReportContent, _ account: [AccountSampler.Bucket]) -> Int64 {
    guard content.timing == .instants else { return 86_400_000 }
    let units: [Int64] = [86_400_000, 3_600_000, 60_000, 1000, 1]
    var index = 0
    func consider(_ time: Timestamp) {
      let value = ReportTiming.instants.milliseconds(time)
      while value % units[index] != 0 { index += 1 }
    }
    for bucket in account { consider(bucket.time) }
    for trade in content.trades.rows {
      consider(trade.entryTime)
      consider(trade.exitTime)
    }
    for position in content.openPositions { consider(position.entryTime) }
    return units[index]
  }

  private func steps(_ time: Timestamp) -> Int64 {
    let value = content.timing.milliseconds(time)
    return value >= 0 || value % unit == 0 ? value / unit : value / unit - 1
  }

  /// Writes what belongs to the run as a whole: times, names, the account.
  func writeAccount(into page: inout PageText) {
    page.raw("{\"unit\":")
    page.number(unit)
    page.raw(content.timing == .sessions ? ",\"daily\":true" : ",\"daily\":false")
    page.raw(",\"currency\":")
    page.json(content.figures.startingCash.currency.description)
    page.raw(",\"start\":")
    page.json(content.figures.startingCash.amount)
    page.raw(",")
    page.texts("strategies", content.strategies.map(\.id))
    page.raw(",")
    page.texts("symbols", content.symbols.map(\.name))
    page.raw(",\"account\":{")
    let scale = DecimalScale(fitting: account.lazy.map(\.last))
    page.raw("\"span\":")
    page.number(content.account.instantsPerBucket)
    page.raw(",\"places\":")
    page.number(scale.places)
    page.raw(",")
    page.differences("t", account.lazy.map { steps($0.time) })
    page.raw(",")
    page.differences("last", account.lazy.map { scale.units($0.last) })
    if content.account.instantsPerBucket > 1 {
      page.raw(",")
      page.column("low", account.lazy.map { scale.units($0.last) - scale.units($0.low) })
      page.raw(",")
      page.column("high", account.lazy.map { scale.units($0.high) - scale.units($0.last) })
    }
    page.raw(",")
    page.differences("drawdown", account.lazy.map { Int64(max($0.drawdown * 1e6, -1e12).rounded()) })
    page.raw("}")
  }

  /// Writes the price of one charted instrument.
  func writePrice(of symbol: Int, _ price: PriceSampler, into page: inout PageText) {
    let buckets = price.buckets
    let scale = DecimalScale(fitting: buckets.lazy.flatMap { [$0.high, $0.low] })
    page.raw("{\"symbol\":")
    page.number(symbol)
    page.raw(",\"currency\":")
    page.json(content.symbols[symbol].currency.description)
    page.raw(",\"span\":")
    page.number(price.barsPerBucket)
    page.raw(",\"places\":")
    page.number(scale.places)
    if !buckets.map(\.time).elementsEqual(account.map(\.time)) {
      page.raw(",")
      page.differences("t", buckets.lazy.map { steps($0.time) })
    }
    page.raw(",")
    page.differences("close", buckets.lazy.map { scale.units($0.close) })
    page.raw(",")
    page.column("open", buckets.lazy.map { scale.units($0.open) - scale.units($0.close) })
    page.raw(",")
    page.column("high", buckets.lazy.map { scale.units($0.high) - scale.units(max($0.open, $0.close)) })
    page.raw(",")
    page.column("low", buckets.lazy.map { scale.units(min($0.open, $0.close)) - scale.units($0.low) })
    page.raw("}")
  }

  /// Writes the listed trades and the open positions.
  func writeTrades(into page: inout PageText) {
    let rows = content.trades.rows
    let reasons = Array(Set(rows.map { ChartData.reason($0) })).sorted()
    let reasonIndex = Dictionary(uniqueKeysWithValues: reasons.enumerated().map { ($1, Int64($0)) })
    page.raw(",\"trades\":{\"total\":")
    page.number(content.trades.totals.count)
    page.raw(",")
    page.texts("reasons", reasons)
    page.raw(",")
    page.differences("entry", rows.lazy.map { steps($0.entryTime) })
    page.raw(",")
    page.column("held", rows.lazy.map { steps($0.exitTime) - steps($0.entryTime) })
    page.raw(",")
    page.column("symbol", rows.lazy.map { Int64($0.symbol) })
    page.raw(",")
    page.column("strategy", rows.lazy.map { Int64($0.strategy) })
    page.raw(",")
    page.column("side", rows.lazy.map { $0.side == .long ? 1 : -1 })
    page.raw(",")
    page.column("reason", rows.lazy.map { reasonIndex[ChartData.reason($0)]! })
    page.raw(",")
    page.decimals("quantity", rows.lazy.map(\.quantity.description))
    page.raw(",")
    page.decimals("in", rows.lazy.map(\.entryPrice.description))
    page.raw(",")
    page.decimals("out", rows.lazy.map(\.exitPrice.description))
    page.raw(",")
    page.decimals("stop", rows.lazy.map { $0.stop?.description ?? "" })
    page.raw(",")
    page.decimals("target", rows.lazy.map { $0.target?.description ?? "" })
    page.raw(",")
    page.decimals("fees", rows.lazy.map(\.fees.amount))
    page.raw(",")
    page.decimals("pnl", rows.lazy.map(\.pnl.amount))
    page.raw("},\"open\":[")
    for (index, position) in content.openPositions.enumerated() {
      page.raw(index == 0 ? "{" : ",{")
      page.raw("\"symbol\":")
      page.number(position.symbol)
      page.raw(",\"side\":")
      page.number(position.side == .long ? 1 : -1)
      page.raw(",\"entry\":")
      page.number(steps(position.entryTime))
      page.raw(",\"in\":")
      page.json(position.entryPrice.description)
      page.raw(",\"stop\":")
      page.json(position.stop?.description ?? "")
      page.raw("}")
    }
    page.raw("]}")
  }

  private static func reason(_ trade: ReportTrade) -> String {
    trade.exitDetail.isEmpty || trade.exitDetail == trade.exitReason
      ? trade.exitReason : "\(trade.exitReason): \(trade.exitDetail)"
  }
}
