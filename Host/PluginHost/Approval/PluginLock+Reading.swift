import Hashing
import TradingTypes

extension PluginLock {
  static let schema = "1"
  /// Plugins that one file may allow.
  static let grantLimit = 4096

  /// Reads the text of a lock; everything that is wrong with it makes it unusable as a whole.
  init(text bytes: [UInt8]) throws(ManifestError) {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONReader.read(bytes) } catch {
      throw .faults([
        ManifestFault(place: "line \(error.line), column \(error.column)", expected: "JSON", found: error.what)
      ])
    }
    var reader = ManifestReader()
    let lock = reader.lock(value)
    guard let lock, reader.faults.isEmpty else { throw .faults(reader.faults) }
    self = lock
  }
}

extension ManifestReader {
  fileprivate mutating func lock(_ value: JSONValue) -> PluginLock? {
    guard var object = object(value, "lock") else { return nil }
    let schema = object.take("schema")
    guard schema == .number(PluginLock.schema) else {
      let found: String = if case .number(let text)? = schema { text } else { schema?.kind ?? "nothing" }
      fault("schema", PluginLock.schema, found)
      return nil
    }
    var grants: [String: PluginLock.Grant] = [:]
    for member in members(object.take("plugins"), "plugins", limit: PluginLock.grantLimit) {
      let place = "plugins." + member.key
      guard ManifestReader.isID(member.key) else {
        fault(place, "the id of a plugin as key", "\"\(printable(member.key, limit: 60))\"")
        continue
      }
      grants[member.key] = grant(member.value, place)
    }
    var verdicts: [Digest: CheckVerdict] = [:]
    for member in members(object.take("checked"), "checked", limit: PluginLock.verdictLimit) {
      guard let digest = ManifestReader.digest(member.key) else {
        fault("checked." + member.key, "a SHA-256 as key", "\"\(printable(member.key, limit: 70))\"")
        continue
      }
      verdicts[digest] = verdict(member.value, "checked." + member.key)
    }
    refuseUnknown(object, in: "")
    return PluginLock(grants: grants, verdicts: verdicts)
  }

  private mutating func grant(_ value: JSONValue, _ place: String) -> PluginLock.Grant? {
    guard var object = object(value, place) else { return nil }
    let digest = parsed(object.take("sha256"), place + ".sha256", "64 lower-case hexadecimal digits") {
      ManifestReader.digest($0)
    }
    var libraries: [String: Digest] = [:]
    for member in members(object.take("libraries"), place + ".libraries", limit: PluginLock.grantLimit) {
      libraries[member.key] = parsed(
        member.value, "\(place).libraries.\(member.key)", "64 lower-case hexadecimal digits"
      ) { ManifestReader.digest($0) }
    }
    let version = parsed(object.take("version"), place + ".version", "a version such as \"1.0.0\" (semver.org)") {
      SemanticVersion($0)
    }
    let path = parsed(object.take("path"), place + ".path", "an absolute path") { $0.hasPrefix("/") ? $0 : nil }
    let names = PluginRole.allCases.map(\.rawValue).joined(separator: ", ")
    let roles = list(object.take("roles"), place + ".roles", limit: 8) { reader, item, place in
      reader.parsed(item, place, "one of \(names)") { PluginRole(rawValue: $0) }
    }
    refuseRepeated(roles, place + ".roles")
    let permissions = list(object.take("permissions"), place + ".permissions", limit: 64) { reader, item, place in
      reader.parsed(item, place, "http:HOST, websocket:HOST, process:NAME or secret:NAME") { Permission($0) }
    }
    refuseRepeated(permissions, place + ".permissions")
    let isolation = parsed(object.take("isolation"), place + ".isolation", "isolated or in-process") {
      PluginFile.Isolation(rawValue: $0)
    }
    let approvedAt = time(object.take("approved_at"), place + ".approved_at")
    let check: CheckVerdict?
    switch object.take("check") {
    case .null?: check = nil
    case nil:
      fault(place + ".check", "an object or null", "nothing")
      check = nil
    case let value?: check = verdict(value, place + ".check")
    }
    refuseUnknown(object, in: place)
    guard let digest, let version, let path, let isolation, let approvedAt else { return nil }
    return PluginLock.Grant(
      digest: digest, libraries: libraries, version: version, path: path, roles: roles, permissions: permissions,
      isolation: isolation, check: check, approvedAt: approvedAt)
  }

  private mutating func verdict(_ value: JSONValue, _ place: String) -> CheckVerdict? {
    guard var object = object(value, place) else { return nil }
    let level = number(object.take("level"), place + ".level", "1 to 10") {
      Int($0).flatMap { 1...10 ~= $0 ? $0 : nil }
    }
    let seed = number(object.take("seed"), place + ".seed", "0 to \(UInt64.max)") { UInt64($0) }
    let counts = ["passed", "failed"].map { key in
      number(object.take(key), "\(place).\(key)", "a count") { Int($0).flatMap { $0 >= 0 ? $0 : nil } }
    }
    let checkedAt = time(object.take("checked_at"), place + ".checked_at")
    refuseUnknown(object, in: place)
    guard let level, let seed, let passed = counts[0], let failed = counts[1], let checkedAt else { return nil }
    return CheckVerdict(level: level, seed: seed, passed: passed, failed: failed, checkedAt: checkedAt)
  }

  private mutating func members(_ value: JSONValue?, _ place: String, limit: Int) -> [JSONValue.Member] {
    guard let value else {
      fault(place, "an object", "nothing")
      return []
    }
    guard let members = object(value, place)?.rest else { return [] }
    guard members.count <= limit else {
      fault(place, "at most \(limit)", "\(members.count)")
      return []
    }
    return members
  }

  private mutating func number<Number>(
    _ value: JSONValue?, _ place: String, _ expected: String, _ read: (String) -> Number?
  ) -> Number? {
    if case .number(let text)? = value, let number = read(text) { return number }
    let found: String = if case .number(let text)? = value { text } else { value?.kind ?? "nothing" }
    fault(place, expected, printable(found, limit: 60))
    return nil
  }

  private mutating func time(_ value: JSONValue?, _ place: String) -> Timestamp? {
    parsed(value, place, "a time such as \"2026-01-31T12:00:00Z\"") { Timestamp(rfc3339: $0) }
  }

  private static func digest(_ text: String) -> Digest? {
    Digest(hex: text).flatMap { $0.hex == text ? $0 : nil }
  }
}
