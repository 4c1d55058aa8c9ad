extension Rejection {
  static let ofManifests: [Rejection] = ofManifestTexts + ofManifestVersions + ofManifestValues + ofManifestOptions

  private static let correct = "correct the manifest and build the plugin again"

  static func manifest(_ name: String, _ reason: String, _ changes: [String: String?]) -> Rejection {
    Rejection.built(name, "bad manifest: \(reason)", correct, manifest: CPlugin.manifest(changes))
  }

  static func abi(_ name: String, _ reason: String, _ remedy: String, _ version: String) -> Rejection {
    Rejection.built(
      name, reason, remedy, manifest: CPlugin.manifest(["abi": "\"\(version)\"", "of_another_time": "true"]))
  }

  private static let ofManifestTexts: [Rejection] = [
    Rejection.built(
      "no manifest", "no manifest: section wharf_manifest is missing",
      "embed a manifest with WHARF_MANIFEST_FILE or WHARF_MANIFEST_SECTION of wharf/plugin.h",
      source: "\(CPlugin.prelude(hasManifest: false))\(CPlugin.quietStrategy)\(CPlugin.entry([:]))"),
    Rejection.built(
      "a manifest that is no JSON",
      "bad manifest: line 2, column 1: expected JSON, found a key in double quotes should be here", correct,
      manifest: "{\nid: 1}"),
    Rejection.built(
      "an empty manifest",
      "bad manifest: line 1, column 1: expected JSON, found the text ends where a value should be", correct,
      manifest: "\0\0"),
    Rejection.built(
      "a manifest that is a list", "bad manifest: manifest: expected an object, found a list", correct, manifest: "[]"),
    Rejection.built(
      "a repeated key", "bad manifest: line 1, column 11: expected JSON, found key \"id\" stands twice in one object",
      correct, manifest: #"{"id":"x","id":"y"}"#),
  ]

  private static let ofManifestVersions: [Rejection] = [
    abi(
      "a newer minor ABI", "needs plugin ABI 1.7, this host has 1.1",
      "update the host, or build the plugin with the headers of this host", "1.7"),
    abi(
      "a newer major ABI", "needs plugin ABI 2.0, this host has 1.1",
      "update the host, or build the plugin with the headers of this host", "2.0"),
    abi(
      "an older ABI", "built for plugin ABI 0.9, this host has 1.x", "build the plugin with the headers of this host",
      "0.9"),
  ]

  private static let ofManifestValues: [Rejection] = [
    manifest(
      "a bad id", #"id: expected lower-case letters, digits and single hyphens, at most 64, found "Tiny--Plugin""#,
      ["id": #""Tiny--Plugin""#]),
    manifest(
      "a reserved id", "id: expected an id that is no key of the configuration, found disabled",
      ["id": #""disabled""#]),
    manifest(
      "a bad version", #"version: expected a version such as "1.0.0" (semver.org), found "1.0""#,
      ["version": #""1.0""#]),
    manifest(
      "an unknown role",
      "roles[1]: expected one of strategy, scanner, broker, market_data, notifier, found \"oracle\"",
      ["roles": #"["strategy","oracle"]"#]),
    manifest(
      "no role",
      "roles: expected at least one of strategy, scanner, broker, market_data, notifier, found an empty list",
      ["roles": "[]"]),
    manifest(
      "one role twice", "roles: expected each once, found \"strategy\" twice", ["roles": #"["strategy","strategy"]"#]),
    manifest(
      "a scanner that trades", "roles: expected a scanner that cannot trade, found scanner together with broker",
      ["roles": #"["scanner","broker"]"#]),
    manifest(
      "a bad permission",
      #"permissions[0]: expected http:HOST, websocket:HOST, process:NAME or secret:NAME, found "http:*""#,
      ["permissions": #"["http:*"]"#]),
    manifest(
      "an unknown policy for positions", #"on_failure: expected one of hold, protect, flatten, found "sell""#,
      ["on_failure": #""sell""#]),
    manifest(
      "a policy for positions without a strategy",
      "on_failure: expected no such key for a plugin without the role strategy, found a text",
      ["roles": #"["scanner"]"#, "on_failure": #""hold""#]),
    manifest("an unknown key", "sumary: expected no such key, found a text", ["sumary": #""x""#]),
    manifest(
      "a name that moves the cursor",
      #"name: expected one line of 1 to 80 characters without control characters, found "\u{1b}[2J""#,
      ["name": #""\u001b[2J""#]),
    manifest(
      "several faults at once",
      """
      id: expected lower-case letters, digits and single hyphens, at most 64, found nothing; \
      version: expected a version such as "1.0.0" (semver.org), found a number; \
      language: expected a language such as "c" or "swift", found "C!"; \
      options[0].type: expected one of text, integer, decimal, boolean, duration, choice, list, secret, found "colour"
      """,
      [
        "id": String?.none, "version": "1", "language": #""C!""#,
        "options": #"[{"name":"a","type":"colour","help":"h"}]"#,
      ]),
  ]

  private static let ofManifestOptions: [Rejection] = [
    manifest(
      "options that cannot be set",
      """
      options[0].default: expected a whole number from 1 to 5, found "9"; \
      options[1].minimum: expected a plain decimal in quotes, found a number; \
      options[2]: expected an option that can be set, found option "c": a choice needs something to choose from; \
      options[3].default: expected no default for a secret, found a text (not shown)
      """,
      [
        "options": """
        [{"name":"a","type":"integer","default":"9","minimum":"1","maximum":"5","help":"h"},
         {"name":"b","type":"integer","minimum":1,"help":"h"},
         {"name":"c","type":"choice","help":"h"},
         {"name":"d","type":"secret","default":"hunter2","help":"h"}]
        """
      ])
  ]
}
