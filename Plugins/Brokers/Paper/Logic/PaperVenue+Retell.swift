import PluginSDK

/// A market event that made reports.
struct EventKey: Hashable {
  var instrument: UInt32
  var cause: UInt8
  var time: Int64
}

extension PaperVenue {
  /// Tells again what a market event brought about when it was first offered.
  mutating func tellEvent(_ cause: LoggedReport.Cause, _ b: Int, _ time: Int64, into told: inout Told) {
    for place in eventIndexEnd..<reports.count where reports[place].isFirstOfCall && reports[place].cause != .request {
      let report = reports[place]
      let instrument = orders[Int(report.order)].instrument
      eventIndex[EventKey(instrument: instrument, cause: report.cause.rawValue, time: report.time)] = UInt32(place)
    }
    eventIndexEnd = reports.count
    let key = EventKey(instrument: UInt32(b), cause: cause.rawValue, time: time)
    guard let first = eventIndex[key] else { return }
    told.call = Int(first)..<endOfCall(Int(first))
  }

  /// Tells again what placing an order brought about, to other orders too, and then the rest of its own reports.
  func tellPlacement(of n: Int, into told: inout Told) {
    guard orders[n].firstReport != LoggedReport.none else { return }
    let first = Int(orders[n].firstReport)
    let end = endOfCall(first)
    told.call = first..<end
    tellAll(of: n, from: end, into: &told)
  }

  /// Tells again the last change that a request made to an order, or the order's last report when there was none.
  func tellLastChange(of n: Int, into told: inout Told) {
    var change: Int?
    var place = orders[n].firstReport
    while place != LoggedReport.none {
      let report = reports[Int(place)]
      if report.kind == .replaced, report.cause == .request, report.isFirstOfCall { change = Int(place) }
      place = report.next
    }
    if let change {
      told.call = change..<endOfCall(change)
    } else if orders[n].lastReport != LoggedReport.none {
      told.others.append(orders[n].lastReport)
    }
  }

  private func endOfCall(_ first: Int) -> Int {
    var end = first + 1
    while end < reports.count, !reports[end].isFirstOfCall { end += 1 }
    return end
  }
}
