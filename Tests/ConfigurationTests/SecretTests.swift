import Configuration
import Testing

@Suite struct Secrets {
  static let canary = "canary-5f3a9"

  static let misplaced: [BadConfiguration] = [
    BadConfiguration(
      "literal", "plugins:\n  alpaca:\n    key_id: canary-5f3a9\n",
      "c.yaml:3:13: plugins.alpaca.key_id: a secret may not stand in the configuration: "
        + "expected a reference to a secret, found a text (not shown); "
        + "put NAME=value into .env or the environment and write ${secret:NAME} here"),
    BadConfiguration(
      "another syntax", "plugins:\n  alpaca:\n    key_id: ${canary-5f3a9}\n",
      "c.yaml:3:13: plugins.alpaca.key_id: not a reference to a secret: "
        + "expected a reference to a secret, found another form of ${...}; "
        + "put NAME=value into .env or the environment and write ${secret:NAME} here"),
    BadConfiguration(
      "list", "plugins:\n  alpaca:\n    key_id: [canary-5f3a9]\n",
      "c.yaml:3:13: plugins.alpaca.key_id: wrong value: expected a reference to a secret, found a list"),
    BadConfiguration(
      "misspelt key", "plugins:\n  alpaca:\n    key_idd: canary-5f3a9\n    key_id: ${secret:A}\n",
      "c.yaml:3:5: plugins.alpaca.key_idd: unknown key; did you mean key_id"),
    BadConfiguration(
      "section", "plugins:\n  alpaca: canary-5f3a9\n",
      "c.yaml:2:11: plugins.alpaca: wrong value: expected a section of keys, found a text; "
        + "write key: value on the lines below, indented alike",
      "c.yaml:2:11: plugins.alpaca.key_id: not set: expected a reference to a secret; set it: the key's id"),
    BadConfiguration(
      "reference within a text", "plugins:\n  paper:\n    accounts: [a, \"x $ ${secret:A}\"]\n",
      "c.yaml:3:15: plugins.paper.accounts: a secret where none is kept: expected a list of texts, "
        + "found a reference to a secret; only options of type secret are given secrets"),
    BadConfiguration(
      "reference where none belongs", "plugins:\n  sma-cross:\n    label: ${secret:A}\n",
      "c.yaml:3:12: plugins.sma-cross.label: a secret where none is kept: expected a text, "
        + "found a reference to a secret; only options of type secret are given secrets"),
  ]

  @Test(arguments: misplaced)
  func `in the wrong place are refused and never shown`(_ bad: BadConfiguration) {
    #expect(messages(bad.text) == bad.said)
    do throws(ConfigurationFaults) { _ = try validated(bad.text) } catch { expectNoCanary(error) }
  }

  @Test func `given as an argument are refused and never shown`() throws {
    let key = ConfigurationKey("plugins", "alpaca", "key_id")
    let override = ConfigurationOverride(key, Self.canary, .commandLine("--param key_id"))
    let error = #expect(throws: ConfigurationFaults.self) { try validated("", overrides: [override]) }
    let faults = try #require(error)
    #expect(faults.all.map(\.code) == [.secretLiteral])
    expectNoCanary(faults)
  }

  @Test func `show nothing of themselves`() {
    let secret = Secret(Self.canary)
    let file = DotEnvironment(Array("A=\(Self.canary)\nB='\(Self.canary)\n".utf8), file: ".env")
    #expect(file.secrets["A"] != nil && file.faults.count == 1)
    expectNoCanary(secret)
    expectNoCanary([secret])
    expectNoCanary(file)
    expectNoCanary(SecretStore(environment: ["A": Self.canary], file: file))
    #expect("\(secret)" == "(redacted)" && secret.withValue { $0 } == Self.canary)
  }

  @Test func `appear as references in what is shown`() throws {
    let configuration = try validated("plugins: {alpaca: {key_id: \"${secret:ALPACA_KEY}\"}}")
    let row = configuration.rows.first { $0.key == "plugins.alpaca.key_id" }
    #expect(row?.value == "${secret:ALPACA_KEY}" && row?.origin == "c.yaml:1")
  }

  @Test func `come from the environment before the file`() throws {
    let file = DotEnvironment(Array("A=file\nB=file\nC=\n".utf8), file: ".env")
    let store = SecretStore(environment: ["A": "process", "B": ""], file: file)
    func value(_ name: String) throws -> String? {
      store.secret(try #require(SecretReference(name: name)))?.withValue { $0 }
    }
    #expect(try value("A") == "process")
    #expect(try value("B") == "file")
    #expect(try value("C") == nil)
    #expect(try value("D") == nil)
  }

  @Test func `that are set nowhere are named with their line`() throws {
    let configuration = try validated("plugins:\n  alpaca:\n    key_id: ${secret:ALPACA_KEY}\n")
    #expect(
      SecretStore(environment: [:]).faults(in: configuration).map(\.description) == [
        "c.yaml:3:13: plugins.alpaca.key_id: secret not found: expected ALPACA_KEY in the environment or in .env, "
          + "found neither; add the line ALPACA_KEY=value to .env in the home folder"
      ])
    #expect(SecretStore(environment: ["ALPACA_KEY": "x"]).faults(in: configuration) == [])
  }

  @Test(arguments: [
    "${secret:}", "${secret:1A}", "${secret:a-b}", "${secret:A", "secret:A", "${env:A}", " ${secret:A}", "${secret:ä}",
    "${secret:A}}",
  ])
  func `are referred to in one form only`(_ text: String) {
    #expect(SecretReference(text) == nil)
  }

  private func expectNoCanary(_ value: Any) {
    var dumped = ""
    dump(value, to: &dumped)
    for text in ["\(value)", String(reflecting: value), String(describing: value), dumped] {
      #expect(!text.contains(Self.canary))
    }
  }
}
