import Glibc
import Hashing
import Sandbox
import TradingTypes

/// A plugin that was being called when an earlier session ended without a word.
public struct CrashSuspect: Hashable, Sendable {
  /// Which plugin it was, exactly.
  public var plugin: PluginIdentity
  /// The call that was running.
  public var call: String
  /// The signal that ended the session; `nil`: it was killed, or the power went.
  public var signal: Int32?
  /// When the session had last written anything down about its calls.
  public var time: Timestamp

  /// The attribution of the crash; `nil` for a session that was killed, of which no plugin is known to be guilty.
  public var failure: PluginFailure? {
    signal.map {
      PluginFailure(
        plugin: plugin, call: call, kind: .signal, detail: "ended the host by signal \($0) (\(SignalName.of($0)))",
        time: time)
    }
  }
}

extension CrashSuspect: CustomStringConvertible {
  /// `an earlier session ended by signal 11 (SIGSEGV) while plugin tiny 1.0.0 (3f2a9c0d51e7) was in strategy.on_bar`.
  public var description: String {
    let how = signal.map { "ended by signal \($0) (\(SignalName.of($0)))" } ?? "was killed"
    return "an earlier session \(how) while plugin \(plugin) was in \(call)"
  }
}

/// The files in which sessions keep their running calls: `calls-PID` in a folder, locked while their session lives.
public enum CallFiles {
  /// Starts one for this process, and handles the signals that would end it. Without one, which plugin a crash came from
  /// is only said on stderr.
  ///
  /// - Returns: why there is none; `nil` when there is.
  public static func begin(in folder: String) -> String? {
    CrashHandler.install()
    do throws(RunningCalls.SystemError) {
      try RunningCalls.shared.keep(in: "\(folder)/calls-\(getpid())")
      return nil
    } catch {
      return "running calls cannot be kept in \(folder): \(String(cString: strerror(error.number)))"
    }
  }

  /// Removes the file of this process, which ends as it should.
  public static func end() { RunningCalls.shared.forget() }

  /// Says who was being called when sessions of a folder ended without a word, oldest first, and removes their files.
  /// Blocks on the disk.
  public static func collect(from folder: String) -> [CrashSuspect] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var suspects: [CrashSuspect] = []
    while let entry = readdir(stream) {
      let text = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      let name = String(cString: text.assumingMemoryBound(to: CChar.self))
      if name.hasPrefix("calls-") { suspects += collect(file: "\(folder)/\(name)") }
    }
    return suspects.sorted { ($0.time, $0.plugin.id) < ($1.time, $1.plugin.id) }
  }

  private static func collect(file path: String) -> [CrashSuspect] {
    guard let file = try? OpenFile(path: path), flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else { return [] }
    defer { unlink(path) }
    let size = RunningCalls.Slot.size * RunningCalls.Slot.count
    guard let bytes = file.bytes(at: 0, count: size) else { return [] }
    let time = Timestamp(
      nanoseconds: Int64(file.identity.modified[0]) &* 1_000_000_000 &+ Int64(file.identity.modified[1]))
    return bytes.withUnsafeBytes { suspects($0, time) }
  }

  /// Reads slots, which a crash may have left in any state.
  static func suspects(_ bytes: UnsafeRawBufferPointer, _ time: Timestamp) -> [CrashSuspect] {
    let size = RunningCalls.Slot.size
    guard bytes.count >= size, UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) == RunningCalls.Header.magic
    else { return [] }
    let number = bytes.loadUnaligned(fromByteOffset: RunningCalls.Header.signal, as: Int32.self)
    return (1..<(bytes.count / size)).compactMap { index in
      let slot = UnsafeRawBufferPointer(rebasing: bytes[(index * size)..<((index + 1) * size)])
      guard let call = PluginCall(rawValue: slot[0]), call != .none else { return nil }
      let length = Int(
        UInt16(littleEndian: slot.loadUnaligned(fromByteOffset: RunningCalls.Slot.text, as: UInt16.self)))
      guard length <= RunningCalls.Slot.textLimit else { return nil }
      let text = String(decoding: slot[(RunningCalls.Slot.text + 2)...].prefix(length), as: UTF8.self)
      let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 4, let digest = Digest(hex: parts[2]) else { return nil }
      let plugin = PluginIdentity(id: printable(parts[0]), version: printable(parts[1]), digest: digest)
      return CrashSuspect(
        plugin: plugin, call: "\(printable(parts[3])).\(call.name)", signal: number > 0 ? number : nil, time: time)
    }
  }
}
