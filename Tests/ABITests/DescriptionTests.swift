import Testing

@Suite struct `The description` {
  @Test func `gives every field and parameter a role that fits its type`() throws {
    #expect(try Repository.description().faults == [])
  }

  @Test func `explains the roles it uses and no other`() throws {
    let description = try Repository.description()
    let fields = description.structs.flatMap(\.fields)
    let used = (fields + fields.flatMap { $0.parameters ?? [] }).compactMap(\.role).map { role in
      role.contains(":") ? role.prefix { $0 != ":" } + ":X" : role[...]
    }
    #expect(Set(used.map(String.init)) == Set(description.roles.keys))
  }

  @Test func `names each table that the headers name, and no other`() throws {
    let described = try Repository.description().tables.map { "\"\($0.id)\"" }
    let headers = try Repository.published.map { try Repository.text($0) }.joined()
    let named = headers.matches(of: /"wharf\.[a-z_]+\/\d+"/).map { String($0.output) }
    #expect(Set(described) == Set(named))
  }

  @Test(arguments: RoleChange.all) func `is refused with a role that no proxy could follow`(_ change: RoleChange) throws
  {
    var description = try Repository.description()
    change.make(&description)
    #expect(!description.faults.isEmpty)
  }
}

/// A change that leaves the C as it is and makes the description useless.
struct RoleChange: CustomTestStringConvertible {
  var what: String
  var make: @Sendable (inout Description) -> Void
  var testDescription: String { what }

  static let all = [
    RoleChange(what: "no role") { set("wharf_log.write(text)", in: &$0) { $0.role = nil } },
    RoleChange(what: "a role that does not exist") { set("wharf_log.write(text)", in: &$0) { $0.role = "blob" } },
    RoleChange(what: "a length without its text") {
      set("wharf_log.write(text_length)", in: &$0) { $0.role = "length_of:name" }
    },
    RoleChange(what: "a text without its length") {
      set("wharf_log.write(text_length)", in: &$0) { $0.role = "value" }
    },
    RoleChange(what: "a text that is one struct") { set("wharf_log.write(text)", in: &$0) { $0.role = "in" } },
    RoleChange(what: "a sink that is one struct") { set("wharf_state.get(sink)", in: &$0) { $0.role = "in" } },
    RoleChange(what: "a struct that is a sink") { set("wharf_broker.place(request)", in: &$0) { $0.role = "sink" } },
    RoleChange(what: "an input that is written") { set("wharf_portfolio.account(out)", in: &$0) { $0.role = "in" } },
    RoleChange(what: "a result that is read only") { set("wharf_strategy.on_bar(bar)", in: &$0) { $0.role = "out" } },
    RoleChange(what: "no host") { set("wharf_log.write(host)", in: &$0) { $0.role = "context" } },
    RoleChange(what: "no capacity") { set("wharf_market_data.read(capacity)", in: &$0) { $0.role = "value" } },
    RoleChange(what: "constants that do not exist") { set("wharf_log.write(level)", in: &$0) { $0.values = "levels" } },
    RoleChange(what: "constants of a text") { set("wharf_log.write(text)", in: &$0) { $0.values = "log_level" } },
    RoleChange(what: "a table without an id") { $0.tables.removeLast() },
    RoleChange(what: "an id for a value") { $0.tables[0].struct = "wharf_bar_v1" },
    RoleChange(what: "an id that stands twice") { $0.tables[0].id = $0.tables[1].id },
    RoleChange(what: "an id without a version") { $0.tables[0].id = "wharf.log" },
    RoleChange(what: "a use that does not exist") { $0.structs[0].use = "thing" },
    RoleChange(what: "flags that overlap") { description in
      let place = description.constants.firstIndex { $0.kind == "flags" }!
      description.constants[place].members[1].value = 3
    },
    RoleChange(what: "values with a gap") { $0.constants[2].members[1].value += 5 },
  ]

  private static func set(
    _ place: String, in description: inout Description, by make: (inout Description.Field) -> Void
  ) {
    for (index, item) in description.structs.enumerated() {
      for (field, function) in item.fields.enumerated() {
        for (number, parameter) in (function.parameters ?? []).enumerated()
        where "\(item.name).\(function.name)(\(parameter.name))" == place {
          make(&description.structs[index].fields[field].parameters![number])
        }
      }
    }
  }
}
