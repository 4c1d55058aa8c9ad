import Glibc
import Hashing
import Synchronization

/// Which calls into plugins of this process are running: one slot an instance, in memory of fixed place.
///
/// An instance writes its slot with plain stores, so the hot path takes no lock and reads no clock. Two look at the slots:
/// the watchdog, which samples them, and whoever wants to know after a crash, because a session keeps them in a file that
/// outlives the process (see ``keep(in:)``).
///
/// Sendable is safe: what changes is behind the lock, but for the slots' states, which their instances own.
package final class RunningCalls: @unchecked Sendable {
  /// One for the process: it has one set of plugins, and one way to crash.
  package static let shared = RunningCalls()

  /// A slot: the state of an instance at the start, behind it who it is.
  enum Slot {
    static let size = 512
    /// Where the text begins: its length in two bytes, then id, version, hash and role, tabs between them.
    static let text = 64
    static let textLimit = size - text - 2
    static let count = 256
  }

  /// The first slot holds no instance but the number of the signal that ended the process, and what the file is.
  enum Header {
    static let magic: UInt64 = 0x3153_4c4c_4143_5257
    static let signal = 8
  }

  private struct Table {
    /// Free slots, the lowest last.
    var free = (1..<Slot.count).reversed().map(\.self)
    /// What is running where; `nil` for a free slot.
    var owners = [Owner?](repeating: nil, count: Slot.count)
    var claims: UInt64 = 0
    var file: String?
    var descriptor: Int32 = -1
  }

  private struct Owner {
    var plugin: PluginIdentity
    var role: PluginRole
    /// The number of the claim, so that the next instance in a slot is another one.
    var claim: UInt64
  }

  let region: UnsafeMutableRawPointer
  private let table = Mutex(Table())
  private let excuses = Atomic<Int>(0)

  init() {
    let bytes = Slot.size * Slot.count
    let mapped = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    region =
      mapped == MAP_FAILED ? .allocate(byteCount: bytes, alignment: 4096) : mapped!  // The system has no null mappings.
    region.storeBytes(of: Header.magic.littleEndian, as: UInt64.self)
  }

  /// A slot for an instance. Where there are more instances than slots, memory of its own, which nobody looks at.
  ///
  /// - Parameter isWatched: `false` for an instance whose calls are watched elsewhere.
  func claim(
    _ plugin: PluginIdentity, _ role: PluginRole, isWatched: Bool = true
  ) -> UnsafeMutablePointer<PluginInstance.State> {
    let index = isWatched ? table.withLock { $0.free.popLast() } : nil
    guard let index else {
      let state = UnsafeMutablePointer<PluginInstance.State>.allocate(capacity: 1)
      state.initialize(to: PluginInstance.State())
      return state
    }
    let slot = region + index * Slot.size
    let state = slot.bindMemory(to: PluginInstance.State.self, capacity: 1)
    state.initialize(to: PluginInstance.State())
    RunningCalls.write("\(plugin.id)\t\(plugin.version)\t\(plugin.digest.hex)\t\(role.rawValue)", to: slot)
    table.withLock { table in
      table.claims += 1
      table.owners[index] = Owner(plugin: plugin, role: role, claim: table.claims)
    }
    return state
  }

  /// Gives a slot back.
  func release(_ state: UnsafeMutablePointer<PluginInstance.State>) {
    let offset = UnsafeRawPointer(state) - UnsafeRawPointer(region)
    guard offset >= 0, offset < Slot.size * Slot.count else { return state.deallocate() }
    state.pointee.call = .none
    table.withLock { table in
      table.owners[offset / Slot.size] = nil
      table.free.append(offset / Slot.size)
    }
  }

  /// Does something that belongs to a plugin before there is an instance of it, such as loading it.
  func during<Result, Failure: Error>(
    _ call: PluginCall, of plugin: PluginIdentity, _ role: PluginRole, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let state = claim(plugin, role)
    defer { release(state) }
    state.pointee.count &+= 1
    state.pointee.call = call
    return try body()
  }

  /// Does something of the host's own that a plugin waits for, such as writing to a terminal that stands still. Nobody is
  /// blamed for the time it takes. Any thread.
  package func excusing<Result>(_ body: () -> Result) -> Result {
    excuses.add(1, ordering: .relaxed)
    defer { excuses.subtract(1, ordering: .relaxed) }
    return body()
  }

  /// Whether plugins wait for the host.
  var isExcused: Bool { excuses.load(ordering: .relaxed) > 0 }

  /// The calls that are running at this moment.
  func sample() -> [RunningCall] {
    table.withLock { table in
      table.owners.indices.compactMap { index in
        guard let owner = table.owners[index] else { return nil }
        let state = (region + index * Slot.size).assumingMemoryBound(to: PluginInstance.State.self)
        let (call, count) = (state.pointee.call, state.pointee.count)
        guard call != .none else { return nil }
        return RunningCall(plugin: owner.plugin, role: owner.role, call: call, claim: owner.claim, count: count)
      }
    }
  }

  /// From now on keeps the slots in a file, whose content the system saves whatever becomes of the process. The file is
  /// locked for as long as the process lives and removed by ``forget()``.
  ///
  /// - Throws: the number of the system's error.
  package func keep(in path: String) throws(SystemError) {
    let bytes = Slot.size * Slot.count
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(number: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, pwrite(descriptor, region, bytes, 0) == bytes,
      mmap(region, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, descriptor, 0) != MAP_FAILED
    else {
      let failure = SystemError(number: errno)
      unlink(path)
      close(descriptor)
      throw failure
    }
    table.withLock { table in
      table.file = path
      table.descriptor = descriptor
    }
  }

  /// Removes the file: the process ends as it should.
  package func forget() {
    table.withLock { table in
      if let file = table.file { unlink(file) }
      table.file = nil
    }
  }

  /// An error of the system.
  package struct SystemError: Error, Equatable {
    package var number: Int32
  }

  private static func write(_ text: String, to slot: UnsafeMutableRawPointer) {
    let bytes = text.utf8.prefix(Slot.textLimit)
    slot.storeBytes(of: UInt16(bytes.count).littleEndian, toByteOffset: Slot.text, as: UInt16.self)
    for (offset, byte) in bytes.enumerated() {
      slot.storeBytes(of: byte, toByteOffset: Slot.text + 2 + offset, as: UInt8.self)
    }
  }
}

/// A call that is running, as a sample shows it.
struct RunningCall: Hashable, Sendable {
  var plugin: PluginIdentity
  var role: PluginRole
  var call: PluginCall
  /// Which instance.
  var claim: UInt64
  /// Which of its calls.
  var count: UInt32

  /// `strategy.on_bar`.
  var name: String { "\(role.rawValue).\(call.name)" }
}
