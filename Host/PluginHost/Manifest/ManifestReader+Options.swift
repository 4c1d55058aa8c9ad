import Configuration
import TradingTypes

extension ManifestReader {
  /// One entry of `options`: name, type, help; as the type allows it default, minimum, maximum, choices, and the flags
  /// required and unlimited.
  mutating func option(_ value: JSONValue, _ place: String) -> OptionSchema? {
    guard var object = object(value, place) else { return nil }
    let before = faults.count
    let name = parsed(object.take("name"), place + ".name", "small letters, digits and _, starting with a letter") {
      $0.isEmpty ? nil : $0
    }
    var choices: [String] = []
    if let value = object.take("choices") {
      choices = list(value, place + ".choices", limit: 64) { reader, item, place in
        reader.line(item, place, limit: 64)
      }
    }
    let hasChoices = !choices.isEmpty
    let type = parsed(
      object.take("type"), place + ".type", "one of text, integer, decimal, boolean, duration, choice, list, secret"
    ) { OptionType(name: $0, choices: choices) }
    if hasChoices, let type, type != .choice(choices) {
      fault(place + ".choices", "none for the type \(type.name)", "\(choices.count)")
    }
    let help = line(object.take("help"), place + ".help", limit: 300)
    let minimum = bound(object.take("minimum"), place + ".minimum")
    let maximum = bound(object.take("maximum"), place + ".maximum")
    let required = flag(object.take("required"), place + ".required")
    let unlimited = flag(object.take("unlimited"), place + ".unlimited")
    let written = object.take("default")
    refuseUnknown(object, in: place)
    guard let name, let type, let help, faults.count == before else { return nil }
    var schema = OptionSchema(
      name, type, minimum: minimum, maximum: maximum, allowsUnlimited: unlimited, isRequired: required, help: help)
    if let written { readDefault(written, place + ".default", into: &schema) }
    for problem in schema.problems { fault(place, "an option that can be set", printable(problem)) }
    return faults.count == before ? schema : nil
  }

  private mutating func readDefault(_ written: JSONValue, _ place: String, into schema: inout OptionSchema) {
    guard let text = parsed(written, place, "a text, also for numbers", { $0 }) else { return }
    if schema.type == .secret {
      fault(place, "no default for a secret", "a text (not shown)")
      return
    }
    do throws(OptionMismatch) { schema.defaultValue = try schema.value(of: text) } catch {
      fault(place, error.expected, printable(error.found))
    }
  }

  private mutating func bound(_ value: JSONValue?, _ place: String) -> Decimal9? {
    guard let value else { return nil }
    return parsed(value, place, "a plain decimal in quotes") { Decimal9($0) }
  }

  private mutating func flag(_ value: JSONValue?, _ place: String) -> Bool {
    guard let value else { return false }
    guard case .boolean(let isSet) = value else {
      fault(place, "true or false", value.kind)
      return false
    }
    return isSet
  }
}
