import Glibc
import ReplayBundled
import TradingTypes

/// One file that may hold bars.
struct SourceFile {
  /// Where its bytes come from.
  enum Content {
    case path
    case memory(UnsafeRawBufferPointer)
  }

  /// The path, or a name in brackets for bundled data.
  var name: String
  /// The symbol of its bars when it has no symbol column.
  var symbol: String
  /// Whether it was named by the user, rather than found in a folder.
  var isNamed: Bool
  var content = Content.path
  /// The quantity increment and currency that come with the data.
  var step: Quantity?
  var currency: Currency?

  /// Opens it for reading.
  func stream() throws(RowFault) -> ByteStream {
    switch content {
    case .path: return try ByteStream(path: name)
    case .memory(let bytes): return ByteStream(memory: bytes)
    }
  }
}

/// The files behind the option `paths`.
enum SourceFiles {
  /// The path that means the history inside the plugin.
  static let bundledPath = "bundled"

  /// Lists the files of one path: itself, those directly in a folder (by name, hidden ones left out), or the bundled.
  static func list(_ path: String) throws(RowFault) -> [SourceFile] {
    if path == bundledPath { return bundled() }
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code: FaultCode = errno == ENOENT || errno == ENOTDIR ? .noSuchFile : .unreadable
      throw RowFault(code, "expected a file or folder, found: \(String(cString: strerror(errno)))", isOfFile: true)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return [SourceFile(name: path, symbol: symbol(ofFile: path), isNamed: true)]
    }
    guard let folder = opendir(path) else {
      throw RowFault(
        .unreadable, "expected a readable folder, found: \(String(cString: strerror(errno)))", isOfFile: true)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix("."), stat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      names.append(name)
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let base = path.hasSuffix("/") ? path : path + "/"
    return names.map { SourceFile(name: base + $0, symbol: symbol(ofFile: $0), isNamed: false) }
  }

  /// The symbol a file's name gives: without extensions, minus a leading `coinbase_`, cut at the first `_`, upper case.
  static func symbol(ofFile path: String) -> String {
    var name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { Substring($0) } ?? ""
    if name.lowercased().hasSuffix(".gz") { name = name.dropLast(3) }
    if let point = name.lastIndex(of: "."), point != name.startIndex { name = name[..<point] }
    if name.lowercased().hasPrefix("coinbase_") { name = name.dropFirst(9) }
    return (name.split(separator: "_", omittingEmptySubsequences: false).first ?? "").uppercased()
  }

  private static func bundled() -> [SourceFile] {
    var files: [SourceFile] = []
    var name: UnsafePointer<CChar>?
    var length = 0
    while let bytes = replay_bundled_file(files.count, &name, &length), let name {
      let symbol = String(cString: name)
      files.append(
        SourceFile(
          name: "[bundled]/\(symbol).csv.gz", symbol: symbol, isNamed: true,
          content: .memory(UnsafeRawBufferPointer(start: bytes, count: length)), step: Quantity(nanos: 10_000_000),
          currency: Currency("USD")))
    }
    return files
  }
}
