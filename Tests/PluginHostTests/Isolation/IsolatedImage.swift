import Foundation
import PluginHost
import Testing

/// Loads plugins in processes of their own, as the built executable makes them.
enum IsolatedImage {
  static var executable: String {
    let products = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
    for url in products {
      let candidate = url.deletingLastPathComponent().appendingPathComponent("host").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return CPlugin.packageRoot + "/.build/debug/host"
  }

  static func load(
    _ file: PluginFile, _ change: (inout IsolationOptions) -> Void = { _ in }
  ) throws -> PluginImage {
    var options = IsolationOptions()
    options.executable = executable
    change(&options)
    return try PluginImage.isolated(file, options)
  }
}
