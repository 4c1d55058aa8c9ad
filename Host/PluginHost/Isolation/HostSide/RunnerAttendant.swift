import Glibc
import Sandbox
import Synchronization

internal import CKernel

/// The one thread that starts runners, takes what they write and learns that they have ended.
final class RunnerAttendant: @unchecked Sendable {
  static let shared = RunnerAttendant()

  private struct Watched {
    var link: RunnerLink
    var output: OutputLines?
    /// Whether the plugin's threads may still come.
    var listens = true
  }

  private let jobs = Mutex<[Job]>([])
  private var ends: [Int32] = [-1, -1]
  private var watched: [Watched] = []

  /// Something to start, and what came of it.
  private final class Job: @unchecked Sendable {
    let launch: RunnerLaunch
    /// Counted up once the result is there.
    let done = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    var result: Result<RunnerLink, CarriageStartError>?

    init(_ launch: RunnerLaunch) {
      self.launch = launch
      done.initialize(to: sem_t())
      sem_init(done, 0, 0)
    }

    deinit {
      sem_destroy(done)
      done.deallocate()
    }
  }

  private init() {
    guard ckernel_pipe(&ends, O_CLOEXEC) == 0 else { preconditionFailure("no pipe: errno \(errno)") }
    startThread { [self] in
      while true { turn() }
    }
  }

  /// Starts a runner.
  func start(_ launch: RunnerLaunch) throws(CarriageStartError) -> RunnerLink {
    let job = Job(launch)
    jobs.withLock { $0.append(job) }
    var byte: UInt8 = 1
    while write(ends[1], &byte, 1) < 0, errno == EINTR {}
    while sem_wait(job.done) < 0, errno == EINTR {}
    return try job.result!.get()
  }

  /// Waits for something to happen and sees to it.
  private func turn() {
    var items = [pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)]
    for one in watched {
      items.append(pollfd(fd: one.link.process.descriptor, events: Int16(POLLIN), revents: 0))
      items.append(pollfd(fd: one.output?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
      items.append(pollfd(fd: one.listens ? one.link.socket : -1, events: Int16(POLLIN), revents: 0))
    }
    guard poll(&items, nfds_t(items.count), -1) > 0 else { return }
    var kept: [Watched] = []
    for (index, one) in watched.enumerated() {
      var one = one
      let (process, output, socket) = (items[3 * index + 1], items[3 * index + 2], items[3 * index + 3])
      if output.revents != 0, one.output?.take() == false { one.output = nil }
      if socket.revents != 0 {
        one.listens = false
        if Int32(socket.revents) & POLLIN != 0 { one.link.serveThreads() }
      }
      if process.revents != 0 {
        while one.output?.take() == true {}
        one.link.hasEnded()
      } else {
        kept.append(one)
      }
    }
    watched = kept
    guard items[0].revents != 0 else { return }
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    _ = read(ends[0], &bytes, bytes.count)
    let waiting = jobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    for job in waiting {
      do throws(CarriageStartError) {
        job.result = .success(try launch(job.launch))
      } catch {
        job.result = .failure(error)
      }
      sem_post(job.done)
    }
  }

  private func launch(_ launch: RunnerLaunch) throws(CarriageStartError) -> RunnerLink {
    let memory = try SharedMemory()
    var sockets: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &sockets) == 0 else {
      throw .system("socketpair", errno)
    }
    defer { close(sockets[1]) }
    var pipes: [Int32] = [-1, -1]
    guard ckernel_pipe(&pipes, O_CLOEXEC | O_NONBLOCK) == 0 else {
      let failure = errno
      close(sockets[0])
      throw .system("pipe", failure)
    }
    defer { close(pipes[1]) }
    do throws(CarriageStartError) {
      let link = RunnerLink(
        CallPlans.with(launch.deadlines), try process(launch, sockets[1], memory, output: pipes[1]), memory,
        socket: sockets[0], launch)
      watched.append(Watched(link: link, output: OutputLines(pipes[0], launch.output)))
      return link
    } catch {
      close(sockets[0])
      close(pipes[0])
      throw error
    }
  }
}

extension RunnerAttendant {
  private func process(
    _ launch: RunnerLaunch, _ socket: Int32, _ memory: SharedMemory, output: Int32
  ) throws(CarriageStartError) -> ChildProcess {
    do throws(SandboxError) {
      return try ChildProcess(
        executable: launch.executable, arguments: [PluginRunner.command],
        descriptors: [socket, launch.file, memory.descriptor], output: output)
    } catch {
      throw .process("\(error)")
    }
  }
}

/// Runs a function on a thread of its own, which nobody waits for.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  pthread_attr_setstacksize(&attributes, 512 << 10)
  var thread = pthread_t()
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
      return nil
    }, Unmanaged.passRetained(Body(body)).toOpaque())
  pthread_attr_destroy(&attributes)
  precondition(status == 0, "no thread: error \(status)")
}
