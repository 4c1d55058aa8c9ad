import TradingTypes
import WharfABI

/// The time of the road, which in a replay is the time of the data.
public struct HostClock: @unchecked Sendable {
  // Sendable is safe: wharf.clock/1 is tagged [any-thread], and both pointers stay valid until the instance ends.
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_clock>

  /// The present instant.
  public var now: Timestamp { Timestamp(nanoseconds: table.pointee.now(host)) }
}

/// Uniform random numbers that the host records and replays.
public struct RandomSource: RandomNumberGenerator {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_random>

  /// The next 64 uniform bits.
  public mutating func next() -> UInt64 { table.pointee.next(host) }
}
