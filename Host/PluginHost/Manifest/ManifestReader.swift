import Configuration
import TradingCore

/// Reads a manifest and keeps every fault.
package struct ManifestReader {
  var faults: [ManifestFault] = []

  /// Reads the content of the section `wharf_manifest`, which may be padded with zero bytes.
  package static func read(_ section: [UInt8], host: ABIVersion) throws(ManifestError) -> Manifest {
    let bytes = Array(section[..<(section.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)])
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONReader.read(bytes) } catch {
      throw .faults([
        ManifestFault(place: "line \(error.line), column \(error.column)", expected: "JSON", found: error.what)
      ])
    }
    var reader = ManifestReader()
    guard let manifest = try reader.manifest(value, host: host), reader.faults.isEmpty else {
      throw .faults(reader.faults)
    }
    return manifest
  }

  private mutating func manifest(_ value: JSONValue, host: ABIVersion) throws(ManifestError) -> Manifest? {
    guard var object = object(value, "manifest") else { return nil }
    let abi = parsed(object.take("abi"), "abi", "a version such as \"\(host)\"") { ABIVersion($0) }
    if let abi, abi.major != host.major || abi.minor > host.minor { throw .unsupportedABI(abi) }
    let id = parsed(object.take("id"), "id", "lower-case letters, digits and single hyphens, at most 64") {
      ManifestReader.isID($0) ? $0 : nil
    }
    if let id, PluginSchema.reservedIDs.contains(id) { fault("id", "an id that is no key of the configuration", id) }
    let name = line(object.take("name"), "name", limit: 80)
    let version = parsed(object.take("version"), "version", "a version such as \"1.0.0\" (semver.org)") {
      SemanticVersion($0)
    }
    let roles = roles(object.take("roles"))
    let language = parsed(object.take("language"), "language", "a language such as \"c\" or \"swift\"") {
      ManifestReader.isLanguage($0) ? $0 : nil
    }
    let summary = line(object.take("summary"), "summary", limit: 300)
    let permissions = list(object.take("permissions"), "permissions", limit: 64) { reader, item, place in
      reader.parsed(item, place, "http:HOST, websocket:HOST, process:NAME or secret:NAME") { Permission($0) }
    }
    refuseRepeated(permissions, "permissions")
    let options = list(object.take("options"), "options", limit: 256) { reader, item, place in
      reader.option(item, place)
    }
    refuseRepeated(options.map(\.name), "options")
    let onFailure = onFailure(object.take("on_failure"), roles)
    refuseUnknown(object, in: "")
    guard let id, let name, let version, let abi, let language, let summary, !roles.isEmpty else { return nil }
    return Manifest(
      id: id, name: name, version: version, roles: roles, abi: abi, language: language, summary: summary,
      permissions: permissions, options: options, onFailure: onFailure)
  }

  private mutating func roles(_ value: JSONValue?) -> [PluginRole] {
    let before = faults.count
    let names = PluginRole.allCases.map(\.rawValue).joined(separator: ", ")
    let roles = list(value, "roles", limit: 8) { reader, item, place in
      reader.parsed(item, place, "one of \(names)") { PluginRole(rawValue: $0) }
    }
    refuseRepeated(roles, "roles")
    if roles.isEmpty, faults.count == before { fault("roles", "at least one of \(names)", "an empty list") }
    if roles.contains(.scanner), let other = roles.first(where: { $0 == .strategy || $0 == .broker }) {
      fault("roles", "a scanner that cannot trade", "scanner together with \(other.rawValue)")
    }
    return roles
  }

  /// What becomes of the positions of a strategy that fails for good; nobody else has positions.
  private mutating func onFailure(_ value: JSONValue?, _ roles: [PluginRole]) -> PositionPolicy {
    guard let value else { return .protect }
    let names = PositionPolicy.allCases.map(\.rawValue).joined(separator: ", ")
    let policy = parsed(value, "on_failure", "one of \(names)") { PositionPolicy(rawValue: $0) }
    if !roles.isEmpty, !roles.contains(.strategy) {
      fault("on_failure", "no such key for a plugin without the role strategy", value.kind)
    }
    return policy ?? .protect
  }

  static func isID(_ text: String) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    return text.utf8.count <= 64
      && words.allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
      }
  }

  private static func isLanguage(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || "+#-".utf8.contains($0)
      }
  }
}
