import PluginSDK
import TradingTypes
import WharfABI

extension OrderReport {
  init(_ raw: wharf_order_report) {
    self.init(
      Kind(rawValue: raw.kind)!, reportID: short(raw.report_id, raw.report_id_length),
      clientOrderID: short(raw.client_order_id, raw.client_order_id_length),
      venueOrderID: short(raw.venue_order_id, raw.venue_order_id_length), instrument: InstrumentID(raw.instrument),
      side: Side(rawValue: raw.side)!, type: OrderType(rawValue: raw.order_type)!,
      time: Timestamp(nanoseconds: raw.time), quantity: Quantity(nanos: raw.quantity),
      price: PluginTestKit.price(raw.price), feeNanos: raw.fee, cumulative: Quantity(nanos: raw.cumulative),
      stopPrice: PluginTestKit.price(raw.stop_price), reason: readText(raw.reason, raw.reason_length))
  }
}

private func short(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) -> ShortText {
  ShortText(readText(pointer, length))!
}

extension BrokerPosition {
  init(_ raw: wharf_broker_position) {
    self.init(
      instrument: InstrumentID(raw.instrument), quantity: Quantity(nanos: raw.quantity),
      averagePrice: Price(nanos: raw.average_price))
  }
}

extension Series {
  init(_ raw: wharf_series) {
    self.init(
      symbol: readText(raw.symbol, raw.symbol_length), barSeconds: raw.bar_seconds,
      firstStart: Timestamp(nanoseconds: raw.first_start), lastStart: Timestamp(nanoseconds: raw.last_start),
      barCount: Int(raw.bar_count), step: raw.step == 0 ? nil : Quantity(nanos: raw.step),
      currency: Currency(readText(raw.currency, raw.currency_length)))
  }
}

extension DataFault {
  init(_ raw: wharf_data_fault) {
    self.init(
      isSkipped: raw.skipped == 1, file: readText(raw.file, raw.file_length), line: raw.line == 0 ? nil : Int(raw.line),
      code: readText(raw.code, raw.code_length), text: readText(raw.text, raw.text_length))
  }
}
