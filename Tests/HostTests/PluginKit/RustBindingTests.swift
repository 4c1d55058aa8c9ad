import Foundation
import Testing

@Suite struct `The Rust binding` {
  @Test(.enabled(if: BuildTool.python != nil, "no python3")) func `is what its generator writes`() throws {
    let folder = SourceRoot.path + "/PluginAPI/Rust"
    let temporary = try HostProcess.Folder()
    let written = try BuildTool.python!.run([folder + "/generate.py"], in: temporary.path)
    let kept = try String(contentsOfFile: folder + "/wharf.rs", encoding: .utf8)
    #expect(written == kept, "run python3 PluginAPI/Rust/generate.py > PluginAPI/Rust/wharf.rs")
  }
}
