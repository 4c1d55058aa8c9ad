import TradingTypes

/// What was answered in one run, each answer as a fingerprint, so that millions fit in memory.
///
/// Fingerprints can be compared within a process only.
final class AnswerLog {
  /// One answer.
  struct Entry {
    /// The instant it belongs to: nothing later may have a part in it.
    var at: Timestamp
    /// A hash of every value in it.
    var fingerprint: Int
    /// Whether it is one to act on.
    var isRaised: Bool
    /// It was given later than the instant it claims.
    var isLate: Bool
  }

  /// The whole content of one answer.
  struct Content {
    var at: Timestamp
    var instrument: InstrumentID?
    var parts: [NamedPart]
  }

  private(set) var entries: ContiguousArray<Entry> = []
  /// The content that was asked for, once it has come by.
  private(set) var content: Content?
  private let wanted: (bound: Timestamp, index: Int)?
  private var seen = 0

  /// - Parameter wanted: the answer whose content is kept, by its place among those that belong to `bound` or before.
  init(wanted: (bound: Timestamp, index: Int)? = nil) { self.wanted = wanted }

  /// Adds an answer of any kind.
  func add(
    _ value: some Hashable, at: Timestamp, instrument: InstrumentID?, isRaised: Bool = false, isLate: Bool = false
  ) {
    add(fingerprint: value.hashValue, value, at: at, instrument: instrument, isRaised: isRaised, isLate: isLate)
  }

  /// Adds an answer with the hash of its values.
  func add(
    fingerprint: Int, _ value: Any, at: Timestamp, instrument: InstrumentID?, isRaised: Bool = false,
    isLate: Bool = false
  ) {
    entries.append(Entry(at: at, fingerprint: fingerprint, isRaised: isRaised, isLate: isLate))
    guard let wanted, at <= wanted.bound else { return }
    if seen == wanted.index { content = Content(at: at, instrument: instrument, parts: NamedPart.parts(of: value)) }
    seen += 1
  }

  /// How two runs compare up to an instant.
  struct Comparison {
    /// Answers that both gave, or one of them, up to the first difference.
    var compared: Int
    /// The place of the first difference among the answers that belong to the instant or before.
    var difference: Int?
  }

  /// Compares, in order, the answers that belong to `bound` or before.
  func compare(with other: AnswerLog, upTo bound: Timestamp) -> Comparison {
    var (mine, others) = (entries.startIndex, other.entries.startIndex)
    var compared = 0
    while true {
      let a = entries.next(&mine, upTo: bound)
      let b = other.entries.next(&others, upTo: bound)
      if a == nil && b == nil { return Comparison(compared: compared, difference: nil) }
      compared += 1
      guard let a, let b, a.at == b.at, a.fingerprint == b.fingerprint else {
        return Comparison(compared: compared, difference: compared - 1)
      }
    }
  }
}

extension ContiguousArray<AnswerLog.Entry> {
  /// The next entry that belongs to `bound` or before.
  fileprivate func next(_ place: inout Int, upTo bound: Timestamp) -> AnswerLog.Entry? {
    while place < endIndex {
      defer { place += 1 }
      if self[place].at <= bound { return self[place] }
    }
    return nil
  }
}
