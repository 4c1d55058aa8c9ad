import CommandLineKit
import Glibc

/// A folder that is removed with the files in it, also when a signal ends the process.
final class TemporaryFolder {
  let path: String
  private var count: Int

  /// Makes a folder below `$TMPDIR`, else `/tmp`. One at a time.
  init(prefix: String) throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/\(prefix)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw WorkloadGeneration.cannotCreate(base, errno) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    leftovers[0] = strdup(path)
    count = 1
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, removeLeftovers) }
  }

  /// The path of a file in it that will be removed too; traps when there are too many.
  func file(_ name: String) -> String {
    precondition(count < leftoverCapacity, "too many files in a temporary folder")
    // Noted before it is there, so that a part of it is removed too.
    leftovers[count] = strdup("\(path)/\(name)")
    count += 1
    return "\(path)/\(name)"
  }

  deinit {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    remove()
    for place in 0..<count {
      free(leftovers[place])
      leftovers[place] = nil
    }
  }
}

private let leftoverCapacity = 16
/// The folder, then the files in it. Made before a signal can come, so that the handler only reads.
private nonisolated(unsafe) let leftovers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = {
  let paths = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: leftoverCapacity)
  paths.initialize(repeating: nil, count: leftoverCapacity)
  return paths
}()

/// Only what a signal handler may call.
private func remove() {
  for place in (0..<leftoverCapacity).reversed() {
    guard let path = leftovers[place] else { continue }
    if place == 0 { rmdir(path) } else { unlink(path) }
  }
}

private func removeLeftovers(_ number: Int32) {
  remove()
  signal(number, SIG_DFL)
  raise(number)
}
