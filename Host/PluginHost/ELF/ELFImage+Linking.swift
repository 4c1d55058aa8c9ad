/// A version of a library that another one was linked against, such as `GLIBC_2.38` of `libc.so.6`.
package struct VersionNeed: Hashable {
  package var library: String
  package var version: String
}

/// What the dynamic section says about other libraries.
package struct ELFLinking {
  /// The libraries it needs, in order.
  package var needed: [String]
  /// The name it goes by, if it has one.
  package var soname: String?
  /// Where it wants its libraries looked for, not expanded, in order.
  package var searchPath: [String]
  /// Whether the search path holds for the libraries of its libraries too.
  package var searchPathIsInherited: Bool
  /// The versions it needs of its libraries.
  package var versionNeeds: [VersionNeed]
  /// The versions it offers; empty for a library without versions.
  package var versions: Set<String>

  /// Reads them from a library's dynamic section and version tables.
  package init(_ image: ELFImage) throws(ELFFault) {
    let names = ByteTable(bytes: try ELFSymbols.table(ELFImage.Tag.strings, type: 3, image))
    func text(_ offset: some BinaryInteger) throws(ELFFault) -> String {
      guard let bytes = names.text(offset) else { throw .malformed(what: "a name in the dynamic section") }
      return String(decoding: bytes, as: UTF8.self)
    }
    needed = []
    for entry in image.dynamic where entry.tag == ELFImage.Tag.needed { needed.append(try text(entry.value)) }
    soname = nil
    if let offset = image.value(ELFImage.Tag.soname) { soname = try text(offset) }
    let runpath = image.value(ELFImage.Tag.runpath)
    searchPathIsInherited = runpath == nil
    searchPath = []
    if let offset = runpath ?? image.value(ELFImage.Tag.rpath) {
      searchPath = try text(offset).split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    }
    versionNeeds = []
    versions = []
    try readVersionNeeds(image, text)
    try readVersions(image, text)
  }

  private mutating func readVersionNeeds(
    _ image: ELFImage, _ text: (UInt32) throws(ELFFault) -> String
  ) throws(ELFFault) {
    guard let address = image.value(ELFImage.Tag.versionNeeds),
      let count = image.value(ELFImage.Tag.versionNeedCount)
    else { return }
    let table = ByteTable(bytes: try ELFSymbols.table(ELFImage.Tag.versionNeeds, type: 0x6fff_fffe, image))
    guard address != 0, count <= 4096 else { throw .malformed(what: "\(count) version needs") }
    var offset = 0
    for _ in 0..<count {
      guard let entries: UInt16 = table.number(offset + 2), let file: UInt32 = table.number(offset + 4),
        let first: UInt32 = table.number(offset + 8), let next: UInt32 = table.number(offset + 12)
      else { throw .malformed(what: "version needs") }
      let library = try text(file)
      var entry = offset + Int(first)
      for _ in 0..<min(entries, 4096) {
        guard let flags: UInt16 = table.number(entry + 4), let name: UInt32 = table.number(entry + 8),
          let following: UInt32 = table.number(entry + 12)
        else { throw .malformed(what: "version needs") }
        if flags & 2 == 0 { versionNeeds.append(VersionNeed(library: library, version: try text(name))) }
        guard versionNeeds.count <= 4096 else { throw .malformed(what: "more than 4096 version needs") }
        guard following != 0 else { break }
        entry += Int(following)
      }
      guard next != 0 else { break }
      offset += Int(next)
    }
  }

  private mutating func readVersions(
    _ image: ELFImage, _ text: (UInt32) throws(ELFFault) -> String
  ) throws(ELFFault) {
    guard let count = image.value(ELFImage.Tag.versionDefinitionCount) else { return }
    let table = ByteTable(bytes: try ELFSymbols.table(ELFImage.Tag.versionDefinitions, type: 0x6fff_fffd, image))
    guard count <= 4096 else { throw .malformed(what: "\(count) version definitions") }
    var offset = 0
    for _ in 0..<count {
      guard let first: UInt32 = table.number(offset + 12), let next: UInt32 = table.number(offset + 16),
        let name: UInt32 = table.number(offset + Int(first))
      else { throw .malformed(what: "version definitions") }
      versions.insert(try text(name))
      guard next != 0 else { break }
      offset += Int(next)
    }
  }
}
