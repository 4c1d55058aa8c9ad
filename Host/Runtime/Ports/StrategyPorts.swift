/// Strategies that are called again and again: no reference is counted on the way to one.
struct StrategyPorts: ~Copyable {
  private let memory: UnsafeMutablePointer<Unmanaged<Holder>>
  private let count: Int

  /// A protocol's reference cannot be lent without being counted, an object's can.
  private final class Holder {
    let port: any StrategyPort

    init(_ port: any StrategyPort) { self.port = port }
  }

  init(_ ports: [any StrategyPort]) {
    count = ports.count
    memory = .allocate(capacity: count)
    for index in 0..<count { (memory + index).initialize(to: .passRetained(Holder(ports[index]))) }
  }

  deinit {
    for index in 0..<count { memory[index].release() }
    memory.deallocate()
  }

  @inline(__always) var indices: Range<Int> { 0..<count }

  /// Calls one of them.
  @inline(__always)
  func call<Result>(_ index: Int, _ body: (any StrategyPort) throws -> Result) rethrows -> Result {
    precondition(index >= 0 && index < count)
    return try memory[index]._withUnsafeGuaranteedRef { try body($0.port) }
  }
}
