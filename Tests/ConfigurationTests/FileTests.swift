import Configuration
import Foundation
import Testing
import TradingTypes

@Suite struct `Files and folders` {
  @Test func `the home folder comes from the argument, then the variable, then the user's home`() throws {
    func home(_ option: String?, _ environment: [String: String]) throws -> String {
      try HostLocations(homeOption: option, environment: environment).home
    }
    let both = ["WHARF_HOME": "/w/", "HOME": "/h"]
    #expect(try home("/o", both) == "/o")
    #expect(try home("o//", both) == "o")
    #expect(try home("/", both) == "/")
    #expect(try home(nil, both) == "/w")
    #expect(try home(nil, ["WHARF_HOME": "", "HOME": "/h"]) == "/h/.wharf")
  }

  @Test func `the configuration comes from the argument, then the home folder`() throws {
    let named = try HostLocations(configurationOption: "x.yaml", environment: ["HOME": "/h"])
    #expect(named.configurationFile == "x.yaml" && named.configurationIsNamed && named.secretsFile == "/h/.wharf/.env")
    let standard = try HostLocations(homeOption: "/o", environment: [:])
    #expect(standard.configurationFile == "/o/config.yaml" && !standard.configurationIsNamed)
  }

  @Test func `no home folder and empty arguments are usage faults`() {
    func said(_ home: String?, _ configuration: String?, _ environment: [String: String]) -> String {
      do throws(ConfigurationFault) {
        return try HostLocations(homeOption: home, configurationOption: configuration, environment: environment).home
      } catch { return error.code == .usage ? error.description : "another code" }
    }
    #expect(said(nil, nil, [:]) == "$HOME: not set, so there is no home folder; give --home DIR")
    #expect(said("", nil, ["HOME": "/h"]) == "--home: an empty path: expected a folder")
    #expect(said(nil, "", ["HOME": "/h"]) == "--config: an empty path: expected a file")
  }

  @Test func `a named configuration must exist and the usual one need not`() throws {
    try inFolder { folder in
      let usual = try HostLocations(homeOption: folder, environment: [:])
      let absent = try ConfigurationDocument.read(usual)
      #expect(absent.file == nil)
      #expect(try absent.validated(plugins: []).host.market.value == .equity)
      let named = try HostLocations(homeOption: folder, configurationOption: folder + "/x.yaml", environment: [:])
      let error = #expect(throws: ConfigurationReadError.self) { try ConfigurationDocument.read(named) }
      #expect(error?.exitCode == 66 && error?.description == "\(folder)/x.yaml: no such file; check the path")
      let inside = try HostLocations(homeOption: folder, configurationOption: folder, environment: [:])
      let notFile = #expect(throws: ConfigurationReadError.self) { try ConfigurationDocument.read(inside) }
      #expect(notFile?.exitCode == 78)
    }
  }

  @Test func `a configuration is read with its folders resolved`() throws {
    try inFolder { folder in
      try write("plugins: {paths: [/a, ~/b, c, ~d]}\nmarket: crypto\n", to: folder + "/config.yaml", mode: 0o644)
      let document = try ConfigurationDocument.read(try HostLocations(homeOption: folder, environment: [:]))
      #expect(document.pluginFolders(userHome: "/h/") == ["/a", "/h/b", folder + "/c", folder + "/~d"])
      let market = try document.validated(plugins: []).host.market
      #expect(market.origin.description == "\(folder)/config.yaml:2")
    }
  }

  @Test func `a configuration that is too large is refused`() throws {
    try inFolder { folder in
      try write(String(repeating: "#", count: 1 << 21), to: folder + "/config.yaml", mode: 0o600)
      let locations = try HostLocations(homeOption: folder, environment: [:])
      let error = #expect(throws: ConfigurationReadError.self) { try ConfigurationDocument.read(locations) }
      #expect(error?.fault.code == .limit && error?.exitCode == 78)
    }
  }

  @Test func `secrets are read from a file of one's own only`() throws {
    try inFolder { folder in
      let locations = try HostLocations(homeOption: folder, environment: [:])
      #expect(DotEnvironment.read(locations).faults == [])
      let path = folder + "/.env"
      try write("A=b\n", to: path, mode: 0o600)
      #expect(DotEnvironment.read(locations).secrets["A"] != nil)
      for (mode, digits) in [(0o644, "644"), (0o640, "640"), (0o602, "602")] {
        try write("A=b\n", to: path, mode: mode)
        let file = DotEnvironment.read(locations)
        #expect(file.secrets.isEmpty)
        #expect(
          file.faults.map(\.description) == [
            "\(path): others may read or change this file of secrets: expected permission 600, "
              + "found permission \(digits); run chmod 600 \(path)"
          ])
      }
    }
  }

  @Test func `a pipe in place of a file does not block`() throws {
    try inFolder { folder in
      #expect(mkfifo(folder + "/.env", 0o600) == 0)
      let locations = try HostLocations(homeOption: folder, environment: [:])
      #expect(DotEnvironment.read(locations).faults.map(\.code) == [.fileUnreadable])
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func write(_ text: String, to path: String, mode: Int) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }
}
