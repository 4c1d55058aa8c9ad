import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// Keeps the clock and the portfolio board that plugins read in step with the engine.
final class RoadViewAdapter: RoadView {
  let clock: RoadClock
  let board: PortfolioBoard
  private let instruments: [InstrumentID]

  init(instruments: [InstrumentID], clock: RoadClock) {
    self.instruments = instruments
    self.clock = clock
    board = PortfolioBoard(instrumentCount: instruments.count)
  }

  func show(time: Timestamp) { clock.now = time }

  func show(portfolioOf core: borrowing Core) {
    if let equity = core.equity, let power = core.buyingPower {
      board.account = .init(
        equity: equity, cash: core.cashBalance, buyingPower: power, isBreakerTripped: core.isBreakerTripped)
    } else {
      board.account = nil
    }
    for instrument in instruments {
      let held = core.holding(instrument)
      var holding = PortfolioBoard.Holding()
      holding.quantity = held.quantity
      holding.averagePrice = held.averagePrice
      if held.quantity > .zero { holding.flags.insert(.position) }
      if held.hasWorkingOrder { holding.flags.insert(.workingOrder) }
      if held.hasPendingSignal { holding.flags.insert(.pendingSignal) }
      if held.isBlocked { holding.flags.insert(.blocked) }
      board[instrument] = holding
    }
  }
}
