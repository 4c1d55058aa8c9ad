/// The fields of one CSV line, trimmed, with quotes taken off.
struct CSVLine {
  /// The fields in order.
  var fields: [String] = []
  /// Whether a quoted field was never closed; a line break inside quotes is not supported.
  var isUnclosed = false

  /// Splits a line that has no line break at its end.
  init(_ bytes: UnsafeRawBufferPointer) {
    var field: [UInt8] = []
    var quoted = false
    var wasQuoted = false
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if quoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") {
          field.append(byte)
          index += 1
        } else {
          quoted = false
        }
      } else if byte == UInt8(ascii: "\""), !wasQuoted, field.allSatisfy(CSVLine.isSpace) {
        field = []
        quoted = true
        wasQuoted = true
      } else if byte == UInt8(ascii: ",") {
        close(&field, &wasQuoted)
      } else {
        field.append(byte)
      }
    }
    isUnclosed = quoted
    close(&field, &wasQuoted)
  }

  /// Whether there is nothing but blanks.
  var isBlank: Bool { fields.count == 1 && fields[0].isEmpty }

  private mutating func close(_ field: inout [UInt8], _ wasQuoted: inout Bool) {
    var content = field[...]
    while let last = content.last, CSVLine.isSpace(last) { content.removeLast() }
    while let first = content.first, CSVLine.isSpace(first) { content.removeFirst() }
    fields.append(String(decoding: content, as: UTF8.self))
    field = []
    wasQuoted = false
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
}
