import Foundation
import Testing

/// Every template: made, built and tested as its README says, checked, approved, and put to work.
@Suite(.serialized) struct `A plugin from a template in` {
  @Test(.enabled(if: BuildTool.make != nil && BuildTool.c != nil, "no make or cc"), arguments: `A new plugin`.roles)
  func `C builds, tests itself, passes the check and works`(_ role: String) throws {
    try build(role, "c", make: "CFLAGS=-O1 -Werror")
  }

  @Test(
    .enabled(if: BuildTool.make != nil && BuildTool.cplusplus != nil, "no make or g++"), arguments: `A new plugin`.roles
  )
  func `C++ builds, tests itself, passes the check and works`(_ role: String) throws {
    try build(role, "cpp", make: "CXXFLAGS=-O1 -Werror")
  }

  private func build(_ role: String, _ language: String, make flags: String) throws {
    let folder = try HostProcess.Folder()
    let name = "third-\(language)"
    let project = try InstalledKit.shared.get().newPlugin(role, name, language, in: folder)
    try BuildTool.make!.run([flags], in: project)
    try BuildTool.make!.run(["test", flags], in: project)
    let plugin = try BuiltPlugin(name, file: "\(project)/\(name).so")
    try plugin.prove(role)
  }

  @Test(.enabled(if: BuildTool.cargo != nil, "no cargo")) func `Rust builds, tests itself, passes the check and works`()
    throws
  {
    // One folder for what cargo builds: the roles share the ABI's layout and nothing else.
    let folder = try HostProcess.Folder()
    let target = ["CARGO_TARGET_DIR": folder.path + "/target"]
    for role in `A new plugin`.roles {
      let name = "third-\(role.prefix(3))"
      let project = try InstalledKit.shared.get().newPlugin(role, name, "rust", in: folder)
      try BuildTool.cargo!.run(["build", "--release", "--offline", "--quiet"], in: project, target)
      let tests = try BuildTool.cargo!.run(["test", "--offline"], in: project, target)
      #expect(tests.contains("layout::is_that_of_the_c_headers ... ok"), "\(tests)")
      #expect(!tests.contains("warning"), "\(tests)")
      let library = name.split(separator: "-").joined(separator: "_")
      let plugin = try BuiltPlugin(name, file: "\(folder.path)/target/release/lib\(library).so")
      try plugin.prove(role)
    }
  }
}
