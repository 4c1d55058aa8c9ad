import CommandLineKit
import Configuration
import Glibc
import Hashing
import PluginHost
import TradingTypes

/// `host approve-plugin`: shows what a third-party plugin asks for and allows it if a person says so.
enum ApprovePluginCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "approve-plugin", abstract: "Allow a third-party plugin to be used, after showing what it asks for.",
      discussion: [
        "What you allow is this very file, with these permissions; when it changes, you are asked again, and shown what is "
          + "different. Nothing of the plugin runs here. The answer is kept in HOME/plugins.lock.",
        "It runs isolated unless you say otherwise: in a process of its own that can reach neither files nor network. "
          + "--isolation in-process takes that wall away.",
      ],
      arguments: [
        ArgumentSpecification(
          "PLUGIN", help: "The plugin's id, or the path of its file, which need not lie in a plugin folder.")
      ],
      options: [
        .flag("yes", help: "Allow it without asking, as where nobody is at a terminal."),
        OptionSpecification(
          "isolation", value: "WALL", .choice(["isolated", "in-process"]),
          help: "Where it runs: in a process of its own, or with all rights in the host's.", default: "isolated"),
      ],
      examples: ["host approve-plugin my-strategy", "host approve-plugin ./libMine.so --yes --json"])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments, isThorough: true)
    var request = try request(arguments, environment)
    if request.file.isFirstParty {
      request.isApproved = true
      return try show(request, "it came with the host and needs no approval; nothing was changed", streams)
    }
    if request.isUnchanged {
      request.isApproved = true
      return try show(request, "it is approved already; nothing was changed", streams)
    }
    if !arguments.has("yes") {
      streams.errors.write(request.text(for: streams.errors.capabilities))
      try ask(request.manifest.id, streams)
    } else if streams.mode == .text {
      try streams.write(request.text(for: streams.outputCapabilities))
    } else if request.isolation == .inProcess {
      streams.errors.write(ApprovalRequest.warning(streams.errors.style))
    }
    try record(request, environment)
    request.file = try environment.judgedAnew(request.file)
    request.isApproved = true
    if streams.mode == .json { try streams.show(request) }
    let note = "approved: \(request.manifest.id) \(request.manifest.version), \(request.isolation.rawValue)\n"
    if streams.mode == .text { try streams.write(note) }
    return .ok
  }

  private static func show(
    _ request: ApprovalRequest, _ note: String, _ streams: StandardStreams
  ) throws -> ExitCode {
    try streams.show(request)
    if streams.mode == .text { try streams.write("\(request.manifest.id): \(note)\n") }
    return .ok
  }

  /// What there is to allow; a file that cannot be used anyway is refused with its reason.
  private static func request(_ arguments: ParsedArguments, _ environment: HostEnvironment) throws -> ApprovalRequest {
    let name = arguments.argument("PLUGIN") ?? ""
    let (file, isListed) = try environment.file(named: name)
    guard file.problems.isEmpty, let manifest = file.manifest, let digest = file.digest else { throw file.unusable }
    let earlier = environment.policy.lock.grants[manifest.id]
    let changes: [ApprovalChange] = if case .outdated(_, let changes) = file.approval { changes } else { [] }
    let asked = arguments.value("isolation").flatMap(PluginFile.Isolation.init(rawValue:))
    if file.isFirstParty, asked == .isolated {
      throw CommandFailure(
        code: "first_party", message: "plugins that came with the host run in its process", where: "--isolation",
        expected: "a third-party plugin", found: manifest.id, remedy: "leave --isolation out", exitCode: .usage)
    }
    // A wall that was taken down for a file stays down for that file only.
    let kept = changes.isEmpty ? earlier?.isolation : nil
    return ApprovalRequest(
      file: file, manifest: manifest, isolation: file.isFirstParty ? .inProcess : asked ?? kept ?? .isolated,
      earlier: earlier, changes: changes, check: environment.policy.lock.verdict(on: digest), isListed: isListed)
  }

  /// Asks until there is an answer; only the whole word is one that allows, and the end of the input refuses.
  private static func ask(_ id: String, _ streams: StandardStreams) throws {
    let reader = LineReader(descriptor: STDIN_FILENO, now: systemMonotonicNanoseconds)
    while true {
      streams.errors.write("allow it? YES or no: ")
      switch reader.next(timeout: nil) {
      case .line("YES"), .line("yes"): return
      case .line(let line) where ["no", "n"].contains(line.lowercased()): throw refusal(id, "no")
      case .line, .invalidUTF8, .tooLong, .interrupted: streams.errors.write("only YES allows it, only no refuses it\n")
      case .endOfFile, .failed, .timedOut:
        streams.errors.write("\n")
        throw refusal(id, "the end of the input")
      }
    }
  }

  private static func refusal(_ id: String, _ answer: String) -> CommandFailure {
    CommandFailure(
      code: "not_approved", message: "plugin \(id) is not approved; nothing was changed", where: "approve-plugin \(id)",
      expected: "YES", found: answer, remedy: "answer YES, or give --yes where nobody is at a terminal",
      exitCode: .refused)
  }

  private static func record(_ request: ApprovalRequest, _ environment: HostEnvironment) throws {
    guard let now = Timestamp(seconds: SessionLedger.wallTime().seconds),
      let grant = PluginLock.Grant(
        request.file, isolation: request.isolation, check: request.check, approvedAt: now)
    else { throw request.file.unusable }
    try environment.makeHome()
    do throws(TrustFileError) {
      try environment.lockFile.update { $0.approve(request.manifest.id, grant) }
    } catch {
      throw CommandFailure(error.commandError)
    }
    environment.startMarks.forget(request.manifest.id)
  }
}

extension HostEnvironment {
  /// The file of an id or at a path, and whether it lies in a folder that is looked through.
  fileprivate func file(named name: String) throws -> (PluginFile, isListed: Bool) {
    guard name.contains("/") || name.hasSuffix(".so") else {
      let claims = files.filter { $0.manifest?.id == name }
      guard let file = claims.first(where: { $0.problems.isEmpty }) ?? claims.first else {
        _ = try plugin(name)
        preconditionFailure("no file has this id, so it cannot be used")
      }
      return (file, true)
    }
    guard let real = realpath(name, nil) else {
      throw CommandFailure(
        code: "no_such_file", message: "there is no such plugin file", where: name, expected: "a plugin's .so file",
        found: String(cString: strerror(errno)), remedy: "name the file, or the plugin's id", exitCode: .noInput)
    }
    defer { free(real) }
    let path = String(cString: real)
    if let listed = files.first(where: { $0.path == path || $0.path == name || realPath($0.path) == path }) {
      return (listed, true)
    }
    var file = PluginDirectory.examine(path, environment: variables)
    policy.apply(to: &file)
    return (file, false)
  }

  private func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The file as it is listed from now on.
  fileprivate func judgedAnew(_ file: PluginFile) throws -> PluginFile {
    var (file, policy) = (file, policy)
    do throws(TrustFileError) { policy.lock = try lockFile.read() } catch { throw CommandFailure(error.commandError) }
    if file.refusal != nil { (file.status, file.refusal) = (.ready, nil) }
    policy.apply(to: &file)
    return file
  }
}
