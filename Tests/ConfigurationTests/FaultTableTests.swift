import Configuration
import Testing

/// A text with what must be said about it.
struct BadConfiguration: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var said: [String]
  init(_ name: String, _ text: String, _ said: String...) {
    self.name = name
    self.text = text
    self.said = said
  }
  var testDescription: String { name }
}

@Suite struct `Bad configuration` {
  static let keys: [BadConfiguration] = [
    BadConfiguration(
      "misspelt key", "risk:\n  max_postions: 3\n",
      "c.yaml:2:3: risk.max_postions: unknown key; did you mean max_positions"),
    BadConfiguration(
      "key in another section", "max_daily_loss: 3\n",
      "c.yaml:1:1: max_daily_loss: unknown key; did you mean risk.max_daily_loss"),
    BadConfiguration(
      "short name of a key", "approval:\n  timeout_seconds: 3\n",
      "c.yaml:2:3: approval.timeout_seconds: unknown key; did you mean approval_timeout_seconds"),
    BadConfiguration(
      "key unlike any", "scheduler:\n  zzz: 3\n",
      "c.yaml:2:3: scheduler.zzz: unknown key; known here: misfire_grace_seconds, coalesce"),
    BadConfiguration(
      "key of an instrument", "instruments:\n  BRK.B:\n    stepp: 1\n",
      "c.yaml:3:5: instruments.\"BRK.B\".stepp: unknown key; did you mean step"),
    BadConfiguration(
      "option of a plugin", "plugins:\n  sma-cross:\n    fsat: 3\n",
      "c.yaml:3:5: plugins.sma-cross.fsat: unknown key; did you mean fast"),
    BadConfiguration(
      "plugin not installed", "plugins:\n  sma-cros:\n    fast: 3\n",
      "c.yaml:2:3: plugins.sma-cros: no plugin with this id is installed; did you mean sma-cross"),
    BadConfiguration(
      "plugin unlike any", "plugins:\n  telegram:\n    chat: 3\n",
      "c.yaml:2:3: plugins.telegram: no plugin with this id is installed; "
        + "install it, remove the section, or list the id under plugins.disabled"),
    BadConfiguration(
      "setting of plugins", "plugins:\n  path: [a]\n", "c.yaml:2:3: plugins.path: unknown key; did you mean paths"),
    BadConfiguration(
      "section that is a text", "risk: 5\n",
      "c.yaml:1:7: risk: wrong value: expected a section of keys, found a text; "
        + "write key: value on the lines below, indented alike"),
    BadConfiguration(
      "file that is a list", "- risk\n",
      "c.yaml:1:1: wrong value: expected a section of keys, found a list; "
        + "write key: value on the lines below, indented alike"),
    BadConfiguration(
      "duplicate key", "risk:\n  max_positions: 3\nmarket: crypto\nrisk:\n  max_positions: 4\n",
      "c.yaml:4:1: key \"risk\" written twice in one section: found the first at line 1; keep one of them"),
    BadConfiguration(
      "terminal escape in a key", "\"\\e[2J\": 1\n",
      "c.yaml:1:1: control character in a text; remove the escape"),
  ]

  static let values: [BadConfiguration] = [
    BadConfiguration(
      "text for a number", "risk:\n  max_positions: ten\n",
      "c.yaml:2:18: risk.max_positions: wrong value: expected a whole number from 1 to 10000, or unlimited, "
        + "found \"ten\"; write for example 10"),
    BadConfiguration(
      "zero for a limit", "risk:\n  max_positions: 0\n",
      "c.yaml:2:18: risk.max_positions: too small: expected a whole number from 1 to 10000, or unlimited, "
        + "found \"0\"; write for example 10"),
    BadConfiguration(
      "leading zero", "risk:\n  max_positions: 010\n",
      "c.yaml:2:18: risk.max_positions: wrong value: expected a whole number from 1 to 10000, or unlimited, "
        + "found \"010\"; write digits only, without leading zeros"),
    BadConfiguration(
      "percent sign", "risk:\n  max_portfolio_heat_percent: 6 %\n",
      "c.yaml:2:31: risk.max_portfolio_heat_percent: wrong value: expected a plain decimal number from 0.01 to 100, "
        + "or unlimited, found \"6 %\"; write the number without %"),
    BadConfiguration(
      "exponent", "risk:\n  max_daily_loss: 1e3\n",
      "c.yaml:2:19: risk.max_daily_loss: wrong value: expected a plain decimal number of at least 0.01, or unlimited, "
        + "found \"1e3\"; write it without exponent, with at most nine decimals"),
    BadConfiguration(
      "digit groups", "risk:\n  max_daily_loss: 1_000\n",
      "c.yaml:2:19: risk.max_daily_loss: wrong value: expected a plain decimal number of at least 0.01, or unlimited, "
        + "found \"1_000\"; write digits only, with a point before decimals"),
    BadConfiguration(
      "unlimited where nothing is limited", "risk:\n  position_size_percent: unlimited\n",
      "c.yaml:2:26: risk.position_size_percent: wrong value: expected a plain decimal number from 0.01 to 100, "
        + "found \"unlimited\"; write for example 5"),
    BadConfiguration(
      "misspelt choice", "approval:\n  approval_timeout_action: reject-all\n",
      "c.yaml:2:28: approval.approval_timeout_action: wrong value: expected one of approve_all, reject_all, "
        + "found \"reject-all\"; did you mean reject_all"),
    BadConfiguration(
      "boolean", "scheduler:\n  coalesce: 1\n",
      "c.yaml:2:13: scheduler.coalesce: wrong value: expected true or false, found \"1\"; write for example true"),
    BadConfiguration(
      "negative duration", "scheduler:\n  misfire_grace_seconds: -1\n",
      "c.yaml:2:26: scheduler.misfire_grace_seconds: too small: expected a number of seconds from 0 to 86400, "
        + "found \"-1\"; write for example 300"),
    BadConfiguration(
      "no value", "market:\n",
      "c.yaml:1:8: market: no value: expected one of equity, crypto, found nothing; "
        + "write for example equity"),
    BadConfiguration(
      "list for a text", "market: [equity]\n",
      "c.yaml:1:9: market: wrong value: expected one of equity, crypto, found a list; write for example equity"),
    BadConfiguration(
      "text for a list", "plugins:\n  paths: /opt\n",
      "c.yaml:2:10: plugins.paths: wrong value: expected a list of texts, found a text; write it between [ and ]"),
    BadConfiguration(
      "list in a list", "plugins:\n  paths: [[a]]\n",
      "c.yaml:2:10: plugins.paths: wrong value: expected a list of texts, found a list in the list; "
        + "write each text on a line of its own after a dash"),
    BadConfiguration(
      "currency", "instruments:\n  SAP:\n    currency: euro\n",
      "c.yaml:3:15: instruments.SAP.currency: wrong value: expected a currency of 1 to 8 capital letters or digits, "
        + "found \"euro\"; write for example USD"),
    BadConfiguration(
      "tick of nothing", "instruments:\n  SAP:\n    tick: 0\n",
      "c.yaml:3:11: instruments.SAP.tick: too small: expected a plain decimal number of at least 0.000000001, "
        + "found \"0\""),
    BadConfiguration(
      "escape in a message", "market: \"a\\nb\"\n",
      "c.yaml:1:9: market: wrong value: expected one of equity, crypto, found \"a\\nb\"; write for example equity"),
  ]

  static let meanings: [BadConfiguration] = [
    BadConfiguration(
      "broker that is none", "broker:\n  active: sma-cross\n",
      "c.yaml:2:11: broker.active: this plugin is no broker: expected one of alpaca, paper, found \"sma-cross\""),
    BadConfiguration(
      "broker not installed", "broker:\n  active: papper\n",
      "c.yaml:2:11: broker.active: no plugin with this id is installed: found \"papper\"; did you mean paper"),
    BadConfiguration(
      "active and disabled", "broker:\n  active: paper\nplugins:\n  disabled: [paper]\n",
      "c.yaml:4:13: plugins.disabled: \"paper\" is disabled and is broker.active; "
        + "remove it here, or set broker.active to another"),
    BadConfiguration(
      "disabled and unknown", "plugins:\n  disabled: [sma-cros]\n",
      "warning: c.yaml:2:13: plugins.disabled: no plugin \"sma-cros\" is installed; did you mean sma-cross"),
    BadConfiguration(
      "weights of nothing",
      "orchestrator:\n  ranking_weights: {score: 0, confidence: 0, ev: 0, reward_to_risk: 0}\n",
      "c.yaml:2:28: orchestrator.ranking_weights: nothing to rank by: expected one weight above 0, "
        + "found all of them 0; set one, or remove the section"),
    BadConfiguration(
      "required option", "plugins:\n  alpaca:\n    live: true\n",
      "c.yaml:3:5: plugins.alpaca.key_id: not set: expected a reference to a secret; set it: the key's id"),
    BadConfiguration(
      "everything at once",
      "market: stocks\nrisk:\n  max_positions: x\n  heat: 1\nplugins:\n  sma-cross:\n    fast: 0\n    mode: corss\n",
      "c.yaml:1:9: market: wrong value: expected one of equity, crypto, found \"stocks\"; write for example equity",
      "c.yaml:3:18: risk.max_positions: wrong value: expected a whole number from 1 to 10000, or unlimited, "
        + "found \"x\"; write for example 10",
      "c.yaml:4:3: risk.heat: unknown key; known here: max_positions, max_exposure_per_symbol_percent, "
        + "max_portfolio_heat_percent, max_daily_loss, position_size_percent",
      "c.yaml:7:11: plugins.sma-cross.fast: too small: expected a whole number from 1 to 500, found \"0\"; "
        + "write for example 20",
      "c.yaml:8:11: plugins.sma-cross.mode: wrong value: expected one of cross, level, found \"corss\"; "
        + "did you mean cross"),
  ]

  @Test(arguments: keys + values + meanings)
  func `is described with its place and a remedy`(_ bad: BadConfiguration) {
    #expect(messages(bad.text) == bad.said)
  }

  @Test func `names the argument when the fault is in one`() {
    let key = ConfigurationKey("plugins", "sma-cross", "fast")
    let other = ConfigurationKey("plugins", "sma-cross", "fats")
    let said = messages(
      "risk:\n  max_positions: 0x10\n",
      overrides: [
        ConfigurationOverride(key, "many", .commandLine("--param fast")),
        ConfigurationOverride(other, "3", .commandLine("--param fats")),
        ConfigurationOverride(ConfigurationKey("plugins", "rsi", "x"), "3", .commandLine("--param x")),
      ])
    #expect(
      said == [
        "c.yaml:2:18: risk.max_positions: wrong value: expected a whole number from 1 to 10000, or unlimited, "
          + "found \"0x10\"; write digits only, without leading zeros",
        "--param fast: plugins.sma-cross.fast: wrong value: expected a whole number from 1 to 500, found \"many\"; "
          + "write for example 20",
        "--param fats: plugins.sma-cross.fats: unknown key; did you mean fast",
        "--param x: plugins.rsi.x: no plugin with this id is installed; run host list-plugins to see which are",
      ])
  }

  @Test func `asks for the required options of plugins in use only`() {
    #expect(messages("") == [])
    #expect(
      messages("", pluginsInUse: ["alpaca"]) == [
        "plugins.alpaca.key_id: not set: expected a reference to a secret; set it: the key's id"
      ])
    #expect(messages("broker: {active: alpaca}\n").count == 1)
    #expect(messages("plugins: {disabled: [alpaca]}\n", pluginsInUse: ["alpaca"]) == [])
  }

  @Test func `accepts the section of a plugin that is disabled and not installed`() {
    let said = messages("plugins:\n  disabled: [telegram]\n  telegram:\n    chat: 1\n")
    #expect(said == ["warning: c.yaml:2:13: plugins.disabled: no plugin \"telegram\" is installed"])
  }

  @Test func `gives a program the parts of a fault`() throws {
    let error = #expect(throws: ConfigurationFaults.self) { try validated("risk:\n  max_positions: 0\n") }
    let fault = try #require(error?.all.first)
    #expect((fault.file, fault.line, fault.column) == ("c.yaml", 2, 18))
    #expect(fault.code == .outOfBounds && fault.severity == .fault && fault.key?.segments == ["risk", "max_positions"])
    #expect(fault.found == "\"0\"" && fault.remedy == "write for example 10")
  }
}
