import FoundationEssentials
import TradingCore
import TradingTypes

/// An input that only happened once, waiting for its commit.
struct PendingEvent {
  var input: UInt64
  var wallTime: Timestamp
  var text: String
}

/// An input that only happened once, as it was journaled.
public struct JournalEntry: Hashable, Sendable {
  /// Its place in the journal, from 1.
  public var number: UInt64
  /// The number of inputs the core had taken before it, as the caller counts them.
  public var input: UInt64
  /// What happened.
  public var event: ExternalEvent
  /// When it arrived.
  public var wallTime: Timestamp
}

extension Ledger {
  /// Journals an input that cannot be made again; durable with the next commit. Reads and writes no file.
  ///
  /// `input` says where it belongs among all inputs and never goes back.
  public func journal(_ event: ExternalEvent, input: UInt64, wallTime: Timestamp) throws(LedgerError) {
    _ = try ready()
    guard !isCatchingUp else {
      throw LedgerError(
        .diverged, file: path, what: "something new happened before the recorded part was over",
        expected: "\(committedRecords) records", found: String(recordCount),
        remedy: LedgerError.remedy(for: .diverged))
    }
    guard input >= lastInput else {
      throw LedgerError(
        .invalidRecord, file: path, what: "cannot journal out of order", expected: "input \(lastInput) or later",
        found: String(input), remedy: LedgerError.remedy(for: .invalidRecord))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(event) else {
      throw LedgerError(
        .invalidRecord, file: path, what: "cannot journal an event", remedy: LedgerError.remedy(for: .invalidRecord))
    }
    pendingJournal.append(
      PendingEvent(input: input, wallTime: wallTime, text: String(decoding: data, as: UTF8.self)))
    lastInput = input
    journalCount += 1
  }

  /// Everything journaled and durable, in order: what an interrupted session is fed again. Blocks on the disk.
  public func journalEntries() throws(LedgerError) -> [JournalEntry] {
    try JournalEntry.all(connection)
  }

  func write(_ event: PendingEvent, number: UInt64, chaining chain: inout HashChain) throws(LedgerError) {
    guard let journalInsertion else { return }
    journalInsertion.bind(1, Int64(clamping: number))
    journalInsertion.bind(2, Int64(bitPattern: event.input))
    journalInsertion.bind(3, event.wallTime.nanoseconds)
    journalInsertion.bind(4, event.text)
    _ = try journalInsertion.step("cannot journal")
    self.chain(event, number: number, into: &chain)
  }

  func chain(_ event: PendingEvent, number: UInt64, into chain: inout HashChain) {
    chain.add(
      journaled: number, input: event.input, wallNanoseconds: event.wallTime.nanoseconds, event: event.text)
  }
}

extension JournalEntry {
  static func all(_ connection: Connection) throws(LedgerError) -> [JournalEntry] {
    let statement = try connection.prepare("SELECT number, input, wall_ns, event FROM journal ORDER BY number")
    let decoder = JSONDecoder()
    var entries: [JournalEntry] = []
    while try statement.step("cannot read the journal") {
      let number = UInt64(clamping: statement.integer(0))
      guard let event = try? decoder.decode(ExternalEvent.self, from: Data(statement.utf8(3))) else {
        throw Checkpoint.damage(
          connection, "cannot read event \(number) of the journal", "an event of this version", statement.text(3))
      }
      entries.append(
        JournalEntry(
          number: number, input: UInt64(bitPattern: statement.integer(1)), event: event,
          wallTime: Timestamp(nanoseconds: statement.integer(2))))
    }
    return entries
  }
}
