import Sandbox

/// A plugin's file, loaded in a process of its own, as one that this process can call through the plugin's own tables.
///
/// When the value goes and all instances made of it have ended, so does the process; when the host ends, too.
public final class Runner: Sendable {
  /// What loading came to.
  public enum Outcome {
    /// A struct like `wharf_plugin` that stands for the plugin's: its function and the tables that it finds carry every
    /// call. They live for ever.
    case loaded(descriptor: UnsafeRawPointer)
    /// The file cannot be loaded; the loader's words.
    case refused(String)
    /// Its entry function answered null.
    case noDescriptor
    /// The process came to its end while it loaded the file.
    case failed(RunnerFailure)
  }

  /// Which runner it is, of all that this process has started, from 1: what belongs to an earlier one reaches no later one.
  public var epoch: UInt64 { link.epoch }
  /// Its process.
  public var processIdentifier: Int32 { link.process.identifier }
  /// Whether no call reaches it any more; each then answers `WHARF_E_FAULT`.
  public var isOver: Bool { link.isOver }

  let link: RunnerLink

  /// Starts a runner and has it load the file. Blocks until that is done, at most as long as the deadlines allow.
  public static func start(_ launch: RunnerLaunch) throws(CarriageStartError) -> (runner: Runner, outcome: Outcome) {
    let runner = Runner(try RunnerAttendant.shared.start(launch))
    let outcome: Outcome =
      switch runner.link.load() {
      case .descriptor(let descriptor): .loaded(descriptor: descriptor)
      case .refused(let text): .refused(text)
      case .noDescriptor: .noDescriptor
      case .failed(let failure): .failed(failure)
      }
    return (runner, outcome)
  }

  private init(_ link: RunnerLink) { self.link = link }

  deinit { link.release() }
}
