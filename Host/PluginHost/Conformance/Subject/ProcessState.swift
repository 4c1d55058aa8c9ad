import Glibc

/// What code can change about the process it runs in without telling anybody.
struct ProcessState: Equatable {
  private var folder: String
  private var mask: mode_t
  private var variables: [String]
  private var handlers: [UInt]
  private var descriptors: [Int32]
  private var locale: String
  private var rounding: Int32
  private var limits: [UInt]

  /// How the process is now.
  init() {
    folder = ""
    if let path = getcwd(nil, 0) {
      folder = String(cString: path)
      free(path)
    }
    mask = umask(0)
    umask(mask)
    variables = []
    var entry = environ
    while let variable = entry.pointee {
      variables.append(String(cString: variable))
      entry += 1
    }
    handlers = (1...64 as ClosedRange<Int32>).map { number in
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0 else { return 0 }
      return unsafeBitCast(action.__sigaction_handler, to: UInt.self)
    }
    descriptors = openDescriptors()
    locale = setlocale(Int32(LC_ALL), nil).map { String(cString: $0) } ?? ""
    rounding = fegetround()
    limits = [RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_CORE, RLIMIT_STACK].map {
      var limit = rlimit()
      getrlimit(__rlimit_resource_t($0.rawValue), &limit)
      return UInt(limit.rlim_cur)
    }
  }

  /// What is different from an earlier state, in words.
  func changes(since earlier: ProcessState) -> [String] {
    var changes: [String] = []
    func compare(_ isSame: Bool, _ what: String) { if !isSame { changes.append(what) } }
    compare(folder == earlier.folder, "the working folder")
    compare(mask == earlier.mask, "the file mode mask")
    compare(variables == earlier.variables, "the environment")
    compare(descriptors == earlier.descriptors, "the open descriptors")
    compare(locale == earlier.locale, "the locale")
    compare(rounding == earlier.rounding, "the rounding of numbers")
    compare(limits == earlier.limits, "the limits of the process")
    for (number, (now, before)) in zip(1..., zip(handlers, earlier.handlers)) where now != before {
      changes.append("the handler of \(SignalText.of(Int32(number)))")
    }
    return changes
  }
}

/// How many threads this process has.
func threadCount() -> Int { names(inFolder: "/proc/self/task").count }

/// Runs work on another thread and waits for it.
func onAnotherThread<Result>(_ work: @escaping () -> Result) throws -> Result {
  var result: Result?
  let job = Unmanaged.passRetained(ThreadJob { result = work() })
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, nil,
    { raw in
      Unmanaged<ThreadJob>.fromOpaque(raw!).takeRetainedValue().work()
      return nil
    }, job.toOpaque())
  guard failure == 0 else {
    job.release()
    throw Unusable("a thread cannot be started: \(String(cString: strerror(failure)))")
  }
  pthread_join(thread, nil)
  return result!
}

private final class ThreadJob {
  let work: () -> Void
  init(_ work: @escaping () -> Void) { self.work = work }
}
