import TradingCore

internal import WharfABI

/// Where the reports of a broker wait for the host.
struct ReportInbox: ~Copyable {
  /// Of quotes and bars, until they are taken.
  var events = ReportBuffer()
  /// Of the call about orders that runs, behind what its caller had.
  var answers = ReportBuffer()
  /// How many `answers` had when the call began.
  var earlier = 0
  var instrumentCount: UInt32 = 0
  let keepsIDs: Bool
  let isStringLayoutKnown = ShortASCII.isStringLayoutKnown

  init(keepsIDs: Bool) { self.keepsIDs = keepsIDs }
}

extension BrokerInstance {
  /// Whether quotes or bars brought reports that were not taken.
  @inline(__always)
  public var hasReports: Bool { !inbox.pointee.events.isEmpty }

  /// What ``onQuote(_:)`` and ``onBar(at:)`` reported since it was last taken or cleared.
  public var reports: [OrderReport] { inbox.pointee.events.copies }

  /// Moves what quotes and bars reported behind what `reports` holds. Two buffers take turns, so it allocates nothing for
  /// a caller that empties its own and offers it again.
  public func takeReports(into reports: inout ReportBuffer) {
    if reports.isEmpty {
      swap(&reports, &inbox.pointee.events)
    } else {
      while !inbox.pointee.events.isEmpty { reports.append(inbox.pointee.events.removeFirst()) }
    }
  }

  /// Forgets the reports of quotes and bars and keeps their storage.
  public func clearReports() { inbox.pointee.events.removeAll() }

  /// Runs a call whose reports belong to the caller, and not among those of quotes and bars.
  @inline(__always)
  func collecting(into reports: inout ReportBuffer, _ body: () -> wharf_status) -> wharf_status {
    swap(&reports, &inbox.pointee.answers)
    inbox.pointee.earlier = inbox.pointee.answers.count
    let status = body()
    swap(&reports, &inbox.pointee.answers)
    return status
  }

  /// Takes a report of the instance behind a sink's context.
  @inline(__always)
  static func tell(_ context: UnsafeMutableRawPointer?, _ raw: UnsafePointer<wharf_order_report>?) {
    guard let context else { return }
    Unmanaged<BrokerInstance>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.take(raw) }
  }

  @inline(__always)
  private func take(_ raw: UnsafePointer<wharf_order_report>?) {
    let call = state.pointee.call
    if let raw, call.reports,
      let report = OrderReport(
        usual: raw, instrumentCount: inbox.pointee.instrumentCount, keepsIDs: inbox.pointee.keepsIDs,
        isStringLayoutKnown: inbox.pointee.isStringLayoutKnown)
    {
      if call == .onQuote || call == .onBar {
        guard inbox.pointee.events.count < PluginInstance.answerLimit else { return takeUnusual(raw) }
        inbox.pointee.events.append(report)
      } else {
        guard inbox.pointee.answers.count &- inbox.pointee.earlier < PluginInstance.answerLimit else {
          return takeUnusual(raw)
        }
        inbox.pointee.answers.append(report)
      }
    } else {
      takeUnusual(raw)
    }
  }

  /// Takes a report that needs a longer look, or refuses it and tells why.
  @inline(never)
  private func takeUnusual(_ raw: UnsafePointer<wharf_order_report>?) {
    let call = state.pointee.call
    let isEvent = call == .onQuote || call == .onBar
    var count = 0
    // Outside such calls, at the end of the instance above all, there may be no inbox.
    if call.reports {
      count = isEvent ? inbox.pointee.events.count : inbox.pointee.answers.count - inbox.pointee.earlier
    }
    var taken: [OrderReport] = []
    take(raw, in: PluginCall.reporting, "report", after: count, into: &taken) { raw throws(Violation) in
      try OrderReport(
        raw, instrumentCount: inbox.pointee.instrumentCount, keepsIDs: inbox.pointee.keepsIDs)
    }
    guard !taken.isEmpty else { return }
    if isEvent { inbox.pointee.events.append(taken) } else { inbox.pointee.answers.append(taken) }
  }
}

extension PluginCall {
  /// Whether reports may come during it.
  @inline(__always)
  fileprivate var reports: Bool {
    switch self {
    case .openOrders, .order, .place, .replace, .cancel, .onQuote, .onBar: true
    default: false
    }
  }
}
