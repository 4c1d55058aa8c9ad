/// Cuts secrets out of a stream of bytes, also where one is torn between two pieces.
struct Redactor {
  /// What stands in the place of a secret.
  static let mark = Array("(redacted)".utf8)

  private let patterns: [SecretPattern]
  /// Whether a pattern may begin with a byte.
  private let mayBegin: [Bool]
  /// The end of what came in, that may be the beginning of a secret.
  private var held: [UInt8] = []
  /// How many bytes at the start of `held` belong to a secret that was cut out already.
  private var covered = 0

  /// Looks for these secrets; empty ones are none.
  init(_ secrets: some Sequence<String>) {
    patterns = Set(secrets).flatMap(SecretPattern.all)
    var mayBegin = Array(repeating: false, count: 256)
    for byte in patterns.flatMap(\.firstBytes) {
      mayBegin[Int(byte)] = true
      if (97...122).contains(byte) { mayBegin[Int(byte) - 32] = true }
    }
    self.mayBegin = mayBegin
  }

  /// Takes the next piece and passes on what is surely no secret, if there is any.
  mutating func feed(_ piece: UnsafeRawBufferPointer, _ pass: (UnsafeRawBufferPointer) -> Void) {
    guard !patterns.isEmpty else {
      if !piece.isEmpty { pass(piece) }
      return
    }
    held += piece
    passOn(isLast: false, pass)
  }

  /// Passes on what was held back: no more comes.
  mutating func finish(_ pass: (UnsafeRawBufferPointer) -> Void) { passOn(isLast: true, pass) }

  /// A whole text without secrets.
  func cleaned(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var copy = self
    var clean: [UInt8] = []
    copy.feed(text) { clean += $0 }
    copy.finish { clean += $0 }
    return clean
  }

  private mutating func passOn(isLast: Bool, _ pass: (UnsafeRawBufferPointer) -> Void) {
    var clean: [UInt8] = []
    var place = 0
    scan: while place < held.count {
      if mayBegin[Int(held[place])] {
        var longest = 0
        for pattern in patterns {
          switch pattern.match(held, at: place) {
          case .no: break
          case .yes(let length): longest = max(longest, length)
          case .cut: if !isLast { break scan }
          }
        }
        if longest > 0 {
          if place >= covered { clean += Redactor.mark }
          covered = max(covered, place + longest)
        }
      }
      if place >= covered { clean.append(held[place]) }
      place += 1
    }
    held.removeFirst(place)
    covered = max(0, covered - place)
    if !clean.isEmpty { clean.withUnsafeBytes(pass) }
  }
}
