import Foundation
import Testing

@Suite struct `The layout` {
  @Test func `is the committed one, to which only additions join`() throws {
    let current = try LayoutProgram.run(try Repository.description())
    let committed = LayoutSnapshot.read((try? Repository.text("layout.txt")) ?? "")
    let breaks = committed.breaks(in: current)
    #expect(breaks == [], "a published table never changes; a change needs a new tag and a new id")
    if ProcessInfo.processInfo.environment["WHARF_WRITE_LAYOUT"] == "1", breaks.isEmpty {
      try write(current.text, "layout.txt")
      try write(LayoutHeader.text(current), "layout_check.h")
    }
    for name in committed.additions(in: current) {
      FileHandle.standardError.write(
        Data("note: \(name) is not in layout.txt yet; WHARF_WRITE_LAYOUT=1 swift test --filter ABITests adds it\n".utf8)
      )
    }
  }

  @Test func `has an entry for every struct, constant and table`() throws {
    let committed = LayoutSnapshot.read(try Repository.text("layout.txt"))
    #expect(committed.entries.count { $0.name.hasPrefix("struct ") } >= 46)
    #expect(committed.entries.count { $0.name.hasPrefix("constant ") } >= 90)
    #expect(committed.entries.count { $0.name.hasPrefix("table ") } >= 15)
    #expect(committed.text == (try Repository.text("layout.txt")))
  }

  @Test func `is asserted by layout_check.h`() throws {
    let committed = LayoutSnapshot.read(try Repository.text("layout.txt"))
    #expect(try Repository.text("layout_check.h") == LayoutHeader.text(committed))
  }

  @Test(arguments: LayoutChange.breaking) func `is broken by`(_ change: LayoutChange) throws {
    let committed = LayoutSnapshot.read(try Repository.text("layout.txt"))
    #expect(!committed.breaks(in: try change.layout()).isEmpty)
  }

  @Test(arguments: LayoutChange.growth) func `is not broken by`(_ change: LayoutChange) throws {
    let committed = LayoutSnapshot.read(try Repository.text("layout.txt"))
    let changed = try change.layout()
    #expect(committed.breaks(in: changed) == [])
    #expect(!committed.additions(in: changed).isEmpty)
  }

  @Test func `cannot be printed from a description that lies about a type`() throws {
    var description = try Repository.description()
    let bar = try #require(description.structs.firstIndex { $0.name == "wharf_bar" })
    description.structs[bar].fields[0].type = "double"
    #expect(throws: Tool.Failure.self) { try LayoutProgram.run(description) }
  }

  @Test func `of another shape does not pass layout_check.h`() throws {
    let folder = try TemporaryFolder()
    let include = try folder.headers(replacing: [
      ("market.h", "  double high;\n  double low;\n", "  double high;\n  float low;\n  float lower;\n")
    ])
    try folder.write("wharf/layout_check.h", try Repository.text("layout_check.h"))
    let source = try folder.write("check.c", "#include <wharf/layout_check.h>\n")
    for standard in ["c99", "c11"] {
      let arguments = ["-std=\(standard)", "-fsyntax-only", source, "-I"]
      let (changed, published) = (
        try Tool.compiler().run(arguments + [include]), try Tool.compiler().run(arguments + [Repository.include])
      )
      #expect(changed.status != 0)
      #expect(published.status == 0)
    }
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: Repository.include + "/wharf/" + name))
  }
}

/// A change made to a copy of the headers and, with them, to what describes them.
struct LayoutChange: CustomTestStringConvertible {
  var what: String
  var changes: [(header: String, text: String, by: String)]
  var tables: @Sendable (inout [Description.Table]) -> Void = { _ in }
  var testDescription: String { what }

  /// The layout of the changed copy.
  func layout() throws -> LayoutSnapshot {
    let folder = try TemporaryFolder()
    let include = try folder.headers(replacing: changes)
    var description = try Repository.declarations(include: include)
    description.tables = try Repository.description().tables
    tables(&description.tables)
    return try LayoutProgram.run(description, include: include)
  }

  static let breaking = [
    LayoutChange(
      what: "a field at the end", changes: [("market.h", "  double volume;", "  double volume;\n  double vwap;")]),
    LayoutChange(
      what: "two fields of one size swapped",
      changes: [("market.h", "  double high;\n  double low;", "  double low;\n  double high;")]),
    LayoutChange(
      what: "a field of one size and another type", changes: [("market.h", "  double volume;", "  int64_t volume;")]),
    LayoutChange(what: "a field of another name", changes: [("market.h", "  double volume;", "  double amount;")]),
    LayoutChange(
      what: "a parameter of another type",
      changes: [
        ("host.h", "(*write)(const wharf_host *host, int32_t level,", "(*write)(const wharf_host *host, int64_t level,")
      ]),
    LayoutChange(
      what: "a function at the end of a table",
      changes: [
        (
          "host.h", "  wharf_status (*commit)(const wharf_host *host);\n",
          "  wharf_status (*commit)(const wharf_host *host);\n  wharf_status (*clear)(const wharf_host *host);\n"
        )
      ]),
    LayoutChange(
      what: "a new tag without the old one",
      changes: [("market.h", "typedef struct wharf_bar_v1 {", "typedef struct wharf_bar_v2 {")]),
    LayoutChange(
      what: "a new tag behind the name that published functions use",
      changes: [
        (
          "market.h", "  uint32_t flags; /* WHARF_SESSION_... */\n} wharf_bar;",
          """
            uint32_t flags;
          } wharf_bar_1;
          typedef struct wharf_bar_v2 {
            int64_t start;
          } wharf_bar;
          """
        )
      ]),
    LayoutChange(
      what: "another opaque tag",
      changes: [("base.h", "typedef struct wharf_instance_v1 wharf", "typedef struct wharf_instance_v2 wharf")]),
    LayoutChange(
      what: "another type of status", changes: [("base.h", "typedef int32_t wharf_st", "typedef uint32_t wharf_st")]),
    LayoutChange(what: "a constant of another value", changes: [("base.h", "WHARF_E_BUSY = 7", "WHARF_E_BUSY = 12")]),
    LayoutChange(what: "a constant less", changes: [("base.h", "  WHARF_E_END = 8,", "")]),
    LayoutChange(
      what: "a field at the end of a request",
      changes: [("http.h", "} wharf_http_request;", "  uint64_t retries;\n} wharf_http_request;")]),
    LayoutChange(
      what: "a function at the end of the newest table",
      changes: [
        (
          "process.h", "} wharf_process;",
          "  wharf_status (*list)(const wharf_host *host, const wharf_process_sink *sink);\n} wharf_process;"
        )
      ]),
    LayoutChange(
      what: "a result that is told otherwise",
      changes: [
        (
          "process.h", "int32_t finish,\n                        int64_t timeout",
          "int64_t finish,\n                        int64_t timeout"
        )
      ]),
    LayoutChange(what: "a table less", changes: []) { $0.removeFirst() },
    LayoutChange(what: "an id that means another struct", changes: []) { $0[0].struct = $0[1].struct },
  ]

  static let growth = [
    LayoutChange(
      what: "a table's second version beside its first",
      changes: [
        (
          "process.h", "} wharf_process;",
          """
          } wharf_process_1;
          typedef struct wharf_process_v2 {
            uint32_t struct_size;
            uint32_t reserved;
            wharf_status (*stop)(const wharf_host *host, uint64_t process, int32_t how);
          } wharf_process;
          """
        )
      ]
    ) { $0.append(.init(id: "wharf.process/2", struct: "wharf_process_v2", side: "host")) },
    LayoutChange(
      what: "a new table",
      changes: [
        (
          "notifier.h", "typedef struct wharf_notifier_v1 {",
          """
          typedef struct wharf_pager_v1 {
            uint32_t struct_size;
            uint32_t reserved;
            wharf_status (*page)(wharf_instance *instance, int64_t time);
          } wharf_pager;
          typedef struct wharf_notifier_v1 {
          """
        )
      ]
    ) { $0.append(.init(id: "wharf.pager/1", struct: "wharf_pager_v1", side: "plugin")) },
    LayoutChange(
      what: "a new struct",
      changes: [
        (
          "market.h", "  uint32_t flags; /* WHARF_SESSION_... */\n} wharf_bar;",
          """
            uint32_t flags;
          } wharf_bar;
          typedef struct wharf_bar_v2 {
            int64_t start;
          } wharf_bar_2;
          """
        )
      ]),
    LayoutChange(
      what: "a new constant", changes: [("broker.h", "WHARF_SIDE_SELL = 2", "WHARF_SIDE_SELL = 2, WHARF_SIDE_X = 3")]),
  ]
}
