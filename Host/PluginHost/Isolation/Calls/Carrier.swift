/// Carries calls to the other process, and serves those that come from there while it waits.
///
/// The two ends are alike: each writes the arguments of its calls to messages and makes real calls of the messages it
/// receives. What differs (who has instances, who has the host) is in the methods that subclasses fill in. One thread uses
/// a carrier at a time.
class Carrier: ProxyCaller {
  /// Calls within calls.
  static let depthLimit = 16

  let plans: CallPlans
  let lane: Lane
  private let outbox = MessageBuffer()
  private var frames: [ServedFrame] = []
  private var depth = 0
  private var serial: UInt64 = 0
  let lent = LentSinks()
  let borrowed: BorrowedSinks

  init(_ plans: CallPlans, _ lane: Lane) {
    self.plans = plans
    self.lane = lane
    borrowed = BorrowedSinks(plans)
  }

  // MARK: What subclasses know

  /// The address of a function that carries calls of the one with this number.
  func code(_ function: Int) -> UnsafeRawPointer { preconditionFailure("no code for function \(function)") }
  /// Writes which host an argument is.
  func sendHost(_ host: UnsafeRawPointer?, _ buffer: MessageBuffer) throws(CarriageFault) -> UInt64 {
    throw .garbage("a host where none can be")
  }
  /// The host that a message names.
  func receiveHost(_ name: UInt64, _ reader: inout MessageReader) throws(CarriageFault) -> UnsafeRawPointer? {
    throw .garbage("a host where none can be")
  }
  /// The instance that a message names.
  func receiveHandle(_ name: UInt64) throws(CarriageFault) -> UnsafeRawPointer? {
    throw .garbage("an instance where none can be")
  }
  /// The name for an instance that a call may make.
  func nameHandle() throws(CarriageFault) -> UInt64 { throw .garbage("an instance where none can be") }
  /// A call made an instance for which the other side gave the name, or none.
  func keepHandle(_ name: UInt64, _ instance: UnsafeRawPointer?) {}
  /// A call has ended an instance.
  func endHandle(_ name: UInt64) {}
  /// The table or other struct that a function which is asked for is to be found in.
  func owner(_ plan: UnsafePointer<CallPlan>) throws(CarriageFault) -> UnsafeRawPointer {
    throw .garbage("a call of a function that nobody has")
  }
  /// A table was found for the other side; `false`: it cannot be carried.
  func offer(_ id: UnsafeRawBufferPointer, _ table: UnsafeRawPointer) -> Int? { nil }
  /// A table was found by the other side: the address of one that stands for it.
  func stand(_ offer: TableOffer, _ id: UnsafeRawBufferPointer, host: UnsafeRawPointer?) -> UnsafeRawPointer? { nil }
  /// A host that ``receiveHost(_:_:)`` answered is no longer used.
  func releaseHosts(to count: Int) {}
  /// How many hosts are in use by the calls being served.
  var heldHosts: Int { 0 }
  /// Whether the other side may call this function here.
  func isAllowed(_ plan: UnsafePointer<CallPlan>) -> Bool { true }

  // MARK: Calling

  /// Makes a call in the other process, serving its calls until it answers.
  final func carry(
    _ plan: UnsafePointer<CallPlan>, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ clock: inout CallClock
  ) throws(CarriageFault) {
    let sinkCount = lent.count
    defer { lent.shrink(to: sinkCount) }
    let handle = try ask(plan, arguments)
    serial &+= 1
    let mine = serial
    outbox.finish(plan.pointee.isOneWay ? .post : .call, function: plan.pointee.number, serial: mine)
    try lane.send(outbox.bytes, isAwaited: !plan.pointee.isOneWay, &clock)
    guard !plan.pointee.isOneWay else { return }
    let frame = try enter()
    defer { depth -= 1 }
    while true {
      let header = try lane.receive(frame.buffer, &clock)
      if header.kind == .answer {
        guard header.serial == mine, header.function == plan.pointee.number else {
          throw .garbage("an answer to a call that was not made")
        }
        return try readAnswer(plan, frame, result, arguments, handle)
      }
      try serve(header, frame, &clock)
    }
  }

  /// Serves calls until the other process ends or departs from the protocol.
  final func serveForEver() throws(CarriageFault) -> Never {
    var clock = CallClock(limit: nil)
    let frame = try enter()
    while true {
      let header = try lane.receive(frame.buffer, &clock)
      try serve(header, frame, &clock)
    }
  }

  /// Sends a message that is no call, such as what to load.
  final func tell(
    _ kind: MessageHeader.Kind, _ clock: inout CallClock, _ write: (MessageBuffer) throws(CarriageFault) -> Void
  ) throws(CarriageFault) {
    outbox.begin()
    try write(outbox)
    outbox.finish(kind, function: 0, serial: 0)
    try lane.send(outbox.bytes, isAwaited: true, &clock)
  }

  /// Receives a message of this kind that is no call.
  final func hear<Value>(
    _ kind: MessageHeader.Kind, _ clock: inout CallClock,
    _ read: (inout MessageReader) throws(CarriageFault) -> Value
  ) throws(CarriageFault) -> Value {
    let frame = try enter()
    defer { depth -= 1 }
    let header = try lane.receive(frame.buffer, &clock)
    guard header.kind == kind else { throw .garbage("a message of kind \(header.kind.rawValue), not \(kind.rawValue)") }
    var reader = MessageReader(frame.buffer)
    let value = try read(&reader)
    try reader.end()
    return value
  }

  private func enter() throws(CarriageFault) -> ServedFrame {
    guard depth < Carrier.depthLimit else { throw .garbage("calls within calls, \(depth) deep") }
    if depth == frames.count { frames.append(ServedFrame()) }
    depth += 1
    return frames[depth - 1]
  }

  /// Writes the arguments of a call; answers the name given to the instance that it may make.
  private func ask(
    _ plan: UnsafePointer<CallPlan>, _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) throws(CarriageFault) -> UInt64 {
    outbox.begin()
    let slots = try outbox.extend(plan.pointee.slotBytes)
    var handle: UInt64 = 0
    for index in 0..<plan.pointee.steps.count {
      let step = plan.pointee.steps.baseAddress! + index
      guard let argument = arguments[index] else { throw .garbage("an argument without an address") }
      var slot: UInt64
      if step.pointee.role == .number {
        slot = Carrier.number(argument, step.pointee.width)
      } else {
        let pointer = argument.load(as: UnsafeMutableRawPointer?.self)
        slot = pointer == nil ? 0 : 1
        switch step.pointee.role {
        case .handle, .context: slot = UInt64(UInt(bitPattern: pointer))
        case .host: slot = try sendHost(pointer.map { UnsafeRawPointer($0) }, outbox)
        case .input:
          guard let pointer else { break }
          if let shape = step.pointee.shape {
            try Shape.write(pointer, shape, to: outbox)
          } else {
            try outbox.append(pointer, step.pointee.size)
          }
        case .array:
          let count = arguments[step.pointee.count].map { Carrier.number($0, 8) } ?? 0
          slot = Shape.mark(pointer.map { UnsafeRawPointer($0) }, count, of: step.pointee.size)
          guard let pointer, slot == 1 else { break }
          try Shape.write(pointer, count, of: step.pointee.size, step.pointee.shape, to: outbox)
        case .sink:
          guard let pointer else { break }
          slot = try lent.lend(pointer, plans.shape(step.pointee.structure), step.pointee.structure, to: outbox)
        case .output:
          if let pointer { try outbox.append(pointer, step.pointee.size) }
        case .outputHandle:
          guard pointer != nil else { break }
          handle = try nameHandle()
          slot = handle
          try outbox.append(0)
        case .outputTable:
          if pointer != nil { try outbox.append(0) }
        case .outputArray, .number: break
        }
      }
      outbox.base.storeBytes(of: slot, toByteOffset: slots + 8 * index, as: UInt64.self)
    }
    return handle
  }

  @inline(__always)
  static func number(_ argument: UnsafeMutableRawPointer, _ width: UInt8) -> UInt64 {
    switch width {
    case 8: argument.load(as: UInt64.self)
    case 4: UInt64(argument.load(as: UInt32.self))
    case 2: UInt64(argument.load(as: UInt16.self))
    default: UInt64(argument.load(as: UInt8.self))
    }
  }

  /// Copies what a call returned and wrote to where its caller wants it.
  private func readAnswer(
    _ plan: UnsafePointer<CallPlan>, _ frame: ServedFrame, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ handle: UInt64
  ) throws(CarriageFault) {
    var reader = MessageReader(frame.buffer)
    let returned = try reader.number()
    for index in 0..<plan.pointee.steps.count {
      let step = plan.pointee.steps.baseAddress! + index
      guard step.pointee.role.rawValue >= CallPlan.Step.Role.output.rawValue,
        let target = arguments[index]?.load(as: UnsafeMutableRawPointer?.self)
      else { continue }
      switch step.pointee.role {
      case .output: target.copyMemory(from: try reader.take(step.pointee.size), byteCount: step.pointee.size)
      case .outputHandle:
        let isMade = try reader.number() != 0 && UInt32(truncatingIfNeeded: returned) == 0
        keepHandle(handle, isMade ? UnsafeRawPointer(bitPattern: UInt(handle)) : nil)
        if isMade { target.storeBytes(of: UInt(handle), as: UInt.self) }
      case .outputTable:
        let offer = try TableOffer(&reader)
        guard let offer, UInt32(truncatingIfNeeded: returned) == 0 else { break }
        let host = plan.pointee.steps[0].role == .host ? arguments[0]?.load(as: UnsafeRawPointer?.self) : nil
        let table = stand(offer, Carrier.text(plan, arguments), host: host)
        if let table { target.storeBytes(of: table, as: UnsafeRawPointer.self) }
      case .outputArray:
        let capacity = arguments[step.pointee.count].map { Carrier.number($0, 8) } ?? 0
        let count = try reader.number()
        guard count <= capacity else { throw .garbage("\(count) items for \(capacity) places") }
        let items = try reader.take(count, of: step.pointee.size)
        target.copyMemory(from: items, byteCount: Int(count) * step.pointee.size)
      default: break
      }
    }
    try reader.end()
    if plan.pointee.returns { result.storeBytes(of: returned, as: UInt64.self) }
  }

  /// The id that a function is asked for a table with: its first text.
  private static func text(
    _ plan: UnsafePointer<CallPlan>, _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) -> UnsafeRawBufferPointer {
    for index in 0..<plan.pointee.steps.count where plan.pointee.steps[index].role == .array {
      let pointer = arguments[index]?.load(as: UnsafeRawPointer?.self)
      let count = arguments[plan.pointee.steps[index].count].map { number($0, 8) } ?? 0
      return UnsafeRawBufferPointer(start: pointer, count: pointer == nil ? 0 : Int(clamping: count))
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  // MARK: Serving

  private func serve(
    _ header: MessageHeader, _ frame: ServedFrame, _ clock: inout CallClock
  ) throws(CarriageFault) {
    switch header.kind {
    case .call, .post: break
    case .refusal: throw .garbage(Carrier.printable(frame.buffer))
    case .answer, .begin, .ready: throw .garbage("a message of kind \(header.kind.rawValue) that nobody waits for")
    }
    guard Int(header.function) < plans.plans.count else { throw .garbage("function \(header.function)") }
    let plan = plans[Int(header.function)]
    guard plan.pointee.isOneWay == (header.kind == .post), isAllowed(plan) else {
      throw .garbage("\(plans.description.functions[Int(header.function)].name) as kind \(header.kind.rawValue)")
    }
    // A plugin that never stops calling must be stopped too.
    _ = try clock.left()
    let (borrowedCount, hostCount) = (borrowed.count, heldHosts)
    defer {
      borrowed.shrink(to: borrowedCount)
      releaseHosts(to: hostCount)
    }
    let owner = try take(plan, frame)
    guard let function = owner.load(fromByteOffset: plan.pointee.offset, as: UnsafeRawPointer?.self) else {
      throw .garbage("a call of \(plans.description.functions[Int(header.function)].name), which is null")
    }
    let began = plan.pointee.mayBlock ? CallClock.now : 0
    frame.result.storeBytes(of: 0, as: UInt64.self)
    CallInterface.call(plan.pointee.interface, function, frame.result, frame.arguments)
    if plan.pointee.mayBlock { clock.exclude(since: began) }
    guard !plan.pointee.isOneWay else { return }
    try answer(plan, frame)
    outbox.finish(.answer, function: plan.pointee.number, serial: header.serial)
    try lane.send(outbox.bytes, isAwaited: true, &clock)
  }

  static func printable(_ buffer: MessageBuffer) -> String {
    let text = UnsafeRawBufferPointer(rebasing: buffer.bytes.dropFirst(MessageHeader.size).prefix(400))
    return String(decoding: text.prefix { $0 != 0 }.map { (0x20...0x7e).contains($0) ? $0 : 63 }, as: UTF8.self)
  }

  /// Turns a message into arguments; answers the struct that the function is in.
  private func take(_ plan: UnsafePointer<CallPlan>, _ frame: ServedFrame) throws(CarriageFault) -> UnsafeRawPointer {
    var reader = MessageReader(frame.buffer)
    let slots = try reader.take(plan.pointee.slotBytes)
    frame.handle = 0
    var sink: UnsafeRawPointer?
    for index in 0..<plan.pointee.steps.count {
      let step = plan.pointee.steps.baseAddress! + index
      let slot = slots + 8 * index
      frame.arguments[index] = slot
      guard step.pointee.role != .number else { continue }
      let mark = slot.load(as: UInt64.self)
      var pointer: UnsafeRawPointer?
      switch step.pointee.role {
      case .number: break
      case .host: pointer = try receiveHost(mark, &reader)
      case .handle:
        pointer = try receiveHandle(mark)
        frame.handle = mark
      case .context:
        let (found, context) = try lent.find(mark, plan.pointee.structure, plans.shape(plan.pointee.structure))
        (sink, pointer) = (found, context)
      case .input:
        guard try Carrier.isThere(mark) else { break }
        if let shape = step.pointee.shape {
          pointer = UnsafeRawPointer(try Shape.read(shape, from: &reader))
        } else {
          pointer = UnsafeRawPointer(try reader.take(step.pointee.size))
        }
      case .array:
        let count = (slots + 8 * step.pointee.count).load(as: UInt64.self)
        pointer = UnsafeRawPointer(
          try Shape.readItems(mark, count, of: step.pointee.size, step.pointee.shape, from: &reader))
      case .sink:
        guard mark != 0 else { break }
        pointer = try borrowed.borrow(mark, step.pointee.structure, &reader, self)
      case .output:
        if try Carrier.isThere(mark) { pointer = UnsafeRawPointer(try reader.take(step.pointee.size)) }
      case .outputHandle:
        guard mark != 0 else { break }
        frame.handle = mark
        pointer = UnsafeRawPointer(try reader.take(8))
      case .outputTable:
        if try Carrier.isThere(mark) { pointer = UnsafeRawPointer(try reader.take(8)) }
      case .outputArray:
        guard try Carrier.isThere(mark) else { break }
        let count = (slots + 8 * step.pointee.count).load(as: UInt64.self)
        pointer = UnsafeRawPointer(try frame.room(count, of: step.pointee.size))
      }
      slot.storeBytes(of: pointer, as: UnsafeRawPointer?.self)
    }
    try reader.end()
    if let sink { return sink }
    return try owner(plan)
  }

  private static func isThere(_ mark: UInt64) throws(CarriageFault) -> Bool {
    guard mark <= 1 else { throw .garbage("a pointer that is neither null nor there: \(mark)") }
    return mark == 1
  }

  /// Writes what a call returned and wrote.
  private func answer(_ plan: UnsafePointer<CallPlan>, _ frame: ServedFrame) throws(CarriageFault) {
    outbox.begin()
    let returned = try outbox.extend(8)
    var result = frame.result.load(as: UInt64.self)
    let isOK = plan.pointee.returnsStatus && UInt32(truncatingIfNeeded: result) == 0
    for index in 0..<plan.pointee.steps.count {
      let step = plan.pointee.steps.baseAddress! + index
      guard step.pointee.role.rawValue >= CallPlan.Step.Role.output.rawValue,
        let place = frame.arguments[index]?.load(as: UnsafeMutableRawPointer?.self)
      else { continue }
      switch step.pointee.role {
      case .output: try outbox.append(place, step.pointee.size)
      case .outputHandle:
        let instance = isOK ? place.load(as: UnsafeRawPointer?.self) : nil
        keepHandle(frame.handle, instance)
        try outbox.append(instance == nil ? 0 : 1)
      case .outputTable:
        let table = isOK ? place.load(as: UnsafeRawPointer?.self) : nil
        let structure = table.flatMap { offer(Carrier.text(plan, frame.arguments), $0) }
        if let table, let structure {
          try TableOffer(table, plans.shape(structure)).write(to: outbox)
        } else {
          try TableOffer.write(nothingTo: outbox)
          // What cannot be carried is not offered.
          if table != nil { result = TableOffer.unsupported }
        }
      case .outputArray:
        let capacity = (frame.arguments[step.pointee.count]?.load(as: UInt64.self)) ?? 0
        let written = frame.arguments[step.pointee.written]?.load(as: UnsafeRawPointer?.self)
        let count = min(written?.load(as: UInt64.self) ?? 0, capacity)
        try outbox.append(count)
        try outbox.append(place, Int(count) * step.pointee.size)
      default: break
      }
    }
    outbox.base.storeBytes(of: result, toByteOffset: returned, as: UInt64.self)
    if plan.pointee.endsHandle { endHandle(frame.handle) }
  }
}
