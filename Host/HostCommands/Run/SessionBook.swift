import CommandLineKit
import Configuration
import Ledger
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// The ledger of a session and the state of its plugins beside it.
final class SessionBook {
  let recorder: LedgerRecorder
  private let file: SessionLedger
  private let states: DurableStates

  /// What earlier lives of the session left.
  struct Earlier {
    var records: UInt64 = 0
    var journal: [JournaledInput] = []
  }

  /// What earlier lives of this session left.
  let earlier: Earlier
  var path: String { file.path }

  /// Opens or makes the files and begins or resumes the session; refuses a finished one and another one's ledger.
  /// Blocks on the disk.
  init(_ setup: RunSetup) throws {
    if setup.options.ledger == nil { try setup.environment.makeHome() }
    file = try SessionLedger(
      setup.description(), path: setup.options.ledger ?? "\(setup.environment.locations.home)/ledger.db",
      startsNew: setup.options.startsNew)
    let ledger = file.ledger
    do {
      earlier =
        try file.resumption.map { resumption in
          let journal = try ledger.journalEntries().map { JournaledInput(index: $0.input, event: $0.event) }
          return Earlier(records: resumption.records, journal: journal)
        } ?? Earlier()
      states = try DurableStates.open(
        Ledger.statePath(for: file.path), run: ledger.run, mustExist: earlier.records > 0 || !earlier.journal.isEmpty)
    } catch let error as LedgerError {
      throw CommandFailure(error.commandError)
    }
    recorder = LedgerRecorder(ledger, wallTime: SessionLedger.wallTime)
  }

  /// Marks the session finished.
  func finish(_ summary: String) throws { try file.finish(summary) }

  /// The state of one plugin.
  func state(of plugin: String) -> any PluginHost.PluginStateStore { StateAdapter(states, plugin: plugin) }
}
