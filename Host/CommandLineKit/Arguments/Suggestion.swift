/// The candidate a mistyped word most likely meant: a unique continuation of it, else the one with the fewest typing
/// errors; `nil` when none is near. The first of equals wins.
func suggestion(for word: String, among candidates: [String]) -> String? {
  let typed = Array(word.utf8)
  guard !typed.isEmpty, typed.count <= 40 else { return nil }
  let continuations = candidates.filter { $0.utf8.starts(with: typed) }
  if continuations.count == 1, typed.count > 1 { return continuations[0] }
  var best: (word: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(typed, Array(candidate.utf8))
    let allowed = max(1, min(typed.count, candidate.utf8.count) / 3)
    if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other (the optimal
/// string alignment distance). O(a·b).
func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in 0..<b.count {
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
