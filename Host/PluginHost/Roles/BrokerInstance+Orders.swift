import TradingCore
import TradingTypes

internal import WharfABI

extension BrokerInstance {
  /// Places an order that is committed as an intent; what is reported meanwhile goes behind what `reports` holds.
  ///
  /// `accepted`: the venue has it. `rejected`: refused for good. `notSent`: nothing left this process. Anything else is
  /// `unknown`: it may have taken effect, so reconcile and never place it again.
  public func place(_ request: OrderRequest, into reports: inout ReportBuffer) -> BrokerConclusion {
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
    return request.clientOrderID.withPointer { id, idLength in
      request.ocoGroup.withPointer { group, groupLength in
        (raw.client_order_id, raw.client_order_id_length) = (id, idLength)
        (raw.oco_group, raw.oco_group_length) = (group, groupLength)
        return conclude(.place, isNotFoundDefinitive: false, into: &reports) {
          table.pointee.place(handle, &raw, sink)
        }
      }
    }
  }

  /// Places an order and answers with what was reported meanwhile.
  public func place(_ request: OrderRequest) -> BrokerAnswer { answer { place(request, into: &$0) } }

  /// Changes the total quantity of a working order, its filled part included, and its prices; zero keeps a price.
  public func replace(
    _ clientOrderID: ShortText, quantity: Quantity, limitPrice: Price, stopPrice: Price,
    into reports: inout ReportBuffer
  ) -> BrokerConclusion {
    clientOrderID.withPointer { id, length in
      conclude(.replace, isNotFoundDefinitive: true, into: &reports) {
        table.pointee.replace(handle, id, length, quantity.nanos, limitPrice.nanos, stopPrice.nanos, sink)
      }
    }
  }

  /// Changes a working order and answers with what was reported meanwhile.
  public func replace(
    _ clientOrderID: ShortText, quantity: Quantity, limitPrice: Price, stopPrice: Price
  ) -> BrokerAnswer {
    answer { replace(clientOrderID, quantity: quantity, limitPrice: limitPrice, stopPrice: stopPrice, into: &$0) }
  }

  /// Asks to cancel a working order. `accepted`: it is or will be cancelled, a report tells. `notFound`: there is no such
  /// working order.
  public func cancel(_ clientOrderID: ShortText, into reports: inout ReportBuffer) -> BrokerConclusion {
    clientOrderID.withPointer { id, length in
      conclude(.cancel, isNotFoundDefinitive: true, into: &reports) {
        table.pointee.cancel(handle, id, length, sink)
      }
    }
  }

  /// Asks to cancel a working order and answers with what was reported meanwhile.
  public func cancel(_ clientOrderID: ShortText) -> BrokerAnswer { answer { cancel(clientOrderID, into: &$0) } }

  /// All reports of one order, oldest first. `notFound` is definitive: the venue never had it; anything else than that and
  /// `accepted` says nothing.
  public func order(_ clientOrderID: ShortText) -> BrokerAnswer {
    var answer = answer { reports in
      clientOrderID.withPointer { id, length in
        conclude(.order, isNotFoundDefinitive: true, into: &reports) { table.pointee.order(handle, id, length, sink) }
      }
    }
    if answer.outcome != .accepted, answer.outcome != .notFound { answer.outcome = .unknown }
    return answer
  }

  private func answer(_ call: (inout ReportBuffer) -> BrokerConclusion) -> BrokerAnswer {
    var reports = ReportBuffer()
    let conclusion = call(&reports)
    return BrokerAnswer(outcome: conclusion.outcome, reports: reports.copies, reason: conclusion.reason)
  }

  /// Makes a call about one order and concludes what may be concluded from its status and reports.
  @inline(__always)
  private func conclude(
    _ call: PluginCall, isNotFoundDefinitive: Bool, into reports: inout ReportBuffer,
    _ body: () -> wharf_status
  ) -> BrokerConclusion {
    guard !isStopped else { return BrokerConclusion(outcome: .notSent, reason: "stopped") }
    let status = collecting(into: &reports) { run(call, body) }
    if status == 0, !state.pointee.hasRefused { return BrokerConclusion(outcome: .accepted, reason: "") }
    return conclusion(call, status, isNotFoundDefinitive)
  }

  @inline(never)
  private func conclusion(
    _ call: PluginCall, _ status: wharf_status, _ isNotFoundDefinitive: Bool
  ) -> BrokerConclusion {
    if status == Status.fault { stop(call, status) }
    // A report that cannot be read may have been a fill.
    guard !takeRefusal() else { return BrokerConclusion(outcome: .unknown, reason: "unusable report") }
    let outcome: PlacementOutcome =
      switch status {
      case Status.ok: .accepted
      case Status.rejected, Status.invalid, Status.unsupported: .rejected
      case Status.notSent: .notSent
      case Status.notFound where isNotFoundDefinitive: .notFound
      default: .unknown
      }
    return BrokerConclusion(outcome: outcome, reason: outcome == .accepted ? "" : Status.name(status))
  }
}
