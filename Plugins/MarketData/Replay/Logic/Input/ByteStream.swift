import CZlib
import Glibc

/// Bytes of a file or of memory, from the first to the last; gzip is unpacked on the way, whatever the name.
final class ByteStream {
  private enum Origin {
    case file(Int32)
    case memory(UnsafeRawBufferPointer)
  }

  private var origin: Origin
  private var inflater: Inflater?
  private var isAtStart = true

  /// Opens a file.
  init(path: String) throws(RowFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code: FaultCode = errno == ENOENT || errno == ENOTDIR ? .noSuchFile : .unreadable
      throw RowFault(code, "expected a readable file, found: \(String(cString: strerror(errno)))", isOfFile: true)
    }
    origin = .file(descriptor)
  }

  /// Reads memory that outlives the stream.
  init(memory: UnsafeRawBufferPointer) { origin = .memory(memory) }

  deinit {
    if case .file(let descriptor) = origin { close(descriptor) }
  }

  /// Reads up to `room` bytes; 0: the end. Throws when the file cannot be read or its gzip data are damaged or cut.
  func read(into target: UnsafeMutableRawPointer, room: Int) throws(RowFault) -> Int {
    if isAtStart {
      isAtStart = false
      var magic: UInt16 = 0
      let count = try withUnsafeMutableBytes(of: &magic) { bytes throws(RowFault) in
        try readFully(into: bytes.baseAddress!, room: 2)
      }
      if count == 2, magic == 0x8B1F {
        inflater = try Inflater(startingWith: magic)
      } else {
        withUnsafeBytes(of: magic) { target.copyMemory(from: $0.baseAddress!, byteCount: count) }
        return count == 2 ? try readRaw(into: target + 2, room: room - 2) + 2 : count
      }
    }
    guard let inflater else { return try readRaw(into: target, room: room) }
    return try inflater.read(into: target, room: room) { place, room throws(RowFault) in
      try readRaw(into: place, room: room)
    }
  }

  private func readFully(into target: UnsafeMutableRawPointer, room: Int) throws(RowFault) -> Int {
    var count = 0
    while count < room {
      let more = try readRaw(into: target + count, room: room - count)
      if more == 0 { break }
      count += more
    }
    return count
  }

  private func readRaw(into target: UnsafeMutableRawPointer, room: Int) throws(RowFault) -> Int {
    switch origin {
    case .memory(let bytes):
      let count = min(room, bytes.count)
      if count > 0 { target.copyMemory(from: bytes.baseAddress!, byteCount: count) }
      origin = .memory(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(count)))
      return count
    case .file(let descriptor):
      while true {
        let count = Glibc.read(descriptor, target, room)
        if count >= 0 { return count }
        guard errno == EINTR else {
          throw RowFault(.unreadable, "expected bytes, found: \(String(cString: strerror(errno)))", isOfFile: true)
        }
      }
    }
  }
}
