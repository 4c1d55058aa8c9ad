/// How long a plugin may take for each call. Time that the host spends in its own functions that may block does not count.
public struct CallDeadlines: Hashable, Sendable {
  /// Nanoseconds for making, starting and ending an instance, and for opening a source.
  public var making: Int64 = 10_000_000_000
  /// Nanoseconds for calls that must not block: bars, evaluations, fills.
  public var prompt: Int64 = 1_000_000_000
  /// Nanoseconds for calls that may block.
  public var blocking: Int64 = 30_000_000_000
  /// Nanoseconds for loading the file.
  public var loading: Int64 = 10_000_000_000
  /// Exceptions by the call's name: `notifier.notify`.
  public var exceptions: [String: Int64] = ["notifier.notify": 1_000_000_000]

  /// The usual limits.
  public static let usual = CallDeadlines()

  /// Makes the usual limits.
  public init() {}

  private static let making: Set<String> = ["create", "start", "open", "destroy"]

  /// The limit of a function.
  func limit(of function: ABIDescription.Function) -> Int64 {
    if let exception = exceptions[function.name] { return exception }
    let name = function.name.split(separator: ".").last.map(String.init) ?? function.name
    return CallDeadlines.making.contains(name) ? making : function.mayBlock ? blocking : prompt
  }
}
