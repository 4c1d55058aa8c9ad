import PluginSDK
import TradingTypes

extension PaperVenue {
  private static let venue: ShortText = "paper"

  /// The id of a report: the client id and the report's number; where that does not fit, the venue's number of the
  /// order in the client id's place.
  @inline(__always)
  private func reportID(_ order: Order, _ sequence: UInt32) -> ShortText {
    order.id.appending("#", sequence)
      ?? PaperVenue.venue.appending("-", order.number)!.appending("#", sequence)!
  }

  /// The report at a place in the log, as the host is told it. The venue's id of an order is the client's.
  public func report(at place: UInt32) -> OrderReport {
    let logged = reports[Int(place)]
    let order = orders[Int(logged.order)]
    let isFill = logged.kind == .fill
    return OrderReport(
      logged.kind, reportID: reportID(order, logged.sequence), clientOrderID: order.id, venueOrderID: order.id,
      instrument: InstrumentID(order.instrument), side: order.side, type: order.type,
      time: Timestamp(nanoseconds: logged.time), quantity: Quantity(nanos: logged.quantity),
      price: isFill ? Price(nanos: logged.first) : nil, feeNanos: isFill ? logged.second : 0,
      cumulative: Quantity(nanos: logged.cumulative), stopPrice: logged.stop == 0 ? nil : Price(nanos: logged.stop),
      reason: isFill ? "" : logged.reason.text(expected: logged.first, found: logged.second))
  }

  /// Tells the host the report at a place in the log.
  @inline(__always)
  mutating func tell(_ place: Int, _ context: borrowing BrokerContext) {
    let logged = reports[place]
    guard logged.reason == .none else { return tellReason(place, context) }
    let order = orders[Int(logged.order)]
    let isFill = logged.kind == .fill
    context.report(
      logged.kind, reportID: reportID(order, logged.sequence), clientOrderID: order.id,
      instrument: InstrumentID(order.instrument), side: order.side, type: order.type,
      time: Timestamp(nanoseconds: logged.time), quantity: Quantity(nanos: logged.quantity),
      price: isFill ? Price(nanos: logged.first) : nil, feeNanos: isFill ? logged.second : 0,
      cumulative: Quantity(nanos: logged.cumulative), stopPrice: logged.stop == 0 ? nil : Price(nanos: logged.stop))
  }

  @inline(never)
  private mutating func tellReason(_ place: Int, _ context: borrowing BrokerContext) {
    context.report(report(at: UInt32(place)))
  }
}
