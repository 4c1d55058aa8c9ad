import TradingTypes

internal import WharfABI

/// How a call into an instance ended.
public enum CallOutcome: Hashable, Sendable {
  /// As the contract says.
  case ok
  /// The call worked, but at least one answer was refused and dropped; the fault handler was told.
  case answerRefused
  /// The instance is stopped: it is not called any more. The fault handler was told when it happened.
  case stopped
}

/// The function of an instance that is running.
@usableFromInline enum PluginCall: UInt8, Sendable {
  case none, create, start, onBar, evaluate, recheck, onFill, finish
  case capabilities, account, positions, openOrders, order, place, replace, cancel, onQuote
  case open, read, rewind, notify
  case destroy, entry

  static let deciding: Set<PluginCall> = [.onBar, .evaluate]
  static let rechecking: Set<PluginCall> = [.recheck]
  static let observing: Set<PluginCall> = [.onBar, .evaluate, .finish]
  static let reporting: Set<PluginCall> = [.openOrders, .order, .place, .replace, .cancel, .onQuote, .onBar]
  static let listing: Set<PluginCall> = [.positions]
  static let opening: Set<PluginCall> = [.open]

  /// Whether there is room for answers during it.
  var hasInbox: Bool { self != .none && self != .destroy }

  /// The name in the header.
  var name: String { staticName.description }

  /// The name in the header, as it can be had in a signal's handler.
  var staticName: StaticString {
    switch self {
    case .none: "no call"
    case .create: "create"
    case .start: "start"
    case .onBar: "on_bar"
    case .evaluate: "evaluate"
    case .recheck: "recheck"
    case .onFill: "on_fill"
    case .finish: "finish"
    case .capabilities: "capabilities"
    case .account: "account"
    case .positions: "positions"
    case .openOrders: "open_orders"
    case .order: "order"
    case .place: "place"
    case .replace: "replace"
    case .cancel: "cancel"
    case .onQuote: "on_quote"
    case .open: "open"
    case .read: "read"
    case .rewind: "rewind"
    case .notify: "notify"
    case .destroy: "destroy"
    case .entry: "entry"
    }
  }
}

/// A running instance of a plugin in one role. It belongs to one thread at a time, so calls never overlap; it ends when the
/// last reference goes.
public class PluginInstance {
  typealias Create =
    @convention(c) (
      UnsafePointer<wharf_host>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> wharf_status
  typealias Destroy = @convention(c) (OpaquePointer?) -> Void
  /// The `on_bar` of a table, in types that the host's engine may see, so that the call is made where the bar is.
  @usableFromInline typealias BarFunction =
    @convention(c) (OpaquePointer?, UnsafeRawPointer?, UnsafeRawPointer?) -> Int32

  /// What a call changes; in memory of its own, so that the hot path makes no exclusivity checks.
  @usableFromInline struct State {
    @usableFromInline var call = PluginCall.none
    /// How many calls there were: tells one that takes long from many that do not.
    @usableFromInline var count: UInt32 = 0
    @usableFromInline var isStopped = false
    @usableFromInline var hasRefused = false
    /// Whether answers of a strategy or scanner wait.
    @usableFromInline var hasAnswers = false
  }

  /// Which plugin it is.
  public final let plugin: PluginIdentity
  /// Whether it is not called any more, because it declared itself broken.
  public final var isStopped: Bool { state.pointee.isStopped }
  /// How many of its answers and calls broke the contract.
  public final var faultCount: Int { context.faultTotal }

  final let context: InstanceContext
  final let role: PluginRole
  @usableFromInline final let handle: OpaquePointer
  @usableFromInline final let state: UnsafeMutablePointer<State>
  /// Room for the sink that a role hands to its plugin at each call.
  @usableFromInline final let sinkMemory: UnsafeMutableRawPointer
  private final let destroy: Destroy
  private final let startGuard: StartGuard?

  init(
    _ image: PluginImage, _ role: PluginRole, _ services: InstanceServices, create: Create, destroy: Destroy
  ) throws(PluginFault) {
    plugin = image.identity
    self.role = role
    self.destroy = destroy
    context = InstanceContext(image.identity, services)
    startGuard = image.startGuard
    state = RunningCalls.shared.claim(image.identity, role, isWatched: image.runner == nil)
    var made: OpaquePointer?
    let call = { [context] in create(context.pointer, &made) }
    let hasStart = role != .marketData && role != .notifier
    state.pointee.call = .create
    let status = startGuard.map { $0.around(.creating, isLast: !hasStart, call) } ?? call()
    state.pointee.call = .none
    guard status == Status.ok, let made else {
      RunningCalls.shared.release(state)
      throw PluginFault(
        plugin: image.identity, kind: .stopped, call: "\(role.rawValue).create",
        what: status == Status.ok ? "instance" : "status", expected: status == Status.ok ? "an instance" : "ok",
        found: status == Status.ok ? "null" : Status.name(status))
    }
    handle = made
    sinkMemory = .allocate(byteCount: 64, alignment: 16)
  }

  deinit {
    state.pointee.call = .destroy
    destroy(handle)
    RunningCalls.shared.release(state)
    sinkMemory.deallocate()
  }

  /// Makes a call and keeps the instance's word of which one is running.
  @inline(__always)
  final func run(_ call: PluginCall, _ body: () -> wharf_status) -> wharf_status {
    state.pointee.count &+= 1
    state.pointee.call = call
    let status = body()
    state.pointee.call = .none
    return status
  }

  /// Offers a finished bar. No allocation, no lock, no copy.
  @inlinable @inline(__always)
  final func offer(_ bar: UnsafePointer<Bar>, _ onBar: BarFunction) -> CallOutcome {
    guard !state.pointee.isStopped else { return .stopped }
    state.pointee.count &+= 1
    state.pointee.call = .onBar
    let status = onBar(handle, bar, sinkMemory)
    state.pointee.call = .none
    return outcome(.onBar, status)
  }

  /// Starts the instance with what every role is started with.
  final func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool,
    _ call: (UnsafePointer<wharf_start>) -> wharf_status
  ) throws(PluginFault) {
    let status = StartArguments.lend(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { start in
      run(.start) {
        startGuard.map { $0.around(.starting, isLast: true) { call(start) } } ?? call(start)
      }
    }
    guard status == Status.ok else {
      throw failure(.start, "status", expected: "ok", found: Status.name(status))
    }
  }

  /// What a call came to that may only answer `ok`.
  @inlinable @inline(__always)
  final func outcome(_ call: PluginCall, _ status: Int32) -> CallOutcome {
    if status == 0, !state.pointee.hasRefused { return .ok }
    return rareOutcome(call, status)
  }

  @usableFromInline @inline(never)
  final func rareOutcome(_ call: PluginCall, _ status: Int32) -> CallOutcome {
    let hasRefused = takeRefusal()
    guard status == Status.ok else {
      stop(call, status)
      return .stopped
    }
    return hasRefused ? .answerRefused : .ok
  }

  /// Whether an answer was refused since this was last asked.
  final func takeRefusal() -> Bool {
    let hasRefused = state.pointee.hasRefused
    state.pointee.hasRefused = false
    return hasRefused
  }

  /// Stops the instance because of a status.
  final func stop(_ call: PluginCall, _ status: wharf_status) {
    stop(call, what: "status", expected: "ok", found: Status.name(status))
  }

  /// Stops the instance because of something it did.
  final func stop(_ call: PluginCall, what: String, expected: String, found: String) {
    state.pointee.isStopped = true
    context.report(.stopped, name(call), what: what, expected: expected, found: found)
  }

  /// Drops an answer and tells why.
  final func refuse(_ violation: Violation) {
    state.pointee.hasRefused = true
    context.report(
      violation.kind, name(state.pointee.call), what: violation.what, expected: violation.expected,
      found: violation.found)
  }

  /// Takes an answer if the running call may give one and the answer is one the contract allows.
  final func take<Raw, Answer>(
    _ raw: UnsafePointer<Raw>?, in calls: Set<PluginCall>, _ subject: String, after earlier: Int = 0,
    into answers: inout [Answer], _ read: (UnsafePointer<Raw>) throws(Violation) -> Answer
  ) {
    do throws(Violation) {
      guard calls.contains(state.pointee.call) else {
        let names = calls.map(\.name).sorted().joined(separator: ", ")
        throw Violation(
          what: subject, expected: "one during \(names)", found: "one during \(state.pointee.call.name)")
      }
      guard let raw else { throw Violation(what: subject, expected: "a \(subject)", found: "null") }
      guard earlier + answers.count < PluginInstance.answerLimit else {
        throw Violation(what: subject, expected: "at most \(PluginInstance.answerLimit) in one call", found: "more")
      }
      answers.append(try read(raw))
    } catch {
      refuse(error)
    }
  }

  /// Answers of one call.
  static let answerLimit = 65_536

  /// The fault of a call that may not fail.
  final func failure(_ call: PluginCall, _ what: String, expected: String, found: String) -> PluginFault {
    PluginFault(plugin: plugin, kind: .stopped, call: name(call), what: what, expected: expected, found: found)
  }

  final func name(_ call: PluginCall) -> String { "\(role.rawValue).\(call.name)" }
}
