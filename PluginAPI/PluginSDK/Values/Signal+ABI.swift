import TradingTypes
import WharfABI

extension Signal {
  /// Lends the signal, with more fields behind its own, in the form of `strategy.h` until the body returns.
  func withRaw(_ more: UnsafeBufferPointer<wharf_field>, _ body: (UnsafePointer<wharf_signal>) -> Void) {
    var raw = wharf_signal()
    write(&raw)
    guard checks.isEmpty, fields.isEmpty, text.isEmpty else { return lend(&raw, more, body) }
    raw.fields = more.baseAddress
    raw.field_count = UInt64(more.count)
    withText(code) { code, length in
      raw.code = code
      raw.code_length = length
      body(&raw)
    }
  }

  /// Lends what has checks, fields or text of its own.
  private func lend(
    _ raw: inout wharf_signal, _ more: UnsafeBufferPointer<wharf_field>, _ body: (UnsafePointer<wharf_signal>) -> Void
  ) {
    var length = code.utf8.count + text.utf8.count
    for check in checks { length += check.textLength }
    for field in fields { length += field.textLength }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { memory in
      withUnsafeTemporaryAllocation(of: wharf_check.self, capacity: checks.count) { rawChecks in
        withUnsafeTemporaryAllocation(of: wharf_field.self, capacity: fields.count + more.count) { rawFields in
          var arena = TextArena(memory)
          for (index, check) in checks.enumerated() { rawChecks.initializeElement(at: index, to: check.raw(&arena)) }
          for (index, field) in fields.enumerated() { rawFields.initializeElement(at: index, to: field.raw(&arena)) }
          for (index, field) in more.enumerated() { rawFields.initializeElement(at: fields.count + index, to: field) }
          raw.checks = UnsafePointer(rawChecks.baseAddress)
          raw.check_count = UInt64(checks.count)
          raw.fields = UnsafePointer(rawFields.baseAddress)
          raw.field_count = UInt64(rawFields.count)
          (raw.code, raw.code_length) = arena.put(code)
          (raw.text, raw.text_length) = arena.put(text)
          body(&raw)
        }
      }
    }
  }

  private func write(_ raw: inout wharf_signal) {
    raw.struct_size = UInt32(MemoryLayout<wharf_signal>.size)
    raw.instrument = instrument.index
    raw.verdict = verdict.rawValue
    raw.action = action.rawValue
    raw.order_type = orderType.rawValue
    raw.time_in_force = timeInForce.rawValue
    raw.exit_reason = exitReason?.rawValue ?? 0
    raw.flags = rawFlags
    raw.bar_time = barTime.nanoseconds
    raw.decided_at = decidedAt.nanoseconds
    raw.expires_at = expiresAt?.nanoseconds ?? 0
    raw.close = close
    raw.score = score ?? .nan
    raw.confidence = confidence ?? 0
    raw.expected_value = expectedValue ?? 0
    raw.quantity = ownQuantity?.nanos ?? 0
    raw.entry_price = entryPrice?.nanos ?? 0
    raw.limit_price = limitPrice?.nanos ?? 0
    raw.stop_price = stopPrice?.nanos ?? 0
    raw.stop_distance = stopDistance?.nanos ?? 0
    raw.target_price = targetPrice?.nanos ?? 0
    raw.target_distance = targetDistance?.nanos ?? 0
    raw.trailing_distance = trailingDistance?.nanos ?? 0
    raw.time_stop_closes = timeStopCloses ?? 0
  }

  private var rawFlags: UInt32 {
    var flags: UInt32 = 0
    if confidence != nil { flags |= UInt32(WHARF_SIGNAL_HAS_CONFIDENCE) }
    if expectedValue != nil { flags |= UInt32(WHARF_SIGNAL_HAS_EXPECTED_VALUE) }
    if ownQuantity != nil { flags |= UInt32(WHARF_SIGNAL_OWN_SIZE) }
    if personOnly { flags |= UInt32(WHARF_SIGNAL_PERSON_ONLY) }
    if waitsForOpen { flags |= UInt32(WHARF_SIGNAL_WAITS_FOR_OPEN) }
    return flags
  }
}
