import TradingCore
import TradingTypes

internal import WharfABI

/// An alert-only scanner: offered bars, it reports observations. Nothing here takes or makes an order.
///
/// Its observations collect in ``observations`` until ``clearAnswers()``.
public final class ScannerInstance: PluginInstance {
  /// The observations since the last ``clearAnswers()``, in the order they came.
  public var observations: [Observation] { inbox.pointee.observations }
  /// Whether there is an observation.
  @inlinable @inline(__always)
  public var hasAnswers: Bool { state.pointee.hasAnswers }
  /// Whether it wants to be told when all bars of an instant are in.
  public let evaluates: Bool

  private let table: UnsafePointer<wharf_scanner>
  @usableFromInline let onBarFunction: BarFunction
  private var sink: UnsafePointer<wharf_observation_sink> {
    UnsafePointer(sinkMemory.assumingMemoryBound(to: wharf_observation_sink.self))
  }
  /// In memory of its own, so that an observation makes no exclusivity checks.
  private let inbox: UnsafeMutablePointer<ObservationInbox>

  /// Makes an instance; throws when the plugin refuses, of which its log tells the reason.
  public init(_ image: PluginImage, _ services: InstanceServices) throws(PluginFault) {
    table = image.table(.scanner).assumingMemoryBound(to: wharf_scanner.self)
    onBarFunction = unsafeBitCast(table.pointee.on_bar, to: BarFunction.self)
    evaluates = table.pointee.evaluate != nil
    let inbox = UnsafeMutablePointer<ObservationInbox>.allocate(capacity: 1)
    inbox.initialize(to: ObservationInbox())
    self.inbox = inbox
    do throws(PluginFault) {
      try super.init(image, .scanner, services, create: table.pointee.create, destroy: table.pointee.destroy)
    } catch {
      inbox.deallocate()
      throw error
    }
    var sink = wharf_observation_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_observation_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.observation = { context, raw in
      guard let context else { return }
      Unmanaged<ScannerInstance>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.take(raw) }
    }
    sinkMemory.initializeMemory(as: wharf_observation_sink.self, to: sink)
  }

  deinit {
    inbox.deinitialize(count: 1)
    inbox.deallocate()
  }

  /// Tells the instruments, before the first bar. While explaining, every evaluation is reported.
  public func start(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool
  ) throws(PluginFault) {
    inbox.pointee.isExplaining = isExplaining
    try start(instruments, decideFrom: decideFrom, isExplaining: isExplaining) { table.pointee.start(handle, $0) }
    inbox.pointee.instrumentCount = UInt32(instruments.count)
  }

  /// Offers a finished bar with its flags. No allocation, no lock, no copy.
  @inlinable @inline(__always)
  public func onBar(at bar: UnsafePointer<Bar>) -> CallOutcome { offer(bar, onBarFunction) }

  /// Tells that all bars that end at an instant have been offered.
  public func evaluate(at time: Timestamp) -> CallOutcome {
    guard !isStopped else { return .stopped }
    guard let evaluate = table.pointee.evaluate else { return .ok }
    return outcome(.evaluate, run(.evaluate) { evaluate(handle, time.nanoseconds, sink) })
  }

  /// Tells that no more bars will come, so that what is still open is reported.
  public func finish() -> CallOutcome {
    guard !isStopped else { return .stopped }
    guard let finish = table.pointee.finish else { return .ok }
    return outcome(.finish, run(.finish) { finish(handle, sink) })
  }

  /// Forgets the observations and keeps their storage.
  public func clearAnswers() {
    state.pointee.hasAnswers = false
    inbox.pointee.observations.removeAll(keepingCapacity: true)
  }

  private func take(_ raw: UnsafePointer<wharf_observation>?) {
    // Outside calls, at the end of the instance above all, there may be no inbox.
    let earlier = state.pointee.call.hasInbox ? inbox.pointee.observations.count : 0
    var taken: [Observation] = []
    take(raw, in: PluginCall.observing, "observation", after: earlier, into: &taken) { raw throws(Violation) in
      let observation = try Observation(raw, instrumentCount: inbox.pointee.instrumentCount)
      guard observation.kind != .evaluated || inbox.pointee.isExplaining else {
        throw Violation.notExplaining("observation.kind")
      }
      return observation
    }
    guard !taken.isEmpty else { return }
    inbox.pointee.observations += taken
    state.pointee.hasAnswers = true
  }
}

/// Where the observations of a scanner wait for the host.
struct ObservationInbox {
  var observations: [Observation] = []
  var instrumentCount: UInt32 = 0
  var isExplaining = false
}
