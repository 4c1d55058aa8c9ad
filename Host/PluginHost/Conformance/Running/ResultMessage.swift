/// What the process of a test sends: the token it was given before any of the plugin ran, the verdict, and the detail.
/// So that a plugin which writes to every descriptor it finds cannot forge a result by chance; one that searches memory
/// for the token could, and no check of this kind is a wall against that.
struct ResultMessage: Equatable {
  static let tokenLength = 16
  private static let headLength = tokenLength + 5
  /// More than that of a detail is cut.
  static let detailLimit = 16_384
  private static let codes: [Verdict] = [.pass, .warn, .fail, .skip]

  var verdict: Verdict
  var detail: String?

  /// What has arrived so far.
  enum Reading: Equatable {
    /// More is to come.
    case incomplete
    /// All of it is there.
    case complete(ResultMessage)
    /// It is none.
    case garbage
  }

  init(_ outcome: Outcome) {
    verdict = outcome.verdict
    detail = outcome.detail
  }

  private init(verdict: Verdict, detail: String?) {
    self.verdict = verdict
    self.detail = detail
  }

  /// The bytes to send. A crash or a hang is never sent.
  func bytes(token: [UInt8]) -> [UInt8] {
    let text = Array((detail ?? "").utf8.prefix(ResultMessage.detailLimit))
    let length = UInt32(text.count)
    return token + [UInt8(ResultMessage.codes.firstIndex(of: verdict)!)]
      + (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + text
  }

  /// Reads what came from a process that was given a token.
  static func read(_ bytes: [UInt8], token: [UInt8]) -> Reading {
    guard token.starts(with: bytes.prefix(token.count)) else { return .garbage }
    guard bytes.count >= headLength else { return .incomplete }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[tokenLength + 1 + $1]) << ($1 * 8) }
    let code = Int(bytes[tokenLength])
    guard codes.indices.contains(code), length <= detailLimit, bytes.count <= headLength + length else {
      return .garbage
    }
    guard bytes.count == headLength + length else { return .incomplete }
    let text = String(decoding: bytes[headLength...], as: UTF8.self)
    return .complete(ResultMessage(verdict: codes[code], detail: text.isEmpty ? nil : text))
  }
}
