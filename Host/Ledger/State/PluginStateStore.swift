/// What plugins keep across restarts, in a SQLite file of its own beside the ledger. One thread owns it.
///
/// Each plugin sees its own keys only. Changes wait in memory, visible to their plugin, until its commit makes all of them
/// durable at once, or none. The file belongs to one run of one ledger, so that a plugin never goes on from the state of
/// another session.
public final class PluginStateStore {
  /// The most bytes a key may have.
  public static let maximumKeyLength = 128
  /// The most bytes a value may have.
  public static let maximumValueLength = 1 << 20

  /// The file, without symbolic links.
  public let path: String
  private let connection: Connection
  private let lock: FileLock
  private var pending: [String: [Key: [UInt8]?]] = [:]
  private var statements: Statements?

  private typealias Key = [UInt8]

  private struct Statements {
    let get, keys, put, remove: Statement
  }

  /// Opens the state of a run (``Ledger/run``), or makes an empty one.
  ///
  /// `mustExist`: the run has already recorded something, so a missing file is a loss and is refused. Refuses the state
  /// of another run, and files that are damaged, of another program, of a newer host or in use. Blocks on the disk.
  public static func open(
    _ path: String, run: String, mustExist: Bool
  ) throws(LedgerError) -> PluginStateStore {
    try PluginStateStore(path, run: run, mustExist: mustExist, Ledger.Options(schema: .pluginState))
  }

  init(_ path: String, run: String, mustExist: Bool, _ options: Ledger.Options) throws(LedgerError) {
    self.path = try FilePath.resolved(path)
    try FilePath.requireRegular(self.path)
    let missing = LedgerError(
      .notFound, file: self.path, what: "the plugins' state of this run is missing",
      remedy: "restore it together with the ledger, or start anew")
    if mustExist, !FilePath.exists(self.path) { throw missing }
    lock = try FileLock(forFile: self.path)
    connection = try Connection(self.path, .write, vfs: options.vfs, busyMilliseconds: options.busyMilliseconds)
    connection.foldsLogOnClose(false)
    let stored = try options.schema.versionStored(in: connection)
    if mustExist, stored == nil { throw missing }
    try connection.configureForWriting()
    if stored != nil {
      try Schema.requireIntact(connection)
      try requireOwner(run)
    }
    try connection.execute("PRAGMA journal_mode = WAL", "cannot create")
    if stored != options.schema.version {
      try connection.transaction("cannot create") { () throws(LedgerError) in
        try options.schema.migrate(connection, from: stored ?? 0)
        guard stored == nil else { return }
        let owner = try connection.prepare("INSERT INTO owner (id, run) VALUES (1, ?)")
        owner.bind(1, run)
        _ = try owner.step("cannot create")
      }
      FilePath.synchroniseFolder(of: self.path)
    }
    connection.foldsLogOnClose(true)
    statements = Statements(
      get: try connection.prepare("SELECT value FROM value WHERE plugin = ? AND key = ?"),
      keys: try connection.prepare("SELECT key FROM value WHERE plugin = ? AND key >= ? ORDER BY key"),
      put: try connection.prepare(
        "INSERT INTO value (plugin, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"),
      remove: try connection.prepare("DELETE FROM value WHERE plugin = ? AND key = ?"))
  }

  deinit { close() }

  /// Ends the use of the file; changes that were not committed are dropped.
  public func close() {
    statements = nil
    pending = [:]
    connection.close()
    lock.release()
  }

  private func requireOwner(_ run: String) throws(LedgerError) {
    let owner = try connection.text("SELECT run FROM owner")
    guard owner == run else {
      throw LedgerError(
        .otherSession, file: path, what: "holds what plugins kept in another session", expected: "run \(run)",
        found: "run \(owner ?? "without a name")", remedy: "move it away, or start anew")
    }
  }

  /// The value of a plugin's key, changes that wait included; `nil` without one. May read the disk.
  public func get(plugin: String, key: [UInt8]) throws(LedgerError) -> [UInt8]? {
    if let change = pending[plugin]?[key] { return change }
    let statement = try open().get
    statement.bind(1, plugin)
    statement.bind(2, blob: key)
    defer { statement.reset() }
    return try statement.step("cannot read the state") ? statement.blob(0) : nil
  }

  /// A plugin's keys with a prefix, changes that wait included, ascending by byte. May read the disk.
  public func keys(plugin: String, prefix: [UInt8]) throws(LedgerError) -> [[UInt8]] {
    let statement = try open().keys
    statement.bind(1, plugin)
    statement.bind(2, blob: prefix)
    defer { statement.reset() }
    var found: Set<Key> = []
    while try statement.step("cannot read the state") {
      let key = statement.blob(0)
      guard key.starts(with: prefix) else { break }
      found.insert(key)
    }
    for (key, value) in pending[plugin] ?? [:] where key.starts(with: prefix) {
      if value == nil { found.remove(key) } else { found.insert(key) }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Sets a value; durable with the plugin's next commit. Refuses keys and values above the limits.
  public func put(plugin: String, key: [UInt8], value: [UInt8]) throws(LedgerError) {
    guard (1...PluginStateStore.maximumKeyLength).contains(key.count) else {
      throw refusal("a key of \(key.count) bytes", "1 to \(PluginStateStore.maximumKeyLength) bytes")
    }
    guard value.count <= PluginStateStore.maximumValueLength else {
      throw refusal("a value of \(value.count) bytes", "at most \(PluginStateStore.maximumValueLength) bytes")
    }
    pending[plugin, default: [:]][key] = .some(value)
  }

  /// Removes a key, or nothing; durable with the plugin's next commit.
  public func remove(plugin: String, key: [UInt8]) { pending[plugin, default: [:]][key] = .some(nil) }

  /// Drops a plugin's changes that wait.
  public func discard(plugin: String) { pending[plugin] = nil }

  /// Makes a plugin's changes durable, with one write to the disk; without any it does nothing.
  ///
  /// Blocks on the disk. On an error the changes still wait, and as for ``Ledger/commit()`` none or all of them are there
  /// at the next start.
  public func commit(plugin: String) throws(LedgerError) {
    guard let changes = pending[plugin], !changes.isEmpty else { return }
    let statements = try open()
    try connection.transaction("cannot commit the state of \(plugin)") { () throws(LedgerError) in
      for (key, value) in changes {
        let statement = value == nil ? statements.remove : statements.put
        statement.bind(1, plugin)
        statement.bind(2, blob: key)
        if let value { statement.bind(3, blob: value) }
        _ = try statement.step("cannot commit the state of \(plugin)")
      }
    }
    pending[plugin] = nil
  }

  private func open() throws(LedgerError) -> Statements {
    guard let statements else {
      throw LedgerError(.unexpected, file: path, what: "is closed", remedy: LedgerError.remedy(for: .unexpected))
    }
    return statements
  }

  private func refusal(_ found: String, _ expected: String) -> LedgerError {
    LedgerError(
      .invalidRecord, file: path, what: "cannot keep this", expected: expected, found: found,
      remedy: "keep smaller pieces under shorter keys")
  }
}
