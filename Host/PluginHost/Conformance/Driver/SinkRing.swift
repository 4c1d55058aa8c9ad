/// Room for the sinks of calls: each call gets another one, so that a sink which is used after its call is noticed.
final class SinkRing {
  /// What a sink's context points at.
  struct Slot {
    /// Room for a sink of any role.
    var sink: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var owner: Unmanaged<Drive>
    var isOpen = false
  }

  /// The drive that the answers are for.
  unowned(unsafe) var owner: Drive!
  private static let count = 64
  private var slots: UnsafeMutablePointer<Slot>?
  private var next = 0
  private var open: UnsafeMutablePointer<Slot>?

  /// Opens a sink of a type for the call that follows; `fill` sets all but its size and context.
  func sink<Sink>(_ empty: Sink, _ fill: (inout Sink, UnsafeMutableRawPointer) -> Void) -> UnsafePointer<Sink> {
    precondition(MemoryLayout<Sink>.size <= MemoryLayout<(UInt64, UInt64, UInt64, UInt64, UInt64)>.size)
    let slot = slotAfterLast()
    slot.pointee.isOpen = true
    open = slot
    var sink = empty
    fill(&sink, UnsafeMutableRawPointer(slot))
    let place = UnsafeMutableRawPointer(slot).bindMemory(to: Sink.self, capacity: 1)
    place.initialize(to: sink)
    return UnsafePointer(place)
  }

  /// The call has returned.
  func close() {
    open?.pointee.isOpen = false
    open = nil
  }

  /// The drive behind a sink's context; `nil`, and counted, when the sink's call has returned.
  static func drive<Kind: Drive>(_ context: UnsafeMutableRawPointer?, as kind: Kind.Type) -> Kind? {
    guard let slot = context?.assumingMemoryBound(to: Slot.self) else { return nil }
    let drive = slot.pointee.owner.takeUnretainedValue()
    guard slot.pointee.isOpen else {
      drive.lateAnswers += 1
      return nil
    }
    return unsafeDowncast(drive, to: kind)
  }

  private func slotAfterLast() -> UnsafeMutablePointer<Slot> {
    if slots == nil {
      let made = UnsafeMutablePointer<Slot>.allocate(capacity: SinkRing.count)
      made.initialize(repeating: Slot(owner: .passUnretained(owner)), count: SinkRing.count)
      slots = made
    }
    defer { next = (next + 1) % SinkRing.count }
    return slots! + next
  }

  deinit { slots?.deallocate() }
}
