import CHostCompiler
import Foundation
import PluginHost
import Testing

/// One way in which a file cannot be used, and what the host says about it.
struct Rejection: Sendable, CustomTestStringConvertible {
  var name: String
  var reason: String
  var remedy: String
  /// Puts the file `x.so` into a folder.
  var make: @Sendable (_ folder: TemporaryFolder) throws -> Void
  var testDescription: String { name }

  init(
    _ name: String, _ reason: String, _ remedy: String, _ make: @escaping @Sendable (TemporaryFolder) throws -> Void
  ) {
    (self.name, self.reason, self.remedy, self.make) = (name, reason, remedy, make)
  }

  static func elf(_ name: String, _ reason: String, _ remedy: String, _ elf: HandMadeELF) -> Rejection {
    Rejection(name, reason, remedy) { try $0.write("x.so", elf.bytes) }
  }

  static func built(
    _ name: String, _ reason: String, _ remedy: String, source: String = CPlugin.quietSource,
    manifest: String? = CPlugin.manifest(), flags: [String] = []
  ) -> Rejection {
    Rejection(name, reason, remedy) { folder in
      try CPlugin.build("x.so", in: folder.path, source: source, manifest: manifest, flags: flags)
    }
  }
}

@Suite struct `A file that cannot be used` {
  @Test(arguments: Rejection.ofFiles + Rejection.ofFormats + Rejection.ofManifests + Rejection.ofLinks)
  func `is listed with its reason and remedy`(_ row: Rejection) throws {
    let folder = try TemporaryFolder()
    try row.make(folder)
    let listed = PluginDirectory.list([PluginFolder(path: folder.path, source: .environment)], environment: [:])
    let file = try #require(listed.first { $0.path.hasSuffix("/x.so") })
    #expect(file.status == .rejected)
    #expect(file.reason?.replacingOccurrences(of: folder.path, with: "FOLDER") == row.reason)
    #expect(file.remedy == row.remedy)
  }
}

extension Rejection {
  static let ofFiles: [Rejection] = [
    Rejection("a folder", "expected a file, found a folder", "rename it, or move it to another folder") {
      _ = try $0.folder("x.so")
    },
    Rejection("a pipe", "expected a file, found a pipe", "rename it, or move it to another folder") {
      try #require(mkfifo($0.path + "/x.so", 0o600) == 0)
    },
    Rejection("a dangling link", "a link to a file that does not exist", "restore the file, or remove the link") {
      try #require(symlink("gone.so", $0.path + "/x.so") == 0)
    },
    Rejection("a loop of links", "a link that leads back to itself", "remove the link") {
      try #require(symlink("x.so", $0.path + "/x.so") == 0)
    },
    Rejection(
      "a link that cannot be followed", "cannot be read: File name too long",
      "allow the user who runs the host to read it"
    ) {
      try #require(symlink(String(repeating: "x", count: 300), $0.path + "/x.so") == 0)
    },
    Rejection(
      "a file too large to read", "expected at most 536870912 bytes, found 536870913",
      "strip it, or move it to another folder"
    ) {
      try #require(truncate(try $0.write("x.so", "x"), 536_870_913) == 0)
    },
    Rejection(
      "a file that everyone may write to", "every user may write to the file",
      "check where it comes from, then run chmod o-w on it"
    ) {
      try #require(chmod(try CPlugin.build("x.so", in: $0.path), 0o646) == 0)
    },
    Rejection(
      "a folder that everyone may write to", "every user may write to the folder FOLDER",
      "check its files, then run chmod o-w on the folder"
    ) {
      try CPlugin.build("x.so", in: $0.path)
      try #require(chmod($0.path, 0o1777) == 0)
    },
    Rejection(
      "a link to a file in a folder that everyone may write to", "every user may write to the folder FOLDER/open",
      "check its files, then run chmod o-w on the folder"
    ) {
      let open = try $0.folder("open")
      try CPlugin.build("y", in: open)
      try #require(symlink("open/y", $0.path + "/x.so") == 0)
      try #require(chmod(open, 0o777) == 0)
    },
  ]

  static let ofFormats: [Rejection] = [
    Rejection("a text", "not an ELF file", "replace it by a shared library, or give it another ending than .so") {
      try $0.write("x.so", "#!/bin/sh\n")
    },
    Rejection("nothing", "not an ELF file", "replace it by a shared library, or give it another ending than .so") {
      try $0.write("x.so", "")
    },
    Rejection("only a magic", "truncated: header ends at byte 64, the file at byte 4", "copy or build it again") {
      try $0.write("x.so", [0x7f, 0x45, 0x4c, 0x46])
    },
    .elf(
      "cut after the header", "truncated: program header table ends at byte 120, the file at byte 64",
      "copy or build it again", HandMadeELF()),
    .elf(
      "tables beyond every file",
      "truncated: program header table ends at byte 18446744073709551615, the file at byte 64",
      "copy or build it again", HandMadeELF(segmentOffset: .max)),
    .elf(
      "cut before the sections", "truncated: section header table ends at byte 384, the file at byte 120",
      "copy or build it again",
      HandMadeELF(sectionOffset: 256, sectionCount: 2, rest: [UInt8](repeating: 0, count: 56))),
    .elf(
      "for a 32-bit machine", "built for a 32-bit machine, this machine is \(thisMachine)", "build it for this machine",
      HandMadeELF(fileClass: 1)),
    .elf(
      "for a big-endian machine", "built for a big-endian machine, this machine is \(thisMachine)",
      "build it for this machine", HandMadeELF(byteOrder: 2)),
    .elf(
      "for another processor", "built for RISC-V, this machine is \(thisMachine)", "build it for this machine",
      HandMadeELF(machine: 243)),
    .elf(
      "an object file", "expected a shared library, found an object file", "link it with -shared", HandMadeELF(type: 1)),
    .elf(
      "an executable at a fixed place", "expected a shared library, found an executable", "link it with -shared",
      HandMadeELF(type: 2)),
    .built(
      "an executable", "expected a shared library, found an executable", "link it with -shared",
      source: CPlugin.quietSource + "int main(void) { return 0; }", flags: ["-pie"]),
    .elf(
      "headers of another size", "malformed ELF file: 1 program headers of 55 bytes",
      "build it again, and do not strip its section headers", HandMadeELF(segmentSize: 55)),
    .elf(
      "no dynamic section", "malformed ELF file: no dynamic section",
      "build it again, and do not strip its section headers", HandMadeELF(rest: [UInt8](repeating: 0, count: 56))),
  ]

  static let ofLinks: [Rejection] = [
    .built(
      "a hidden entry", "the function wharf_plugin_entry is not exported",
      "define wharf_plugin_entry as wharf/plugin.h declares it, and export it",
      source: CPlugin.prelude() + "int other(void) { return 1; }"),
    .built(
      "an entry that is no function", "the function wharf_plugin_entry is not exported",
      "define wharf_plugin_entry as wharf/plugin.h declares it, and export it",
      source: "#define wharf_plugin_entry declared\n" + CPlugin.prelude()
        + "#undef wharf_plugin_entry\nint wharf_plugin_entry = 1;"),
    .built(
      "undefined symbols", "undefined symbols: no_such_function, no_such_thing",
      "link the libraries that define them; find them all with ld -z defs",
      source: CPlugin.quietSource
        + """
        extern int no_such_thing; extern void no_such_function(void);
        __attribute__((weak)) extern void not_there_but_weak(void);
        int use(void) { no_such_function(); if (not_there_but_weak) not_there_but_weak(); return no_such_thing; }
        """),
    Rejection(
      "a library that is not there", "libraries not found: libgone.so",
      "install them, or put them beside the plugin and link it with -rpath '$ORIGIN'"
    ) { folder in
      let library = try linkToLibrary("libgone.so", source: "int there(void) { return 1; }", folder)
      try FileManager.default.removeItem(atPath: library)
    },
    Rejection(
      "a library that is too old", "libraries are too old: NEW_2 of libold.so not found",
      "update the libraries, or build the plugin on this system"
    ) { folder in
      try folder.write("new.map", "OLD_1 { global: other; }; NEW_2 { global: there; } OLD_1;")
      try folder.write("old.map", "OLD_1 { global: there; other; };")
      let source = "int there(void) { return 1; } int other(void) { return 2; }"
      let library = try linkToLibrary("libold.so", source: source, folder, map: folder.path + "/new.map")
      try buildLibrary("libold.so", library, source: source, folder, map: folder.path + "/old.map")
    },
    Rejection(
      "a Swift runtime without a build identity",
      "linked to the Swift runtime, but the section wharf_build is missing",
      "put WHARF_BUILD_IDENTITY of wharf/plugin.h into a C file of the plugin"
    ) { folder in
      try linkToLibrary("libswiftCore.so", source: "int there(void) { return 1; }", folder, isUsed: false)
    },
    Rejection(
      "another Swift compiler",
      "built by another Swift compiler: expected \(String(cString: host_compiler_version())), found Clang 1.2 (strange)",
      "build the plugin with the host's Swift compiler, or link the Swift runtime into it with -static-stdlib"
    ) { folder in
      try linkToLibrary(
        "libswiftCore.so", source: "int there(void) { return 1; }", folder, isUsed: false,
        pluginSource: "#undef __VERSION__\n#define __VERSION__ \"Clang 1.2 (strange)\"\nWHARF_BUILD_IDENTITY;\n")
    },
  ]

  #if arch(x86_64)
    static let thisMachine = "x86-64"
  #else
    static let thisMachine = "aarch64"
  #endif

  /// Builds a library in `folder/lib` and the plugin `x.so` that needs it and looks for it there.
  @discardableResult
  static func linkToLibrary(
    _ name: String, source: String, _ folder: TemporaryFolder, map: String? = nil, isUsed: Bool = true,
    pluginSource: String = ""
  ) throws -> String {
    let library = try folder.folder("lib") + "/" + name
    try buildLibrary(name, library, source: source, folder, map: map)
    try CPlugin.build(
      "x.so", in: folder.path,
      source: CPlugin.quietSource + pluginSource
        + (isUsed
          ? "int there(void); int use_it(void) { return there(); }"
          : "void *swift_retain(void *); void *use_it(void *it) { return swift_retain(it); }"),
      flags: ["-Wl,--no-as-needed", library, "-Wl,-rpath,$ORIGIN/lib"])
    return library
  }

  static func buildLibrary(
    _ name: String, _ output: String, source: String, _ folder: TemporaryFolder, map: String?
  ) throws {
    try folder.write("library.c", source)
    try CPlugin.compile(
      ["-shared", "-fPIC", folder.path + "/library.c", "-o", output, "-Wl,-soname," + name]
        + (map.map { ["-Wl,--version-script=" + $0] } ?? []))
  }
}
