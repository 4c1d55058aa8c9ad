import Synchronization

/// One direction of the shared memory: a ring of bytes with one writer and one reader.
///
/// Each end keeps its own place for itself and only publishes it; what it reads of the other's place is checked, because
/// the other process can write anything anywhere in the memory.
struct SharedRing {
  /// Bytes of the control words of one ring: four words on lines of their own.
  static let controlSize = 256
  /// Bytes of data; a power of two.
  static let capacity = 128 << 10

  private let written: SharedWord
  private let readerSleeps: SharedWord
  private let taken: SharedWord
  private let writerSleeps: SharedWord
  private let data: UnsafeMutableRawPointer
  /// Bytes so far, of the writer or the reader that this end is; it wraps around.
  private var position: UInt32 = 0
  /// What was last seen of the other end's.
  private var seen: UInt32 = 0

  init(control: UnsafeMutableRawPointer, data: UnsafeMutableRawPointer) {
    func word(_ offset: Int) -> SharedWord { (control + offset).assumingMemoryBound(to: Atomic<UInt32>.self) }
    (written, readerSleeps, taken, writerSleeps) = (word(0), word(64), word(128), word(192))
    self.data = data
  }

  /// The word that changes when something was written.
  var arrival: SharedWord { written }
  /// The word that changes when something was taken.
  var departure: SharedWord { taken }

  /// Writes bytes, waiting for room where there is none.
  mutating func write(
    _ bytes: UnsafeRawBufferPointer, _ waiting: inout Waiting, _ clock: inout CallClock, isGone: () -> Bool
  ) throws(CarriageFault) {
    var rest = bytes
    while !rest.isEmpty {
      var room = SharedRing.capacity - Int(position &- seen)
      if room < rest.count {
        seen = taken.pointee.load(ordering: .acquiring)
        guard position &- seen <= UInt32(SharedRing.capacity) else { throw .garbage("a ring that was read ahead of") }
        room = SharedRing.capacity - Int(position &- seen)
      }
      if room == 0 {
        Waiting.wake(written, readerSleeps)
        try waiting.wait(for: taken, toLeave: seen, sleeper: writerSleeps, &clock, isGone: isGone)
        continue
      }
      let piece = min(room, rest.count)
      let offset = Int(position) & (SharedRing.capacity - 1)
      let first = min(piece, SharedRing.capacity - offset)
      (data + offset).copyMemory(from: rest.baseAddress!, byteCount: first)
      if piece > first { data.copyMemory(from: rest.baseAddress! + first, byteCount: piece - first) }
      position &+= UInt32(piece)
      written.pointee.store(position, ordering: .sequentiallyConsistent)
      rest = UnsafeRawBufferPointer(rebasing: rest[piece...])
    }
  }

  /// Wakes the reader; what it was to read was written.
  @inline(__always)
  func wakeReader() { Waiting.wake(written, readerSleeps) }

  /// Copies the next bytes out of the ring, waiting for them.
  mutating func read(
    into bytes: UnsafeMutableRawPointer, _ count: Int, _ waiting: inout Waiting, _ clock: inout CallClock,
    isGone: () -> Bool
  ) throws(CarriageFault) {
    var done = 0
    while done < count {
      var there = Int(seen &- position)
      if there == 0 {
        seen = written.pointee.load(ordering: .acquiring)
        there = Int(seen &- position)
        guard there <= SharedRing.capacity else { throw .garbage("a ring with \(there) bytes in it") }
      }
      if there == 0 {
        try waiting.wait(for: written, toLeave: position, sleeper: readerSleeps, &clock, isGone: isGone)
        continue
      }
      let piece = min(there, count - done)
      let offset = Int(position) & (SharedRing.capacity - 1)
      let first = min(piece, SharedRing.capacity - offset)
      (bytes + done).copyMemory(from: data + offset, byteCount: first)
      if piece > first { (bytes + done + first).copyMemory(from: data, byteCount: piece - first) }
      position &+= UInt32(piece)
      done += piece
      taken.pointee.store(position, ordering: .sequentiallyConsistent)
      Waiting.wake(taken, writerSleeps)
    }
  }
}
