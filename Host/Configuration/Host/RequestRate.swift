/// How many requests may be made in how much time.
public struct RequestRate: Hashable, Sendable, CustomStringConvertible {
  /// How many, 1 to 100,000.
  public let count: Int
  /// In any stretch of so many whole seconds, 1 to 86,400.
  public let seconds: Int

  /// Makes a rate from its parts; `nil` outside their ranges.
  public init?(count: Int, seconds: Int) {
    guard (1...100_000).contains(count), (1...86_400).contains(seconds) else { return nil }
    self.count = count
    self.seconds = seconds
  }

  /// Reads `120 per 60`; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[1] == "per", let count = RequestRate.number(words[0]),
      let seconds = RequestRate.number(words[2])
    else { return nil }
    self.init(count: count, seconds: seconds)
  }

  /// `120 per 60`.
  public var description: String { "\(count) per \(seconds)" }

  private static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}

/// The rate of one destination, or of one budget of it.
public struct DestinationRate: Hashable, Sendable {
  /// Host name, with `:PORT` where it has one.
  public let destination: String
  /// The budget's name; `nil`: the destination's own.
  public let budget: String?
  /// How many requests in how much time.
  public let rate: RequestRate

  /// Reads `api.example.com 50 per 60` or `api.example.com/orders 50 per 60`; `nil` for any other text.
  public init?(_ text: String) {
    guard let space = text.firstIndex(of: " "), let rate = RequestRate(text[text.index(after: space)...]) else {
      return nil
    }
    let parts = text[..<space].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let destination = parts.first, !destination.isEmpty, parts.last?.isEmpty == false else { return nil }
    self.destination = String(destination)
    budget = parts.count == 2 ? String(parts[1]) : nil
    self.rate = rate
  }
}
