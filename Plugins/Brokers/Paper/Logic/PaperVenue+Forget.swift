import PluginSDK

extension PaperVenue {
  /// Drops orders that ended long ago with their reports; what stays moves together.
  @inline(never)
  mutating func forgetOld() {
    let places = newPlaces()
    for old in orders.indices where places[old] != Order.none {
      orders[old].firstReport = LoggedReport.none
      orders[old].lastReport = LoggedReport.none
      orders[Int(places[old])] = orders[old]
    }
    let kept = places.reduce(0) { $1 == Order.none ? $0 : $0 + 1 }
    orders.removeLast(orders.count - kept)
    moveReports(places)
    moveWorking(places)
    index.rebuild(orders)
    eventIndex.removeAll(keepingCapacity: true)
    eventIndexEnd = 0
  }

  /// Where each order goes; `none`: it is forgotten. The latest stay, what works, and the exits that belong to it.
  private func newPlaces() -> [UInt32] {
    var stays = orders.indices.map { $0 >= orders.count - latestOrders || orders[$0].isWorking }
    for order in orders where order.isWorking {
      let bracket = resting[Int(order.slot)].bracket
      if bracket.takeProfitChild != Order.none { stays[Int(bracket.takeProfitChild)] = true }
      if bracket.stopLossChild != Order.none { stays[Int(bracket.stopLossChild)] = true }
    }
    var next: UInt32 = 0
    return stays.map { stay in
      guard stay else { return Order.none }
      defer { next += 1 }
      return next
    }
  }

  private mutating func moveReports(_ places: [UInt32]) {
    var end = 0
    var beginsCall = false
    for place in reports.indices {
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
    for b in books.indices where !books[b].working.isEmpty {
      for at in books[b].working.indices {
        let n = moved(books[b].working[at])
        books[b].working[at] = n
        let slot = Int(orders[Int(n)].slot)
        resting[slot].parent = moved(resting[slot].parent)
        resting[slot].bracket.takeProfitChild = moved(resting[slot].bracket.takeProfitChild)
        resting[slot].bracket.stopLossChild = moved(resting[slot].bracket.stopLossChild)
      }
    }
  }
}
