// The working orders of an instrument: a list through the order table, in order of placement.
extension PaperVenue {
  /// Places of the working orders of an instrument, ascending.
  func working(_ b: Int) -> [UInt32] {
    var places: [UInt32] = []
    var place = books[b].firstWorking
    while place != Order.none {
      places.append(place)
      place = orders[Int(place)].nextWorking
    }
    return places
  }

  /// Puts an order at the end of its instrument's list, where a call that is going through it still meets it.
  @inline(__always)
  mutating func enlist(_ n: Int) {
    let b = Int(orders[n].instrument)
    let last = books[b].lastWorking
    orders[n].nextWorking = Order.none
    books[b].lastWorking = UInt32(n)
    if last == Order.none {
      books[b].firstWorking = UInt32(n)
    } else {
      orders[Int(last)].nextWorking = UInt32(n)
      if last > n { books[b].isUnsorted = true }
    }
  }

  /// Takes finished orders off the list, once a call is through with it.
  @inline(__always)
  mutating func sweep(_ b: Int) {
    let first = books[b].firstWorking
    guard first != Order.none else { return }
    if first != books[b].lastWorking {
      sweepMany(b)
    } else if !orders[Int(first)].isWorking {
      books[b].firstWorking = Order.none
      books[b].lastWorking = Order.none
    }
  }

  private mutating func sweepMany(_ b: Int) {
    if books[b].isUnsorted {
      relist(working(b).sorted(), b)
      books[b].isUnsorted = false
    }
    var (place, last) = (books[b].firstWorking, Order.none)
    books[b].firstWorking = Order.none
    while place != Order.none {
      let next = orders[Int(place)].nextWorking
      if orders[Int(place)].isWorking {
        link(place, after: last, b)
        last = place
      }
      place = next
    }
    end(b, last)
  }

  /// Makes these the list.
  mutating func relist(_ places: [UInt32], _ b: Int) {
    var last = Order.none
    books[b].firstWorking = Order.none
    for place in places {
      link(place, after: last, b)
      last = place
    }
    end(b, last)
  }

  private mutating func link(_ place: UInt32, after last: UInt32, _ b: Int) {
    if last == Order.none { books[b].firstWorking = place } else { orders[Int(last)].nextWorking = place }
  }

  private mutating func end(_ b: Int, _ last: UInt32) {
    books[b].lastWorking = last
    if last != Order.none { orders[Int(last)].nextWorking = Order.none }
  }
}
