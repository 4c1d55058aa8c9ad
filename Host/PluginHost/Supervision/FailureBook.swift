import Hashing
import TradingTypes

/// A plugin file that is not loaded until a person releases it.
public struct Quarantine: Hashable, Sendable {
  /// The last of the failures that led to it.
  public var failure: PluginFailure
  /// How many failures there were within the window.
  public var count: Int

  /// Makes a quarantine from its parts.
  public init(failure: PluginFailure, count: Int) {
    self.failure = failure
    self.count = count
  }

  /// `failed 3 times within 10 minutes, last at 2026-03-02T09:30:00Z: strategy.on_bar: timeout: ...`.
  public var reason: String {
    let minutes = PluginSupervision.Rules.window / 60
    return "quarantined: failed \(count) times within \(minutes) minutes, last at \(failure.time): \(failure.reason)"
  }
}

/// What is known of failures of plugins, over lives of the host: a value, kept in a file by whoever owns the home folder.
///
/// Failures and quarantines belong to one file by its hash: one that was built anew starts afresh.
public struct FailureBook: Hashable, Sendable {
  /// A failure that is on record.
  public struct Entry: Hashable, Sendable {
    /// What happened.
    public var failure: PluginFailure
    /// Whether it counts towards a quarantine; one from before a release does not.
    public var counts: Bool

    /// Makes an entry.
    public init(failure: PluginFailure, counts: Bool) {
      self.failure = failure
      self.counts = counts
    }
  }

  /// Failures of one plugin that are kept; older ones give way.
  public static let entriesPerPlugin = 20
  /// The failures on record, oldest first.
  public private(set) var entries: [Entry]
  /// Plugins that are not loaded, one a file.
  public private(set) var quarantines: [Quarantine]

  /// Makes a book from its parts.
  public init(entries: [Entry] = [], quarantines: [Quarantine] = []) {
    self.entries = entries
    self.quarantines = quarantines
  }

  /// When a plugin file failed, as far as it counts, oldest first.
  public func times(_ plugin: String, _ digest: Digest) -> [Timestamp] {
    entries.filter { $0.counts && $0.failure.plugin.id == plugin && $0.failure.plugin.digest == digest }
      .map(\.failure.time).sorted()
  }

  /// Why a plugin file may not be loaded; `nil` when it may.
  public func quarantine(_ plugin: String, _ digest: Digest) -> Quarantine? {
    quarantines.first { $0.failure.plugin.id == plugin && $0.failure.plugin.digest == digest }
  }

  /// Whether any file of a plugin may not be loaded, so that it is worth hashing it.
  public func mayQuarantine(_ plugin: String) -> Bool { quarantines.contains { $0.failure.plugin.id == plugin } }

  /// Puts a failure on record and decides what follows, all failures of that file counted.
  ///
  /// - Parameter supervision: how the plugin has fared in this session; moved on.
  public mutating func record(
    _ failure: PluginFailure, at time: Timestamp, in supervision: inout PluginSupervision
  ) {
    let others = times(failure.plugin.id, failure.plugin.digest)
    supervision.fail(at: time, wall: failure.time, others: others)
    entries.append(Entry(failure: failure, counts: true))
    let own = entries.indices.filter { entries[$0].failure.plugin.id == failure.plugin.id }
    for index in own.dropLast(FailureBook.entriesPerPlugin).reversed() { entries.remove(at: index) }
    guard supervision.state == .quarantined, quarantine(failure.plugin.id, failure.plugin.digest) == nil else { return }
    let counted = supervision.failures.suffix(PluginSupervision.Rules.failuresToQuarantine).count
    quarantines.append(Quarantine(failure: failure, count: counted))
  }

  /// Puts a failure on record outside a session that would start the plugin again; answers what follows from it.
  @discardableResult
  public mutating func record(_ failure: PluginFailure) -> PluginSupervision.State {
    var supervision = PluginSupervision()
    record(failure, at: failure.time, in: &supervision)
    return supervision.state
  }

  /// Lets a plugin be loaded again; its failures so far do not count any more. Answers what was lifted.
  public mutating func release(_ plugin: String) -> [Quarantine] {
    let lifted = quarantines.filter { $0.failure.plugin.id == plugin }
    quarantines.removeAll { $0.failure.plugin.id == plugin }
    for index in entries.indices where entries[index].failure.plugin.id == plugin { entries[index].counts = false }
    return lifted
  }
}

extension PluginFile {
  /// Marks a file that could be used as quarantined when it is on record as such. Reads the file for its hash if that is
  /// needed; one that cannot be read is not used either.
  public mutating func apply(_ book: FailureBook) {
    guard status == .ready, let id = manifest?.id, book.mayQuarantine(id) else { return }
    if digest == nil { digest = (try? OpenFile(path: path))?.digest() }
    let found = digest.map { book.quarantine(id, $0) } ?? book.quarantines.first { $0.failure.plugin.id == id }
    guard let found else { return }
    quarantine = found
    status = .quarantined
  }
}
