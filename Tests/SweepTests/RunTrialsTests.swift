import Sweep
import Synchronization
import Testing

/// What a trial of these tests fails with.
struct Broken: Error, Hashable {
  var trial: Int
}

@Suite struct `Trials on several threads` {
  @Test(arguments: [1, 2, 3, 8, 100], [0, 1, 2, 97]) func `results come in the order of trials`(
    _ workers: Int, _ count: Int
  ) throws {
    let results = try runTrials(
      count, workers: workers, makeState: { () throws(Broken) in 0 },
      body: { (state: inout Int, trial) throws(Broken) in
        state += 1
        return trial * trial
      })
    #expect(results == (0..<count).map { $0 * $0 })
  }

  @Test func `each worker has one state, used for all its trials`() throws {
    let made = Atomic(0)
    let ended = Mutex<[Int: Int]>([:])
    _ = try runTrials(
      200, workers: 4,
      makeState: { () throws(Broken) in (worker: made.wrappingAdd(1, ordering: .relaxed).newValue, 0) },
      body: { state, trial throws(Broken) in
        state.1 += 1
        ended.withLock { $0[state.worker] = state.1 }
      })
    #expect((1...4).contains(made.load(ordering: .relaxed)))
    #expect(ended.withLock { $0.values.reduce(0, +) } == 200)
  }

  @Test func `several workers are at work at the same time`() throws {
    // Each of two trials waits for the other one to begin: one thread alone would never end.
    let begun = Atomic(0)
    _ = try runTrials(
      2, workers: 2, makeState: { () throws(Broken) in },
      body: { _, _ throws(Broken) in
        begun.wrappingAdd(1, ordering: .sequentiallyConsistent)
        while begun.load(ordering: .sequentiallyConsistent) < 2 {}
      })
  }

  @Test(arguments: [1, 2, 4]) func `the first failure in order wins, whichever came first`(_ workers: Int) {
    for _ in 0..<50 {
      do throws(TrialsFault<Broken>) {
        _ = try runTrials(
          64, workers: workers, makeState: { () throws(Broken) in },
          body: { _, trial throws(Broken) in
            if trial == 10 { for _ in 0..<2000 { _ = Atomic(0).load(ordering: .sequentiallyConsistent) } }
            if trial >= 10 { throw Broken(trial: trial) }
          })
        Issue.record("no failure")
      } catch {
        guard case .failed(let failure) = error else {
          Issue.record("cancelled")
          return
        }
        #expect(failure == Broken(trial: 10))
      }
    }
  }

  @Test func `a worker without a state fails before any trial`() {
    let ran = Atomic(0)
    do throws(TrialsFault<Broken>) {
      _ = try runTrials(
        10, workers: 2, makeState: { () throws(Broken) in throw Broken(trial: -1) },
        body: { (_: inout Int, _) throws(Broken) in _ = ran.wrappingAdd(1, ordering: .relaxed) })
      Issue.record("no failure")
    } catch {
      guard case .failed(let failure) = error else {
        Issue.record("cancelled")
        return
      }
      #expect(failure == Broken(trial: -1))
      #expect(ran.load(ordering: .relaxed) == 0)
    }
  }

  @Test func `a cancelled run stops between trials and says how many ended`() {
    let ran = Atomic(0)
    do throws(TrialsFault<Broken>) {
      _ = try runTrials(
        1000, workers: 3, isCancelled: { ran.load(ordering: .relaxed) >= 20 }, makeState: { () throws(Broken) in },
        body: { _, _ throws(Broken) in _ = ran.wrappingAdd(1, ordering: .relaxed) })
      Issue.record("not cancelled")
    } catch {
      guard case .cancelled(let done) = error else {
        Issue.record("failed")
        return
      }
      #expect(done == ran.load(ordering: .relaxed))
      #expect((20...22).contains(done))
    }
  }

  @Test func `progress grows to all and is told on the calling thread`() throws {
    var told: [Int] = []
    _ = try runTrials(
      50, workers: 1,
      progress: { done, total in
        #expect(total == 50)
        told.append(done)
      }, makeState: { () throws(Broken) in }, body: { _, _ throws(Broken) in })
    #expect(told == Array(1...50))
  }
}
