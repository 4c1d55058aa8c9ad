import CommandLineKit
import Configuration
import Glibc
import Runtime
import TradingCore

/// Who approves in this session, and by which rule.
struct ApprovalSetup {
  /// Who is asked; `nil`: nobody.
  var port: (any ApprovalPort)?
  var rule: CoreConfiguration.Approval
  var isUnattended: Bool

  /// What a person should know afterwards.
  func remarks(_ counters: Counters) -> [String] {
    guard isUnattended, counters.expired > 0 else { return [] }
    return [
      "\(counters.expired) signals expired unanswered, because nobody was there to say yes: run it at a terminal to be "
        + "asked, or answer all prompts with --approve all"
    ]
  }
}

extension RunSetup {
  func makeApproval(_ streams: StandardStreams, isLive: Bool) throws -> ApprovalSetup {
    let approval = configuration.host.approval
    let action = CoreConfiguration.TimeoutAction(rawValue: approval.timeoutAction.value.rawValue) ?? .rejectAll
    let seconds = approval.timeout.value.components.seconds
    if isLive { try guardLive(approval, streams) }
    func rule(marketTime: Bool) -> CoreConfiguration.Approval {
      .ask(timeoutSeconds: seconds, onTimeout: action, marketTime: marketTime)
    }
    if options.approve != .policy {
      return ApprovalSetup(
        port: nil, rule: .fixed(approves: options.approve == .all), isUnattended: false)
    }
    guard isatty(STDIN_FILENO) == 1 else {
      return ApprovalSetup(port: AbsentApproval(), rule: rule(marketTime: true), isUnattended: true)
    }
    let policy =
      action == .approveAll
      ? "they are approved, but those that need a person wait until they expire"
      : "they are rejected, but those that need a person wait until they expire"
    let reader = LineReader(
      descriptor: STDIN_FILENO, interrupt: StopRequest.descriptor, now: systemMonotonicNanoseconds)
    let port = TerminalApproval(reader: reader, timeoutSeconds: seconds, policy: policy) { streams.errors.write($0) }
    return ApprovalSetup(port: port, rule: rule(marketTime: false), isUnattended: false)
  }

  /// Real money: nothing approves by itself unless somebody wrote that down.
  private func guardLive(_ approval: ApprovalConfiguration, _ streams: StandardStreams) throws {
    if options.approve == .all {
      throw CommandFailure(
        code: "refused_live", message: "--approve all is refused on a live account", where: "--approve",
        expected: "policy or none", found: "all", remedy: "approve at the terminal", exitCode: .refused)
    }
    guard approval.timeoutAction.origin.isWrittenByHand else {
      throw CommandFailure(
        code: "timeout_action_not_written", message: "a live account needs the timeout policy written out",
        where: "approval.approval_timeout_action", expected: "reject_all (or approve_all) in the configuration file",
        found: "the built-in default", remedy: "write approval.approval_timeout_action: reject_all",
        exitCode: .refused)
    }
    if approval.timeoutAction.value == .approveAll {
      streams.errors.line(
        "warning: approval.approval_timeout_action is approve_all: unanswered signals are traded with real money")
    }
  }
}
