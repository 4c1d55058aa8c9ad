import Glibc
import Hashing
import Synchronization

/// Files that tell, after the host has died, which plugin was being started.
///
/// Only a plugin in the host's process can take it down, so only for such is a file written, before it is loaded, made and
/// started the first time, and removed after. The process that writes one holds a lock on it, which dies with the process.
public struct StartMarks: Sendable {
  /// A plugin during whose start a host died.
  public struct Suspect: Hashable, Sendable {
    /// The plugin's id.
    public var id: String
    /// Id, version, hash and what it was doing, in words.
    public var description: String
    let path: String
  }

  private let folder: String

  /// The marks in `state/starting` of a home folder, which is made when the first is written.
  public init(home: String) { folder = home + "/state/starting" }

  /// What earlier hosts left when they died, in order of their names. Blocks on the disk.
  public func suspects() -> [Suspect] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var suspects: [Suspect] = []
    while let entry = readdir(stream) {
      let bytes = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      let name = String(cString: bytes.assumingMemoryBound(to: CChar.self))
      let parts = name.split(separator: ".")
      guard parts.count == 3, parts[2] == "starting", let text = abandoned(folder + "/" + name) else { continue }
      suspects.append(Suspect(id: String(parts[0]), description: text, path: folder + "/" + name))
    }
    return suspects.sorted { $0.path < $1.path }
  }

  /// Forgets what earlier hosts left of a plugin: it has started since, or a person has dealt with it.
  public func forget(_ id: String) {
    for suspect in suspects() where suspect.id == id { unlink(suspect.path) }
  }

  /// What stands in a mark that no living host holds; `nil` when one does.
  private func abandoned(_ path: String) -> String? {
    guard let file = try? OpenFile(path: path), flock(file.descriptor, LOCK_SH | LOCK_NB) == 0,
      let bytes = file.bytes(at: 0, count: min(file.identity.size, 400))
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first
    return text.map { printable($0, limit: 400) }
  }

  /// Writes a mark; `nil` when it cannot be written: that must keep no plugin from being started.
  fileprivate func write(_ id: String, _ text: String) -> (descriptor: Int32, path: String)? {
    for depth in [folder.dropLast("/starting".utf8.count), folder[...]] { mkdir(String(depth), 0o700) }
    let path = "\(folder)/\(id).\(getpid()).starting"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    let line = Array((text + "\n").utf8)
    // Another thread that starts the same plugin has its mark there already.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    guard ftruncate(descriptor, 0) == 0, Glibc.write(descriptor, line, line.count) == line.count else {
      unlink(path)
      close(descriptor)
      return nil
    }
    return (descriptor, path)
  }
}

/// Marks the first load, creation and start of one plugin.
///
/// Sendable: what it knows of the past is behind a lock, as several threads may make instances of one plugin.
public final class StartGuard: Sendable {
  /// What a plugin is doing when it is started.
  public enum Step: String, Hashable, Sendable, CaseIterable {
    /// Its file is loaded and its entry asked.
    case loading = "was being loaded"
    /// An instance is made.
    case creating = "was creating an instance"
    /// An instance is started.
    case starting = "was starting an instance"
  }

  private let marks: StartMarks
  private let id: String
  private let name: String
  private let done = Mutex<Set<Step>>([])

  /// A guard over one plugin's file.
  public init(_ marks: StartMarks, _ file: PluginFile) {
    self.marks = marks
    id = file.manifest?.id ?? "plugin"
    let digest = file.requiredDigest ?? file.digest
    name =
      "\(id) \(file.manifest?.version.description ?? "") (\(digest?.hex.prefix(12) ?? "unknown")) from "
      + printable(file.path)
  }

  /// Runs one step; the first time under a mark. When the last one has succeeded, what earlier hosts left of this plugin is
  /// forgotten.
  func around<Result, Failure: Error>(
    _ step: Step, isLast: Bool = false, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !done.withLock({ $0.contains(step) }), let mark = marks.write(id, "\(name) \(step.rawValue)") else {
      return try body()
    }
    defer {
      unlink(mark.path)
      close(mark.descriptor)
    }
    let result = try body()
    done.withLock { _ = $0.insert(step) }
    if isLast { marks.forget(id) }
    return result
  }
}
