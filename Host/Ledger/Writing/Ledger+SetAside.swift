import Glibc

extension Ledger {
  /// The file in which the plugins of a ledger's session keep what is theirs.
  public static func statePath(for path: String) -> String { "\(path)-state" }

  /// Gives way to a new session: renames a ledger, and the plugin state beside it, to `PATH.1` (or the next free number)
  /// and answers the new name; `nil` when there was nothing.
  ///
  /// A damaged ledger is renamed too. Refuses a ledger in use, and files that are no ledger.
  public static func setAside(_ path: String) throws(LedgerError) -> String? {
    let path = try FilePath.resolved(path)
    let state = statePath(for: path)
    guard FilePath.exists(path) || FilePath.exists(state) else { return nil }
    try FilePath.requireRegular(path)
    let locks = [try FileLock(forFile: path), try FileLock(forFile: state)]
    defer { for lock in locks { lock.release() } }
    if FilePath.exists(path) { try fold(path) }

    let suffixes = [""] + FilePath.companions
    let names = suffixes + suffixes.map { "-state\($0)" }
    var number = 1
    while names.contains(where: { FilePath.exists("\(path).\(number)\($0)") }) { number += 1 }
    for name in names where FilePath.exists(path + name) {
      guard rename(path + name, "\(path).\(number)\(name)") == 0 else {
        throw LedgerError(
          .inputOutput, file: path + name, what: "cannot rename", found: String(cString: strerror(errno)),
          remedy: LedgerError.remedy(for: .inputOutput))
      }
    }
    FilePath.synchroniseFolder(of: path)
    return "\(path).\(number)"
  }

  /// Moves what is in the write-ahead log into the file, if it is a ledger that is whole enough.
  private static func fold(_ path: String) throws(LedgerError) {
    do throws(LedgerError) {
      let connection = try Connection(path, .write, busyMilliseconds: 0)
      connection.foldsLogOnClose(false)
      guard try Schema.ledger.versionStored(in: connection) != nil else { return }
      try Schema.requireIntact(connection)
      connection.foldsLogOnClose(true)
    } catch {
      switch error.code {
      case .corrupted, .newerSchema: return
      default: throw error
      }
    }
  }
}
