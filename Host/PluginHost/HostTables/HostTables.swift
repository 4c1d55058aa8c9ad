import TradingCore

internal import WharfABI

/// The tables plugins may ask for, made once.
///
/// Sendable is safe: the tables never change, and their functions find everything else in the host they are given.
struct HostTables: @unchecked Sendable {
  static let shared = HostTables()

  private let log = UnsafeMutablePointer<wharf_log>.allocate(capacity: 1)
  private let clock = UnsafeMutablePointer<wharf_clock>.allocate(capacity: 1)
  private let random = UnsafeMutablePointer<wharf_random>.allocate(capacity: 1)
  private let config = UnsafeMutablePointer<wharf_config>.allocate(capacity: 1)
  private let state = UnsafeMutablePointer<wharf_state>.allocate(capacity: 1)
  private let calendar = UnsafeMutablePointer<wharf_calendar>.allocate(capacity: 1)
  private let portfolio = UnsafeMutablePointer<wharf_portfolio>.allocate(capacity: 1)
  private let http = UnsafeMutablePointer<wharf_http>.allocate(capacity: 1)
  private let process = UnsafeMutablePointer<wharf_process>.allocate(capacity: 1)

  private init() {
    log.initialize(to: HostTables.logTable())
    clock.initialize(to: HostTables.clockTable())
    random.initialize(to: HostTables.randomTable())
    config.initialize(to: HostTables.configTable())
    state.initialize(to: HostTables.stateTable())
    calendar.initialize(to: HostTables.calendarTable())
    portfolio.initialize(to: HostTables.portfolioTable())
    http.initialize(to: HostTables.httpTable())
    process.initialize(to: HostTables.processTable())
  }

  /// The table with an id; `nil` when this host or this instance has none.
  func table(_ id: UnsafeRawBufferPointer, _ context: InstanceContext) -> UnsafeRawPointer? {
    switch String(decoding: id.prefix(64), as: UTF8.self) {
    case "wharf.log/1": UnsafeRawPointer(log)
    case "wharf.clock/1": UnsafeRawPointer(clock)
    case "wharf.random/1": UnsafeRawPointer(random)
    case "wharf.config/1": UnsafeRawPointer(config)
    case "wharf.state/1": context.state == nil ? nil : UnsafeRawPointer(state)
    case "wharf.calendar/1": UnsafeRawPointer(calendar)
    case "wharf.portfolio/1": context.portfolio.map { watched($0) }
    case "wharf.http/1": context.http == nil ? nil : UnsafeRawPointer(http)
    case "wharf.process/1": context.processes == nil ? nil : UnsafeRawPointer(process)
    default: nil
    }
  }

  /// From now on the board is kept up to date.
  private func watched(_ board: PortfolioBoard) -> UnsafeRawPointer {
    board.watch.turnOn()
    return UnsafeRawPointer(portfolio)
  }
}
