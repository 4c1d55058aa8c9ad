import Foundation
import Testing

@Suite(.serialized) struct `First-party plugins` {
  static let files: [String] = {
    let folder = URL(fileURLWithPath: Check.executable).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }.sorted()
  }()

  @Test func `lie beside the executable`() {
    for name in ["SMACross", "RSI2", "MRCombined", "PumpMomentum", "Paper", "Replay", "Console", "MinimalC"] {
      #expect(Self.files.contains("lib\(name).so"))
    }
  }

  @Test(arguments: files) func `pass every test at the usual level`(_ file: String) throws {
    let folder = URL(fileURLWithPath: Check.executable).deletingLastPathComponent().path
    let check = try Check.run([folder + "/" + file, "--json", "--seed", "1"])
    let answer = try check.answer
    #expect(answer.faults.isEmpty, "\(answer.faults)")
    #expect(answer.level == 5 && answer.seed == 1)
    #expect(check.status == 0)
  }
}
