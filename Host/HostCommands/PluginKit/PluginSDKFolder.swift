import CommandLineKit
import Glibc

/// The folder with everything a plugin is built with: headers, kits, templates, documentation.
///
/// From a source tree it is `PluginAPI`; installed it is `share/wharf`, with the same files in it.
struct PluginSDKFolder {
  let path: String

  /// What a folder must have to be one.
  static let marks = ["include/wharf/wharf.h", "exports.map", "Templates/roles"]

  /// Finds it: `$WHARF_SDK`, else beside the executable (`../share/wharf` or `../../share/wharf`), else in the source
  /// tree that the executable was built in. Blocks on the disk.
  ///
  /// - Throws: `CommandFailure` (`no_sdk`, exit 66) when there is none.
  static func find() throws -> PluginSDKFolder {
    let variables = HostEnvironment.processVariables()
    if let named = variables["WHARF_SDK"], !named.isEmpty {
      guard let found = at(named) else {
        throw CommandFailure(
          code: "no_sdk", message: "WHARF_SDK names no Wharf SDK", where: named,
          expected: "a folder with \(marks.joined(separator: ", "))", found: missing(named),
          remedy: "unset WHARF_SDK, or name a folder that host sdk-path --install made (DIR/share/wharf)",
          exitCode: .noInput)
      }
      return found
    }
    let executable = realpath("/proc/self/exe", nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    for candidate in candidates(executable: executable ?? "/") {
      if let found = at(candidate) { return found }
    }
    throw CommandFailure(
      code: "no_sdk", message: "there is no Wharf SDK", where: executable,
      expected: "a source tree above the executable, or share/wharf beside its folder", found: "neither",
      remedy: "run host sdk-path --install DIR where the source is, then set WHARF_SDK to DIR/share/wharf",
      exitCode: .noInput)
  }

  /// Where an executable's SDK may lie, best first.
  static func candidates(executable: String) -> [String] {
    var folder = parent(executable)
    var all = [parent(folder) + "/share/wharf", parent(parent(folder)) + "/share/wharf"]
    while folder != "" {
      all.append(folder + "/PluginAPI")
      folder = parent(folder)
    }
    return all
  }

  /// The folder at a path, without links; `nil` when it is none.
  static func at(_ path: String) -> PluginSDKFolder? {
    guard missing(path) == nil, let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return PluginSDKFolder(path: String(cString: real))
  }

  private static func missing(_ path: String) -> String? {
    marks.first { !StoreFolder.exists("\(path)/\($0)") }.map { "no \($0)" }
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// What belongs to it; other things in the folder of a source tree do not.
  static let members = [
    "Package.swift", "README.md", "exports.map", "wharf-plugin.pc", "include", "PluginSDK", "PluginTestKit",
    "TradingTypes",
    "Indicators", "MarketCalendar", "TestHost", "Rust", "Templates", "Documentation",
  ]

  /// Where each part lies.
  var places: [(name: String, path: String)] {
    [
      ("include", path + "/include"), ("exports_map", path + "/exports.map"), ("package", path + "/Package.swift"),
      ("templates", path + "/Templates"), ("documentation", path + "/Documentation"), ("pkg_config", path),
    ]
  }
}
