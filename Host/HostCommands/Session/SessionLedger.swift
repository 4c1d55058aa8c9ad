import CommandLineKit
import Glibc
import Ledger
import TradingTypes

/// A ledger file in which a session was begun or goes on.
struct SessionLedger {
  let path: String
  let ledger: Ledger
  /// What earlier lives of this session made durable; `nil` when it is new.
  let resumption: Beginning.Resumption?

  /// Opens or makes the file and begins or resumes the session; refuses a finished one and another one's ledger.
  /// Blocks on the disk.
  ///
  /// - Parameter startsNew: whether a file that is there gives way.
  init(_ description: SessionDescription, path: String, startsNew: Bool) throws {
    self.path = path
    do {
      if startsNew { _ = try Ledger.setAside(path) }
      ledger = try Ledger.open(path)
      switch try ledger.begin(description, wallTime: SessionLedger.wallTime()) {
      case .new: resumption = nil
      case .resumed(let resumption): self.resumption = resumption
      case .finished: throw SessionLedger.finished(path)
      case .otherFingerprint(let differences): throw SessionLedger.other(path, differences)
      }
    } catch let error as LedgerError {
      throw CommandFailure(error.commandError)
    }
  }

  /// Marks the session finished. Blocks on the disk.
  func finish(_ summary: String) throws {
    do {
      try ledger.finish(summary: summary, wallTime: SessionLedger.wallTime())
    } catch {
      throw CommandFailure(error.commandError)
    }
  }

  static func wallTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  private static func finished(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "session_finished", message: "this session has already run to its end here", where: path,
      expected: "an unfinished session or a new file", found: "a finished session; nothing was written",
      remedy: "read it with host trades, or begin anew with --new", exitCode: .cannotCreate)
  }

  private static func other(_ path: String, _ differences: [Beginning.Difference]) -> CommandFailure {
    CommandFailure(
      code: "other_session", message: "the ledger holds another session", where: path,
      expected: "the same data, configuration, plugins, dates and options",
      found: differences.map(\.description).joined(separator: "; "),
      remedy: "name another file with --ledger, or begin anew with --new", exitCode: .badConfiguration)
  }
}
