import TradingTypes

/// Chooses the instants behind which the future is hidden.
struct CutInstants {
  /// Instants of the data, in order.
  var instants: ContiguousArray<Timestamp>
  var seed: UInt64

  /// At most `count` instants in order: some at which something was raised and the ones right before, some that answers
  /// claim which came later, and the rest spread evenly. The last instant of the data has no future and is left out.
  ///
  /// - Parameters:
  ///   - raised: instants of answers that are to be acted on.
  ///   - late: instants that answers claim which were given later.
  func chosen(_ count: Int, raised: [Timestamp], late: [Timestamp]) -> [Timestamp] {
    let end = max(instants.count - 1, min(instants.count, 1))
    guard count < end else { return Array(instants[..<end]) }
    var places: Set<Int> = []
    let share = max(1, count / 4)
    for place in spread(self.places(late, before: end), share, draw: 1) where places.count < count {
      places.insert(place)
    }
    for place in spread(self.places(raised, before: end), share, draw: 2) {
      for near in [place, place - 1] where near >= 0 && places.count < count { places.insert(near) }
    }
    let strata = count - places.count
    for stratum in 0..<strata {
      let fraction = (Double(stratum) + Noise(seed: seed, place: UInt64(stratum)).fraction(3)) / Double(strata)
      var place = min(Int(fraction * Double(end)), end - 1)
      while places.contains(place) { place = (place + 1) % end }
      places.insert(place)
    }
    return places.sorted().map { instants[$0] }
  }

  /// `count` of the items, one from each of as many equal stretches.
  private func spread(_ items: [Int], _ count: Int, draw: UInt64) -> [Int] {
    guard items.count > count else { return items }
    return (0..<count).map { stretch in
      let within = Noise(seed: seed, place: UInt64(stretch)).fraction(draw)
      return items[min(Int((Double(stretch) + within) / Double(count) * Double(items.count)), items.count - 1)]
    }
  }

  /// The place of the last instant that is not after each time, each once.
  private func places(_ times: [Timestamp], before end: Int) -> [Int] {
    let found = times.compactMap { time -> Int? in
      let place = instants.firstPlace { $0 > time } - 1
      return place >= 0 && place < end ? place : nil
    }
    return Set(found).sorted()
  }
}

extension ContiguousArray {
  /// The first place from which on all elements are so; the elements are in that order.
  fileprivate func firstPlace(where isSo: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isSo(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
