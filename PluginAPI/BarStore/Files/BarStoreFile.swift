import Glibc
import Hashing
import TradingTypes

/// A bar store, open for reading.
///
/// The file is mapped into memory. Opening checks the header and the directory; each block is checked when it is read. The
/// bars of a store of any length are so read with a few pages of memory. Not for several threads at once.
public final class BarStoreFile {
  /// What the names of store files end with.
  public static let suffix = ".bars"

  /// The path as it was given.
  public let path: String
  /// Size of the file in bytes.
  public var byteCount: Int { map.count }
  /// Its series in ascending order of symbol.
  public let series: [StoredSeries]

  let entries: [DirectoryEntry]
  private let map: UnsafeRawBufferPointer
  /// A copy of its own: looking at it keeps no page of the file in memory.
  private let directory: UnsafeRawBufferPointer

  /// Opens a store; blocks on the disk.
  public init(path: String) throws(BarStoreError) {
    self.path = path
    map = try BarStoreFile.map(path)
    do throws(BarStoreError) {
      let header = try StoreHeader(map, path: path)
      let mapped = UnsafeRawBufferPointer(rebasing: map[Int(header.directoryOffset)...])
      var hasher = BLAKE2b()
      hasher.update(mapped)
      let hash = hasher.finalize()
      guard hash.bytes == header.directoryHash else {
        throw BarStoreError(
          .damaged, path, part: "directory", expected: "BLAKE2b \(Digest.hex(header.directoryHash.prefix(8)))...",
          found: "\(hash.hex.prefix(16))...", remedy: BarStoreError.restore)
      }
      guard let entries = StoreDirectory.entries(mapped, header) else {
        throw BarStoreError(
          .damaged, path, part: "directory", expected: "series that agree with the header",
          found: "others", remedy: BarStoreError.restore)
      }
      self.entries = entries
      series = entries.map(\.series)
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: mapped.count, alignment: 8)
      copy.copyMemory(from: mapped)
      directory = UnsafeRawBufferPointer(copy)
      release(map)
    } catch {
      munmap(UnsafeMutableRawPointer(mutating: map.baseAddress), map.count)
      throw error
    }
  }

  deinit {
    directory.deallocate()
    munmap(UnsafeMutableRawPointer(mutating: map.baseAddress), map.count)
  }

  /// Whether a file begins as a store does, or is named as one; false also when it cannot be read. Blocks on the disk.
  public static func isStore(_ path: String) -> Bool {
    if path.hasSuffix(suffix) { return true }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: StoreHeader.magic.count)
    return read(descriptor, &bytes, bytes.count) == bytes.count && bytes == StoreHeader.magic
  }

  /// How many bytes the packed bars of the series at a place in ``series`` take.
  public func byteCount(ofSeries index: Int) -> Int {
    entries[index].blocks.reduce(0) { $0 + Int(StoreDirectory.block($1, in: directory).length) }
  }

  /// A block of one series: its bytes, checked against their checksum.
  func block(_ index: Int, of entry: Int) throws(BarStoreError) -> UnsafeRawBufferPointer {
    let place = StoreDirectory.block(entries[entry].blocks.lowerBound + index, in: directory)
    let bytes = UnsafeRawBufferPointer(rebasing: map[Int(place.offset)..<Int(place.offset) + Int(place.length)])
    let sum = checksum(bytes)
    guard sum == place.checksum else {
      throw damage(index, of: entry, expected: "checksum \(hex(place.checksum))", found: hex(sum))
    }
    return bytes
  }

  /// The fault of a block that is not as it was written.
  func damage(_ index: Int, of entry: Int, expected: String, found: String) -> BarStoreError {
    let blocks = entries[entry].blocks
    let place = StoreDirectory.block(blocks.lowerBound + index, in: directory)
    let first = Timestamp(nanoseconds: place.firstStart)
    return BarStoreError(
      .damaged, path,
      part: "block \(index + 1) of \(blocks.count) of \(entries[entry].series.symbol) from \(first), bytes "
        + "\(place.offset)..<\(place.offset + UInt64(place.length))",
      expected: expected, found: found, remedy: BarStoreError.restore)
  }

  /// Start of the first bar of a block, as the directory has it.
  func firstStart(_ index: Int, of entry: Int) -> Int64 {
    StoreDirectory.block(entries[entry].blocks.lowerBound + index, in: directory).firstStart
  }

  /// How many bars a block holds.
  func barCount(_ index: Int, of entry: Int) -> Int {
    let isLast = index + 1 == entries[entry].blocks.count
    return isLast ? entries[entry].series.barCount - index * BarColumns.capacity : BarColumns.capacity
  }

  /// Lets the system take back the memory of a block that was read; it is read from the page cache again when needed.
  func release(_ block: UnsafeRawBufferPointer) {
    guard let base = block.baseAddress, let first = map.baseAddress else { return }
    let ahead = UnsafeRawPointer(bitPattern: (UInt(bitPattern: base) &- BarStoreFile.reach) & ~4095)
    let begin = max(first, ahead ?? first)
    let end = min(first + map.count, base + block.count + Int(BarStoreFile.reach))
    madvise(UnsafeMutableRawPointer(mutating: begin), end - begin, MADV_DONTNEED)
  }

  /// How far around a page that is read the system may map others: as far as they lie together in its cache.
  private static let reach: UInt = 2 << 20

  private static func map(_ path: String) throws(BarStoreError) -> UnsafeRawBufferPointer {
    func fault(_ number: Int32) -> BarStoreError {
      BarStoreError(
        number == ENOENT || number == ENOTDIR ? .missing : .unreadable, path, expected: "a readable bar store",
        found: String(cString: strerror(number)), remedy: "check the path and its permissions")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw fault(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw fault(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw BarStoreError(
        .unreadable, path, expected: "a file", found: "something else", remedy: "name a bar store")
    }
    let length = Int(status.st_size)
    guard length > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let address = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw fault(errno)
    }
    return UnsafeRawBufferPointer(start: address, count: length)
  }
}
