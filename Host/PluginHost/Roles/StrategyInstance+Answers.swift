import TradingCore
import TradingTypes

internal import WharfABI

/// Where the answers of a strategy wait for the host.
struct SignalInbox: ~Copyable {
  var signals = SignalBuffer()
  var virtualTrades: [VirtualTrade] = []
  /// Of the recheck that runs.
  var checks: [Check] = []
  var instrumentCount: UInt32 = 0
  var isExplaining = false
  let keepsDetails: Bool

  init(keepsDetails: Bool) { self.keepsDetails = keepsDetails }
}

extension StrategyInstance {
  /// The signals that were not taken or cleared, in the order they came.
  public var signals: [SignalProposal] { inbox.pointee.signals.copies }
  /// The virtual trades that were not cleared, in the order they came.
  public var virtualTrades: [VirtualTrade] { inbox.pointee.virtualTrades }
  /// Whether a signal or virtual trade waits.
  @inlinable @inline(__always)
  public var hasAnswers: Bool { state.pointee.hasAnswers }

  /// Hands over the signals that wait, in the order they came, in place of those in the buffer, and forgets all answers. The
  /// two buffers take turns, so it allocates nothing; what is raised later waits for the next time.
  public func takeSignals(into signals: inout SignalBuffer) {
    swap(&inbox.pointee.signals, &signals)
    clearAnswers()
  }

  /// Forgets the answers and keeps their storage.
  @inline(__always)
  public func clearAnswers() {
    state.pointee.hasAnswers = false
    inbox.pointee.signals.removeAll()
    if !inbox.pointee.virtualTrades.isEmpty { inbox.pointee.virtualTrades.removeAll(keepingCapacity: true) }
  }

  /// Finds the instance behind a sink's context without taking a reference.
  @inline(__always)
  static func with(_ context: UnsafeMutableRawPointer?, _ body: (StrategyInstance) -> Void) {
    guard let context else { return }
    Unmanaged<StrategyInstance>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
  }

  @inline(__always)
  func take(_ raw: UnsafePointer<wharf_signal>?) {
    let isDeciding = state.pointee.call == .onBar || state.pointee.call == .evaluate
    guard isDeciding, let raw, inbox.pointee.signals.count < PluginInstance.answerLimit,
      SignalProposal.readUsual(
        raw, instrumentCount: inbox.pointee.instrumentCount, keepsDetails: inbox.pointee.keepsDetails,
        into: inbox.pointee.signals.room())
    else { return takeUnusual(raw) }
    inbox.pointee.signals.keep()
    state.pointee.hasAnswers = true
  }

  /// Takes a signal that needs a longer look, or refuses it and tells why.
  @inline(never)
  private func takeUnusual(_ raw: UnsafePointer<wharf_signal>?) {
    var taken: [SignalProposal] = []
    take(raw, in: PluginCall.deciding, "signal", after: waiting.signals, into: &taken) { raw throws(Violation) in
      var signal = try SignalProposal(raw, instrumentCount: inbox.pointee.instrumentCount)
      guard signal.verdict != .evaluated || inbox.pointee.isExplaining else {
        throw Violation.notExplaining("signal.verdict")
      }
      if !inbox.pointee.keepsDetails { signal.dropDetails() }
      return signal
    }
    guard !taken.isEmpty else { return }
    inbox.pointee.signals.append(taken)
    state.pointee.hasAnswers = true
  }

  func take(_ raw: UnsafePointer<wharf_virtual_trade>?) {
    var taken: [VirtualTrade] = []
    take(raw, in: PluginCall.deciding, "virtual_trade", after: waiting.trades, into: &taken) { raw throws(Violation) in
      guard inbox.pointee.isExplaining else { throw Violation.notExplaining("virtual_trade") }
      return try VirtualTrade(raw, instrumentCount: inbox.pointee.instrumentCount)
    }
    guard !taken.isEmpty else { return }
    inbox.pointee.virtualTrades += taken
    state.pointee.hasAnswers = true
  }

  func take(_ raw: UnsafePointer<wharf_check>?) {
    var taken: [Check] = []
    take(raw, in: PluginCall.rechecking, "check", after: waiting.checks, into: &taken) { raw throws(Violation) in
      var inspection = Inspection("recheck", instrumentCount: inbox.pointee.instrumentCount)
      return try inspection.check(raw)
    }
    if !taken.isEmpty { inbox.pointee.checks += taken }
  }

  /// How many answers wait; outside calls, at the end of the instance above all, there may be no inbox and there are none.
  private var waiting: (signals: Int, trades: Int, checks: Int) {
    guard state.pointee.call.hasInbox else { return (0, 0, 0) }
    return (inbox.pointee.signals.count, inbox.pointee.virtualTrades.count, inbox.pointee.checks.count)
  }
}

extension Violation {
  /// An answer that is only wanted while every evaluation is reported.
  static func notExplaining(_ what: String) -> Violation {
    Violation(what: what, expected: "none while explain is 0", found: "one")
  }
}
