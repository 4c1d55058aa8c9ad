import CommandLineKit
import Glibc
import Testing

@Suite struct `Reading lines` {
  private static func reader(_ pipe: TestPipe, limit: Int = 4096) -> LineReader {
    LineReader(descriptor: pipe.readEnd, limit: limit, now: { 0 })
  }

  @Test func `lines come one by one, then the end`() {
    let pipe = TestPipe()
    pipe.send("one\ntwo\r\n\n\r\nä漢😀\nlast")
    pipe.closeWriteEnd()
    let reader = Self.reader(pipe)
    for expected in ["one", "two", "", "", "ä漢😀", "last"] { #expect(reader.next(timeout: nil) == .line(expected)) }
    #expect(reader.next(timeout: nil) == .endOfFile)
    #expect(reader.next(timeout: 0) == .endOfFile)
  }

  @Test func `nothing typed in time is a timeout`() {
    let pipe = TestPipe()
    let reader = Self.reader(pipe)
    #expect(reader.next(timeout: 0) == .timedOut)
    #expect(!reader.hasInput())
    pipe.send("yes\n")
    #expect(reader.hasInput())
    #expect(reader.next(timeout: 0) == .line("yes"))
  }

  @Test func `a part of a line waits for its rest`() {
    let pipe = TestPipe()
    let reader = Self.reader(pipe)
    pipe.send("ye")
    #expect(reader.next(timeout: 0) == .timedOut)
    #expect(reader.hasInput())
    pipe.send("s\nno")
    #expect(reader.next(timeout: 0) == .line("yes"))
    #expect(reader.next(timeout: 0) == .timedOut)
    pipe.closeWriteEnd()
    #expect(reader.next(timeout: 0) == .line("no"))
  }

  @Test func `the time limit holds across reads`() {
    let pipe = TestPipe()
    let clock = ManualClock()
    let reader = LineReader(
      descriptor: pipe.readEnd,
      now: {
        defer { clock.nanoseconds += 400_000_000 }
        return clock.nanoseconds
      })
    pipe.send("no line end")
    // The clock says 0, 0.4 s (reads), then 0.8 s: with a limit of 0.5 s the second look finds the time over.
    #expect(reader.next(timeout: 500_000_000) == .timedOut)
    #expect(clock.nanoseconds == 1_200_000_000)
  }

  @Test func `endless input without a line end is a timeout too`() {
    let descriptor = open("/dev/zero", O_RDONLY)
    defer { close(descriptor) }
    let reader = LineReader(descriptor: descriptor, limit: 100, now: { 0 })
    for _ in 0..<10 { #expect(reader.next(timeout: 0) == .timedOut) }
  }

  @Test func `invalid UTF-8 is named and does not spoil the next line`() {
    let pipe = TestPipe()
    pipe.send([0xFF, 0x41, 10, 0x41, 10, 0xC3])
    pipe.closeWriteEnd()
    let reader = Self.reader(pipe)
    #expect(reader.next(timeout: 0) == .invalidUTF8)
    #expect(reader.next(timeout: 0) == .line("A"))
    #expect(reader.next(timeout: 0) == .invalidUTF8)
    #expect(reader.next(timeout: 0) == .endOfFile)
  }

  @Test func `a line over the limit is taken whole and named`() {
    let pipe = TestPipe()
    pipe.send("12345\r\n123456\n" + String(repeating: "x", count: 20_000) + "\nok\n1234567")
    pipe.closeWriteEnd()
    let reader = Self.reader(pipe, limit: 5)
    let expected: [LineInput] = [
      .line("12345"), .tooLong(limit: 5), .tooLong(limit: 5), .line("ok"), .tooLong(limit: 5), .endOfFile,
    ]
    for input in expected { #expect(reader.next(timeout: nil) == input) }
  }

  @Test func `a line end in two pieces does not count toward the limit`() {
    let pipe = TestPipe()
    let reader = Self.reader(pipe, limit: 5)
    pipe.send("12345\r")
    #expect(reader.next(timeout: 0) == .timedOut)
    pipe.send("\n")
    #expect(reader.next(timeout: 0) == .line("12345"))
  }

  @Test func `the interrupt descriptor ends the wait`() {
    let (pipe, interrupt) = (TestPipe(), TestPipe())
    let reader = LineReader(descriptor: pipe.readEnd, interrupt: interrupt.readEnd, now: { 0 })
    #expect(reader.next(timeout: 0) == .timedOut)
    interrupt.send("!")
    #expect(reader.next(timeout: nil) == .interrupted)
  }

  @Test func `discarding drops what was read, to the end of its line`() {
    let pipe = TestPipe()
    let reader = Self.reader(pipe)
    pipe.send("one\ntwo\nthr")
    #expect(reader.next(timeout: 0) == .line("one"))
    reader.discardInput()
    pipe.send("ee\nfour\n")
    #expect(reader.next(timeout: 0) == .line("four"))
    #expect(reader.next(timeout: 0) == .timedOut)
    reader.discardInput()
    pipe.send("five\n")
    #expect(reader.next(timeout: 0) == .line("five"))
  }

  @Test func `an unreadable descriptor is a failure, not the end`() {
    let reader = LineReader(descriptor: 99_999, now: { 0 })
    #expect(reader.next(timeout: nil) == .failed(errno: EBADF))
    let descriptor = open("/", O_RDONLY)
    defer { close(descriptor) }
    let folder = LineReader(descriptor: descriptor, now: { 0 })
    #expect(folder.next(timeout: nil) == .failed(errno: EISDIR))
  }

  @Test func `a non-blocking descriptor is read like any other`() {
    let pipe = TestPipe()
    #expect(fcntl(pipe.readEnd, F_SETFL, O_NONBLOCK) == 0)
    let reader = Self.reader(pipe)
    #expect(reader.next(timeout: 0) == .timedOut)
    pipe.send("a\n")
    #expect(reader.next(timeout: 0) == .line("a"))
  }

  @Test func `any bytes in any pieces give the lines they hold`() {
    var generator = SeededGenerator(state: 8)
    for _ in 0..<200 {
      let lines = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        String(generator.text(upTo: 12).unicodeScalars.filter { $0 != "\n" && $0 != "\r" })
      }
      var rest = Array((lines.joined(separator: "\n") + "\n").utf8)[...]
      let pipe = TestPipe()
      let reader = Self.reader(pipe)
      var read: [LineInput] = []
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(9, rest.count), using: &generator)
        pipe.send(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
        while case let input = reader.next(timeout: 0), input != .timedOut { read.append(input) }
      }
      #expect(read == lines.map(LineInput.line))
    }
  }
}
