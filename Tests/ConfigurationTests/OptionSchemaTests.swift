import Configuration
import Testing
import TradingTypes

@Suite struct `Option schema` {
  @Test(arguments: ["NO", "ON", "yes", "1E5", "1e3", "0x10", "1_000", "~", "null", " x ", "", "5 %"])
  func `leaves a text as it is`(_ text: String) throws {
    #expect(try OptionSchema("o", .text).value(of: text) == .text(text))
  }

  @Test(arguments: zip(["0", "-0", "7", "-12", "9223372036854775807"], [0, 0, 7, -12, Int64.max]))
  func `reads whole numbers`(_ text: String, _ number: Int64) throws {
    #expect(try OptionSchema("o", .integer).value(of: text) == .integer(number))
  }

  @Test(arguments: ["", "-", "+1", "1.0", "1e3", "0x10", "1_000", "01", " 1", "٣", "9223372036854775808", "~"])
  func `refuses what is not a whole number`(_ text: String) {
    #expect(throws: OptionMismatch.self) { try OptionSchema("o", .integer).value(of: text) }
  }

  @Test(arguments: ["0.5", "0.50", "-3", "0.000000001", "9223372036.854775807"])
  func `keeps a decimal's text, exact value and double`(_ text: String) throws {
    let number = try #require(try OptionSchema("o", .decimal).value(of: text).decimal)
    #expect(number.text == text && number.exact == Decimal9(text) && number.double == Double(text))
  }

  @Test(arguments: ["", ".5", "5.", "1e3", "0.0000000001", "nan", "inf", "1,5", "9223372036.9", "0x1p3", "5 %"])
  func `refuses what is not a plain decimal`(_ text: String) {
    #expect(throws: OptionMismatch.self) { try OptionSchema("o", .decimal).value(of: text) }
  }

  @Test func `reads the usual words for yes and no`() throws {
    let schema = OptionSchema("o", .boolean)
    for text in ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"] {
      #expect(try schema.value(of: text) == .boolean(true))
    }
    for text in ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"] {
      #expect(try schema.value(of: text) == .boolean(false))
    }
    for text in ["y", "n", "1", "0", "tRUE", ""] {
      #expect(throws: OptionMismatch.self) { try schema.value(of: text) }
    }
  }

  @Test func `holds bounds at their ends, also for numbers beyond decimals`() throws {
    let schema = OptionSchema("o", .integer, minimum: Decimal9("1"), maximum: Decimal9("9"))
    #expect(try schema.value(of: "1") == .integer(1))
    #expect(try schema.value(of: "9") == .integer(9))
    for text in ["0", "10", "9223372036854775807", "-9223372036854775808"] {
      let mismatch = #expect(throws: OptionMismatch.self) { try schema.value(of: text) }
      #expect(mismatch?.code == .outOfBounds)
    }
  }

  @Test func `names a type as a manifest does`() {
    for type in [OptionType.text, .integer, .decimal, .boolean, .duration, .choice(["a"]), .list, .secret] {
      #expect(OptionType(name: type.name, choices: ["a"]) == type)
    }
    #expect(OptionType(name: "float") == nil)
  }

  static let unsound: [(OptionSchema, String)] = [
    (
      OptionSchema("Fast", .integer),
      "option \"Fast\": a name has small letters, digits and _, and starts with a letter"
    ),
    (OptionSchema("o", .choice([])), "option \"o\": a choice needs something to choose from"),
    (OptionSchema("o", .choice(["a", "a"])), "option \"o\": a choice is listed twice"),
    (OptionSchema("o", .text, minimum: .zero), "option \"o\": bounds need a number"),
    (OptionSchema("o", .boolean, allowsUnlimited: true), "option \"o\": unlimited needs a number"),
    (
      OptionSchema("o", .integer, minimum: Decimal9("2"), maximum: Decimal9("1")),
      "option \"o\": the minimum is above the maximum"
    ),
    (OptionSchema("o", .text, default: .text("a"), isRequired: true), "option \"o\": a required option has no default"),
    (
      OptionSchema("o", .integer, default: .integer(3), maximum: Decimal9("2")),
      "option \"o\": the default \"3\" is not allowed"
    ),
    (OptionSchema("o", .integer, default: .text("3")), "option \"o\": the default \"3\" is not allowed"),
    (OptionSchema("o", .integer, default: .unlimited), "option \"o\": the default \"unlimited\" is not allowed"),
    (OptionSchema("o", .choice(["a"]), default: .text("b")), "option \"o\": the default \"b\" is not allowed"),
  ]

  @Test(arguments: unsound.indices) func `says what makes a declaration unsound`(_ index: Int) {
    #expect(Self.unsound[index].0.problems == [Self.unsound[index].1])
  }

  @Test func `refuses a secret with a default, options declared twice and reserved ids`() throws {
    let reference = try #require(SecretReference(name: "A"))
    #expect(
      OptionSchema("o", .secret, default: .secret(reference)).problems.contains("option \"o\": a secret has no default")
    )
    let twice = PluginSchema(id: "paths", roles: [], options: [OptionSchema("o", .text), OptionSchema("o", .list)])
    #expect(
      twice.problems == ["option \"o\": declared twice", "id \"paths\": a key of the section plugins"])
  }
}
