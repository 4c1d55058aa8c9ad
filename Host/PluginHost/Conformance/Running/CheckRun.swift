import Glibc
import Hashing
import PluginHost

/// A check of one plugin file: which tests are made, how thoroughly, and how many at a time.
public struct CheckRun {
  /// Where the file is; absolute.
  public var path: String
  /// What random choices start from; the same seed gives the same tests.
  public var seed: UInt64
  /// How thorough the tests are, 1 to 10.
  public var level: Int
  /// The tests, in the order of the results.
  public var tests: [ConformanceTest]
  /// How many are made at the same time.
  public var width: Int
  /// The host's executable.
  public var executable = "/proc/self/exe"

  /// A check with the tests of its level, or with the ones given, whatever their level.
  public init(path: String, seed: UInt64, level: Int, tests: [ConformanceTest]? = nil, width: Int) {
    self.path = path
    self.seed = seed
    self.level = level
    self.tests = tests ?? ConformanceSuite.tests.filter { $0.level <= level }
    self.width = max(1, width)
  }

  /// Makes the tests, each in a process of its own that is gone afterwards, and gives their results in order. Blocks; ends
  /// itself as the signal says when the process is told to end.
  ///
  /// - Parameter onResult: told each result in order, as soon as all before it are known; and how many are done.
  public func perform(onResult: (TestResult, _ done: Int) -> Void) throws(CheckError) -> [TestResult] {
    let scratch = try ScratchFolder()
    let interruption = Interruption()
    defer { withExtendedLifetime(interruption) {} }
    let roles = (try? CheckSubject(path: path, seed: 0, level: 1, scratch: "").manifest.get())?.roles
    var results: [TestResult?] = tests.map { skipped($0, roles) }
    var (next, told, done) = (0, 0, results.count { $0 != nil })
    var running: [(place: Int, process: TestProcess)] = []
    defer { for (_, process) in running { process.end() } }
    func tell() {
      while told < results.count, let result = results[told] {
        onResult(result, done)
        told += 1
      }
    }
    while done < tests.count {
      while running.count < width, next < tests.count {
        if results[next] == nil { running.append((next, try start(tests[next], scratch))) }
        next += 1
      }
      tell()
      if done < tests.count { wait(running.map(\.process)) }
      if let signal = Interruption.signal {
        for (_, process) in running { process.end() }
        ScratchFolder.remove(scratch.path)
        Interruption.obey(signal)
      }
      let now = monotonicNanoseconds()
      running.removeAll { place, process in
        guard let result = process.advance(now: now) else { return false }
        results[place] = result
        done += 1
        return true
      }
      tell()
    }
    tell()
    return results.compactMap(\.self)
  }

  private func start(_ test: ConformanceTest, _ scratch: ScratchFolder) throws(CheckError) -> TestProcess {
    let order = TestChild.Order(
      path: path, test: test.name, seed: seed, level: level, scratch: try scratch.folder(test.name))
    return try TestProcess(test, order, executable: executable)
  }

  /// The result of a test that needs no process, because it is not for this plugin's roles.
  private func skipped(_ test: ConformanceTest, _ roles: [PluginRole]?) -> TestResult? {
    guard !test.roles.isEmpty else { return nil }
    guard let roles else { return TestResult(test, .skip, "the manifest cannot be read") }
    guard test.roles.isDisjoint(with: roles) else { return nil }
    let names = PluginRole.allCases.filter(test.roles.contains).map(\.rawValue).joined(separator: ", ")
    return TestResult(test, .skip, "for plugins with the role \(names)")
  }

  /// Waits until something has arrived, a process has ended or a deadline has passed.
  private func wait(_ running: [TestProcess]) {
    var events = running.flatMap { [$0.channel, $0.outputEnd] }.filter { $0 >= 0 }.map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let now = monotonicNanoseconds()
    let nearest = running.map(\.deadline).min() ?? now
    // The end of a process that said nothing is found by looking.
    let limit: UInt64 = running.contains(where: \.isSilent) ? 2 : 1000
    let milliseconds = nearest > now ? min((nearest - now) / 1_000_000 + 1, limit) : 0
    poll(&events, nfds_t(events.count), Int32(milliseconds))
  }
}

extension CheckRun {
  /// The hash of a file that is to be checked. Blocks on the disk.
  public static func digest(_ path: String) throws(CheckError) -> Digest {
    do {
      if let digest = try OpenFile(path: path).digest() { return digest }
    } catch {
      switch error {
      case .notAFile(let kind): throw CheckError("expected a file, found \(kind)", path, EINVAL)
      case .system(let number): throw CheckError("cannot be read", path, number)
      }
    }
    throw CheckError("changed while it was read", path, EIO)
  }
}
