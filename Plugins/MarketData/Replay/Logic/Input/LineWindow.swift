import Glibc

/// A window over a stream that always holds whole lines; constant memory, whatever the length of the file.
struct LineWindow: ~Copyable {
  /// Room for lines; a longer line is refused.
  static let size = 192 * 1024
  /// Zero bytes behind the window, so that words may be read past the last line.
  private static let padding = 64

  private let stream: ByteStream
  private let memory: UnsafeMutableRawPointer
  private var filled = 0
  /// Start of the lines that are ready.
  private(set) var start: UnsafeRawPointer
  /// End of the lines that are ready: behind the last line break.
  private(set) var end: UnsafeRawPointer
  /// The last line of the file had no line break; one was put there.
  private(set) var isUnterminated = false
  private var isAtEnd = false

  /// Opens a window that is empty until ``advance(from:)``.
  init(_ stream: ByteStream) {
    self.stream = stream
    memory = .allocate(byteCount: LineWindow.size + LineWindow.padding, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: LineWindow.size + LineWindow.padding)
    start = UnsafeRawPointer(memory)
    end = start
  }

  deinit { memory.deallocate() }

  /// Moves on to the lines that follow those before `position`; false: the file has ended.
  mutating func advance(from position: UnsafeRawPointer) throws(RowFault) -> Bool {
    let done = position - UnsafeRawPointer(memory)
    let rest = filled - done
    if done > 0, rest > 0 { memmove(memory, memory + done, rest) }
    filled = rest
    start = UnsafeRawPointer(memory)
    end = start
    while true {
      if !isAtEnd {
        // One byte stays free for the line break that the last line may lack.
        guard filled < LineWindow.size - 1 else {
          throw RowFault(
            .otherLayout, "expected lines of less than \(LineWindow.size) bytes, found a longer one", isOfFile: true)
        }
        let count = try stream.read(into: memory + filled, room: LineWindow.size - 1 - filled)
        filled += count
        isAtEnd = count == 0
      }
      (memory + filled).initializeMemory(as: UInt8.self, repeating: 0, count: LineWindow.padding)
      var last = filled
      while last > 0, memory.load(fromByteOffset: last - 1, as: UInt8.self) != 10 { last -= 1 }
      if last > 0 {
        end = start + last
        return true
      }
      guard isAtEnd else { continue }
      guard filled > 0 else { return false }
      memory.storeBytes(of: 10, toByteOffset: filled, as: UInt8.self)
      filled += 1
      isUnterminated = true
      end = start + filled
      return true
    }
  }
}
