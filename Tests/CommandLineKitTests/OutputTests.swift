import CommandLineKit
import Foundation
import Testing

@Suite struct `Buffered output` {
  @Test func `bytes arrive in order across many flushes`() throws {
    let pipe = TestPipe()
    var output = BufferedOutput(descriptor: pipe.writeEnd, destination: "test", capacity: 7)
    var expected = ""
    for number in [0, 1, -1, 12_345, .min, .max] as [Int64] {
      output.append(decimal: number)
      output.append("; ")
      output.append(text: "é\(number)")
      output.append(10)
      expected += "\(number); é\(number)\n"
    }
    try output.finish()
    #expect(pipe.contents() == expected)
  }

  @Test func `nothing leaves before the buffer is full or finished`() throws {
    let pipe = TestPipe()
    do {
      var output = BufferedOutput(descriptor: pipe.writeEnd, destination: "test", capacity: 100)
      output.append("abandoned")
      #expect(output.bytesWritten == 0)
    }
    #expect(pipe.contents() == "")
  }

  @Test func `a full disk is reported once, at the end`() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(throws: OutputError(number: ENOSPC, destination: "ledger.json")) {
      var output = BufferedOutput(descriptor: descriptor, destination: "ledger.json", capacity: 4)
      output.append("first bytes")
      #expect(output.failure?.number == ENOSPC)
      output.append("more")
      #expect(output.bytesWritten == 0)
      try output.finish()
    }
    let fault = OutputError(number: ENOSPC, destination: "ledger.json").commandError
    #expect(fault.message == "cannot write to ledger.json: No space left on device")
    #expect(fault.exitCode == .inputOutput)
    #expect(fault.remedy == "free some space and run the command again")
  }

  @Test func `a reader that went away is a broken pipe`() {
    StandardStreams.ignoreBrokenPipeSignal()
    let pipe = TestPipe()
    pipe.closeReadEnd()
    let error = #expect(throws: OutputError.self) {
      var output = BufferedOutput(descriptor: pipe.writeEnd, destination: "stdout")
      output.append("x")
      try output.finish()
    }
    #expect(error?.isBrokenPipe == true)
  }

  @Test func `a slow non-blocking reader gets every byte`() {
    let pipe = TestPipe()
    #expect(fcntl(pipe.writeEnd, F_SETFL, O_NONBLOCK) == 0)
    let writeEnd = dup(pipe.writeEnd)
    pipe.closeWriteEnd()
    let count = 1_000_000
    let writer = Thread {
      var output = BufferedOutput(descriptor: writeEnd, destination: "test")
      for index in 0..<count { output.append(UInt8(truncatingIfNeeded: index &* 31)) }
      try? output.finish()
      close(writeEnd)
    }
    writer.start()
    let bytes = TestPipe.readAll(from: pipe.readEnd)
    #expect(bytes.count == count)
    #expect(bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: $0 &* 31) })
  }
}
