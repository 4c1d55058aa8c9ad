import TradingTypes

/// Totals over the trades, and the place where the script puts the list of them.
struct TradeSection {
  let content: ReportContent

  private var trades: ReportTrades { content.trades }
  private var currency: String { content.figures.startingCash.currency.description }

  func writeTotals(into page: inout PageText) {
    guard trades.totals.count > 0 else { return }
    page.beginSection("totals", "Trades in numbers")
    page.raw("<div class=\"columns\">")
    writeOutcomes(into: &page)
    page.raw("<div id=\"results\" hidden></div>")
    group("Reason of the exit", trades.byReason.map { ($0, $1) }, into: &page)
    if trades.bySide[.short] != nil {
      group("Side", trades.bySide.map { ($0.name, $1) }, into: &page)
    }
    if content.strategies.count > 1 {
      group("Strategy", trades.byStrategy.map { (name(content.strategies.map(\.id), $0), $1) }, into: &page)
    }
    if content.symbols.count > 1 {
      group("Symbol", trades.bySymbol.map { (name(content.symbols.map(\.name), $0), $1) }, into: &page)
    }
    page.raw("</div>")
    page.endSection()
  }

  private func name(_ names: [String], _ index: Int) -> String { names.indices.contains(index) ? names[index] : "?" }

  private func writeOutcomes(into page: inout PageText) {
    let columns = [trades.totals, trades.won, trades.lost]
    func row(_ label: String, _ cell: (TradeTotals) -> TableCell) -> [TableCell] { [.text(label)] + columns.map(cell) }
    func money(_ nanos: Int128?) -> TableCell {
      nanos.map { .gain(NumberText.rounded(nanos: $0, signed: true), sign: Int($0.signum())) }
        ?? .number(NumberText.none)
    }
    var rows = [
      row("Trades") { .number(NumberText.count($0.count)) },
      row("Net result") { money($0.netNanos) },
      row("Average") { money($0.count > 0 ? $0.netNanos / Int128($0.count) : nil) },
      row("Largest gain") { money($0.bestNanos.flatMap { $0 > 0 ? Int128($0) : nil }) },
      row("Largest loss") { money($0.worstNanos.flatMap { $0 < 0 ? Int128($0) : nil }) },
      row("Fees") { .number(NumberText.rounded(nanos: $0.feeNanos)) },
      row("Average time held") {
        .number($0.count > 0 ? durationText(seconds: $0.heldSeconds / Int128($0.count)) : NumberText.none)
      },
    ]
    rows.append([
      .text("Most in a row"), .number(""), .number(NumberText.count(trades.totals.longestWinning)),
      .number(NumberText.count(trades.totals.longestLosing)),
    ])
    page.table("Outcome, \(currency)", columns: ["", "All", "Won", "Lost"], rows: rows)
  }

  /// A table by group, the most profitable first; beyond 20 groups the middle ones are summed.
  private func group(_ label: String, _ groups: [(String, TradeTotals)], into page: inout PageText) {
    let sorted = groups.sorted {
      ($0.1.netNanos, $1.0, $0.1.count, $0.1.wins) > ($1.1.netNanos, $0.0, $1.1.count, $1.1.wins)
    }
    func row(_ name: String, count: Int, wins: Int, net: Int128) -> [TableCell] {
      [
        .text(name), .number(NumberText.count(count)),
        .number(NumberText.percent(Double(wins) / Double(max(count, 1)), places: 1)),
        .gain(NumberText.rounded(nanos: net, signed: true), sign: Int(net.signum())),
        .gain(
          NumberText.rounded(nanos: net / Int128(max(count, 1)), signed: true), sign: Int(net.signum())),
      ]
    }
    func row(_ group: (String, TradeTotals)) -> [TableCell] {
      row(group.0, count: group.1.count, wins: group.1.wins, net: group.1.netNanos)
    }
    var rows = sorted.map(row)
    if sorted.count > 20 {
      let middle = sorted[10..<(sorted.count - 10)].map(\.1)
      let rest = row(
        "\(NumberText.count(middle.count)) others", count: middle.reduce(0) { $0 + $1.count },
        wins: middle.reduce(0) { $0 + $1.wins }, net: middle.reduce(0) { $0 + $1.netNanos })
      rows = sorted.prefix(10).map(row) + [rest] + sorted.suffix(10).map(row)
    }
    page.table(
      "\(label), \(currency)", columns: [label, "Trades", "Won", "Net", "Average"], rows: rows)
  }

  func writeList(into page: inout PageText) {
    page.beginSection("trades", "Trades")
    if trades.totals.count == 0 {
      page.raw("<p>No trade was closed.</p>")
    } else {
      page.raw("<p class=\"summary\">")
      if trades.rows.count < trades.totals.count {
        page.text(
          "The first \(NumberText.count(trades.rows.count)) of \(NumberText.count(trades.totals.count)) trades; the "
            + "figures above cover all. ")
      }
      page.text("Money in \(currency), exact, after fees; times in UTC.")
      page.raw(
        """
        </p><div id="trade-tools" class="tools"></div>
        <div class="scroll" tabindex="0" role="region" aria-label="Trades"><table id="trade-table"></table></div>
        <div id="trade-pages" class="tools"></div>
        """)
    }
    writeOpen(into: &page)
    page.endSection()
  }

  private func writeOpen(into page: inout PageText) {
    guard !content.openPositions.isEmpty else { return }
    let names = content.symbols.map(\.name)
    page.table(
      "Open at the end, valued at the last price",
      columns: ["Symbol", "Side", "Quantity", "Since", "Entry", "Last", "Stop", "Unrealised, \(currency)"],
      rows: content.openPositions.map { position in
        [
          .text(name(names, position.symbol)), .number(position.side.name),
          .number(position.quantity.description), .number(content.timing.text(position.entryTime)),
          .number(position.entryPrice.description), .number(position.lastPrice.description),
          .number(position.stop?.description ?? NumberText.none),
          .gain(
            NumberText.exact(nanos: Int128(position.unrealised.nanos), signed: true),
            sign: Int(position.unrealised.nanos.signum())),
        ]
      })
  }
}
