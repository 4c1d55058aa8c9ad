import Glibc

/// Bytes that end where readable memory ends: whoever reads one too many crashes.
///
/// Sendable is safe: the bytes never change.
final class GuardedBytes: @unchecked Sendable {
  /// The first byte.
  let start: UnsafeRawPointer
  let count: Int
  private let mapping: UnsafeMutableRawPointer
  private let length: Int

  /// Copies bytes to the end of a page that an unreadable one follows; between them are `room` zero bytes.
  init(_ bytes: some Collection<UInt8>, room: Int = 0) throws {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let used = (bytes.count + room + page) / page * page
    length = used + page
    let mapped = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { throw Unusable("there is no memory left") }
    mapping = mapped
    count = bytes.count
    let first = mapped + (used - bytes.count - room)
    for (offset, byte) in bytes.enumerated() { first.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self) }
    start = UnsafeRawPointer(first)
    mprotect(mapped, used, PROT_READ)
    mprotect(mapped + used, page, PROT_NONE)
  }

  /// From now on nobody can read them: whoever kept the pointer crashes.
  func revoke() { mprotect(mapping, length, PROT_NONE) }

  deinit { munmap(mapping, length) }
}
