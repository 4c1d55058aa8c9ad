import BarStore
import PluginSDK
import TradingTypes

/// Reads files into packed, checked series.
final class Loader {
  /// The options that decide how files are read.
  struct Settings {
    var badRows = BadRows.skip
    var naiveTimes = NaiveTimes.refuse
    var splits = Oddities.notice
    var gaps = Oddities.notice
    /// The bar size the user states; `nil`: inferred.
    var barSeconds: Int?
    /// How many mebibytes of packed bars stay in memory.
    var residentChunks = 4
  }

  let settings: Settings
  let table: SeriesTable
  let store: BlockStore
  /// Room for one packed block.
  let packed = UnsafeMutableRawPointer.allocate(byteCount: BlockBuilder.largest, alignment: 64)
  var log: FaultLog
  var files: [SourceFile] = []
  /// The series that come from bar stores.
  private(set) var stored: [StoredSource] = []
  /// The series that the present file has bars of.
  var openStates: [UnsafeMutablePointer<SeriesState>] = []
  private var skippedFiles = 0

  /// Makes a loader for the wanted symbols; none named: all.
  init(_ settings: Settings, symbols: [String]) {
    self.settings = settings
    table = SeriesTable(wanted: Set(symbols))
    store = BlockStore(residentChunks: settings.residentChunks)
    log = FaultLog(badRows: settings.badRows)
  }

  deinit { packed.deallocate() }

  /// Reads every file of the paths; faults are in the log.
  func load(paths: [String]) {
    for path in paths {
      log.begin(path)
      skippedFiles = 0
      do throws(RowFault) {
        for file in try SourceFiles.list(path) { load(file) }
      } catch {
        log.refuse(error.code, error.text)
      }
      if skippedFiles > FaultLog.listed {
        log.begin(path)
        log.skipFile(
          .tooManyFiles, "\(skippedFiles) files without bars were passed over, the first \(FaultLog.listed) are listed")
      }
    }
  }

  private func load(_ file: SourceFile) {
    log.begin(file.name)
    files.append(file)
    do throws(RowFault) {
      if case .path = file.content, BarStoreFile.isStore(file.name) {
        try readStore(file)
      } else {
        try readRows(of: file)
      }
    } catch {
      if error.code == .otherLayout, !file.isNamed {
        skippedFiles += 1
        if skippedFiles <= FaultLog.listed { log.skipFile(error.code, error.text) }
      } else {
        log.refuse(error.code, error.text, line: error.line)
      }
    }
    endFile()
    log.end()
  }

  /// Takes the wanted series of a bar store.
  private func readStore(_ file: SourceFile) throws(RowFault) {
    let store: BarStoreFile
    do throws(BarStoreError) {
      store = try BarStoreFile(path: file.name)
    } catch {
      throw RowFault(error)
    }
    for (index, series) in store.series.enumerated() {
      let state = table.find(series.symbol)
      guard let state else {
        throw RowFault(.badSymbol, "expected a symbol, found \"\(CarefulNumber.shown(series.symbol))\"", isOfFile: true)
      }
      guard state.pointee.isWanted else { continue }
      try claim(state)
      stored.append(StoredSource(file: store, index: index, series: series))
      tell(series)
    }
  }

  /// Makes the present file the one that a series' bars come from.
  @inline(never) func claim(_ state: UnsafeMutablePointer<SeriesState>) throws(RowFault) {
    let file = state.pointee.file
    guard file == -1 else {
      throw RowFault(
        .symbolTwice,
        "expected each symbol in one file, found \(state.pointee.symbol) here and in \(files[file].name); name one of them",
        isOfFile: true)
    }
    state.pointee.file = files.count - 1
  }

  /// Packs what the file left over, and judges its series as a whole.
  private func endFile() {
    for state in openStates {
      state.pointee.flush(packed, store)
      state.pointee.close()
      if state.pointee.unsorted > state.pointee.count {
        log.refuse(
          .newestFirst,
          "expected the rows of \(state.pointee.symbol) from the oldest to the newest, found \(state.pointee.unsorted) "
            + "older than the row before them; sort the file by time")
      }
    }
    openStates = []
  }
}
