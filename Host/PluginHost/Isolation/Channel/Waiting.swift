internal import CKernel
import Glibc
import Synchronization

/// A number in memory that two processes share, on which they can wait.
typealias SharedWord = UnsafeMutablePointer<Atomic<UInt32>>

/// Waits for a shared word to change: briefly by looking again and again, then asleep.
///
/// Looking is what makes a call cost a microsecond; it pays only when the other side runs at the same time, so how long
/// this side looks follows from how often looking was enough.
struct Waiting {
  /// Rounds of looking; a round is about 40 ns. The least is still longer than it takes to wake a side that sleeps (20 to
  /// 50 microseconds on an idle virtual machine): otherwise two sides that once slept would wake each other for ever.
  private static let most = onlineProcessors > 1 ? 3_000 : 0
  private static let least = onlineProcessors > 1 ? 1_500 : 0
  private static let onlineProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
  /// How long it sleeps before it looks whether the other side still lives.
  private static let nap: Int64 = 250_000_000

  private var rounds = Waiting.most

  /// Returns when `word` is no longer `seen`. `sleeper` tells the other side that it has to wake this one.
  mutating func wait(
    for word: SharedWord, toLeave seen: UInt32, sleeper: SharedWord, _ clock: inout CallClock, isGone: () -> Bool
  ) throws(CarriageFault) {
    var round = 0
    while round < rounds {
      if word.pointee.load(ordering: .acquiring) != seen {
        if round * 4 > rounds { rounds = min(Waiting.most, rounds * 2) }
        return
      }
      ckernel_pause()
      round += 1
    }
    while true {
      // The other side changes the word first and looks at the sleeper then, this side the other way round, so one of
      // the two always sees the other.
      sleeper.pointee.store(1, ordering: .sequentiallyConsistent)
      guard word.pointee.load(ordering: .sequentiallyConsistent) == seen else { break }
      let left = try clock.left()
      if isGone(), word.pointee.load(ordering: .acquiring) == seen { throw .gone }
      _ = ckernel_futex_wait(UnsafeRawPointer(word), seen, min(left ?? Waiting.nap, Waiting.nap))
      guard word.pointee.load(ordering: .acquiring) == seen else { break }
    }
    sleeper.pointee.store(0, ordering: .relaxed)
    rounds = max(Waiting.least, rounds - rounds / 8)
  }

  /// Wakes the other side if it sleeps.
  @inline(__always)
  static func wake(_ word: SharedWord, _ sleeper: SharedWord) {
    guard sleeper.pointee.load(ordering: .sequentiallyConsistent) != 0 else { return }
    sleeper.pointee.store(0, ordering: .relaxed)
    _ = ckernel_futex_wake(UnsafeRawPointer(word))
  }
}
