/// How the history is cut for a walk-forward analysis.
///
/// Parameters are chosen in a window and judged in the one that follows it, which they have not seen; then both move on
/// (R. Pardo, "The Evaluation and Optimization of Trading Strategies", 2nd edition, 2008). Written as
///
///     [rolling:|anchored:] IN:OUT     windows of IN and OUT bars; each fold begins OUT bars after the one before
///     [rolling:|anchored:] FOLDS      FOLDS + 1 equal parts; each fold is judged on the part after it
///
/// `rolling` is meant unless said. `anchored` windows all begin with the first bar. The last window out of sample takes
/// the bars that are left, OUT at most.
public struct WalkForwardWindows: Hashable, Sendable {
  /// The two windows of a fold, as numbers of bars.
  public struct Fold: Hashable, Sendable {
    /// Where parameters are chosen.
    public var inSample: Range<Int>
    /// Where the best of them is judged: right after it.
    public var outOfSample: Range<Int>
  }

  private enum Size: Hashable, Sendable {
    case bars(inSample: Int, outOfSample: Int)
    case folds(Int)
  }

  private let text: String
  private let isAnchored: Bool
  private let size: Size

  /// How many folds there may be.
  public static let largest = 1000

  /// Reads the text of `--walk-forward`.
  ///
  /// - Throws: a fault `bad_walk_forward` that quotes it.
  public init(_ text: String) throws(SweepFault) {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isNamed = ["anchored", "rolling"].contains(parts[0])
    isAnchored = parts[0] == "anchored"
    if isNamed { parts.removeFirst() }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part).flatMap { $0 > 0 ? $0 : nil } : nil
    }
    switch (parts.count, numbers.count) {
    case (1, 1): size = .folds(numbers[0])
    case (2, 2): size = .bars(inSample: numbers[0], outOfSample: numbers[1])
    default:
      throw SweepFault(
        code: "bad_walk_forward", "not a walk-forward specification", at: "--walk-forward \(text)",
        expected: "[rolling:|anchored:]IN:OUT in bars, or a number of folds", found: text.isEmpty ? "nothing" : text,
        remedy: "write for example --walk-forward 5 or --walk-forward anchored:1000:250")
    }
    self.text = text
  }

  /// The folds of a history.
  ///
  /// - Parameters:
  ///   - bars: how many bars it has, counted as instants where several symbols have one.
  ///   - trials: how many trials each fold has.
  /// - Throws: a fault `bad_walk_forward` when it is too short for one fold, or has more than ``largest``;
  ///   `too_many_trials` when all folds together have more than a sweep may.
  public func folds(bars: Int, trials: Int = 1) throws(SweepFault) -> [Fold] {
    let folds = try folds(of: bars)
    let (all, overflow) = folds.count.multipliedReportingOverflow(by: trials)
    guard !overflow, all <= SweepPlan.largest else {
      throw .tooMany("\(folds.count) folds of \(trials) trials", at: "--walk-forward \(text)")
    }
    return folds
  }

  private func folds(of bars: Int) throws(SweepFault) -> [Fold] {
    switch size {
    case .folds(let count):
      guard count < bars, count <= Self.largest else {
        throw fault(
          bars: bars, expected: "at most \(min(Self.largest, max(0, bars - 1))) folds", remedy: "take fewer folds")
      }
      func edge(_ part: Int) -> Int { Int(Int128(bars) * Int128(part) / Int128(count + 1)) }
      return (0..<count).map { fold in
        Fold(
          inSample: (isAnchored ? 0 : edge(fold))..<edge(fold + 1), outOfSample: edge(fold + 1)..<edge(fold + 2))
      }
    case .bars(let inSample, let outOfSample):
      guard inSample < bars else {
        throw fault(bars: bars, expected: "an IN of fewer than \(bars) bars", remedy: "take shorter windows")
      }
      let count = (bars - inSample - 1) / outOfSample + 1
      guard count <= Self.largest else {
        throw fault(bars: bars, expected: "at most \(Self.largest) folds", remedy: "take a longer OUT")
      }
      return (0..<count).map { fold in
        let border = inSample + fold * outOfSample
        return Fold(
          inSample: (isAnchored ? 0 : border - inSample)..<border,
          outOfSample: border..<(border + min(outOfSample, bars - border)))
      }
    }
  }

  private func fault(bars: Int, expected: String, remedy: String) -> SweepFault {
    SweepFault(
      code: "bad_walk_forward", "windows that do not fit the data", at: "--walk-forward \(text)", expected: expected,
      found: "\(bars) bars", remedy: remedy)
  }
}
