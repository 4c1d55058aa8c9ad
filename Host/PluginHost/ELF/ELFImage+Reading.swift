extension ELFImage {
  /// Where the header says the tables are.
  struct Header {
    var segmentOffset: UInt64
    var segmentCount: Int
    var sectionOffset: UInt64
    var sectionCount: Int
    var sectionNames: Int
  }

  static func header(_ file: OpenFile) throws(ELFFault) -> Header {
    guard let magic = file.bytes(at: 0, count: 4), magic == [0x7f, 0x45, 0x4c, 0x46] else { throw .notELF }
    let table = ByteTable(bytes: try read(file, "header", at: 0, count: 64))
    func field<Number: FixedWidthInteger>(_ offset: Int) throws(ELFFault) -> Number {
      guard let value = table.number(offset, as: Number.self) else { throw .malformed(what: "header") }
      return value
    }
    guard table.bytes[4] == 2 else {
      guard table.bytes[4] == 1 else { throw .malformed(what: "header has class \(table.bytes[4])") }
      throw .wrongMachine(found: "a 32-bit machine")
    }
    guard table.bytes[5] == 1 else { throw .wrongMachine(found: "a big-endian machine") }
    let machine: UInt16 = try field(18)
    guard machine == HostMachine.code else { throw .wrongMachine(found: HostMachine.name(of: machine)) }
    let type: UInt16 = try field(16)
    guard type == 3 else { throw .notSharedLibrary(found: typeName(type)) }
    let (segmentSize, sectionSize): (UInt16, UInt16) = (try field(54), try field(58))
    let (segmentCount, sectionCount): (UInt16, UInt16) = (try field(56), try field(60))
    guard segmentCount > 0, segmentCount <= 1024, segmentSize == 56 else {
      throw .malformed(what: "\(segmentCount) program headers of \(segmentSize) bytes")
    }
    guard sectionCount == 0 || sectionSize == 64 else {
      throw .malformed(what: "\(sectionCount) section headers of \(sectionSize) bytes")
    }
    let names: UInt16 = try field(62)
    return Header(
      segmentOffset: try field(32), segmentCount: Int(segmentCount), sectionOffset: try field(40),
      sectionCount: Int(sectionCount), sectionNames: Int(names))
  }

  static func segments(_ file: OpenFile, _ header: Header) throws(ELFFault) -> [Segment] {
    let bytes = try read(
      file, "program header table", at: header.segmentOffset, count: UInt64(header.segmentCount * 56))
    let table = ByteTable(bytes: bytes)
    var segments: [Segment] = []
    for start in stride(from: 0, to: bytes.count, by: 56) {
      guard let type: UInt32 = table.number(start), let flags: UInt32 = table.number(start + 4),
        let offset: UInt64 = table.number(start + 8), let address: UInt64 = table.number(start + 16),
        let fileSize: UInt64 = table.number(start + 32)
      else { throw .malformed(what: "program header table") }
      let segment = Segment(type: type, flags: flags, offset: offset, address: address, fileSize: fileSize)
      if type == 1 || type == 2 { try checkInside(file, "a segment", offset, fileSize) }
      segments.append(segment)
    }
    return segments
  }

  static func sections(_ file: OpenFile, _ header: Header) throws(ELFFault) -> [Section] {
    guard header.sectionOffset != 0, header.sectionCount > 0 else { return [] }
    let bytes = try read(
      file, "section header table", at: header.sectionOffset, count: UInt64(header.sectionCount * 64))
    let table = ByteTable(bytes: bytes)
    var raw: [(name: UInt32, section: Section)] = []
    for start in stride(from: 0, to: bytes.count, by: 64) {
      guard let name: UInt32 = table.number(start), let type: UInt32 = table.number(start + 4),
        let flags: UInt64 = table.number(start + 8), let address: UInt64 = table.number(start + 16),
        let offset: UInt64 = table.number(start + 24),
        let size: UInt64 = table.number(start + 32), let link: UInt32 = table.number(start + 40),
        let entrySize: UInt64 = table.number(start + 56)
      else { throw .malformed(what: "section header table") }
      raw.append(
        (
          name,
          Section(
            name: [], type: type, flags: flags, address: address, offset: offset, size: size, link: link,
            entrySize: entrySize)
        ))
    }
    guard header.sectionNames < raw.count else { throw .malformed(what: "section names are in no section") }
    let strings = raw[header.sectionNames].section
    guard strings.size <= 1 << 20 else { throw .malformed(what: "section names of \(strings.size) bytes") }
    let names = ByteTable(bytes: try read(file, "section names", at: strings.offset, count: strings.size))
    return try raw.map { entry throws(ELFFault) in
      var section = entry.section
      guard section.type == 0 || names.count > 0, let name = section.type == 0 ? [] : names.text(entry.name) else {
        throw .malformed(what: "a section's name lies outside the table")
      }
      section.name = name
      return section
    }
  }

  static func dynamic(_ file: OpenFile, _ segments: [Segment]) throws(ELFFault) -> [(tag: Int64, value: UInt64)] {
    guard let segment = segments.first(where: { $0.type == 2 }) else {
      throw .malformed(what: "no dynamic section")
    }
    guard segment.fileSize <= 1 << 16 else { throw .malformed(what: "dynamic section of \(segment.fileSize) bytes") }
    let table = ByteTable(bytes: try read(file, "dynamic section", at: segment.offset, count: segment.fileSize))
    var entries: [(tag: Int64, value: UInt64)] = []
    var offset = 0
    while let tag: Int64 = table.number(offset), let value: UInt64 = table.number(offset + 8) {
      if tag == 0 { return entries }
      entries.append((tag, value))
      offset += 16
    }
    throw .malformed(what: "dynamic section without an end")
  }

  /// Bytes of the file, or the fault that says what they would have been.
  static func read(_ file: OpenFile, _ what: String, at offset: UInt64, count: UInt64) throws(ELFFault) -> [UInt8] {
    try checkInside(file, what, offset, count)
    guard let bytes = file.bytes(at: offset, count: Int(count)) else {
      throw .truncated(what: what, end: offset + count, size: file.identity.size)
    }
    return bytes
  }

  private static func checkInside(
    _ file: OpenFile, _ what: String, _ offset: UInt64, _ count: UInt64
  ) throws(ELFFault) {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard !overflow, end <= UInt64(file.identity.size) else {
      throw .truncated(what: what, end: overflow ? .max : end, size: file.identity.size)
    }
  }

  private static func typeName(_ type: UInt16) -> String {
    switch type {
    case 1: "an object file"
    case 2: "an executable"
    case 4: "a core dump"
    default: "type \(type)"
    }
  }
}
