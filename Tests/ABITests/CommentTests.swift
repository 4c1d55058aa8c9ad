import Testing

/// The house form of comments: what for; each parameter; each status; what is forbidden; version; tag.
@Suite struct `The comments of the headers` {
  @Test func `close every published function with version and tag, and name its parameters`() throws {
    let declarations = try Repository.declarations()
    let macros = declarations.constants.filter { $0.kind == "macros" }.flatMap(\.members)
    let major = try #require(macros.first { $0.name == "WHARF_ABI_MAJOR" }).value
    let minor = try #require(macros.first { $0.name == "WHARF_ABI_MINOR" }).value
    let faults = CommentFaults.find(in: declarations, versions: (0...minor).map { "\(major).\($0)" })
    #expect(faults == [])
  }

  @Test(arguments: Repository.drafts) func `do the same in drafts, which say that they are drafts`(
    _ draft: String
  ) throws {
    let source = try Repository.text(draft)
    let faults = CommentFaults.find(in: try HeaderParser.parse(source, header: draft), versions: ["draft"])
    #expect(faults == [])
    let head = try #require(try CToken.scan(source).first)
    #expect(head.kind == .comment && head.text.hasPrefix("/* DRAFT: "))
    #expect(head.text.contains("may change in any way"))
    let structs = try HeaderParser.parse(source, header: draft).structs
    #expect(!structs.isEmpty && structs.allSatisfy { $0.tag.hasSuffix("_draft1") })
  }

  @Test func `give every struct of a draft a purpose`() throws {
    for draft in Repository.drafts {
      for item in try HeaderParser.parse(try Repository.text(draft), header: draft).structs {
        #expect(item.comment != nil, "\(draft): \(item.name) has no comment")
      }
    }
  }

  @Test(arguments: [
    ("no comment", ""), ("a note of the field above", "uint32_t a; /* Works. Since 1.0. [serial] */"),
    ("no version", "/* Works on size of x. [serial] */"), ("no tag", "/* Works on size of x. Since 1.0. */"),
    ("a tag that does not exist", "/* Works on size of x. Since 1.0. [main-thread] */"),
    ("something after the tag", "/* Works on size of x. Since 1.0. [serial] Really. */"),
    ("a parameter that is not named", "/* Works on x. Since 1.0. [serial] */"),
    ("nothing but the ending", "/* Since 1.0. [serial] */"),
    ("another version", "/* Works on size of x. Since 0.9. [serial] */"),
  ]) func `are refused with`(_ what: String, _ comment: String) throws {
    func faults(_ comment: String) throws -> [String] {
      let source = """
        typedef struct x_v1 {
          \(comment)
          wharf_status (*work)(const wharf_host *host, const char *x, uint64_t x_length, uint32_t size);
        } x;
        """
      return CommentFaults.find(in: try HeaderParser.parse(source, header: "x.h"), versions: ["1.0"])
    }
    let (bad, good) = (try faults(comment), try faults("/* Works on size of x. Since 1.0. [serial] */"))
    #expect(!bad.isEmpty)
    #expect(good == [])
  }
}

/// What is missing in the comments of functions.
enum CommentFaults {
  static func find(in declarations: Description, versions: [String]) -> [String] {
    declarations.members.flatMap { place, function in
      faults(place, function.comment, function.parameters ?? [], since: function.since, function.thread, versions)
    }
      + declarations.functions.flatMap {
        faults($0.name, $0.comment, $0.parameters, since: $0.since, $0.thread, versions)
      }
  }

  private static func faults(
    _ place: String, _ comment: String?, _ parameters: [Description.Field], since: String?, _ thread: String?,
    _ versions: [String]
  ) -> [String] {
    guard let comment else { return ["\(place): no comment above it"] }
    let form = CommentForm(comment)
    guard let since, thread != nil else { return ["\(place): does not end with 'Since x.y. [tag]'"] }
    var faults = versions.contains(since) ? [] : ["\(place): since \(since), expected one of \(versions)"]
    if form.text.hasPrefix("Since") { faults.append("\(place): says nothing") }
    for parameter in parameters where !isEvident(parameter, parameters) && !form.names(parameter.name) {
      faults.append("\(place): does not name \(parameter.name)")
    }
    return faults
  }

  /// What `base.h` explains once: whose call it is, sinks, lengths of what stands before them, and a struct that the
  /// parameter is named for and whose own comment explains it.
  private static func isEvident(_ parameter: Description.Field, _ all: [Description.Field]) -> Bool {
    let type = parameter.type ?? ""
    switch parameter.name {
    case "host": return type == "const wharf_host *"
    case "instance": return type == "wharf_instance *"
    case "out_instance": return type == "wharf_instance **"
    case "context": return type == "void *"
    case "sink": return type.hasSuffix("_sink *")
    case "length", "count": return type == "uint64_t" && all.first?.name != parameter.name
    case _ where parameter.name.hasSuffix("_length"):
      return all.contains { $0.name == parameter.name.dropLast("_length".count) }
    default: return type == "const wharf_\(parameter.name) *"
    }
  }
}
