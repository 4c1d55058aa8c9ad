import Glibc
import Synchronization

/// Everything that a runner knows: the plugin's tables and instances, and the hosts it was told of.
///
/// Sendable is safe: the plugin's own threads only read what does not change, or take the lock.
final class RunnerSide: ProxyCaller, @unchecked Sendable {
  let plans = CallPlans.with(.usual)
  let main: RunnerCarrier
  private let threads: RunnerCarrier
  private let mainThread = pthread_self()
  private let threadCalls = PosixMutex()
  private let threadOwner = Atomic<UInt>(0)
  /// The plugin's descriptor.
  var plugin: UnsafeRawPointer?
  private(set) var codes: [UnsafeRawPointer?]
  /// The plugin's tables, by struct.
  var tables: [Int: UnsafeRawPointer] = [:]
  /// Its instances, by place, with their names.
  var instances: [(name: UInt64, instance: UnsafeRawPointer?)] = []
  /// What stands for hosts, by name; they stay for ever.
  var hosts: [UInt64: UnsafeMutableRawPointer] = [:]
  /// What stands for the tables of hosts.
  private let hostTables = Mutex<[HostTable: UInt]>([:])

  private struct HostTable: Hashable {
    var host: UInt64
    var structure: Int
  }

  init(_ memory: SharedMemory) {
    let parent = getppid()
    let ring = RingLane(sending: memory.toHost, receiving: memory.toRunner) { getppid() != parent }
    codes = Array(repeating: nil, count: plans.description.functions.count)
    main = RunnerCarrier(plans, ring)
    threads = RunnerCarrier(plans, SocketLane(RunnerDescriptor.socket))
    super.init()
    (main.side, threads.side) = (self, self)
  }

  /// Makes the code of every function that a plugin may call: later there may be no more way to make code.
  func makeCode() {
    let description = plans.description
    let ofHost = Set(description.tables.filter(\.isOfHost).map(\.structure))
    for (number, function) in description.functions.enumerated() {
      let structure = function.structure
      guard
        ofHost.contains(structure) || structure == description.host || description.structures[structure].use == "sink"
      else { continue }
      codes[number] = CallInterface.closure(plans[number], self)
    }
  }

  /// A call of the plugin.
  override func call(
    _ plan: UnsafePointer<CallPlan>, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) {
    var clock = CallClock(limit: nil)
    if pthread_equal(pthread_self(), mainThread) != 0 {
      do throws(CarriageFault) { try main.carry(plan, result, arguments, &clock) } catch { end(error) }
      return
    }
    // What is not for any thread would be a race in the host's process; here it is refused.
    guard plan.pointee.isAnyThread || threadOwner.load(ordering: .relaxed) == UInt(pthread_self()) else {
      if plan.pointee.returns { result.storeBytes(of: plan.pointee.returnsStatus ? 1 : 0, as: UInt64.self) }
      return
    }
    let me = UInt(pthread_self())
    let isWithin = threadOwner.load(ordering: .relaxed) == me
    if !isWithin {
      threadCalls.lock()
      threadOwner.store(me, ordering: .relaxed)
    }
    do throws(CarriageFault) { try threads.carry(plan, result, arguments, &clock) } catch { end(error) }
    if !isWithin {
      threadOwner.store(0, ordering: .relaxed)
      threadCalls.unlock()
    }
  }

  /// Ends this process, telling the host why if it is there to listen.
  func end(_ fault: CarriageFault) -> Never {
    switch fault {
    case .gone, .timeout: _exit(RunnerExit.hostIsGone)
    case .garbage(let text):
      var clock = CallClock(limit: 1_000_000_000)
      do throws(CarriageFault) {
        try main.tell(.refusal, &clock) { buffer throws(CarriageFault) in
          let bytes = Array(text.utf8.prefix(400))
          let place = try buffer.extend(bytes.count)
          for (index, byte) in bytes.enumerated() { (buffer.base + place + index).storeBytes(of: byte, as: UInt8.self) }
        }
        // The host ends this process when it has read that.
        sleep(5)
      } catch {}
      _exit(RunnerExit.cannotCarry)
    }
  }

  /// What stands for a table of a host.
  func table(_ structure: Int, of host: UInt64, _ make: () -> UnsafeRawPointer) -> UnsafeRawPointer? {
    hostTables.withLock { tables in
      let place = HostTable(host: host, structure: structure)
      if let table = tables[place] { return UnsafeRawPointer(bitPattern: table) }
      let table = make()
      tables[place] = UInt(bitPattern: table)
      return table
    }
  }
}

/// A runner's end of a channel: makes the host's calls of the plugin's tables, and calls the host's for the plugin.
final class RunnerCarrier: Carrier {
  unowned(unsafe) var side: RunnerSide!

  override func code(_ function: Int) -> UnsafeRawPointer {
    guard let code = side.codes[function] else { preconditionFailure("no code for function \(function)") }
    return code
  }

  override func sendHost(
    _ host: UnsafeRawPointer?, _ buffer: MessageBuffer
  ) throws(CarriageFault) -> UInt64 {
    let context = plans.shape(plans.description.host).pointee.context
    return host?.load(fromByteOffset: context, as: UInt64.self) ?? 0
  }

  override func receiveHost(
    _ name: UInt64, _ reader: inout MessageReader
  ) throws(CarriageFault) -> UnsafeRawPointer? {
    guard name != 0 else { return nil }
    let shape = plans.shape(plans.description.host)
    let image = try reader.take(shape.pointee.size)
    if let host = side.hosts[name] { return UnsafeRawPointer(host) }
    let host = UnsafeMutableRawPointer.allocate(byteCount: shape.pointee.size, alignment: 16)
    host.copyMemory(from: image, byteCount: shape.pointee.size)
    host.storeBytes(of: name, toByteOffset: shape.pointee.context, as: UInt64.self)
    shape.pointee.setFunctions(of: host, .max) { code($0) }
    side.hosts[name] = host
    return UnsafeRawPointer(host)
  }

  override func receiveHandle(_ name: UInt64) throws(CarriageFault) -> UnsafeRawPointer? {
    let index = Int(name & 0xffff_ffff) - 1
    guard index >= 0, index < side.instances.count, side.instances[index].name == name else {
      throw .garbage("an instance that is gone")
    }
    return side.instances[index].instance
  }

  override func keepHandle(_ name: UInt64, _ instance: UnsafeRawPointer?) {
    guard let instance else { return }
    let index = Int(name & 0xffff_ffff) - 1
    while side.instances.count <= index { side.instances.append((0, nil)) }
    side.instances[index] = (name, instance)
  }

  override func endHandle(_ name: UInt64) { side.instances[Int(name & 0xffff_ffff) - 1] = (0, nil) }

  override func owner(_ plan: UnsafePointer<CallPlan>) throws(CarriageFault) -> UnsafeRawPointer {
    let structure = plan.pointee.structure
    let owner = structure == plans.description.plugin ? side.plugin : side.tables[structure]
    guard let owner else { throw .garbage("a call of a table that was not asked for") }
    return owner
  }

  override func offer(_ id: UnsafeRawBufferPointer, _ table: UnsafeRawPointer) -> Int? {
    guard let known = plans.description.table(id, ofHost: false) else { return nil }
    side.tables[known.structure] = table
    return known.structure
  }

  override func stand(
    _ offer: TableOffer, _ id: UnsafeRawBufferPointer, host: UnsafeRawPointer?
  ) -> UnsafeRawPointer? {
    guard let known = plans.description.table(id, ofHost: true), let host,
      let name = try? sendHost(host, MessageBuffer())
    else { return nil }
    return side.table(known.structure, of: name) { offer.proxy(plans.shape(known.structure)) { code($0) } }
  }
}
