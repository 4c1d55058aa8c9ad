import CZlib

/// Unpacks gzip, also several members one after the other.
final class Inflater {
  private static let inputSize = 64 * 1024

  // zlib keeps the address of its stream, so it lies in memory of its own.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input = UnsafeMutableRawPointer.allocate(byteCount: Inflater.inputSize, alignment: 16)
  private var memberEnded = false

  /// Starts with the first two bytes, which were read to recognise gzip.
  init(startingWith magic: UInt16) throws(RowFault) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input.storeBytes(of: magic, as: UInt16.self)
    stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = 2
    // 31: the largest window, with a gzip header.
    guard inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw RowFault(.unreadable, "zlib \(ZLIB_VERSION): could not start unpacking", isOfFile: true)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Unpacks up to `room` bytes, fetching packed ones as needed; 0: the end.
  func read(
    into target: UnsafeMutableRawPointer, room: Int,
    fetch: (UnsafeMutableRawPointer, Int) throws(RowFault) -> Int
  ) throws(RowFault) -> Int {
    stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out > 0 {
      if stream.pointee.avail_in == 0 {
        let count = try fetch(input, Inflater.inputSize)
        if count == 0 {
          guard memberEnded else {
            throw RowFault(
              .unreadable, "expected a whole gzip file, found one that is cut; copy it again", isOfFile: true)
          }
          break
        }
        stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
      }
      if memberEnded {
        inflateReset(stream)
        memberEnded = false
      }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: memberEnded = true
      default:
        throw RowFault(
          .unreadable, "expected gzip data, found damage (\(stream.pointee.msg.map { String(cString: $0) } ?? "zlib"))",
          isOfFile: true)
      }
    }
    return room - Int(stream.pointee.avail_out)
  }
}
