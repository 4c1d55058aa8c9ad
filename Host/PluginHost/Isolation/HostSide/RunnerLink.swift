import Glibc
import Sandbox
import Synchronization

internal import CKernel

/// Everything about one runner that calls may still come across after it has ended. Never freed: the tables that stand for
/// the plugin's live as long as the host.
///
/// Sendable is safe: what is not atomic is used under the lock of the calls, or by one thread.
final class RunnerLink: @unchecked Sendable {
  let epoch: UInt64
  let plans: CallPlans
  let process: ChildProcess
  let directory = HostDirectory()
  let socket: Int32
  private let memory: SharedMemory
  private let launch: RunnerLaunch
  private let attemptsTold = Atomic<UInt32>(0)
  private let untoldAttempts = Mutex((count: 0, tellFrom: 1))
  private(set) var main: HostCarrier!
  private let calls = PosixMutex()
  private let owner = Atomic<UInt>(0)
  private var nesting = 0
  private let state = Atomic<Bool>(false)
  private let isReleased = Atomic<Bool>(false)
  private let hasLoaded = Atomic<Bool>(false)
  private static let lastEpoch = Atomic<UInt64>(0)

  init(
    _ plans: CallPlans, _ process: ChildProcess, _ memory: SharedMemory, socket: Int32, _ launch: RunnerLaunch
  ) {
    epoch = RunnerLink.lastEpoch.add(1, ordering: .relaxed).newValue
    self.plans = plans
    self.process = process
    self.memory = memory
    self.socket = socket
    self.launch = launch
    let lane = RingLane(sending: memory.toRunner, receiving: memory.toHost) { process.ending != nil }
    main = HostCarrier(self, lane, isForOwnThreads: false)
  }

  /// Whether no call reaches the runner any more.
  var isOver: Bool { state.load(ordering: .acquiring) }

  /// Takes the right to make calls; a thread that has it may take it again.
  @inline(__always)
  func lock() {
    let me = UInt(pthread_self())
    if owner.load(ordering: .relaxed) != me {
      calls.lock()
      owner.store(me, ordering: .relaxed)
    }
    nesting += 1
  }

  @inline(__always)
  func unlock() {
    nesting -= 1
    guard nesting == 0 else { return }
    owner.store(0, ordering: .relaxed)
    calls.unlock()
  }

  /// Loads the plugin's file: answers its descriptor, or why there is none.
  func load() -> LoadOutcome {
    lock()
    defer { unlock() }
    var clock = CallClock(limit: launch.deadlines.loading)
    do throws(CarriageFault) {
      let (main, process) = (self.main!, getpid())
      try main.tell(.begin, &clock) { buffer throws(CarriageFault) in
        try LoadMessage(host: process, libraries: launch.libraries, readableFiles: launch.readableFiles)
          .write(to: buffer)
      }
      let outcome = try main.hear(.ready, &clock) { reader throws(CarriageFault) in
        try LoadReport(&reader, self.plans)
      }
      hasLoaded.store(true, ordering: .relaxed)
      switch outcome {
      case .refused(let text): return .refused(text)
      case .noDescriptor: return .noDescriptor
      case .descriptor(let offer, let image):
        let shape = plans.shape(plans.description.plugin)
        let proxy = UnsafeMutableRawPointer(mutating: offer.proxy(shape) { main.code($0) })
        // Its numbers are as there; its function is the proxy's.
        for field in plans.description.structures[plans.description.plugin].fields where field.type != .pointer {
          for index in field.offset..<field.offset + field.type.size where field.role != .structSize {
            (proxy + index).storeBytes(of: image[index], as: UInt8.self)
          }
        }
        return .descriptor(UnsafeRawPointer(proxy))
      }
    } catch {
      return .failed(fail(error, in: "load"))
    }
  }

  /// Ends the runner because of something that went wrong; the first time, it is told.
  @discardableResult
  func fail(_ fault: CarriageFault, in call: String) -> RunnerFailure {
    let isFirst = state.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    // What has ended by itself has its own ending; else this is what ends it.
    let failure = RunnerLink.failure(epoch, process, call, fault, ending: process.end())
    tellAttempts()
    if isFirst { launch.failure(failure) }
    return failure
  }

  private static func failure(
    _ epoch: UInt64, _ process: ChildProcess, _ call: String, _ fault: CarriageFault, ending: ChildEnding
  ) -> RunnerFailure {
    var failure = RunnerFailure(
      epoch: epoch, processIdentifier: process.identifier, call: call, kind: .garbage, detail: "")
    switch fault {
    case .timeout: (failure.kind, failure.detail) = (.timeout, "did not answer in time")
    case .garbage(let text): failure.detail = "sent \(text)"
    case .gone:
      switch ending {
      case .exited(let status):
        (failure.kind, failure.detail) = (.exit(status), "ended itself with status \(status)")
      case .killed(let signal):
        failure.kind = .signal(signal)
        failure.detail = "ended by signal \(signal) (\(SignalName.of(signal)))"
      case .untold: (failure.kind, failure.detail) = (.exit(0), "\(ending)")
      }
    }
    return failure
  }

  /// The process has ended, as its watcher found. A call that is running finds out itself, woken by this.
  func hasEnded() {
    for word in [memory.toHost.arrival, memory.toRunner.departure] { _ = ckernel_futex_wake(UnsafeRawPointer(word)) }
    guard calls.tryLock() else { return }
    defer { calls.unlock() }
    if !isOver { fail(.gone, in: hasLoaded.load(ordering: .relaxed) ? "no call" : "load") }
  }

  /// Tells of what the plugin tried since the last time.
  @inline(__always)
  func tellAttempts() {
    let count = process.attempts.count
    guard count != attemptsTold.load(ordering: .relaxed) else { return }
    attemptsTold.store(count, ordering: .relaxed)
    tellNews()
  }

  @inline(never)
  private func tellNews() {
    let news = process.attempts.takeNews()
    for attempt in news.attempts { launch.attempt("\(attempt)") }
    let untold = untoldAttempts.withLock { untold -> Int? in
      untold.count += news.unnoted
      guard untold.count >= untold.tellFrom else { return nil }
      untold.tellFrom = 2 * untold.count
      return untold.count
    }
    if let untold { launch.attempt("\(untold) further forbidden system calls") }
  }

  /// Nobody will make instances any more; when there are none, the runner goes.
  func release() {
    isReleased.store(true, ordering: .releasing)
    mayHaveEnded()
  }

  /// The last instance may have gone.
  func mayHaveEnded() {
    guard isReleased.load(ordering: .acquiring), directory.instanceCount == 0 else { return }
    state.store(true, ordering: .releasing)
    process.end()
    tellAttempts()
  }
}

/// What came of loading a file in a runner.
enum LoadOutcome {
  /// The plugin's descriptor, as one that stands for it.
  case descriptor(UnsafeRawPointer)
  /// The loader, or what prepares the process, says why not.
  case refused(String)
  /// The entry function answered null.
  case noDescriptor
  /// The runner came to its end.
  case failed(RunnerFailure)
}

extension RunnerLink {
  /// Serves the calls that the plugin's own threads make, on a thread of its own, until the runner ends.
  func serveThreads() {
    startThread { [self] in
      let carrier = HostCarrier(self, SocketLane(socket), isForOwnThreads: true)
      do throws(CarriageFault) {
        try carrier.serveForEver()
      } catch {
        // Its end is found by whoever watches the process.
        if error != .gone, !isOver { fail(error, in: "a thread of the plugin") }
      }
    }
  }
}
