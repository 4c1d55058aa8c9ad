/// The rules that make a description good enough to build proxies from: every field and parameter has a role, and the
/// role fits its type.
extension Description {
  static let numbers: Set = ["int32_t", "uint32_t", "int64_t", "uint64_t", "uint16_t", "double", "wharf_status"]

  /// Everything that no proxy could be built from; empty when there is nothing.
  var faults: [String] {
    var faults: [String] = []
    let scope = Scope(self)
    for item in structs {
      let use = item.use ?? "none"
      if !["value", "table", "sink", "host", "plugin"].contains(use) { faults.append("\(item.name): use \(use)") }
      for field in item.fields {
        let place = "\(item.name).\(field.name)"
        faults += scope.faults(field, of: item, among: item.fields, place)
        for parameter in field.parameters ?? [] {
          faults += scope.faults(parameter, of: item, among: field.parameters ?? [], "\(place)(\(parameter.name))")
        }
        if let parameters = field.parameters {
          faults += scope.faults(returns: field.returns, first: parameters.first, of: use, place)
        }
      }
      if use != "value", item.fields.first?.role != "struct_size" {
        faults.append("\(item.name): no struct_size first")
      }
    }
    return faults + scope.faultsOfTables() + scope.faultsOfConstants()
  }

  /// What the rules look up.
  struct Scope {
    let description: Description
    let uses: [String: String]

    init(_ description: Description) {
      self.description = description
      uses = Dictionary(
        description.structs.map { ($0.name, $0.use ?? "none") }, uniquingKeysWith: { first, _ in first })
    }

    func faultsOfTables() -> [String] {
      let tables = Set(description.structs.filter { $0.use == "table" }.map(\.tag))
      var faults = Set(description.tables.map(\.struct)).symmetricDifference(tables).sorted().map {
        "\($0): a table needs one id, and an id one table"
      }
      if Set(description.tables.map(\.id)).count != description.tables.count { faults.append("an id stands twice") }
      for table in description.tables where table.id.wholeMatch(of: /wharf\.[a-z_]+\/[1-9][0-9]*/) == nil {
        faults.append("\(table.id): not an id")
      }
      for table in description.tables where table.side != "host" && table.side != "plugin" {
        faults.append("\(table.id): side \(table.side)")
      }
      return faults
    }

    func faultsOfConstants() -> [String] {
      var faults: [String] = []
      let names = description.constants.flatMap { $0.members.map(\.name) } + description.constants.compactMap(\.name)
      if Set(names).count != names.count { faults.append("a constant or group stands twice") }
      for group in description.constants {
        let values = group.members.map(\.value)
        switch group.kind {
        case "flags":
          if !zip(values, 0...).allSatisfy({ $0 == 1 << Int64($1) }) { faults.append("\(group.name ?? "?"): no flags") }
        case "values":
          if !zip(values, 0...).allSatisfy({ $0 == $1 + values[0] }) { faults.append("\(group.name ?? "?"): a gap") }
        case "macros": break
        default: faults.append("\(group.name ?? "?"): kind \(group.kind)")
        }
      }
      return faults
    }

    func faults(returns: String?, first: Field?, of use: String, _ place: String) -> [String] {
      let results: Set = ["void", "wharf_status", "int64_t", "uint64_t"]
      var faults = results.contains(returns ?? "") ? [] : ["\(place): returns \(returns ?? "nothing")"]
      let starts =
        switch use {
        case "sink": ["context"]
        case "host": ["host"]
        case "table": ["host", "handle"]
        default: [first?.role ?? ""]
        }
      if !starts.contains(first?.role ?? "") {
        faults.append("\(place): its first parameter says not whose call it is")
      }
      return faults
    }
  }
}
