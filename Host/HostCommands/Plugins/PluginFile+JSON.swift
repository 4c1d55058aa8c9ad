import CommandLineKit
import Configuration
import Hashing
import PluginHost
import TradingCore
import TradingTypes

extension PluginFile {
  /// What `list-plugins` and `approve-plugin` say of a file.
  var row: [String: JSONValue] {
    var row: [String: JSONValue] = [
      "path": .string(path), "status": .string(status.rawValue), "isolation": .string(isolation.rawValue),
      "reason": JSONValue(reason), "remedy": JSONValue(remedy), "sha256": JSONValue(digest?.hex),
      "source": .string(isFirstParty ? "first-party" : "third-party"), "approved": approved,
    ]
    if let manifest {
      row["id"] = .string(manifest.id)
      row["name"] = .string(manifest.name)
      row["version"] = .string("\(manifest.version)")
      row["roles"] = .array(manifest.roles.map { .string($0.rawValue) })
      row["abi"] = .string("\(manifest.abi)")
      row["permissions"] = .array(manifest.permissions.map { .string("\($0)") })
    }
    return row
  }

  private var approved: JSONValue {
    switch approval {
    case .notLookedAt: .null
    case .notNeeded, .given: true
    case .missing, .outdated: false
    }
  }

  /// What `approve-plugin` says besides.
  func details(_ check: CheckVerdict?) -> [String: JSONValue] {
    guard let manifest else { return [:] }
    return [
      "summary": .string(manifest.summary), "language": .string(manifest.language),
      "libraries": .object((libraries ?? [:]).mapValues { .string($0.hex) }), "compiler": JSONValue(buildIdentity),
      "check": check.map(\.json) ?? .null,
      "on_failure": manifest.roles.contains(.strategy) ? .string(manifest.onFailure.rawValue) : .null,
      "options": .array(
        manifest.options.map { option in
          [
            "name": .string(option.name), "type": .string(option.type.name), "help": .string(option.help),
            "default": JSONValue(option.defaultValue.map { "\($0)" }), "required": .bool(option.isRequired),
          ]
        }),
    ]
  }
}

extension CheckVerdict {
  /// The verdict as an object.
  var json: JSONValue {
    [
      "level": JSONValue(level), "seed": .integer(Int64(clamping: seed)), "passed": JSONValue(passed),
      "failed": JSONValue(failed),
      "checked_at": .string("\(checkedAt)"),
    ]
  }
}

extension ApprovalChange {
  /// The change as an object: its field, what was there and what is.
  var json: JSONValue {
    func texts(_ items: [some Any]) -> JSONValue { .array(items.map { .string("\($0)") }) }
    return switch self {
    case .version(let from, let to): ["field": "version", "from": .string("\(from)"), "to": .string("\(to)")]
    case .content(let from, let to): ["field": "sha256", "from": .string(from.hex), "to": .string(to.hex)]
    case .libraries(let names): ["field": "libraries", "names": texts(names)]
    case .roles(let from, let to):
      ["field": "roles", "from": texts(from.map(\.rawValue)), "to": texts(to.map(\.rawValue))]
    case .permissions(let added, let removed):
      ["field": "permissions", "added": texts(added), "removed": texts(removed)]
    }
  }
}
