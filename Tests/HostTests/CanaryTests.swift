import Foundation
import LoopbackServer
import Testing

/// Secrets that are searched for everywhere a host writes, in every form a writer may give them.
struct Canaries {
  static let environment = "canary-env-8Kq/2+w=\"Zt&7 x"
  static let file = "canary-file-Vb3:pQ9_\\n~5%d"
  static let key = "canary-key-mT4.Lz0-Rc"
  /// Written into the configuration itself, where no secret belongs.
  static let misplaced = "canary-plain-Gh6Ws1"

  static let all = [environment, file, key, misplaced]

  /// Where one of them stands in some bytes, if anywhere.
  static func found(in data: Data) -> String? {
    let text = String(decoding: data, as: UTF8.self).lowercased()
    return all.first { secret in forms(secret).contains { text.contains($0.lowercased()) } }
  }

  private static func forms(_ secret: String) -> [String] {
    let bytes = Data(secret.utf8)
    var forms = [secret, bytes.map { String(format: "%02x", $0) }.joined()]
    forms.append(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)
    forms.append(secret.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)!)
    forms.append(secret.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)!)
    let json = String(decoding: try! JSONEncoder().encode(secret), as: UTF8.self)
    forms.append(String(json.dropFirst().dropLast()))
    for offset in 0..<3 {
      let encoded = (Data(repeating: 0, count: offset) + bytes).base64EncodedString()
      let inner = String(encoded.dropFirst(offset == 0 ? 0 : offset + 1).dropLast(4))
      forms += [inner, inner.replacing("+", with: "-").replacing("/", with: "_")]
    }
    return forms
  }
}

@Suite struct `Canary secrets` {
  /// Sends back all it was sent, in every way that services write texts.
  private static func echo(_ request: String) -> String {
    let bytes = Data(request.utf8)
    let body = [
      request, bytes.base64EncodedString(), (Data([1]) + bytes).base64EncodedString(),
      (Data([1, 2]) + bytes).base64EncodedString(), bytes.map { String(format: "%02X", $0) }.joined(),
      request.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!,
      String(decoding: try! JSONEncoder().encode(request), as: UTF8.self), request.uppercased(),
    ].joined(separator: " | ")
    let secrets = [Canaries.environment, Canaries.file, Canaries.key].filter { !$0.contains("\"") }
    return LoopbackServer.response(headers: secrets.map { "X-Echo: \($0)" } + ["Location: /x?k=\(Canaries.key)"], body)
  }

  private static let server = LoopbackServer { connection, server in
    let request = connection.readRequest()
    server.note(request)
    if request.contains(" /cut") {
      connection.send("HTTP/1.1 200 OK\r\nX-Echo: \(Canaries.key)\r\nContent-Length: 999\r\n\r\n\(Canaries.file)")
    } else {
      connection.send(echo(request))
    }
  }

  /// A home with a secret in every place from which the host takes them.
  private func makeHome() throws -> HostProcess.Folder {
    let home = try HostProcess.Folder()
    let port = Self.server.port
    try StrangerPlugin.compile(
      "canary", source: CanaryPlugin.source(port: port), manifest: CanaryPlugin.manifest(port: port), in: home)
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 3, days: 40))
    try home.write(
      "config.yaml",
      """
      http: {plain_loopback: yes, timeout_seconds: 10}
      processes:
        tell: [/bin/sh, -c, 'printf "%s " "$A"; printf "%s " "$A" >&2; exit 3']
      plugins:
        canary: {api_key: "${secret:CANARY_KEY}"}

      """)
    try home.write(
      ".env",
      """
      CANARY_FILE='\(Canaries.file)'
      CANARY_KEY='\(Canaries.key)'

      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(home.path)/.env")
    return home
  }

  private func host(_ arguments: [String], in home: HostProcess.Folder) throws -> HostProcess.Result {
    try HostProcess.run(
      arguments, home: home,
      environment: ["WHARF_PLUGIN_PATH": home.path, "CANARY_ENV": Canaries.environment])
  }

  /// Every file of the home that holds a canary, but for the one they are kept in.
  private func leaks(in home: HostProcess.Folder) throws -> [String] {
    let names = try #require(FileManager.default.enumerator(atPath: home.path)).compactMap { $0 as? String }
    return try names.filter { $0 != ".env" }.compactMap { name in
      let path = "\(home.path)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      return Canaries.found(in: try Data(contentsOf: URL(fileURLWithPath: path))).map { "\(name): \($0)" }
    }
  }

  @Test(arguments: ["in-process", "isolated"], ["well", "abort", "fault"])
  func `stand in nothing that a session leaves behind`(_ wall: String, _ ending: String) throws {
    let home = try makeHome()
    try #require(try host(["approve-plugin", "canary", "--yes", "--isolation", wall], in: home).status == 0)
    let result = try host(
      [
        "run", "--strategy", "canary", "--param", "ending=\(ending)", "--data", "\(home.path)/AAA.csv", "--approve",
        "all",
        "--json", "--ledger", "\(home.path)/ledger.db",
      ], in: home)
    #expect(result.wasKilled == (ending == "abort" && wall == "in-process"), "\(result.errors)")
    let kept = try leaks(in: home)
    #expect(kept == [])
    // The secrets did leave, to whom they were granted, and what came back was looked through.
    let requests = Self.server.requests.joined()
    #expect(requests.contains(Canaries.key) && requests.contains(Canaries.file))
    #expect(result.errors.contains("(redacted)") && !result.errors.contains("a secret was handed out"))
    for expected in [
      "canary: warning: request 00", "canary: warning: request 06", "canary: warning: request 04",
      "canary: warning: request 01",
      "canary: warning: command 08", "security: plugin canary 1.0.0",
      "expected a granted destination, found evil.example",
      "expected a granted secret, found HOME",
    ] {
      #expect(result.errors.contains(expected), "\(expected) is missing in \(result.errors.prefix(3000))")
    }
    for command in [["why", "AAA"], ["signals"], ["config", "show"], ["list-plugins"]] {
      let ledger = command[0] == "why" || command[0] == "signals" ? ["--ledger", "\(home.path)/ledger.db"] : []
      let shown = try host(command + ["--json"] + ledger, in: home)
      #expect(Canaries.found(in: Data((shown.output + shown.errors).utf8)) == nil, "\(command)")
    }
  }

  @Test(arguments: [
    "plugins: {canary: {api_key: \(Canaries.misplaced)}}\n", "plugins: {canary: {secret: \(Canaries.misplaced)}}\n",
    "api_key: \(Canaries.misplaced)\n", "plugins: {alpaca: {key: \(Canaries.misplaced)}}\n",
  ]) func `written into the configuration are not shown in its faults`(_ yaml: String) throws {
    let home = try makeHome()
    try home.write("config.yaml", yaml)
    for command in [["config", "check"], ["config", "show"], ["run", "--strategy", "canary"]] {
      let result = try host(command + ["--json"], in: home)
      #expect(result.status != 0)
      #expect(
        !(result.output + result.errors).contains(Canaries.misplaced), "\(command): \(result.output)\(result.errors)")
    }
  }

  @Test func `in a file that others may read are neither used nor shown`() throws {
    let home = try makeHome()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(home.path)/.env")
    try #require(
      try host(["approve-plugin", "canary", "--yes", "--isolation", "in-process"], in: home).status == 0)
    let result = try host(
      ["run", "--strategy", "canary", "--data", "\(home.path)/AAA.csv", "--approve", "all", "--json"], in: home)
    #expect(result.errors.contains("others may read or change this file of secrets"), "\(result.errors)")
    #expect(result.errors.contains("secret CANARY_FILE is set nowhere"))
    let kept = try leaks(in: home)
    #expect(kept == [])
  }
}
