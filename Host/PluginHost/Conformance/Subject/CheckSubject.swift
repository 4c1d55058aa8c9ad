import PluginHost

/// The plugin file that a test is made with, and how thoroughly.
public struct CheckSubject {
  /// Where the file is.
  public let path: String
  /// The file, held open.
  let file: OpenFile
  /// Its tables; the failure says why it is no shared library of this machine.
  let image: Result<ELFImage, ELFFault>
  /// What it says about itself; the failure says what is wrong with that.
  let manifest: Result<Manifest, ManifestError>
  /// What random choices start from.
  public let seed: UInt64
  /// How thorough the tests are, 1 to 10.
  public let level: Int
  /// An empty folder of this test, removed afterwards.
  public let scratch: String

  /// Opens a file and reads its tables; throws ``Unusable`` when it cannot be opened. Blocks on the disk.
  init(path: String, seed: UInt64, level: Int, scratch: String) throws {
    let file: OpenFile
    do { file = try OpenFile(path: path) } catch { throw Unusable("\(path) cannot be read: \(error)") }
    self.path = path
    self.file = file
    self.seed = seed
    self.level = level
    self.scratch = scratch
    image = Result { () throws(ELFFault) in try ELFImage(file) }
    manifest = CheckSubject.manifest(image)
  }

  private static func manifest(_ image: Result<ELFImage, ELFFault>) -> Result<Manifest, ManifestError> {
    Result { () throws(ManifestError) in try ManifestReader.read(manifestBytes(image) ?? [], host: .host) }
  }

  /// The content of the manifest's section; `nil` when there is none that can be read.
  static func manifestBytes(_ image: Result<ELFImage, ELFFault>) -> [UInt8]? {
    guard case .success(let image) = image, let section = image.section("wharf_manifest") else { return nil }
    return try? image.bytes(of: section, limit: 1 << 20)
  }

  /// The tables of the file; what they lack fails a test of the image, so all other tests are skipped.
  func usableImage() throws -> ELFImage {
    guard case .success(let image) = image else { throw Unusable("the file is no shared library of this machine") }
    return image
  }

  /// The manifest; a wrong one fails a test of the manifest, so all other tests are skipped.
  func usableManifest() throws -> Manifest {
    guard case .success(let manifest) = manifest else { throw Unusable("the manifest cannot be read") }
    return manifest
  }

  /// How often to do at this level what is done so many times at level 5: each level doubles it; at least once.
  func rounds(_ atLevel5: Int) -> Int {
    level >= 5 ? atLevel5 << (level - 5) : max(1, atLevel5 >> (5 - level))
  }
}
