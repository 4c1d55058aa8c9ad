import Foundation
import Testing

@Suite struct `host scan --follow` {
  static let symbols = ["AAA", "BBB", "CCC"]

  /// Made-up days of three symbols: whole files, files of the first days, and the lines of the others in order of time.
  struct Split {
    let home: HostProcess.Folder
    var lines: [String] = []
    let whole: [String]
    let history: [String]

    init(days: Int = 160, before: Int = 120) throws {
      home = try HostProcess.Folder()
      (whole, history) = (["--data", "\(home.path)/whole"], ["--data", "\(home.path)/history"])
      for folder in ["whole", "history"] {
        try FileManager.default.createDirectory(atPath: "\(home.path)/\(folder)", withIntermediateDirectories: true)
      }
      for (index, symbol) in symbols.enumerated() {
        let rows = MadeUpBars.csv(symbol: UInt64(index) + 11, days: days).split(separator: "\n").map(String.init)
        try home.write("whole/\(symbol).csv", rows.joined(separator: "\n") + "\n")
        try home.write("history/\(symbol).csv", rows[...before].joined(separator: "\n") + "\n")
        lines += rows[(before + 1)...].map { "\(symbol),\($0)" }
      }
      // By time, symbols in another order than the host's.
      lines.sort { a, b in
        let (first, second) = (a.split(separator: ","), b.split(separator: ","))
        return first[1] == second[1] ? first[0] > second[0] : first[1] < second[1]
      }
    }

    func scan(_ arguments: [String], input: String = "") throws -> HostProcess.Result {
      try StrangerPlugin.host(["scan"] + arguments, in: home, input: input)
    }
  }

  static let strategies: [[String]] = [
    ["mr-combined"], ["sma-cross", "--param", "fast=3", "--param", "slow=8"], ["minimal-c"],
    ["rsi2", "--param", "trend=20"],
  ]

  @Test(arguments: strategies) func `comes to what one scan over all bars comes to`(_ strategy: [String]) throws {
    let split = try Split()
    try split.home.write(
      "more.csv", "symbol,timestamp,open,high,low,close,volume\n" + split.lines.joined(separator: "\n"))
    let arguments = strategy + ["--all-bars", "--json"]
    let whole = try split.scan(arguments + split.whole)
    #expect(whole.status == 0, "\(whole.output) \(whole.errors)")
    let followed = try split.scan(arguments + split.history + ["--follow", "\(split.home.path)/more.csv"])
    #expect(followed.status == 0, "\(followed.output) \(followed.errors)")
    let piped = try split.scan(
      arguments + split.history + ["--follow", "-"], input: split.lines.joined(separator: "\r\n") + "\r\n")
    #expect(piped.output == followed.output)
    var report = try followed.json
    let steps = try #require(report.removeValue(forKey: "steps") as? [[String: Any]])
    // Of the forty days three are holidays of the exchange.
    #expect(steps.count >= 36)
    #expect(steps.allSatisfy { $0["bars"] as? Int == 3 })
    #expect(NSDictionary(dictionary: report).isEqual(to: try whole.json))
    #expect(followed.errors.contains("followed \(steps.count) instants with \(3 * steps.count) bars"))
    #expect(followed.errors.contains("µs"))
  }

  @Test func `ranks what was raised at one instant by score`() throws {
    let split = try Split()
    try `host lookahead`.cheat("enters = 1; score = fmod(bar->close, 1.0);", in: split.home)
    let result = try split.scan(
      ["cheat", "--json", "--follow", "-"] + split.history, input: split.lines.joined(separator: "\n"))
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    let steps = try #require(try result.json["steps"] as? [[String: Any]])
    let rankings = steps.compactMap { $0["ranking"] as? [[String: Any]] }
    #expect(rankings.count >= 36)
    #expect(Set(rankings.map { $0.first?["symbol"] as? String }).count == 3, "each symbol is the best of some day")
    for ranking in rankings {
      let scores = ranking.compactMap { $0["score"] as? Double }
      #expect(scores.count == 3)
      #expect(scores == scores.sorted(by: >))
    }
    #expect(result.errors.contains("  \(rankings[0][0]["symbol"] ?? "")  rank 1  raised"))
  }

  @Test(
    .enabled(if: SharedData.path != nil, "needs the shared reference data")
  ) func `a scanner that follows sees what it would have seen`() throws {
    let shared = try #require(SharedData.path)
    let text = try String(
      contentsOfFile: "\(shared)/data/crypto/pumps/no_licence/BRDBTC_20181113T1700Z_minute.csv", encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map(String.init)
    let columns = rows[0].split(separator: ",").map(String.init)
    let order = try ["timestamp", "open", "high", "low", "close", "volume"].map {
      try #require(columns.firstIndex(of: $0))
    }
    func line(_ row: String) -> String {
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      return order.map { String(fields[$0]) }.joined(separator: ",")
    }
    let home = try HostProcess.Folder()
    let head = "timestamp,open,high,low,close,volume"
    let bars = rows.dropFirst().map(line)
    let cut = bars.count * 2 / 3
    for (folder, part) in [("whole", bars[...]), ("history", bars[..<cut])] {
      try FileManager.default.createDirectory(atPath: "\(home.path)/\(folder)", withIntermediateDirectories: true)
      try home.write("\(folder)/BRDBTC.csv", ([head] + part).joined(separator: "\n") + "\n")
    }
    let arguments = ["scan", "pump-momentum", "--market", "crypto", "--quote", "BTC", "--json", "--data"]
    let whole = try HostProcess.run(arguments + ["\(home.path)/whole"], home: home)
    let followed = try HostProcess.run(
      arguments + ["\(home.path)/history", "--follow", "-"], home: home,
      input: bars[cut...].map { "BRDBTC,\($0)\n" }.joined())
    #expect(followed.status == 0, "\(followed.output) \(followed.errors)")
    var report = try followed.json
    let steps = try #require(report.removeValue(forKey: "steps") as? [[String: Any]])
    #expect(steps.count == bars.count - cut)
    #expect(NSDictionary(dictionary: report).isEqual(to: try whole.json))
  }

  @Test(.timeLimit(.minutes(2))) func `answers before the input ends`() throws {
    let split = try Split()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: HostProcess.executable)
    process.arguments = ["scan", "mr-combined", "--all-bars", "--follow", "-"] + split.history
    process.environment = ["WHARF_HOME": split.home.path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    // An empty line ends the instant without a look at the next one.
    input.fileHandleForWriting.write(Data((split.lines[..<3].joined(separator: "\n") + "\n\n").utf8))
    var text = ""
    while !text.contains("CCC") {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the output ended: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    #expect(process.isRunning)
    let day = split.lines[0].split(separator: ",")[1].prefix(10)
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix(day) }, "\(text)")
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    var name: String
    var code: String
    var line: Int
    var text: @Sendable (Split) -> String
    var testDescription: String { name }
  }

  static func replaced(_ line: String, _ field: Int, _ text: String) -> String {
    var fields = line.split(separator: ",").map(String.init)
    fields[field] = text
    return fields.joined(separator: ",")
  }

  static let bad: [Bad] = [
    Bad(name: "an unknown symbol", code: "unknown_symbol", line: 1) { replaced($0.lines[0], 0, "ZZZ") },
    Bad(name: "too few fields", code: "bad_line", line: 2) { $0.lines[0] + "\nAAA,2016-09-01" },
    Bad(name: "a number that is none", code: "bad_number", line: 1) { replaced($0.lines[0], 5, "0x10") },
    Bad(name: "NaN", code: "bad_number", line: 1) { replaced($0.lines[0], 2, "nan") },
    Bad(name: "a price of zero", code: "bad_bar", line: 1) { replaced($0.lines[0], 4, "0") },
    Bad(name: "a time that is none", code: "bad_time", line: 1) { replaced($0.lines[0], 1, "yesterday") },
    Bad(name: "a daily bar with a time of day", code: "bad_time", line: 1) {
      replaced($0.lines[0], 1, "2016-09-01T14:30:00Z")
    },
    Bad(name: "a bar twice", code: "duplicate_bar", line: 2) { $0.lines[0] + "\n" + $0.lines[0] },
    Bad(name: "a bar of the history", code: "out_of_order", line: 1) {
      replaced($0.lines[0], 1, "2016-01-05T00:00:00Z")
    },
    Bad(name: "an older line after a later one", code: "out_of_order", line: 4) {
      ($0.lines[3...5] + [replaced($0.lines[6], 1, "2016-01-05T00:00:00Z")]).joined(separator: "\n")
    },
    Bad(name: "a time that was closed", code: "out_of_order", line: 3) {
      $0.lines[0] + "\n\n" + $0.lines[1] + "\n"
    },
  ]

  @Test(arguments: bad) func `refuses a bad line with its number`(_ bad: Bad) throws {
    let split = try Split()
    try split.home.write("more.csv", bad.text(split))
    let result = try split.scan(
      ["mr-combined", "--json", "--follow", "\(split.home.path)/more.csv"] + split.history)
    #expect(result.status == 65, "\(result.output) \(result.errors)")
    #expect(result.errorCode == bad.code, "\(result.output)")
    let error = try #require(try result.json["error"] as? [String: Any])
    #expect((error["where"] as? String)?.hasSuffix("more.csv:\(bad.line)") == true, "\(error)")
    for key in ["expected", "found", "remedy"] { #expect((error[key] as? String)?.isEmpty == false, "\(key)") }
  }

  @Test func `refuses a file that is not there before it scans`() throws {
    let split = try Split()
    let result = try split.scan(["mr-combined", "--json", "--follow", "\(split.home.path)/none.csv"] + split.history)
    #expect(result.status == 66)
    #expect(result.errorCode == "no_such_file")
  }
}
