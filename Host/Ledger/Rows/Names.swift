import Hashing
import TradingCore
import TradingTypes

/// What the numbers in the core's records are called in the ledger.
struct Names {
  /// An instrument, strategy that the session does not have: a fault of this program.
  struct Unknown: Error {
    var what: String
  }

  private let symbols: [String]
  private let strategies: [SessionDescription.Strategy]

  init(_ session: SessionDescription) {
    symbols = session.instruments.map(\.symbol)
    strategies = session.strategies
  }

  func symbol(_ instrument: InstrumentID) throws(Unknown) -> String {
    guard Int(instrument.index) < symbols.count else {
      throw Unknown(what: "instrument \(instrument.index) of \(symbols.count)")
    }
    return symbols[Int(instrument.index)]
  }

  func strategy(_ strategy: StrategyID) throws(Unknown) -> String { try profile(strategy).id }

  private func profile(_ strategy: StrategyID) throws(Unknown) -> SessionDescription.Strategy {
    guard Int(strategy.index) < strategies.count else {
      throw Unknown(what: "strategy \(strategy.index) of \(strategies.count)")
    }
    return strategies[Int(strategy.index)]
  }

  /// SHA-256 of strategy, version, parameters, symbol and bar time, a line each; an exit adds the line `exit`, because
  /// one bar can end a position and propose the next.
  func signalID(_ strategy: StrategyID, _ proposal: SignalProposal) throws(Unknown) -> String {
    let profile = try profile(strategy)
    var lines = [profile.id, profile.version, profile.parameters, try symbol(proposal.instrument)]
    lines.append(proposal.barTime.description)
    if proposal.action == .exit { lines.append("exit") }
    return SHA256.hash(lines.joined(separator: "\n")).hex
  }
}
