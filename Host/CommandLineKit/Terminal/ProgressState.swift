/// How far a long piece of work is, as one line of text.
public struct ProgressState: Equatable, Sendable {
  /// What is being done, such as `replaying`.
  public var step: String
  /// How many units are done.
  public var completed: Int
  /// How many units there are, or `nil` when nobody knows.
  public var total: Int?
  /// What is counted, such as `bars`.
  public var unit: String
  /// Time since the step began, in nanoseconds.
  public var elapsed: UInt64

  /// A state as given.
  public init(step: String, completed: Int = 0, total: Int? = nil, unit: String = "", elapsed: UInt64 = 0) {
    self.step = step
    self.completed = completed
    self.total = total
    self.unit = unit
    self.elapsed = elapsed
  }

  /// The part that is done, from 0 to 1; `nil` when the total is unknown.
  public var fraction: Double? {
    guard let total else { return nil }
    guard total > 0 else { return 1 }
    return min(max(Double(completed) / Double(total), 0), 1)
  }

  /// The seconds that are left at the pace so far; `nil` before there is a pace, and when the total is unknown.
  public var secondsLeft: Double? {
    guard let fraction, fraction > 0 else { return nil }
    return Double(elapsed) / 1e9 * (1 - fraction) / fraction
  }

  /// The state in at most `width` terminal columns: step, bar, percentage, count and time left; the bar goes first when
  /// space is short.
  public func line(width: Int) -> String {
    var counts = total.map { "\(completed)/\($0)" } ?? "\(completed)"
    if !unit.isEmpty { counts += " " + printable(unit) }
    guard let fraction else {
      return truncated("\(printable(step))  \(counts)  \(clockText(Double(elapsed) / 1e9))", to: width)
    }
    var tail = padded("\(Int(fraction * 100))%", to: 4, .right) + "  " + counts
    if let secondsLeft, fraction < 1 { tail += "  ETA " + clockText(secondsLeft.rounded(.up)) }
    let head = printable(step)
    let frame = "  [] ".utf8.count
    let cells = min(width - displayWidth(head) - displayWidth(tail) - frame, 40)
    guard cells >= 10 else { return truncated(head + " " + tail, to: width) }
    let filled = Int(fraction * Double(cells))
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: cells - filled)
    return "\(head)  [\(bar)] \(tail)"
  }
}

/// Seconds as `m:ss` or `h:mm:ss`; `--:--` beyond a hundred hours.
func clockText(_ seconds: Double) -> String {
  guard seconds >= 0, seconds < 360_000 else { return "--:--" }
  let whole = Int(seconds)
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  let (hours, minutes) = (whole / 3600, whole / 60 % 60)
  return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
}
