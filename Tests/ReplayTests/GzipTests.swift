import Foundation
import PluginSDK
import Testing

/// The gzip file of `text` that the program `gzip` makes.
private func gzip(_ text: String) throws -> Data {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["gzip", "-c"]
  let (input, output) = (Pipe(), Pipe())
  process.standardInput = input
  process.standardOutput = output
  try process.run()
  try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  try input.fileHandleForWriting.close()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return data
}

@Suite struct `Packed files` {
  let lines = (0..<300).map { "2024-03-07T\($0 / 60 + 10):\($0 % 60 < 10 ? "0" : "")\($0 % 60):00Z,10,12,9,11,\($0)" }
  var text: String { ([header] + lines).joined(separator: "\n") + "\n" }

  @Test func `gzip is read whatever its name, and gives the same fingerprint`() throws {
    let files = try Files(["plain/ABC.csv": text])
    try files.write(try gzip(text), "packed/ABC.csv.gz")
    try files.write(try gzip(text), "odd/ABC.csv")
    let plain = try Reading(paths: [files.path("plain")])
    #expect(plain.bars.count == 300)
    for folder in ["packed", "odd"] {
      let packed = try Reading(paths: [files.path(folder)])
      #expect(packed.bars == plain.bars)
      #expect(packed.fingerprint == plain.fingerprint)
      #expect(packed.faults == [])
    }
  }

  @Test func `several members in one file are read one after the other`() throws {
    let files = try Files()
    let half = text.index(text.startIndex, offsetBy: 5000)
    try files.write(try gzip(String(text[..<half])) + gzip(String(text[half...])), "ABC.csv.gz")
    #expect(try Reading(paths: [files.folder.path]).bars.count == 300)
  }

  @Test func `a cut or damaged file refuses the source`() throws {
    let files = try Files()
    let data = try gzip(text)
    for length in stride(from: 3, to: data.count, by: 97) {
      try files.write(data.prefix(length), "ABC.csv.gz")
      let reading = try Reading(paths: [files.path("ABC.csv.gz")])
      #expect(reading.failure?.status == .invalid)
      #expect(reading.faults.last?.code == "unreadable")
    }
    var damaged = data
    damaged[data.count / 2] ^= 0xFF
    try files.write(damaged, "ABC.csv.gz")
    #expect(try Reading(paths: [files.path("ABC.csv.gz")]).failure?.status == .invalid)
  }
}
