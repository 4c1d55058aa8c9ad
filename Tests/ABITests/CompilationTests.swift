import Foundation
import Testing

@Suite struct `The headers compile alone` {
  static let standards = [("c", "c99"), ("c", "c11"), ("cc", "c++17")]

  @Test(.enabled(if: Compiler.gcc.isComplete, "gcc or g++ is missing"), arguments: standards)
  func `with gcc`(_ suffix: String, _ standard: String) throws {
    try Compiler.gcc.check(suffix, standard)
  }

  @Test(.enabled(if: Compiler.clang.isComplete, "clang or clang++ is not on PATH"), arguments: standards)
  func `with clang`(_ suffix: String, _ standard: String) throws {
    try Compiler.clang.check(suffix, standard)
  }

  @Test(.enabled(if: Compiler.toolchain.isComplete, "no clang beside swift"), arguments: standards)
  func `with the toolchain's clang`(_ suffix: String, _ standard: String) throws {
    try Compiler.toolchain.check(suffix, standard)
  }

  @Test func `which is checked with warnings as errors`() throws {
    let compiler = try #require([Compiler.gcc, .clang, .toolchain].first { $0.isComplete })
    for (text, suffix, standard) in [
      ("typedef struct { wharf_status s; } x;", "c", "c11"), ("enum x : int { A };", "c", "c11"),
      ("typedef struct { int a; struct { int b; }; } x;", "c", "c99"),
      ("static inline int f(int unused) { return 0; }", "c", "c11"),
      ("typedef struct x { bool a[0]; } x;", "cc", "c++17"),
    ] {
      let folder = try TemporaryFolder()
      let outcome = try compiler.run([try folder.write("bad.\(suffix)", text + "\n")], suffix, standard)
      #expect(outcome.status != 0, "\(text) passed")
    }
  }

  @Test(.enabled(if: Compiler.gcc.isComplete, "g++ is missing")) func `and export the entry from C++ by its name`()
    throws
  {
    let folder = try TemporaryFolder()
    let source = try folder.write(
      "plugin.cc",
      """
      #include <wharf/wharf.h>
      static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, nullptr};
      const wharf_plugin *wharf_plugin_entry(void) { return &plugin; }

      """)
    let library = folder.path + "/plugin.so"
    _ = try #require(Compiler.gcc.cplusplus).output(
      ["-std=c++17", "-shared", "-fPIC", "-I", Repository.include, source, "-o", library])
    let symbols = try #require(Tool.find("nm")).output(["-D", "--defined-only", library])
    #expect(symbols.split(separator: "\n").map { $0.split(separator: " ").last } == ["wharf_plugin_entry"])
  }
}

/// A C and C++ compiler of one maker.
struct Compiler {
  var c: Tool?
  var cplusplus: Tool?

  static let gcc = named("gcc", Tool.find("gcc"), Tool.find("g++"))
  static let clang = named("clang", Tool.find("clang"), Tool.find("clang++"))
  static let toolchain = named("the toolchain's clang", Tool.findBesideSwift("clang"), Tool.findBesideSwift("clang++"))

  var isComplete: Bool { c != nil && cplusplus != nil }

  private static func named(_ name: String, _ c: Tool?, _ cplusplus: Tool?) -> Compiler {
    let compiler = Compiler(c: c, cplusplus: cplusplus)
    if !compiler.isComplete {
      FileHandle.standardError.write(Data("SKIPPED: \(name) was not found, so no header was compiled with it\n".utf8))
    }
    return compiler
  }

  /// Compiles each header as a file of its own, included twice so that its guard is proved too.
  func check(_ suffix: String, _ standard: String) throws {
    let folder = try TemporaryFolder()
    let names = Repository.published + ["wharf.h", "layout_check.h"] + Repository.drafts
    let sources = try names.map { name in
      try folder.write(name + "." + suffix, "#include <wharf/\(name)>\n#include <wharf/\(name)>\n")
    }
    let outcome = try run(sources, suffix, standard)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(names.count >= 16)
  }

  func run(_ sources: [String], _ suffix: String, _ standard: String) throws -> Tool.Outcome {
    let tool = try #require(suffix == "c" ? c : cplusplus)
    return try tool.run(
      ["-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Repository.include]
        + sources)
  }
}
