import TradingCore
import TradingTypes

internal import WharfABI

extension BrokerInstance {
  /// Places an order that is committed as an intent.
  ///
  /// `accepted`: the venue has it. `rejected`: refused for good. `notSent`: nothing left this process. Anything else is
  /// `unknown`: it may have taken effect, so reconcile and never place it again.
  public func place(_ request: OrderRequest) -> BrokerAnswer {
    var raw = wharf_order_request()
    raw.struct_size = UInt32(MemoryLayout<wharf_order_request>.size)
    raw.instrument = request.instrument.index
    raw.side = request.side.rawValue
    raw.order_type = request.type.rawValue
    raw.time_in_force = request.timeInForce.rawValue
    raw.quantity = request.quantity.nanos
    raw.limit_price = request.limitPrice.nanos
    raw.stop_price = request.stopPrice.nanos
    raw.trailing_distance = request.trailingDistance.nanos
    raw.take_profit_price = request.takeProfitPrice.nanos
    raw.stop_loss_price = request.stopLossPrice.nanos
    raw.created_at = request.createdAt.nanoseconds
    return withText(request.clientOrderID) { id, idLength in
      withText(request.ocoGroup) { group, groupLength in
        (raw.client_order_id, raw.client_order_id_length) = (id, idLength)
        (raw.oco_group, raw.oco_group_length) = (group, groupLength)
        return answer(.place, isNotFoundDefinitive: false) { $0.pointee.place(handle, &raw, $1) }
      }
    }
  }

  /// Changes the total quantity of a working order, its filled part included, and its prices; zero keeps a price.
  public func replace(
    _ clientOrderID: String, quantity: Quantity, limitPrice: Price, stopPrice: Price
  ) -> BrokerAnswer {
    withText(clientOrderID) { id, length in
      answer(.replace, isNotFoundDefinitive: true) {
        $0.pointee.replace(handle, id, length, quantity.nanos, limitPrice.nanos, stopPrice.nanos, $1)
      }
    }
  }

  /// Asks to cancel a working order. `accepted`: it is or will be cancelled, a report tells. `notFound`: there is no such
  /// working order.
  public func cancel(_ clientOrderID: String) -> BrokerAnswer {
    withText(clientOrderID) { id, length in
      answer(.cancel, isNotFoundDefinitive: true) { $0.pointee.cancel(handle, id, length, $1) }
    }
  }

  /// All reports of one order, oldest first. `notFound` is definitive: the venue never had it; anything else than that and
  /// `accepted` says nothing.
  public func order(_ clientOrderID: String) -> BrokerAnswer {
    let answer: BrokerAnswer = withText(clientOrderID) { id, length in
      self.answer(.order, isNotFoundDefinitive: true) { $0.pointee.order(handle, id, length, $1) }
    }
    guard answer.outcome != .accepted, answer.outcome != .notFound else { return answer }
    return BrokerAnswer(outcome: .unknown, reports: answer.reports, reason: answer.reason)
  }
}
