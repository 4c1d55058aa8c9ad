/// The candidate a writer most likely meant, or `nil` when none is near: equal but for case and dashes, one contained in
/// the other at a word's end, or few letters apart.
func suggestion(for word: String, among candidates: [String]) -> String? {
  guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
  let wanted = normalised(word)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate.utf8.count <= 64 {
    let known = normalised(candidate)
    if known == wanted { return candidate }
    let limit = max(1, max(known.count, wanted.count) / 3)
    guard var distance = editDistance(wanted, known, limit: limit) ?? contained(wanted, known) else { continue }
    if wanted.count <= 2, distance > 0, wanted.first != known.first { distance += 1 }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

private func normalised(_ word: String) -> [UInt8] {
  word.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): UInt8(ascii: "_")
    default: byte
    }
  }
}

/// A large distance when the shorter word is the longer one's first or last words, else `nil`.
private func contained(_ a: [UInt8], _ b: [UInt8]) -> Int? {
  let (short, long) = a.count < b.count ? (a, b) : (b, a)
  guard short.count >= 4, long.count > short.count else { return nil }
  let underscore = UInt8(ascii: "_")
  let isSuffix = long.suffix(short.count).elementsEqual(short) && long[long.count - short.count - 1] == underscore
  let isPrefix = long.starts(with: short) && long[short.count] == underscore
  return isSuffix || isPrefix ? 32 + long.count - short.count : nil
}

/// Insertions, deletions, replacements and swaps of neighbours from one word to the other (optimal string alignment);
/// `nil` above `limit`.
private func editDistance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
  guard abs(a.count - b.count) <= limit else { return nil }
  var twoBack = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var current = previous
  for i in a.indices {
    current[0] = i + 1
    for j in b.indices {
      current[j + 1] = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        current[j + 1] = min(current[j + 1], twoBack[j - 1] + 1)
      }
    }
    (twoBack, previous, current) = (previous, current, twoBack)
  }
  return previous[b.count] <= limit ? previous[b.count] : nil
}
