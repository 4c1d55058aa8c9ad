/// What the headers and the dynamic section of a shared library say; read without loading it. Every offset is checked.
package struct ELFImage {
  /// A part of the file, by name.
  package struct Section: Hashable {
    package var name: ArraySlice<UInt8>
    package var type: UInt32
    package var flags: UInt64
    package var address: UInt64
    package var offset: UInt64
    package var size: UInt64
    package var link: UInt32
    package var entrySize: UInt64
  }

  /// A part of the file that is mapped into memory, or described to the loader.
  package struct Segment: Hashable {
    package var type: UInt32
    package var flags: UInt32
    package var offset: UInt64
    package var address: UInt64
    package var fileSize: UInt64
  }

  package let file: OpenFile
  package let segments: [Segment]
  package let sections: [Section]
  /// The entries of the dynamic section in order.
  package let dynamic: [(tag: Int64, value: UInt64)]

  /// Reads the tables of a shared library.
  package init(_ file: OpenFile) throws(ELFFault) {
    try self.init(executable: file)
    guard !isExecutable else { throw .notSharedLibrary(found: "an executable") }
  }

  /// Reads the tables of a shared library or an executable that can lie anywhere in memory.
  init(executable file: OpenFile) throws(ELFFault) {
    self.file = file
    let header = try ELFImage.header(file)
    segments = try ELFImage.segments(file, header)
    sections = try ELFImage.sections(file, header)
    dynamic = try ELFImage.dynamic(file, segments)
  }

  /// Whether it was linked to be started, not to be loaded.
  var isExecutable: Bool { (value(Tag.flags1) ?? 0) & 0x0800_0000 != 0 }

  /// The first section with this name.
  package func section(_ name: String) -> Section? { sections.first { $0.name.elementsEqual(name.utf8) } }

  /// A section's bytes; refuses one larger than `limit`.
  package func bytes(of section: Section, limit: Int) throws(ELFFault) -> [UInt8] {
    let name = String(decoding: section.name, as: UTF8.self)
    guard section.type != 8 else { throw .malformed(what: "section \(printable(name)) has no content") }
    guard section.size <= limit else {
      throw .malformed(what: "section \(printable(name)) has \(section.size) bytes, more than \(limit)")
    }
    return try ELFImage.read(file, "section \(printable(name))", at: section.offset, count: section.size)
  }

  /// Tags of the dynamic section (System V ABI and GNU).
  enum Tag {
    static let needed: Int64 = 1
    static let strings: Int64 = 5
    static let symbols: Int64 = 6
    static let soname: Int64 = 14
    static let rpath: Int64 = 15
    static let runpath: Int64 = 29
    static let gnuHash: Int64 = 0x6fff_fef5
    static let flags1: Int64 = 0x6fff_fffb
    static let versionDefinitions: Int64 = 0x6fff_fffc
    static let versionDefinitionCount: Int64 = 0x6fff_fffd
    static let versionNeeds: Int64 = 0x6fff_fffe
    static let versionNeedCount: Int64 = 0x6fff_ffff
  }

  /// The value of a tag that stands at most once.
  package func value(_ tag: Int64) -> UInt64? { dynamic.first { $0.tag == tag }?.value }

  /// Where an address of the loaded image lies in the file; `nil` when no segment maps it from the file.
  package func fileOffset(_ address: UInt64) -> UInt64? {
    for segment in segments where segment.type == 1 && address >= segment.address {
      let distance = address - segment.address
      if distance < segment.fileSize { return segment.offset + distance }
    }
    return nil
  }

  /// Whether an address of the loaded image is code.
  package func isCode(_ address: UInt64) -> Bool {
    segments.contains {
      $0.type == 1 && $0.flags & 1 != 0 && address >= $0.address && address - $0.address < $0.fileSize
    }
  }
}
