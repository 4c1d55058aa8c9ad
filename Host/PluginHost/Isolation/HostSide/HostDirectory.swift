import Glibc
import Synchronization

/// The hosts and instances that one runner has been told of, by names that say nothing about addresses.
///
/// A name is a place in a table and how often the place was used, so a name of something that is gone fits nothing.
/// Several threads use it.
final class HostDirectory: Sendable {
  private struct Host {
    var generation: UInt32 = 0
    var address: UInt?
    /// Calls on it that are being served.
    var users = 0
    /// The tables it has handed out, by struct.
    var tables: [Int: UInt] = [:]
  }

  private struct Instance {
    var generation: UInt32 = 0
    /// The host it was made with; 0: there is no such instance.
    var host: UInt64 = 0
  }

  private struct Content {
    var hosts: [Host] = []
    var instances: [Instance] = []
    /// The last table of each struct that any host has handed out.
    var latest: [Int: UInt] = [:]
  }

  private let content = Mutex(Content())

  private static func name(_ index: Int, _ generation: UInt32) -> UInt64 {
    UInt64(generation) << 32 | UInt64(index + 1)
  }

  /// The name of a host, which gets one if it has none.
  func name(_ host: UnsafeRawPointer) -> UInt64 {
    content.withLock { content in
      let address = UInt(bitPattern: host)
      if let index = content.hosts.firstIndex(where: { $0.address == address }) {
        return HostDirectory.name(index, content.hosts[index].generation)
      }
      let index = content.hosts.firstIndex { $0.address == nil } ?? content.hosts.count
      if index == content.hosts.count { content.hosts.append(Host()) }
      content.hosts[index].generation &+= 1
      content.hosts[index].address = address
      content.hosts[index].tables = [:]
      return HostDirectory.name(index, content.hosts[index].generation)
    }
  }

  /// A name for an instance that is being made with a host.
  func nameInstance(host: UInt64) -> UInt64 {
    content.withLock { content in
      let index = content.instances.firstIndex { $0.host == 0 } ?? content.instances.count
      if index == content.instances.count { content.instances.append(Instance()) }
      content.instances[index].generation &+= 1
      content.instances[index].host = host
      return HostDirectory.name(index, content.instances[index].generation)
    }
  }

  /// Forgets an instance and its host. Waits until no call on the host is being served: afterwards it may go.
  func end(instance name: UInt64) {
    let host = content.withLock { content -> UInt64 in
      let index = Int(name & 0xffff_ffff) - 1
      guard content.instances.indices.contains(index),
        HostDirectory.name(index, content.instances[index].generation) == name
      else { return 0 }
      defer { content.instances[index].host = 0 }
      return content.instances[index].host
    }
    guard host != 0 else { return }
    let index = Int(host & 0xffff_ffff) - 1
    // From here on nobody can begin to use it; whoever does so already is given until the end of that call.
    content.withLock { if !$0.instances.contains(where: { $0.host == host }) { $0.hosts[index].address = nil } }
    while content.withLock({ $0.hosts[index].users > 0 }) { usleep(200) }
  }

  /// How many instances there are.
  var instanceCount: Int { content.withLock { $0.instances.count { $0.host != 0 } } }

  /// The host with a name, which then is in use; `nil` when it is gone. Throws when there never was one.
  func use(host name: UInt64) throws(CarriageFault) -> UnsafeRawPointer? {
    let index = Int(name & 0xffff_ffff) - 1
    let found = content.withLock { content -> (isKnown: Bool, address: UInt?) in
      guard content.hosts.indices.contains(index), name >> 32 <= UInt64(content.hosts[index].generation) else {
        return (false, nil)
      }
      guard let address = content.hosts[index].address,
        HostDirectory.name(index, content.hosts[index].generation) == name
      else { return (true, nil) }
      content.hosts[index].users += 1
      return (true, address)
    }
    guard found.isKnown else { throw .garbage("a host that this runner was not told of") }
    return found.address.flatMap { UnsafeRawPointer(bitPattern: $0) }
  }

  /// Ends what ``use(host:)`` began.
  func release(host name: UInt64) {
    content.withLock { $0.hosts[Int(name & 0xffff_ffff) - 1].users -= 1 }
  }

  /// A host has handed out a table.
  func keep(_ table: UnsafeRawPointer, _ structure: Int, of host: UInt64) {
    content.withLock { content in
      content.hosts[Int(host & 0xffff_ffff) - 1].tables[structure] = UInt(bitPattern: table)
      content.latest[structure] = UInt(bitPattern: table)
    }
  }

  /// The table of a struct that a host has handed out. Of no host, or one that is gone: any host's, whose functions find
  /// out that there is no host.
  func table(_ structure: Int, of host: UInt64?) -> UnsafeRawPointer? {
    content.withLock { content in
      let table = host.map { content.hosts[Int($0 & 0xffff_ffff) - 1].tables[structure] } ?? content.latest[structure]
      return table.flatMap { UnsafeRawPointer(bitPattern: $0) }
    }
  }
}
