import TradingTypes

/// The returns by month, year by year, or by day for short runs, as a table whose colours tell size and sign.
struct ReturnSection {
  let months: [PeriodReturn]
  let days: [PeriodReturn]
  private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  init(_ content: ReportContent) {
    months = content.account.months
    days = content.timing == .instants && content.account.months.count <= 3 ? content.account.days : []
  }

  func write(into page: inout PageText) {
    guard !months.isEmpty else { return }
    if days.count > 1 {
      page.beginSection("returns", "Returns by day")
      writeSummary(of: days, "day", into: &page)
      writeDays(into: &page)
    } else {
      page.beginSection("returns", "Returns by month")
      writeSummary(of: months, "month", into: &page)
      writeMonths(into: &page)
    }
    page.endSection()
  }

  private func writeSummary(of periods: [PeriodReturn], _ unit: String, into page: inout PageText) {
    let known = periods.compactMap { period in period.value.map { (period.day, $0) } }
    guard known.count > 1, let best = known.max(by: { $0.1 < $1.1 }), let worst = known.min(by: { $0.1 < $1.1 })
    else { return }
    func name(_ day: CivilDate) -> String { unit == "day" ? day.description : String(day.description.dropLast(3)) }
    let gains = known.count { $0.1 > 0 }
    page.raw("<p class=\"summary\">")
    page.text(
      "Best \(unit) \(NumberText.percent(best.1, signed: true)) (\(name(best.0))), worst "
        + "\(NumberText.percent(worst.1, signed: true)) (\(name(worst.0))); \(NumberText.count(gains)) of "
        + "\(NumberText.count(known.count)) \(unit)s ended with a gain.")
    page.raw("</p>")
  }

  private func writeMonths(into page: inout PageText) {
    let scale = ReturnSection.scale(months)
    beginTable("Return of each month in per cent", "Year", ReturnSection.names + ["Year"], into: &page)
    for year in months.first!.day.parts.year...months.last!.day.parts.year {
      let ofYear = months.filter { $0.day.parts.year == year }
      page.raw("<tr><th scope=\"row\">")
      page.number(year)
      page.raw("</th>")
      for month in 1...12 {
        cell(ofYear.first { $0.day.parts.month == month }?.value, scale, into: &page)
      }
      cell(ReturnSection.compounded(ofYear), nil, into: &page)
      page.raw("</tr>")
    }
    page.raw("</tbody></table></div>")
  }

  private func writeDays(into page: inout PageText) {
    let scale = ReturnSection.scale(days)
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let last = max(days.map(\.day.weekday).max()!, 4)
    beginTable("Return of each day in per cent, UTC", "Week of", weekdays[...last] + ["Week"], into: &page)
    var monday = days[0].day.adding(days: -days[0].day.weekday)
    while monday <= days.last!.day {
      let ofWeek = days.filter { $0.day >= monday && $0.day < monday.adding(days: 7) }
      page.raw("<tr><th scope=\"row\">")
      page.text(monday.description)
      page.raw("</th>")
      for weekday in 0...last { cell(ofWeek.first { $0.day.weekday == weekday }?.value, scale, into: &page) }
      cell(ReturnSection.compounded(ofWeek), nil, into: &page)
      page.raw("</tr>")
      monday = monday.adding(days: 7)
    }
    page.raw("</tbody></table></div>")
  }

  private func beginTable(_ caption: String, _ first: String, _ columns: [String], into page: inout PageText) {
    page.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
    page.text(caption)
    page.raw("\"><table class=\"heat\"><caption>")
    page.text(caption)
    page.raw("</caption><thead><tr><th scope=\"col\">")
    page.text(first)
    page.raw("</th>")
    for column in columns {
      page.raw("<th scope=\"col\">")
      page.text(column)
      page.raw("</th>")
    }
    page.raw("</tr></thead><tbody>")
  }

  /// A cell, coloured in seven steps up to the scale; a total is not coloured.
  private func cell(_ value: Double?, _ scale: Double?, into page: inout PageText) {
    guard let value else { return page.raw("<td></td>") }
    let isTotal = scale == nil
    let step = scale.map { min(Int((abs(value) / $0 * 7).rounded(.up)), 7) } ?? 0
    let isZero = abs(value) < 0.00005
    page.raw("<td class=\"")
    if isTotal {
      page.raw(isZero ? "total" : value > 0 ? "total gain" : "total loss")
    } else if !isZero {
      page.raw(value > 0 ? "up" : "down")
      page.number(max(step, 1))
    }
    page.raw("\">")
    page.text(NumberText.fixed(value * 100, places: abs(value) >= 1 ? 0 : 1, signed: false) ?? NumberText.none)
    page.raw("</td>")
  }

  /// The size that gets the strongest colour: that which one in twenty exceeds, so that one outlier does not pale the
  /// rest.
  private static func scale(_ periods: [PeriodReturn]) -> Double {
    let sizes = periods.compactMap { $0.value.map(abs) }.filter { $0 > 0 }.sorted()
    return sizes.isEmpty ? 1 : sizes[(sizes.count - 1) * 19 / 20]
  }

  private static func compounded(_ periods: [PeriodReturn]) -> Double? {
    guard !periods.isEmpty else { return nil }
    var product = 1.0
    for period in periods {
      guard let value = period.value else { return nil }
      product *= 1 + value
    }
    return product - 1
  }
}
