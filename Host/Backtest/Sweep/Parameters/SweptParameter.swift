public import TradingTypes

/// A number of a parameter's range, exact to nine decimals.
public struct ParameterNumber: FixedPoint {
  public let nanos: Int64
  public init(nanos: Int64) { self.nanos = nanos }
}

/// A parameter and the values it takes, one after the other.
///
/// `fast=5:50:5` is a range FIRST:LAST:STEP of plain decimals, in which LAST counts if a step meets it; steps are exact.
/// `mode=cross,level` is a list; `fast=20` is one value. A value with a colon or a comma cannot be written.
public struct SweptParameter: Hashable, Sendable {
  /// The option's name.
  public let name: String
  private let values: Values

  private enum Values: Hashable, Sendable {
    case list([String])
    case range(first: ParameterNumber, step: ParameterNumber, count: Int)
  }

  /// How many values it takes, at least one.
  public var count: Int {
    switch values {
    case .list(let texts): texts.count
    case .range(_, _, let count): count
    }
  }

  /// The value at a place below ``count``; a number of a range is written without trailing zeros.
  public subscript(index: Int) -> String {
    switch values {
    case .list(let texts): return texts[index]
    case .range(let first, let step, let count):
      precondition(index >= 0 && index < count, "no value \(index) of \(count)")
      // It fits, because the last one does; the distance from the first may not.
      return ParameterNumber(nanos: Int64(Int128(first.nanos) + Int128(index) * Int128(step.nanos))).description
    }
  }

  /// The places whose values tell whether all values are allowed: all of a list; of a range the first two, which tell
  /// whether the steps are, and the last.
  public var tellingPlaces: [Int] {
    switch values {
    case .list(let texts): Array(texts.indices)
    case .range(_, _, let count): count <= 3 ? Array(0..<count) : [0, 1, count - 1]
    }
  }

  /// Reads `name=values`.
  ///
  /// - Throws: a fault `bad_parameter` that quotes the text.
  public init(_ text: String) throws(SweepFault) {
    func fault(_ message: String, _ expected: String, _ found: String, _ remedy: String) -> SweepFault {
      SweepFault(
        code: "bad_parameter", message, at: "--param \(text)", expected: expected, found: found, remedy: remedy)
    }
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw fault(
        "a parameter without a name and a value", "NAME=VALUES", text.isEmpty ? "nothing" : text,
        "write for example fast=5:50:5")
    }
    name = String(text[..<equals])
    let list = text[text.index(after: equals)...]
    guard list.contains(":") else {
      let texts = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !texts.contains("") else {
        throw fault(
          "an empty value", "values between commas", list.isEmpty ? "nothing" : String(list),
          "write for example \(name)=5,10,20")
      }
      var seen: Set<String> = []
      if let twice = texts.first(where: { !seen.insert($0).inserted }) {
        throw fault("a value is listed twice", "each value once", twice, "leave one \(twice) out")
      }
      values = .list(texts)
      return
    }
    let parts = list.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { ParameterNumber($0) }
    guard parts.count == 3, numbers.count == 3 else {
      throw fault(
        "not a range", "FIRST:LAST:STEP, three plain decimals", String(list), "write for example \(name)=5:50:5")
    }
    let (first, last, step) = (numbers[0], numbers[1], numbers[2])
    guard step > .zero else {
      throw fault("a step that leads nowhere", "a step above 0", "\(step)", "write for example \(name)=5:50:5")
    }
    guard first <= last else {
      throw fault(
        "a range that ends before it begins", "FIRST of at most LAST", String(list),
        "write \(name)=\(last):\(first):\(step)")
    }
    let steps = (Int128(last.nanos) - Int128(first.nanos)) / Int128(step.nanos)
    guard let count = Int(exactly: steps + 1) else { throw .tooMany("more than \(Int.max)", at: "--param \(text)") }
    values = .range(first: first, step: step, count: count)
  }
}

extension SweepFault {
  static func tooMany(_ found: String, at place: String) -> SweepFault {
    SweepFault(
      code: "too_many_trials", "too many combinations of parameters", at: place,
      expected: "at most \(SweepPlan.largest) trials", found: found,
      remedy: "take wider steps, or draw some of them with --random N")
  }
}
