import PluginSDK
import TradingTypes

extension PaperVenue {
  private static let venue: ShortText = "paper"

  /// The id of a report: the client id and the report's number; where that does not fit, the venue's number of the
  /// order in the client id's place.
  @inline(never)
  private static func reportID(_ order: Order, _ sequence: UInt32) -> ShortText {
    order.id.appending("#")?.appending(UInt64(sequence))
      ?? venue.appending("-")!.appending(UInt64(order.number))!.appending("#")!.appending(UInt64(sequence))!
  }

  /// The report at a place in the log, as the host is told it. The venue's id of an order is the client's.
  public func report(at place: UInt32) -> OrderReport {
    let logged = reports[Int(place)]
    let order = orders[Int(logged.order)]
    let isFill = logged.kind == .fill
    return OrderReport(
      logged.kind, reportID: PaperVenue.reportID(order, logged.sequence), clientOrderID: order.id,
      venueOrderID: order.id,
      instrument: InstrumentID(order.instrument), side: order.side, type: order.type,
      time: Timestamp(nanoseconds: logged.time), quantity: Quantity(nanos: logged.quantity),
      price: isFill ? Price(nanos: logged.first) : nil, feeNanos: isFill ? logged.second : 0,
      cumulative: Quantity(nanos: logged.cumulative), stopPrice: logged.stop == 0 ? nil : Price(nanos: logged.stop),
      reason: isFill ? "" : logged.reason.text(expected: logged.first, found: logged.second))
  }

  /// Tells the host the report at a place in the log.
  @inline(__always)
  mutating func tell(_ place: Int, _ context: borrowing BrokerContext) {
    let logged = reports.address(place)
    guard logged.pointee.reason == .none else { return tellReason(place, context) }
    let order = orders.address(Int(logged.pointee.order))
    let isFill = logged.pointee.kind == .fill
    let idCount = Int(order.pointee.idCount)
    var reportID = order.pointee.id
    var reportIDCount = idCount &+ 2
    if logged.pointee.sequence < 10, reportIDCount <= ShortText.capacity {
      reportID.append("#", digit: logged.pointee.sequence, at: idCount)
    } else {
      reportID = PaperVenue.reportID(order.pointee, logged.pointee.sequence)
      reportIDCount = reportID.count
    }
    context.report(
      logged.pointee.kind, reportID: &reportID, reportIDLength: reportIDCount, clientOrderID: &order.pointee.id,
      clientOrderIDLength: idCount, instrument: InstrumentID(order.pointee.instrument), side: order.pointee.side,
      type: order.pointee.type, time: Timestamp(nanoseconds: logged.pointee.time),
      quantity: Quantity(nanos: logged.pointee.quantity),
      price: isFill ? Price(nanos: logged.pointee.first) : nil, feeNanos: isFill ? logged.pointee.second : 0,
      cumulative: Quantity(nanos: logged.pointee.cumulative),
      stopPrice: logged.pointee.stop == 0 ? nil : Price(nanos: logged.pointee.stop))
  }

  @inline(never)
  private mutating func tellReason(_ place: Int, _ context: borrowing BrokerContext) {
    context.report(report(at: UInt32(place)))
  }
}
