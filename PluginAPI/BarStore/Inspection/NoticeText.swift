import TradingTypes

extension SeriesNotice {
  /// A jump that looks like a split, in words.
  public func splitText(_ symbol: String) -> String {
    let ratio = SplitRatio(close: close, open: open)
    return "\(symbol) opens at \(open) on \(CivilDate(utc: after)) after a close of \(close), which looks like a "
      + "\(ratio?.description ?? "?") split in prices that are not adjusted (factor \(ratio?.factor ?? 1)); the row stays, "
      + "use adjusted prices if so"
  }
}

extension GapReport {
  /// What is missing, in words: how much, by which rule, where most and where first.
  public func text(_ symbol: String, barSeconds: Int32) -> String {
    guard let largest else { return "no bar of \(symbol) is missing" }
    func shown(_ notice: SeriesNotice) -> String {
      let isDaily = barSeconds == 86_400
      func time(_ time: Timestamp) -> String { isDaily ? "\(CivilDate(utc: time))" : "\(time)" }
      return "\(notice.count) between \(time(notice.before)) and \(time(notice.after))"
    }
    let first = notices.prefix(3).map(shown).joined(separator: ", ")
    return "missing bars of \(symbol): \(missing), places: \(places), expected \(rule.rawValue): \(first)"
      + (places > 3 ? " ..., most of all \(shown(largest))" : "")
  }
}
