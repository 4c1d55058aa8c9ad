/// The host's end of a channel: calls the plugin's tables, and serves the plugin's calls of the host's.
final class HostCarrier: Carrier {
  private let link: RunnerLink
  private let isForOwnThreads: Bool
  private var codes: [Int: UnsafeRawPointer] = [:]
  /// The hosts of the calls being served, by name; 0: one that is gone or null.
  private var hosts: [(name: UInt64, host: UnsafeRawPointer?)] = []
  private var namedHost: UInt64 = 0
  private var unfinished: UInt64 = 0

  /// `isForOwnThreads`: it serves what the plugin's own threads call.
  init(_ link: RunnerLink, _ lane: Lane, isForOwnThreads: Bool) {
    self.link = link
    self.isForOwnThreads = isForOwnThreads
    super.init(link.plans, lane)
  }

  override func call(
    _ plan: UnsafePointer<CallPlan>, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) {
    if !isForOwnThreads { link.lock() }
    defer {
      link.tellAttempts()
      if !isForOwnThreads { link.unlock() }
    }
    // A call within a call that makes an instance makes none itself.
    let outer = unfinished
    unfinished = 0
    defer { unfinished = outer }
    var isDone = false
    if !link.isOver {
      var clock = CallClock(limit: plan.pointee.deadline)
      do throws(CarriageFault) {
        try carry(plan, result, arguments, &clock)
        isDone = true
      } catch {
        link.fail(error, in: link.plans.description.functions[plan.pointee.number].name)
      }
    }
    if !isDone, plan.pointee.returns {
      result.storeBytes(of: plan.pointee.returnsStatus ? HostCarrier.fault : 0, as: UInt64.self)
    }
    if unfinished != 0 { link.directory.end(instance: unfinished) }
    if plan.pointee.endsHandle, let handle = arguments[0]?.load(as: UInt.self) {
      link.directory.end(instance: UInt64(handle))
      link.mayHaveEnded()
    }
  }

  /// `WHARF_E_FAULT`.
  private static let fault: UInt64 = 11

  override func code(_ function: Int) -> UnsafeRawPointer {
    if let code = codes[function] { return code }
    let code = CallInterface.closure(plans[function], self)
    codes[function] = code
    return code
  }

  override func sendHost(
    _ host: UnsafeRawPointer?, _ buffer: MessageBuffer
  ) throws(CarriageFault) -> UInt64 {
    guard let host else { return 0 }
    namedHost = link.directory.name(host)
    try Shape.write(host, plans.shape(plans.description.host), to: buffer)
    return namedHost
  }

  override func nameHandle() throws(CarriageFault) -> UInt64 {
    unfinished = link.directory.nameInstance(host: namedHost)
    return unfinished
  }

  override func keepHandle(_ name: UInt64, _ instance: UnsafeRawPointer?) {
    if instance != nil { unfinished = 0 }
  }

  override func receiveHost(
    _ name: UInt64, _ reader: inout MessageReader
  ) throws(CarriageFault) -> UnsafeRawPointer? {
    let host = name == 0 ? nil : try link.directory.use(host: name)
    hosts.append((host == nil ? 0 : name, host))
    return host
  }

  override var heldHosts: Int { hosts.count }

  override func releaseHosts(to count: Int) {
    while hosts.count > count {
      let name = hosts.removeLast().name
      if name != 0 { link.directory.release(host: name) }
    }
  }

  override func isAllowed(_ plan: UnsafePointer<CallPlan>) -> Bool { !isForOwnThreads || plan.pointee.isAnyThread }

  override func owner(_ plan: UnsafePointer<CallPlan>) throws(CarriageFault) -> UnsafeRawPointer {
    let structure = plan.pointee.structure
    guard plan.pointee.steps.first?.role == .host, let held = hosts.last else {
      throw .garbage("a call of a function that no host has")
    }
    if structure == plans.description.host {
      guard let host = held.host else { throw .garbage("a question to a host that is gone") }
      return host
    }
    guard let table = link.directory.table(structure, of: held.name == 0 ? nil : held.name) else {
      throw .garbage("a call of a table that was not handed out")
    }
    return table
  }

  override func offer(_ id: UnsafeRawBufferPointer, _ table: UnsafeRawPointer) -> Int? {
    guard let known = plans.description.table(id, ofHost: true), let host = hosts.last?.name, host != 0 else {
      return nil
    }
    link.directory.keep(table, known.structure, of: host)
    return known.structure
  }

  override func stand(
    _ offer: TableOffer, _ id: UnsafeRawBufferPointer, host: UnsafeRawPointer?
  ) -> UnsafeRawPointer? {
    plans.description.table(id, ofHost: false).map { offer.proxy(plans.shape($0.structure)) { code($0) } }
  }
}
