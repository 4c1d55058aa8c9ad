import Foundation
import Isolation
import Testing

@Suite struct `The description of the ABI` {
  static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// A struct of `layout.txt`, which Tests/ABITests compares with the compiled headers.
  struct Expected {
    var size = 0
    var alignment = 0
    var fields: [(offset: Int, size: Int, name: String)] = []
  }

  static func compiledLayout() throws -> [String: Expected] {
    let text = try String(contentsOf: root.appending(path: "PluginAPI/include/wharf/layout.txt"), encoding: .utf8)
    var found: [String: Expected] = [:]
    var tag = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "struct" {
        tag = String(words[1])
        found[tag] = Expected(size: Int(words[3])!, alignment: Int(words[5])!)
      } else if line.hasPrefix("  "), let offset = Int(words[0]) {
        found[tag]!.fields.append((offset, Int(words[1])!, String(words[2])))
      }
    }
    return found
  }

  @Test func `gives every struct the layout that the compiler gives it`() throws {
    let expected = try Self.compiledLayout()
    let structures = ABIDescription.published.structures
    #expect(expected.count > 30)
    #expect(Set(structures.map(\.tag)) == Set(expected.keys))
    for structure in structures {
      let compiled = try #require(expected[structure.tag])
      #expect(structure.size == compiled.size, "\(structure.tag)")
      #expect(structure.alignment == compiled.alignment, "\(structure.tag)")
      let fields = structure.fields.map { "\($0.offset) \($0.type.size) \($0.name)" }
      #expect(fields == compiled.fields.map { "\($0.offset) \($0.size) \($0.name)" }, "\(structure.tag)")
    }
  }

  @Test func `names functions as messages do and knows what they give back`() throws {
    let functions = ABIDescription.published.functions
    func function(_ name: String) throws -> ABIDescription.Function {
      try #require(functions.first { $0.name == name })
    }
    #expect(try function("strategy.on_bar").returnsStatus)
    #expect(try !function("strategy.on_bar").isOneWay)
    #expect(try function("strategy.evaluate").isOptional)
    #expect(try !function("strategy.destroy").isOneWay)
    #expect(try function("log.write").isOneWay)
    #expect(try function("log.write").isAnyThread)
    #expect(try function("wharf_strategy_sink.signal").isOneWay)
    #expect(try function("broker.place").mayBlock)
    #expect(try function("market_data.read").parameters[1].role == .outputArray(capacity: 2, written: 3))
    #expect(Set(functions.map(\.name)).count == functions.count)
  }

  @Test(arguments: [
    ("", "a value at byte 0"), ("{\"structs\":[}", "a value at byte 12"), ("{\"a\":\"\\n\"}", "a text without escapes"),
    ("{}", "a struct of use host"), ("{} x", "the end at byte 3"),
    (
      #"{"structs":[{"tag":"t","name":"n","use":"host","fields":[{"name":"a","type":"int","role":"value"}]}]}"#,
      "unknown type int"
    ),
    (
      #"{"structs":[{"tag":"t","name":"n","use":"host","fields":[{"name":"a","type":"double","role":"odd"}]}]}"#,
      "unknown role odd"
    ),
    (
      #"{"structs":[{"tag":"t","name":"n","use":"x","fields":[{"name":"a","type":"const char *","role":"text"}]}]}"#,
      "no length_of:a"
    ),
  ])
  func `is refused with the place when it cannot be used`(_ text: String, _ message: String) throws {
    let error = try #require(throws: DescriptionError.self) {
      try Array(text.utf8).withUnsafeBytes { bytes in _ = try ABIDescription(bytes) }
    }
    #expect(error.description.contains(message))
  }
}
