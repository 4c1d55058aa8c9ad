import CommandLineKit
import Glibc
import Ledger

/// One drill: the same session twice, once in peace.
final class Drill {
  private let arguments: [String]
  private let kills: Int
  private var random: UInt64
  private let folder: String
  private let environment: [String: String]
  private let progress: ProgressReporter

  init(_ parsed: ParsedArguments, _ streams: StandardStreams) throws {
    kills = parsed.integer("kills") ?? 200
    random = UInt64(parsed.integer("seed") ?? 1)
    environment = HostEnvironment.processVariables()
    var template = Array("\(environment["TMPDIR"] ?? "/tmp")/wharf-drill-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(
        code: "cannot_create", message: "cannot make a folder for the drill: \(String(cString: strerror(errno)))",
        where: environment["TMPDIR"] ?? "/tmp", expected: "a writable folder", found: nil,
        remedy: "set TMPDIR to one", exitCode: .cannotCreate)
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    arguments = Drill.runArguments(parsed)
    progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
  }

  /// Removes all that the drill wrote.
  func removeFolder() {
    for name in ["calm", "drilled", "places"] { remove(name) }
    rmdir(folder)
  }

  private func remove(_ name: String) {
    for suffix in ["", ".log", ".db"] { unlink("\(folder)/\(name)\(suffix)") }
    for part in ["", "-state"] {
      for suffix in ["", "-wal", "-shm", "-lock"] { unlink("\(folder)/\(name).db\(part)\(suffix)") }
    }
  }

  func run() throws -> DrillOutcome {
    let began = systemMonotonicNanoseconds()
    let places = try calmRun()
    let duration = max(2, (systemMonotonicNanoseconds() - began) / 1_000_000)
    var outcome = DrillOutcome()
    progress.begin("drill", total: kills, unit: "kills")
    while outcome.kills < kills {
      let atPlace = next() % 2 == 0
      // Near enough that a session dies many times, far enough that every part of it is reached.
      let reach = UInt64(max(2, min(places, 4 * places / kills + 2)))
      let killed = try life(
        place: atPlace ? Int(next() % reach) : nil, milliseconds: atPlace ? nil : Int(next() % duration))
      outcome.lives += 1
      if killed {
        outcome.kills += 1
        if atPlace { outcome.killsAtPlaces += 1 } else { outcome.killsByTime += 1 }
        progress.advance(to: outcome.kills)
      } else {
        // It came to its end between the kills: compare it, and drill the next one.
        try compare(into: &outcome)
        remove("drilled")
      }
    }
    while try life(place: nil, milliseconds: nil) {}
    outcome.lives += 1
    try compare(into: &outcome)
    progress.finish()
    return outcome
  }

  private func calmRun() throws -> Int {
    var variables = environment
    variables[DrillFaults.countVariable] = "\(folder)/places"
    let child = try ChildProcess(arguments: command("calm"), environment: variables, output: "\(folder)/calm")
    let ending = child.wait()
    guard ending == .exited(0), let places = readNumber("\(folder)/places") else { throw failed("calm", ending) }
    return places
  }

  /// One life of the session under drill; answers whether it was killed.
  private func life(place: Int?, milliseconds: Int?) throws -> Bool {
    let name = "drilled"
    var variables = environment
    if let place { variables[DrillFaults.placeVariable] = String(place) }
    let child = try ChildProcess(arguments: command(name), environment: variables, output: "\(folder)/\(name)")
    var ending: ChildProcess.Ending
    if let milliseconds {
      if let early = child.wait(milliseconds: milliseconds) {
        ending = early
      } else {
        child.kill()
        ending = child.wait()
      }
    } else {
      ending = child.wait()
    }
    switch ending {
    case .killed(SIGKILL): return true
    // 73: it was killed after its end was on record; there is nothing left to do.
    case .exited(0), .exited(ExitCode.cannotCreate.rawValue): return false
    default: throw failed(name, ending)
    }
  }

  /// Compares a session that came to its end with the calm one.
  private func compare(into outcome: inout DrillOutcome) throws {
    outcome.sessions += 1
    let calm = try LedgerReader("\(folder)/calm.db")
    let drilled = try LedgerReader("\(folder)/drilled.db")
    let (expected, found) = (try calm.orders().map(\.id), try drilled.orders().map(\.id))
    outcome.intents = expected.count
    outcome.ordersLost += Set(expected).subtracting(found).count
    // The venue's own book counts: what it holds beyond the intents was placed without one.
    let states = try DurableStates.open(
      Ledger.statePath(for: "\(folder)/drilled.db"), run: drilled.session().run, mustExist: true)
    let venue = try states.keys(plugin: "paper", prefix: Array("order/".utf8))
    states.close()
    outcome.ordersDoubled += found.count - Set(found).count + max(0, venue.count - Set(found).count)
    let trades = try calm.trades()
    outcome.trades = trades.count
    if try trades != drilled.trades() { outcome.tradesEqual = false }
    if try calm.digest() != drilled.digest() { outcome.digestsEqual = false }
  }

  private func command(_ name: String) -> [String] {
    ["run", "--ledger", "\(folder)/\(name).db", "--json"] + arguments
  }

  private func failed(_ name: String, _ ending: ChildProcess.Ending) -> CommandFailure {
    CommandFailure(
      code: "drill_failed", message: "the session under drill ended by itself", where: "\(folder)/\(name)",
      expected: "exit status 0, or a kill", found: "\(ending): \(tail("\(folder)/\(name)"))",
      remedy: "run the same session with host run and read what it says", exitCode: .internalFault)
  }

  private func tail(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 2000)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private func readNumber(_ path: String) -> Int? {
    Int(tail(path))
  }

  /// SplitMix64.
  private func next() -> UInt64 {
    random &+= 0x9E37_79B9_7F4A_7C15
    var z = random
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func runArguments(_ parsed: ParsedArguments) -> [String] {
    var arguments: [String] = []
    for option in RunOptions.specifications where !["ledger", "new"].contains(option.name) {
      if option.valueName == nil {
        if parsed.has(option.name) { arguments.append("--\(option.name)") }
      } else {
        arguments += parsed.values(option.name).flatMap { ["--\(option.name)", $0] }
      }
    }
    if !parsed.has("approve") { arguments += ["--approve", "all"] }
    for option in ["home", "config"] {
      if let value = parsed.value(option) { arguments += ["--\(option)", value] }
    }
    return arguments
  }
}
