/// Where a position stands between entry order and performance.
public enum PositionState: String, Hashable, Sendable, Codable, CaseIterable {
  case none
  case pendingOrder = "pending_order"
  case open
  case pendingClose = "pending_close"
  case closed
  case performanceRecorded = "performance_recorded"

  /// What can happen to a position.
  public enum Event: Hashable, Sendable, CaseIterable {
    case orderEntry, entryEndedUnfilled, entryFill, orderExit, exitEndedUnfilled, exitFillPart, exitFillAll
    case recordPerformance
  }

  /// The state after an event; `nil` for a move that is not legal.
  public func after(_ event: Event) -> PositionState? {
    switch (self, event) {
    case (.none, .orderEntry): .pendingOrder
    case (.pendingOrder, .entryEndedUnfilled): PositionState.none
    case (.pendingOrder, .entryFill), (.open, .entryFill): .open
    // The rest of an entry can fill while an exit is already under way.
    case (.pendingClose, .entryFill): .pendingClose
    case (.open, .orderExit), (.pendingClose, .orderExit): .pendingClose
    case (.pendingClose, .exitEndedUnfilled): .open
    // A resting stop or target fills without an exit having been ordered.
    case (.open, .exitFillPart): .open
    case (.pendingClose, .exitFillPart): .pendingClose
    case (.open, .exitFillAll), (.pendingClose, .exitFillAll): .closed
    case (.closed, .recordPerformance): .performanceRecorded
    default: nil
    }
  }
}
