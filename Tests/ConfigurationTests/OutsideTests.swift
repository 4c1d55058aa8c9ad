import Configuration
import Testing

@Suite struct `What plugins may reach outside` {
  @Test func `is read with its rates and commands`() throws {
    let host = try validated(
      """
      http:
        rate: 10 per 1
        rates: [api.example.com/orders 50 per 60, "localhost:8080 5 per 1"]
        plain_loopback: yes
      processes:
        report: [/usr/bin/env, python3, -]
        cat: [/bin/cat]
      limits: {log_burst: 5, state_bytes: 2048}

      """
    ).host
    #expect(host.http.rate.value == RequestRate(count: 10, seconds: 1))
    #expect(
      host.http.rates.value == [
        try #require(DestinationRate("api.example.com/orders 50 per 60")),
        try #require(DestinationRate("localhost:8080 5 per 1")),
      ])
    #expect(host.http.rates.value.map(\.budget) == ["orders", nil])
    #expect(host.http.plainLoopback.value && host.limits.logBurst.value == 5 && host.limits.stateBytes.value == 2048)
    #expect(
      host.processes == [
        NamedCommand(name: "cat", arguments: ["/bin/cat"]),
        NamedCommand(name: "report", arguments: ["/usr/bin/env", "python3", "-"]),
      ])
  }

  @Test func `is little when nothing is written`() throws {
    let host = try validated("").host
    #expect(host.processes.isEmpty && !host.http.plainLoopback.value && host.http.rates.value.isEmpty)
    #expect(host.http.rate.value == RequestRate(count: 120, seconds: 60))
    #expect(host.http.timeout.value == .seconds(60))
  }

  @Test(arguments: ["0 per 1", "1 per 0", "1 / 2", "", "1 per 2 ", "1  per 2", "-1 per 1", "1 per 90000", "1.5 per 1"])
  func `has no rate of another form`(_ text: String) {
    #expect(RequestRate(text) == nil)
    #expect(DestinationRate("a.example " + text) == nil)
  }

  @Test(arguments: [
    BadConfiguration(
      "a rate that is none", "http: {rate: fast}\n",
      "c.yaml:1:14: http.rate: wrong value: expected a number of requests per a number of seconds, such as 120 per 60, "
        + "found \"fast\""),
    BadConfiguration(
      "a destination without a rate", "http: {rates: [api.example.com]}\n",
      "c.yaml:1:15: http.rates: wrong value: expected a destination and a number of requests per a number of seconds, "
        + "such as 120 per 60: api.example.com/orders 50 per 60, found \"api.example.com\""),
    BadConfiguration(
      "a command that is looked for", "processes:\n  cat: [cat]\n",
      "c.yaml:2:8: processes.cat: wrong value: expected the full path of a file, then its arguments, found \"cat\""),
    BadConfiguration(
      "a command of nothing", "processes:\n  cat: []\n",
      "c.yaml:2:8: processes.cat: wrong value: expected the full path of a file, then its arguments, found \"\""),
    BadConfiguration(
      "a command that is a text", "processes:\n  cat: /bin/cat\n",
      "c.yaml:2:8: processes.cat: wrong value: expected a list of texts, found a text; write it between [ and ]"),
    BadConfiguration(
      "a command without a name", "processes:\n  \"-x\": [/bin/cat]\n",
      "c.yaml:2:9: processes.-x: wrong value: expected a name of letters, digits, -, _ and ., not beginning with - or ., "
        + "found \"-x\""),
  ]) func `is refused with`(_ bad: BadConfiguration) {
    let error = #expect(throws: ConfigurationFaults.self) { try validated(bad.text) }
    #expect(error?.all.map(\.description) == bad.said)
  }
}
