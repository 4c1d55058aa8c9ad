import CSealedMemory
import Glibc
import Hashing

/// The bytes of a plugin's file in memory that nobody can change any more: what was hashed is what is loaded.
///
/// Whoever may write to the file can change it after it was compared with its approval; not so this copy. Libraries that the
/// plugin brings with it are compared with their approval here too, and loaded from their own files next.
public final class SealedImage: Sendable {
  /// A descriptor of the bytes, closed on exec and when this value goes. `/proc/self/fd/N` of it can be loaded, here or in
  /// a process that inherits it.
  public let descriptor: Int32
  /// The SHA-256 of the bytes.
  public let digest: Digest
  /// How many bytes there are.
  public let size: Int

  /// Copies a listed file and compares the copy with what was listed, and with the hash that was approved or recorded at
  /// the build where there is one. Blocks on the disk.
  public static func seal(_ file: PluginFile) throws(PluginLoadError) -> SealedImage {
    do throws(PluginLoadError.Reason) {
      guard let stamp = file.stamp else { throw .notReady(file.reason ?? "it was not examined") }
      return try SealedImage(opened(file.path, stamp), file)
    } catch {
      throw PluginLoadError(id: file.manifest?.id ?? "plugin", path: file.path, reason: error)
    }
  }

  /// The file at a path if it is still the one that was examined.
  static func opened(_ path: String, _ stamp: OpenFile.Identity) throws(PluginLoadError.Reason) -> OpenFile {
    guard let opened = try? OpenFile(path: path), opened.identity == stamp else { throw .changedSinceListed }
    return opened
  }

  /// Copies an open file; `betweenSteps` is called when it was opened and when the copy is sealed, so that a test can
  /// change the file there.
  init(
    _ opened: OpenFile, _ file: PluginFile, betweenSteps: () -> Void = {}
  ) throws(PluginLoadError.Reason) {
    betweenSteps()
    let name = "wharf:\(file.manifest?.id ?? "plugin")-\(file.manifest?.version.description ?? "")"
    let descriptor = host_memory_create(name)
    guard descriptor >= 0 else { throw .notSealed(errno: errno) }
    do throws(PluginLoadError.Reason) {
      size = opened.identity.size
      guard opened.copy(to: descriptor), opened.isUnchanged else { throw .changedSinceListed }
      guard host_memory_seal(descriptor) == 0 else { throw .notSealed(errno: errno) }
      digest = try SealedImage.digest(descriptor, size)
      for required in [file.digest, file.requiredDigest] {
        guard let required, required != digest else { continue }
        throw .otherContent(expected: required, found: digest)
      }
      try BroughtLibraries.check(opened, file)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    betweenSteps()
  }

  deinit { close(descriptor) }

  /// The hash of what is in the memory, read there.
  private static func digest(_ descriptor: Int32, _ size: Int) throws(PluginLoadError.Reason) -> Digest {
    guard size > 0 else { return SHA256.hash([]) }
    guard let memory = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), memory != MAP_FAILED else {
      throw .notSealed(errno: errno)
    }
    defer { munmap(memory, size) }
    var hasher = SHA256()
    hasher.update(UnsafeRawBufferPointer(start: memory, count: size))
    return hasher.finalize()
  }
}

extension OpenFile {
  /// Appends the whole file to another descriptor; false when either fails or the file is shorter than it was.
  func copy(to descriptor: Int32) -> Bool {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    var offset = 0
    while offset < identity.size {
      let count = Glibc.pread(self.descriptor, chunk.baseAddress, min(chunk.count, identity.size - offset), offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      var written = 0
      while written < count {
        let result = Glibc.write(descriptor, chunk.baseAddress! + written, count - written)
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { return false }
        written += result
      }
      offset += count
    }
    return true
  }
}
