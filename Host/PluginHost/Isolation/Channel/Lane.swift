import Glibc

/// A way for whole messages in both directions. One thread uses it at a time.
class Lane {
  /// Sends bytes. `isAwaited`: the other side has to act on them now; else it may find them when it looks next.
  func send(_ bytes: UnsafeRawBufferPointer, isAwaited: Bool, _ clock: inout CallClock) throws(CarriageFault) {
    preconditionFailure("a lane that sends nothing")
  }

  /// Receives so many bytes.
  func receive(
    into bytes: UnsafeMutableRawPointer, _ count: Int, _ clock: inout CallClock
  ) throws(CarriageFault) {
    preconditionFailure("a lane that receives nothing")
  }

  /// Receives a message into memory of this process, then looks at its header.
  final func receive(
    _ buffer: MessageBuffer, _ clock: inout CallClock
  ) throws(CarriageFault) -> MessageHeader {
    try receive(into: buffer.base, MessageHeader.size, &clock)
    let header = try MessageHeader(reading: buffer.base)
    let length = Int(header.length)
    var come = MessageHeader.size
    buffer.setCount(come)
    while come < length {
      // Memory grows with what has come, not with what was announced.
      let piece = min(length - come, max(come, 1 << 16))
      buffer.reserve(come + piece)
      try receive(into: buffer.base + come, piece, &clock)
      come += piece
      buffer.setCount(come)
    }
    return header
  }
}

/// The hot path: shared memory.
final class RingLane: Lane {
  private var sending: SharedRing
  private var receiving: SharedRing
  private var room = Waiting()
  private var arrival = Waiting()
  private let isGone: () -> Bool

  init(sending: SharedRing, receiving: SharedRing, isGone: @escaping () -> Bool) {
    (self.sending, self.receiving, self.isGone) = (sending, receiving, isGone)
  }

  override func send(
    _ bytes: UnsafeRawBufferPointer, isAwaited: Bool, _ clock: inout CallClock
  ) throws(CarriageFault) {
    try sending.write(bytes, &room, &clock, isGone: isGone)
    if isAwaited { sending.wakeReader() }
  }

  override func receive(
    into bytes: UnsafeMutableRawPointer, _ count: Int, _ clock: inout CallClock
  ) throws(CarriageFault) {
    try receiving.read(into: bytes, count, &arrival, &clock, isGone: isGone)
  }
}

/// The way for calls that a plugin's own threads make: a socket.
final class SocketLane: Lane {
  private let socket: Int32

  init(_ socket: Int32) { self.socket = socket }

  override func send(
    _ bytes: UnsafeRawBufferPointer, isAwaited: Bool, _ clock: inout CallClock
  ) throws(CarriageFault) {
    var done = 0
    while done < bytes.count {
      try wait(for: POLLOUT, &clock)
      let count = Glibc.send(
        socket, bytes.baseAddress! + done, bytes.count - done, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      if count > 0 { done += count } else if count == 0 || errno != EINTR && errno != EAGAIN { throw .gone }
    }
  }

  override func receive(
    into bytes: UnsafeMutableRawPointer, _ count: Int, _ clock: inout CallClock
  ) throws(CarriageFault) {
    var done = 0
    while done < count {
      try wait(for: POLLIN, &clock)
      let came = recv(socket, bytes + done, count - done, Int32(MSG_DONTWAIT))
      if came > 0 { done += came } else if came == 0 || errno != EINTR && errno != EAGAIN { throw .gone }
    }
  }

  private func wait(for event: Int32, _ clock: inout CallClock) throws(CarriageFault) {
    while true {
      let left = try clock.left()
      var item = pollfd(fd: socket, events: Int16(event), revents: 0)
      let found = poll(&item, 1, left.map { Int32(clamping: $0 / 1_000_000 + 1) } ?? -1)
      if found > 0 { return }
      if found < 0, errno != EINTR { throw .gone }
    }
  }
}
