internal import PublishedABI

/// The tables of the plugin ABI as values: what the carriage between two processes is driven by.
public struct ABIDescription: Sendable {
  /// A struct with its layout in memory.
  public struct Structure: Hashable, Sendable {
    /// `wharf_bar_v1`.
    public var tag: String
    /// `wharf_bar`.
    public var name: String
    /// `value`, `table`, `sink`, `host` or `plugin`.
    public var use: String
    /// `sizeof`.
    public var size: Int
    /// `_Alignof`.
    public var alignment: Int
    /// In order of their places.
    public var fields: [Field]
    /// The functions among the fields, as indices of ``ABIDescription/functions``.
    public var functions: Range<Int>
  }

  /// A field of a struct.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What it is for.
    public var role: ValueRole
    /// Its type.
    public var type: ScalarType
    /// Bytes from the start of the struct.
    public var offset: Int
    /// What a pointer to items points to: bytes a piece.
    public var itemSize: Int
    /// What a pointer to structs points to.
    public var structure: Int?
  }

  /// A function of a table, a sink, the host or a plugin.
  public struct Function: Hashable, Sendable {
    /// Its name in messages: `strategy.on_bar`.
    public var name: String
    /// The struct it is a field of.
    public var structure: Int
    /// Where in that struct its address lies.
    public var offset: Int
    /// What it returns.
    public var returns: ScalarType
    /// Whether it returns a status.
    public var returnsStatus: Bool
    /// Its parameters; of these `offset` means nothing.
    public var parameters: [Field]
    /// Whether it may be null.
    public var isOptional: Bool
    /// Whether it may wait for the outside world.
    public var mayBlock: Bool
    /// Whether any thread may call it.
    public var isAnyThread: Bool
    /// Whether nothing comes back, so that its caller need not wait for it.
    public var isOneWay: Bool
  }

  /// A table that one side asks the other for.
  public struct Table: Hashable, Sendable {
    /// `wharf.strategy/1`.
    public var id: String
    /// The struct it is.
    public var structure: Int
    /// Whether the host offers it, and not a plugin.
    public var isOfHost: Bool
  }

  /// In the order of the headers.
  public let structures: [Structure]
  /// All functions; their indices are their numbers in messages.
  public let functions: [Function]
  /// In the order of the headers.
  public let tables: [Table]
  /// The struct through which the host is asked for tables.
  public let host: Int
  /// The struct through which a plugin is asked for tables.
  public let plugin: Int

  /// The description that this executable was built with.
  public static let published: ABIDescription = {
    var length = 0
    let bytes = published_abi(&length)
    do {
      return try ABIDescription(UnsafeRawBufferPointer(start: bytes, count: length))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// Reads a description, the text of `abi.json`.
  public init(_ text: UnsafeRawBufferPointer) throws(DescriptionError) {
    var reader = try DescriptionReader(DescriptionText.read(text))
    structures = try reader.structures()
    functions = reader.functions
    tables = try reader.tables()
    guard let host = structures.firstIndex(where: { $0.use == "host" }),
      let plugin = structures.firstIndex(where: { $0.use == "plugin" })
    else { throw DescriptionError("abi.json: expected a struct of use host and one of use plugin") }
    (self.host, self.plugin) = (host, plugin)
    for function in functions {
      for parameter in function.parameters where !isCarried(parameter) {
        throw DescriptionError("abi.json: \(parameter.name) of \(function.name) hands out what has pointers in it")
      }
    }
  }

  /// What a callee writes to its caller's places is copied as it is, so no pointer may be in it.
  private func isCarried(_ parameter: Field) -> Bool {
    switch parameter.role {
    case .output, .outputArray:
      parameter.structure.map { structures[$0].fields.allSatisfy { $0.type != .pointer } } ?? (parameter.itemSize > 0)
    default: true
    }
  }

  /// The table with an id on one side; `nil` when there is none.
  public func table(_ id: UnsafeRawBufferPointer, ofHost isOfHost: Bool) -> Table? {
    tables.first { $0.isOfHost == isOfHost && $0.id.utf8.elementsEqual(id) }
  }
}
