import PluginHost

/// The manifest, which is read without running any of the file.
extension ConformanceSuite {
  static let manifestTests: [ConformanceTest] = [
    ConformanceTest("manifest-present", .manifest, "The file has a manifest.") { subject, _ in
      _ = try subject.usableImage()
      guard CheckSubject.manifestBytes(subject.image) == nil else { return .pass }
      return .fail(
        Finding(
          "section wharf_manifest", expected: "a JSON object", found: "no such section that can be read",
          remedy: "embed a manifest with WHARF_MANIFEST_FILE or WHARF_MANIFEST_SECTION of wharf/plugin.h"))
    },
    ConformanceTest("manifest-read-only", .manifest, "The manifest lies in memory nobody can write to.") { subject, _ in
      guard let section = try subject.usableImage().section("wharf_manifest") else { throw Unusable("no manifest") }
      guard section.flags & 5 != 0 else { return .pass }
      return .fail(
        Finding(
          "section wharf_manifest", expected: "neither writable nor code",
          found: section.flags & 1 != 0 ? "writable" : "code",
          remedy: "make the array const, or use WHARF_MANIFEST_FILE"))
    },
    faults("manifest-json", "The manifest is JSON.") { field($0) == "line" },
    ConformanceTest("manifest-abi", .manifest, "The manifest's ABI is one this host speaks.") { subject, _ in
      guard case .failure(.unsupportedABI(let version)) = subject.manifest else {
        return try subject.faults.contains { field($0.place) == "abi" } ? subject.failure { field($0) == "abi" } : .pass
      }
      return .fail(
        Finding(
          "manifest.abi", expected: "\(ABIVersion.host.major).0 to \(ABIVersion.host)", found: "\(version)",
          remedy: "build the plugin with the headers of this host, or update the host"))
    },
    faults("manifest-id", "The id is lower-case letters, digits and single hyphens.") { field($0) == "id" },
    faults("manifest-roles", "The roles are known, and none contradicts another.") { field($0) == "roles" },
    faults("manifest-permissions", "Every permission names one thing, in the form the host grants.") {
      field($0) == "permissions"
    },
    faults("manifest-options", "Every option can be set: its type, bounds, choices and default agree.") {
      field($0) == "options"
    },
    faults("manifest-fields", "Name, version, language, summary and all other fields can be read.") {
      !["line", "id", "roles", "permissions", "options", "abi"].contains(field($0))
    },
    ConformanceTest("manifest-file-name", .manifest, "The file is called after the plugin's id.") { subject, _ in
      let id = try subject.usableManifest().id
      var name = String(subject.path.split(separator: "/").last ?? "")
      if name.hasPrefix("lib") { name.removeFirst(3) }
      if name.hasSuffix(".so") { name.removeLast(3) }
      func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
      guard letters(name) != letters(id) else { return .pass }
      return .warn(
        Finding(
          "file name", expected: "lib\(id).so or a spelling of it", found: name + ".so",
          remedy: "rename the file or the id, so that people find one by the other"))
    },
    ConformanceTest("manifest-language", .manifest, "The language is the one the file is written in.") { subject, _ in
      let language = try subject.usableManifest().language
      let isSwift = try subject.usableImage().section("swift5_type_metadata") != nil
      guard language == "swift", !isSwift else { return .pass }
      return .warn(
        Finding(
          "manifest.language", expected: "the language of the code", found: "swift, but the file has no Swift in it",
          remedy: "name the language: c, cpp, rust"))
    },
  ]

  /// The field a place is in: `options` for `options[2].minimum`; `line` for a place in the text.
  private static func field(_ place: String) -> String { String(place.prefix { $0.isLetter || $0 == "_" }) }

  /// A test for the faults of the manifest at some places.
  private static func faults(
    _ name: String, _ abstract: String, _ isIts: @escaping @Sendable (String) -> Bool
  ) -> ConformanceTest {
    ConformanceTest(name, .manifest, abstract) { subject, _ in try subject.failure(isIts) }
  }
}

extension CheckSubject {
  /// Everything that is wrong with the manifest, apart from its ABI.
  fileprivate var faults: [ManifestFault] {
    get throws {
      guard CheckSubject.manifestBytes(image) != nil else { throw Unusable("there is no manifest") }
      if case .failure(.faults(let faults)) = manifest { return faults }
      return []
    }
  }

  fileprivate func failure(_ isIts: (String) -> Bool) throws -> Outcome {
    let own = try faults.filter { isIts($0.place) }
    guard let first = own.first else { return .pass }
    let more =
      own.count > 1
      ? " (and \(own.count - 1) more at " + own.dropFirst().map(\.place).joined(separator: ", ") + ")" : ""
    return .fail(
      Finding(
        "manifest: " + first.place, expected: first.expected, found: first.found + more,
        remedy: "correct the manifest and build the plugin again"))
  }
}
