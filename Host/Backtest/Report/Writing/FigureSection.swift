import TradingTypes

/// The heading of the page and the headline figures.
struct FigureSection {
  let content: ReportContent

  private var figures: ReportFigures { content.figures }
  private var currency: String { figures.startingCash.currency.description }
  private var totals: TradeTotals { content.trades.totals }
  private var netNanos: Int128 { Int128(figures.finalEquity.nanos) - Int128(figures.startingCash.nanos) }

  func write(into page: inout PageText) {
    page.raw("<header><p class=\"kind\">Backtest</p><h1>")
    page.text(content.title)
    page.raw("</h1><p class=\"sub\">")
    page.text(subtitle)
    page.raw("</p></header>\n<section id=\"figures\" aria-label=\"Headline figures\"><dl class=\"lead\">")
    writeLead(into: &page)
    page.raw("</dl><dl class=\"more\">")
    writeMore(into: &page)
    page.raw("</dl></section>\n")
  }

  private var subtitle: String {
    let symbols = content.symbols.count == 1 ? "1 symbol" : "\(NumberText.count(content.symbols.count)) symbols"
    let bars = content.bars == 1 ? "1 bar" : "\(NumberText.count(content.bars)) bars"
    return "\(content.timing.text(content.from)) to \(content.timing.text(content.to)) · \(bars) · \(symbols) · "
      + "\(NumberText.exact(nanos: Int128(figures.startingCash.nanos))) \(currency) to begin with"
  }

  private func writeLead(into page: inout PageText) {
    let equity = Int128(figures.finalEquity.nanos)
    item(
      "Net result", NumberText.rounded(nanos: netNanos, signed: true), unit: currency, sign: Int(netNanos.signum()),
      exactly: NumberText.exact(nanos: netNanos, signed: true),
      below: "equity \(NumberText.rounded(nanos: equity)) \(currency) at the end", into: &page)
    let cash = figures.startingCash.double
    let change = figures.totalReturn ?? (cash > 0 ? figures.finalEquity.double / cash - 1 : nil)
    item(
      "Return", NumberText.percent(change, signed: true), sign: sign(change),
      below: figures.cagr.map { "\(NumberText.percent($0, signed: true)) a year" } ?? "too short for a yearly rate",
      into: &page)
    let drawdown = figures.maxDrawdown ?? content.account.drawdowns.deepest?.depth ?? 0
    item(
      "Maximum drawdown", NumberText.percent(drawdown), sign: sign(drawdown), below: drawdownText, into: &page)
    item("Sharpe ratio", NumberText.ratio(figures.sharpe), below: sharpeText, into: &page)
  }

  private var drawdownText: String {
    guard let stay = content.account.drawdowns.deepest else { return "never below a peak" }
    let low = "low \(content.timing.text(stay.lowTime))"
    guard let recovery = stay.recoveryTime else { return "\(low), not recovered" }
    return "\(low), recovered \(content.timing.text(recovery))"
  }

  private var sharpeText: String {
    if let trials = figures.trials, trials > 1 {
      let deflated = figures.deflatedSharpe.map { ", deflated \(NumberText.ratio($0))" } ?? ""
      return "best of \(NumberText.count(trials)) trials\(deflated)"
    }
    return figures.sharpe == nil ? "undefined for this run" : annualised
  }

  private var annualised: String {
    guard let bars = figures.barsPerYear, bars.isFinite, abs(bars) < 1e12 else { return "annualised" }
    return "annualised, \(NumberText.count(Int64(bars.rounded()))) bars a year"
  }

  private func writeMore(into page: inout PageText) {
    item("Sortino ratio", NumberText.ratio(figures.sortino), below: annualised, into: &page)
    let winRate = figures.winRate ?? (totals.count > 0 ? Double(totals.wins) / Double(totals.count) : nil)
    let won = winRate.map { ", \(NumberText.percent($0, places: 1))" } ?? ""
    item(
      "Trades", NumberText.count(totals.count), below: "\(NumberText.count(totals.wins)) won\(won)", into: &page)
    let losses = -Double(totals.lossNanos)
    item(
      "Profit factor",
      NumberText.ratio(figures.profitFactor ?? (losses > 0 ? Double(totals.profitNanos) / losses : nil)),
      below: "gains over losses, net", into: &page)
    let average = totals.count > 0 ? totals.netNanos / Int128(totals.count) : nil
    item(
      "Average trade", average.map { NumberText.rounded(nanos: $0, signed: true) } ?? NumberText.none,
      unit: average == nil ? "" : currency, sign: average.map { Int($0.signum()) } ?? 0, below: "net of fees",
      into: &page)
    let longest = content.account.drawdowns.longest
    item(
      "Longest below a peak",
      longest.map { durationText(from: $0.peakTime, to: $0.recoveryTime ?? content.to) } ?? NumberText.none,
      below: longest.map { "from \(content.timing.text($0.peakTime))" } ?? "never below a peak", into: &page)
    item("Exposure", NumberText.percent(figures.exposure, places: 1), below: "of the bars with a position", into: &page)
    let fees = Int128(figures.fees.nanos)
    item(
      "Fees", NumberText.rounded(nanos: fees), unit: currency, exactly: NumberText.exact(nanos: fees),
      below: "\(NumberText.count(figures.fills)) fills of \(NumberText.count(figures.orders)) orders", into: &page)
    if let hold {
      item(hold.label, hold.value, below: "first open to last close, no costs", into: &page)
    } else {
      item(
        "Symbols traded", NumberText.count(content.trades.bySymbol.count),
        below: "of \(NumberText.count(content.symbols.count))", into: &page)
    }
  }

  /// What the price of the only symbol did meanwhile.
  private var hold: (label: String, value: String)? {
    guard content.symbols.count == 1, let buckets = content.symbols[0].price?.buckets, let first = buckets.first,
      content.symbols[0].price?.barCount ?? 0 > 1, first.open > 0
    else { return nil }
    return (
      "Holding \(content.symbols[0].name)", NumberText.percent(buckets.last!.close / first.open - 1, signed: true)
    )
  }

  private func sign(_ value: Double?) -> Int { value.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 } ?? 0 }

  private func item(
    _ label: String, _ value: String, unit: String = "", sign: Int = 0, exactly: String? = nil,
    below: String = "", into page: inout PageText
  ) {
    page.raw("<div><dt>")
    page.text(label)
    page.raw(sign > 0 ? "</dt><dd class=\"gain\">" : sign < 0 ? "</dt><dd class=\"loss\">" : "</dt><dd>")
    if let exactly, exactly != value {
      page.raw("<span title=\"exactly ")
      page.text(exactly)
      page.raw("\">")
      page.text(value)
      page.raw("</span>")
    } else {
      page.text(value)
    }
    if !unit.isEmpty {
      page.raw("<span class=\"unit\"> ")
      page.text(unit)
      page.raw("</span>")
    }
    page.raw("</dd>")
    if !below.isEmpty {
      page.raw("<dd class=\"below\">")
      page.text(below)
      page.raw("</dd>")
    }
    page.raw("</div>")
  }
}
