import Glibc
import Synchronization

/// Notes in the slots which signal ends the process, and says on stderr which plugins were being called.
package enum CrashHandler {
  /// The signals of a process that cannot go on. A Swift trap is one of them, by processor.
  static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT]

  /// What was there before, by signal; it has its turn afterwards.
  private nonisolated(unsafe) static let earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)
  /// Read in a signal's handler, where nothing may be made for the first time.
  private nonisolated(unsafe) static let region = RunningCalls.shared.region
  private static let stackSize = 64 * 1024

  private static let isInstalled = Atomic<Bool>(false)

  /// Handles these signals from now on; call it before plugins are loaded. Only the first call does anything. A stack that
  /// is full does not keep the calling thread from being heard.
  package static func install() {
    guard !isInstalled.exchange(true, ordering: .relaxed) else { return }
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    stack.ss_size = stackSize
    sigaltstack(&stack, nil)
    _ = (region, earlier)
    for number in signals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { CrashHandler.handle($0) }
      // Once: whatever happens in the handler ends the process.
      action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK) | UInt32(SA_RESETHAND))
      sigaction(number, &action, earlier + Int(number))
    }
  }

  /// Only what may be done in a handler: memory that is there, and writing to a descriptor.
  private static func handle(_ number: Int32) {
    region.storeBytes(of: number, toByteOffset: RunningCalls.Header.signal, as: Int32.self)
    for index in 1..<RunningCalls.Slot.count {
      let slot = region + index * RunningCalls.Slot.size
      let call = slot.assumingMemoryBound(to: PluginInstance.State.self).pointee.call
      if call != .none { tell(slot, call, number) }
    }
    sigaction(number, earlier + Int(number), nil)
    raise(number)
  }

  private static func tell(_ slot: UnsafeMutableRawPointer, _ call: PluginCall, _ number: Int32) {
    write("host: signal ")
    var digits = (UInt8(ascii: "0") + UInt8(number / 10), UInt8(ascii: "0") + UInt8(number % 10))
    withUnsafeBytes(of: &digits) { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, 2) }
    write(" while plugin ")
    let length = Int(slot.loadUnaligned(fromByteOffset: RunningCalls.Slot.text, as: UInt16.self))
    let text = slot + RunningCalls.Slot.text + 2
    _ = Glibc.write(STDERR_FILENO, text, min(length, RunningCalls.Slot.textLimit))
    write(" was in ")
    write(call.staticName)
    write("\n")
  }

  private static func write(_ text: StaticString) {
    _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
