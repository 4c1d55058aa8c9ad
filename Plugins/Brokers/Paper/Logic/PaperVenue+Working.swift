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
  mutating func enlist(_ n: Int, _ order: UnsafeMutablePointer<Order>) {
    let book = books.address(Int(order.pointee.instrument))
    let place = UInt32(truncatingIfNeeded: n)
    let last = book.pointee.lastWorking
    order.pointee.nextWorking = Order.none
    book.pointee.lastWorking = place
    if last == Order.none {
      book.pointee.firstWorking = place
    } else {
      orders[Int(last)].nextWorking = place
      if last > place { book.pointee.isUnsorted = true }
    }
  }

  /// Takes finished orders off the list, once a call is through with it.
  @inline(__always)
  mutating func sweep(_ b: Int) {
    let book = books.address(b)
    let first = book.pointee.firstWorking
    guard first != Order.none else { return }
    if first != book.pointee.lastWorking {
      sweepMany(b)
    } else if !orders[Int(first)].isWorking {
      book.pointee.firstWorking = Order.none
      book.pointee.lastWorking = Order.none
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
