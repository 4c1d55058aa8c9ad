import CommandLineKit
import Glibc
import Hashing
import Workload

/// The workload's files, written to a folder and checked against the document's hashes.
struct WorkloadGeneration: CommandReport {
  private var folder: String
  private var files: [WorkloadFile] = []

  /// Writes the files that the workloads read; never over a file that is there. Blocks on the disk.
  init(_ workloads: [BenchWorkload], folder: String, _ streams: StandardStreams) throws {
    self.folder = folder
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw WorkloadGeneration.cannotCreate(folder, errno) }
    let progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
    defer { progress.finish() }
    let sets = Set(workloads.map(\.rawValue))
    for file in WorkloadFile.allCases where sets.contains(file.set) {
      progress.begin("writing \(file.rawValue)", total: file.mustGive.bytes / 1_000_000, unit: "MB")
      try WorkloadGeneration.write(file, to: "\(folder)/\(file.rawValue)") { progress.advance(to: $0 / 1_000_000) }
      files.append(file)
    }
  }

  /// Writes one file; takes it away again where that fails.
  static func write(_ file: WorkloadFile, to path: String, _ advance: (Int) -> Void = { _ in }) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw cannotCreate(path, errno) }
    defer { close(descriptor) }
    do {
      var hash = SHA256()
      var bytes = 0
      var output = BufferedOutput(descriptor: descriptor, destination: path)
      file.write { piece in
        hash.update(piece)
        output.append(piece.bindMemory(to: UInt8.self))
        bytes += piece.count
        advance(bytes)
      }
      try output.finish()
      let found = hash.finalize().hex
      guard bytes == file.mustGive.bytes, found == file.mustGive.sha256 else {
        throw CommandFailure(
          code: "wrong_generation", message: "the generated \(file.rawValue) is not the workload's", where: path,
          expected: "\(file.mustGive.bytes) bytes, SHA-256 \(file.mustGive.sha256)",
          found: "\(bytes) bytes, SHA-256 \(found)", remedy: "report it, with the processor's name",
          exitCode: .internalFault)
      }
    } catch {
      unlink(path)
      throw error
    }
  }

  static func cannotCreate(_ path: String, _ number: Int32) -> CommandFailure {
    CommandFailure(
      code: "cannot_create", message: "cannot create \(path): \(systemMessage(number))", where: path,
      expected: "a place for a new file", found: systemMessage(number),
      remedy: number == EEXIST ? "name an empty folder" : "name a folder that can be written", exitCode: .cannotCreate)
  }

  func text(for capabilities: TerminalCapabilities) -> String {
    files.map { "\(folder)/\($0.rawValue)\n" }.joined()
  }

  func writeJSON(to writer: inout JSONWriter) {
    let rows = files.map { file -> JSONValue in
      [
        "bytes": JSONValue(file.mustGive.bytes), "file": .string("\(folder)/\(file.rawValue)"),
        "sha256": .string(file.mustGive.sha256),
      ]
    }
    writer.value(["files": .array(rows), "schema": 1])
  }
}
