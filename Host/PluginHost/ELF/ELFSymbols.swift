/// The dynamic symbols of a shared library: what it offers to others and what it needs from them.
package struct ELFSymbols {
  /// One symbol.
  package struct Symbol {
    package var name: ArraySlice<UInt8>
    package var isWeak: Bool
    package var isFunction: Bool
    /// Where it lies in the loaded image; `nil` when it must come from another library.
    package var address: UInt64?
    /// Whether other libraries see it.
    package var isVisible: Bool
  }

  private let symbols: ByteTable
  private let names: ByteTable
  private let hash: GNUHash?
  static let limit = 1 << 26

  /// Reads the tables that the loader would read. The section headers must describe the same ones.
  package init(_ image: ELFImage) throws(ELFFault) {
    symbols = ByteTable(bytes: try ELFSymbols.table(ELFImage.Tag.symbols, type: 11, image))
    names = ByteTable(bytes: try ELFSymbols.table(ELFImage.Tag.strings, type: 3, image))
    guard let address = image.value(ELFImage.Tag.gnuHash) else {
      hash = nil
      return
    }
    guard let section = image.sections.first(where: { $0.address == address && $0.type == 0x6fff_fff6 }) else {
      throw .malformed(what: "the section headers do not know the symbol hash table")
    }
    hash = GNUHash(ByteTable(bytes: try image.bytes(of: section, limit: ELFSymbols.limit)))
  }

  /// How many symbols there are, the unused first one included.
  package var count: Int { symbols.count / 24 }

  /// The symbol at an index.
  package func symbol(_ index: Int) throws(ELFFault) -> Symbol {
    let start = index * 24
    guard let nameOffset: UInt32 = symbols.number(start), let info: UInt8 = symbols.number(start + 4),
      let other: UInt8 = symbols.number(start + 5), let section: UInt16 = symbols.number(start + 6),
      let value: UInt64 = symbols.number(start + 8)
    else { throw .malformed(what: "symbol \(index) lies outside the table") }
    guard let name = names.text(nameOffset) else { throw .malformed(what: "the name of symbol \(index)") }
    let (binding, kind, visibility) = (info >> 4, info & 15, other & 3)
    return Symbol(
      name: name, isWeak: binding == 2, isFunction: kind == 2, address: section == 0 ? nil : value,
      isVisible: (binding == 1 || binding == 2 || binding == 10) && (visibility == 0 || visibility == 3))
  }

  /// The names that must be found elsewhere for the library to load; weak ones may stay without a definition.
  package func needed() throws(ELFFault) -> [[UInt8]] {
    var found: [[UInt8]] = []
    try forEach { symbol throws(ELFFault) in
      guard symbol.address == nil, !symbol.isWeak, !symbol.name.isEmpty else { return }
      found.append(Array(symbol.name))
      guard found.count <= 1 << 16 else { throw .malformed(what: "more than \(1 << 16) symbols are needed") }
    }
    return found
  }

  /// The symbol other libraries find under a name.
  package func exported(_ name: [UInt8]) throws(ELFFault) -> Symbol? {
    var found: Symbol?
    func look(_ symbol: Symbol) {
      if symbol.address != nil, symbol.isVisible, symbol.name.elementsEqual(name) { found = found ?? symbol }
    }
    if let candidates = hash?.candidates(name) {
      for index in candidates { look(try symbol(index)) }
    } else {
      try forEach { symbol throws(ELFFault) in look(symbol) }
    }
    return found
  }

  /// Every name other libraries can find.
  package func exports() throws(ELFFault) -> [[UInt8]] {
    var found: [[UInt8]] = []
    try forEach { symbol throws(ELFFault) in
      if symbol.address != nil, symbol.isVisible { found.append(Array(symbol.name)) }
    }
    return found
  }

  /// Visits all symbols; refuses tables made to keep a reader busy.
  private func forEach(_ body: (Symbol) throws(ELFFault) -> Void) throws(ELFFault) {
    guard count <= 1 << 20 else { throw .malformed(what: "\(count) symbols") }
    var length = 0
    for index in stride(from: 1, to: count, by: 1) {
      let symbol = try symbol(index)
      length += symbol.name.count
      guard length <= 1 << 28 else { throw .malformed(what: "the names of its symbols are too long") }
      try body(symbol)
    }
  }

  /// A table the dynamic section points at, with the size its section header gives.
  static func table(_ tag: Int64, type: UInt32, _ image: ELFImage) throws(ELFFault) -> [UInt8] {
    guard let address = image.value(tag) else { return [] }
    guard let section = image.sections.first(where: { $0.address == address && $0.type == type && $0.size > 0 }),
      image.fileOffset(address) == section.offset
    else { throw .malformed(what: "section headers and dynamic section name different tables") }
    return try image.bytes(of: section, limit: limit)
  }
}

/// The hash table by which the loader finds a library's symbols (GNU style).
struct GNUHash {
  private let table: ByteTable
  private let bucketCount: Int
  private let firstSymbol: Int
  private let bloomWords: Int
  private let bloomShift: UInt32

  /// `nil` when the table's head makes no sense; then symbols are looked through one by one.
  init?(_ table: ByteTable) {
    guard let buckets: UInt32 = table.number(0), let first: UInt32 = table.number(4),
      let words: UInt32 = table.number(8), let shift: UInt32 = table.number(12), buckets > 0, words > 0,
      words & (words - 1) == 0, shift < 32, 16 + UInt64(words) * 8 + UInt64(buckets) * 4 <= UInt64(table.count)
    else { return nil }
    self.table = table
    (bucketCount, firstSymbol, bloomWords, bloomShift) = (Int(buckets), Int(first), Int(words), shift)
  }

  /// The indices of the symbols that may have this name.
  func candidates(_ name: [UInt8]) -> [Int] {
    var hash: UInt32 = 5381
    for byte in name { hash = hash &* 33 &+ UInt32(byte) }
    guard let word: UInt64 = table.number(16 + Int(hash / 64) % bloomWords * 8) else { return [] }
    let mask = UInt64(1) << UInt64(hash % 64) | UInt64(1) << UInt64((hash >> bloomShift) % 64)
    guard word & mask == mask else { return [] }
    let buckets = 16 + bloomWords * 8
    let chains = buckets + bucketCount * 4
    guard let start: UInt32 = table.number(buckets + Int(hash) % bucketCount * 4), Int(start) >= firstSymbol else {
      return []
    }
    var index = Int(start)
    var found: [Int] = []
    while let entry: UInt32 = table.number(chains + (index - firstSymbol) * 4) {
      if entry | 1 == hash | 1 { found.append(index) }
      if entry & 1 == 1 || found.count == 4096 || index - Int(start) == 1 << 16 { break }
      index += 1
    }
    return found
  }
}
