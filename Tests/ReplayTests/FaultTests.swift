import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

/// A row that cannot be a bar, between two good ones.
struct BadRow: Sendable, CustomTestStringConvertible {
  var row: String
  var code: String
  var text: String
  var testDescription: String { row }

  static let all = [
    BadRow(row: "2024-03-08,,12,9,11,1", code: "missing_field", text: "expected a number for open, found nothing"),
    BadRow(row: "2024-03-08,10,12,9,11,", code: "missing_field", text: "expected a number for volume, found nothing"),
    BadRow(row: ",10,12,9,11,1", code: "missing_field", text: "expected a time, found nothing"),
    BadRow(row: "2024-03-08,10,12,9", code: "missing_field", text: "expected 6 fields, found 4"),
    BadRow(row: "2024-03-08,10,12,9,11,1,000", code: "extra_field", text: "expected 6 fields, found 7"),
    BadRow(
      row: "2024-03-08,10,12,9,\"11,1", code: "unclosed_quote", text: "expected a closing quote in the line, found none"
    ),
    BadRow(row: "2024-03-08,10,12,nine,11,1", code: "not_a_number", text: "expected a number for low, found \"nine\""),
    BadRow(row: "2024-03-08,10,1 2,9,11,1", code: "not_a_number", text: "expected a number for high, found \"1 2\""),
    BadRow(row: "2024-03-08,0x10,12,9,11,1", code: "not_a_number", text: "expected a number for open, found \"0x10\""),
    BadRow(
      row: "2024-03-08,10,12,9,1.1.1,1", code: "not_a_number", text: "expected a number for close, found \"1.1.1\""),
    BadRow(
      row: "2024-03-08,NaN,12,9,11,1", code: "not_finite", text: "expected a finite number for open, found \"NaN\""),
    BadRow(
      row: "2024-03-08,10,inf,9,11,1", code: "not_finite", text: "expected a finite number for high, found \"inf\""),
    BadRow(
      row: "2024-03-08,10,1e999,9,11,1", code: "not_finite", text: "expected a finite number for high, found \"1e999\""),
    BadRow(
      row: "2024-03-08,10,12,9,11,-Infinity", code: "not_finite",
      text: "expected a finite number for volume, found \"-Infinity\""),
    BadRow(row: "2024-03-08,10,12,0,11,1", code: "price_not_positive", text: "expected low above 0, found 0.0"),
    BadRow(row: "2024-03-08,-10,12,9,11,1", code: "price_not_positive", text: "expected open above 0, found -10.0"),
    BadRow(
      row: "2024-03-08,10,12,9,11,-1", code: "negative_volume", text: "expected a volume of 0 or more, found -1.0"),
    BadRow(
      row: "2024-03-08,10,12,13,11,1", code: "high_below_low",
      text: "expected low at most high, found low 13.0 and high 12.0"),
    BadRow(
      row: "2024-03-08,12.5,12,9,11,1", code: "high_below_open",
      text: "expected open at most high, found open 12.5 and high 12.0"),
    BadRow(
      row: "2024-03-08,10,12,9,12.01,1", code: "high_below_close",
      text: "expected close at most high, found close 12.01 and high 12.0"),
    BadRow(
      row: "2024-03-08,8,12,9,11,1", code: "low_above_open",
      text: "expected low at most open, found low 9.0 and open 8.0"),
    BadRow(
      row: "2024-03-08,10,12,9,8.99,1", code: "low_above_close",
      text: "expected low at most close, found low 9.0 and close 8.99"),
    BadRow(
      row: "2024-03-07,10,12,9,11,1", code: "duplicate_time",
      text: "expected one row at each time, found 2024-03-07T00:00:00Z again; the first one stays"),
    BadRow(
      row: "2024-03-06,10,12,9,11,1", code: "unsorted_time",
      text: "expected a time after 2024-03-07T00:00:00Z, found 2024-03-06T00:00:00Z"),
  ]
}

@Suite struct `Rows that cannot be bars` {
  @Test(arguments: BadRow.all)
  func `a bad row is skipped and listed with line, code, expected and found`(_ bad: BadRow) throws {
    let reading = try read(header, "2024-03-07,10,12,9,11,1", bad.row, "2024-03-08,10,12,9,11,1")
    #expect(reading.starts == ["2024-03-07T00:00:00Z", "2024-03-08T00:00:00Z"])
    #expect(reading.codes == ["\(bad.code):3"])
    #expect(reading.faults.first?.text == bad.text)
    #expect(reading.faults.first?.isSkipped == true)
    #expect(reading.faults.first?.file.hasSuffix("/ABC.csv") == true)
  }

  @Test(arguments: BadRow.all)
  func `bad_rows refuse does not open a source with such a row`(_ bad: BadRow) throws {
    let reading = try read(header, "2024-03-07,10,12,9,11,1", bad.row, "2024-03-08,10,12,9,11,1", badRows: "refuse")
    #expect(reading.failure?.status == .invalid)
    #expect(reading.failure?.message.contains("ABC.csv:3: \(bad.code): \(bad.text)") == true)
    #expect(reading.codes == ["\(bad.code):3"])
    #expect(reading.faults.first?.isSkipped == false)
    #expect(reading.series == [])
  }

  @Test func `a file of many faults lists a hundred and tells how many more of which kind`() throws {
    let bad = (1...150).map { _ in "2024-03-08,10,12,9,,1" } + (1...7).map { _ in "2024-03-08,10,8,9,11,1" }
    let reading = try Reading(text: ([header, "2024-03-07,10,12,9,11,1"] + bad).joined(separator: "\n") + "\n")
    #expect(reading.faults.count == 101)
    #expect(reading.faults.last?.code == "more_faults")
    #expect(reading.faults.last?.text == "57 more of this file are not listed: high_below_low 7, missing_field 50")
    #expect(reading.faults.allSatisfy { $0.isSkipped })
  }

  @Test func `a file from the newest to the oldest is refused as a whole`() throws {
    let reading = try read(header, "2024-03-08,10,12,9,11,1", "2024-03-07,10,12,9,11,1", "2024-03-06,10,12,9,11,1")
    #expect(reading.failure?.status == .invalid)
    #expect(reading.faults.last?.code == "newest_first")
  }

  @Test(
    arguments: [
      "2024-03-08,10,12,9,11", "2024-03-08,10,1", "2024-03-0", "2", "2024-03-08,10,12,9,11,", "2024-03-08 14:30:00",
    ])
  func `a cut last line is named as such`(_ cut: String) throws {
    let reading = try Reading(text: "\(header)\n2024-03-07,10,12,9,11,1\n\(cut)")
    #expect(reading.codes == ["truncated_line:3"])
    #expect(reading.bars.count == 1)
  }

  @Test func `a last line without a line break is taken, and told`() throws {
    let reading = try Reading(text: "\(header)\n2024-03-07,10,12,9,11,1\n2024-03-08,10,12,9,11,1")
    #expect(reading.codes == ["no_final_newline:3"])
    #expect(reading.bars.count == 2)
  }
}
