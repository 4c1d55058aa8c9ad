import Foundation
import Glibc
import WharfABI

/// The plugin in plain C, built as the comment in its source says, and loaded as a host loads it.
final class MinimalCPlugin {
  static let folder = Repository.root + "/Plugins/Strategies/MinimalC"

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let descriptor: UnsafePointer<wharf_plugin>
  let strategy: UnsafePointer<wharf_strategy>
  private let scratch: TemporaryFolder
  private let path: String

  init() throws {
    scratch = try TemporaryFolder()
    path = scratch.path + "/libMinimalC.so"
    var command = try MinimalCPlugin.command()
    guard let compiler = Tool.find(command.removeFirst()), let output = command.firstIndex(of: "libMinimalC.so") else {
      throw Failure(description: "the comment of minimal.c has no command that a test can run")
    }
    command[output] = path
    _ = try compiler.output(command, in: Repository.root)
    guard let image = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      throw Failure(description: String(cString: dlerror()))
    }
    typealias Entry = @convention(c) () -> UnsafePointer<wharf_plugin>?
    guard let symbol = dlsym(image, "wharf_plugin_entry"), let found = unsafeBitCast(symbol, to: Entry.self)() else {
      throw Failure(description: "no entry")
    }
    descriptor = found
    guard let table = MinimalCPlugin.table("wharf.strategy/1", of: found) else {
      throw Failure(description: "no wharf.strategy/1")
    }
    strategy = table.assumingMemoryBound(to: wharf_strategy.self)
  }

  /// What a program of the system prints about the file.
  func inspect(_ tool: String, _ options: [String], _ more: String...) throws -> String {
    try withExtendedLifetime(self) {
      guard let tool = Tool.find(tool) else { throw Failure(description: "\(tool) is missing") }
      return try tool.output(options + [path] + more)
    }
  }

  /// The words of the command in the comment at the top of the source.
  static func command() throws -> [String] {
    let source = try String(contentsOfFile: folder + "/minimal.c", encoding: .utf8)
    let lines = source.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "*" } }
    guard let first = lines.firstIndex(where: { $0.hasPrefix("gcc ") }) else { return [] }
    let text = lines[first].replacing("\\", with: "") + lines[first + 1].replacing("*/", with: "")
    return text.split(separator: " ").map(String.init)
  }

  static func table(_ id: String, of descriptor: UnsafePointer<wharf_plugin>) -> UnsafeRawPointer? {
    var table: UnsafeRawPointer?
    return descriptor.pointee.table(id, UInt64(id.utf8.count), &table) == WHARF_OK ? table : nil
  }
}
