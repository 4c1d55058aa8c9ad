import WharfABI

/// One instance of the plugin, driven through its table; every entry and exit is filled at once.
final class MinimalCRun {
  /// What the strategy wished for.
  struct Wish: Equatable {
    var bar: Int64
    var instrument: UInt32
    var action: Int32
    var quantity: Int64
    var limit: Double
  }

  let strategy: UnsafePointer<wharf_strategy>
  let fake: FakeHost
  var wishes: [Wish] = []
  var signals: [wharf_signal] = []
  var position: [UInt32: Int64] = [:]
  private(set) var instance: OpaquePointer?
  private(set) var status = Int32(WHARF_OK)

  /// Creates and starts an instance; `status` says how that went.
  init(_ plugin: MinimalCPlugin, _ fake: FakeHost, instruments: Int) {
    (strategy, self.fake) = (plugin.strategy, fake)
    status = strategy.pointee.create(fake.host, &instance)
    guard status == WHARF_OK else { return }
    let list = (0..<instruments).map { index in
      var instrument = wharf_instrument()
      instrument.struct_size = UInt32(MemoryLayout<wharf_instrument>.size)
      instrument.id = UInt32(index)
      return instrument
    }
    status = list.withUnsafeBufferPointer { buffer in
      var start = wharf_start()
      start.struct_size = UInt32(MemoryLayout<wharf_start>.size)
      start.instruments = buffer.baseAddress
      start.instrument_count = UInt64(buffer.count)
      return strategy.pointee.start(instance, &start)
    }
  }

  deinit { if let instance { strategy.pointee.destroy(instance) } }

  /// Offers a bar, then fills what it led to.
  @discardableResult
  func bar(_ number: Int64, instrument: UInt32 = 0, close: Double) -> Int32 {
    let before = wishes.count
    var sink = wharf_strategy_sink()
    sink.struct_size = UInt32(MemoryLayout<wharf_strategy_sink>.size)
    sink.context = Unmanaged.passUnretained(self).toOpaque()
    sink.signal = { context, signal in
      let run = Unmanaged<MinimalCRun>.fromOpaque(context!).takeUnretainedValue()
      run.take(signal!.pointee)
    }
    var bar = wharf_bar()
    (bar.start, bar.end, bar.close, bar.instrument) = (number, number + 1, close, instrument)
    let status = strategy.pointee.on_bar(instance, &bar, &sink)
    for wish in wishes[before...] { fill(wish) }
    return status
  }

  private func take(_ signal: wharf_signal) {
    signals.append(signal)
    wishes.append(
      Wish(
        bar: signal.bar_time, instrument: signal.instrument, action: signal.action, quantity: signal.quantity,
        limit: signal.check_count == 1 ? signal.checks[0].limit : .nan))
  }

  private func fill(_ wish: Wish) {
    let enters = wish.action == WHARF_ACTION_ENTER_LONG
    position[wish.instrument, default: 0] += enters ? wish.quantity : -wish.quantity
    var fill = wharf_fill()
    fill.struct_size = UInt32(MemoryLayout<wharf_fill>.size)
    fill.instrument = wish.instrument
    fill.side = Int32(enters ? WHARF_SIDE_BUY : WHARF_SIDE_SELL)
    fill.quantity = wish.quantity
    fill.position = position[wish.instrument] ?? 0
    _ = strategy.pointee.on_fill(instance, &fill)
  }
}
