import Glibc
import PluginHost

internal import WharfABI

/// One instance of a plugin in one role, driven through its raw table as a host would, or as one should not.
///
/// Every status and answer is recorded; nothing is judged here.
class Drive {
  typealias Create =
    @convention(c) (
      UnsafePointer<wharf_host>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32
  typealias Destroy = @convention(c) (OpaquePointer?) -> Void

  let host: DriverHost
  let role: PluginRole
  /// How the arguments of calls lie in memory.
  var layout = ArgumentLayout.forgiving
  /// Whether each call is made by a thread of its own.
  var changesThreads = false
  /// The instance; `nil` before `create`, when that failed, and after `destroy`.
  private(set) final var handle: OpaquePointer?
  /// What came back, in order.
  private(set) final var events: [DriveEvent] = []
  /// Answers to a sink whose call had returned.
  final var lateAnswers = 0
  /// What create wrote although it failed.
  private(set) final var wroteOnFailure = false
  /// The calls that answered `ok` although a commit failed in them.
  private(set) final var callsDespiteFailedCommit: [String] = []
  /// How many calls were made.
  private(set) final var step = 0
  /// The function that runs.
  private(set) final var call = ""
  /// How many instruments it was started with.
  final var instrumentCount: UInt32 = 0
  /// Arguments that stay readable as long as this lives.
  final var kept: [Arena] = []

  private let createFunction: Create
  private let destroyFunction: Destroy
  final let sinks = SinkRing()

  init(_ role: PluginRole, _ host: DriverHost, create: @escaping Create, destroy: @escaping Destroy) {
    self.role = role
    self.host = host
    createFunction = create
    destroyFunction = destroy
    sinks.owner = self
  }

  /// Whether there is an instance that did not declare itself broken.
  final var isUsable: Bool { handle != nil && !hasFaulted }
  private(set) final var hasFaulted = false

  /// The statuses that no header lists.
  final var unlisted: [DriveEvent] {
    events.filter { if case .status(let status) = $0.what { !(0...11).contains(status) } else { false } }
  }

  /// The answers, without the statuses.
  final var answers: [Answer] {
    events.compactMap { if case .answer(let answer) = $0.what { answer } else { nil } }
  }

  /// The answers that a session would drop.
  final var refusals: [AnswerReading.Refusal] {
    answers.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
  }

  // MARK: - Calls

  /// Makes the instance.
  @discardableResult
  final func create() -> Int32 {
    // An address that nobody may write to, and that no plugin has as an instance.
    let mark = OpaquePointer(bitPattern: 0x10)
    var made = mark
    let status = perform("create") { createFunction(host.pointer, &made) }
    if status == Status.ok { handle = made == mark ? nil : made } else { wroteOnFailure = made != mark }
    return status
  }

  /// Ends the instance, if there is one.
  final func destroy() {
    guard let handle else { return }
    self.handle = nil
    _ = perform("destroy") {
      destroyFunction(handle)
      return 0
    }
    host.end()
  }

  /// Makes a call and records its status unless it is `ok`.
  @discardableResult
  final func perform(_ name: String, _ body: () -> Int32) -> Int32 {
    step += 1
    call = name
    TestChild.place?.note(role.rawValue, name)
    let failedCommits = host.failedCommits
    let status = host.running { changesThreads ? onAnotherThread(body) : body() }
    if status == Status.ok, name != "destroy", host.failedCommits > failedCommits {
      callsDespiteFailedCommit.append(name)
    }
    call = ""
    sinks.close()
    if status != Status.ok { events.append(DriveEvent(step: step, call: name, what: .status(status))) }
    if status == Status.fault { hasFaulted = true }
    return status
  }

  /// Lends arguments for one call.
  final func lend(_ name: String, _ body: (Arena) -> Int32) -> Int32 {
    let arena = Arena(layout)
    let status = perform(name) { body(arena) }
    arena.callReturned()
    // Whoever keeps a pointer for too long finds what was there, unless the layout says otherwise.
    kept.append(arena)
    return status
  }

  /// Forgets what came back and what was lent, for tests that measure memory.
  final func forget() {
    events = []
    kept = []
  }

  /// Takes an answer.
  final func take(_ answer: Answer) {
    events.append(DriveEvent(step: step, call: call, what: .answer(answer)))
  }

  /// Takes an answer that may be one a session drops.
  final func take<Value>(_ wrap: (Value) -> Answer, _ read: () throws(AnswerReading.Refusal) -> Value) {
    do throws(AnswerReading.Refusal) { take(wrap(try read())) } catch { take(.refused(error)) }
  }

  // MARK: - What each role does in its own way

  /// What the role is begun with: `start`, `open`, nothing.
  func begin(_ market: CheckMarket) -> Int32 { Status.ok }
  /// In how many steps a session goes over a market.
  func stepCount(_ market: CheckMarket) -> Int { 0 }
  /// One of those steps.
  func feed(_ market: CheckMarket, _ place: Int) {}
  /// What a session does at its end, before it destroys the instance.
  func conclude() {}

  /// What a session does from there to its end, but without destroying the instance.
  final func run(_ market: CheckMarket) {
    for place in 0..<stepCount(market) where isUsable { feed(market, place) }
    if isUsable { conclude() }
  }

  /// All that a session would do.
  final func walk(_ market: CheckMarket) {
    guard create() == Status.ok, handle != nil else { return }
    if begin(market) == Status.ok { run(market) }
    destroy()
  }

  private func onAnotherThread(_ body: () -> Int32) -> Int32 {
    withoutActuallyEscaping(body) { body in
      var job = Job(body: body)
      withUnsafeMutablePointer(to: &job) { job in
        var thread = pthread_t()
        let made = pthread_create(&thread, nil, Job.run, job)
        precondition(made == 0, "no thread for a call")
        pthread_join(thread, nil)
      }
      return job.status
    }
  }

  private struct Job {
    var body: () -> Int32
    var status: Int32 = 0

    static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { raw in
      let job = raw!.assumingMemoryBound(to: Job.self)
      job.pointee.status = job.pointee.body()
      return nil
    }
  }
}
