/// Why a bar store cannot be used or written: what, where, expected, found, and what to do.
public struct BarStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable name of the fault.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// There is no such file.
    case missing = "no_such_file"
    /// The system does not let the file be read.
    case unreadable
    /// The file does not begin as a bar store does.
    case notAStore = "not_a_store"
    /// The file is of a version or byte order that this program does not read.
    case otherVersion = "store_version"
    /// The file is shorter or longer than it says.
    case torn = "store_torn"
    /// Bytes of the file have changed since it was written.
    case damaged = "store_damaged"
    /// The file cannot be made.
    case cannotCreate = "store_cannot_create"
    /// The disk failed or is full.
    case writeFailed = "store_write_failed"
    /// Bars were given to the store that cannot be kept in it.
    case badBar = "store_bad_bar"
  }

  /// What kind of fault it is.
  public var code: Code
  /// The file.
  public var path: String
  /// The part of the file concerned, such as `header` or `block 3 of AAPL`; may be empty.
  public var part: String
  /// What would have been right.
  public var expected: String
  /// What was there instead.
  public var found: String
  /// What the reader can do about it.
  public var remedy: String

  /// Makes a fault from its parts.
  public init(_ code: Code, _ path: String, part: String = "", expected: String, found: String, remedy: String) {
    self.code = code
    self.path = path
    self.part = part
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }

  /// What is wrong, without the path: `block 3 of AAPL: expected ..., found ...; restore it ...`.
  public var text: String { "\(part.isEmpty ? "" : part + ": ")expected \(expected), found \(found); \(remedy)" }

  /// The path and what is wrong.
  public var description: String { "\(path): \(text)" }

  /// What to do about a file that is torn or damaged.
  static let restore = "import it again with --replace, or restore the file from a copy"
}
