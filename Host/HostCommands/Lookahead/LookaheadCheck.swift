import CommandLineKit
import PluginHost
import TradingCore
import TradingTypes

/// Compares what a plugin answers with and without a future.
struct LookaheadCheck {
  let setup: LookaheadSetup
  let seed: UInt64
  let streams: StandardStreams

  /// One run with an altered future.
  struct Cut {
    var at: Timestamp
    var kind: Alteration.Kind
    /// Answers of the plugin that were compared.
    var answers: Int
    /// Rows of the backtest's decision log that were compared.
    var decisions: Int
    var difference: Difference?
  }

  /// The first answer that is not the same.
  struct Difference {
    /// Which of the two logs it is in.
    enum Log: String { case answer, decision }

    var log: Log
    /// Its place in the log, from 0.
    var index: Int
    var time: Timestamp?
    var symbol: String?
    /// The value that differs; empty where one of the runs has no such answer at all.
    var name: String
    var withFuture: String?
    var withoutFuture: String?
  }

  /// Everything that came out.
  struct Outcome {
    var answers: Int
    var decisions: Int
    /// The second run over the same bars, with its first difference.
    var repetition: Cut
    var cuts: [Cut]

    var isEqual: Bool { repetition.difference == nil && cuts.allSatisfy { $0.difference == nil } }
    var firstDifference: Cut? {
      repetition.difference == nil ? cuts.first { $0.difference != nil } : repetition
    }
  }

  /// Runs the plugin over all bars twice and then twice for each instant. Blocks until all is compared.
  func run(cuts count: Int) throws -> Outcome {
    let errors = streams.errors
    let answers = AnswerLog()
    let walk = AnswerWalk(setup: setup, log: { errors.line($0) })
    guard try !walk.run(setup.timeline.source, into: answers) else {
      throw CommandFailure(
        code: "plugin_stopped", message: "the plugin stopped while the bars were walked",
        where: "plugin \(setup.plugin.identity.id)", expected: "an answer for every bar", found: "a stopped plugin",
        remedy: "read its log above", exitCode: .internalFault)
    }
    let decisions = try backtest(nil, AnswerLog()) { errors.line($0) }
    let instants = setup.timeline.instants.filter { $0 >= setup.decideFrom }
    let chosen = CutInstants(instants: ContiguousArray(instants), seed: seed).chosen(
      count, raised: answers.entries.filter(\.isRaised).map(\.at), late: answers.entries.filter(\.isLate).map(\.at))
    let progress = ProgressReporter(
      capabilities: errors.capabilities, now: systemMonotonicNanoseconds, write: errors.write)
    progress.begin("comparing", total: 2 * chosen.count + 1, unit: "runs")
    defer { progress.finish() }
    let repetition = try compare(nil, answers, decisions)
    progress.advance(to: 1)
    // A plugin that does not repeat itself would differ for that reason alone.
    guard repetition.difference == nil else {
      return Outcome(
        answers: answers.entries.count, decisions: decisions.entries.count, repetition: repetition, cuts: [])
    }
    var cuts: [Cut] = []
    for at in chosen {
      for kind in [Alteration.Kind.cut, .poisoned] {
        cuts.append(try compare(Alteration(kind: kind, at: at, seed: seed), answers, decisions))
        progress.advance(to: cuts.count + 1)
      }
    }
    return Outcome(
      answers: answers.entries.count, decisions: decisions.entries.count, repetition: repetition, cuts: cuts)
  }

  /// Runs again, with an altered future or with none altered, and compares.
  private func compare(_ alteration: Alteration?, _ answers: AnswerLog, _ decisions: AnswerLog) throws -> Cut {
    let bound = alteration?.at ?? .distantFuture
    var cut = Cut(at: bound, kind: alteration?.kind ?? .cut, answers: 0, decisions: 0)
    let again = try walk(alteration, AnswerLog())
    let comparison = answers.compare(with: again, upTo: bound)
    cut.answers = comparison.compared
    if let index = comparison.difference {
      let (with, without) = (wanted(bound, index), wanted(bound, index))
      _ = try walk(nil, with)
      _ = try walk(alteration, without)
      cut.difference = difference(.answer, index, with.content, without.content)
    }
    let traded = try backtest(alteration, AnswerLog()) { _ in }
    let tradedComparison = decisions.compare(with: traded, upTo: bound)
    cut.decisions = tradedComparison.compared
    if let index = tradedComparison.difference, cut.difference == nil {
      let (with, without) = (wanted(bound, index), wanted(bound, index))
      _ = try backtest(nil, with) { _ in }
      _ = try backtest(alteration, without) { _ in }
      cut.difference = difference(.decision, index, with.content, without.content)
    }
    return cut
  }

  private func wanted(_ bound: Timestamp, _ index: Int) -> AnswerLog { AnswerLog(wanted: (bound, index)) }

  private func walk(_ alteration: Alteration?, _ log: AnswerLog) throws -> AnswerLog {
    let source = alteration.map { setup.timeline.source($0) } ?? setup.timeline.source
    _ = try AnswerWalk(setup: setup).run(source, into: log)
    return log
  }

  private func backtest(
    _ alteration: Alteration?, _ log: AnswerLog, _ said: @escaping @Sendable (String) -> Void
  ) throws -> AnswerLog {
    guard let plan = setup.plan else { return log }
    let source = alteration.map { setup.timeline.source($0) } ?? setup.timeline.source
    let wishes = BacktestPlan.Wishes(recorder: DecisionLog(log), keepsTrades: false)
    _ = try plan.run(source, wishes: wishes, log: said)
    return log
  }

  private func difference(
    _ log: Difference.Log, _ index: Int, _ with: AnswerLog.Content?, _ without: AnswerLog.Content?
  ) -> Difference {
    let instrument = with?.instrument ?? without?.instrument
    var difference = Difference(
      log: log, index: index, time: with?.at ?? without?.at,
      symbol: instrument.map { setup.universe.instruments[Int($0.index)].symbol }, name: "",
      withFuture: with.map { "an answer of \($0.at)" }, withoutFuture: without.map { "an answer of \($0.at)" })
    guard let with, let without else { return difference }
    let count = max(with.parts.count, without.parts.count)
    let place = (0..<count).first { place in
      with.parts.dropFirst(place).first != without.parts.dropFirst(place).first
    }
    // Contents that are the same the second time over belong to a plugin that does not repeat itself.
    guard let place else { return difference }
    let (a, b) = (with.parts.dropFirst(place).first, without.parts.dropFirst(place).first)
    difference.name = a?.name ?? b?.name ?? ""
    difference.withFuture = a.map { a?.name == b?.name || b == nil ? $0.text : "\($0.name) \($0.text)" }
    difference.withoutFuture = b.map { a?.name == b?.name || a == nil ? $0.text : "\($0.name) \($0.text)" }
    return difference
  }
}
