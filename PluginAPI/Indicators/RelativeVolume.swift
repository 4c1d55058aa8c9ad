/// Which volumes a relative volume is measured against.
public enum VolumeBaseline: Sendable {
  /// The mean of the `period` volumes before the present one.
  case before
  /// The mean of the last `period` volumes, the present one included.
  case including
}

/// The volume as a multiple of the mean volume.
///
/// Defined from input `period` (against the volumes before) or `period` - 1 (including the present one), from 0. Where
/// the mean is 0 it cannot be computed and is NaN, or infinite if only the present volume is not 0.
@frozen
public struct RelativeVolume: SeriesIndicator {
  /// What the volume is measured against.
  public let baseline: VolumeBaseline
  @usableFromInline var average: SMA
  /// The mean of the volumes before the next input, NaN until there are enough.
  @usableFromInline var mean = Double.nan

  /// Makes a relative volume without inputs; `period` must be positive.
  public init(period: Int = 20, baseline: VolumeBaseline) {
    average = SMA(period: period)
    self.baseline = baseline
  }

  /// The number of volumes in the mean.
  @inlinable public var period: Int { average.period }
  /// Whether the last update had a full mean to measure against.
  public private(set) var isReady = false

  /// Takes the next volume and returns it as a multiple of the mean, NaN until that is full.
  @discardableResult public mutating func update(_ input: Double) -> Double {
    let before = mean
    isReady = baseline == .before && average.isReady
    mean = average.update(input)
    guard baseline == .including else { return input / before }
    isReady = average.isReady
    return input / mean
  }
}
