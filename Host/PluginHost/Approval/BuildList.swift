import Glibc
import Hashing

/// Which files beside the executable came with the host.
///
/// A file is one of them when its name and id are those of a plugin of this build, and, where `Host/run` has left a list of
/// hashes after building (`plugins.sha256`, as `sha256sum` writes it), it has the hash there. Every other file is
/// third-party. Where there is no list, or it is older than the executable, somebody has built by hand, and names and ids
/// decide alone.
public struct BuildList: Hashable, Sendable {
  /// Why a file beside the executable is not one that came with the host.
  public enum Difference: Hashable, Sendable {
    /// The build makes no plugin of this name and id.
    case notOfTheBuild
    /// The list does not have it.
    case notListed(list: String)
    /// It is not the file that the build made.
    case otherHash(list: String, expected: Digest)
  }

  /// The plugins that the build makes: id by file name.
  public static let products = [
    "libAlternate.so": "alternate", "libConsole.so": "console", "libMRCombined.so": "mr-combined",
    "libMinimalC.so": "minimal-c", "libPaper.so": "paper", "libPumpMomentum.so": "pump-momentum",
    "libRSI2.so": "rsi2", "libReplay.so": "replay", "libSMACross.so": "sma-cross",
  ]
  /// The name of the list, beside the executable.
  public static let fileName = "plugins.sha256"

  /// Where the list is or would be.
  public let path: String
  /// The hashes by file name; `nil` when there is no list, or one of an earlier build.
  public let digests: [String: Digest]?
  /// Whether there is a list that is older than the executable, and not used.
  public var isOutdated = false

  /// Reads the list beside the executable. Blocks on the disk.
  public static func read() throws(TrustFileError) -> BuildList {
    let executable = realPath("/proc/self/exe") ?? "/proc/self/exe"
    return try read(LibraryFinder.directory(of: executable) + "/" + fileName, executable: executable)
  }

  static func read(_ path: String, executable: String? = nil) throws(TrustFileError) -> BuildList {
    guard let (bytes, modified) = try TrustFile.read(path, limit: 1 << 16, remedy: remedy(path)) else {
      return BuildList(path: path, digests: nil)
    }
    var built = stat()
    if let executable, stat(executable, &built) == 0,
      (modified[0], modified[1]) < (built.st_mtim.tv_sec, built.st_mtim.tv_nsec)
    {
      return BuildList(path: path, digests: nil, isOutdated: true)
    }
    var digests: [String: Digest] = [:]
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let hash = line.prefix(while: { $0 != " " })
      // Two blanks, or a blank and an asterisk, as sha256sum writes them.
      let name = String(line.dropFirst(hash.count + 2))
      guard let digest = Digest(hex: hash), !name.isEmpty, digests.updateValue(digest, forKey: name) == nil else {
        throw TrustFileError(
          path: path, place: "line \(index + 1)", expected: "64 hexadecimal digits, two blanks and a new file name",
          found: "\"\(printable(line, limit: 100))\"", remedy: remedy(path))
      }
    }
    return BuildList(path: path, digests: digests)
  }

  /// What to know of it; `nil` when it is as it should be.
  public var note: String? {
    guard isOutdated else { return nil }
    return
      "\(printable(path)) is older than the executable, so names and ids alone say which plugins came with the host; "
      + "Host/run writes it anew"
  }

  private static func remedy(_ path: String) -> String {
    "build with Host/run, which writes it anew, or remove \(printable(path)): names and ids decide without it"
  }

  /// Judges a file that lies beside the executable: whether it came with the host, and if not, why.
  func judge(_ file: inout PluginFile) {
    let name = String(file.path.split(separator: "/").last ?? "")
    guard let id = BuildList.products[name], file.manifest.map({ $0.id == id }) ?? true else {
      return makeThirdParty(&file, .notOfTheBuild)
    }
    guard let digests else { return }
    guard let expected = digests[name] else { return makeThirdParty(&file, .notListed(list: path)) }
    if let found = file.digest, found != expected {
      return makeThirdParty(&file, .otherHash(list: path, expected: expected))
    }
    file.requiredDigest = expected
  }

  private func makeThirdParty(_ file: inout PluginFile, _ difference: Difference) {
    file.isFirstParty = false
    file.buildDifference = difference
  }
}

extension BuildList.Difference: CustomStringConvertible {
  /// What is different, expected against found.
  public var description: String {
    switch self {
    case .notOfTheBuild: "it lies beside the executable, but is no plugin of this build"
    case .notListed(let list): "it lies beside the executable, but is not in \(printable(list))"
    case .otherHash(let list, let expected):
      "it is not the file that was built: \(printable(list)) has \(expected.hex.prefix(12)) for it"
    }
  }

  /// The next step of whoever built the file; `nil` when it is nobody's who built the host.
  var remedy: String? {
    switch self {
    case .notOfTheBuild: nil
    case .notListed(let list), .otherHash(let list, _):
      "if you built it by hand, run Host/run, or remove \(printable(list))"
    }
  }
}
