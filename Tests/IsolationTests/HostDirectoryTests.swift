import Testing

@testable import Isolation

/// What a runner may name: only what it was told of itself, and only as long as it is there.
@Suite struct `Names that a runner answers with` {
  private let directory = HostDirectory()
  private let memory = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 8)

  @Test func `of another runner's host are garbage`() throws {
    defer { memory.deallocate() }
    let other = HostDirectory()
    let (own, foreign) = (directory.name(memory), other.name(memory + 8))
    _ = other.nameInstance(host: foreign)
    #expect(try directory.use(host: own) == UnsafeRawPointer(memory))
    directory.release(host: own)
    // The first host of each has the first name: the other's leads to one's own, never across.
    #expect(own == foreign)
    let second = other.name(memory)
    #expect(throws: CarriageFault.self) { try directory.use(host: second) }
  }

  @Test(arguments: [0, 1, 2, 0xffff_ffff, 1 << 32, 2 << 32 | 1, 1 << 32 | 2, .max] as [UInt64])
  func `that were never given are garbage`(_ name: UInt64) {
    defer { memory.deallocate() }
    let known = directory.name(memory)
    guard name != known else { return }
    // Names of a generation before the first were never given either; they find nothing.
    let found = Result { () throws(CarriageFault) in try directory.use(host: name) }
    if case .success(let host?) = found { Issue.record("\(name) leads to \(host)") }
  }

  @Test func `of a host that is gone find nothing, also when its place is used again`() throws {
    defer { memory.deallocate() }
    let gone = directory.name(memory)
    let instance = directory.nameInstance(host: gone)
    directory.end(instance: instance)
    #expect(try directory.use(host: gone) == nil)
    let next = directory.name(memory + 8)
    #expect(next != gone)
    #expect(try directory.use(host: gone) == nil)
    #expect(try directory.use(host: next) == UnsafeRawPointer(memory + 8))
    directory.release(host: next)
    #expect(directory.instanceCount == 0)
    directory.end(instance: instance)
    #expect(directory.nameInstance(host: next) != instance)
  }
}
