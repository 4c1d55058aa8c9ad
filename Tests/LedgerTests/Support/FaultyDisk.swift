import CSQLite
import Foundation
import Glibc

/// A file system that fails at a chosen operation, or loses power there. Everything else it leaves to the real one.
///
/// Operations that change a file are counted from 1: write, truncate, synchronise, delete. After a power cut nothing
/// works any more, and ``loseUnsynchronised(_:)`` takes from the files what the disk had not promised to keep.
final class FaultyDisk {
  enum Fault: Equatable {
    /// The operation fails with this SQLite code; later ones work again.
    case once(Int32)
    /// It and all later ones fail with this code.
    case from(Int32)
    /// Half of it happens, then the machine is off.
    case powerCut
  }

  let name = "faulty-\(UUID().uuidString)"
  private(set) var operations = 0
  fileprivate(set) var synchronisations = 0
  private var failing: Int?
  private var fault = Fault.once(SQLITE_IOERR)
  private(set) var isOff = false
  fileprivate let real: UnsafeMutablePointer<sqlite3_vfs>
  private let vfs: UnsafeMutablePointer<sqlite3_vfs>
  private let cName: UnsafeMutablePointer<CChar>
  private var images: [String: Image] = [:]

  /// A file as of its last synchronisation, and what was written since.
  private struct Image {
    var synchronised: Data
    var writes: [(offset: Int, bytes: [UInt8])] = []
  }

  init() {
    real = sqlite3_vfs_find(nil)
    cName = strdup(name)
    vfs = .allocate(capacity: 1)
    vfs.initialize(to: real.pointee)
    vfs.pointee.zName = UnsafePointer(cName)
    vfs.pointee.pNext = nil
    vfs.pointee.szOsFile = Int32(FaultyFile.size) + real.pointee.szOsFile
    vfs.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
    vfs.pointee.xOpen = { vfs, name, file, flags, out in
      FaultyDisk.of(vfs).open(name, file, flags, out)
    }
    vfs.pointee.xDelete = { vfs, name, sync in
      let disk = FaultyDisk.of(vfs)
      if let code = disk.fails() { return code }
      disk.images[String(cString: name!)] = nil
      return disk.real.pointee.xDelete(disk.real, name, sync)
    }
    sqlite3_vfs_register(vfs, 0)
  }

  deinit {
    sqlite3_vfs_unregister(vfs)
    vfs.deallocate()
    free(cName)
  }

  /// Makes the n-th operation from now on fail.
  func arm(_ fault: Fault, at operation: Int) {
    self.fault = fault
    failing = operations + operation
  }

  fileprivate static func of(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> FaultyDisk {
    Unmanaged<FaultyDisk>.fromOpaque(vfs!.pointee.pAppData).takeUnretainedValue()
  }

  /// Counts an operation; its error if it is to fail.
  fileprivate func fails() -> Int32? {
    if isOff { return SQLITE_IOERR }
    operations += 1
    guard let failing, operations >= failing else { return nil }
    switch fault {
    case .once(let code): return operations == failing ? code : nil
    case .from(let code): return code
    case .powerCut:
      isOff = true
      return SQLITE_IOERR
    }
  }

  private func open(
    _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ out: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let faulty = FaultyFile.of(file)
    faulty.pointee.base.pMethods = nil
    if isOff { return SQLITE_IOERR }
    let result = real.pointee.xOpen(real, name, FaultyFile.real(file), flags, out)
    guard result == SQLITE_OK else { return result }
    faulty.pointee.base.pMethods = FaultyFile.methods
    faulty.pointee.disk = Unmanaged.passUnretained(self)
    faulty.pointee.name = name
    if let path = faulty.pointee.path, images[path] == nil {
      images[path] = Image(synchronised: FileManager.default.contents(atPath: path) ?? Data())
    }
    return SQLITE_OK
  }

  fileprivate func wrote(_ path: String?, _ offset: Int, _ bytes: UnsafeRawBufferPointer) {
    guard let path else { return }
    images[path]?.writes.append((offset, Array(bytes)))
  }

  fileprivate func changed(_ path: String?) {
    guard let path else { return }
    images[path] = Image(synchronised: FileManager.default.contents(atPath: path) ?? Data())
  }

  /// After a power cut: of what was written and not synchronised, each sector is there or is not, by chance.
  func loseUnsynchronised(_ random: inout Seeded) {
    for (path, image) in images where FileManager.default.fileExists(atPath: path) {
      var bytes = [UInt8](image.synchronised)
      for write in image.writes {
        for start in stride(from: 0, to: write.bytes.count, by: 512) where Bool.random(using: &random) {
          let sector = write.bytes[start..<min(start + 512, write.bytes.count)]
          let end = write.offset + start + sector.count
          if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
          bytes.replaceSubrange(write.offset + start..<end, with: sector)
        }
      }
      try! Data(bytes).write(to: URL(fileURLWithPath: path))
    }
  }
}

/// SQLite's view of an open file, followed in memory by the real one.
private struct FaultyFile {
  var base = sqlite3_file()
  var disk: Unmanaged<FaultyDisk>?
  var name: UnsafePointer<CChar>?

  static let size = 64

  var path: String? { name.map { String(cString: $0) } }

  static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<FaultyFile> {
    UnsafeMutableRawPointer(file!).assumingMemoryBound(to: FaultyFile.self)
  }

  static func real(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<sqlite3_file> {
    (UnsafeMutableRawPointer(file!) + size).assumingMemoryBound(to: sqlite3_file.self)
  }

  static func fails(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32? { disk(file).fails() }

  static func disk(_ file: UnsafeMutablePointer<sqlite3_file>?) -> FaultyDisk {
    of(file).pointee.disk!.takeUnretainedValue()
  }

  // Written once, before the first file is opened, and only read by SQLite afterwards.
  nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
    var io = sqlite3_io_methods()
    io.iVersion = 2
    io.xClose = { real($0).pointee.pMethods.pointee.xClose(real($0)) }
    io.xRead = { file, buffer, count, offset in
      if disk(file).isOff { return SQLITE_IOERR }
      return real(file).pointee.pMethods.pointee.xRead(real(file), buffer, count, offset)
    }
    io.xWrite = { file, bytes, count, offset in
      let code = fails(file)
      // A write that power cuts short got some of its bytes down.
      let length = code == nil ? Int(count) : disk(file).isOff ? Int(count) / 2 : 0
      guard length > 0 else { return code ?? SQLITE_OK }
      let result = real(file).pointee.pMethods.pointee.xWrite(real(file), bytes, Int32(length), offset)
      disk(file).wrote(of(file).pointee.path, Int(offset), UnsafeRawBufferPointer(start: bytes, count: length))
      return code ?? result
    }
    io.xTruncate = { file, size in
      if let code = fails(file) { return code }
      let result = real(file).pointee.pMethods.pointee.xTruncate(real(file), size)
      disk(file).changed(of(file).pointee.path)
      return result
    }
    io.xSync = { file, flags in
      if let code = fails(file) { return code }
      disk(file).synchronisations += 1
      let result = real(file).pointee.pMethods.pointee.xSync(real(file), flags)
      disk(file).changed(of(file).pointee.path)
      return result
    }
    io.xFileSize = { real($0).pointee.pMethods.pointee.xFileSize(real($0), $1) }
    io.xLock = { real($0).pointee.pMethods.pointee.xLock(real($0), $1) }
    io.xUnlock = { real($0).pointee.pMethods.pointee.xUnlock(real($0), $1) }
    io.xCheckReservedLock = { real($0).pointee.pMethods.pointee.xCheckReservedLock(real($0), $1) }
    io.xFileControl = { real($0).pointee.pMethods.pointee.xFileControl(real($0), $1, $2) }
    io.xSectorSize = { real($0).pointee.pMethods.pointee.xSectorSize(real($0)) }
    io.xDeviceCharacteristics = { real($0).pointee.pMethods.pointee.xDeviceCharacteristics(real($0)) }
    io.xShmMap = { real($0).pointee.pMethods.pointee.xShmMap(real($0), $1, $2, $3, $4) }
    io.xShmLock = { real($0).pointee.pMethods.pointee.xShmLock(real($0), $1, $2, $3) }
    io.xShmBarrier = { real($0).pointee.pMethods.pointee.xShmBarrier(real($0)) }
    io.xShmUnmap = { real($0).pointee.pMethods.pointee.xShmUnmap(real($0), $1) }
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: io)
    return UnsafePointer(methods)
  }()
}
