internal import CHostCompiler
internal import WharfABI

extension ABIVersion {
  /// The version this host was built with.
  public static let host = ABIVersion(major: UInt16(WHARF_ABI_MAJOR), minor: UInt16(WHARF_ABI_MINOR))
}

/// The compiler that built this host, as `WHARF_BUILD_IDENTITY` records it in a plugin.
enum HostCompiler {
  static let version = String(cString: host_compiler_version())
}
