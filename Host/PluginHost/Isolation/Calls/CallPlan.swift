internal import CFFI
import Synchronization

/// How the calls of one function are carried. Made once from the description, kept for ever; the hot path allocates nothing.
struct CallPlan {
  /// What is done with a parameter.
  struct Step {
    enum Role: UInt8 {
      case number, host, handle, context, input, array, sink, output, outputHandle, outputTable, outputArray
    }

    var role: Role
    /// Bytes of a number.
    var width: UInt8
    /// The parameter with the number of items, or with the capacity of an array that the callee fills.
    var count: Int
    /// The parameter through which the callee says how many places of an array it has filled.
    var written: Int
    /// Bytes of what is pointed to.
    var size: Int
    /// What is pointed to; -1: no struct.
    var structure: Int
    /// How what is pointed to is carried; `nil`: by copying.
    var shape: UnsafePointer<Shape>?
  }

  /// The function's number.
  var number: Int
  var structure: Int
  var offset: Int
  var steps: UnsafeBufferPointer<Step>
  /// Whether it returns anything.
  var returns: Bool
  var returnsStatus: Bool
  var isOneWay: Bool
  /// Whether an instance ends with this call.
  var endsHandle: Bool
  var isAnyThread: Bool
  /// Whether the callee may wait for the outside world; that time is not the caller's.
  var mayBlock: Bool
  /// Nanoseconds that the callee may take.
  var deadline: Int64
  /// How libffi makes the call.
  var interface: UnsafeMutablePointer<ffi_cif>
  /// Messages about one call begin with so many bytes after the header: one number a parameter.
  var slotBytes: Int
}

/// Every plan of the description. Nothing of it ever changes or goes, so threads share it.
struct CallPlans: @unchecked Sendable {
  let description: ABIDescription
  let plans: UnsafeMutableBufferPointer<CallPlan>
  private let shapes: UnsafeMutableBufferPointer<Shape>

  private static let made = Mutex<[CallDeadlines: CallPlans]>([:])

  /// The plans for the published ABI with these deadlines.
  static func with(_ deadlines: CallDeadlines) -> CallPlans {
    made.withLock { made in
      if let plans = made[deadlines] { return plans }
      let plans = CallPlans(.published, deadlines)
      made[deadlines] = plans
      return plans
    }
  }

  init(_ description: ABIDescription, _ deadlines: CallDeadlines) {
    self.description = description
    shapes = .allocate(capacity: description.structures.count)
    for (index, structure) in description.structures.enumerated() {
      (shapes.baseAddress! + index).initialize(
        to: Shape(
          size: structure.size, parts: CallPlans.parts(structure, description, UnsafePointer(shapes.baseAddress!)),
          erased: CallPlans.kept(
            structure.fields.filter {
              $0.type == .pointer && ($0.role == .context || $0.role == .function)
            }.map(\.offset)),
          context: structure.fields.first { $0.role == .context }?.offset ?? -1,
          firstFunction: structure.functions.lowerBound, functionCount: structure.functions.count,
          functionOffsets: CallPlans.kept(structure.functions.map { description.functions[$0].offset })))
    }
    plans = .allocate(capacity: description.functions.count)
    for (number, function) in description.functions.enumerated() {
      let steps = function.parameters.map { CallPlans.step($0, description, UnsafePointer(shapes.baseAddress!)) }
      (plans.baseAddress! + number).initialize(
        to: CallPlan(
          number: number, structure: function.structure, offset: function.offset, steps: CallPlans.kept(steps),
          returns: function.returns != .void, returnsStatus: function.returnsStatus, isOneWay: function.isOneWay,
          endsHandle: function.returns == .void && function.parameters.map(\.role) == [.handle],
          isAnyThread: function.isAnyThread, mayBlock: function.mayBlock, deadline: deadlines.limit(of: function),
          interface: CallInterface.make(function), slotBytes: 8 * steps.count))
    }
  }

  /// The plan of a function by its number.
  @inline(__always)
  subscript(_ number: Int) -> UnsafePointer<CallPlan> { UnsafePointer(plans.baseAddress! + number) }

  /// How a struct is carried.
  func shape(_ structure: Int) -> UnsafePointer<Shape> { UnsafePointer(shapes.baseAddress! + structure) }

  private static func kept<Item>(_ items: [Item]) -> UnsafeBufferPointer<Item> {
    let memory = UnsafeMutableBufferPointer<Item>.allocate(capacity: items.count)
    _ = memory.initialize(from: items)
    return UnsafeBufferPointer(memory)
  }

  private static func isPlain(_ structure: Int?, _ description: ABIDescription) -> Bool {
    structure.map { description.structures[$0].fields.allSatisfy { $0.type != .pointer } } ?? true
  }

  private static func parts(
    _ structure: ABIDescription.Structure, _ description: ABIDescription, _ shapes: UnsafePointer<Shape>
  ) -> UnsafeBufferPointer<Shape.Part> {
    kept(
      structure.fields.compactMap { field in
        guard case .array(let count) = field.role else { return nil }
        let item = field.structure
        return Shape.Part(
          pointer: field.offset, count: structure.fields[count].offset,
          itemSize: item.map { description.structures[$0].size } ?? field.itemSize,
          item: isPlain(item, description) ? nil : shapes + item!)
      })
  }

  private static func step(
    _ parameter: ABIDescription.Field, _ description: ABIDescription, _ shapes: UnsafePointer<Shape>
  ) -> CallPlan.Step {
    let item = parameter.structure
    var step = CallPlan.Step(
      role: .number, width: UInt8(parameter.type.size), count: 0, written: 0,
      size: item.map { description.structures[$0].size } ?? parameter.itemSize, structure: item ?? -1,
      shape: isPlain(item, description) ? nil : shapes + item!)
    switch parameter.role {
    case .structSize, .reserved, .value, .count, .function: step.role = .number
    case .host: step.role = .host
    case .handle: step.role = .handle
    case .context: step.role = .context
    case .input: step.role = .input
    case .array(let count): (step.role, step.count) = (.array, count)
    case .sink: step.role = .sink
    case .output: step.role = .output
    case .outputHandle: step.role = .outputHandle
    case .outputTable: step.role = .outputTable
    case .outputArray(let capacity, let written):
      (step.role, step.count, step.written) = (.outputArray, capacity, written)
    }
    return step
  }
}
