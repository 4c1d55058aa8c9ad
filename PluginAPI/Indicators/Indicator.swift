// How every indicator here works.
//
// * Incremental: a value type; `update` takes the newest input and returns the value as of it, NaN while undefined.
//   State lies in the value itself, windows of more than 64 inputs (and StandardDeviation's) in an array that `init`
//   allocates. `update` never allocates, except once after the value was copied, to make its array its own.
// * Batch: the same `update` in a loop, so batch and incremental agree bit for bit by construction. Mixing is fine:
//   warm up over a span, go on one by one.
// * Inputs are expected finite (the host refuses others at its edge). A NaN or infinity makes a result NaN or infinite,
//   never a plausible number: windows recover as soon as it has left the window, while recursive averages (EMA, MACD,
//   RSI, ATR, ADX) and running totals (OBV, VWAP) stay undefined until made anew or reset.
// * No window keeps a running sum from which it subtracts what leaves. Such sums drift: each step adds a rounding error
//   of the size of the largest sum ever held, for ever. Windows are cut into blocks instead (see ``WindowFold``), every
//   result is made of at most one window of additions, and its error does not depend on how long the series is.

/// An indicator that is fed one number a step.
public protocol SeriesIndicator: Sendable {
  /// What a step gives: a `Double`, or a few of them.
  associatedtype Value: Sendable
  /// Whether enough inputs were seen for the value to be defined.
  var isReady: Bool { get }
  /// Takes the next input and returns the value as of it, NaN while undefined.
  @discardableResult mutating func update(_ input: Double) -> Value
}

extension SeriesIndicator {
  /// Takes a run of inputs and writes the value as of each; goes on from the present state.
  ///
  /// `outputs` must hold at least as many elements as `inputs`; a shorter one traps before anything is written.
  @inlinable public mutating func update(over inputs: Span<Double>, into outputs: inout MutableSpan<Value>) {
    precondition(outputs.count >= inputs.count, "the output span is shorter than the input span")
    for index in inputs.indices { outputs[index] = update(inputs[index]) }
  }

  /// The values over a whole series, starting from a copy of this state; one per input.
  @inlinable public func values(over inputs: [Double]) -> [Value] {
    var state = self
    return inputs.map { state.update($0) }
  }
}

/// An indicator that is fed the high, low and close of a bar a step.
public protocol RangeIndicator: Sendable {
  /// What a step gives: a `Double`, or a few of them.
  associatedtype Value: Sendable
  /// Whether enough bars were seen for the value to be defined.
  var isReady: Bool { get }
  /// Takes the next bar and returns the value as of its close, NaN while undefined.
  @discardableResult mutating func update(high: Double, low: Double, close: Double) -> Value
}

extension RangeIndicator {
  /// Takes a run of bars and writes the value as of each; goes on from the present state.
  ///
  /// The columns must be of equal length and `outputs` at least as long; anything else traps first.
  @inlinable public mutating func update(
    highs: Span<Double>, lows: Span<Double>, closes: Span<Double>, into outputs: inout MutableSpan<Value>
  ) {
    precondition(highs.count == closes.count && lows.count == closes.count, "the input columns differ in length")
    precondition(outputs.count >= closes.count, "the output span is shorter than the input spans")
    for index in closes.indices {
      outputs[index] = update(high: highs[index], low: lows[index], close: closes[index])
    }
  }

  /// The values over whole columns of equal length, starting from a copy of this state; one per bar.
  @inlinable public func values(highs: [Double], lows: [Double], closes: [Double]) -> [Value] {
    precondition(highs.count == closes.count && lows.count == closes.count, "the input columns differ in length")
    var state = self
    return closes.indices.map { state.update(high: highs[$0], low: lows[$0], close: closes[$0]) }
  }
}

/// An indicator that is fed the high, low, close and volume of a bar a step.
public protocol FlowIndicator: Sendable {
  /// What a step gives.
  associatedtype Value: Sendable
  /// Whether enough bars were seen for the value to be defined.
  var isReady: Bool { get }
  /// Takes the next bar and returns the value as of its close, NaN while undefined.
  @discardableResult mutating func update(high: Double, low: Double, close: Double, volume: Double) -> Value
}

extension FlowIndicator {
  /// Takes a run of bars and writes the value as of each; goes on from the present state.
  ///
  /// The columns must be of equal length and `outputs` at least as long; anything else traps first.
  @inlinable public mutating func update(
    highs: Span<Double>, lows: Span<Double>, closes: Span<Double>, volumes: Span<Double>,
    into outputs: inout MutableSpan<Value>
  ) {
    precondition(
      highs.count == closes.count && lows.count == closes.count && volumes.count == closes.count,
      "the input columns differ in length")
    precondition(outputs.count >= closes.count, "the output span is shorter than the input spans")
    for index in closes.indices {
      outputs[index] = update(
        high: highs[index], low: lows[index], close: closes[index], volume: volumes[index])
    }
  }

  /// The values over whole columns of equal length, starting from a copy of this state; one per bar.
  @inlinable public func values(highs: [Double], lows: [Double], closes: [Double], volumes: [Double]) -> [Value] {
    precondition(
      highs.count == closes.count && lows.count == closes.count && volumes.count == closes.count,
      "the input columns differ in length")
    var state = self
    return closes.indices.map {
      state.update(high: highs[$0], low: lows[$0], close: closes[$0], volume: volumes[$0])
    }
  }
}
