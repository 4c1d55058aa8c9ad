import PluginSDK

/// One thing that happened to an order, as the venue's log keeps it: 64 bytes, in the order of happening.
struct LoggedReport {
  /// What brought it about.
  enum Cause: UInt8 {
    case request = 0
    case quote = 1
    case bar = 2
  }

  static let none = UInt32.max

  var time: Int64
  /// Of a fill, what was filled now; else the order's quantity.
  var quantity: Int64
  /// Of a fill, its price; of a refusal, the number expected.
  var first: Int64
  /// Of a fill, its fee; of a refusal, the number found.
  var second: Int64
  var cumulative: Int64
  var stop: Int64
  /// The order's place among all orders.
  var order: UInt32
  /// Place of the same order's next report in the log.
  var next = LoggedReport.none
  /// From 1, among the order's reports.
  var sequence: UInt32 = 0
  var packed: UInt8
  var rawReason: UInt8

  init(
    kind: OrderReport.Kind, cause: Cause, isFirstOfCall: Bool, reason: Reason, time: Int64, order: UInt32,
    quantity: Int64,
    first: Int64, second: Int64, cumulative: Int64, stop: Int64
  ) {
    self.time = time
    self.quantity = quantity
    self.first = first
    self.second = second
    self.cumulative = cumulative
    self.stop = stop
    self.order = order
    packed = UInt8(truncatingIfNeeded: kind.rawValue) | cause.rawValue << 3 | (isFirstOfCall ? 32 : 0)
    rawReason = reason.rawValue
  }

  var kind: OrderReport.Kind { LoggedReport.kinds(packed & 7) }
  private static func kinds(_ number: UInt8) -> OrderReport.Kind {
    switch number {
    case 1: .accepted
    case 2: .fill
    case 3: .cancelled
    case 4: .rejected
    case 5: .expired
    case 6: .replaced
    default: .triggered
    }
  }

  var cause: Cause { Cause(rawValue: packed >> 3 & 3) ?? .request }
  /// Whether the call that made it made none before.
  var isFirstOfCall: Bool {
    get { packed & 32 != 0 }
    set { packed = newValue ? packed | 32 : packed & ~32 }
  }
  var hasNoReason: Bool { rawReason == 0 }
  var reason: Reason { Reason(rawValue: rawReason) ?? .none }
  /// Kind, cause and reason for saving.
  var saved: UInt16 { UInt16(packed) | UInt16(rawReason) << 8 }
}
