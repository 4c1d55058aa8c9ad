import Glibc

/// How the arguments of a call lie in memory.
enum ArgumentLayout {
  /// Texts end with a NUL that does not belong to them, and everything stays where it is.
  case forgiving
  /// Each text ends where its page does, and behind it nothing may be read.
  case exact
  /// As `forgiving`, but when the call has returned nothing of it may be read any more.
  case revoked
  /// As `forgiving`; an empty text is a null pointer.
  case nullWhenEmpty
}

/// Memory for the arguments of calls.
final class Arena {
  let layout: ArgumentLayout
  private var blocks: [UnsafeMutableRawPointer] = []
  private var pages: [(base: UnsafeMutableRawPointer, length: Int)] = []
  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  init(_ layout: ArgumentLayout) { self.layout = layout }

  deinit {
    for block in blocks { free(block) }
    for page in pages { munmap(page.base, page.length) }
  }

  /// Puts a text somewhere.
  func text(_ bytes: [UInt8]) -> (UnsafePointer<CChar>?, UInt64) {
    if bytes.isEmpty, layout == .nullWhenEmpty { return (nil, 0) }
    let place = room(bytes.count, terminator: 1)
    bytes.withUnsafeBytes { if let base = $0.baseAddress { place.copyMemory(from: base, byteCount: $0.count) } }
    return (UnsafePointer(place.assumingMemoryBound(to: CChar.self)), UInt64(bytes.count))
  }

  /// Puts some values side by side.
  func values<Value>(_ values: [Value]) -> UnsafePointer<Value>? {
    if values.isEmpty { return nil }
    let place = room(values.count * MemoryLayout<Value>.stride, terminator: 0)
    let typed = place.bindMemory(to: Value.self, capacity: values.count)
    typed.initialize(from: values, count: values.count)
    return UnsafePointer(typed)
  }

  /// Puts one value somewhere.
  func value<Value>(_ value: Value) -> UnsafePointer<Value> { values([value])! }

  /// The call has returned.
  func callReturned() {
    guard layout == .revoked else { return }
    for page in pages { mprotect(page.base, page.length, PROT_NONE) }
  }

  private func room(_ count: Int, terminator: Int) -> UnsafeMutableRawPointer {
    switch layout {
    case .forgiving, .nullWhenEmpty:
      let block = calloc(1, max(count + terminator, 1))!
      blocks.append(block)
      return block
    case .exact, .revoked:
      let size = Arena.pageSize
      let count = count + (layout == .revoked ? terminator : 0)
      let length = (count / size + 2) * size
      let base = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
      precondition(base != MAP_FAILED, "no memory for the arguments of a call")
      mprotect(base + length - size, size, PROT_NONE)
      pages.append((base, length))
      return base + length - size - count
    }
  }
}
