import CommandLineKit
import Glibc
import Hashing
import PluginHost
import TradingTypes

/// The failures of plugins on the disk: `state/plugin-failures.json` in the home folder. Several hosts can use it at once.
struct FailureFile: Sendable {
  let path: String
  /// The folder it is in, with what else a session leaves for the next.
  let folder: String

  /// The file of a home folder; looks at nothing.
  init(home: String) {
    folder = "\(home)/state"
    path = "\(folder)/plugin-failures.json"
  }

  /// What is on record; nothing when there is no file. Blocks on the disk.
  ///
  /// - Throws: `CommandFailure` when the file cannot be read: a plugin that may be quarantined is not loaded on a guess.
  func read() throws -> FailureBook {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return FailureBook() }
    guard descriptor >= 0 else { throw unreadable("\(String(cString: strerror(errno)))", place: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable("\(String(cString: strerror(errno)))", place: path) }
      if count == 0 { break }
      bytes += piece[..<count]
    }
    do {
      return try FailureBook(reading: bytes)
    } catch {
      throw unreadable(error.description, place: "\(path): \(error.place)")
    }
  }

  /// Makes the folder and the one above it, unless they are there.
  func makeFolder() throws {
    for part in [String(folder.dropLast("/state".count)), folder] where mkdir(part, 0o700) != 0 && errno != EEXIST {
      throw CommandFailure(
        code: "cannot_create", message: "cannot make the folder: \(String(cString: strerror(errno)))", where: part,
        expected: "a writable folder", found: nil, remedy: "name another with --home", exitCode: .cannotCreate)
    }
  }

  /// Changes what is on record; the file is replaced whole, one change at a time. Blocks on the disk.
  func update<Result>(_ change: (inout FailureBook) -> Result) throws -> Result {
    try makeFolder()
    let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 { while flock(lock, LOCK_EX) != 0, errno == EINTR {} }
    var book = try read()
    let before = book
    let result = change(&book)
    if book != before { try NewFile.write(path) { $0.append(text: book.json.text + "\n") } }
    return result
  }

  private func unreadable(_ what: String, place: String) -> CommandFailure {
    CommandFailure(
      code: "failures_unreadable", message: "the record of plugin failures cannot be read: \(what)", where: place,
      expected: "the file as the host wrote it", found: nil,
      remedy: "look which plugins are quarantined in it, then remove the file", exitCode: .badConfiguration)
  }
}

extension FailureBook {
  /// The book as the host writes it.
  var json: JSONValue {
    [
      "failures": .array(entries.map { FailureBook.json($0.failure, count: $0.counts ? 1 : 0) }),
      "quarantines": .array(quarantines.map { FailureBook.json($0.failure, count: $0.count) }), "schema": 1,
    ]
  }

  private static func json(_ failure: PluginFailure, count: Int) -> JSONValue {
    [
      "call": .string(failure.call), "count": JSONValue(count), "detail": .string(failure.detail),
      "epoch": .integer(Int64(failure.epoch)), "id": .string(failure.plugin.id),
      "kind": .string(failure.kind.rawValue), "sha256": .string(failure.plugin.digest.hex),
      "time": .string("\(failure.time)"), "time_ns": .integer(failure.time.nanoseconds),
      "version": .string(failure.plugin.version),
    ]
  }
}
