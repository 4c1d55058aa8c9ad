import CSandbox
import Glibc

/// What the kernel says about the calling process (proc(5)).
enum ProcessFacts {
  /// How many threads it has.
  static func threadCount() throws(SandboxError) -> Int {
    // The fields after the name, which may hold anything: the state is the first, the number of threads the 18th.
    let text = try read("/proc/self/stat")
    let fields = (text.lastIndex(of: ")").map { text[text.index(after: $0)...] } ?? "").split(separator: " ")
    guard fields.count > 17, let count = Int(fields[17]) else {
      throw .refused(step: "reading /proc/self/stat", errno: EINVAL)
    }
    return count
  }

  /// How much address space it has mapped.
  static func mappedBytes() throws(SandboxError) -> UInt64 {
    guard let pages = UInt64(try read("/proc/self/statm").prefix { $0 != " " }) else {
      throw .refused(step: "reading /proc/self/statm", errno: EINVAL)
    }
    return pages * UInt64(getpagesize())
  }

  /// How many processes and threads the whole system has.
  static func systemTasks() throws(SandboxError) -> UInt64 {
    // `0.20 0.18 0.12 1/80 11206`: how many run, of how many there are.
    let fields = try read("/proc/loadavg").split(separator: " ")
    guard fields.count > 3, let slash = fields[3].firstIndex(of: "/"),
      let count = UInt64(fields[3][fields[3].index(after: slash)...])
    else { throw .refused(step: "reading /proc/loadavg", errno: EINVAL) }
    return count
  }

  /// Makes root a user of its own, if that user can read these files; `false`: it stays root.
  static func becomeNobody(reading files: [String]) throws(SandboxError) -> Bool {
    let names = files.map { UnsafePointer(strdup($0)) }
    defer { for name in names { free(UnsafeMutablePointer(mutating: name)) } }
    return try checked("becoming another user than root", sandbox_become_nobody(names, UInt32(names.count))) == 0
  }

  /// Tells the kernel to end this process first when memory runs out. Where it cannot be told, the limits remain.
  static func volunteerForLackOfMemory() {
    let file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = write(file, "1000", 4)
    close(file)
  }

  private static func read(_ path: String) throws(SandboxError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .refused(step: "reading \(path)", errno: errno) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count > 0 else { throw .refused(step: "reading \(path)", errno: count < 0 ? errno : ENODATA) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
