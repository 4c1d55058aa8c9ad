import Glibc

/// Notes that the process is told to end, so that the tests' processes and folders go first.
final class Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private nonisolated(unsafe) static var noted: sig_atomic_t = 0

  /// From now on the signals are only noted, also where whoever started this process had them blocked.
  init() {
    Interruption.noted = 0
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for number in Interruption.signals { sigaddset(&awaited, number) }
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
    for number in Interruption.signals { Glibc.signal(number) { Interruption.noted = $0 } }
  }

  deinit {
    for number in Interruption.signals { Glibc.signal(number, SIG_DFL) }
  }

  /// The signal that came, if one did.
  static var signal: Int32? { noted == 0 ? nil : noted }

  /// Ends the process by the signal.
  static func obey(_ number: Int32) -> Never {
    Glibc.signal(number, SIG_DFL)
    raise(number)
    _exit(128 + number)
  }
}
