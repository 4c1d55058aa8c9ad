/// A secret's value. It shows nothing of itself in a description, a dump or an interpolation.
public struct Secret: Sendable {
  private let value: String

  /// Wraps a value.
  public init(_ value: String) { self.value = value }

  /// Lends the value to one piece of work; do not keep it.
  public func withValue<Result, Failure: Error>(_ body: (String) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(value)
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { value.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `(redacted)`.
  public var description: String { "(redacted)" }
  /// `(redacted)`.
  public var debugDescription: String { description }
  /// No children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
