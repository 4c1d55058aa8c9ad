import Glibc

/// The parts of this process's memory that are code (proc_pid_maps(5)).
struct ExecutableMemory {
  private let ranges: [Range<UInt>]

  /// Looks at them as they are now.
  init() {
    guard let file = fopen("/proc/self/maps", "re") else {
      ranges = []
      return
    }
    defer { fclose(file) }
    var found: [Range<UInt>] = []
    var line = [CChar](repeating: 0, count: 4352)
    while fgets(&line, Int32(line.count), file) != nil {
      // "55d0c8a0e000-55d0c8a10000 r-xp ..."
      let words = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }.split(separator: " ", maxSplits: 2)
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      if words.count > 1, words[1].utf8.dropFirst(2).first == UInt8(ascii: "x"), ends.count == 2, ends[0] < ends[1] {
        found.append(ends[0]..<ends[1])
      }
    }
    ranges = found
  }

  /// Whether an address is code.
  func contains(_ address: UnsafeRawPointer) -> Bool {
    ranges.contains { $0.contains(UInt(bitPattern: address)) }
  }

  /// Whether an address is code.
  func contains(_ address: UnsafeMutableRawPointer) -> Bool { contains(UnsafeRawPointer(address)) }
}
