import PluginSDK

extension PaperVenue {
  /// Drops orders that ended long ago with their reports; what stays moves together.
  @inline(never)
  mutating func forgetOld() {
    let latest = UInt32(max(0, orders.count - latestOrders))
    let moved = Moved(latest: latest, older: olderThatStay(than: latest))
    // Nothing of an order that stays was reported before its own first report or, for an exit that waits, at all.
    var firstReport = UInt32(reports.count)
    for place in moved.older { firstReport = min(firstReport, moveOrder(place, moved)) }
    for place in latest..<UInt32(orders.count) { firstReport = min(firstReport, moveOrder(place, moved)) }
    orders.removeLast(Int(latest) - moved.older.count)
    moveReports(moved, from: Int(firstReport))
    moveWorking(moved)
    index.rebuild(orders)
    eventIndex.removeAll(keepingCapacity: true)
    eventIndexEnd = 0
  }

  /// What works, and the exits that belong to it, of those before the latest orders; ascending.
  private func olderThatStay(than latest: UInt32) -> [UInt32] {
    var older: Set<UInt32> = []
    for b in books.indices where !books[b].isQuiet {
      for place in working(b) {
        let bracket = resting[Int(orders[Int(place)].slot)].bracket
        for place in [place, bracket.takeProfitChild, bracket.stopLossChild] where place < latest {
          older.insert(place)
        }
      }
    }
    return older.sorted()
  }

  /// Moves an order without its reports, and answers where the first of them is.
  @inline(__always)
  private mutating func moveOrder(_ place: UInt32, _ moved: Moved) -> UInt32 {
    let order = orders.address(Int(moved(place)))
    order.pointee = orders[Int(place)]
    let firstReport = order.pointee.firstReport
    order.pointee.firstReport = LoggedReport.none
    order.pointee.lastReport = LoggedReport.none
    return firstReport
  }

  private mutating func moveReports(_ moved: Moved, from start: Int) {
    var end = 0
    // What came before is forgotten, so the first that stays is the first of its call.
    var beginsCall = true
    for place in start..<reports.count {
      let old = reports.address(place)
      beginsCall = beginsCall || old.pointee.isFirstOfCall
      let order = moved(old.pointee.order)
      guard order != Order.none else { continue }
      let report = reports.address(end)
      report.pointee = old.pointee
      report.pointee.order = order
      report.pointee.next = LoggedReport.none
      // The first that stays of a call stands for the first of the call.
      report.pointee.isFirstOfCall = beginsCall
      beginsCall = false
      chain(UInt32(truncatingIfNeeded: end), to: orders.address(Int(order)))
      end += 1
    }
    reports.removeLast(reports.count - end)
  }

  private mutating func moveWorking(_ moved: Moved) {
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

/// Where orders are once old ones are forgotten: those that stay of the older, then the latest.
private struct Moved {
  /// The first of the latest.
  let latest: UInt32
  /// Ascending, all before the latest.
  let older: [UInt32]
  /// How far the latest move.
  private let shift: UInt32

  init(latest: UInt32, older: [UInt32]) {
    self.latest = latest
    self.older = older
    shift = latest - UInt32(older.count)
  }

  /// `none`: it is forgotten, or there was none.
  @inline(__always)
  func callAsFunction(_ place: UInt32) -> UInt32 {
    guard place < latest else { return place == Order.none ? place : place &- shift }
    return older.isEmpty ? Order.none : among(place)
  }

  @inline(never)
  private func among(_ place: UInt32) -> UInt32 {
    var (low, high) = (0, older.count)
    while low < high {
      let middle = (low + high) / 2
      if older[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < older.count && older[low] == place ? UInt32(low) : Order.none
  }
}
