import PluginSDK
import TradingTypes
import WharfABI

/// Keeps what a broker hands over.
final class BrokerRecorder {
  var reports: [OrderReport] = []
  var positions: [BrokerPosition] = []
  let sink = UnsafeMutablePointer<wharf_broker_sink>.allocate(capacity: 1)

  init() {
    sink.initialize(
      to: wharf_broker_sink(
        struct_size: size(wharf_broker_sink.self), reserved: 0, context: Unmanaged.passUnretained(self).toOpaque(),
        report: { BrokerRecorder.at($0).reports.append(OrderReport($1!.pointee)) },
        position: { BrokerRecorder.at($0).positions.append(BrokerPosition($1!.pointee)) }))
  }

  deinit { sink.deallocate() }

  static func at(_ context: UnsafeMutableRawPointer?) -> BrokerRecorder {
    Unmanaged<BrokerRecorder>.fromOpaque(context!).takeUnretainedValue()
  }
}

/// Lends an id as pointer and length.
func withShort<Result>(_ id: ShortText, _ body: (UnsafePointer<CChar>?, UInt64) -> Result) -> Result {
  let bytes = id.description.utf8.map(CChar.init(bitPattern:))
  return bytes.withUnsafeBufferPointer { body($0.baseAddress, UInt64($0.count)) }
}

extension OrderRequest {
  func withRaw(_ body: (UnsafePointer<wharf_order_request>) -> wharf_status) -> wharf_status {
    withShort(clientOrderID) { id, idLength in
      withShort(ocoGroup) { group, groupLength in
        var raw = wharf_order_request()
        raw.struct_size = size(wharf_order_request.self)
        raw.instrument = instrument.index
        raw.side = side.rawValue
        raw.order_type = type.rawValue
        raw.time_in_force = timeInForce.rawValue
        raw.client_order_id = id
        raw.client_order_id_length = idLength
        raw.oco_group = group
        raw.oco_group_length = groupLength
        raw.quantity = quantity.nanos
        raw.limit_price = limitPrice?.nanos ?? 0
        raw.stop_price = stopPrice?.nanos ?? 0
        raw.trailing_distance = trailingDistance?.nanos ?? 0
        raw.take_profit_price = takeProfitPrice?.nanos ?? 0
        raw.stop_loss_price = stopLossPrice?.nanos ?? 0
        raw.created_at = createdAt.nanoseconds
        return withUnsafePointer(to: raw, body)
      }
    }
  }
}

extension Currency {
  /// The currency whose code is packed with its first byte low; US dollars for a code that is none, such as 0.
  static func unpacked(_ packed: UInt64) -> Currency {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: packed >> (8 * UInt64($0))) }.prefix { $0 != 0 }
    return Currency(String(decoding: bytes, as: UTF8.self)) ?? .usd
  }
}
