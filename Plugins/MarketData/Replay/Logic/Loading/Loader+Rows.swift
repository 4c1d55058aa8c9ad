import BarStore
import Glibc
import PluginSDK
import TradingTypes

extension Loader {
  /// Reads the rows of one file into their series; throws when the file as a whole cannot be used.
  func readRows(of file: SourceFile) throws(RowFault) {
    var window = LineWindow(try file.stream())
    guard try window.advance(from: window.start) else {
      throw RowFault(.otherLayout, "expected a header line, found an empty file", isOfFile: true)
    }
    var line = window.start
    if window.end - line >= 3, memcmp(line, "\u{FEFF}", 3) == 0 { line += 3 }
    let head = Loader.firstLines(line, window.end, 5)
    let layout = try Layout(firstLines: head.map(\.line))
    var state: UnsafeMutablePointer<SeriesState>?
    if !layout.hasSymbols {
      state = table.find(file.symbol)
      guard let state else {
        throw RowFault(
          .badSymbol, "expected a file name that starts with a symbol, found \"\(CarefulNumber.shown(file.name))\"",
          isOfFile: true)
      }
      guard state.pointee.isWanted else { return }
    }
    line = head[layout.headerLines - 1].next
    let careful = CarefulRow(layout: layout, times: times(layout, head.dropFirst(layout.headerLines).map(\.line)))
    var scanner = RowScanner(layout, takesNaive: settings.naiveTimes == .utc)
    defer { scanner.deallocate() }
    let isQuick = careful.times.rule == .instants
    var number = layout.headerLines
    // At a fixed address: it is passed around for each row.
    let row = UnsafeMutablePointer<Row>.allocate(capacity: 1)
    row.initialize(to: Row())
    defer { row.deallocate() }
    var isCut = false
    while true {
      let end = window.end
      while line < end {
        number &+= 1
        if isQuick, let next = scanner.scan(line, row) {
          line = next
        } else {
          let stop = memchr(line, 10, end - line).map { UnsafeRawPointer($0) } ?? end
          let fields = CSVLine(UnsafeRawBufferPointer(start: line, count: stop - line))
          line = stop + 1
          if fields.isBlank { continue }
          let isLast = window.isUnterminated && line >= end
          guard try readCarefully(careful, fields, number, isLast, row, &state) else {
            isCut = isLast
            continue
          }
        }
        if row.pointee.symbol.count > 0 {
          guard let found = try series(of: row.pointee.symbol, after: state, number) else { continue }
          state = found
        }
        guard let state, state.pointee.isWanted else { continue }
        try accept(row, state, number)
      }
      if window.isUnterminated, !isCut {
        log.warning(
          number, .noFinalNewline,
          "expected a line break at the end of the file, found none; the last row was taken as whole")
      }
      guard try window.advance(from: line) else { break }
      line = window.start
    }
  }

  /// Reads a line that the scanner gave up on; false: it was noted as a fault.
  private func readCarefully(
    _ careful: CarefulRow, _ line: CSVLine, _ number: Int, _ isCut: Bool, _ row: UnsafeMutablePointer<Row>,
    _ state: inout UnsafeMutablePointer<SeriesState>?
  ) throws(RowFault) -> Bool {
    // Rows of symbols that are not wanted are passed over, also when they are bad.
    if let column = careful.layout.columns.firstIndex(of: .symbol), column < line.fields.count,
      !table.wants(line.fields[column])
    {
      _ = table.find(line.fields[column])
      return false
    }
    do throws(RowFault) {
      let read = try careful.read(line, isUnterminated: isCut)
      row.pointee = read.row
      guard let symbol = read.symbol else { return true }
      state = table.find(symbol)
      guard state == nil else { return true }
      throw RowFault(.badSymbol, "expected 1 to 32 visible characters, found \"\(CarefulNumber.shown(symbol))\"")
    } catch {
      guard !error.isOfFile else {
        var fault = error
        fault.line = number
        throw fault
      }
      log.row(number, error.code, error.text)
      return false
    }
  }

  /// The series of a row's symbol; `nil`: it was noted as a fault.
  @inline(__always) private func series(
    of symbol: UnsafeRawBufferPointer, after state: UnsafeMutablePointer<SeriesState>?, _ number: Int
  ) throws(RowFault) -> UnsafeMutablePointer<SeriesState>? {
    // Rows of one symbol follow each other, or the symbols take turns in the same order, so the guess is mostly right.
    if let guess = state?.pointee.follower, guess.pointee.matches(symbol) { return guess }
    guard let found = table.find(symbol) else {
      log.row(
        number, .badSymbol,
        "expected 1 to 32 visible characters, found \"\(CarefulNumber.shown(String(decoding: symbol, as: UTF8.self)))\""
      )
      return nil
    }
    state?.pointee.follower = found
    return found
  }

  /// Judges a row and adds it to its series.
  @inline(__always) private func accept(
    _ row: UnsafeMutablePointer<Row>, _ state: UnsafeMutablePointer<SeriesState>, _ number: Int
  ) throws(RowFault) {
    guard row.pointee.isPlausible else { return refuse(row, state, number) }
    if state.pointee.builder == nil { try begin(state) }
    guard row.pointee.start > state.pointee.lastStart else { return refuse(row, state, number) }
    if state.pointee.jumps(to: row) { noteJump(row, state, number) }
    if state.pointee.add(row) { state.pointee.flush(packed, store) }
  }

  /// Begins a series with its first row in the present file.
  @inline(never) private func begin(_ state: UnsafeMutablePointer<SeriesState>) throws(RowFault) {
    try claim(state)
    state.pointee.open()
    openStates.append(state)
  }

  @inline(never) private func refuse(
    _ row: UnsafeMutablePointer<Row>, _ state: UnsafeMutablePointer<SeriesState>, _ number: Int
  ) {
    guard row.pointee.isPlausible else {
      let fault = row.pointee.judge()
      return log.row(number, fault.code, fault.text)
    }
    let found = Loader.shown(row.pointee.start)
    guard row.pointee.start < state.pointee.lastStart else {
      return log.row(number, .duplicateTime, "expected one row at each time, found \(found) again; the first one stays")
    }
    state.pointee.unsorted += 1
    log.row(
      number, .unsortedTime, "expected a time after \(Loader.shown(state.pointee.lastStart)), found \(found)")
  }

  @inline(never) private func noteJump(
    _ row: UnsafeMutablePointer<Row>, _ state: UnsafeMutablePointer<SeriesState>, _ number: Int
  ) {
    let (close, open) = (state.pointee.closeBefore, row.pointee.numbers.open)
    guard state.pointee.count > 0 else { return }
    let before = Timestamp(nanoseconds: state.pointee.lastStart)
    let after = Timestamp(nanoseconds: row.pointee.start)
    guard SplitRatio(close: close, open: open) != nil, CivilDate(utc: before) != CivilDate(utc: after) else { return }
    let notice = SeriesNotice(.split, before: before, after: after, close: close, open: open)
    log.odd(.possibleSplit, settings.splits, line: number) { notice.splitText(state.pointee.symbol) }
  }

  /// How the file writes its times, by its first rows.
  private func times(_ layout: Layout, _ rows: [CSVLine]) -> CarefulTime {
    let first = rows.filter { !$0.isBlank }.prefix(2)
    let areLocalDates =
      !first.isEmpty
      && first.allSatisfy {
        $0.fields.count > layout.timeColumn && CarefulTime.localDate($0.fields[layout.timeColumn]) != nil
      }
    return CarefulTime(rule: areLocalDates ? .localDates : .instants, naive: settings.naiveTimes)
  }

  private static func firstLines(
    _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, _ count: Int
  ) -> [(line: CSVLine, next: UnsafeRawPointer)] {
    var lines: [(CSVLine, UnsafeRawPointer)] = []
    var position = start
    while lines.count < count, position < end, let stop = memchr(position, 10, end - position) {
      let next = UnsafeRawPointer(stop) + 1
      lines.append((CSVLine(UnsafeRawBufferPointer(start: position, count: next - 1 - position)), next))
      position = next
    }
    return lines
  }
}
