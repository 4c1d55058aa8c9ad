/// Writes one JSON document piece by piece, so that a million rows need no tree.
///
/// The order of keys is the caller's: write them sorted, as every result of the host has them. The writer sees to
/// commas, escaping and numbers, and traps where the calls would not make valid JSON (a value without its key, an end
/// without its begin, a second document), which is a fault of the calling code and never of the data.
///
/// Writing never throws: after a failed write everything else is dropped, and ``finish()`` reports the first failure.
/// A loop over many rows may look at ``failure`` to stop early.
public struct JSONWriter: ~Copyable {
  /// An object or array that has begun and not ended.
  private struct Frame {
    var isObject: Bool
    var isEmpty = true
    var hasKey = false
  }

  private var output: BufferedOutput
  private var frames: [Frame] = []
  private var isComplete = false

  /// A writer that appends to `output`.
  public init(into output: consuming BufferedOutput) { self.output = output }

  /// The first failed write, if any.
  public var failure: OutputError? { output.failure }

  /// How many bytes have left for the file descriptor so far; 0 means that the document can still be dropped whole.
  public var bytesWritten: Int { output.bytesWritten }

  /// Ends the document with a line end and writes all that is buffered.
  public consuming func finish() throws(OutputError) {
    precondition(isComplete, "finish() before the JSON document is complete")
    output.append(UInt8(ascii: "\n"))
    try output.finish()
  }

  /// Ends the document and gives its bytes; for a writer into memory.
  public consuming func collected() -> [UInt8] {
    precondition(isComplete, "collected() before the JSON document is complete")
    return output.collected()
  }

  // MARK: Structure

  /// Begins an object.
  public mutating func beginObject() {
    prepareForValue()
    frames.append(Frame(isObject: true))
    output.append(UInt8(ascii: "{"))
  }

  /// Ends the object that began last.
  public mutating func endObject() { end(isObject: true, UInt8(ascii: "}")) }

  /// Begins an array.
  public mutating func beginArray() {
    prepareForValue()
    frames.append(Frame(isObject: false))
    output.append(UInt8(ascii: "["))
  }

  /// Ends the array that began last.
  public mutating func endArray() { end(isObject: false, UInt8(ascii: "]")) }

  /// Names the next value, inside an object.
  public mutating func key(_ name: String) {
    guard let frame = frames.last, frame.isObject, !frame.hasKey else {
      preconditionFailure("JSON key '\(name)' where no key may stand")
    }
    if !frame.isEmpty { output.append(UInt8(ascii: ",")) }
    frames[frames.count - 1].isEmpty = false
    frames[frames.count - 1].hasKey = true
    output.appendJSONString(name)
    output.append(UInt8(ascii: ":"))
  }

  private mutating func end(isObject: Bool, _ closing: UInt8) {
    guard let frame = frames.popLast(), frame.isObject == isObject, !frame.hasKey else {
      preconditionFailure("JSON end without its begin, or after a key without its value")
    }
    output.append(closing)
    if frames.isEmpty { isComplete = true }
  }

  /// Writes the comma a value needs and notes that it is there.
  private mutating func prepareForValue() {
    let last = frames.count - 1
    guard last >= 0 else {
      precondition(!isComplete, "a second JSON document in one output")
      return
    }
    if frames[last].isObject {
      precondition(frames[last].hasKey, "a JSON value without its key")
      frames[last].hasKey = false
    } else {
      if !frames[last].isEmpty { output.append(UInt8(ascii: ",")) }
      frames[last].isEmpty = false
    }
  }

  private mutating func scalar(_ write: (inout BufferedOutput) -> Void) {
    prepareForValue()
    write(&output)
    if frames.isEmpty { isComplete = true }
  }

  // MARK: Values

  /// Writes `null`.
  public mutating func null() { scalar { $0.append("null") } }

  /// Writes a truth value.
  public mutating func value(_ value: Bool) { scalar { $0.append(value ? "true" : "false") } }

  /// Writes a whole number.
  public mutating func value(_ value: Int64) { scalar { $0.append(decimal: value) } }

  /// Writes a whole number.
  public mutating func value(_ value: Int) { scalar { $0.append(decimal: Int64(value)) } }

  /// Writes a double as the shortest text that reads back to the same value; `null` when it is not finite.
  public mutating func value(_ value: Double) { scalar { $0.appendJSONNumber(value) } }

  /// Writes a double, or `null` where it is undefined.
  public mutating func value(_ value: Double?) { scalar { $0.appendJSONNumber(value ?? .nan) } }

  /// Writes a text.
  public mutating func value(_ value: String) { scalar { $0.appendJSONString(value) } }

  /// Writes a text, or `null`.
  public mutating func value(_ value: String?) {
    if let value { self.value(value) } else { null() }
  }

  /// Writes a whole tree, its keys sorted.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): self.value(value)
    case .integer(let value): self.value(value)
    case .number(let value): self.value(value)
    case .string(let value): self.value(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        self.key(key)
        self.value(value)
      }
      endObject()
    }
  }
}
