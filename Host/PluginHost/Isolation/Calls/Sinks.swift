/// Sinks of this process that calls to the other process may use until they return.
///
/// The other side knows a sink by a number that is never used twice, so one that it kept is found out.
final class LentSinks {
  private struct Lent {
    var name: UInt64
    var structure: Int
    var sink: UnsafeRawPointer
  }

  /// Sinks of calls within calls.
  private static let limit = 64
  private var lent: [Lent] = []
  private var serial: UInt64 = 0

  /// How many are lent.
  var count: Int { lent.count }

  /// Lends a sink for a call: answers its number and writes what the other side has to know of it.
  func lend(
    _ sink: UnsafeRawPointer, _ shape: UnsafePointer<Shape>, _ structure: Int, to buffer: MessageBuffer
  ) throws(CarriageFault) -> UInt64 {
    guard lent.count < LentSinks.limit else { throw .garbage("calls within calls with \(lent.count) sinks") }
    serial &+= 1
    let name = serial << 8 | UInt64(lent.count)
    lent.append(Lent(name: name, structure: structure, sink: sink))
    try buffer.append(UInt64(sink.load(as: UInt32.self)))
    try buffer.append(shape.pointee.presentFunctions(sink))
    return name
  }

  /// The sink with a number that the other side gave, and its context.
  @inline(__always)
  func find(
    _ name: UInt64, _ structure: Int, _ shape: UnsafePointer<Shape>
  ) throws(CarriageFault) -> (sink: UnsafeRawPointer, context: UnsafeRawPointer?) {
    let index = Int(name & 0xff)
    guard index < lent.count, lent[index].name == name, lent[index].structure == structure else {
      throw .garbage("a sink that this call was not given")
    }
    let sink = lent[index].sink
    return (sink, sink.load(fromByteOffset: shape.pointee.context, as: UnsafeRawPointer?.self))
  }

  /// Takes the later ones back.
  @inline(__always)
  func shrink(to count: Int) {
    while lent.count > count { lent.removeLast() }
  }
}

/// Sinks that stand for those of the other process. Their memory is used again and never goes, so a plugin that keeps one
/// for too long is found out and does not crash.
final class BorrowedSinks {
  private let plans: CallPlans
  /// By struct, in the order in which calls within calls use them.
  private var pools: [[UnsafeMutableRawPointer]]
  private var used: [Int] = []
  private var usedOf: [Int]

  init(_ plans: CallPlans) {
    self.plans = plans
    pools = Array(repeating: [], count: plans.description.structures.count)
    usedOf = Array(repeating: 0, count: plans.description.structures.count)
  }

  /// How many are in use.
  var count: Int { used.count }

  /// A sink that stands for the one with this number.
  func borrow(
    _ name: UInt64, _ structure: Int, _ reader: inout MessageReader, _ carrier: Carrier
  ) throws(CarriageFault) -> UnsafeRawPointer {
    let size = UInt32(truncatingIfNeeded: try reader.number())
    let functions = try reader.number()
    let shape = plans.shape(structure)
    if usedOf[structure] == pools[structure].count {
      pools[structure].append(.allocate(byteCount: shape.pointee.size, alignment: 16))
    }
    let sink = pools[structure][usedOf[structure]]
    usedOf[structure] += 1
    used.append(structure)
    sink.initializeMemory(as: UInt8.self, repeating: 0, count: shape.pointee.size)
    sink.storeBytes(of: size, as: UInt32.self)
    sink.storeBytes(of: name, toByteOffset: shape.pointee.context, as: UInt64.self)
    shape.pointee.setFunctions(of: sink, functions) { carrier.code($0) }
    return UnsafeRawPointer(sink)
  }

  /// Gives the later ones back.
  @inline(__always)
  func shrink(to count: Int) {
    while used.count > count { usedOf[used.removeLast()] -= 1 }
  }
}
