import WharfABI

/// What a plugin offers: one role and the type that plays it.
public struct PluginRole {
  enum Kind {
    case strategy(RoleExport<wharf_strategy, StrategyCalls>)
    case scanner(RoleExport<wharf_scanner, ScannerCalls>)
    case broker(RoleExport<wharf_broker, BrokerCalls>, venue: UnsafePointer<wharf_simulated_venue>?)
    case marketData(RoleExport<wharf_market_data, MarketDataCalls>)
    case notifier(RoleExport<wharf_notifier, NotifierCalls>)
  }

  let kind: Kind

  /// Offers a strategy.
  @inlinable public static func strategy<S: Strategy>(_ type: S.Type) -> PluginRole {
    strategy(evaluates: false) { host throws(PluginError) in
      StrategyBox.make(try S(host: host), host, StrategyCalls.of(S.self, evaluate: nil))
    }
  }

  /// Offers a strategy that also evaluates each instant.
  @inlinable public static func strategy<S: EvaluatingStrategy>(_ type: S.Type) -> PluginRole {
    strategy(evaluates: true) { host throws(PluginError) in
      StrategyBox.make(
        try S(host: host), host, StrategyCalls.of(S.self) { Cell<S>.at($0).pointee.evaluate($1, $2) })
    }
  }

  /// Offers a scanner.
  @inlinable public static func scanner<S: Scanner>(_ type: S.Type) -> PluginRole {
    scanner(evaluates: false) { host throws(PluginError) in
      ScannerBox.make(try S(host: host), host, ScannerCalls.of(S.self, evaluate: nil))
    }
  }

  /// Offers a scanner that also evaluates each instant.
  @inlinable public static func scanner<S: EvaluatingScanner>(_ type: S.Type) -> PluginRole {
    scanner(evaluates: true) { host throws(PluginError) in
      ScannerBox.make(
        try S(host: host), host, ScannerCalls.of(S.self) { Cell<S>.at($0).pointee.evaluate($1, $2) })
    }
  }

  /// Offers a broker.
  @inlinable public static func broker<B: Broker>(_ type: B.Type) -> PluginRole {
    broker(isVenue: false) { host throws(PluginError) in
      BrokerBox.make(try B(host: host), host, BrokerCalls(B.self))
    }
  }

  /// Offers a broker that fills orders from the market data of the host.
  @inlinable public static func broker<V: SimulatedVenue>(_ type: V.Type) -> PluginRole {
    broker(isVenue: true) { host throws(PluginError) in
      BrokerBox.make(try V(host: host), host, BrokerCalls(venue: V.self))
    }
  }

  /// Offers a market data source.
  @inlinable public static func marketData<M: MarketDataSource>(_ type: M.Type) -> PluginRole {
    marketData { host throws(PluginError) in
      MarketDataBox.make(try M(host: host), host, MarketDataCalls(M.self))
    }
  }

  /// Offers a notifier.
  @inlinable public static func notifier<N: Notifier>(_ type: N.Type) -> PluginRole {
    notifier { host throws(PluginError) in NotifierBox.make(try N(host: host), host, NotifierCalls(N.self)) }
  }
}

/// A table and how an instance for it is made.
struct RoleExport<Table, Calls> {
  let table: UnsafePointer<Table>
  let make: (HostServices) throws(PluginError) -> RoleBox<Calls>
}

extension PluginRole {
  @usableFromInline static func strategy(
    evaluates: Bool, _ make: @escaping (HostServices) throws(PluginError) -> StrategyBox
  ) -> PluginRole {
    let table = evaluates ? StrategyTable.evaluating : StrategyTable.plain
    return PluginRole(kind: .strategy(RoleExport(table: table.pointer, make: make)))
  }

  @usableFromInline static func scanner(
    evaluates: Bool, _ make: @escaping (HostServices) throws(PluginError) -> ScannerBox
  ) -> PluginRole {
    let table = evaluates ? ScannerTable.evaluating : ScannerTable.plain
    return PluginRole(kind: .scanner(RoleExport(table: table.pointer, make: make)))
  }

  @usableFromInline static func broker(
    isVenue: Bool, _ make: @escaping (HostServices) throws(PluginError) -> BrokerBox
  ) -> PluginRole {
    let venue = isVenue ? BrokerTable.venue.pointer : nil
    return PluginRole(kind: .broker(RoleExport(table: BrokerTable.broker.pointer, make: make), venue: venue))
  }

  @usableFromInline static func marketData(
    _ make: @escaping (HostServices) throws(PluginError) -> MarketDataBox
  ) -> PluginRole {
    PluginRole(kind: .marketData(RoleExport(table: MarketDataTable.table.pointer, make: make)))
  }

  @usableFromInline static func notifier(
    _ make: @escaping (HostServices) throws(PluginError) -> NotifierBox
  ) -> PluginRole {
    PluginRole(kind: .notifier(RoleExport(table: NotifierTable.table.pointer, make: make)))
  }
}
