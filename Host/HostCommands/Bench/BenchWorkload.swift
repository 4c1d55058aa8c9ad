/// A workload of the shared performance document.
enum BenchWorkload: String, CaseIterable {
  /// One symbol's backtest.
  case w1
  /// The scan of many symbols.
  case w2
  /// The scan with one new bar a symbol.
  case w3
  /// The parameter sweep.
  case w4
  /// Starting up.
  case w5
  /// Orders.
  case w6
  /// Plugins in processes of their own; not of the document.
  case isolation
}
