import MarketCalendar
import PluginSDK
import TradingTypes

/// Watches minute bars for pumps: price and volume that break out together against the last 20 sessions.
///
/// It alerts and never trades. An alert is not an entry: most do not continue.
public struct PumpMomentum: EvaluatingScanner {
  let parameters: Parameters
  private let host: HostServices
  private var scan: Scan

  /// Reads the options of the two tables of filters and levels.
  public init(host: HostServices) throws(PluginError) {
    self.host = host
    parameters = try Parameters(host.options)
    scan = Scan([], SessionStart())
  }

  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    var calendars: [String: SessionCalendar] = [:]
    var symbols: [ScannedSymbol] = []
    for instrument in instruments {
      let key = instrument.market == .equity ? instrument.exchange : ""
      if calendars[key] == nil { calendars[key] = try calendar(of: instrument) }
      symbols.append(try ScannedSymbol(instrument, parameters, calendars[key] ?? .aroundTheClock))
    }
    scan = Scan(symbols, session)
  }

  public mutating func onBar(_ bar: Bar, _ context: borrowing ScannerContext) throws(PluginError) {
    try scan.onBar(bar)
    if !scan.reports.isEmpty { tell(context) }
  }

  public mutating func evaluate(at time: Timestamp, _ context: borrowing ScannerContext) {
    scan.evaluate(at: time)
    if !scan.reports.isEmpty { tell(context) }
  }

  public mutating func finish(_ context: borrowing ScannerContext) {
    scan.finish()
    tell(context)
  }

  /// A share trades in the sessions of its exchange, everything else around the clock.
  private func calendar(of instrument: Instrument) throws(PluginError) -> SessionCalendar {
    guard instrument.market == .equity else { return .aroundTheClock }
    guard !instrument.exchange.isEmpty else {
      throw PluginError(.unsupported, "exchange of \(instrument.symbol): expected one such as XNYS, found none")
    }
    return try host.calendars.calendar(of: instrument.exchange)
  }

  private mutating func tell(_ context: borrowing ScannerContext) {
    for observation in scan.takeReports() { context.report(observation) }
  }
}
