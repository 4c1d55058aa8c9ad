import Sweep
import Testing

/// A text and the values it stands for; `nil` where it must be refused with this word in the fault.
struct ParameterText: Sendable, CustomTestStringConvertible {
  var text: String
  var values: [String]?
  var fault = ""
  var testDescription: String { "\"\(text)\"" }

  static let good = [
    ParameterText(text: "fast=5:20:5", values: ["5", "10", "15", "20"]),
    ParameterText(text: "fast=5:22:5", values: ["5", "10", "15", "20"]),
    ParameterText(text: "fast=5:5:1", values: ["5"]),
    ParameterText(text: "limit=0.1:0.5:0.1", values: ["0.1", "0.2", "0.3", "0.4", "0.5"]),
    ParameterText(text: "limit=0.10:0.30:0.05", values: ["0.1", "0.15", "0.2", "0.25", "0.3"]),
    ParameterText(text: "shift=-1:1:0.5", values: ["-1", "-0.5", "0", "0.5", "1"]),
    ParameterText(text: "tiny=0:0.000000002:0.000000001", values: ["0", "0.000000001", "0.000000002"]),
    ParameterText(
      text: "wide=-9000000000:9000000000:6000000000",
      values: ["-9000000000", "-3000000000", "3000000000", "9000000000"]),
    ParameterText(text: "mode=cross,level", values: ["cross", "level"]),
    ParameterText(text: "fast=20", values: ["20"]),
    ParameterText(text: "text=a=b", values: ["a=b"]),
    ParameterText(text: "odd=0.50,1e3", values: ["0.50", "1e3"]),
  ]

  static let bad = [
    ParameterText(text: "", fault: "without a name"),
    ParameterText(text: "fast", fault: "without a name"),
    ParameterText(text: "=5", fault: "without a name"),
    ParameterText(text: "fast=", fault: "empty value"),
    ParameterText(text: "mode=cross,", fault: "empty value"),
    ParameterText(text: "mode=cross,level,cross", fault: "twice"),
    ParameterText(text: "fast=5:50", fault: "not a range"),
    ParameterText(text: "fast=5:50:5:1", fault: "not a range"),
    ParameterText(text: "fast=5:x:5", fault: "not a range"),
    ParameterText(text: "fast=5::5", fault: "not a range"),
    ParameterText(text: "fast=1e1:50:5", fault: "not a range"),
    ParameterText(text: "fast=5:50:0.0000000001", fault: "not a range"),
    ParameterText(text: "fast=5:50:0", fault: "step"),
    ParameterText(text: "fast=5:50:-5", fault: "step"),
    ParameterText(text: "fast=50:5:5", fault: "ends before"),
    ParameterText(text: "huge=-9000000000:9000000000:0.000000001", fault: "too many"),
  ]
}

@Suite struct `Swept parameters` {
  @Test(arguments: ParameterText.good) func `stand for exact values in order`(_ example: ParameterText) throws {
    let parameter = try SweptParameter(example.text)
    #expect((0..<parameter.count).map { parameter[$0] } == example.values)
    #expect(parameter.name == String(example.text.prefix { $0 != "=" }))
  }

  @Test(arguments: ParameterText.bad) func `are refused with the text and a remedy`(_ example: ParameterText) throws {
    let fault = try #require(throws: SweepFault.self) { try SweptParameter(example.text) }
    #expect(fault.message.contains(example.fault))
    #expect(fault.place == "--param \(example.text)")
    #expect(!fault.expected.isEmpty && !fault.found.isEmpty && !fault.remedy.isEmpty)
  }

  @Test func `a few places tell whether all values are allowed`() throws {
    #expect(try SweptParameter("x=0:1000000000:1").tellingPlaces == [0, 1, 1_000_000_000])
    #expect(try SweptParameter("x=0:1:1").tellingPlaces == [0, 1])
    #expect(try SweptParameter("x=a,b,c,d,e").tellingPlaces == [0, 1, 2, 3, 4])
  }

  @Test func `a hundred thousand decimal steps lose nothing`() throws {
    let parameter = try SweptParameter("x=0:10000:0.1")
    #expect(parameter.count == 100_001)
    #expect(parameter[3] == "0.3")
    #expect(parameter[100_000] == "10000")
  }
}

@Suite struct `Plans of trials` {
  @Test func `the last parameter changes fastest`() throws {
    let plan = try plan("fast=1:2:1", "mode=cross,level", "slow=10:30:10")
    #expect(plan.combinations == 12)
    #expect(
      lines(plan).prefix(4) == [
        "fast=1 mode=cross slow=10", "fast=1 mode=cross slow=20", "fast=1 mode=cross slow=30",
        "fast=1 mode=level slow=10",
      ])
    #expect(lines(plan).last == "fast=2 mode=level slow=30")
    #expect(Set(lines(plan)).count == 12)
  }

  @Test func `without parameters there is one trial`() throws {
    #expect(try lines(plan()) == [""])
  }

  @Test func `a parameter may be named once`() {
    #expect(throws: SweepFault.self) { try plan("fast=1,2", "fast=3") }
  }

  @Test func `more than a million trials are refused, and drawn from`() throws {
    #expect(try plan("a=1:1000:1", "b=1:1000:1").trials == 1_000_000)
    let fault = try #require(throws: SweepFault.self) { try plan("a=1:1000:1", "b=1:1001:1") }
    #expect(fault.code == "too_many_trials")
    #expect(fault.found == "1001000")
    let wide = try ["a=1:1000000000:1", "b=1:1000000000:1"].map { text throws(SweepFault) in try SweptParameter(text) }
    // By an implementation in Python.
    let drawn = try SweepPlan(drawing: 3, seed: 7, from: wide)
    #expect(drawn.trials == 3)
    #expect(drawn.combinations == 1_000_000_000_000_000_000)
    #expect(
      lines(drawn) == ["a=16788295 b=528156197", "a=389829749 b=391271572", "a=900760681 b=606883441"])
  }

  @Test func `combinations that no number can hold are refused`() {
    #expect(throws: SweepFault.self) {
      try plan("a=1:9000000000:0.000001", "b=1:9000000000:0.000001")
    }
  }

  @Test func `a draw takes each combination once and depends on the seed alone`() throws {
    let parameters = try ["x=0:199:1"].map { text throws(SweepFault) in try SweptParameter(text) }
    // By an implementation in Python.
    let expected = [3, 49, 65, 75, 89, 93, 114, 175].map { "x=\($0)" }
    #expect(try lines(SweepPlan(drawing: 8, seed: 7, from: parameters)) == expected)
    #expect(try lines(SweepPlan(drawing: 8, seed: 7, from: parameters)) == expected)
    #expect(try lines(SweepPlan(drawing: 8, seed: 8, from: parameters)) != expected)
    for count in [1, 100, 199] {
      let drawn = try lines(SweepPlan(drawing: count, seed: 1, from: parameters))
      #expect(Set(drawn).count == count)
    }
  }

  @Test(arguments: [200, 201, 1_000_000]) func `a draw of all there are is the grid`(_ count: Int) throws {
    let parameters = try ["x=0:199:1"].map { text throws(SweepFault) in try SweptParameter(text) }
    #expect(try lines(SweepPlan(drawing: count, seed: 3, from: parameters)) == lines(SweepPlan(grid: parameters)))
  }

  @Test(arguments: [0, -1, 1_000_001]) func `a draw of a number that cannot be is refused`(_ count: Int) throws {
    let parameters = try ["x=0:9000000:1"].map { text throws(SweepFault) in try SweptParameter(text) }
    #expect(throws: SweepFault.self) { try SweepPlan(drawing: count, seed: 1, from: parameters) }
  }

  @Test func `every combination is drawn about equally often`() throws {
    let parameters = try [SweptParameter("x=0:9:1")]
    var counts = Array(repeating: 0, count: 10)
    for seed in 0..<2000 {
      for line in try lines(SweepPlan(drawing: 3, seed: UInt64(seed), from: parameters)) {
        counts[Int(line.dropFirst(2))!] += 1
      }
    }
    // 600 expected with a deviation of 20.5.
    #expect(counts.allSatisfy { abs($0 - 600) < 90 })
  }
}
