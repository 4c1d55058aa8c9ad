import TradingCore
import TradingTypes

/// One value in an answer, with the way to it: `checks.trend.value`.
struct NamedPart: Equatable {
  var name: String
  var text: String

  /// Every value in an answer, in the order its type declares them. Slow: only for the one answer that is shown.
  static func parts(of value: Any) -> [NamedPart] {
    var parts: [NamedPart] = []
    add(value, "", &parts)
    return parts
  }

  private static func add(_ value: Any, _ name: String, _ parts: inout [NamedPart]) {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      guard let inner = mirror.children.first else { return parts.append(NamedPart(name: name, text: "none")) }
      return add(inner.value, name, &parts)
    }
    if mirror.displayStyle == .collection {
      for (index, element) in mirror.children.enumerated() {
        add(element.value, "\(name).\(label(element, index))", &parts)
      }
      return
    }
    guard mirror.displayStyle == .struct || mirror.displayStyle == .enum, !(value is any CustomStringConvertible),
      !mirror.children.isEmpty
    else { return parts.append(NamedPart(name: name, text: "\(value)")) }
    for child in mirror.children {
      let inner = child.label.map { name.isEmpty ? $0 : "\(name).\($0)" } ?? name
      add(child.value, inner, &parts)
    }
  }

  private static func label(_ element: Mirror.Child, _ index: Int) -> String {
    switch element.value {
    case let check as Check: check.name
    case let field as Field: field.group.isEmpty ? field.name : "\(field.group).\(field.name)"
    default: "\(index)"
    }
  }
}
