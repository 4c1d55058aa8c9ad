import Glibc

/// Runs `body` once for each number below `count`, each on a thread of its own, and returns when all have returned.
///
/// Where the system gives no further thread, the caller's does that part.
func runInParallel(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  final class Job {
    let number: Int
    let body: @Sendable (Int) -> Void
    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) { (self.number, self.body) = (number, body) }
  }
  var threads: [pthread_t] = []
  for number in 1..<max(count, 1) {
    let job = Unmanaged.passRetained(Job(number, body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { raw in
        let job = Unmanaged<Job>.fromOpaque(raw!).takeRetainedValue()
        job.body(job.number)
        return nil
      }, job.toOpaque())
    if status == 0 {
      threads.append(thread)
    } else {
      job.release()
      body(number)
    }
  }
  if count > 0 { body(0) }
  for thread in threads { pthread_join(thread, nil) }
}
