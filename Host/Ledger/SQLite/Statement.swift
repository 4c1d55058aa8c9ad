import CSQLite

/// A prepared statement, used again and again; owned by its connection's thread.
final class Statement {
  private let connection: Connection
  private let handle: OpaquePointer

  init(_ sql: String, _ connection: Connection) throws(LedgerError) {
    var handle: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let result = sqlite3_prepare_v3(connection.handle, sql, -1, flags, &handle, nil)
    guard result == SQLITE_OK, let handle else { throw connection.failure(result, "cannot read") }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  // Parameters count from 1. A bind can only fail for want of memory or a wrong index; step reports what it left.

  func bind(_ index: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  func bind(_ index: Int32, _ value: Double?) {
    if let value { sqlite3_bind_double(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  /// Binds a copy of a text.
  func bind(_ index: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(handle, index)
      return
    }
    value.withUTF8 { bind(index, UnsafeRawBufferPointer($0), Statement.copied) }
  }

  /// Binds UTF-8 that stays where it is until the statement was stepped.
  func bindBorrowed(_ index: Int32, utf8 bytes: UnsafeRawBufferPointer) {
    bind(index, bytes, nil)
  }

  private func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer, _ lifetime: sqlite3_destructor_type?) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      // A text of no bytes is not NULL.
      sqlite3_bind_text(handle, index, "", 0, Statement.copied)
      return
    }
    sqlite3_bind_text(
      handle, index, base.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), lifetime)
  }

  /// Binds a copy of some bytes.
  func bind(_ index: Int32, blob: [UInt8]) {
    guard !blob.isEmpty else {
      sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    sqlite3_bind_blob(handle, index, blob, Int32(clamping: blob.count), Statement.copied)
  }

  /// Goes to the next row; `false` at the end, where the statement is ready for its next use.
  func step(_ what: String) throws(LedgerError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let result:
      let error = connection.failure(result, what)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Makes it ready for its next use.
  func reset() { sqlite3_reset(handle) }

  // Columns count from 0 and are valid until the next step.

  /// `SQLITE_INTEGER`, `SQLITE_FLOAT`, `SQLITE_TEXT`, `SQLITE_BLOB` or `SQLITE_NULL`.
  func type(_ column: Int32) -> Int32 { sqlite3_column_type(handle, column) }
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  func isNull(_ column: Int32) -> Bool { type(column) == SQLITE_NULL }
  func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
  func optionalDouble(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
  func text(_ column: Int32) -> String { String(decoding: utf8(column), as: UTF8.self) }

  /// The UTF-8 of a text column.
  func utf8(_ column: Int32) -> UnsafeRawBufferPointer {
    let base = sqlite3_column_text(handle, column)
    return UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column)))
  }

  func blob(_ column: Int32) -> [UInt8] {
    let base = sqlite3_column_blob(handle, column)
    return Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// Tells SQLite to copy what is bound.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
