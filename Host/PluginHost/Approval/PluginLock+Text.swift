import Hashing
import TradingTypes

extension PluginLock {
  /// The lock as people and ``init(text:)`` read it: keys in order, a line each.
  var text: [UInt8] {
    let plugins = grants.sorted { $0.key < $1.key }.map { JSONValue.Member(key: $0.key, value: $0.value.json) }
    let checked = verdicts.sorted { $0.key.hex < $1.key.hex }
      .map { JSONValue.Member(key: $0.key.hex, value: $0.value.json) }
    let lock = JSONValue.object([
      .init(key: "checked", value: .object(checked)), .init(key: "plugins", value: .object(plugins)),
      .init(key: "schema", value: .number(PluginLock.schema)),
    ])
    return Array((lock.indented() + "\n").utf8)
  }
}

extension PluginLock.Grant {
  fileprivate var json: JSONValue {
    .object([
      .init(key: "approved_at", value: .string(approvedAt.description)),
      .init(key: "check", value: check?.json ?? .null),
      .init(key: "isolation", value: .string(isolation.rawValue)),
      .init(
        key: "libraries",
        value: .object(
          libraries.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .string($0.value.hex)) })),
      .init(key: "path", value: .string(path)),
      .init(key: "permissions", value: .array(permissions.map { .string($0.description) })),
      .init(key: "roles", value: .array(roles.map { .string($0.rawValue) })),
      .init(key: "sha256", value: .string(digest.hex)),
      .init(key: "version", value: .string(version.description)),
    ])
  }
}

extension CheckVerdict {
  fileprivate var json: JSONValue {
    .object([
      .init(key: "checked_at", value: .string(checkedAt.description)),
      .init(key: "failed", value: .number("\(failed)")), .init(key: "level", value: .number("\(level)")),
      .init(key: "passed", value: .number("\(passed)")), .init(key: "seed", value: .number("\(seed)")),
    ])
  }
}

extension JSONValue {
  /// The value as text over several lines, two blanks a level; empty lists and objects on one.
  func indented(_ margin: String = "") -> String {
    let inner = margin + "  "
    func block(_ open: String, _ lines: [String], _ close: String) -> String {
      lines.isEmpty
        ? open + close
        : open + "\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n" + margin + close
    }
    return switch self {
    case .object(let members):
      block("{", members.map { JSONValue.quoted($0.key) + ": " + $0.value.indented(inner) }, "}")
    case .array(let items): block("[", items.map { $0.indented(inner) }, "]")
    case .string(let text): JSONValue.quoted(text)
    case .number(let text): text
    case .boolean(let isTrue): isTrue ? "true" : "false"
    case .null: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default:
        if scalar.isUnprintable {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
