import Glibc
import Isolation
import TradingTypes

internal import WharfABI

/// What the host wants to know of a plugin that runs in a process of its own.
public struct IsolationOptions: Sendable {
  /// The program that is the process; it must understand `plugin-runner`.
  public var executable = "/proc/self/exe"
  /// How long calls may take.
  public var deadlines = CallDeadlines.usual
  /// Takes what the plugin writes to its standard output and error, a printable line at a time; from any thread.
  public var output: @Sendable (String) -> Void = { _ in }
  /// Takes what the plugin tried and its wall refused, with the plugin; from any thread.
  public var attempt: @Sendable (PluginIdentity, String) -> Void = { _, _ in }
  /// Takes the one failure that the process can have, with the plugin it belongs to; from any thread.
  public var failure: @Sendable (PluginIdentity, RunnerFailure) -> Void = { _, _ in }

  /// Makes the usual options: this very executable, and nobody who is told.
  public init() {}
}

extension PluginImage {
  /// Loads a listed file in a process of its own and runs its entry function there. All that works with an image works
  /// with this one; after a failure of the process every call answers `WHARF_E_FAULT`.
  ///
  /// What was hashed is what is loaded: a sealed copy. Blocks until the file is loaded.
  public static func isolated(
    _ file: PluginFile, _ options: IsolationOptions = IsolationOptions()
  ) throws(PluginLoadError) -> PluginImage {
    let id = file.manifest?.id ?? "plugin"
    do throws(PluginLoadError.Reason) {
      guard file.status == .ready, let manifest = file.manifest, let stamp = file.stamp else {
        throw .notReady(file.reason ?? "it was not examined")
      }
      let opened = try SealedImage.opened(file.path, stamp)
      let sealed = try SealedImage(opened, file)
      let identity = PluginIdentity(
        id: manifest.id, version: manifest.version.description, digest: sealed.digest)
      var launch = RunnerLaunch(file: sealed.descriptor)
      launch.executable = options.executable
      launch.deadlines = options.deadlines
      let output = options.output
      launch.output = { output(printable($0, limit: 4096)) }
      launch.libraries = try LoadedLibrary.neighbours(of: opened, file.path)
      launch.readableFiles = PluginLibraries.files(of: file.path, after: launch.libraries, environment: [:])
      let (failure, attempt) = (options.failure, options.attempt)
      launch.attempt = { attempt(identity, printable($0, limit: 400)) }
      launch.failure = { failure(identity, $0) }
      let (runner, outcome) = try start(launch)
      switch outcome {
      case .loaded(let descriptor):
        return try PluginImage(
          file, manifest, sealed.digest, descriptor.assumingMemoryBound(to: wharf_plugin.self), runner: runner)
      case .refused(let text): throw .refusedByLoader(text)
      case .noDescriptor: throw .noDescriptor
      case .failed(let failure): throw .runnerFailed("\(failure)")
      }
    } catch {
      throw PluginLoadError(id: id, path: file.path, reason: error)
    }
  }

  private static func start(
    _ launch: RunnerLaunch
  ) throws(PluginLoadError.Reason) -> (runner: Runner, outcome: Runner.Outcome) {
    do throws(CarriageStartError) { return try Runner.start(launch) } catch {
      throw .runnerFailed("\(error)")
    }
  }

  /// The process it runs in, of all that this host has started, from 1; `nil`: the host's own.
  public var runnerEpoch: UInt64? { runner?.epoch }
  /// The number of that process in the system.
  public var processIdentifier: Int32? { runner?.processIdentifier }
  /// Whether its process has come to its end: no call reaches the plugin any more.
  public var isOver: Bool { runner?.isOver ?? false }
}
