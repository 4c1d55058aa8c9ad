import Configuration

/// What one instance may use up of the host.
public struct InstanceLimits: Hashable, Sendable {
  /// Lines that it may log at once.
  public var logBurst = 1000
  /// Lines a second that it may log in the long run.
  public var logPerSecond = 100
  /// Bytes of the keys and values that it may keep.
  public var stateBytes = 256 << 20
  /// Keys that it may keep.
  public var stateKeys = 1_000_000

  /// The limits that hold when nothing is configured.
  public init() {}

  /// The limits of a configuration.
  public init(_ configuration: LimitsConfiguration) {
    logBurst = Int(configuration.logBurst.value)
    logPerSecond = Int(configuration.logPerSecond.value)
    stateBytes = Int(configuration.stateBytes.value)
    stateKeys = Int(configuration.stateKeys.value)
  }
}
