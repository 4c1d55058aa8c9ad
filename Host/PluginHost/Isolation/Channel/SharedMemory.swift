internal import CKernel
import Glibc

/// The memory that the host and one runner share: two rings.
final class SharedMemory {
  static let size = 4096 + 2 * SharedRing.capacity

  /// A file of this memory, which nobody can shrink any more.
  private(set) var descriptor: Int32
  private let base: UnsafeMutableRawPointer

  /// Makes new memory.
  init() throws(CarriageStartError) {
    let file = ckernel_memory_file("wharf-channel")
    guard file >= 0 else { throw .system("memfd_create", errno) }
    // A file that got smaller would end whoever touches what is gone.
    guard ftruncate(file, SharedMemory.size) == 0, ckernel_fix_size(file) == 0 else {
      let failure = errno
      close(file)
      throw .system("memfd_create", failure)
    }
    base = try SharedMemory.map(file)
    descriptor = file
  }

  /// Maps memory that the other process made.
  init(inherited descriptor: Int32) throws(CarriageStartError) {
    self.descriptor = descriptor
    base = try SharedMemory.map(descriptor)
  }

  deinit {
    munmap(base, SharedMemory.size)
    closeFile()
  }

  /// Closes the file; the memory stays.
  func closeFile() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private static func map(_ file: Int32) throws(CarriageStartError) -> UnsafeMutableRawPointer {
    let mapped = mmap(nil, SharedMemory.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    guard let mapped, mapped != MAP_FAILED else { throw .system("mmap", errno) }
    return mapped
  }

  /// The ring from the host to the runner.
  var toRunner: SharedRing { SharedRing(control: base, data: base + 4096) }
  /// The ring from the runner to the host.
  var toHost: SharedRing {
    SharedRing(control: base + SharedRing.controlSize, data: base + 4096 + SharedRing.capacity)
  }
}

/// Why a runner could not be started or a channel not be made.
public enum CarriageStartError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A call of the system failed, with its error number.
  case system(String, Int32)
  /// The process could not be started; the text says why.
  case process(String)

  /// What failed and why.
  public var description: String {
    switch self {
    case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
    case .process(let text): text
    }
  }
}
