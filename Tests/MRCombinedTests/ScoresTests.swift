import Testing

@testable import MRCombinedLogic

@Suite struct `Sub-scores` {
  struct Row: Sendable, CustomTestStringConvertible {
    var rsi2 = 50.0, z20 = 0.0, ibs = 0.5, z5 = 0.0
    let r, z, b, d: Double
    var testDescription: String { "rsi2 \(rsi2) z20 \(z20) ibs \(ibs) z5 \(z5)" }
  }

  @Test(arguments: [
    Row(r: 0, z: 0, b: 0, d: 0),
    Row(rsi2: 15, z20: -1, ibs: 0.30, z5: -0.75, r: 0, z: 0, b: 0, d: 0),
    Row(rsi2: 7.5, z20: -1.75, ibs: 0.15, z5: -1.625, r: 0.5, z: 0.5, b: 0.5, d: 0.5),
    Row(rsi2: 0, z20: -2.5, ibs: 0, z5: -2.5, r: 1, z: 1, b: 1, d: 1),
    Row(rsi2: 0, z20: -9, ibs: 0, z5: -9, r: 1, z: 1, b: 1, d: 1),
  ]) func `each is linear between its bounds and held there`(_ row: Row) {
    var inputs = Inputs()
    (inputs.rsi2, inputs.z20, inputs.ibs, inputs.z5) = (row.rsi2, row.z20, row.ibs, row.z5)
    let scores = Scores(inputs)
    for (value, expected) in [(scores.r, row.r), (scores.z, row.z), (scores.b, row.b), (scores.d, row.d)] {
      #expect(close(value, expected, within: 1e-12))
    }
    #expect(close(scores.score, 0.4 * row.r + 0.2 * (row.z + row.b + row.d), within: 1e-12))
  }

  @Test func `an undefined input leaves the score undefined`() {
    var inputs = Inputs()
    (inputs.rsi2, inputs.z20, inputs.ibs) = (1, -3, 0)
    #expect(Scores(inputs).d.isNaN)
    #expect(Scores(inputs).score.isNaN)
  }
}
