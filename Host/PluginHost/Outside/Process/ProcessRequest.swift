internal import WharfABI

/// A plugin's wish to run a command, read and found to be well formed; no secret is in it yet.
struct ProcessRequest {
  static let argumentLimit = 256
  static let variableLimit = 64
  static let outputLimit = 1 << 20

  var command: String
  var arguments: [String]
  var variables: [(name: String, value: SecretTemplate)]
  var timeout: Int64
  var outputLimit: Int

  /// The names of all secrets it needs.
  var secretNames: Set<String> { variables.reduce([]) { $0.union($1.value.names) } }

  /// Reads a request; throws what is wrong with it.
  init(_ raw: wharf_process_request) throws(Violation) {
    try HTTPRequest.require(
      raw.struct_size == UInt32(MemoryLayout<wharf_process_request>.size), "struct_size",
      "\(MemoryLayout<wharf_process_request>.size)", "\(raw.struct_size)")
    command = try HTTPRequest.text(raw.command, raw.command_length, "command", limit: 128)
    try HTTPRequest.require(Permission("process:" + command) != nil, "command", "the name of a command", command)
    try HTTPRequest.require(
      raw.argument_count <= ProcessRequest.argumentLimit, "argument_count", "at most \(ProcessRequest.argumentLimit)",
      "\(raw.argument_count)")
    try HTTPRequest.require(
      raw.variable_count <= ProcessRequest.variableLimit, "variable_count", "at most \(ProcessRequest.variableLimit)",
      "\(raw.variable_count)")
    arguments = []
    variables = []
    try HTTPRequest.require(
      raw.arguments != nil || raw.argument_count == 0, "arguments", "arguments", "a count without arguments")
    for argument in UnsafeBufferPointer(start: raw.arguments, count: Int(raw.argument_count)) {
      arguments.append(try ProcessRequest.text(argument.text, argument.text_length, "arguments.text"))
    }
    try HTTPRequest.require(
      raw.variables != nil || raw.variable_count == 0, "variables", "variables", "a count without variables")
    for variable in UnsafeBufferPointer(start: raw.variables, count: Int(raw.variable_count)) {
      let name = try ProcessRequest.text(variable.name, variable.name_length, "variables.name")
      try HTTPRequest.require(
        ProcessRequest.isVariable(name) && !name.hasPrefix("LD_"), "variables.name",
        "capital letters, digits and _, and not the loader's", name)
      let value = try ProcessRequest.text(variable.value, variable.value_length, "variables.value")
      variables.append((name, try HTTPRequest.template(value, "variables.value")))
    }
    try HTTPRequest.require(raw.timeout >= 0, "timeout", "0 or more", "\(raw.timeout)")
    timeout = raw.timeout
    outputLimit = raw.output_limit == 0 ? ProcessRequest.outputLimit : Int(clamping: raw.output_limit)
  }

  private static func text(
    _ text: UnsafePointer<CChar>?, _ length: UInt64, _ what: String
  ) throws(Violation) -> String {
    let read = try HTTPRequest.text(text, length, what, limit: HTTPRequest.textLimit)
    try HTTPRequest.require(!read.utf8.contains(0), what, "text without NUL", "a NUL")
    return read
  }

  private static func isVariable(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
