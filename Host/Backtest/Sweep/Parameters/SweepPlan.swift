/// A parameter set to a value.
public struct ParameterSetting: Hashable, Sendable {
  /// The option's name.
  public var name: String
  /// The value as it would be written on the command line.
  public var value: String

  /// Makes a setting.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Which combinations of parameters are tried, and in what order.
public struct SweepPlan: Sendable {
  /// How many trials a sweep may have.
  public static let largest = 1_000_000

  /// The parameters in the order they were named.
  public let parameters: [SweptParameter]
  /// How many combinations there are, also where only some are drawn.
  public let combinations: Int
  /// How many are tried.
  public var trials: Int { drawn?.count ?? combinations }
  /// The numbers of the combinations drawn, ascending; `nil` for all.
  private let drawn: [Int]?

  /// Takes every combination. In their order the last parameter changes fastest, as digits of a number do.
  public init(grid parameters: [SweptParameter]) throws(SweepFault) {
    try self.init(parameters, drawn: nil)
  }

  /// Draws combinations at random, each at most once; all of them when there are no more than that.
  ///
  /// The draw is R. W. Floyd's (J. Bentley and B. Floyd, "A Sample of Brilliance", Communications of the ACM 30, 1987)
  /// with SplitMix64 from the seed, so it depends on nothing else. They are tried in the order of the grid.
  ///
  /// - Parameters:
  ///   - parameters: the parameters.
  ///   - count: how many to draw, from 1.
  ///   - seed: another seed draws others.
  public init(drawing count: Int, seed: UInt64, from parameters: [SweptParameter]) throws(SweepFault) {
    let all = try Self.combinations(parameters)
    guard count >= 1, count <= Self.largest else {
      throw SweepFault(
        code: "too_many_trials", "a number of trials that cannot be", at: "--random \(count)",
        expected: "from 1 to \(Self.largest)", found: "\(count)", remedy: "write for example --random 200")
    }
    guard count < all else {
      try self.init(parameters, drawn: nil)
      return
    }
    var generator = SplitMix64(seed: seed)
    var chosen: Set<Int> = []
    for top in all - count..<all {
      let draw = Int(generator.below(UInt64(top) + 1))
      chosen.insert(chosen.contains(draw) ? top : draw)
    }
    try self.init(parameters, drawn: chosen.sorted())
  }

  private init(_ parameters: [SweptParameter], drawn: [Int]?) throws(SweepFault) {
    self.parameters = parameters
    self.drawn = drawn
    combinations = try Self.combinations(parameters)
    guard trials <= Self.largest else { throw .tooMany("\(trials)", at: "--param") }
  }

  private static func combinations(_ parameters: [SweptParameter]) throws(SweepFault) -> Int {
    var names: Set<String> = []
    var count = 1
    for parameter in parameters {
      guard names.insert(parameter.name).inserted else {
        throw SweepFault(
          code: "parameter_twice", "a parameter is named twice", at: "--param \(parameter.name)",
          expected: "each parameter once", found: parameter.name, remedy: "put its values into one list or range")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: parameter.count)
      guard !overflow else { throw .tooMany("more than \(Int.max)", at: "--param") }
      count = product
    }
    return count
  }

  /// The settings of a trial below ``trials``, in the order of the parameters.
  public func settings(_ trial: Int) -> [ParameterSetting] {
    precondition(trial >= 0 && trial < trials, "no trial \(trial) of \(trials)")
    var rest = drawn?[trial] ?? trial
    var settings: [ParameterSetting] = []
    for parameter in parameters.reversed() {
      settings.append(ParameterSetting(name: parameter.name, value: parameter[rest % parameter.count]))
      rest /= parameter.count
    }
    return settings.reversed()
  }
}
