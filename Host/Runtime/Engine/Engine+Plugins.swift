import TradingCore
import TradingTypes

// Plugins that fail. What happens to them is an input like any other: journaled, and taken from the journal while the session
// repeats what happened before, so that an earlier life's crash has the same effects in a life that has none.
extension Engine {
  /// Takes failures and replacements into the core, each with everything it leads to.
  mutating func lookAfterPlugins() throws {
    if journal.isReplaying { try replayJournal() }
    guard let supervision, time >= pluginWatch.dueAt else { return }
    if isRepeating { return try supervision.requireNoNews() }
    for event in try supervision.lookAfter(at: time) { try feed(batch: [event]) }
  }
}
