import Glibc
import PluginHost
import Synchronization

internal import WharfABI

/// A host of one instance, driven by a script: it records what the plugin calls, and fails where the script says so.
///
/// What the plugin sees of it stays for ever, so that a plugin that calls it too late is recorded and does not crash.
final class DriverHost: Sendable {
  /// What is held of an instrument, as the plugin may ask.
  struct Holding {
    var flags: UInt32 = 0
    var quantity: Int64 = 0
    var averagePrice: Int64 = 0
  }

  /// All that changes, guarded by a lock because log and clock may be used from any thread.
  struct Book {
    var script: HostScript
    var now: Int64 = 0
    var random: UInt64 = 0
    var clockReads = 0
    var calls: [HostFunction: Int] = [:]
    var logged = 0
    var saved: [[UInt8]: [UInt8]]
    var changes: [[UInt8]: [UInt8]?] = [:]
    var failedCommits = 0
    var holdings: [UInt32: Holding] = [:]
    var instrumentCount: UInt32 = 0
    var isEnded = false
    var callsAfterEnd = 0
    var strayCalls = 0
  }

  private let book: Mutex<Book>
  private let address: UInt

  init(_ script: HostScript) {
    var book = Book(script: script, saved: script.state)
    book.random = script.seed
    self.book = Mutex(book)
    let host = UnsafeMutablePointer<wharf_host>.allocate(capacity: 1)
    host.initialize(to: wharf_host())
    address = UInt(bitPattern: host)
    host.pointee.struct_size = UInt32(MemoryLayout<wharf_host>.size)
    host.pointee.abi_minor = UInt32(WHARF_ABI_MINOR)
    host.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    host.pointee.table = { DriverHost.of($0)?.find($1, $2, $3) ?? Status.invalid }
  }

  deinit { UnsafeMutablePointer<wharf_host>(bitPattern: address)!.pointee.context = nil }

  /// The host as the plugin sees it.
  var pointer: UnsafePointer<wharf_host> { UnsafePointer(bitPattern: address)! }

  /// The host behind a pointer that a plugin handed back.
  static func of(_ host: UnsafePointer<wharf_host>?) -> DriverHost? {
    guard let context = host?.pointee.context else { return nil }
    return Unmanaged<DriverHost>.fromOpaque(context).takeUnretainedValue()
  }

  /// Reads or changes the book.
  @discardableResult
  func with<Result>(_ body: (inout Book) -> Result) -> Result { book.withLock { body(&$0) } }

  /// How often a function was called.
  func count(_ function: HostFunction) -> Int { with { $0.calls[function, default: 0] } }

  /// What is kept, as the last successful commit left it.
  var saved: [[UInt8]: [UInt8]] { with { $0.saved } }

  /// How many commits failed.
  var failedCommits: Int { with { $0.failedCommits } }

  /// The time of the road.
  var now: Int64 {
    get { with { $0.now } }
    set { with { $0.now = newValue } }
  }

  /// Moves the time of the road on; never back, and never to where no session is.
  func advance(to time: Int64) { with { if time > $0.now, time < Int64.max / 2 { $0.now = time } } }

  /// Forgets what an instance did, for the next one with the same script.
  func reset() {
    with { book in
      let script = book.script
      book = Book(script: script, saved: script.state)
      book.random = script.seed
    }
  }

  // MARK: - Recording

  /// Which host's instance is being called, and by which thread.
  private struct Running {
    var host: ObjectIdentifier?
    var thread: pthread_t?
  }

  private static let running = Mutex(Running())

  /// Makes a call into the instance of this host.
  func running<Result>(_ body: () -> Result) -> Result {
    let identity = ObjectIdentifier(self)
    DriverHost.running.withLock { $0 = Running(host: identity, thread: pthread_self()) }
    defer { DriverHost.running.withLock { $0 = Running() } }
    return body()
  }

  /// Counts a call, and answers what the script lets it fail with.
  func take(_ function: HostFunction) -> Int32? {
    let identity = ObjectIdentifier(self)
    let isStray = DriverHost.running.withLock { running in
      guard let thread = running.thread, let host = running.host else { return false }
      return pthread_equal(thread, pthread_self()) != 0 && host != identity
    }
    return with { book in
      if book.isEnded { book.callsAfterEnd += 1 }
      if isStray { book.strayCalls += 1 }
      let number = book.calls[function, default: 0] + 1
      book.calls[function] = number
      guard let injection = book.script.injections[function], injection.hits(number) else { return nil }
      return injection.status
    }
  }

  /// The instance is gone: whoever calls from now on is late.
  func end() { with { $0.isEnded = true } }

  private func find(
    _ id: UnsafePointer<CChar>?, _ length: UInt64, _ out: UnsafeMutablePointer<UnsafeRawPointer?>?
  ) -> Int32 {
    if let status = take(.table) { return status }
    guard let bytes = borrowedBytes(id, length), let out else { return Status.invalid }
    let name = String(decoding: bytes.prefix(64), as: UTF8.self)
    let isOffered = with { book in
      !book.script.refusedTables.contains(name) && (name != DriverTables.http || book.script.offersHTTP)
    }
    guard isOffered, let table = DriverTables.shared.table(name) else { return Status.unsupported }
    out.pointee = table
    return Status.ok
  }
}
