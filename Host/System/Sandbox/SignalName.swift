import CSandbox

/// Signals by name (signal(7)).
public enum SignalName {
  /// `SIGSEGV`; `signal 40` for one without a name.
  public static func of(_ number: Int32) -> String {
    sandbox_signal_name(number).map { "SIG" + String(cString: $0) } ?? "signal \(number)"
  }
}
