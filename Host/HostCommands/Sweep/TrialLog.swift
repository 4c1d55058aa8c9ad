import Synchronization

/// What plugins said while trials ran: each line once, with the number of times.
final class TrialLog: Sendable {
  private struct Lines {
    var order: [String] = []
    var counts: [String: Int] = [:]
  }

  private let lines = Mutex(Lines())

  /// How many different lines are kept.
  private static let most = 100

  /// Takes the lines of one trial.
  func take(_ said: [String]) {
    guard !said.isEmpty else { return }
    lines.withLock { lines in
      for line in said {
        if let count = lines.counts[line] {
          lines.counts[line] = count + 1
        } else if lines.order.count < Self.most {
          lines.order.append(line)
          lines.counts[line] = 1
        }
      }
    }
  }

  /// The lines in the order they were first said, with how often.
  var summary: [String] {
    lines.withLock { lines in
      lines.order.map { line in
        let count = lines.counts[line] ?? 1
        return count > 1 ? "\(line) (\(count) times)" : line
      }
    }
  }
}

/// What plugins say during one trial.
final class TrialLines: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ line: String) { lines.withLock { $0.append(line) } }

  /// The lines since this was last asked.
  func takeAll() -> [String] {
    lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }
}
