import Runtime

/// Takes the instants at which a backtest decides.
final class DecisionTimes: AccountObserver {
  private(set) var marks: [AccountMark] = []

  func take(_ marks: UnsafeBufferPointer<AccountMark>) { self.marks += marks }
}
