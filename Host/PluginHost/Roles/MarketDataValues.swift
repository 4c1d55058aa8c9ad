import Hashing
import TradingCore

/// What a market-data source offers.
public struct MarketDataContents: Hashable, Sendable {
  /// Its series in ascending order of symbol; a series' place is its instrument id.
  public var series: [Series]
  /// What changes whenever any bar changes.
  public var fingerprint: Digest

  /// Makes contents from their parts.
  public init(series: [Series], fingerprint: Digest) {
    self.series = series
    self.fingerprint = fingerprint
  }
}

/// Why a market-data source cannot be used.
public enum MarketDataError: Error, Hashable, Sendable {
  /// The source or a wanted symbol does not exist.
  case notFound
  /// The source cannot be used; a fault said why.
  case unusable
  /// The source failed while it was read; the reason is that of the plugin's log.
  case failed(String)
  /// The plugin broke the contract, or declared itself broken.
  case plugin(PluginFault)
}
