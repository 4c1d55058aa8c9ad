import CommandLineKit
import Configuration
import Glibc
import Ledger
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// The ledger of a session and the state of its plugins beside it.
final class SessionBook {
  let path: String
  let recorder: LedgerRecorder
  private let ledger: Ledger
  private let states: DurableStates

  /// What earlier lives of the session left.
  struct Earlier {
    var records: UInt64 = 0
    var journal: [JournaledInput] = []
  }

  /// What earlier lives of this session left.
  let earlier: Earlier

  /// Opens or makes the files and begins or resumes the session; refuses a finished one and another one's ledger.
  /// Blocks on the disk.
  init(_ setup: RunSetup) throws {
    path = setup.options.ledger ?? "\(setup.environment.locations.home)/ledger.db"
    if setup.options.ledger == nil { try SessionBook.makeFolder(setup.environment.locations.home) }
    do {
      if setup.options.startsNew { _ = try Ledger.setAside(path) }
      ledger = try Ledger.open(path)
      earlier = try SessionBook.begin(setup.description(), ledger, path)
      states = try DurableStates.open(
        Ledger.statePath(for: path), run: ledger.run, mustExist: earlier.records > 0 || !earlier.journal.isEmpty)
    } catch let error as LedgerError {
      throw CommandFailure(error.commandError)
    }
    recorder = LedgerRecorder(ledger, wallTime: SessionBook.wallTime)
  }

  private static func begin(
    _ description: SessionDescription, _ ledger: Ledger, _ path: String
  ) throws -> Earlier {
    switch try ledger.begin(description, wallTime: SessionBook.wallTime()) {
    case .new: return Earlier()
    case .resumed(let resumption):
      let journal = try ledger.journalEntries().map { JournaledInput(index: $0.input, event: $0.event) }
      return Earlier(records: resumption.records, journal: journal)
    case .finished:
      throw CommandFailure(
        code: "session_finished", message: "this session has already run to its end here", where: path,
        expected: "an unfinished session or a new file", found: "a finished session; nothing was written",
        remedy: "read it with host trades, or begin anew with --new", exitCode: .cannotCreate)
    case .otherFingerprint(let differences):
      throw CommandFailure(
        code: "other_session", message: "the ledger holds another session", where: path,
        expected: "the same data, configuration, plugins, dates and options",
        found: differences.map(\.description).joined(separator: "; "),
        remedy: "name another file with --ledger, or begin anew with --new", exitCode: .badConfiguration)
    }
  }

  /// Marks the session finished.
  func finish(_ summary: String) throws {
    do {
      try ledger.finish(summary: summary, wallTime: SessionBook.wallTime())
    } catch {
      throw CommandFailure(error.commandError)
    }
  }

  /// The state of one plugin.
  func state(of plugin: String) -> any PluginHost.PluginStateStore { StateAdapter(states, plugin: plugin) }

  static func wallTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  private static func makeFolder(_ folder: String) throws {
    guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
    throw CommandFailure(
      code: "cannot_create", message: "cannot make the home folder: \(String(cString: strerror(errno)))", where: folder,
      expected: "a writable folder", found: nil, remedy: "name another with --home", exitCode: .cannotCreate)
  }
}
