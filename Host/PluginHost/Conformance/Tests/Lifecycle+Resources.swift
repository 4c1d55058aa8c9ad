import Glibc
import PluginHost

extension Lifecycle {
  /// How often an instance is restarted.
  private static let restarts = 100

  /// Restarts an instance some times, and answers how often: fewer times where each takes long.
  @discardableResult
  private static func restart(
    _ plugin: DrivenPlugin, _ role: PluginRole, _ market: CheckMarket, times: Int
  ) throws -> Int {
    let host = DriverHost(plugin.script)
    let end = monotonicNanoseconds() + UInt64(times) * longestRestart
    for done in 0..<times {
      if monotonicNanoseconds() > end, done >= times / 5 { return done }
      host.reset()
      try plugin.passing(role, on: host).walk(market)
    }
    return times
  }

  /// Nanoseconds that a restart may take if all of them are to be made.
  private static let longestRestart: UInt64 = 40_000_000

  static func memory(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let market = market.prefix(60)
      let window = subject.rounds(restarts) / 3
      try restart(plugin, role, market, times: window / 2)
      var least = window
      var gauges = [ProcessGauge.now()]
      for _ in 0..<3 {
        least = min(least, try restart(plugin, role, market, times: window))
        gauges.append(ProcessGauge.now())
      }
      // What grows now and then is a cache; what grows in each window is a leak.
      func growth(_ value: (ProcessGauge) -> Int) -> Int {
        zip(gauges, gauges.dropFirst()).map { value($1) - value($0) }.min()! / least
      }
      let (heap, space) = (growth(\.heap), growth(\.addressSpace))
      guard heap >= leastLeak && heap * least >= leastGrowth || space >= 4096 else { return .pass }
      throw Finding(
        "\(role.rawValue).destroy", expected: "all memory of an instance back after each of \(3 * least) restarts",
        found: "\(max(heap, space)) bytes more each time", remedy: "free in destroy all that the instance owns")
    }
  }

  /// Bytes a restart, and in all of a window; less is noise of the allocator.
  private static let leastLeak = 64
  private static let leastGrowth = 3000

  static func threads(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      try grow("threads", plugin, role, market.prefix(30), subject.rounds(restarts)) { start in
        ProcessGauge.settledThreads(atMost: start)
      }
    }
  }

  static func descriptors(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      try grow("open descriptors", plugin, role, market.prefix(30), subject.rounds(restarts)) { _ in
        ProcessGauge.now().descriptors
      }
    }
  }

  private static func grow(
    _ what: String, _ plugin: DrivenPlugin, _ role: PluginRole, _ market: CheckMarket, _ times: Int,
    _ count: (Int) -> Int
  ) throws -> Outcome {
    try restart(plugin, role, market, times: 3)
    let before = count(.max)
    let times = try restart(plugin, role, market, times: times)
    let more = count(before) - before
    // A runtime may open a few for itself once.
    guard more * 10 >= times else { return .pass }
    throw Finding(
      "\(role.rawValue).destroy", expected: "no more \(what) after \(times) restarts", found: "\(more) more",
      remedy: "end and close in destroy all that the instance owns")
  }

  static func standardOutput(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let drive = try plugin.drive(role)
      let written = try bytesWritten(to: STDOUT_FILENO, scratch: subject.scratch) { drive.walk(market) }
      guard written > 0 else { return .pass }
      throw Finding(
        role.rawValue, expected: "nothing on standard output, which carries the host's own JSON",
        found: "\(written) bytes", remedy: "write to the log with wharf.log/1")
    }
  }

  /// Sends a descriptor to a file for a while and answers how many bytes came.
  private static func bytesWritten(to descriptor: Int32, scratch: String, _ body: () -> Void) throws -> Int {
    fflush(nil)
    let file = open(scratch + "/output", O_RDWR | O_CREAT | O_TRUNC, 0o600)
    let real = dup(descriptor)
    guard file >= 0, real >= 0, dup2(file, descriptor) >= 0 else { throw Unusable("no descriptor for the output") }
    body()
    fflush(nil)
    dup2(real, descriptor)
    defer {
      close(file)
      close(real)
    }
    return Int(lseek(file, 0, SEEK_END))
  }

  static func processState(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try subject.eachRole(allRoles, &random) { plugin, role, market in
      let before = SharedState.now()
      let drive = try plugin.drive(role)
      drive.walk(market)
      let after = SharedState.now()
      let changes = zip(before, after).filter { $0.value != $1.value }.map(\.1.name)
      guard !changes.isEmpty else { return .pass }
      throw Finding(
        role.rawValue, expected: "the state of the process that all plugins share as it was",
        found: "changed: " + changes.joined(separator: ", "), remedy: "leave alone what belongs to the process")
    }
  }
}

/// What all plugins of a process share beside memory.
private enum SharedState {
  static func now() -> [(name: String, value: UInt64)] {
    var state: [(name: String, value: UInt64)] = []
    for signal in Int32(1)...31 {
      var action = sigaction()
      sigaction(signal, nil, &action)
      state.append(
        (
          "the handler of signal \(signal)",
          UInt64(UInt(bitPattern: unsafeBitCast(action.__sigaction_handler, to: Int.self)))
        ))
    }
    let mask = umask(0)
    umask(mask)
    state.append(("umask", UInt64(mask)))
    state.append(("the rounding of floating point", UInt64(fegetround())))
    state.append(("the working folder", hash(getcwd(nil, 0))))
    state.append(("the locale", hash(strdup(setlocale(LC_ALL, nil)))))
    return state
  }

  /// A number for a C string, which is freed.
  private static func hash(_ text: UnsafeMutablePointer<CChar>?) -> UInt64 {
    guard let text else { return 0 }
    defer { free(text) }
    return String(cString: text).utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }
}
