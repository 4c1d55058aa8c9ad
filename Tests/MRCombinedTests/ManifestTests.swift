import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Manifest and options` {
  @Test func `the manifest names the strategy as outside programs do`() {
    let manifest = Manifest.own
    #expect(manifest.id == "mr-combined")
    #expect(manifest.version == "1.0.0")
    #expect(manifest.roles == ["strategy"])
    #expect(manifest.permissions.isEmpty)
  }

  @Test func `the declared defaults are those of the specification`() throws {
    #expect(try Parameters(TestHost(declared: [:]).services.options) == Parameters())
  }

  @Test func `every declared number has bounds around its default`() throws {
    for option in Manifest.own.options where ["integer", "decimal"].contains(option.type) {
      let value = try #require(option.default.flatMap { Price($0) }, "\(option.name)")
      let low = try #require(option.minimum.flatMap { Price($0) }, "\(option.name)")
      let high = try #require(option.maximum.flatMap { Price($0) }, "\(option.name)")
      #expect(low <= value && value <= high, "\(option.name)")
    }
  }

  /// Each option is set to a value that is not its default: exactly one parameter follows.
  @Test func `every declared option reaches its parameter`() throws {
    for option in Manifest.own.options {
      let value =
        switch option.type {
        case "boolean": "true"
        case "choice": try #require(option.choices?.first { $0 != option.default })
        case "list": "AAPL:2018-05-01"
        default: try #require(option.maximum)
        }
      let changed = try Parameters(TestHost(declared: [option.name: value]).services.options)
      #expect(changed != Parameters(), "\(option.name)")
    }
  }

  @Test func `an earnings item that cannot be read is named`() {
    let host = TestHost(declared: ["earnings": "AAPL:2018-05-01,TSLA:soon"])
    let failure = #expect(throws: PluginError.self) { _ = try MRCombined(host: host.services) }
    #expect(failure?.status == .configuration)
    #expect(failure?.message.contains("\"TSLA:soon\"") == true)
    #expect(failure?.message.contains("AAPL") == true)
  }
}
