import PluginSDK

extension PaperVenue {
  /// Drops orders that ended long ago with their reports; what stays moves together.
  @inline(never)
  mutating func forgetOld() {
    let staying = placesThatStay()
    var places = [UInt32](repeating: Order.none, count: orders.count)
    // Nothing of an order that stays was reported before its own first report or, for an exit that waits, at all.
    var firstReport = UInt32(reports.count)
    for (place, old) in staying.enumerated() {
      places[Int(old)] = UInt32(place)
      firstReport = min(firstReport, orders[Int(old)].firstReport)
      orders[place] = orders[Int(old)]
      orders[place].firstReport = LoggedReport.none
      orders[place].lastReport = LoggedReport.none
    }
    orders.removeLast(orders.count - staying.count)
    moveReports(places, from: Int(firstReport))
    moveWorking(places)
    index.rebuild(orders)
    eventIndex.removeAll(keepingCapacity: true)
    eventIndexEnd = 0
  }

  /// The latest orders, what works, and the exits that belong to it; ascending.
  private func placesThatStay() -> [UInt32] {
    let latest = UInt32(max(0, orders.count - latestOrders))
    var old: Set<UInt32> = []
    for b in books.indices where !books[b].isQuiet {
      for place in working(b) {
        let bracket = resting[Int(orders[Int(place)].slot)].bracket
        for place in [place, bracket.takeProfitChild, bracket.stopLossChild] where place < latest { old.insert(place) }
      }
    }
    return old.sorted() + (latest..<UInt32(orders.count))
  }

  private mutating func moveReports(_ places: [UInt32], from start: Int) {
    var end = 0
    // What came before is forgotten, so the first that stays is the first of its call.
    var beginsCall = true
    for place in start..<reports.count {
      var report = reports[place]
      beginsCall = beginsCall || report.isFirstOfCall
      let order = places[Int(report.order)]
      guard order != Order.none else { continue }
      report.order = order
      report.next = LoggedReport.none
      // The first that stays of a call stands for the first of the call.
      report.isFirstOfCall = beginsCall
      beginsCall = false
      reports[end] = report
      chain(UInt32(end), to: Int(order))
      end += 1
    }
    reports.removeLast(reports.count - end)
  }

  private mutating func moveWorking(_ places: [UInt32]) {
    func moved(_ place: UInt32) -> UInt32 { place == Order.none ? place : places[Int(place)] }
    for b in books.indices where !books[b].isQuiet {
      var place = moved(books[b].firstWorking)
      books[b].firstWorking = place
      books[b].lastWorking = moved(books[b].lastWorking)
      while place != Order.none {
        let n = Int(place)
        let slot = Int(orders[n].slot)
        resting[slot].parent = moved(resting[slot].parent)
        resting[slot].bracket.takeProfitChild = moved(resting[slot].bracket.takeProfitChild)
        resting[slot].bracket.stopLossChild = moved(resting[slot].bracket.stopLossChild)
        place = moved(orders[n].nextWorking)
        orders[n].nextWorking = place
      }
    }
  }
}
