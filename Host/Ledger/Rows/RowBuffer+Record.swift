import TradingCore
import TradingTypes

extension RowBuffer {
  /// Adds the rows of a record.
  mutating func add(_ record: Record, _ names: borrowing Names) throws(Names.Unknown) {
    switch record {
    case .signal(let row): try add(row, names)
    case .signalState(let row): add(row)
    case .decision(let row): try add(row, names)
    case .intent(let row): try add(row, names)
    case .order(let row): add(row)
    case .fill(let row): try add(row, names)
    case .position(let row): try add(row, names)
    case .trade(let row): try add(row, names)
    case .breaker(let row): add(row)
    case .equity(let row): add(row)
    }
  }

  private mutating func add(_ row: SignalStateRecord) {
    begin(.signalState)
    add(row.number)
    add(row.time)
    add(row.state.rawValue)
    add(unlessEmpty: row.code)
    finish()
  }

  private mutating func add(_ row: DecisionRecord, _ names: borrowing Names) throws(Names.Unknown) {
    begin(.decision)
    add(row.time)
    add(row.stage.rawValue)
    add(row.decision.code)
    add(row.decision.passed)
    if let instrument = row.instrument { add(try names.symbol(instrument)) } else { null() }
    add(row.signal)
    add(row.order)
    let numbers = row.decision.numbers
    if numbers.isEmpty { null() } else { add(NumbersText.text(numbers)) }
    finish()
  }

  private mutating func add(_ row: IntentRecord, _ names: borrowing Names) throws(Names.Unknown) {
    let request = row.request
    begin(.orderIntent)
    add(row.number)
    add(request.clientOrderID.description)
    add(row.purpose.rawValue)
    add(try names.symbol(request.instrument))
    add(request.side.name)
    add(request.type.name)
    add(request.timeInForce.name)
    add(request.quantity)
    add(request.createdAt)
    add(row.signal)
    add(row.position)
    add(row.exitReason?.name)
    add(unlessZero: request.limitPrice)
    add(unlessZero: request.stopPrice)
    add(unlessZero: request.trailingDistance)
    add(unlessZero: request.takeProfitPrice)
    add(unlessZero: request.stopLossPrice)
    add(unlessEmpty: request.ocoGroup.description)
    finish()
  }

  private mutating func add(_ row: OrderRecord) {
    begin(.orderState)
    add(row.number)
    add(row.time)
    add(row.state.name)
    add(row.quantity)
    add(row.state.filled(of: row.quantity))
    add(unlessZero: row.stopPrice)
    add(unlessEmpty: row.reason)
    finish()
  }

  private mutating func add(_ row: FillRecord, _ names: borrowing Names) throws(Names.Unknown) {
    begin(.fill)
    add(row.number)
    add(row.order)
    add(try names.symbol(row.instrument))
    add(row.side.name)
    add(row.time)
    add(row.quantity)
    add(row.price)
    add(row.fee.nanos)
    add(row.fee.currency.description)
    add(unlessEmpty: row.reportID)
    finish()
  }

  private mutating func add(_ row: PositionRecord, _ names: borrowing Names) throws(Names.Unknown) {
    begin(.positionState)
    add(row.number)
    add(try names.symbol(row.instrument))
    add(try names.strategy(row.strategy))
    add(row.time)
    add(row.state.rawValue)
    add(row.quantity)
    add(row.cost.nanos)
    add(row.cost.currency.description)
    add(unlessZero: row.stop)
    add(unlessZero: row.target)
    finish()
  }

  private mutating func add(_ row: TradeRecord, _ names: borrowing Names) throws(Names.Unknown) {
    begin(.trade)
    add(row.number)
    add(try names.strategy(row.strategy))
    add(try names.symbol(row.instrument))
    add(row.signal)
    add(row.quantity)
    add(row.entryTime)
    add(row.entryPrice)
    add(row.exitTime)
    add(row.exitPrice)
    add(row.exitReason.name)
    add(row.exitDetail)
    add(row.fees.nanos)
    add(row.pnl.nanos)
    add(row.pnl.currency.description)
    finish()
  }

  private mutating func add(_ row: BreakerRecord) {
    begin(.breakerState)
    add(row.time)
    add(row.isTripped ? "tripped" : "armed")
    add(row.base?.nanos)
    add(row.equity?.nanos)
    add((row.base ?? row.equity)?.currency.description)
    finish()
  }

  private mutating func add(_ row: EquityRecord) {
    begin(.accountEquity)
    add(row.time)
    add(row.cash.nanos)
    add(row.equity?.nanos)
    add(row.cash.currency.description)
    finish()
  }
}
