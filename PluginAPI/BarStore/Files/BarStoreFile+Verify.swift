import Hashing
import TradingTypes

extension BarStoreFile {
  /// Reads every block again: checksums, bars that can be bars and rise in time, and the hash of each series.
  ///
  /// Answers how many blocks were read; `onDamage` is given everything that is not as it was written. Blocks on the disk.
  public func verify(onDamage: (BarStoreError) -> Void) -> Int {
    entries.indices.reduce(0) { $0 + verify($1, onDamage) }
  }

  /// Whether every block of the series at a place in ``series`` is as it was written. Blocks on the disk.
  public func isWhole(series index: Int) -> Bool {
    var isWhole = true
    _ = verify(index) { _ in isWhole = false }
    return isWhole
  }

  private func verify(_ entry: Int, _ onDamage: (BarStoreError) -> Void) -> Int {
    let bars = BarColumns()
    defer { bars.deallocate() }
    let (series, blocks) = (entries[entry].series, entries[entry].blocks.count)
    var hasher = BLAKE2b()
    var isWhole = true
    var last: Int64?
    for number in 0..<blocks {
      do throws(BarStoreError) {
        let bytes = try block(number, of: entry)
        hasher.update(bytes)
        try check(bytes, number, of: entry, bars, after: &last)
        release(bytes)
      } catch {
        isWhole = false
        last = nil
        onDamage(error)
      }
    }
    guard isWhole else { return blocks }
    let hash = hasher.finalize()
    let isFirst = firstStart(0, of: entry) == series.firstStart.nanoseconds
    if hash != series.hash || last != series.lastStart.nanoseconds || !isFirst {
      onDamage(
        BarStoreError(
          .damaged, path, part: "series \(series.symbol)",
          expected: "BLAKE2b \(series.hash.hex.prefix(16))... up to \(series.lastStart)",
          found: "\(hash.hex.prefix(16))... up to \(last.map { "\(Timestamp(nanoseconds: $0))" } ?? "nothing")",
          remedy: BarStoreError.restore))
    }
    return blocks
  }

  private func check(
    _ bytes: UnsafeRawBufferPointer, _ number: Int, of entry: Int, _ bars: BarColumns, after last: inout Int64?
  ) throws(BarStoreError) {
    let expected = barCount(number, of: entry)
    guard let count = BlockReader.unpack(bytes, into: bars), count == expected,
      bars.start(0) == firstStart(number, of: entry)
    else {
      throw damage(number, of: entry, expected: "\(expected) packed bars", found: "other bytes")
    }
    for index in 0..<count {
      let start = bars.start(index)
      guard last.map({ $0 < start }) ?? true else {
        throw damage(
          number, of: entry, expected: "bars that rise in time",
          found: "\(Timestamp(nanoseconds: start)) at its bar \(index + 1)")
      }
      last = start
      guard bars.isPlausible(index) else {
        throw damage(
          number, of: entry, expected: "prices above zero within low and high",
          found: "others at \(Timestamp(nanoseconds: start))")
      }
    }
  }
}

extension BarColumns {
  /// Whether the numbers of a bar can be those of one.
  func isPlausible(_ index: Int) -> Bool {
    let (open, high, low, close, volume) = (open(index), high(index), low(index), close(index), volume(index))
    return low > 0 && low <= open && low <= close && open <= high && close <= high && high.isFinite && volume >= 0
      && volume.isFinite
  }
}
