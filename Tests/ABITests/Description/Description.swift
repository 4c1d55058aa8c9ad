import Foundation

/// What an ABI consists of: read from `abi.json`, or from the headers and then without roles.
struct Description: Codable {
  /// A name for something else: an opaque struct (`tag`) or a number (`type`).
  struct Alias: Codable {
    var name: String
    var header: String
    var tag: String?
    var type: String?
    var values: String?
  }

  /// The constants of one anonymous enumeration, or of the macros of a header.
  struct Constants: Codable {
    struct Member: Codable {
      var name: String
      var value: Int64
    }

    var name: String?
    var header: String
    var kind: String
    var members: [Member]
  }

  /// A field of a struct or a parameter of a function.
  struct Field: Codable {
    var name: String
    var type: String?
    var role: String?
    var values: String?
    var zero: Bool?
    var returns: String?
    var since: String?
    var thread: String?
    var optional: Bool?
    var mayBlock: Bool?
    var parameters: [Field]?
    /// The comment above it; not in the description.
    var comment: String?
  }

  struct Struct: Codable {
    var tag: String
    var name: String
    var header: String
    var use: String?
    var fields: [Field]
    /// The comment above it; not in the description.
    var comment: String?
  }

  struct Function: Codable {
    var name: String
    var header: String
    var returns: String
    var parameters: [Field]
    var since: String?
    var thread: String?
    /// The comment above it; not in the description.
    var comment: String?
  }

  struct Table: Codable {
    var id: String
    var `struct`: String
    var side: String
  }

  var schema = 1
  var roles: [String: String] = [:]
  var opaque: [Alias] = []
  var aliases: [Alias] = []
  var functions: [Function] = []
  var tables: [Table] = []
  var constants: [Constants] = []
  var structs: [Struct] = []

  /// Reads the text of `abi.json`.
  static func read(_ text: String) throws -> Description {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Description.self, from: Data(text.utf8))
  }

  /// Adds what another header declares.
  mutating func append(_ other: Description) {
    opaque += other.opaque
    aliases += other.aliases
    functions += other.functions
    constants += other.constants
    structs += other.structs
  }

  /// Every function of a struct, with the struct's name in front.
  var members: [(place: String, function: Field)] {
    structs.flatMap { item in
      item.fields.filter { $0.parameters != nil }.map { ("\(item.name).\($0.name)", $0) }
    }
  }
}
