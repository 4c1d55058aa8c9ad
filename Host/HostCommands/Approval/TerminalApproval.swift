import CommandLineKit
import Runtime
import TradingCore
import TradingTypes

/// Asks at the terminal. The replayed market waits while a person decides; once a question ran out unanswered, later
/// ones do not wait until a key is pressed.
final class TerminalApproval: ApprovalPort {
  private enum Mode { case asking, away, restYes, restNo }

  private let reader: LineReader
  private let write: (String) -> Void
  private let timeoutSeconds: Int64
  private let policy: String
  private let dropsEarlierInput: Bool
  private var mode = Mode.asking
  private var inputEnded = false
  /// What this process has asked about; the others were asked about in an earlier life, without an answer.
  private var asked: Set<SignalNumber> = []

  init(
    reader: LineReader, timeoutSeconds: Int64, policy: String, dropsEarlierInput: Bool = true,
    write: @escaping (String) -> Void
  ) {
    self.dropsEarlierInput = dropsEarlierInput
    self.reader = reader
    self.timeoutSeconds = timeoutSeconds
    self.policy = policy
    self.write = write
  }

  func ask(_ questions: [Question], now: Timestamp) -> Answers {
    asked.formUnion(questions.map(\.signal))
    switch mode {
    case .restYes: return yes(questions)
    case .restNo: return no(questions)
    case .away:
      if !inputEnded, reader.hasInput() {
        mode = .asking
        return converse(questions, now)
      }
      write(PromptText.question(questions, now: now, timeoutSeconds: 0, policy: policy) + "(nobody there)\n")
      return timedOut(questions)
    case .asking: return converse(questions, now)
    }
  }

  func poll(_ open: [Question], now: Timestamp) -> Answers {
    if mode != .away {
      let forgotten = open.filter { !asked.contains($0.signal) }
      return forgotten.isEmpty ? Answers() : ask(forgotten, now: now)
    }
    guard !inputEnded, reader.hasInput() else { return Answers() }
    mode = .asking
    return converse(open, now)
  }

  private func converse(_ questions: [Question], _ now: Timestamp) -> Answers {
    // What was typed before the question was on the screen is no answer to it.
    if dropsEarlierInput { reader.discardInput() }
    write(PromptText.question(questions, now: now, timeoutSeconds: timeoutSeconds, policy: policy))
    while true {
      switch reader.next(timeout: UInt64(timeoutSeconds) * 1_000_000_000) {
      case .line(let line):
        let answer = PromptAnswer(line, count: questions.count)
        guard case .again(let why) = answer else { return act(answer, questions) }
        write("\(why)\n> ")
      case .invalidUTF8: write("that line is not UTF-8 text\n> ")
      case .tooLong(let limit): write("a line may have \(limit) bytes at most\n> ")
      case .timedOut:
        write("\nno answer in \(timeoutSeconds) s: \(policy); press Enter to be asked again\n")
        mode = .away
        return timedOut(questions)
      case .interrupted:
        // The process is told to stop: the question stays open and is asked again when the session goes on.
        write("\n")
        asked.subtract(questions.map(\.signal))
        return Answers()
      case .endOfFile, .failed:
        write("\nthe input has ended: \(policy)\n")
        inputEnded = true
        mode = .away
        return timedOut(questions)
      }
    }
  }

  private func act(_ answer: PromptAnswer, _ questions: [Question]) -> Answers {
    switch answer {
    case .all: return yes(questions)
    case .none, .again: return no(questions)
    case .restYes:
      mode = .restYes
      return yes(questions)
    case .restNo:
      mode = .restNo
      return no(questions)
    case .stopEntries:
      var answers = no(questions)
      answers.events.append(.command(.stopEntries))
      return answers
    case .end:
      var answers = no(questions)
      answers.events.append(.command(.endSession))
      return answers
    case .approve(let places):
      let approved = places.map { questions[$0 - 1].signal }
      let rejected = questions.map(\.signal).filter { !approved.contains($0) }
      return Answers(events: [.approval(approved: approved, rejected: rejected, by: .person)])
    }
  }

  private func yes(_ questions: [Question]) -> Answers {
    Answers(events: [.approval(approved: questions.map(\.signal), rejected: [], by: .person)])
  }

  private func no(_ questions: [Question]) -> Answers {
    Answers(events: [.approval(approved: [], rejected: questions.map(\.signal), by: .person)])
  }

  private func timedOut(_ questions: [Question]) -> Answers {
    return Answers(events: [.approvalTimeout(questions.map(\.signal))])
  }
}

/// Nobody to ask: timeouts pass in market time and the core applies the policy.
final class AbsentApproval: ApprovalPort {
  func ask(_ questions: [Question], now: Timestamp) -> Answers { Answers() }
  func poll(_ open: [Question], now: Timestamp) -> Answers { Answers() }
}
