import Glibc

/// Where a test is, in a page that its process shares with the checking one: the last word of a process that crashes.
struct TestPlace {
  static let capacity = 256
  private let page: UnsafeMutableRawPointer

  /// Maps the file that ``create(_:)`` made; `nil` when that fails.
  init?(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let mapped = mmap(nil, TestPlace.capacity, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    page = mapped
  }

  /// Makes the file.
  static func create(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return ftruncate(descriptor, capacity) == 0
  }

  /// Notes where the test is; a text that is too long is cut.
  func note(_ text: StaticString) {
    let count = min(text.utf8CodeUnitCount, TestPlace.capacity - 1)
    page.copyMemory(from: text.utf8Start, byteCount: count)
    page.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
  }

  /// Notes a function of a role, as `role.call`.
  func note(_ role: String, _ call: String) {
    var next = 0
    for part in [role.utf8, ".".utf8, call.utf8] {
      for byte in part where next < TestPlace.capacity - 1 {
        page.storeBytes(of: byte, toByteOffset: next, as: UInt8.self)
        next += 1
      }
    }
    page.storeBytes(of: 0, toByteOffset: next, as: UInt8.self)
  }

  /// What was noted last; the process that wrote it is not to be trusted any more.
  static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: capacity)
    guard Glibc.read(descriptor, &bytes, capacity) > 0 else { return nil }
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return text.isEmpty ? nil : text
  }
}
