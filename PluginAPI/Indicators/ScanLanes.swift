/// Numbers worked on side by side: one `Double`, or several symbols' in a vector.
///
/// The scan is written once over this, so its scalar and vector forms do the same operations in the same order and give
/// the same bits.
protocol ScanLanes {
  /// How many numbers.
  static var lanes: Int { get }
  /// The same number in every lane.
  init(all value: Double)
  /// The numbers that lie at an address.
  init(at address: UnsafePointer<Double>)
  /// Writes the numbers to an address.
  func put(at address: UnsafeMutablePointer<Double>)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  /// `a > b ? a : b` in each lane.
  static func larger(_ a: Self, _ b: Self) -> Self
  /// `a < b ? a : b` in each lane.
  static func smaller(_ a: Self, _ b: Self) -> Self
  /// 0 in the lanes where `a <= b`, else this.
  func zero(where a: Self, notAbove b: Self) -> Self
  /// The square root of each number without its sign. (Of a number that may be negative, the compiler makes a call of
  /// the C library's `sqrt` a lane, for `errno`; of a magnitude, one instruction for all lanes.)
  func rootOfMagnitude() -> Self
}

/// Choices go through a vector's masks: as branches they would be mispredicted every other bar, for half the time of a
/// scan (measured).
extension Double: ScanLanes {
  static var lanes: Int { 1 }
  @inline(__always) init(all value: Double) { self = value }
  @inline(__always) init(at address: UnsafePointer<Double>) { self = address.pointee }
  @inline(__always) func put(at address: UnsafeMutablePointer<Double>) { address.pointee = self }
  @inline(__always) static func larger(_ a: Double, _ b: Double) -> Double {
    SIMD2.larger(SIMD2(all: a), SIMD2(all: b)).x
  }
  @inline(__always) static func smaller(_ a: Double, _ b: Double) -> Double {
    SIMD2.smaller(SIMD2(all: a), SIMD2(all: b)).x
  }
  @inline(__always) func zero(where a: Double, notAbove b: Double) -> Double {
    SIMD2(all: self).zero(where: SIMD2(all: a), notAbove: SIMD2(all: b)).x
  }
  @inline(__always) func rootOfMagnitude() -> Double { magnitude.squareRoot() }
}

extension SIMD2<Double>: ScanLanes {}

extension ScanLanes where Self: SIMD, Scalar == Double {
  static var lanes: Int { scalarCount }
  @inline(__always) init(all value: Double) { self.init(repeating: value) }
  @inline(__always) init(at address: UnsafePointer<Double>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Self.self)
  }
  @inline(__always) func put(at address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: self, as: Self.self)
  }
  @inline(__always) static func larger(_ a: Self, _ b: Self) -> Self { b.replacing(with: a, where: a .> b) }
  @inline(__always) static func smaller(_ a: Self, _ b: Self) -> Self { b.replacing(with: a, where: a .< b) }
  @inline(__always) func zero(where a: Self, notAbove b: Self) -> Self { replacing(with: 0, where: a .<= b) }
  @inline(__always) func rootOfMagnitude() -> Self {
    var magnitudes = self
    for lane in 0..<Self.lanes { magnitudes[lane] = self[lane].magnitude }
    return magnitudes.squareRoot()
  }
}
