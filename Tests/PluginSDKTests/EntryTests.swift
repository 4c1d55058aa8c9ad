import PluginSDK
import PluginTestKit
import Testing
import WharfABI

/// The entry function writes one variable of its image, so these run one after the other.
@Suite(.serialized) struct `Entry` {
  private func table(_ id: String, of descriptor: PluginDescriptor) -> (status: Int32, table: UnsafeRawPointer?) {
    var table: UnsafeRawPointer?
    let bytes = id.utf8.map(CChar.init(bitPattern:))
    let status = bytes.withUnsafeBufferPointer {
      descriptor.pointee.table($0.baseAddress, UInt64($0.count), &table)
    }
    return (status, table)
  }

  @Test func `the descriptor tells the ABI it was built for`() {
    let descriptor = exportPlugin(.notifier(ProbeNotifier.self))
    #expect(descriptor.pointee.struct_size == UInt32(MemoryLayout<wharf_plugin>.size))
    #expect(descriptor.pointee.abi_major == 1)
    #expect(descriptor.pointee.abi_minor == 1)
  }

  @Test func `a plugin has the tables of its roles and no other`() {
    let all = [
      "wharf.strategy/1", "wharf.scanner/1", "wharf.broker/1", "wharf.simulated_venue/1", "wharf.market_data/1",
      "wharf.notifier/1", "wharf.strategy/2", "", "wharf.strategy",
    ]
    func offered(_ descriptor: PluginDescriptor) -> [String] {
      all.filter { id in
        let found = table(id, of: descriptor)
        #expect((found.status == 0) == (found.table != nil))
        if found.status != 0 { #expect(found.status == PluginStatus.unsupported.rawValue) }
        return found.status == 0
      }
    }
    #expect(offered(exportPlugin(.strategy(LeastStrategy.self))) == ["wharf.strategy/1"])
    #expect(offered(exportPlugin(.scanner(LeastScanner.self))) == ["wharf.scanner/1"])
    #expect(
      offered(exportPlugin(.broker(ProbeVenue.self), .notifier(ProbeNotifier.self))) == [
        "wharf.broker/1", "wharf.simulated_venue/1", "wharf.notifier/1",
      ])
    #expect(offered(exportPlugin(.marketData(ProbeSource.self))) == ["wharf.market_data/1"])
  }

  @Test func `only a type that evaluates has an evaluate`() throws {
    func strategy(_ role: PluginRole) throws -> wharf_strategy {
      try #require(table("wharf.strategy/1", of: exportPlugin(role)).table).load(as: wharf_strategy.self)
    }
    func scanner(_ role: PluginRole) throws -> wharf_scanner {
      try #require(table("wharf.scanner/1", of: exportPlugin(role)).table).load(as: wharf_scanner.self)
    }
    #expect(try strategy(.strategy(ProbeStrategy.self)).evaluate != nil)
    #expect(try strategy(.strategy(LeastStrategy.self)).evaluate == nil)
    #expect(try scanner(.scanner(ProbeScanner.self)).evaluate != nil)
    #expect(try scanner(.scanner(LeastScanner.self)).evaluate == nil)
  }

  @Test func `create makes an instance, or leaves the place untouched and says why`() throws {
    let found = try #require(table("wharf.strategy/1", of: exportPlugin(.strategy(ProbeStrategy.self))).table)
    let strategy = found.load(as: wharf_strategy.self)
    let broken = TestHost()
    let untouched = OpaquePointer(bitPattern: 64)
    var handle = untouched
    #expect(strategy.create(broken.raw, &handle) == PluginStatus.configuration.rawValue)
    #expect(handle == untouched)
    #expect(broken.errors.count == 1)

    let host = TestHost(["behaviour": "silent"])
    #expect(strategy.create(host.raw, &handle) == 0)
    #expect(handle != untouched)
    strategy.destroy(handle)
    withExtendedLifetime((broken, host)) {}
  }

  @Test func `a null or overlong argument is refused`() throws {
    let found = try #require(table("wharf.broker/1", of: exportPlugin(.broker(ProbeVenue.self))).table)
    let broker = found.load(as: wharf_broker.self)
    let host = TestHost()
    var handle: OpaquePointer?
    #expect(broker.create(nil, &handle) == PluginStatus.invalid.rawValue)
    #expect(broker.create(host.raw, nil) == PluginStatus.invalid.rawValue)
    #expect(broker.create(host.raw, &handle) == 0)
    var sink = wharf_broker_sink()
    let long = [CChar](repeating: 65, count: 49)
    #expect(broker.order(handle, long, 49, &sink) == PluginStatus.invalid.rawValue)
    #expect(broker.order(handle, nil, 3, &sink) == PluginStatus.invalid.rawValue)
    #expect(broker.order(nil, long, 4, &sink) == PluginStatus.invalid.rawValue)
    #expect(broker.place(handle, nil, &sink) == PluginStatus.invalid.rawValue)
    #expect(broker.replace(handle, long, 4, 0, 0, 0, &sink) == PluginStatus.invalid.rawValue)
    broker.destroy(handle)
    broker.destroy(nil)
    withExtendedLifetime(host) {}
  }
}
