import BacktestReport
import Runtime
import TradingTypes

/// A source that shows the bars a backtest decides on to the curves of its report as they pass.
final class SampledSource: BarSource {
  private let source: any BarSource
  private let from: Timestamp
  private let endBefore: Timestamp
  private(set) var curves: PriceCurves

  init(_ source: any BarSource, instruments: Int, from: Timestamp, endBefore: Timestamp) {
    self.source = source
    self.from = from
    self.endBefore = endBefore
    curves = PriceCurves(instruments: instruments)
  }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) throws -> Int {
    let count = try source.read(into: buffer)
    for bar in buffer[..<count] where bar.start >= from && bar.start < endBefore { curves.add(bar) }
    return count
  }
}
