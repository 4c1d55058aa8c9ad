import Glibc

/// A folder for the tests of one check, removed with everything that plugins left in it.
final class ScratchFolder {
  let path: String

  /// Makes a folder below `$TMPDIR`, else `/tmp`.
  init() throws(CheckError) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/wharf-check-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CheckError("cannot make a folder for the tests", base) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { ScratchFolder.remove(path) }

  /// An empty folder in it.
  func folder(_ name: String) throws(CheckError) -> String {
    let folder = "\(path)/\(name)"
    guard mkdir(folder, 0o700) == 0 else { throw CheckError("cannot make a folder for a test", folder) }
    return folder
  }

  /// Removes a folder with all in it; links are removed, not followed.
  static func remove(_ path: String) {
    for name in names(inFolder: path) {
      let child = "\(path)/\(name)"
      var status = stat()
      if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        chmod(child, 0o700)
        remove(child)
      } else {
        unlink(child)
      }
    }
    rmdir(path)
  }
}
