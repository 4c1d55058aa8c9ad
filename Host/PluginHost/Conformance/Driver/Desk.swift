import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// A simulated venue and the market it is driven with, session by session.
struct Desk {
  let drive: BrokerDrive
  var market: CheckMarket
  /// Which session comes next.
  private(set) var session = 0

  init(_ drive: BrokerDrive, _ market: CheckMarket) {
    self.drive = drive
    self.market = market
  }

  private var first: Int { session * market.listings.count }

  /// The open of an instrument in the session that comes next or runs.
  func open(_ instrument: UInt32 = 0) -> Int64 { Order.nanos(market.bars[first + Int(instrument)].open) }

  /// Opens the next session: every instrument's open is quoted.
  func begin() { drive.openSession(market, first) }

  /// Ends the session: every instrument's bar is offered.
  mutating func end() {
    for bar in market.instant(first) where drive.isUsable { drive.offer(bar) }
    session += 1
  }

  /// Some whole sessions.
  mutating func pass(_ count: Int) {
    for _ in 0..<count where drive.isUsable {
      begin()
      end()
    }
  }

  /// A market buy of ten units that was not placed yet.
  func order(_ id: String, _ instrument: UInt32 = 0) -> Order { Order(id, instrument, at: drive.host.now) }

  /// Places an order that any venue takes; throws ``Unusable`` when this one does not.
  @discardableResult
  func placed(_ order: Order) throws -> BrokerDrive.Answered {
    let answered = drive.place(order)
    guard answered.status == Status.ok else {
      throw Unusable("the venue does not take a plain order (\(order.id)): \(Status.name(answered.status))")
    }
    return answered
  }

  /// Every report so far, each happening once, in the order they came.
  var reports: [OrderReport] {
    var seen: Set<String> = []
    return drive.reports.filter { seen.insert($0.reportID).inserted }
  }

  /// The reports of one order.
  func reports(of id: String) -> [OrderReport] { reports.filter { $0.clientOrderID.description == id } }

  /// What was filled of an order, in billionths.
  func filled(_ id: String) -> Int64 {
    reports(of: id).filter { $0.kind == .fill }.reduce(0) { $0 &+ $1.quantity.nanos }
  }

  /// What the venue says is held of an instrument.
  func held(_ instrument: UInt32) throws -> Int64 {
    guard let positions = drive.positions() else { throw Unusable("the venue does not tell its positions") }
    return positions.first { $0.instrument.index == instrument }?.quantity.nanos ?? 0
  }

  /// What it can do.
  func can(_ bits: Int) -> Bool { drive.capabilities().map { $0 & UInt64(bits) == UInt64(bits) } ?? false }
}

extension BrokerDrive {
  /// Every report, as often as it was told.
  var reports: [OrderReport] { answers.compactMap { if case .report(let report) = $0 { report } else { nil } } }
}

extension CheckSubject {
  /// Makes a test with a venue that was started; brokers that need a network are left out.
  func desk(_ random: inout SeededGenerator, _ body: (DrivenPlugin, inout Desk) throws -> Outcome) throws -> Outcome {
    try eachRole([.broker], &random) { plugin, role, market in
      guard let drive = try plugin.begun(role, market) as? BrokerDrive else { return .pass }
      guard drive.isVenue else { return .skip("the broker is no venue that the host's market data drives") }
      var desk = Desk(drive, market)
      let outcome = try body(plugin, &desk)
      drive.destroy()
      try drive.requireListed("at a venue")
      return outcome
    }
  }
}
