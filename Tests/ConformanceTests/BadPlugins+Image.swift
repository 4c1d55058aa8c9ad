extension BadPlugin {
  private static let source = "strategy.c"

  static let image: [BadPlugin] = [
    BadPlugin("elf-valid", source) { $0[18] = 8 },  // e_machine: MIPS
    BadPlugin("elf-entry", source, "BAD_ENTRY_IS_DATA"), BadPlugin("elf-one-export", source, "BAD_TWO_EXPORTS"),
    BadPlugin("elf-no-text-relocations", source, "BAD_TEXT_RELOCATION", flags: ["-Wl,-z,notext"]),
    BadPlugin("elf-stack-not-executable", source, flags: ["-Wl,-z,execstack"]),
    BadPlugin("elf-no-writable-code", source, patch: makeCodeWritable),
    BadPlugin("elf-read-only-relocations", source, verdict: "warn", flags: ["-Wl,-z,norelro"]),
    BadPlugin("elf-no-indirect-functions", source, "BAD_INDIRECT_FUNCTION"),
    BadPlugin("elf-does-not-interpose", source, flags: ["-Wl,-z,interpose"]),
    BadPlugin("elf-size", source, verdict: "warn") { $0 += [UInt8](repeating: 0, count: 65 << 20) },
  ]

  static let linking: [BadPlugin] = [
    BadPlugin("elf-libraries", source, flags: ["-Wl,--no-as-needed", "-lm"]) {
      $0.replace("libm.so.6", by: "libq.so.6")
    },
    BadPlugin("elf-symbol-versions", source) { $0.replace("GLIBC_2.", by: "GLIBC_9.") },
    BadPlugin("elf-no-undefined-symbols", source, "BAD_UNDEFINED", flags: ["-Wl,-z,undefs"]),
    BadPlugin("elf-search-path", source, flags: ["-Wl,-rpath,lib"]),
    BadPlugin("elf-build-identity", "libSMACross.so") { $0.replace("wharf_build\0", by: "wharf_burnt\0") },
    BadPlugin("elf-loads", source, flags: ["-Wl,-z,nodlopen"]),
  ]

  static let imports: [BadPlugin] = [
    BadPlugin("imports-no-network", source, "BAD_IMPORT=socket"),
    BadPlugin("imports-no-processes", source, "BAD_IMPORT=fork"),
    BadPlugin("imports-no-loader", source, "BAD_IMPORT=dlopen"),
    BadPlugin("imports-no-privileges", source, "BAD_IMPORT=ptrace"),
    BadPlugin("imports-no-exit", source, "BAD_IMPORT=exit", verdict: "warn"),
    BadPlugin("imports-no-threads", source, "BAD_IMPORT=thrd_create", verdict: "warn"),
    BadPlugin("imports-no-files", source, "BAD_IMPORT=opendir", verdict: "warn"),
    BadPlugin("imports-deterministic", source, "BAD_IMPORT=rand", verdict: "warn"),
  ]

  /// Adds PF_W to each program header that has PF_R and PF_X.
  private static let makeCodeWritable: @Sendable (inout [UInt8]) -> Void = { bytes in
    let (first, count) = (Int(bytes[32]) | Int(bytes[33]) << 8, Int(bytes[56]))
    for header in stride(from: first, to: first + count * 56, by: 56) where bytes[header] == 1 {
      if bytes[header + 4] == 5 { bytes[header + 4] = 7 }
    }
  }
}
