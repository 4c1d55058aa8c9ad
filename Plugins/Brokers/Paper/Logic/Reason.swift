import TradingTypes

/// Why an order was refused, cancelled or expired; a closed set, each with the two numbers that decided it.
enum Reason: UInt8, CaseIterable {
  case none
  case unknownInstrument
  case currencyMismatch
  case quantityNotPositive
  case quantityOffStep
  case priceMissing
  case priceNotUsed
  case priceNotPositive
  case priceOffTick
  case valueOverflow
  case insufficientBuyingPower
  case exceedsPosition
  case timeInForceUnsupported
  case bracketNeedsBuy
  case bracketCrossed
  case clientIDTooLong
  case clientIDTaken
  case ocoGroupMixed
  case quantityAlreadyFilled
  case stopAlreadyTriggered
  case trailingWouldLoosen
  case cancelRequested
  case ocoFilled
  case bracketClosed
  case immediateOrCancel
  case fillOrKill
  case sessionEnded
  case notAtOpen

  /// The code in snake_case, which scripts may rely on.
  var code: String {
    switch self {
    case .none: ""
    case .unknownInstrument: "unknown_instrument"
    case .currencyMismatch: "currency_mismatch"
    case .quantityNotPositive: "quantity_not_positive"
    case .quantityOffStep: "quantity_off_step"
    case .priceMissing: "price_missing"
    case .priceNotUsed: "price_not_used"
    case .priceNotPositive: "price_not_positive"
    case .priceOffTick: "price_off_tick"
    case .valueOverflow: "value_overflow"
    case .insufficientBuyingPower: "insufficient_buying_power"
    case .exceedsPosition: "exceeds_position"
    case .timeInForceUnsupported: "time_in_force_unsupported"
    case .bracketNeedsBuy: "bracket_needs_buy"
    case .bracketCrossed: "bracket_crossed"
    case .clientIDTooLong: "client_id_too_long"
    case .clientIDTaken: "client_id_taken"
    case .ocoGroupMixed: "oco_group_mixed"
    case .quantityAlreadyFilled: "quantity_already_filled"
    case .stopAlreadyTriggered: "stop_already_triggered"
    case .trailingWouldLoosen: "trailing_would_loosen"
    case .cancelRequested: "cancel_requested"
    case .ocoFilled: "oco_filled"
    case .bracketClosed: "bracket_closed"
    case .immediateOrCancel: "immediate_or_cancel"
    case .fillOrKill: "fill_or_kill"
    case .sessionEnded: "session_ended"
    case .notAtOpen: "not_at_open"
    }
  }

  /// Code and explanation: what was expected, what was found, and what to do.
  func text(expected: Int64, found: Int64) -> String {
    let limit = Price(nanos: expected)
    let value = Price(nanos: found)
    switch self {
    case .none: return ""
    case .unknownInstrument: return "\(code): expected an instrument below \(expected), found \(found)"
    case .currencyMismatch:
      return "\(code): the instrument is not in the account's currency; set plugins.paper.currency"
    case .quantityNotPositive: return "\(code): expected above 0, found \(value)"
    case .quantityOffStep: return "\(code): expected a multiple of \(limit), found \(value)"
    case .priceMissing: return "\(code): this order type needs a limit price, stop price or trailing distance"
    case .priceNotUsed: return "\(code): this order type has no use for the price \(value)"
    case .priceNotPositive: return "\(code): expected above 0, found \(value)"
    case .priceOffTick: return "\(code): expected a multiple of \(limit), found \(value)"
    case .valueOverflow: return "\(code): \(value) at \(limit) is more than fits; lower the quantity"
    case .insufficientBuyingPower:
      return "\(code): \(limit) is free, \(value) is needed; lower the quantity or cancel working buys"
    case .exceedsPosition:
      return
        "\(code): \(limit) can be sold beside the working sells, \(value) was asked; join their OCO group or cancel"
    case .timeInForceUnsupported: return "\(code): stop orders live for the day or until cancelled"
    case .bracketNeedsBuy: return "\(code): only an entry brings a take-profit and a stop-loss"
    case .bracketCrossed: return "\(code): expected the take-profit above the stop-loss \(limit), found \(value)"
    case .clientIDTooLong:
      return "\(code): expected at most \(expected) characters for an order with exits, found \(found)"
    case .clientIDTaken: return "\(code): the id of one of its exits belongs to another order"
    case .ocoGroupMixed: return "\(code): the group has working orders of another instrument or side"
    case .quantityAlreadyFilled:
      return "\(code): expected above the filled \(limit), found \(value); cancel the rest instead"
    case .stopAlreadyTriggered: return "\(code): the stop price has traded and cannot move"
    case .trailingWouldLoosen: return "\(code): the stop stands at \(limit) and would move to \(value)"
    case .cancelRequested: return "\(code)"
    case .ocoFilled: return "\(code): another order of its group filled"
    case .bracketClosed: return "\(code): its exits closed what had filled"
    case .immediateOrCancel: return "\(code): what did not fill at once"
    case .fillOrKill: return "\(code): not all of it could fill at once"
    case .sessionEnded: return "\(code)"
    case .notAtOpen: return "\(code): what did not fill at the opening price"
    }
  }
}

/// A refusal with its numbers.
struct Refusal: Error {
  var reason: Reason
  var expected: Int64 = 0
  var found: Int64 = 0
}
