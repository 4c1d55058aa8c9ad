/// Makes structs, functions and tables of the nodes of a description.
struct DescriptionReader {
  private let root: DescriptionNode
  private let nodes: [DescriptionNode]
  private var places: [String: Int] = [:]
  private var aliases: [String: ScalarType] = [:]
  private var opaque: Set<String> = []
  private var ids: [Int: Substring] = [:]
  var functions: [ABIDescription.Function] = []

  init(_ root: DescriptionNode) throws(DescriptionError) {
    self.root = root
    nodes = root["structs"]?.items ?? []
    for (index, node) in nodes.enumerated() {
      let (tag, name) = (try DescriptionReader.text(node, "tag"), try DescriptionReader.text(node, "name"))
      guard places.updateValue(index, forKey: tag) == nil, places.updateValue(index, forKey: name) == nil else {
        throw DescriptionError("abi.json: \(tag) stands there twice")
      }
    }
    for node in root["aliases"]?.items ?? [] {
      guard let type = ScalarType(name: Substring(try DescriptionReader.text(node, "type"))) else {
        throw DescriptionError("abi.json: an alias is for a scalar")
      }
      aliases[try DescriptionReader.text(node, "name")] = type
    }
    for node in root["opaque"]?.items ?? [] { opaque.insert(try DescriptionReader.text(node, "name")) }
    for table in root["tables"]?.items ?? [] {
      guard let place = places[try DescriptionReader.text(table, "struct")] else { continue }
      // wharf.strategy/1: strategy
      let id = try DescriptionReader.text(table, "id")
      ids[place] = id.split(separator: ".").last?.split(separator: "/").first
    }
  }

  private static func text(_ node: DescriptionNode, _ key: String) throws(DescriptionError) -> String {
    guard let text = node[key]?.text else { throw DescriptionError("abi.json: expected a text \(key)") }
    return text
  }

  func tables() throws(DescriptionError) -> [ABIDescription.Table] {
    var tables: [ABIDescription.Table] = []
    for node in root["tables"]?.items ?? [] {
      let id = try DescriptionReader.text(node, "id")
      guard let place = places[try DescriptionReader.text(node, "struct")] else {
        throw DescriptionError("abi.json: \(id) has no struct")
      }
      tables.append(ABIDescription.Table(id: id, structure: place, isOfHost: node["side"]?.text == "host"))
    }
    return tables
  }

  mutating func structures() throws(DescriptionError) -> [ABIDescription.Structure] {
    var structures: [ABIDescription.Structure] = []
    for (index, node) in nodes.enumerated() {
      var made = ABIDescription.Structure(
        tag: try DescriptionReader.text(node, "tag"), name: try DescriptionReader.text(node, "name"),
        use: try DescriptionReader.text(node, "use"), size: 0, alignment: 1, fields: [],
        functions: functions.count..<functions.count)
      made.fields = try values(node["fields"]?.items ?? [], of: made.tag)
      for place in made.fields.indices {
        let size = made.fields[place].type.size
        guard size > 0 else { throw DescriptionError("abi.json: a field of \(made.tag) has no size") }
        made.size = (made.size + size - 1) / size * size
        made.fields[place].offset = made.size
        made.size += size
        made.alignment = max(made.alignment, size)
      }
      made.size = (made.size + made.alignment - 1) / made.alignment * made.alignment
      let first = functions.count
      for (field, node) in zip(made.fields, node["fields"]?.items ?? []) where field.role == .function {
        functions.append(try function(node, field, of: made, index))
      }
      made.functions = first..<functions.count
      structures.append(made)
    }
    return structures
  }

  private func function(
    _ node: DescriptionNode, _ field: ABIDescription.Field, of owner: ABIDescription.Structure, _ place: Int
  ) throws(DescriptionError) -> ABIDescription.Function {
    let written = WrittenType(try DescriptionReader.text(node, "returns"))
    let parameters = try values(node["parameters"]?.items ?? [], of: "\(owner.tag).\(field.name)")
    let givesBack = parameters.contains {
      switch $0.role {
      case .sink, .output, .outputHandle, .outputTable, .outputArray: true
      default: false
      }
    }
    let returns = try scalar(written, of: field.name)
    let isAnswered = owner.use == "sink" || ids[place] != nil && owner.use == "table" && isOfHost(place)
    return ABIDescription.Function(
      name: "\(ids[place].map(String.init) ?? owner.name).\(field.name)", structure: place, offset: field.offset,
      returns: returns, returnsStatus: written.base == "wharf_status", parameters: parameters,
      isOptional: node["optional"]?.isTrue ?? false, mayBlock: node["may_block"]?.isTrue ?? false,
      isAnyThread: node["thread"]?.text == "any-thread", isOneWay: isAnswered && returns == .void && !givesBack)
  }

  private func isOfHost(_ place: Int) -> Bool {
    (root["tables"]?.items ?? []).contains {
      $0["side"]?.text == "host" && $0["struct"]?.text.flatMap { places[$0] } == place
    }
  }

  private func scalar(_ written: WrittenType, of owner: String) throws(DescriptionError) -> ScalarType {
    if written.pointers > 0 { return .pointer }
    guard let type = ScalarType(name: written.base) ?? aliases[String(written.base)] else {
      throw DescriptionError("abi.json: \(owner) has the unknown type \(written.base)")
    }
    return type
  }

  /// The fields of a struct or the parameters of a function.
  private func values(_ nodes: [DescriptionNode], of owner: String) throws(DescriptionError) -> [ABIDescription.Field] {
    var names: [String] = []
    for node in nodes { names.append(try DescriptionReader.text(node, "name")) }
    var values: [ABIDescription.Field] = []
    for (place, node) in nodes.enumerated() {
      let role = try role(of: place, in: nodes, names, owner)
      guard role != .function else {
        values.append(
          ABIDescription.Field(name: names[place], role: role, type: .pointer, offset: 0, itemSize: 0, structure: nil))
        continue
      }
      let written = WrittenType(try DescriptionReader.text(node, "type"))
      var value = ABIDescription.Field(
        name: names[place], role: role, type: try scalar(written, of: owner), offset: 0, itemSize: 0,
        structure: written.pointers == 1 ? places[String(written.base)] : nil)
      if value.structure == nil, written.pointers == 1, !opaque.contains(String(written.base)) {
        let item = ScalarType(name: written.base) ?? aliases[String(written.base)]
        guard let item else { throw DescriptionError("abi.json: \(owner) points to the unknown \(written.base)") }
        value.itemSize = max(1, item.size)
      }
      values.append(value)
    }
    return values
  }

  private func role(
    of place: Int, in nodes: [DescriptionNode], _ names: [String], _ owner: String
  ) throws(DescriptionError) -> ValueRole {
    let text = try DescriptionReader.text(nodes[place], "role")
    func other(_ prefix: String) throws(DescriptionError) -> Int {
      let wanted = prefix + ":" + names[place]
      guard let found = nodes.firstIndex(where: { $0["role"]?.text == wanted }) else {
        throw DescriptionError("abi.json: \(owner) has no \(wanted)")
      }
      return found
    }
    switch text {
    case "struct_size": return .structSize
    case "reserved": return .reserved
    case "value": return .value
    case "host": return .host
    case "handle": return .handle
    case "context": return .context
    case "in": return .input
    case "text", "bytes", "array": return .array(count: try other("length_of"))
    case "sink": return .sink
    case "out": return .output
    case "out_handle": return .outputHandle
    case "out_table": return .outputTable
    case "out_array": return .outputArray(capacity: try other("capacity_of"), written: try other("written_of"))
    case "function": return .function
    default:
      if text.hasPrefix("length_of:") || text.hasPrefix("capacity_of:") { return .count }
      if text.hasPrefix("written_of:") { return .output }
      throw DescriptionError("abi.json: \(owner) has the unknown role \(text)")
    }
  }
}
