import PluginHost

extension ConformanceSuite {
  /// What the file says to the loader, read without running any of it.
  static let imageTests = [
    ConformanceTest("elf-one-export", .image, "The entry function is the only symbol the file exports.") { subject, _ in
      let exports = try ELFSymbols(subject.usableImage()).exports().map { String(decoding: $0, as: UTF8.self) }
      guard exports.contains(entrySymbol) else {
        throw Finding(
          "dynamic symbols", expected: entrySymbol, found: exports.isEmpty ? "no export" : list(exports),
          remedy: "define it as wharf/plugin.h declares it and export it")
      }
      let others = exports.filter { $0 != entrySymbol }
      guard others.isEmpty else {
        throw Finding(
          "dynamic symbols", expected: "\(entrySymbol) alone", found: "also " + list(others),
          remedy: "link with a version script that leaves the one export: { global: wharf_plugin_entry; local: *; };")
      }
      return .pass
    }
  ]

  static let entrySymbol = "wharf_plugin_entry"

  /// Names on one line, the first ten of them.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
  }
}
