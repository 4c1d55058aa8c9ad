/// Rows side by side, reached by their place: an array without the check, at every single write, of whether it is shared.
///
/// A copy shares its rows with the original until ``detach()``; who copies a table calls that before writing to it.
struct Table<Row: BitwiseCopyable>: RandomAccessCollection, MutableCollection {
  private final class Memory {
    let rows: UnsafeMutablePointer<Row>
    init(_ capacity: Int) { rows = .allocate(capacity: capacity) }
    deinit { rows.deallocate() }
  }

  private var memory: Memory
  /// Those of `memory`.
  private var rows: UnsafeMutablePointer<Row>
  private var capacity: Int
  private(set) var count = 0

  /// Makes an empty table.
  init() { self.init(capacity: 16) }

  /// Makes a table of rows.
  init(_ rows: some Collection<Row>) {
    self.init(capacity: Swift.max(16, rows.count))
    for row in rows { append(row) }
  }

  /// Makes an empty table with room for rows.
  init(capacity: Int) {
    memory = Memory(capacity)
    rows = memory.rows
    self.capacity = capacity
  }

  var startIndex: Int { 0 }
  @inline(__always) var endIndex: Int { count }

  subscript(place: Int) -> Row {
    // Addresses, because reading one value of a row should not copy all of them.
    @inline(__always)
    unsafeAddress { UnsafePointer(address(place)) }
    @inline(__always)
    unsafeMutableAddress { address(place) }
  }

  /// Where a row is, until a row is added or the table takes memory of its own: for what works on one row for long.
  @inline(__always)
  func address(_ place: Int) -> UnsafeMutablePointer<Row> {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such row")
    return rows + place
  }

  @inline(__always)
  mutating func append(_ row: Row) {
    if count == capacity { move(to: 2 * capacity) }
    (rows + count).initialize(to: row)
    count &+= 1
  }

  @inline(__always)
  mutating func popLast() -> Row? {
    guard count > 0 else { return nil }
    count &-= 1
    return rows[count]
  }

  mutating func removeLast(_ number: Int) {
    precondition(number >= 0 && number <= count, "fewer rows than are to go")
    count -= number
  }

  /// Takes the rows into memory of its own.
  mutating func detach() { move(to: capacity) }

  @inline(never)
  private mutating func move(to capacity: Int) {
    precondition(capacity < Int(UInt32.max), "rows have places of 32 bits")
    let memory = Memory(capacity)
    memory.rows.initialize(from: rows, count: count)
    (self.memory, rows, self.capacity) = (memory, memory.rows, capacity)
  }
}

// Sendable is safe: rows are written only by the one owner that detached them.
extension Table: @unchecked Sendable where Row: Sendable {}
