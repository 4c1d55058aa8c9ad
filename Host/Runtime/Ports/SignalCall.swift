import TradingCore

/// The function that hands over a strategy's signals, with what it works on; a plain call, as ``BarCall`` is.
public struct SignalCall {
  /// Puts the signals raised since the last time in place of what is in a `SignalBuffer`, in the order they were raised.
  public typealias Function =
    @convention(c) (_ context: UnsafeMutableRawPointer, _ signals: UnsafeMutableRawPointer) -> Void

  private let context: UnsafeMutableRawPointer
  private let function: Function

  /// The buffer a call was given.
  @inline(__always)
  public static func buffer(_ raw: UnsafeMutableRawPointer) -> UnsafeMutablePointer<SignalBuffer> {
    raw.assumingMemoryBound(to: SignalBuffer.self)
  }

  /// Makes a call on an object, which its owner keeps alive for as long as it may be called.
  public init(_ object: AnyObject, _ function: Function) {
    context = Unmanaged.passUnretained(object).toOpaque()
    self.function = function
  }

  @inline(__always)
  func callAsFunction(into signals: inout SignalBuffer) {
    withUnsafeMutablePointer(to: &signals) { function(context, UnsafeMutableRawPointer($0)) }
  }
}
