import Foundation

/// A C program, written from a description, that prints the layout which the compiler gives to the headers.
enum LayoutProgram {
  /// Asks the compiler; fails when a described type is not the declared one.
  static func run(_ description: Description, include: String = Repository.include) throws -> LayoutSnapshot {
    let folder = try TemporaryFolder()
    let source = try folder.write("layout.c", source(description))
    let program = folder.path + "/layout"
    _ = try Tool.compiler().output(["-std=gnu11", "-Wall", "-Werror", "-I", include, source, "-o", program])
    return LayoutSnapshot.read(try Tool(path: program).output([]))
  }

  static func source(_ description: Description) -> String {
    let types = TypeNames(description)
    var lines: [String] = []
    for alias in description.aliases {
      lines.append("SAME(\(alias.name), \(types.name(alias.type)))")
      lines.append("puts(\"alias \(alias.name) \(types.name(alias.type))\");")
    }
    for opaque in description.opaque { lines.append("puts(\"opaque \(opaque.name) \(types.name(opaque.name))\");") }
    for function in description.functions {
      let type = types.name(returns: function.returns, function.parameters)
      lines.append("SAME(__typeof__(&\(function.name)), \(type))")
      lines.append("puts(\"function \(function.name) \(type)\");")
    }
    for item in description.structs {
      lines.append("STRUCT(\(item.tag))")
      for field in item.fields {
        lines.append("SAME(__typeof__(((struct \(item.tag) *)0)->\(field.name)), \(types.name(field)))")
        lines.append("FIELD(\(item.tag), \(field.name), \"\(types.name(field))\")")
      }
    }
    // The version macros are left out: they are there to change.
    for member in description.constants.filter({ $0.kind != "macros" }).flatMap(\.members) {
      lines.append("printf(\"constant \(member.name) %lld\\n\", (long long)\(member.name));")
    }
    for table in description.tables {
      lines.append("(void)sizeof(struct \(table.struct));")
      lines.append("puts(\"table \(table.id) \(table.side) \(table.struct)\");")
    }
    return prologue + lines.map { "  \($0)\n" }.joined() + "  return 0;\n}\n"
  }

  private static let prologue = #"""
    #include <stdio.h>
    #include <wharf/wharf.h>
    #define SAME(declared, ...) \
      _Static_assert(__builtin_types_compatible_p(declared, __VA_ARGS__), "described as another type: " #declared);
    #define STRUCT(tag) printf("struct " #tag " size %zu align %zu\n", sizeof(struct tag), _Alignof(struct tag));
    #define FIELD(tag, field, type) \
      printf("  %zu %zu " #field " %s\n", offsetof(struct tag, field), sizeof(((struct tag *)0)->field), type);
    int main(void) {

    """#
}

/// Types as they are frozen: with the tag in place of the name, which a later version may give to another tag.
struct TypeNames {
  private let tags: [String: String]

  init(_ description: Description) {
    tags = Dictionary(
      description.structs.map { ($0.name, $0.tag) } + description.opaque.map { ($0.name, $0.tag ?? $0.name) },
      uniquingKeysWith: { first, _ in first })
  }

  func name(_ type: String?) -> String {
    (type ?? "?").split(separator: " ").map { word in tags[String(word)].map { "struct " + $0 } ?? String(word) }
      .joined(separator: " ")
  }

  func name(returns: String?, _ parameters: [Description.Field]) -> String {
    let list = parameters.isEmpty ? "void" : parameters.map { name($0.type) }.joined(separator: ", ")
    return "\(name(returns)) (*)(\(list))"
  }

  func name(_ field: Description.Field) -> String {
    field.parameters.map { name(returns: field.returns, $0) } ?? name(field.type)
  }
}
