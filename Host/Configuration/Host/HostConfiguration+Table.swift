import TradingTypes

extension HostConfiguration {
  /// Builds the typed settings out of a table without faults.
  init(_ table: SettingTable) {
    market = table.required("market", as: \.market)
    instruments = table.symbols.map { InstrumentConfiguration($0, table) }
    plugins = PluginsConfiguration(
      paths: table.required("plugins", "paths", as: \.list),
      requireSandbox: table.required("plugins", "require_sandbox", as: \.boolean),
      disabled: table.required("plugins", "disabled", as: \.list),
      watchdog: table.required("plugins", "watchdog") { $0.text.flatMap(WatchdogAction.init(rawValue:)) },
      callDeadline: table.required("plugins", "call_seconds", as: \.duration))
    activeBroker = table.required("broker", "active", as: \.text)
    activeLLM = table.optional("llm", "active", as: \.text)
    risk = RiskConfiguration(
      maxPositions: table.required("risk", "max_positions", as: \.integerLimit),
      maxExposurePerSymbolPercent: table.required("risk", "max_exposure_per_symbol_percent", as: \.decimalLimit),
      maxPortfolioHeatPercent: table.required("risk", "max_portfolio_heat_percent", as: \.decimalLimit),
      maxDailyLoss: table.required("risk", "max_daily_loss", as: \.decimalLimit),
      positionSizePercent: table.required("risk", "position_size_percent", as: \.decimal))
    approval = ApprovalConfiguration(
      timeout: table.required("approval", "approval_timeout_seconds", as: \.duration),
      timeoutAction: table.required("approval", "approval_timeout_action") {
        $0.text.flatMap(ApprovalTimeoutAction.init(rawValue:))
      })
    orchestrator = OrchestratorConfiguration(
      loopInterval: table.required("orchestrator", "loop_interval_seconds", as: \.duration),
      minimumConfidence: table.required("orchestrator", "minimum_confidence", as: \.decimal),
      scoreWeight: table.required("orchestrator", "ranking_weights", "score", as: \.decimal),
      confidenceWeight: table.required("orchestrator", "ranking_weights", "confidence", as: \.decimal),
      expectedValueWeight: table.required("orchestrator", "ranking_weights", "ev", as: \.decimal),
      rewardToRiskWeight: table.required("orchestrator", "ranking_weights", "reward_to_risk", as: \.decimal))
    scheduler = SchedulerConfiguration(
      misfireGrace: table.required("scheduler", "misfire_grace_seconds", as: \.duration),
      coalesce: table.required("scheduler", "coalesce", as: \.boolean))
    http = HTTPConfiguration(table)
    processes = table.commands
    limits = LimitsConfiguration(table)
  }
}

extension InstrumentConfiguration {
  init(_ symbol: String, _ table: SettingTable) {
    self.symbol = symbol
    market = table.optional("instruments", symbol, "market", as: \.market)
    currency = table.optional("instruments", symbol, "currency") { $0.text.flatMap { Currency($0) } }
    tick = table.optional("instruments", symbol, "tick") { $0.decimal?.price }
    step = table.optional("instruments", symbol, "step") { $0.decimal?.quantity }
  }
}
