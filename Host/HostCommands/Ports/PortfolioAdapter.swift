import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Keeps the portfolio board that plugins read in step with the engine, from the moment one of them looks.
final class PortfolioAdapter: PortfolioView {
  let board: PortfolioBoard
  var watch: PortfolioWatch { board.watch }
  /// The instruments that had something to show when it was last shown.
  private var shown: [InstrumentID] = []

  init(instrumentCount: Int) { board = PortfolioBoard(instrumentCount: instrumentCount) }

  func show(_ core: borrowing Core) {
    if let equity = core.equity, let power = core.buyingPower {
      board.account = .init(
        equity: equity, cash: core.cashBalance, buyingPower: power, isBreakerTripped: core.isBreakerTripped)
    } else {
      board.account = nil
    }
    for instrument in shown { board[instrument] = PortfolioBoard.Holding() }
    shown.removeAll(keepingCapacity: true)
    core.forEachBusyInstrument { instrument in
      board[instrument] = holding(core.holding(instrument))
      shown.append(instrument)
    }
  }

  private func holding(_ held: Holding) -> PortfolioBoard.Holding {
    var holding = PortfolioBoard.Holding()
    holding.quantity = held.quantity
    holding.averagePrice = held.averagePrice
    if held.quantity > .zero { holding.flags.insert(.position) }
    if held.hasWorkingOrder { holding.flags.insert(.workingOrder) }
    if held.hasPendingSignal { holding.flags.insert(.pendingSignal) }
    if held.isBlocked { holding.flags.insert(.blocked) }
    return holding
  }
}
