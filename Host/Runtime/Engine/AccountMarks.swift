import TradingCore
import TradingTypes

/// Gathers marks of the account and hands them on many at a time.
struct AccountMarks {
  private let observer: (any AccountObserver)?
  private var marks: ContiguousArray<AccountMark> = []
  /// How many are handed on at once: they stay in the processor's cache.
  private static let capacity = 512

  init(_ observer: (any AccountObserver)?) {
    self.observer = observer
    if observer != nil { marks.reserveCapacity(AccountMarks.capacity) }
  }

  /// Whether anybody looks.
  var areWanted: Bool { observer != nil }

  /// Takes a mark; throws what the observer throws.
  mutating func append(_ mark: AccountMark) throws {
    marks.append(mark)
    if marks.count == AccountMarks.capacity { try handOut() }
  }

  /// Hands on what was gathered.
  mutating func handOut() throws {
    guard let observer, !marks.isEmpty else { return }
    try marks.withUnsafeBufferPointer { try observer.take($0) }
    marks.removeAll(keepingCapacity: true)
  }
}
