import Indicators

/// What the document says a scan comes to.
struct ScanMustGive {
  /// For each column the sum and the number of defined cells.
  var columns: [(column: ScanColumn, sum: Double, cells: Int)]
  var ranked: Int
  var firstTen: [Int]
  /// Half a unit of the sums' last printed decimal.
  var printed: Double

  /// After the history (WORKLOAD.md, section 3).
  static let history = ScanMustGive(
    columns: [
      (.rsi2, 62_615_598.5008, 1_259_000), (.rsi14, 62_114_920.1027, 1_253_000),
      (.bollingerZ, -31_037.8368, 1_250_500), (.atr14, 6_574_666.8955, 1_253_000),
      (.sma200, 288_714_402.9456, 1_160_500), (.relativeVolume, 1_250_476.6218, 1_250_500),
    ], ranked: 233, firstTen: [475, 485, 122, 480, 493, 217, 45, 227, 179, 353], printed: 5e-5)

  /// Over the live steps (section 4).
  static let live = ScanMustGive(
    columns: [
      (.rsi2, 6_247_406.464, 126_000), (.rsi14, 6_223_876.372, 126_000), (.bollingerZ, -4_344.441, 126_000),
      (.atr14, 642_616.315, 126_000), (.sma200, 30_558_159.592, 126_000), (.relativeVolume, 126_066.919, 126_000),
    ], ranked: 226, firstTen: [462, 348, 202, 417, 419, 88, 442, 497, 44, 414], printed: 5e-4)

  /// Sums agree to a relative 1e-8, or to what is printed of them where that is less; everything else exactly.
  func claims(_ figures: ScanFigures) -> [Claim] {
    columns.flatMap { column, sum, cells in
      [
        Claim(
          "sum of \(column.documentName)", expected: sum, found: figures.sums[column.rawValue],
          tolerance: max(1e-8 * sum.magnitude, printed * 1.001)),
        Claim("cells of \(column.documentName)", expected: cells, found: figures.cells[column.rawValue]),
      ]
    } + [
      Claim("ranked symbols", expected: ranked, found: figures.ranked),
      Claim("first ten symbols", expected: "\(firstTen)", found: "\(figures.firstTen)"),
    ]
  }
}

extension ScanFigures {
  /// What the document says of w2, beside these figures.
  public var historyClaims: [Claim] { ScanMustGive.history.claims(self) }
  /// What the document says of w3, beside these figures.
  public var liveClaims: [Claim] { ScanMustGive.live.claims(self) }
}

extension ScanColumn {
  /// The document's name of the value.
  public var documentName: String {
    switch self {
    case .rsi2: "rsi2"
    case .rsi14: "rsi14"
    case .bollingerZ: "bbz"
    case .atr14: "atr14"
    case .sma200: "sma200"
    case .relativeVolume: "relvol"
    }
  }
}
