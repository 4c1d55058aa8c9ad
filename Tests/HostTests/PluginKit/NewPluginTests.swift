import Foundation
import Testing

@Suite struct `A new plugin` {
  static let languages = ["swift", "c", "cpp", "rust"]
  static let roles = ["strategy", "scanner", "broker", "market_data", "notifier"]

  @Test(arguments: languages, roles) func `has its own names in every file`(_ language: String, _ role: String) throws {
    let folder = try HostProcess.Folder()
    let path = try InstalledKit.shared.get().newPlugin(role, "two-words", language, in: folder)
    let files = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var manifests = 0
    for file in files where file.contains(".") && !file.hasSuffix("/") {
      guard let text = try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) else { continue }
      for word in ["my-plugin", "my_plugin", "MyPlugin", "My Plugin", "/usr/share/wharf", "<!-- role"] {
        #expect(!text.contains(word), "\(file) still has \(word)")
      }
      guard file.hasSuffix("manifest.json") else { continue }
      manifests += 1
      let manifest = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      #expect(manifest["id"] as? String == "two-words")
      #expect(manifest["name"] as? String == "Two Words")
      #expect(manifest["roles"] as? [String] == [role])
      #expect(manifest["language"] as? String == language)
    }
    #expect(manifests == 1)
    #expect(files.contains("README.md"))
    #expect(files.contains(".gitignore"))
  }

  @Test func `is refused where something lies already, and nothing changes`() throws {
    let folder = try HostProcess.Folder()
    try folder.write("taken", "mine")
    let refused = try HostProcess.run(
      ["new-plugin", "strategy", "taken", "--lang", "c", "--dir", folder.path, "--json"], home: folder)
    #expect(refused.status == 73)
    #expect(refused.errorCode == "exists")
    #expect(try String(contentsOfFile: folder.path + "/taken", encoding: .utf8) == "mine")
    try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: false)
    let again = try HostProcess.run(["new-plugin", "strategy", "empty", "--dir", folder.path], home: folder)
    #expect(again.status == 73)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("std") }
    #expect(Set(names) == ["taken", "empty"])
  }

  @Test func `leaves nothing behind where it cannot be written`() throws {
    let folder = try HostProcess.Folder()
    try folder.write("file", "")
    let refused = try HostProcess.run(
      ["new-plugin", "strategy", "mine", "--lang", "c", "--dir", folder.path + "/file", "--json"], home: folder)
    #expect(refused.status == 73)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("std") }
    #expect(names == ["file"])
  }

  @Test(arguments: [
    ["strateg", "mine"], ["strategy", "Mine"], ["strategy", "my_plugin"], ["strategy", "my--plugin"],
    ["strategy", "-mine"], ["strategy", "paths"], ["strategy", "mine", "--lang", "go"],
    ["strategy", String(repeating: "a", count: 65)], ["strategy"],
  ])
  func `is refused with what would be right`(_ arguments: [String]) throws {
    let folder = try HostProcess.Folder()
    let refused = try HostProcess.run(["new-plugin"] + arguments + ["--dir", folder.path, "--json"], home: folder)
    #expect(refused.status == 64)
    let error = try #require(try refused.json["error"] as? [String: Any])
    #expect((error["expected"] as? String)?.isEmpty == false, "\(refused.output)")
  }

  @Test func `is of a role that may be written with a hyphen, and its roles and languages are listed`() throws {
    let folder = try HostProcess.Folder()
    let made = try HostProcess.run(
      ["new-plugin", "market-data", "mine", "--lang", "c", "--dir", folder.path, "--json"], home: folder)
    #expect(try made.json["role"] as? String == "market_data")
    let refused = try HostProcess.run(["new-plugin", "oracle", "other", "--json"], home: folder)
    let expected = try #require((try refused.json["error"] as? [String: Any])?["expected"] as? String)
    for role in Self.roles { #expect(expected.contains(role)) }
  }

  @Test func `needs an SDK, and says where it was looked for`() throws {
    let folder = try HostProcess.Folder()
    let refused = try HostProcess.run(
      ["new-plugin", "strategy", "mine", "--dir", folder.path, "--json"], home: folder,
      environment: ["WHARF_SDK": folder.path])
    #expect(refused.status == 66)
    #expect(refused.errorCode == "no_sdk")
  }
}

@Suite struct `The installed SDK` {
  @Test func `is replaced whole by a newer one, and nothing else is`() throws {
    let home = try HostProcess.Folder()
    #expect(try HostProcess.run(["sdk-path", "--install", home.path], home: home).status == 0)
    try home.write("share/wharf/stray", "")
    #expect(try HostProcess.run(["sdk-path", "--install", home.path], home: home).status == 0)
    #expect(!FileManager.default.fileExists(atPath: home.path + "/share/wharf/stray"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/share") == ["wharf"])
    try FileManager.default.removeItem(atPath: home.path + "/share/wharf/exports.map")
    let refused = try HostProcess.run(["sdk-path", "--install", home.path, "--json"], home: home)
    #expect(refused.status == 73)
    #expect(refused.errorCode == "exists")
  }

  @Test func `is the one that a host without its source tree uses`() throws {
    let kit = try InstalledKit.shared.get()
    let result = try HostProcess.run(["sdk-path"], home: HostProcess.Folder(), environment: ["WHARF_SDK": kit.sdk])
    #expect(result.output == URL(fileURLWithPath: kit.sdk).resolvingSymlinksInPath().path + "\n")
  }

  @Test(.enabled(if: BuildTool.pkgConfig != nil && BuildTool.c != nil, "no pkg-config or cc"))
  func `is found with pkg-config`() throws {
    let kit = try InstalledKit.shared.get()
    let folder = try HostProcess.Folder()
    let place = ["PKG_CONFIG_PATH": kit.folder.path + "/lib/pkgconfig"]
    let flags = try BuildTool.pkgConfig!.run(["--cflags", "--libs", "wharf-plugin"], in: folder.path, place)
    try folder.write(
      "plugin.c", "#include <wharf/wharf.h>\nconst wharf_plugin *wharf_plugin_entry(void) { return 0; }\n")
    let words = flags.split(whereSeparator: \.isWhitespace).map(String.init)
    try BuildTool.c!.run(["-shared", "-fPIC", "plugin.c", "-o", "plugin.so"] + words, in: folder.path)
    let sdk = try BuildTool.pkgConfig!.run(["--variable=sdk", "wharf-plugin"], in: folder.path, place)
    let path = sdk.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(FileManager.default.fileExists(atPath: path + "/exports.map"), "\(sdk)")
    let version = try BuildTool.pkgConfig!.run(["--modversion", "wharf-plugin"], in: folder.path, place)
    let host = try HostProcess.run(["--version"], home: folder).output
    #expect(host.contains("(plugin ABI \(version.trimmingCharacters(in: .whitespacesAndNewlines)))"), "\(host)")
  }
}
