/// How a command ended, as the process's exit status (numbers of `<sysexits.h>`).
public enum ExitCode: Int32, CaseIterable, Sendable {
  /// Everything asked for was done.
  case ok = 0
  /// The command line was wrong.
  case usage = 64
  /// Input data was wrong: a file's layout, its rows, or an empty range.
  case badData = 65
  /// A named input does not exist or cannot be read.
  case noInput = 66
  /// A service that is needed, such as a broker, cannot be reached.
  case unavailable = 69
  /// The host itself is at fault.
  case internalFault = 70
  /// An output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// A passing condition, such as a lock, prevented the work; trying again may help.
  case tryAgain = 75
  /// Risk, permission or approval refused the work.
  case refused = 77
  /// The configuration is wrong.
  case badConfiguration = 78

  /// What the status means, in a few words.
  public var meaning: String {
    switch self {
    case .ok: "ok"
    case .usage: "usage"
    case .badData: "bad data"
    case .noInput: "no such input"
    case .unavailable: "service unavailable"
    case .internalFault: "internal fault"
    case .cannotCreate: "cannot create"
    case .inputOutput: "I/O error"
    case .tryAgain: "try again"
    case .refused: "refused by risk, permission or approval"
    case .badConfiguration: "bad config"
    }
  }
}
