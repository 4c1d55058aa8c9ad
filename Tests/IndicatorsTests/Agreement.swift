import Testing

/// How far two columns differ: the worst cell, and whether they are undefined at the same cells.
struct Agreement: CustomStringConvertible {
  var worstRelative = 0.0
  var worstAbsolute = 0.0
  var worstIndex: Int?
  var compared = 0
  /// Cells where one is undefined and the other is not, or where either is infinite.
  var mismatches: [Int] = []

  init(_ found: [Double], _ expected: [Double]) {
    for (index, (a, b)) in zip(found, expected).enumerated() {
      guard a.isNaN == b.isNaN, !a.isInfinite, !b.isInfinite else {
        mismatches.append(index)
        continue
      }
      guard !b.isNaN else { continue }
      compared += 1
      let absolute = abs(a - b)
      let relative = absolute == 0 ? 0 : absolute / max(abs(a), abs(b))
      worstAbsolute = max(worstAbsolute, absolute)
      if relative > worstRelative { (worstRelative, worstIndex) = (relative, index) }
    }
    if found.count != expected.count { mismatches.append(min(found.count, expected.count)) }
  }

  var description: String {
    """
    \(compared) cells, worst relative \(worstRelative) at \(worstIndex.map(String.init) ?? "-"), absolute \
    \(worstAbsolute), \(mismatches.count) mismatches \(mismatches.prefix(3))
    """
  }
}

/// Whether two columns are the same bits, undefined cells included.
func identical(_ a: [Double], _ b: [Double]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0.isNaN && $1.isNaN || $0.bitPattern == $1.bitPattern }
}
