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
  var kind: OrderReport.Kind
  var cause: Cause
  /// Whether the call that made it made none before.
  var isFirstOfCall: Bool
  var reason: Reason

  @inline(__always)
  init(
    kind: OrderReport.Kind, cause: Cause, isFirstOfCall: Bool, reason: Reason, time: Int64, order: UInt32,
    quantity: Int64, first: Int64, second: Int64, cumulative: Int64, stop: Int64
  ) {
    self.time = time
    self.quantity = quantity
    self.first = first
    self.second = second
    self.cumulative = cumulative
    self.stop = stop
    self.order = order
    self.kind = kind
    self.cause = cause
    self.isFirstOfCall = isFirstOfCall
    self.reason = reason
  }
}
