import Glibc
import PluginHost

internal import WharfABI

/// The tables of the plugin: those of its roles, whole, and no others.
extension ConformanceSuite {
  static let tableTests: [ConformanceTest] = [
    ConformanceTest("tables-present", .entry, "There is a table for each role in the manifest.") { subject, _ in
      let plugin = try subject.load()
      for role in try subject.usableManifest().roles {
        let (status, table) = try plugin.find(role.tableID)
        guard status != Status.ok || table == nil else { continue }
        throw Finding(
          "wharf_plugin.table", expected: "\(role.tableID), as the manifest has the role \(role.rawValue)",
          found: status == Status.ok ? "null" : "status \(Status.name(status))",
          remedy: "answer with the table, or take the role out of the manifest")
      }
      return .pass
    },
    ConformanceTest("tables-whole", .entry, "Each table has its size and every function that may not be null.") {
      subject, _ in
      let manifest = try subject.usableManifest()
      for (role, table) in try tables(subject) {
        do throws(PluginLoadError.Reason) { try TableFinder.check(table, for: role) } catch {
          let error = PluginLoadError(id: manifest.id, path: subject.path, reason: error)
          throw Finding(role.tableID, expected: "a whole table", found: "\(error)", remedy: error.remedy)
        }
      }
      return .pass
    },
    ConformanceTest("tables-are-code", .entry, "Every function of a table is code.") { subject, _ in
      let tables = try tables(subject)
      let memory = ExecutableMemory()
      for (role, table) in tables where (try? TableFinder.check(table, for: role)) != nil {
        for (place, function) in LoadedPlugin.functions(table).enumerated() where !memory.contains(function) {
          throw Finding(
            role.tableID, expected: "code or null", found: "\(function), which is no code, as function \(place + 1)",
            remedy: "initialise the table by the names of its members")
        }
      }
      return .pass
    },
    ConformanceTest("tables-only-promised", .entry, "There is no table for a role the manifest does not have.") {
      subject, _ in
      let plugin = try subject.load()
      let roles = try subject.usableManifest().roles
      var others = PluginRole.allCases.filter { !roles.contains($0) }.map(\.tableID)
      if !roles.contains(.broker) { others.append("wharf.simulated_venue/1") }
      let found = try others.filter { try plugin.find($0).status != Status.unsupported }
      guard !found.isEmpty else { return .pass }
      return .fail(
        Finding(
          "wharf_plugin.table", expected: "status unsupported for other roles", found: "an answer for " + list(found),
          remedy: "add the role to the manifest, so that people see what they approve, or remove the table"))
    },
    ConformanceTest("tables-constant", .entry, "A table is the same at each call, and does not change.") { subject, _ in
      let plugin = try subject.load()
      let first = try tables(subject).map { ($0, $1, bytes($1, Int($1.load(as: UInt32.self) & 0xfff))) }
      for round in 1...10 {
        for (role, table, before) in first {
          guard try plugin.find(role.tableID).table == table, bytes(table, before.count) == before else {
            throw Finding(
              role.tableID, expected: "the address and bytes it first had", found: "others at call \(round + 1)",
              remedy: "return the address of a static const table")
          }
        }
      }
      return .pass
    },
    ConformanceTest("table-unknown-id", .entry, "An id nobody knows is answered with unsupported.") {
      subject, generator in
      let plugin = try subject.load()
      let find = try plugin.descriptor().pointee.table!
      var ids: [String] = []
      for id in PluginRole.allCases.map(\.tableID) {
        let stem = String(id.dropLast())
        ids += [String(id.dropLast(2)), stem, stem + "2", id + "0", id.uppercased()]
      }
      ids += ["", "wharf", "wharf.", "/1", "strategy"]
      for _ in 0..<subject.rounds(200) { ids.append(printableText(upTo: 40, &generator)) }
      let untouched = UnsafeRawPointer(bitPattern: 0x5eed_0000)
      for id in ids {
        var table = untouched
        let status = withText(id) { find(id.isEmpty ? nil : $0, $1, &table) }
        guard status == Status.unsupported, table == untouched else {
          throw Finding(
            "wharf_plugin.table", expected: "status unsupported, and the result untouched, for the id \"\(id)\"",
            found: status == Status.unsupported ? "the result was written to" : "status \(Status.name(status))",
            remedy: "compare length and bytes of the whole id")
        }
      }
      return .pass
    },
    ConformanceTest("table-id-length", .entry, "An id ends where its length says; nothing behind it is read.") {
      subject, _ in
      let plugin = try subject.load()
      let find = try plugin.descriptor().pointee.table!
      for role in try subject.usableManifest().roles {
        let guarded = try GuardedBytes(role.tableID.utf8)
        let longer = Array((role.tableID + "5").utf8)
        let (expected, _) = try plugin.find(role.tableID)
        var table: UnsafeRawPointer?
        subject.at("wharf_plugin.table, with an id at the end of readable memory")
        let atEnd = find(guarded.start.assumingMemoryBound(to: CChar.self), UInt64(guarded.count), &table)
        let within = longer.withUnsafeBytes {
          find($0.baseAddress!.assumingMemoryBound(to: CChar.self), UInt64($0.count - 1), &table)
        }
        guard atEnd == expected, within == expected else {
          throw Finding(
            "wharf_plugin.table", expected: "status \(Status.name(expected)) whatever follows the id",
            found: "status \(Status.name(atEnd == expected ? within : atEnd))",
            remedy: "compare with memcmp and the length; ids do not end with a zero byte")
        }
      }
      return .pass
    },
  ]

  /// A text of printable ASCII.
  private static func printableText(upTo length: Int, _ generator: inout SeededGenerator) -> String {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...length, using: &generator) {
      bytes.append(.random(in: 32...126, using: &generator))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The tables of the manifest's roles that the plugin has.
  private static func tables(_ subject: CheckSubject) throws -> [(PluginRole, UnsafeRawPointer)] {
    let plugin = try subject.load()
    return try subject.usableManifest().roles.compactMap { role in
      let (status, table) = try plugin.find(role.tableID)
      guard status == Status.ok, let table, UInt(bitPattern: table) % 8 == 0 else { return nil }
      return (role, table)
    }
  }
}
