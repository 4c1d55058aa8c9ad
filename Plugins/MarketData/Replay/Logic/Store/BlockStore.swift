import Glibc

/// Where packed blocks of bars lie: in memory while they are few, then in a temporary file without a name, so that a
/// history of any length takes a few mebibytes of memory.
final class BlockStore {
  /// Where a block lies.
  struct Place {
    var chunk: UInt32
    var offset: UInt32
    var length: UInt32
  }

  private enum Chunk {
    case memory(UnsafeMutableRawPointer)
    case file(offset: Int)
  }

  static let chunkSize = 1 << 20
  /// How many full chunks stay in memory before a file is used.
  private let residentChunks: Int
  private var chunks: [Chunk] = []
  private var used = BlockStore.chunkSize
  private var file: Int32?
  private var fileLength = 0
  private var canSpill = true

  private let folders: [String]

  /// Makes an empty store that keeps about so many mebibytes in memory, and the rest in the first folder that takes it.
  init(residentChunks: Int = 4, folders: [String] = BlockStore.usualFolders) {
    self.residentChunks = residentChunks
    self.folders = folders
  }

  /// `$TMPDIR`; `/var/tmp`, which lies on a disk by convention; `/tmp`, which may be memory.
  static var usualFolders: [String] {
    [getenv("TMPDIR").map { String(cString: $0) }, "/var/tmp", "/tmp"].compactMap { $0 }
  }

  deinit {
    for case .memory(let chunk) in chunks { chunk.deallocate() }
    if let file { close(file) }
  }

  /// Copies a block of at most a chunk's size into the store.
  func append(_ block: UnsafeRawBufferPointer) -> Place {
    precondition(block.count <= BlockStore.chunkSize, "a block is larger than a chunk of the store")
    if used + block.count > BlockStore.chunkSize {
      let fresh = spill() ?? .allocate(byteCount: BlockStore.chunkSize, alignment: 64)
      chunks.append(.memory(fresh))
      used = 0
    }
    guard case .memory(let chunk) = chunks[chunks.count - 1] else { preconditionFailure("the open chunk is in memory") }
    if let base = block.baseAddress { (chunk + used).copyMemory(from: base, byteCount: block.count) }
    defer { used += block.count }
    return Place(chunk: UInt32(chunks.count - 1), offset: UInt32(used), length: UInt32(block.count))
  }

  /// Lends a block; `scratch` has room for one and is used when the block lies in the file. `nil`: the file failed.
  @inline(__always)
  func read(_ place: Place, scratch: UnsafeMutableRawPointer) -> UnsafeRawPointer? {
    switch chunks[Int(place.chunk)] {
    case .memory(let chunk): return UnsafeRawPointer(chunk) + Int(place.offset)
    case .file(let offset):
      guard let file else { return nil }
      let wanted = Int(place.length)
      return BlockStore.whole(wanted) { pread(file, scratch + $0, wanted - $0, offset + Int(place.offset) + $0) }
        ? UnsafeRawPointer(scratch) : nil
    }
  }

  /// Moves the full last chunk to the file and answers its memory; `nil` when it stays: there is room, or no file.
  private func spill() -> UnsafeMutableRawPointer? {
    guard canSpill, chunks.count > residentChunks, case .memory(let chunk) = chunks[chunks.count - 1] else {
      return nil
    }
    if file == nil { file = temporaryFile() }
    let offset = fileLength
    guard let file, BlockStore.whole(used, { pwrite(file, chunk + $0, used - $0, offset + $0) }) else {
      // No temporary file, or its disk is full: the rest stays in memory.
      canSpill = false
      return nil
    }
    chunks[chunks.count - 1] = .file(offset: offset)
    fileLength += used
    return chunk
  }

  /// Repeats a partial transfer until `count` bytes are through; false: it failed.
  private static func whole(_ count: Int, _ transfer: (Int) -> Int) -> Bool {
    var done = 0
    while done < count {
      let more = transfer(done)
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { return false }
      done += more
    }
    return true
  }

  private func temporaryFile() -> Int32? {
    for folder in folders {
      var path = Array("\(folder)/replay-XXXXXX".utf8CString)
      let descriptor = mkstemp(&path)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
        return descriptor
      }
    }
    return nil
  }
}
