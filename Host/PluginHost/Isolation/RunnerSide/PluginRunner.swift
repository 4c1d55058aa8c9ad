import Glibc

/// The other process: loads one plugin and makes the calls that the host sends.
public enum PluginRunner {
  /// The hidden command that runs it.
  public static let command = "plugin-runner"

  /// What `prepare` may throw: why the process cannot be prepared, in words for a person.
  public struct Unprepared: Error {
    /// The reason.
    public var reason: String

    /// Gives a reason.
    public init(_ reason: String) { self.reason = reason }
  }

  /// What the process must keep while it gives up everything else.
  public struct Needs {
    /// Descriptors it keeps for good.
    public var keptDescriptors: [Int32]
    /// Descriptors it keeps until the file is loaded.
    public var loadingDescriptors: [Int32]
    /// Files it reads until the file is loaded: the libraries that the plugin needs.
    public var readableFiles: [String]
  }

  /// Serves the host on the inherited descriptors until it ends, which ends this process too.
  ///
  /// - Parameter prepare: is called once before anything of the plugin is loaded; here the process is to give up what the
  ///   plugin must not have. What it answers is called when the file is loaded, before the plugin is asked for anything.
  public static func serve(_ prepare: (Needs) throws -> (() throws -> Void)) -> Never {
    // The runtime's own handlers start a program that looks at the crash, which is the host's to do and not possible here.
    for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS] { signal(number, SIG_DFL) }
    signal(SIGPIPE, SIG_IGN)
    CallInterface.prepare()
    guard let memory = try? SharedMemory(inherited: RunnerDescriptor.memory) else { _exit(RunnerExit.noChannel) }
    memory.closeFile()
    let side = RunnerSide(memory)
    side.makeCode()
    do throws(CarriageFault) {
      var clock = CallClock(limit: 10_000_000_000)
      let load = try side.main.hear(.begin, &clock) { reader throws(CarriageFault) in try LoadMessage(&reader) }
      // A host that ended before this process asked to end with it cannot be waited for.
      guard getppid() == load.host else { _exit(RunnerExit.hostIsGone) }
      let report = report(load, prepare)
      try side.main.tell(.ready, &clock) { buffer throws(CarriageFault) in
        switch report {
        case .success(let plugin):
          try buffer.append(0)
          let shape = side.plans.shape(side.plans.description.plugin)
          let offer = TableOffer(plugin, shape)
          try offer.write(to: buffer)
          // Of a descriptor of another size there is nothing to be read.
          let place = try buffer.extend(shape.pointee.size)
          if offer.structSize == shape.pointee.size {
            (buffer.base + place).copyMemory(from: plugin, byteCount: shape.pointee.size)
          } else {
            memset(buffer.base + place, 0, shape.pointee.size)
          }
          side.plugin = plugin
        case .failure(.refused(let text)):
          try buffer.append(1)
          try LoadMessage.write(text, to: buffer)
        case .failure(.noDescriptor): try buffer.append(2)
        }
      }
      try side.main.serveForEver()
    } catch {
      side.end(error)
    }
  }

  private enum Refusal: Error {
    case refused(String)
    case noDescriptor
  }

  /// Loads the plugin: its descriptor, or why there is none.
  private static func report(
    _ load: LoadMessage, _ prepare: (Needs) throws -> (() throws -> Void)
  ) -> Result<UnsafeRawPointer, Refusal> {
    let needs = Needs(
      keptDescriptors: [RunnerDescriptor.socket],
      loadingDescriptors: [RunnerDescriptor.file], readableFiles: load.libraries + load.readableFiles)
    let seal: () throws -> Void
    do { seal = try prepare(needs) } catch { return .failure(.refused(reason(error))) }
    let flags = RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)
    for library in load.libraries where dlopen(library, flags) == nil { return .failure(.refused(loaderMessage())) }
    guard let handle = dlopen("/proc/self/fd/\(RunnerDescriptor.file)", flags) else {
      return .failure(.refused(loaderMessage()))
    }
    guard let entry = dlsym(handle, "wharf_plugin_entry") else {
      return .failure(.refused("wharf_plugin_entry not found"))
    }
    do { try seal() } catch { return .failure(.refused(reason(error))) }
    typealias Entry = @convention(c) () -> UnsafeRawPointer?
    guard let plugin = unsafeBitCast(entry, to: Entry.self)() else { return .failure(.noDescriptor) }
    return .success(plugin)
  }

  private static func reason(_ error: any Error) -> String {
    "the wall around its process cannot be made: \((error as? Unprepared)?.reason ?? "\(error)")"
  }

  private static func loaderMessage() -> String {
    guard let message = dlerror() else { return "no reason" }
    let name = "/proc/self/fd/\(RunnerDescriptor.file): "
    let text = String(cString: message)
    return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
  }
}

/// The statuses with which a runner ends itself.
enum RunnerExit {
  /// The host has ended.
  static let hostIsGone: Int32 = 0
  /// It was not started by a host.
  static let noChannel: Int32 = 64
  /// The plugin gave it what cannot be carried; the host was told.
  static let cannotCarry: Int32 = 70
}
