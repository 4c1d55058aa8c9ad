import CCallWatch
import Glibc
import PluginHost

internal import WharfABI

/// The entry function: pure and quick, as the host calls it before it knows whether to trust the plugin's answers.
extension ConformanceSuite {
  static let entryTests: [ConformanceTest] = [
    ConformanceTest("entry-descriptor", .entry, "The entry function gives a descriptor of the right size.") {
      subject, _ in
      let remedy = "return the address of a static const wharf_plugin whose struct_size is sizeof(wharf_plugin)"
      guard let descriptor = try subject.load().entry() else {
        return .fail(Finding(entrySymbol, expected: "a descriptor", found: "null", remedy: remedy))
      }
      guard UInt(bitPattern: descriptor) % 8 == 0 else {
        return .fail(
          Finding(entrySymbol, expected: "an address that 8 divides", found: "\(descriptor)", remedy: remedy))
      }
      let (size, expected) = (Int(descriptor.pointee.struct_size), MemoryLayout<wharf_plugin>.size)
      guard size == expected else {
        return .fail(
          Finding("wharf_plugin.struct_size", expected: "\(expected)", found: "\(size)", remedy: remedy))
      }
      guard descriptor.pointee.table != nil else {
        return .fail(Finding("wharf_plugin.table", expected: "a function", found: "null", remedy: remedy))
      }
      return .pass
    },
    ConformanceTest("entry-abi", .entry, "The code was compiled with headers that have all the manifest asks for.") {
      subject, _ in
      let descriptor = try subject.load().descriptor().pointee
      let (manifest, code) = (
        try subject.usableManifest().abi, ABIVersion(major: descriptor.abi_major, minor: descriptor.abi_minor)
      )
      guard manifest.major != code.major || code.minor < manifest.minor else { return .pass }
      return .fail(
        Finding(
          "wharf_plugin.abi_major, abi_minor",
          expected: "\(manifest) or a later \(manifest.major).x, as the manifest says", found: "\(code)",
          remedy: "set them to WHARF_ABI_MAJOR and WHARF_ABI_MINOR, and the manifest to the same"))
    },
    ConformanceTest("entry-same-answer", .entry, "The entry function always gives the same descriptor.") { subject, _ in
      let plugin = try subject.load()
      let first = try plugin.descriptor()
      for call in 2...subject.rounds(1000) + 1 where plugin.entry() != first {
        throw Finding(
          entrySymbol, expected: "the same address at each call", found: "another at call \(call)",
          remedy: "return the address of one static descriptor")
      }
      return .pass
    },
    ConformanceTest("entry-any-thread", .entry, "Another thread gets the same descriptor.") { subject, _ in
      let plugin = try subject.load()
      let own = try plugin.descriptor()
      let other = try onAnotherThread { plugin.entry() }
      guard other != own else { return .pass }
      return .fail(
        Finding(
          entrySymbol, expected: "one descriptor for all threads", found: "another on a second thread",
          remedy: "make the descriptor static, not thread-local"))
    },
    ConformanceTest("entry-constant", .entry, "The descriptor does not change once it was given.") { subject, _ in
      let plugin = try subject.load()
      let descriptor = try plugin.descriptor()
      let before = bytes(UnsafeRawPointer(descriptor), MemoryLayout<wharf_plugin>.size)
      for _ in 0..<10 {
        _ = plugin.entry()
        for role in PluginRole.allCases { _ = try plugin.find(role.tableID) }
      }
      guard bytes(UnsafeRawPointer(descriptor), MemoryLayout<wharf_plugin>.size) != before else { return .pass }
      return .fail(
        Finding(
          "wharf_plugin", expected: "the bytes it first had", found: "others after further calls",
          remedy: "make the descriptor const"))
    },
    ConformanceTest("entry-quick", .entry, "The entry function and the tables take next to no time.") { subject, _ in
      let plugin = try subject.load()
      let before = processorNanoseconds()
      for id in try [plugin.descriptor()].flatMap({ _ in PluginRole.allCases.map(\.tableID) }) {
        _ = try plugin.find(id)
      }
      let taken = processorNanoseconds() - before
      guard taken > quickNanoseconds else { return .pass }
      return .fail(
        Finding(
          entrySymbol, expected: "at most \(quickNanoseconds / 1_000_000) ms of processor time",
          found: "\(taken / 1_000_000) ms", remedy: "do the work in create"))
    },
    ConformanceTest("entry-pure", .entry, "The entry function does no input or output and starts nothing.") {
      subject, _ in
      let plugin = try subject.load()
      let roles = PluginRole.allCases.map(\.tableID)
      try watch(CALL_WATCH_PURE)
      for id in roles { _ = try plugin.find(id) }
      try refuseStoppedCalls(entrySymbol)
      return .pass
    },
    ConformanceTest("entry-no-threads", .entry, "The entry function starts no threads.") { subject, _ in
      let plugin = try subject.load()
      let before = threadCount()
      for role in PluginRole.allCases { _ = try plugin.find(role.tableID) }
      return threads(since: before, entrySymbol)
    },
    ConformanceTest("entry-process-state", .entry, "The entry function changes nothing about the process.") {
      subject, _ in
      let plugin = try subject.load()
      let before = ProcessState()
      for role in PluginRole.allCases { _ = try plugin.find(role.tableID) }
      return state(since: before, entrySymbol)
    },
  ]

  /// In the first call Swift's runtime prepares what is static; that is not the plugin's doing.
  private static let quickNanoseconds: UInt64 = 50_000_000

  private static func processorNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  static func bytes(_ pointer: UnsafeRawPointer, _ count: Int) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: pointer, count: count))
  }
}
