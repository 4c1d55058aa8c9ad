import CommandLineKit
import Foundation
import Testing

@Suite struct `JSON text` {
  static let table: [(JSONValue, String)] = [
    (JSONValue.null, "null"), (true, "true"), (false, "false"), (.integer(.min), "-9223372036854775808"),
    (.integer(.max), "9223372036854775807"), (0, "0"), (-7, "-7"), (.number(0.1), "0.1"),
    (.number(0.569312), "0.569312"),
    (.number(1), "1.0"), (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
    (.number(1e300), "1e+300"), (.number(.leastNonzeroMagnitude), "5e-324"), (.number(-0.0), "-0.0"), ("", "\"\""),
    ([], "[]"),
    ([:], "{}"),
    ([1, "a", nil, [2]], "[1,\"a\",null,[2]]"),
    (["b": 1, "a": ["d": 2, "c": nil]], "{\"a\":{\"c\":null,\"d\":2},\"b\":1}"),
    ("\"\\/\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1F}\u{7F}é漢😀", "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u{7F}é漢😀\""),
    (JSONValue(nil as String?), "null"), (JSONValue(nil as Double?), "null"), (JSONValue(3), "3"),
    (.decimal(12 as Int?), "\"12\""), (.decimal(nil as Int?), "null"),
  ]

  @Test(arguments: table)
  func `each value has one text`(_ value: JSONValue, _ text: String) { #expect(value.text == text) }

  @Test func `any text reads back as it was, as a value and as a key`() throws {
    var generator = SeededGenerator(state: 1)
    for _ in 0..<2000 {
      let text = generator.text(upTo: 40)
      let json = JSONValue.object([text: .string(text)]).text
      let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
      let (key, value) = try #require(read?.first)
      #expect(Array(key.unicodeScalars) == Array(text.unicodeScalars))
      #expect(Array(value.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test func `every scalar below U+0100 and each UTF-8 boundary reads back`() throws {
    let boundaries: [UInt32] = [0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF]
    for value in Array(0..<0x100) + boundaries {
      let text = "a" + String(try #require(Unicode.Scalar(value))) + "b"
      let read = try JSONSerialization.jsonObject(with: Data(JSONValue.array([.string(text)]).text.utf8)) as? [String]
      #expect(read.map { Array($0[0].utf8) } == Array(text.utf8))
    }
  }

  @Test func `any finite double reads back to the same bits`() throws {
    var generator = SeededGenerator(state: 2)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(Double(JSONValue.number(number).text)?.bitPattern == number.bitPattern)
    }
    let numbers = [0.1, 1e-5, 1e16, 123456789.123, .leastNonzeroMagnitude, -1.7976931348623157e308]
    let text = JSONValue.array(numbers.map(JSONValue.number)).text
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double] == numbers)
  }
}

@Suite struct `Incremental JSON` {
  private static func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(into: BufferedOutput())
    body(&writer)
    return String(decoding: writer.collected(), as: UTF8.self)
  }

  @Test func `pieces make one compact document`() {
    let text = Self.text { writer in
      writer.beginObject()
      writer.key("equity")
      writer.beginArray()
      for day in 1...2 {
        writer.beginArray()
        writer.value("2018-04-0\(day)T00:00:00Z")
        writer.value(nil as Double?)
        writer.value(nil as String?)
        writer.value(Int64(day))
        writer.endArray()
      }
      writer.endArray()
      writer.key("none")
      writer.beginObject()
      writer.endObject()
      writer.key("ratio")
      writer.value(0.25)
      writer.key("tree")
      writer.value(["ok": true])
      writer.key("yes")
      writer.value(true)
      writer.endObject()
    }
    #expect(
      text == "{\"equity\":[[\"2018-04-01T00:00:00Z\",null,null,1],[\"2018-04-02T00:00:00Z\",null,null,2]],"
        + "\"none\":{},\"ratio\":0.25,\"tree\":{\"ok\":true},\"yes\":true}")
  }

  @Test func `a lone value is a document`() { #expect(Self.text { $0.value(7) } == "7") }

  @Test func `any tree is written as a parser reads it`() throws {
    var generator = SeededGenerator(state: 3)
    func tree(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
      case 0: .null
      case 1: .bool(Bool.random(using: &generator))
      case 2: .integer(Int64.random(in: -1_000_000...1_000_000, using: &generator))
      case 3: .number(Double.random(in: -1...1, using: &generator))
      case 4: .string(generator.text(upTo: 6))
      case 5: .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in tree(depth - 1) })
      default:
        .object(
          Dictionary(
            (0..<Int.random(in: 0...4, using: &generator)).map { ("\($0)" + generator.text(upTo: 3), tree(depth - 1)) },
            uniquingKeysWith: { $1 }))
      }
    }
    for _ in 0..<300 {
      let value = tree(4)
      #expect(try JSONDecoder().decode(DecodedValue.self, from: Data(value.text.utf8)).value == value)
    }
  }

  @Test func `a value without its key traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter(into: BufferedOutput())
      writer.beginObject()
      writer.value(1)
    }
  }

  @Test func `an end of the other container traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter(into: BufferedOutput())
      writer.beginObject()
      writer.endArray()
    }
  }

  @Test func `a key without its value traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter(into: BufferedOutput())
      writer.beginObject()
      writer.key("a")
      writer.endObject()
    }
  }

  @Test func `a second document traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter(into: BufferedOutput())
      writer.value(1)
      writer.value(2)
    }
  }

  @Test func `an unfinished document traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter(into: BufferedOutput())
      writer.beginArray()
      _ = writer.collected()
    }
  }
}

/// What Foundation's decoder reads. Not JSONSerialization here: on Linux it reads long numbers by way of
/// NSDecimalNumber, whose double is not always the nearest one.
private struct DecodedValue: Decodable {
  let value: JSONValue

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      value = .null
    } else if let flag = try? container.decode(Bool.self) {
      value = .bool(flag)
    } else if let integer = try? container.decode(Int64.self) {
      value = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let text = try? container.decode(String.self) {
      value = .string(text)
    } else if let elements = try? container.decode([DecodedValue].self) {
      value = .array(elements.map(\.value))
    } else {
      value = .object(try container.decode([String: DecodedValue].self).mapValues(\.value))
    }
  }
}
