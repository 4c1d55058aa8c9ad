import CommandLineKit
import Ledger

extension LedgerError {
  /// The error in the form of the command line.
  var commandError: CommandError {
    CommandError(
      code: code.rawValue, message: what, where: file, expected: expected, found: found, remedy: remedy,
      exitCode: exitCode)
  }

  private var exitCode: ExitCode {
    switch code {
    case .notFound: .noInput
    case .cannotCreate, .readOnly: .cannotCreate
    case .inUse, .busy: .tryAgain
    case .notADatabase, .notALedger, .corrupted: .badData
    case .newerSchema, .otherSession, .diverged: .badConfiguration
    case .diskFull, .inputOutput: .inputOutput
    case .invalidRecord, .unexpected: .internalFault
    }
  }
}
