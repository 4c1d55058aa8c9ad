import CCallWatch
import Glibc

/// The process of one test: the host, started again with words that only it uses.
public enum TestChild {
  /// The first word of its command line.
  public static let command = "check-plugin-test"
  /// Where it finds the token and sends its result.
  static let channel: Int32 = 3

  /// What it is told on its command line.
  struct Order {
    var path: String
    var test: String
    var seed: UInt64
    var level: Int
    var scratch: String
    /// The checking process.
    var parent = getpid()

    init(path: String, test: String, seed: UInt64, level: Int, scratch: String) {
      self.path = path
      self.test = test
      self.seed = seed
      self.level = level
      self.scratch = scratch
    }

    /// Reads the words after the first.
    init?(_ words: [String]) {
      guard words.count == 6, let seed = UInt64(words[2]), let level = Int(words[3]), let parent = pid_t(words[5])
      else { return nil }
      self.init(path: words[0], test: words[1], seed: seed, level: level, scratch: words[4])
      self.parent = parent
    }

    var words: [String] { [path, test, "\(seed)", "\(level)", scratch, "\(parent)"] }
    /// The page that tells where the test is.
    var placeFile: String { scratch + ".place" }
  }

  /// Makes the test that the words after ``command`` name, sends its result and ends the process.
  public static func main(_ words: [String]) -> Never {
    guard let order = Order(words), let test = ConformanceSuite.test(named: order.test),
      let token = receive(ResultMessage.tokenLength)
    else {
      write(STDERR_FILENO, usage, usage.utf8.count)
      _exit(64)
    }
    call_watch_end_with(order.parent)
    ownChannel = secludedChannel()
    limit(test.processorSeconds(level: order.level))
    place = TestPlace(order.placeFile)
    let outcome: Outcome
    if chdir(order.scratch) != 0 {
      outcome = .skip("the folder \(order.scratch) cannot be entered")
    } else {
      outcome = makeTest(test, order)
    }
    send(ResultMessage(outcome).bytes(token: token), to: ownChannel)
    // No handler that the plugin left behind runs any more.
    _exit(0)
  }

  /// Where the running test is; set once, before anything of the plugin runs.
  nonisolated(unsafe) private(set) static var place: TestPlace?

  /// The descriptor the result is sent to; set with ``place``.
  nonisolated(unsafe) private(set) static var ownChannel = channel

  private static let usage = "host: \(command) is what host check-plugin starts its tests with\n"

  private static func makeTest(_ test: ConformanceTest, _ order: Order) -> Outcome {
    do {
      return test.outcome(
        try CheckSubject(path: order.path, seed: order.seed, level: order.level, scratch: order.scratch))
    } catch {
      return .skip("\(error)")
    }
  }

  private static func receive(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return read(channel, &bytes, count) == count ? bytes : nil
  }

  private static func send(_ bytes: [UInt8], to channel: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { write(channel, $0.baseAddress! + sent, $0.count - sent) }
      if count < 0, errno != EINTR { return }
      sent += max(count, 0)
    }
  }

  /// Moves the channel to a descriptor that nobody happens to write to, and closes what else was inherited.
  private static func secludedChannel() -> Int32 {
    let moved = fcntl(channel, F_DUPFD_CLOEXEC, 900)
    let kept = moved >= 0 ? moved : channel
    for descriptor in openDescriptors() where descriptor > STDERR_FILENO && descriptor != kept {
      close(descriptor)
    }
    return kept
  }

  /// No core dump, no more memory, file size and processor time than a plugin can need.
  private static func limit(_ seconds: Int) {
    func set(_ resource: __rlimit_resource, _ value: Int) {
      var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
      setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
    set(RLIMIT_CORE, 0)
    set(RLIMIT_AS, 2 << 30)
    set(RLIMIT_FSIZE, 1 << 29)
    set(RLIMIT_NOFILE, 1024)
    set(RLIMIT_CPU, seconds)
  }
}

extension ConformanceTest {
  /// After how many seconds it counts as hung at a level.
  func deadline(level: Int) -> Int { deadline << max(0, level - 5) }

  /// More than it can use before its deadline; ends it even when the checking process is gone.
  fileprivate func processorSeconds(level: Int) -> Int { 2 * deadline(level: level) + 2 }
}

extension CheckSubject {
  /// Notes where the test is, so that a crash or a hang can be told from others: `strategy.on_bar`.
  func at(_ place: StaticString) { TestChild.place?.note(place) }
}
