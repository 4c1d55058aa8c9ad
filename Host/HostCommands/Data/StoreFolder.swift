import BarStore
import CommandLineKit
import Configuration
import Glibc

/// Where bar stores lie and what they are called.
enum StoreFolder {
  /// The folder of bars in the home folder.
  static func ofHome(_ locations: HostLocations) -> String { locations.home + "/data" }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The store files at a path: itself, or those directly in a folder, by name.
  static func files(_ path: String) throws -> [String] {
    guard isFolder(path) else {
      guard exists(path) else {
        throw CommandFailure(
          code: "no_such_file", message: "there is no \(path)", where: path,
          expected: "a bar store or a folder of them",
          found: systemMessage(errno), remedy: "check the path", exitCode: .noInput)
      }
      return [path]
    }
    guard let names = names(in: path) else {
      throw CommandFailure(
        code: "unreadable", message: "the folder cannot be read", where: path, expected: "a readable folder",
        found: systemMessage(errno), remedy: "check its permissions", exitCode: .noInput)
    }
    let base = path.hasSuffix("/") ? path : path + "/"
    return names.filter { !$0.hasPrefix(".") }.map { base + $0 }.filter { !isFolder($0) && BarStoreFile.isStore($0) }
  }

  /// The names in a folder, sorted, hidden ones too; `nil` when it cannot be read.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }

  /// Each file opened, or what is wrong with it.
  static func stores(_ paths: [String]) -> [(path: String, store: Result<BarStoreFile, BarStoreError>)] {
    paths.map { path in
      do throws(BarStoreError) {
        return (path, .success(try BarStoreFile(path: path)))
      } catch {
        return (path, .failure(error))
      }
    }
  }

  /// The file of one series in a folder: `AAPL_1d.bars`.
  static func name(_ symbol: String, barSeconds: Int32) -> String {
    var name: [UInt8] = []
    for byte in symbol.utf8 {
      // What a name cannot have, or would hide it.
      let isEscaped =
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: ".") && name.isEmpty
      name += isEscaped ? Array("%\(String(byte, radix: 16, uppercase: true))".utf8) : [byte]
    }
    return "\(String(decoding: name, as: UTF8.self))_\(size(barSeconds))\(BarStoreFile.suffix)"
  }

  /// A size of bars in a few characters: `1d`, `4h`, `5m`, `1s`.
  static func size(_ seconds: Int32) -> String {
    for (unit, letter) in [(Int32(86_400), "d"), (3600, "h"), (60, "m")] where seconds % unit == 0 {
      return "\(seconds / unit)\(letter)"
    }
    return "\(seconds)s"
  }
}

extension BarStoreError {
  /// The fault in the form of the command line.
  var commandError: CommandError {
    let exit: ExitCode =
      switch code {
      case .missing, .unreadable: .noInput
      case .notAStore, .otherVersion, .torn, .damaged, .badBar: .badData
      case .cannotCreate: .cannotCreate
      case .writeFailed: .inputOutput
      }
    return CommandError(
      code: code.rawValue,
      message: "the bar store \(path) cannot be \(exit == .badData || exit == .noInput ? "used" : "written")",
      where: part.isEmpty ? path : "\(path): \(part)", expected: expected, found: found, remedy: remedy, exitCode: exit)
  }
}

/// The only import into a folder: a lock that ends with the process.
final class StoreLock {
  private let descriptor: Int32

  /// Makes the folder when it is missing, waits for nobody, and removes what an import that was killed has left.
  init(_ folder: String) throws {
    try StoreLock.make(folder)
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(
        code: "store_cannot_create", message: "the folder cannot be opened", where: folder, expected: "a folder",
        found: systemMessage(errno), remedy: "name another folder with --into", exitCode: .cannotCreate)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw CommandFailure(
        code: "store_busy", message: "another import is writing there", where: folder, expected: "one import at a time",
        found: "a lock", remedy: "wait until it has ended and try again", exitCode: .tryAgain)
    }
    StoreLock.sweep(folder)
  }

  deinit { close(descriptor) }

  private static func make(_ folder: String) throws {
    guard !StoreFolder.isFolder(folder) else { return }
    if let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")), slash > folder.startIndex {
      try make(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw CommandFailure(
        code: "store_cannot_create", message: "the folder cannot be made", where: folder,
        expected: "a folder that may be written to", found: systemMessage(errno),
        remedy: "name another folder with --into", exitCode: .cannotCreate)
    }
  }

  private static func sweep(_ folder: String) {
    for name in StoreFolder.names(in: folder) ?? []
    where name.hasPrefix(".") && name.contains(BarStoreFile.suffix + ".") && name.hasSuffix(".tmp") {
      unlink("\(folder)/\(name)")
    }
  }
}
