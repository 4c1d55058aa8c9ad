import Hashing
import TradingTypes

/// Where one packed block lies in a store file.
struct StoredBlock: Equatable {
  static let byteCount = 24

  var offset: UInt64
  var length: UInt32
  var checksum: UInt32
  /// Start of its first bar, nanoseconds.
  var firstStart: Int64
}

/// Something noticed about the bars of a series when they were stored.
public struct SeriesNotice: Hashable, Sendable {
  /// What was noticed.
  public enum Kind: UInt32, Hashable, Sendable, CaseIterable {
    /// A jump between a close and the next open that looks like a split.
    case split = 1
    /// Bars that are missing between two others.
    case gap = 2
  }

  /// What was noticed.
  public var kind: Kind
  /// Start of the bar before, and of the bar after.
  public var before: Timestamp
  /// Start of the bar after.
  public var after: Timestamp
  /// Of a split: the close before and the open after; else 0.
  public var close: Double
  /// Of a split: the open after; else 0.
  public var open: Double
  /// Of a gap: how many bars are missing; else 1.
  public var count: Int64

  /// Makes a notice from its parts.
  public init(_ kind: Kind, before: Timestamp, after: Timestamp, close: Double = 0, open: Double = 0, count: Int64 = 1)
  {
    self.kind = kind
    self.before = before
    self.after = after
    self.close = close
    self.open = open
    self.count = count
  }
}

/// What a store knows about one symbol's bars, without the bars.
public struct StoredSeries: Hashable, Sendable {
  /// The symbol.
  public var symbol: String
  /// Size of the bars in seconds; 86,400 means daily bars named by session dates.
  public var barSeconds: Int32
  /// How many bars there are.
  public var barCount: Int
  /// Start of the first bar.
  public var firstStart: Timestamp
  /// Start of the last bar.
  public var lastStart: Timestamp
  /// The quantity increment that came with the bars.
  public var step: Quantity?
  /// The currency that came with the bars.
  public var currency: Currency?
  /// BLAKE2b-256 of the packed blocks, one after the other: equal for equal bars.
  public var hash: Digest
  /// The name of the file the bars came from last, without its folder.
  public var source: String
  /// What was noticed when the bars were stored, at most ``noticeLimit`` of each kind.
  public var notices: [SeriesNotice]
  /// How much was noticed in all: jumps that look like splits, gaps, and bars missing in them.
  public var totals: NoticeTotals

  /// How many notices of a kind are kept one by one.
  public static let noticeLimit = 100
}

/// How much was noticed about a series.
public struct NoticeTotals: Hashable, Sendable {
  /// Jumps that look like splits.
  public var splits: Int64 = 0
  /// Places where bars are missing.
  public var gaps: Int64 = 0
  /// Bars that are missing.
  public var missing: Int64 = 0
  /// What was taken as expected when bars were counted as missing.
  public var rule = GapRule.days

  /// Nothing was noticed.
  public init() {}
}
