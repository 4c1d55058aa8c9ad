import Configuration
import Testing
import TradingTypes

@Suite struct `Effective configuration` {
  @Test func `has the documented defaults when nothing is written`() throws {
    let host = try validated("").host
    #expect(host.market == Setting(.equity, .builtIn))
    #expect(host.instruments.isEmpty && host.activeLLM == nil)
    #expect(host.activeBroker == Setting("paper", .builtIn))
    #expect(host.plugins.paths.value == [] && host.plugins.disabled.value == [])
    #expect(host.plugins.requireSandbox.value == false)
    #expect(host.risk.maxPositions == Setting(.atMost(10), .builtIn))
    #expect(host.risk.maxExposurePerSymbolPercent.value.value?.text == "20")
    #expect(host.risk.maxPortfolioHeatPercent.value.value?.text == "6")
    #expect(host.risk.maxDailyLoss.value.value?.money(.usd) == Money("1000", .usd))
    #expect(host.risk.positionSizePercent.value.double == 5)
    #expect(host.approval.timeout == Setting(.seconds(120), .builtIn))
    #expect(host.approval.timeoutAction == Setting(.approveAll, .builtIn))
    #expect(host.orchestrator.loopInterval.value == .seconds(5))
    #expect(host.orchestrator.minimumConfidence.value.double == 70)
    #expect(host.orchestrator.scoreWeight.value.double == 0.55)
    #expect(host.orchestrator.confidenceWeight.value.double == 0.15)
    #expect(host.orchestrator.expectedValueWeight.value.double == 0.20)
    #expect(host.orchestrator.rewardToRiskWeight.value.double == 0.10)
    #expect(host.scheduler.misfireGrace.value == .seconds(300) && host.scheduler.coalesce.value)
  }

  @Test func `declares only sound options`() {
    let sections = HostSchema.sections.map(\.options) + [HostSchema.plugins, HostSchema.instrument]
    #expect(sections.flatMap { $0 }.flatMap(\.problems) == [])
    #expect(testPlugins.flatMap(\.problems) == [])
  }

  static let full = """
    market: crypto
    instruments:
      ON: {currency: EUR, tick: 0.01, step: "1"}
      NO: {market: equity}
    plugins:
      paths: [/opt/p, ~/q, r]
      require_sandbox: yes
      disabled: []
      alpaca: {key_id: "${secret:ALPACA_KEY}", timeout_seconds: 3}
      paper: {volume_share_percent: unlimited, slippage_percent: 0.50, accounts: [NO, 1e3]}
    broker: {active: alpaca}
    llm: {active: alpaca}
    risk:
      max_positions: unlimited
      max_exposure_per_symbol_percent: 12.5
      max_portfolio_heat_percent: unlimited
      max_daily_loss: 250.50
      position_size_percent: 2
    approval:
      approval_timeout_seconds: 1.5
      approval_timeout_action: approve_all
    orchestrator:
      loop_interval_seconds: 1
      minimum_confidence: 80
      ranking_weights: {score: 1}
    scheduler: {misfire_grace_seconds: 0, coalesce: OFF}
    """

  @Test func `takes every value of the host from the file`() throws {
    let host = try validated(Self.full).host
    #expect(host.market.value == .crypto && host.market.origin.description == "c.yaml:1")
    #expect(host.instruments.map(\.symbol) == ["NO", "ON"])
    let instrument = try #require(host.instrument("ON"))
    #expect(instrument.market == nil && instrument.currency?.value == Currency("EUR"))
    #expect(instrument.tick?.value == Price("0.01") && instrument.step?.value == Quantity("1"))
    #expect(host.instrument("NO")?.market?.value == .equity && host.instrument("false") == nil)
    #expect(host.plugins.paths.value == ["/opt/p", "~/q", "r"] && host.plugins.requireSandbox.value)
    #expect(host.activeBroker.value == "alpaca" && host.activeLLM?.value == "alpaca")
    #expect(host.risk.maxPositions.value == .unlimited && host.risk.maxPortfolioHeatPercent.value == .unlimited)
    #expect(host.risk.maxExposurePerSymbolPercent.value.value?.double == 12.5)
    #expect(host.risk.maxDailyLoss.value.value?.text == "250.50")
    #expect(host.risk.positionSizePercent.value.text == "2")
    #expect(host.approval.timeout.value == .milliseconds(1500))
    #expect(host.approval.timeoutAction.value == .approveAll && host.approval.timeoutAction.origin.isWrittenByHand)
    #expect(host.orchestrator.loopInterval.value == .seconds(1))
    #expect(host.orchestrator.minimumConfidence.value.double == 80)
    #expect(host.orchestrator.scoreWeight.value.double == 1)
    #expect(host.orchestrator.expectedValueWeight == Setting(try #require(DecimalValue("0.2")), .builtIn))
    #expect(host.scheduler.misfireGrace.value == .zero && !host.scheduler.coalesce.value)
  }

  @Test func `gives plugins their options with defaults filled in`() throws {
    let configuration = try validated(Self.full)
    #expect(configuration.plugins.map(\.id) == ["alpaca", "paper", "sma-cross"])
    let paper = try #require(configuration.plugin("paper"))
    #expect(paper["volume_share_percent"] == .unlimited && paper["accounts"] == .list(["NO", "1e3"]))
    #expect(paper["slippage_percent"]?.decimal?.text == "0.50" && paper["slippage_percent"] == decimal("0.5"))
    let alpaca = try #require(configuration.plugin("alpaca"))
    #expect(alpaca["key_id"]?.secret?.name == "ALPACA_KEY" && alpaca["live"] == .boolean(false))
    let cross = try #require(configuration.plugin("sma-cross"))
    #expect(cross["fast"] == .integer(20) && cross["label"] == nil && cross["nothing"] == nil)
    #expect(cross.settings.map(\.schema.name) == ["fast", "slow", "mode", "label"])
  }

  @Test func `lays arguments over the file over a command's defaults`() throws {
    let fast = ConfigurationKey("plugins", "sma-cross", "fast")
    func value(_ text: String, _ overrides: [ConfigurationOverride]) throws -> Setting<OptionValue>? {
      let preset = ConfigurationOverride(fast, "5", .preset("backtest"))
      let configuration = try validated(text, presets: [preset], overrides: overrides)
      return configuration.plugin("sma-cross")?.settings.first { $0.schema.name == "fast" }?.value
    }
    let file = "plugins: {sma-cross: {fast: 7}}"
    let argument = ConfigurationOverride(fast, "9", .commandLine("--param fast"))
    let later = ConfigurationOverride(fast, "11", .commandLine("--set fast"))
    #expect(try value("", []) == Setting(.integer(5), .preset("backtest")))
    #expect(try value(file, [])?.value == .integer(7))
    #expect(try value(file, [])?.origin.description == "c.yaml:1")
    #expect(try value(file, [argument]) == Setting(.integer(9), .commandLine("--param fast")))
    #expect(try value(file, [argument, later])?.value == .integer(11))
    #expect(try value("", [argument])?.value == .integer(9))
  }

  @Test func `has no limits under the presets of a backtest`() throws {
    let risk = try validated("risk: {max_daily_loss: 5}", presets: HostSchema.unlimitedRisk(for: "backtest")).host.risk
    #expect(risk.maxPositions == Setting(.unlimited, .preset("backtest")))
    #expect(risk.maxExposurePerSymbolPercent.value == .unlimited && risk.maxPortfolioHeatPercent.value == .unlimited)
    #expect(risk.maxDailyLoss.value.value?.text == "5")
    #expect(risk.positionSizePercent.origin == .builtIn)
  }

  @Test func `takes instruments and lists from arguments too`() throws {
    let configuration = try validated(
      "",
      overrides: [
        ConfigurationOverride(ConfigurationKey("instruments", "BRK.B", "step"), "0.5", .commandLine("--step")),
        ConfigurationOverride(ConfigurationKey("plugins", "paths"), "/a,/b", .environment("WHARF_PLUGIN_PATH")),
      ])
    #expect(configuration.host.instrument("BRK.B")?.step?.value == Quantity("0.5"))
    #expect(configuration.host.plugins.paths.value == ["/a", "/b"])
    #expect(!configuration.host.plugins.paths.origin.isWrittenByHand)
  }

  @Test func `shows every value with its origin in a fixed order`() throws {
    let rows = try validated(
      "risk:\n  max_positions: unlimited\nplugins: {sma-cross: {label: \"a\\tb\"}}\n",
      overrides: [ConfigurationOverride(ConfigurationKey("market"), "crypto", .commandLine("--market"))]
    ).rows.map { "\($0.key) = \($0.value ?? "(not set)") (\($0.origin))" }
    #expect(
      rows == [
        "market = crypto (command line --market)", "broker.active = paper (default)",
        "llm.active = (not set) (default)", "risk.max_positions = unlimited (c.yaml:2)",
        "risk.max_exposure_per_symbol_percent = 20 (default)", "risk.max_portfolio_heat_percent = 6 (default)",
        "risk.max_daily_loss = 1000 (default)", "risk.position_size_percent = 5 (default)",
        "approval.approval_timeout_seconds = 120 (default)", "approval.approval_timeout_action = approve_all (default)",
        "orchestrator.loop_interval_seconds = 5 (default)", "orchestrator.minimum_confidence = 70 (default)",
        "orchestrator.ranking_weights.score = 0.55 (default)",
        "orchestrator.ranking_weights.confidence = 0.15 (default)", "orchestrator.ranking_weights.ev = 0.2 (default)",
        "orchestrator.ranking_weights.reward_to_risk = 0.1 (default)",
        "scheduler.misfire_grace_seconds = 300 (default)", "scheduler.coalesce = true (default)",
        "http.rate = 120 per 60 (default)", "http.rates = [] (default)", "http.reserve_percent = 10 (default)",
        "http.timeout_seconds = 60 (default)", "http.plain_loopback = false (default)",
        "limits.log_burst = 1000 (default)", "limits.log_per_second = 100 (default)",
        "limits.state_bytes = 268435456 (default)", "limits.state_keys = 1000000 (default)",
        "limits.process_seconds = 300 (default)",
        "plugins.paths = [] (default)", "plugins.require_sandbox = false (default)", "plugins.disabled = [] (default)",
        "plugins.watchdog = stop (default)", "plugins.call_seconds = 10 (default)",
        "plugins.alpaca.key_id = (not set) (default)", "plugins.alpaca.live = false (default)",
        "plugins.alpaca.timeout_seconds = 2.5 (default)", "plugins.paper.slippage_percent = 0.03 (default)",
        "plugins.paper.volume_share_percent = 10 (default)", "plugins.paper.accounts = [main] (default)",
        "plugins.sma-cross.fast = 20 (default)", "plugins.sma-cross.slow = 50 (default)",
        "plugins.sma-cross.mode = cross (default)", "plugins.sma-cross.label = a\\tb (c.yaml:3)",
      ])
  }
}
