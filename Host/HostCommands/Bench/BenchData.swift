import CommandLineKit
import Glibc
import Workload

/// The files a bench reads: those of the folder that was named, else generated ones in a folder that is removed again.
final class BenchData {
  /// The folder that was named, if any.
  let named: String?
  private var temporary: TemporaryFolder?
  private var generated: [String: String] = [:]
  /// Options of the command line for every host process that is started.
  let sharedOptions: [String]
  private let progress: ProgressReporter

  init(_ arguments: ParsedArguments, _ progress: ProgressReporter) {
    named = arguments.value("data")
    sharedOptions = ["home", "config"].flatMap { name in arguments.value(name).map { ["--\(name)", $0] } ?? [] }
    self.progress = progress
  }

  /// The path of a whole file of the workload; generates it first where no folder was named. Blocks on the disk.
  func path(of file: WorkloadFile) throws -> String {
    guard let named else { return try path(generating: file.rawValue) { try WorkloadGeneration.write(file, to: $0) } }
    do throws(WorkloadFileError) {
      return try file.path(in: named)
    } catch {
      throw error.commandFailure
    }
  }

  /// The path of a bar store made of a file, always generated. Blocks on the disk.
  func storePath(of file: WorkloadFile) throws -> String {
    let source = try path(of: file)
    return try path(generating: "\(file.set).bars") { store in
      // In a process of its own, so that this one stays small until it has measured others.
      let process = try MeasuredProcess(arguments: ["data", "import", source, "--into", store] + sharedOptions)
      guard process.status == 0 else {
        throw CommandFailure(
          code: "import_failed", message: "the workload cannot be imported into a store", where: source,
          expected: "exit status 0 of host data import", found: "exit status \(process.status)",
          remedy: "run host data import \(source) --into FILE.bars and read what it says", exitCode: .internalFault)
      }
    }
  }

  /// The path of the first rows of a file under a name of its own, always generated. Blocks on the disk.
  func path(of file: WorkloadFile, rows: Int, named name: String) throws -> String {
    try path(generating: name) { path in
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw WorkloadGeneration.cannotCreate(path, errno) }
      defer { close(descriptor) }
      var output = BufferedOutput(descriptor: descriptor, destination: path)
      file.write(rows: rows) { output.append($0.bindMemory(to: UInt8.self)) }
      try output.finish()
    }
  }

  private func path(generating name: String, _ write: (String) throws -> Void) throws -> String {
    if let path = generated[name] { return path }
    progress.begin("generating \(name)")
    let folder = try temporary ?? TemporaryFolder(prefix: "wharf-bench")
    temporary = folder
    let path = folder.file(name)
    try write(path)
    generated[name] = path
    return path
  }
}
