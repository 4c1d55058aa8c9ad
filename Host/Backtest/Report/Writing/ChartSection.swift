/// The frame of the charts; the script draws them from ``ChartData``.
struct ChartSection {
  let content: ReportContent
  let data: ChartData

  func write(into page: inout PageText) {
    page.beginSection("charts", "Equity, drawdown and price")
    page.raw("<noscript><p>The charts and the list of trades need the script in this file.</p></noscript>")
    page.raw("<div id=\"chart-tools\" class=\"tools\"></div><div id=\"chart-panels\"></div>")
    page.raw("<p id=\"chart-trade\" class=\"trade-line\" aria-live=\"polite\"></p>")
    page.raw("<p class=\"summary\">")
    page.text(resolution)
    page.raw("</p>")
    page.endSection()
  }

  /// How finely the curves are drawn, and what is not drawn.
  private var resolution: String {
    let account = content.account
    var text =
      account.instantsPerBucket == 1
      ? "Equity and drawdown are drawn from every bar."
      : "Equity and drawdown are drawn from \(NumberText.count(account.buckets.count)) points of "
        + "\(NumberText.count(account.instantsPerBucket)) bars each, with the lowest and highest value of each; the "
        + "figures come from every bar."
    let priced = content.symbols.count { $0.price?.barCount ?? 0 > 0 }
    if let steps = data.prices.map(\.price.barsPerBucket).max() {
      text +=
        steps == 1
        ? " Prices are drawn from every bar." : " Prices are drawn in steps of up to \(NumberText.count(steps)) bars."
    }
    if data.prices.count < priced {
      text +=
        " Prices of \(NumberText.count(data.prices.count)) of \(NumberText.count(priced)) symbols, those traded most."
    }
    if content.trades.rows.count < content.trades.totals.count {
      text += " The first \(NumberText.count(content.trades.rows.count)) trades are marked."
    }
    return text + " Bars follow each other without the gaps between sessions."
  }
}
