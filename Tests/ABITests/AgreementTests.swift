import Foundation
import Testing

@Suite struct `The description and the headers` {
  @Test func `say the same`() throws {
    let differences = Description.differences(
      try Repository.description(), headers: try Repository.declarations(), of: Repository.published)
    #expect(differences == [])
  }

  @Test func `describe something`() throws {
    let description = try Repository.description()
    #expect(description.structs.count >= 46)
    #expect(description.members.count >= 70)
    #expect(description.tables.count >= 15)
  }

  @Test(arguments: HeaderChange.all) func `disagree when a header changes`(_ change: HeaderChange) throws {
    let folder = try TemporaryFolder()
    let include = try folder.headers(replacing: [(change.header, change.text, change.by)])
    let differences = Description.differences(
      try Repository.description(), headers: try Repository.declarations(include: include), of: Repository.published)
    #expect(!differences.isEmpty)
    #expect(differences.allSatisfy { $0.hasPrefix(change.header) })
  }

  @Test(arguments: DescriptionChange.all) func `disagree when the description changes`(
    _ change: DescriptionChange
  ) throws {
    var description = try Repository.description()
    change.make(&description)
    let differences = Description.differences(
      description, headers: try Repository.declarations(), of: Repository.published)
    #expect(!differences.isEmpty)
  }

  @Test func `include every published header in wharf.h and no draft`() throws {
    let included = try Repository.text("wharf.h").matches(of: /#include "([^"]+)"/).map { String($0.output.1) }
    #expect(included == Repository.published)
    let description = try Repository.description()
    #expect(!description.structs.contains { $0.tag.contains("draft") })
    #expect(Repository.drafts.count == 3)
  }
}

@Suite struct `The parser of headers` {
  @Test(arguments: [
    "typedef struct wharf_x_v1 { uint32_t a[2]; } wharf_x;", "int x = 3;", "typedef struct wharf_x_v1 { int (a); } x;",
    "enum { A };", "enum { A = B };", "struct wharf_x_v1 { uint32_t a; };", "#pragma pack(1)", "/* no end",
    "typedef struct wharf_x_v1 { uint32_t a;", "union { int a; };", "#endif", "typedef struct t { void (*)(void); } t;",
  ]) func `refuses what it does not understand`(_ source: String) {
    #expect(throws: (any Error).self) { try HeaderParser.parse(source, header: "x.h") }
  }

  @Test func `reads each kind of declaration`() throws {
    let source = """
      #define X_MAJOR 3 
      /* A number. */
      typedef int32_t x_status;
      enum { X_A = 1, /* one */ X_B = 2 };
      typedef struct x_thing_v1 x_thing;
      struct x_thing_v1 {
        uint32_t size; /* bytes */
        /* Does it. May be null. May block.
         * Since 1.2. [serial] */
        x_status (*work)(const x_thing *self, const void **out);
      };
      #ifdef __cplusplus
      extern "C" {
      #endif
      /* Starts. Since 1.0. [entry] */
      __attribute__((visibility("default"))) const x_thing *x_entry(void);
      """
    #expect(
      try HeaderParser.parse(source, header: "x.h").lines(of: "x.h") == [
        "alias int32_t x_status", "function const x_thing * x_entry() since 1.0 [entry]", "constants",
        "  X_MAJOR = 3", "constants", "  X_A = 1", "  X_B = 2", "struct x_thing_v1 x_thing", "  uint32_t size",
        "  x_status (*work)(const x_thing * self, const void ** out) since 1.2 [serial] may be null may block",
      ])
  }
}

/// A change of a published header that the description must notice.
struct HeaderChange: CustomTestStringConvertible {
  var what: String
  var header: String
  var text: String
  var by: String
  var testDescription: String { what }

  static let all = [
    HeaderChange(
      what: "a field more", header: "market.h", text: "  double volume;", by: "  double volume;\n  double vwap;"),
    HeaderChange(what: "a field less", header: "market.h", text: "  double volume;\n", by: ""),
    HeaderChange(
      what: "two fields swapped", header: "market.h", text: "  double high;\n  double low;",
      by: "  double low;\n  double high;"),
    HeaderChange(
      what: "a field of another type", header: "market.h", text: "  double volume;", by: "  int64_t volume;"),
    HeaderChange(what: "a field of another name", header: "market.h", text: "  double volume;", by: "  double amount;"),
    HeaderChange(
      what: "another tag", header: "market.h", text: "typedef struct wharf_bar_v1 {",
      by: "typedef struct wharf_bar_v2 {"),
    HeaderChange(
      what: "a parameter more", header: "host.h", text: "(*commit)(const wharf_host *host)",
      by: "(*commit)(const wharf_host *host, uint32_t mode)"),
    HeaderChange(
      what: "a parameter of another type", header: "host.h", text: "(*write)(const wharf_host *host, int32_t level,",
      by: "(*write)(const wharf_host *host, int64_t level,"),
    HeaderChange(
      what: "another result", header: "host.h", text: "wharf_status (*commit)", by: "int32_t (*commit)"),
    HeaderChange(
      what: "a function less", header: "host.h", text: "  wharf_status (*commit)(const wharf_host *host);\n", by: ""),
    HeaderChange(
      what: "a function more", header: "host.h", text: "  wharf_status (*commit)(const wharf_host *host);\n",
      by: "  wharf_status (*commit)(const wharf_host *host);\n  wharf_status (*clear)(const wharf_host *host);\n"),
    HeaderChange(
      what: "a constant of another value", header: "base.h", text: "WHARF_E_BUSY = 7", by: "WHARF_E_BUSY = 12"),
    HeaderChange(
      what: "a constant more", header: "broker.h", text: "WHARF_SIDE_SELL = 2",
      by: "WHARF_SIDE_SELL = 2, WHARF_SIDE_X = 3"),
    HeaderChange(
      what: "a constant less", header: "broker.h", text: "WHARF_SIDE_BUY = 1, ", by: ""),
    HeaderChange(what: "another macro", header: "base.h", text: "WHARF_ABI_MINOR 1", by: "WHARF_ABI_MINOR 2"),
    HeaderChange(
      what: "another tag of a comment", header: "host.h", text: "Uniform 64 bits. Since 1.0. [serial]",
      by: "Uniform 64 bits. Since 1.0. [any-thread]"),
    HeaderChange(
      what: "another entry", header: "plugin.h", text: "wharf_plugin_entry(void);", by: "wharf_plugin_start(void);"),
    HeaderChange(
      what: "a struct more", header: "notifier.h", text: "typedef struct wharf_notifier_v1 {",
      by: "typedef struct wharf_x_v1 { uint32_t a; } wharf_x;\ntypedef struct wharf_notifier_v1 {"),
  ]
}

/// A change of the description that the headers must notice.
struct DescriptionChange: CustomTestStringConvertible {
  var what: String
  var make: @Sendable (inout Description) -> Void
  var testDescription: String { what }

  static let all = [
    DescriptionChange(what: "a struct less") { $0.structs.removeLast() },
    DescriptionChange(what: "a struct more") {
      $0.structs.append(.init(tag: "wharf_x_v1", name: "wharf_x", header: "market.h", fields: []))
    },
    DescriptionChange(what: "a struct of a header that does not exist") {
      $0.structs.append(.init(tag: "wharf_x_v1", name: "wharf_x", header: "x.h", fields: []))
    },
    DescriptionChange(what: "two structs swapped") {
      let first = $0.structs.firstIndex { $0.header == "market.h" }!
      $0.structs.swapAt(first, first + 1)
    },
    DescriptionChange(what: "a field less") { $0.structs[0].fields.removeLast() },
    DescriptionChange(what: "a field more") { $0.structs[0].fields.append(.init(name: "more", type: "double")) },
    DescriptionChange(what: "two fields swapped") { $0.structs[0].fields.swapAt(0, 1) },
    DescriptionChange(what: "a field of another type") { $0.structs[0].fields[0].type = "uint64_t" },
    DescriptionChange(what: "a constant less") { $0.constants[0].members.removeLast() },
    DescriptionChange(what: "a constant of another value") { $0.constants[0].members[0].value += 1 },
    DescriptionChange(what: "a group of constants less") { $0.constants.removeLast() },
    DescriptionChange(what: "no opaque struct") { $0.opaque = [] },
    DescriptionChange(what: "another status") { $0.aliases[0].type = "int64_t" },
    DescriptionChange(what: "no entry") { $0.functions = [] },
    DescriptionChange(what: "a parameter more") { change("wharf_clock.now", in: &$0) { $0 += $0 } },
    DescriptionChange(what: "two parameters swapped") { change("wharf_log.write", in: &$0) { $0.swapAt(0, 1) } },
    DescriptionChange(what: "a parameter less") { change("wharf_log.write", in: &$0) { $0.removeLast() } },
    DescriptionChange(what: "a parameter of another name") {
      change("wharf_log.write", in: &$0) { $0[1].name = "severity" }
    },
  ]

  private static func change(
    _ place: String, in description: inout Description, by make: (inout [Description.Field]) -> Void
  ) {
    for (index, item) in description.structs.enumerated() {
      for (field, function) in item.fields.enumerated() where "\(item.name).\(function.name)" == place {
        make(&description.structs[index].fields[field].parameters!)
      }
    }
  }
}
