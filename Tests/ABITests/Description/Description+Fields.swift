extension Description.Scope {
  typealias Field = Description.Field

  /// What is wrong with one field or parameter.
  func faults(_ field: Field, of item: Description.Struct, among fields: [Field], _ place: String) -> [String] {
    let type = field.type ?? "function"
    let words = (field.role ?? "none").split(separator: ":", maxSplits: 1)
    let role = String(words.first ?? "none")
    var faults: [String] = []
    func require(_ condition: Bool, _ what: String) { if !condition { faults.append("\(place): \(what)") } }
    require(fits(role, type, field, item), "\(role) does not fit \(type)")
    let partners: [String: [String]] = [
      "length_of": ["text", "bytes", "array"], "capacity_of": ["out_array"], "written_of": ["out_array"],
    ]
    if let wanted = partners[role] {
      let other = fields.first { words.count == 2 && $0.name == words[1] }
      require(wanted.contains(other?.role ?? ""), "\(field.role ?? "none") does not stand beside \(wanted)")
    } else {
      require(words.count == 1, "\(field.role ?? "none") is no role")
    }
    for (needed, kind) in [
      ("length_of", "text bytes array"), ("capacity_of", "out_array"), ("written_of", "out_array"),
    ]
    where kind.split(separator: " ").contains(Substring(role)) {
      require(fields.count { $0.role == "\(needed):\(field.name)" } == 1, "needs one \(needed)")
    }
    if let values = field.values {
      let group = description.constants.first { $0.name == values }
      require(group != nil, "no constants are named \(values)")
      require(role == "value" || role == "out", "values of a \(role)")
      require(!type.contains("double"), "values of a double")
    }
    require(field.zero == nil || field.values != nil, "zero without values")
    return faults
  }

  private func fits(_ role: String, _ type: String, _ field: Field, _ item: Description.Struct) -> Bool {
    switch role {
    case "struct_size": type == "uint32_t" && item.fields.first?.name == field.name && field.name == "struct_size"
    case "reserved": type == "uint32_t" && field.name == "reserved"
    case "value": Description.numbers.contains(type)
    case "host": type == "const wharf_host *"
    case "handle": description.opaque.contains { type == $0.name + " *" }
    case "out_handle": description.opaque.contains { type == $0.name + " **" }
    case "out_table": type == "const void **"
    case "context": type == "void *"
    case "text": type == "const char *"
    case "bytes": type == "const void *" || type == "const uint8_t *"
    case "length_of", "capacity_of": type == "uint64_t"
    case "written_of": type == "uint64_t *"
    case "in", "array": pointed(type, constant: true).map { uses[$0] == "value" } ?? false
    case "sink": pointed(type, constant: true).map { uses[$0] == "sink" } ?? false
    case "out_array": pointed(type, constant: false).map { uses[$0] == "value" } ?? false
    case "out": pointed(type, constant: false).map { uses[$0] == "value" || Description.numbers.contains($0) } ?? false
    case "function": field.type == nil && field.returns != nil && field.parameters != nil
    default: false
    }
  }

  /// What a pointer points to, when it is constant or not as wanted.
  private func pointed(_ type: String, constant: Bool) -> String? {
    guard type.hasSuffix(" *") else { return nil }
    let inner = String(type.dropLast(2))
    guard inner.hasPrefix("const ") == constant else { return nil }
    return constant ? String(inner.dropFirst(6)) : inner
  }
}
