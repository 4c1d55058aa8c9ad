/// The loader's list of where libraries are, `/etc/ld.so.cache` (glibc's format since 2.2, `cache.h` of `elf/`).
struct LoaderCache {
  private let paths: [String: String]

  /// Reads the list; one that is missing or of another form counts as empty.
  init(path: String) {
    guard let file = try? OpenFile(path: path), file.identity.size <= 1 << 26,
      let bytes = file.bytes(at: 0, count: file.identity.size)
    else {
      paths = [:]
      return
    }
    paths = LoaderCache.paths(in: ByteTable(bytes: bytes))
  }

  /// The libraries of this machine's kind in a list.
  static func paths(in table: ByteTable) -> [String: String] {
    guard table.bytes.starts(with: "glibc-ld.so.cache1.1".utf8), let count: UInt32 = table.number(20) else {
      return [:]
    }
    var paths: [String: String] = [:]
    for index in 0..<min(Int(count), table.count / 24) {
      let entry = 48 + index * 24
      guard let flags: Int32 = table.number(entry), flags == HostMachine.cacheFlags,
        let key: UInt32 = table.number(entry + 4), let value: UInt32 = table.number(entry + 8),
        let hardware: UInt64 = table.number(entry + 16), hardware == 0, let name = table.text(key),
        let path = table.text(value)
      else { continue }
      let library = String(decoding: name, as: UTF8.self)
      if paths[library] == nil { paths[library] = String(decoding: path, as: UTF8.self) }
    }
    return paths
  }

  /// Where a library is.
  subscript(_ library: String) -> String? { paths[library] }
}
