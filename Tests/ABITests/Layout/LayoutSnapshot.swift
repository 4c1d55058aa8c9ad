/// The layout of an ABI: an entry for each struct, constant and table, by name.
struct LayoutSnapshot: Equatable {
  /// One thing that never changes once it is published.
  struct Entry: Equatable {
    /// `struct wharf_bar_v1`, `constant WHARF_OK`, `table wharf.log/1`.
    var name: String
    /// What the name stands for, on the same line.
    var value: String
    /// The fields of a struct, in order.
    var lines: [String] = []
  }

  var entries: [Entry] = []

  static let head = """
    # The published ABI on LP64, frozen: nothing that stands here may change or go, new entries join at their places.
    # struct: size and alignment; below it offset, size, name and type of each field. All in bytes.
    # Compared and extended by Tests/ABITests: WHARF_WRITE_LAYOUT=1 swift test --filter ABITests

    """

  /// Reads the form in which it is committed and printed.
  static func read(_ text: String) -> LayoutSnapshot {
    var snapshot = LayoutSnapshot()
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("  ") {
        snapshot.entries[snapshot.entries.count - 1].lines.append(String(line.dropFirst(2)))
      } else {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        snapshot.entries.append(Entry(name: words.prefix(2).joined(separator: " "), value: words.last ?? ""))
      }
    }
    return snapshot
  }

  /// The committed form.
  var text: String {
    LayoutSnapshot.head
      + entries.map { ([$0.name + " " + $0.value] + $0.lines.map { "  " + $0 }).joined(separator: "\n") + "\n" }
      .joined()
  }

  /// What of this, the committed one, is gone or another in a later one; what is new there is no break.
  func breaks(in later: LayoutSnapshot) -> [String] {
    let found = Dictionary(later.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return entries.compactMap { old in
      guard let new = found[old.name] else { return "\(old.name): gone" }
      guard old != new else { return nil }
      guard old.value == new.value else { return "\(old.name): was \(old.value), is \(new.value)" }
      let pairs = zip(old.lines, new.lines).first { $0 != $1 }
      return "\(old.name): was \(pairs?.0 ?? "shorter"), is \(pairs?.1 ?? "longer")"
    }
  }

  /// The names of what is new in a later one.
  func additions(in later: LayoutSnapshot) -> [String] {
    let known = Set(entries.map(\.name))
    return later.entries.map(\.name).filter { !known.contains($0) }
  }
}
