import PluginSDK
import TradingTypes

/// Where a venue's book is kept: changes are held back until `commit` makes all of them durable at once, or none.
protocol Archive {
  func get(_ key: String) throws(PluginError) -> [UInt8]?
  func keys(prefix: String) throws(PluginError) -> [String]
  func put(_ key: String, _ value: [UInt8]) throws(PluginError)
  func commit() throws(PluginError)
}

extension StateStore: Archive {}

/// Saves a venue's book after each call that changed it, and restores it.
///
/// Keys: `account`, `book/<symbol>` (position and where that market stands), `order/<client id>`, `report/<place>`.
/// Each change of an order makes a report, so what is new in the log names all that has to be written.
struct BookKeeper {
  /// Bytes of a symbol; with `book/` before it, it is a key of the state.
  static let symbolLimit = 128 - 5

  private let archive: any Archive
  private let symbols: [String]
  private var savedOrders = 0
  private var savedReports = 0

  init(_ archive: any Archive, _ instruments: [Instrument]) {
    self.archive = archive
    symbols = instruments.map(\.symbol)
  }

  /// Makes what changed since the last save durable, in one commit; nothing when nothing did.
  mutating func save(_ venue: PaperVenue) throws(PluginError) {
    guard venue.reports.count > savedReports else { return }
    var changed = Set(UInt32(savedOrders)..<UInt32(venue.orders.count))
    for place in savedReports..<venue.reports.count {
      let report = venue.reports[place]
      changed.insert(report.order)
      try archive.put(reportKey(place), report.bytes)
    }
    var books = Set<Int>()
    for place in changed.sorted() {
      let order = venue.orders[Int(place)]
      let instrument = Int(order.instrument)
      let symbol = symbols.indices.contains(instrument) ? symbols[instrument] : ""
      if symbols.indices.contains(instrument) { books.insert(instrument) }
      let resting = order.slot == Order.none ? nil : venue.resting[Int(order.slot)]
      let record = OrderRecord(place: place, symbol: symbol, order: order, resting: resting)
      try archive.put("order/\(order.id)", record.bytes)
    }
    for instrument in books.sorted() { try archive.put("book/\(symbols[instrument])", venue.books[instrument].bytes) }
    let account = AccountRecord(
      currency: venue.settings.currency.description, cash: venue.cashNanos, orders: UInt32(venue.orders.count),
      reports: UInt32(venue.reports.count))
    try archive.put("account", account.bytes)
    try archive.commit()
    savedOrders = venue.orders.count
    savedReports = venue.reports.count
  }

  private func reportKey(_ place: Int) -> String {
    let digits = String(place, radix: 16)
    return "report/" + String(repeating: "0", count: 8 - min(digits.utf8.count, 8)) + digits
  }
}

// MARK: - Restoring

extension BookKeeper {
  /// Reads the saved book into a venue that has seen nothing; false when there is none.
  mutating func restore(_ venue: inout PaperVenue) throws(PluginError) -> Bool {
    guard let account = try record("account", { bytes throws(RecordFault) in try AccountRecord(bytes) }) else {
      return false
    }
    guard account.currency == venue.settings.currency.description else {
      throw .option(
        "currency", expected: "\(account.currency), the saved account's", found: "\(venue.settings.currency)")
    }
    venue.detach()
    venue.cashNanos = account.cash
    for key in try archive.keys(prefix: "book/") { try restoreBook(key, &venue) }
    try restoreOrders(account, &venue)
    try restoreReports(account, &venue)
    savedOrders = venue.orders.count
    savedReports = venue.reports.count
    return true
  }

  private func restoreBook(_ key: String, _ venue: inout PaperVenue) throws(PluginError) {
    let symbol = String(key.dropFirst("book/".count))
    if let place = symbols.firstIndex(of: symbol) {
      _ = try record(key) { bytes throws(RecordFault) in try venue.books[place].read(bytes) }
    } else {
      var book = Book.unlisted
      _ = try record(key) { bytes throws(RecordFault) in try book.read(bytes) }
      guard book.position == 0 else { throw unlisted(symbol, "a position of \(Quantity(nanos: book.position))") }
    }
  }

  private func restoreOrders(_ account: AccountRecord, _ venue: inout PaperVenue) throws(PluginError) {
    var records: [OrderRecord] = []
    for key in try archive.keys(prefix: "order/") {
      guard let id = ShortText(key.dropFirst("order/".count)) else { throw corrupt(key, "expected a client id") }
      let saved = try record(key) { bytes throws(RecordFault) in try OrderRecord(id, bytes) }
      if let saved { records.append(saved) }
    }
    records.sort { $0.place < $1.place }
    guard records.count == account.orders, records.enumerated().allSatisfy({ $0.offset == $0.element.place }) else {
      throw corrupt("order/", "expected \(account.orders) orders, found \(records.count)")
    }
    for record in records {
      var order = record.order
      if !record.symbol.isEmpty {
        order.instrument = symbols.firstIndex(of: record.symbol).map { UInt32($0) } ?? .max
      }
      venue.orders.append(order)
      venue.orderCount = order.number
      venue.index.insertLast(of: venue.orders)
      guard let terms = record.resting else { continue }
      guard order.instrument != .max else { throw unlisted(record.symbol, "the working order \(order.id)") }
      let others = [terms.parent, terms.bracket.takeProfitChild, terms.bracket.stopLossChild]
      guard others.allSatisfy({ $0 == Order.none || $0 < account.orders }), order.remaining > 0, order.filled >= 0
      else { throw corrupt("order/\(order.id)", "expected a rest above 0 and known exits") }
      venue.start(venue.orders.count - 1, terms)
    }
  }

  private func restoreReports(_ account: AccountRecord, _ venue: inout PaperVenue) throws(PluginError) {
    let keys = try archive.keys(prefix: "report/")
    guard keys.count == account.reports else {
      throw corrupt("report/", "expected \(account.reports) reports, found \(keys.count)")
    }
    for key in keys {
      guard let saved = try record(key, { bytes throws(RecordFault) in try LoggedReport(bytes) }) else { continue }
      guard Int(saved.order) < venue.orders.count else {
        throw corrupt(key, "expected an order below \(venue.orders.count), found \(saved.order)")
      }
      venue.link(saved, to: venue.orders.address(Int(saved.order)))
    }
  }

  private func record<Record>(
    _ key: String, _ read: ([UInt8]) throws(RecordFault) -> Record
  ) throws(PluginError) -> Record? {
    guard let bytes = try archive.get(key) else { return nil }
    do throws(RecordFault) {
      return try read(bytes)
    } catch {
      throw corrupt(key, error.text)
    }
  }

  private func corrupt(_ key: String, _ text: String) -> PluginError {
    PluginError(.io, "saved paper account, key \(key): \(text); restore the state from a backup or start a new account")
  }

  private func unlisted(_ symbol: String, _ what: String) -> PluginError {
    PluginError(
      .configuration,
      "the saved paper account has \(what) in \(symbol), which is not among the instruments; add \(symbol)")
  }
}
