import Glibc

/// What this process holds of the system.
struct ProcessGauge {
  /// Bytes that were taken from the C library's heap and not given back.
  var heap: Int
  /// Bytes of address space.
  var addressSpace: Int
  /// Threads.
  var threads: Int
  /// Open descriptors.
  var descriptors: Int

  /// What it is now.
  static func now() -> ProcessGauge {
    ProcessGauge(
      heap: usedHeap(), addressSpace: pages() * Int(sysconf(Int32(_SC_PAGESIZE))), threads: count("/proc/self/task"),
      descriptors: count("/proc/self/fd"))
  }

  /// The number of threads once those that are about to end have ended, or after a fifth of a second.
  static func settledThreads(atMost limit: Int) -> Int {
    var left = 40
    while left > 0, count("/proc/self/task") > limit {
      usleep(5000)
      left -= 1
    }
    return count("/proc/self/task")
  }

  private static func count(_ folder: String) -> Int {
    guard let open = opendir(folder) else { return 0 }
    defer { closedir(open) }
    var count = 0
    while readdir(open) != nil { count += 1 }
    return count
  }

  private static func pages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    return line.prefix { $0 != 32 && $0 != 0 }.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  /// What the C library says of its heap: all it has of the system, less what is free in it.
  private static func usedHeap() -> Int {
    guard let report = mallocReport() else { return 0 }
    // The totals of all arenas stand behind the last arena.
    let totals = report.split(separator: "</heap>").last ?? ""
    func size(_ type: String) -> Int {
      guard let line = totals.split(separator: "\n").first(where: { $0.contains("type=\"\(type)\"") }),
        let value = line.split(separator: "size=\"").last
      else { return 0 }
      return Int(value.prefix { $0 != "\"" }) ?? 0
    }
    return size("current") + size("mmap") - size("fast") - size("rest")
  }

  private static let reportLimit = 1 << 16

  /// What `malloc_info` writes (glibc 2.10); the headers that Swift sees do not declare it.
  private static func mallocReport() -> String? {
    typealias MallocInfo = @convention(c) (Int32, UnsafeMutableRawPointer?) -> Int32
    guard let symbol = dlsym(nil, "malloc_info") else { return nil }
    // A stream that grows would be measured too.
    var text = [CChar](repeating: 0, count: reportLimit + 1)
    guard let stream = fmemopen(&text, reportLimit, "w") else { return nil }
    _ = unsafeBitCast(symbol, to: MallocInfo.self)(0, UnsafeMutableRawPointer(stream))
    fclose(stream)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
