import CommandLineKit
import Configuration
import Glibc
import Ledger

/// The ledger a command reads: where it is, and how its faults are told.
enum LedgerFile {
  static let option = OptionSpecification(
    "ledger", value: "FILE", help: "The ledger to read.", default: "HOME/ledger.db")

  /// `--ledger`, else the ledger of the home folder. Needs no configuration.
  static func path(_ arguments: ParsedArguments) throws -> String {
    try arguments.value("ledger") ?? ledgerOfHome(arguments)
  }

  /// The ledger that `host run` writes unless told otherwise.
  static func ledgerOfHome(_ arguments: ParsedArguments) throws -> String {
    do throws(ConfigurationFault) {
      let locations = try HostLocations(
        homeOption: arguments.value("home"), environment: HostEnvironment.processVariables())
      return locations.home + "/ledger.db"
    } catch {
      throw CommandFailure(error.commandError)
    }
  }

  /// Opens a ledger for reading, also while a session writes it, and closes it again. Blocks on the disk.
  static func read<Value>(_ path: String, _ body: (LedgerReader) throws(LedgerError) -> Value) throws -> Value {
    do throws(LedgerError) {
      var status = stat()
      if stat(path, &status) != 0, errno == ENOENT || errno == ENOTDIR { throw missing(path) }
      let reader = try LedgerReader(path)
      defer { reader.close() }
      return try body(reader)
    } catch {
      throw CommandFailure(error.commandError)
    }
  }

  private static func missing(_ path: String) -> LedgerError {
    LedgerError(
      .notFound, file: path, what: "there is no such ledger", expected: "a file that host run wrote",
      found: systemMessage(errno), remedy: "name an existing file, or run a session first: host run")
  }
}
