import NotifierLogic
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `Messages` {
  @Test(arguments: Route.allCases) func `reach the log from the chosen severity on`(_ route: Route) throws {
    let host = TestHost(["minimum_severity": "warning"])
    let driver = try NotifierDriver(LogNotifier.self, route: route, host: host)
    for severity in Notification.Severity.allCases {
      try driver.notify(
        Notification(
          severity: severity, time: Timestamp(nanoseconds: 0), topic: "fill", title: "bought 2 ABC", text: "at 12.5"))
    }
    #expect(host.log.map(\.level) == [3, 4])
    #expect(host.log.map(\.text) == ["fill: bought 2 ABC: at 12.5", "fill: bought 2 ABC: at 12.5"])
  }

  @Test func `of an unknown severity are not asked for`() {
    let error = #expect(throws: PluginError.self) {
      try NotifierDriver(LogNotifier.self, host: TestHost(["minimum_severity": "loud"]))
    }
    #expect(error?.status == .configuration)
  }
}
