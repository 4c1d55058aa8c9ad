import CommandLineKit
import Glibc
import Runtime
import Testing
import TradingCore
import TradingTypes

@testable import HostCommands

@Suite struct `The approval prompt` {
  struct Row: CustomTestStringConvertible {
    var line: String
    var answer: PromptAnswer
    var testDescription: String { "\"\(line)\"" }
  }

  static let rows: [Row] = [
    Row(line: "all", answer: .all), Row(line: " YES ", answer: .all), Row(line: "none", answer: .none),
    Row(line: "1", answer: .approve([1])), Row(line: "3,1", answer: .approve([1, 3])),
    Row(line: "1 1 2-3", answer: .approve([1, 2, 3])), Row(line: "rest yes", answer: .restYes),
    Row(line: "rest no", answer: .restNo), Row(line: "stop entries", answer: .stopEntries),
    Row(line: "end", answer: .end), Row(line: "", answer: .again("an empty line approves nothing")),
    Row(line: "   ", answer: .again("an empty line approves nothing")),
    Row(line: "4", answer: .again("there is no signal 4; the numbers are 1 to 3")),
    Row(line: "0", answer: .again("there is no signal 0; the numbers are 1 to 3")),
    Row(line: "3-2", answer: .again("\"3-2\" is neither a number nor one of: \(PromptAnswer.offer)")),
    Row(line: "al", answer: .again("\"al\" is neither a number nor one of: \(PromptAnswer.offer)")),
    Row(line: "-", answer: .again("\"-\" is neither a number nor one of: \(PromptAnswer.offer)")),
    Row(line: "1-2-3", answer: .again("\"1-2-3\" is neither a number nor one of: \(PromptAnswer.offer)")),
  ]

  @Test(arguments: rows) func `a line means what it says, and nothing else approves`(_ row: Row) {
    #expect(PromptAnswer(row.line, count: 3) == row.answer)
  }

  static func question(_ signal: SignalNumber) -> Question {
    let time = Timestamp(nanoseconds: 0)
    let proposal = SignalProposal(
      instrument: InstrumentID(0), verdict: .raised, action: .enterLong, barTime: time, decidedAt: time, close: 10)
    return Question(
      signal: signal, strategy: "test", symbol: "AAA", quantity: Quantity("5")!, proposal: proposal, expiresAt: time)
  }

  /// A prompt whose input is these bytes, then the end of the input.
  static func approval(typed: String) -> (TerminalApproval, close: () -> Void) {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var bytes = Array(typed.utf8)
    _ = write(ends[1], &bytes, bytes.count)
    close(ends[1])
    let reading = ends[0]
    let reader = LineReader(descriptor: reading, now: { 0 })
    let approval = TerminalApproval(
      reader: reader, timeoutSeconds: 120, policy: "they wait", dropsEarlierInput: false, write: { _ in })
    return (approval, { _ = close(reading) })
  }

  @Test func `an empty line asks again and the end of the input approves nothing`() {
    let (approval, close) = Self.approval(typed: "\n\n")
    defer { close() }
    let answers = approval.ask([Self.question(1), Self.question(2)], now: Timestamp(nanoseconds: 0))
    #expect(answers.events == [.approvalTimeout([1, 2])])
    let later = approval.ask([Self.question(3)], now: Timestamp(nanoseconds: 0))
    #expect(later.events == [.approvalTimeout([3])])
  }

  @Test func `a subset approves those and rejects the others`() {
    let (approval, close) = Self.approval(typed: "2\n")
    defer { close() }
    let answers = approval.ask([Self.question(7), Self.question(8), Self.question(9)], now: Timestamp(nanoseconds: 0))
    #expect(answers.events == [.approval(approved: [8], rejected: [7, 9], by: .person)])
  }

  @Test func `the rest yes answers all later questions`() {
    let (approval, close) = Self.approval(typed: "rest yes\n")
    defer { close() }
    _ = approval.ask([Self.question(1)], now: Timestamp(nanoseconds: 0))
    let later = approval.ask([Self.question(2)], now: Timestamp(nanoseconds: 0))
    #expect(later.events == [.approval(approved: [2], rejected: [], by: .person)])
  }

  @Test func `stop entries refuses these and tells the core`() {
    let (approval, close) = Self.approval(typed: "stop\n")
    defer { close() }
    let answers = approval.ask([Self.question(1)], now: Timestamp(nanoseconds: 0))
    #expect(
      answers.events == [.approval(approved: [], rejected: [1], by: .person), .command(.stopEntries)])
  }

  @Test func `end rejects these and ends the session`() {
    let (approval, close) = Self.approval(typed: "end\n")
    defer { close() }
    let answers = approval.ask([Self.question(1)], now: Timestamp(nanoseconds: 0))
    #expect(answers.events == [.approval(approved: [], rejected: [1], by: .person), .command(.endSession)])
  }
}
