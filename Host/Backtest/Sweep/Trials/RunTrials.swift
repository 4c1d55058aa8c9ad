import Synchronization

/// Why trials ended early.
public enum TrialsFault<Failure: Error>: Error {
  /// A trial failed: of all that failed, the first in order.
  case failed(Failure)
  /// They were asked to stop after so many had ended.
  case cancelled(done: Int)
}

/// Runs trials on several threads, the calling one among them, and returns what they gave in their order.
///
/// Each worker makes a state for itself on its own thread and takes the next trial as soon as it has ended one. What
/// comes out does not depend on the number of workers. When a trial fails, no later one is begun, and the failure of
/// the first in order is thrown whichever came to an end first. Fewer threads than asked for are used when there are
/// fewer trials or the system has no more. Blocks until every worker has ended.
///
/// - Parameters:
///   - count: how many trials there are.
///   - workers: how many threads work on them, at least one.
///   - isCancelled: asked before each trial, from any worker.
///   - progress: called on the calling thread, now and then, with the number of trials that have ended and of all.
///   - makeState: makes a worker's state; a failure counts as one before the first trial.
///   - body: runs a trial by its number.
public func runTrials<State: ~Copyable, Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
  progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
  makeState: @escaping @Sendable () throws(Failure) -> State,
  body: @escaping @Sendable (inout State, Int) throws(Failure) -> Output
) throws(TrialsFault<Failure>) -> [Output] {
  let board = TrialBoard<Output, Failure>(count: count)
  @Sendable func work(_ ended: (_ done: Int) -> Void) {
    do throws(Failure) {
      var state = try makeState()
      while let trial = board.take(unless: isCancelled) {
        do throws(Failure) {
          board.put(try body(&state, trial), at: trial)
        } catch {
          board.fail(error, at: trial)
        }
        ended(board.done.load(ordering: .relaxed))
      }
    } catch {
      board.fail(error, at: -1)
    }
  }
  var threads: [WorkerThread] = []
  for _ in 1..<max(1, min(workers, count)) {
    guard let thread = WorkerThread({ work { _ in } }) else { break }
    threads.append(thread)
  }
  if count > 0 { work { progress($0, count) } }
  for thread in threads { thread.join() }
  return try board.outputs()
}

/// What the workers share.
private final class TrialBoard<Output: Sendable, Failure: Error>: Sendable {
  let done = Atomic(0)
  private let count: Int
  private let next = Atomic(0)
  private let wasCancelled = Atomic(false)
  /// No trial from here on is worth beginning.
  private let end: Atomic<Int>
  private let failure = Mutex<(trial: Int, error: Failure)?>(nil)
  /// Each place is written once, by the worker that took the trial, and read after all have been joined.
  private nonisolated(unsafe) let slots: UnsafeMutableBufferPointer<Output?>

  init(count: Int) {
    self.count = count
    end = Atomic(count)
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil)
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
  }

  func take(unless isCancelled: () -> Bool) -> Int? {
    guard next.load(ordering: .relaxed) < end.load(ordering: .relaxed) else { return nil }
    if isCancelled() {
      wasCancelled.store(true, ordering: .relaxed)
      return nil
    }
    // Taken in order, so every trial before one that failed has been begun and will have its say.
    let trial = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return trial < end.load(ordering: .relaxed) ? trial : nil
  }

  func put(_ output: Output, at trial: Int) {
    slots[trial] = output
    done.wrappingAdd(1, ordering: .relaxed)
  }

  func fail(_ error: Failure, at trial: Int) {
    failure.withLock { first in
      if first.map({ trial < $0.trial }) ?? true { first = (trial, error) }
      // Earlier ones that were taken but not begun still run: one of them may be the first to fail.
      end.min(trial, ordering: .relaxed)
    }
  }

  func outputs() throws(TrialsFault<Failure>) -> [Output] {
    if let error = failure.withLock({ $0?.error }) { throw .failed(error) }
    let outputs = slots.compactMap(\.self)
    guard !wasCancelled.load(ordering: .relaxed) || outputs.count == count else {
      throw .cancelled(done: outputs.count)
    }
    return outputs
  }
}
