import PluginHost

/// What the headers of the file say to the loader (System V ABI, chapters 4 and 5), read without running any of it.
extension ConformanceSuite {
  static let imageTests: [ConformanceTest] = [
    ConformanceTest("elf-valid", .image, "The file is a whole shared library for this machine.") { subject, _ in
      guard case .failure(let fault) = subject.image else { return .pass }
      let problem = PluginProblem(fault)
      return .fail(
        Finding(
          "file", expected: "a shared library for this machine", found: "\(problem)", remedy: problem.remedy))
    },
    ConformanceTest("elf-entry", .image, "The entry function is exported, and is code.") { subject, _ in
      let image = try subject.usableImage()
      let entry = try ELFSymbols(image).exported(Array(entrySymbol.utf8))
      guard entry?.isFunction != true || !image.isCode(entry?.address ?? 0) else { return .pass }
      return .fail(
        Finding(
          "dynamic symbols", expected: "the function \(entrySymbol)",
          found: entry == nil ? "no such symbol" : "\(entrySymbol) that is no function in a code segment",
          remedy: "define it as wharf/plugin.h declares it, and export it"))
    },
    ConformanceTest("elf-one-export", .image, "The file exports nothing besides the entry function.") { subject, _ in
      let exports = try ELFSymbols(subject.usableImage()).exports().map { String(decoding: $0, as: UTF8.self) }
      let others = exports.filter { $0 != entrySymbol }
      guard !others.isEmpty else { return .pass }
      return .fail(
        Finding(
          "dynamic symbols", expected: "\(entrySymbol) alone", found: "also " + list(others),
          remedy: "link with a version script that leaves the one export: { global: wharf_plugin_entry; local: *; };"))
    },
    ConformanceTest("elf-no-text-relocations", .image, "The loader need not write into code.") { subject, _ in
      let image = try subject.usableImage()
      guard image.hasTextRelocations else { return .pass }
      return .fail(
        Finding(
          "dynamic section", expected: "no DT_TEXTREL", found: "relocations of code",
          remedy: "compile with -fPIC, and link with -z text to find the place"))
    },
    ConformanceTest("elf-stack-not-executable", .image, "The file asks for no executable stack.") { subject, _ in
      let image = try subject.usableImage()
      guard image.wantsExecutableStack else { return .pass }
      let stack = image.segments.first { $0.type == 0x6474_e551 }
      return .fail(
        Finding(
          "segment PT_GNU_STACK", expected: "no right to execute",
          found: stack == nil ? "no such segment" : "flags RWE",
          remedy: "link with -z noexecstack, and mark assembly files with .note.GNU-stack"))
    },
    ConformanceTest("elf-no-writable-code", .image, "No segment is both writable and code.") { subject, _ in
      guard let first = try subject.usableImage().writableCode else { return .pass }
      return .fail(
        Finding(
          "segment at 0x\(String(first.address, radix: 16))", expected: "writable or executable, not both",
          found: "flags RWE", remedy: "link without -N and without a linker script that joins code and data"))
    },
    ConformanceTest("elf-read-only-relocations", .image, "Tables of addresses become read-only after loading.") {
      subject, _ in
      guard try !subject.usableImage().segments.contains(where: { $0.type == 0x6474_e552 }) else { return .pass }
      return .warn(
        Finding(
          "segments", expected: "PT_GNU_RELRO", found: "none", remedy: "link with -z relro"))
    },
    ConformanceTest("elf-no-indirect-functions", .image, "No code runs while the loader resolves symbols.") {
      subject, _ in
      let count = try subject.usableImage().relocationTypes().count { $0 == indirectRelocation }
      guard count > 0 else { return .pass }
      return .fail(
        Finding(
          "relocations", expected: "none of the type IRELATIVE", found: "\(count)",
          remedy: "choose among variants of a function at its first call, not with the attribute ifunc"))
    },
    ConformanceTest("elf-does-not-interpose", .image, "The file does not put itself before other libraries.") {
      subject, _ in
      let flags = try subject.usableImage().flags(Tag.flags1)
      // DF_1_GLOBAL, DF_1_INTERPOSE, DF_1_LOADFLTR.
      let found = [(2 as UInt64, "GLOBAL"), (0x400, "INTERPOSE"), (0x10, "LOADFLTR")].filter { flags & $0.0 != 0 }
      guard !found.isEmpty else { return .pass }
      return .fail(
        Finding(
          "dynamic section", expected: "symbols of its own scope", found: "flags " + list(found.map(\.1)),
          remedy: "link without -z global, -z interpose and -z loadfltr"))
    },
    ConformanceTest("elf-size", .image, "The file is small enough to be read at each start.") { subject, _ in
      let size = try subject.usableImage().file.identity.size
      guard size > sizeToWarn else { return .pass }
      return .warn(
        Finding(
          "file", expected: "at most \(sizeToWarn) bytes", found: "\(size)",
          remedy: "strip it of debug information, and keep data out of it"))
    },
  ]

  static let entrySymbol = "wharf_plugin_entry"
  private static let sizeToWarn = 64 << 20

  #if arch(x86_64)
    /// R_X86_64_IRELATIVE.
    private static let indirectRelocation: UInt32 = 37
  #elseif arch(arm64)
    /// R_AARCH64_IRELATIVE.
    private static let indirectRelocation: UInt32 = 1032
  #endif

  /// Names on one line, the first ten of them.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
  }

  /// Tags of the dynamic section.
  fileprivate enum Tag {
    static let textRelocations: Int64 = 22
    static let flags: Int64 = 30
    static let flags1: Int64 = 0x6fff_fffb
  }
}

extension ELFImage {
  /// The bits of a tag; none when it is not there.
  fileprivate func flags(_ tag: Int64) -> UInt64 { value(tag) ?? 0 }

  /// The types of all relocations with addends, of data and of calls.
  fileprivate func relocationTypes() -> [UInt32] {
    // DT_RELA with DT_RELASZ, DT_JMPREL with DT_PLTRELSZ.
    [(7 as Int64, 8 as Int64), (23, 2)].flatMap { start, size -> [UInt32] in
      guard let address = value(start), let length = value(size), let offset = fileOffset(address),
        let count = Int(exactly: length), let bytes = file.bytes(at: offset, count: count)
      else { return [] }
      let table = ByteTable(bytes: bytes)
      return stride(from: 8, to: count, by: 24).compactMap { table.number($0, as: UInt32.self) }
    }
  }
}

extension ELFImage {
  /// Whether the loader has to write into code.
  fileprivate var hasTextRelocations: Bool {
    value(ConformanceSuite.Tag.textRelocations) != nil || flags(ConformanceSuite.Tag.flags) & 4 != 0
  }

  /// Whether the file asks for a stack that code can be run from; a file that does not say asks for one.
  fileprivate var wantsExecutableStack: Bool {
    segments.first { $0.type == 0x6474_e551 }.map { $0.flags & 1 != 0 } ?? true
  }

  /// A segment that is both writable and code.
  fileprivate var writableCode: Segment? { segments.first { $0.type == 1 && $0.flags & 3 == 3 } }

  /// Whether its code can be written, or memory that is written be run: the wall lets nothing be both.
  var mixesCodeAndData: Bool { hasTextRelocations || wantsExecutableStack || writableCode != nil }
}
