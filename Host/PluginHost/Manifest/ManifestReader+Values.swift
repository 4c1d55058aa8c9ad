/// The members of an object that have not been asked for yet.
struct JSONMembers {
  private(set) var rest: [JSONValue.Member]

  init(_ members: [JSONValue.Member]) { rest = members }

  /// The value of a key, which then counts as known.
  mutating func take(_ key: String) -> JSONValue? {
    guard let index = rest.firstIndex(where: { $0.key == key }) else { return nil }
    return rest.remove(at: index).value
  }
}

extension ManifestReader {
  mutating func fault(_ place: String, _ expected: String, _ found: String) {
    guard faults.count < 100 else { return }
    faults.append(ManifestFault(place: printable(place, limit: 80), expected: expected, found: found))
  }

  mutating func object(_ value: JSONValue, _ place: String) -> JSONMembers? {
    guard case .object(let members) = value else {
      fault(place, "an object", value.kind)
      return nil
    }
    return JSONMembers(members)
  }

  /// A text that means something to `read`.
  mutating func parsed<Value>(
    _ value: JSONValue?, _ place: String, _ expected: String, _ read: (String) -> Value?
  ) -> Value? {
    guard let value else {
      fault(place, expected, "nothing")
      return nil
    }
    guard case .string(let text) = value else {
      fault(place, expected, value.kind)
      return nil
    }
    guard let result = read(text) else {
      fault(place, expected, "\"\(printable(text, limit: 60))\"")
      return nil
    }
    return result
  }

  /// One line of text that a terminal shows as it is.
  mutating func line(_ value: JSONValue?, _ place: String, limit: Int) -> String? {
    parsed(value, place, "one line of 1 to \(limit) characters without control characters") { text in
      let scalars = text.unicodeScalars
      let isLine = (1...limit).contains(scalars.count) && !scalars.contains(where: \.isUnprintable)
      return isLine && text.contains { $0 != " " } ? text : nil
    }
  }

  mutating func list<Item>(
    _ value: JSONValue?, _ place: String, limit: Int, _ read: (inout ManifestReader, JSONValue, String) -> Item?
  ) -> [Item] {
    guard let value else {
      fault(place, "a list", "nothing")
      return []
    }
    guard case .array(let items) = value else {
      fault(place, "a list", value.kind)
      return []
    }
    guard items.count <= limit else {
      fault(place, "at most \(limit)", "\(items.count)")
      return []
    }
    return items.enumerated().compactMap { read(&self, $0.element, "\(place)[\($0.offset)]") }
  }

  mutating func refuseRepeated(_ values: [some Hashable], _ place: String) {
    var seen: Set<AnyHashable> = []
    for value in values where !seen.insert(value).inserted {
      fault(place, "each once", "\"\(value)\" twice")
    }
  }

  mutating func refuseUnknown(_ members: JSONMembers, in place: String) {
    for member in members.rest {
      fault(place.isEmpty ? member.key : place + "." + member.key, "no such key", member.value.kind)
    }
  }
}
