import TradingTypes

/// One function that is called for each bar, with what it works on: no existential, no reference counting, no exclusivity
/// check on the way to a plugin.
public struct BarCall {
  /// What a call came to.
  @frozen
  public enum Answer: UInt8, Comparable {
    /// Nothing to take.
    case nothing = 0
    /// Signals, observations or reports wait to be taken.
    case waiting = 1
    /// The plugin has stopped and is not called any more.
    case stopped = 2

    @inlinable public static func < (a: Answer, b: Answer) -> Bool { a.rawValue < b.rawValue }
  }

  /// The bar is a `Bar`; it and the context live until the call returns. Answers a raw ``Answer``.
  public typealias Function = @convention(c) (_ context: UnsafeMutableRawPointer, _ bar: UnsafeRawPointer) -> UInt8

  private let context: UnsafeMutableRawPointer
  private let function: Function

  /// The bar a call was given.
  @inline(__always)
  public static func bar(_ raw: UnsafeRawPointer) -> UnsafePointer<Bar> { raw.assumingMemoryBound(to: Bar.self) }

  /// Makes a call on an object, which its owner keeps alive for as long as it may be called.
  public init(_ object: AnyObject, _ function: Function) {
    context = Unmanaged.passUnretained(object).toOpaque()
    self.function = function
  }

  @inline(__always)
  func callAsFunction(_ bar: UnsafePointer<Bar>) -> Answer {
    let answer = function(context, UnsafeRawPointer(bar))
    return answer == 0 ? .nothing : answer == 1 ? .waiting : .stopped
  }

  /// Calls once for each bar; answers whether something waits.
  @inline(__always)
  func offer(_ bars: UnsafeBufferPointer<Bar>) -> Bool {
    guard let base = bars.baseAddress else { return false }
    var waits = false
    for index in bars.indices where self(base + index) == .waiting { waits = true }
    return waits
  }
}
