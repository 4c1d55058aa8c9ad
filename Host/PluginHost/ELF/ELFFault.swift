/// Why a file is not a shared library of this machine.
package enum ELFFault: Error, Hashable {
  /// It does not start as an ELF file does.
  case notELF
  /// It ends before something it says it holds.
  case truncated(what: String, end: UInt64, size: Int)
  /// It is for another kind of machine.
  case wrongMachine(found: String)
  /// It is ELF, but of another type than a shared library.
  case notSharedLibrary(found: String)
  /// Its tables contradict each other or the format.
  case malformed(what: String)
}

/// The machine this host was built for.
enum HostMachine {
  #if arch(x86_64)
    static let code: UInt16 = 62
    static let name = "x86-64"
    static let libraryFolder = "x86_64-linux-gnu"
    /// The flags of a 64-bit library of this machine in the loader's cache.
    static let cacheFlags: Int32 = 0x0303
  #elseif arch(arm64)
    static let code: UInt16 = 183
    static let name = "aarch64"
    static let libraryFolder = "aarch64-linux-gnu"
    static let cacheFlags: Int32 = 0x0a03
  #else
    #error("name this machine's ELF code, its library folder and its flags in ld.so.cache")
  #endif

  /// The name of a machine in an ELF header (System V ABI, e_machine).
  static func name(of code: UInt16) -> String {
    switch code {
    case 3: "x86 (32-bit)"
    case 8: "MIPS"
    case 20: "PowerPC"
    case 21: "PowerPC64"
    case 22: "S390"
    case 40: "ARM (32-bit)"
    case 62: "x86-64"
    case 183: "aarch64"
    case 243: "RISC-V"
    case 258: "LoongArch"
    default: "machine \(code)"
    }
  }
}
