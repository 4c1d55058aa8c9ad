import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import ConsoleLogic

private func note(
  _ severity: PluginSDK.Notification.Severity = .info, topic: String = "fill", title: String = "bought 3 ABC",
  text: String = ""
) -> PluginSDK.Notification {
  PluginSDK.Notification(
    severity: severity, time: Timestamp(rfc3339: "2018-04-20T20:00:00.5Z")!, topic: topic, title: title, text: text)
}

/// A notification and the lines it becomes.
struct Printed: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var message: PluginSDK.Notification
  var lines: [String]

  static let all = [
    Printed(testDescription: "one line", message: note(), lines: ["2018-04-20T20:00:00.5Z fill: bought 3 ABC"]),
    Printed(
      testDescription: "a warning", message: note(.warning, topic: "breaker", title: "tripped"),
      lines: ["2018-04-20T20:00:00.5Z WARNING breaker: tripped"]),
    Printed(
      testDescription: "an alarm without topic", message: note(.alarm, topic: "", title: "stop"),
      lines: ["2018-04-20T20:00:00.5Z ALARM stop"]),
    Printed(
      testDescription: "several lines", message: note(text: "price 10\r\n\nfee 1\n\n"),
      lines: ["2018-04-20T20:00:00.5Z fill: bought 3 ABC", "  price 10", "", "  fee 1"]),
    Printed(
      testDescription: "an escape sequence",
      message: note(title: "\u{1B}[2Jgone\u{7}", text: "a\u{9B}31mred\u{202E}desrever\tend"),
      lines: ["2018-04-20T20:00:00.5Z fill: ?[2Jgone?", "  a?31mred?desrever end"]),
    Printed(
      testDescription: "a line break in the title", message: note(title: "one\r\ntwo\u{2028}three"),
      lines: ["2018-04-20T20:00:00.5Z fill: one??two?three"]),
    Printed(
      testDescription: "letters of all languages", message: note(title: "Zürich 東京 🚀"),
      lines: ["2018-04-20T20:00:00.5Z fill: Zürich 東京 🚀"]),
  ]
}

@Suite struct `The console notifier` {
  @Test(arguments: Printed.all)
  func `a notification becomes plain lines`(_ printed: Printed) throws {
    #expect(Console.lines(printed.message) == printed.lines)
  }

  @Test(
    arguments: [
      (PluginSDK.Notification.Severity.info, ["info", "warning", "alarm"]), (.warning, ["warning", "alarm"]),
      (.alarm, ["alarm"]),
    ])
  func `what is below the minimum severity is not written`(
    _ minimum: PluginSDK.Notification.Severity, _ expected: [String]
  ) throws {
    let pipe = Pipe()
    var console = Console(minimum: minimum, descriptor: pipe.fileHandleForWriting.fileDescriptor)
    for severity in PluginSDK.Notification.Severity.allCases {
      try console.notify(note(severity, topic: "", title: "\(severity)"))
    }
    try pipe.fileHandleForWriting.close()
    let written = String(decoding: try #require(try pipe.fileHandleForReading.readToEnd()), as: UTF8.self)
    #expect(written.split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) } == expected)
    #expect(written.hasSuffix("\n"))
  }

  @Test func `a file that cannot be written is told as io`() throws {
    let pipe = Pipe()
    // The reading end cannot be written to.
    var console = Console(minimum: .info, descriptor: pipe.fileHandleForReading.fileDescriptor)
    let failure = #expect(throws: PluginError.self) { try console.notify(note()) }
    #expect(failure?.status == .io)
    #expect(failure?.message.hasPrefix("standard error: expected to write 42 bytes, found: ") == true)
  }

  @Test(arguments: Route.allCases, ["info", "warning", "alarm"])
  func `the option names a severity`(_ route: Route, _ severity: String) throws {
    // Below the minimum or empty: nothing reaches the standard error of the tests.
    let driver = try NotifierDriver(Console.self, route: route, host: TestHost(["minimum_severity": .text(severity)]))
    if severity != "info" { try driver.notify(note(.info)) }
  }

  @Test(arguments: Route.allCases)
  func `another severity is refused`(_ route: Route) throws {
    let host = TestHost(["minimum_severity": "loud"])
    let failure = #expect(throws: PluginError.self) { try NotifierDriver(Console.self, route: route, host: host) }
    #expect(failure?.status == .configuration)
    #expect(
      failure?.message == "option minimum_severity: expected one of info, warning, alarm, found \"loud\"")
  }
}
