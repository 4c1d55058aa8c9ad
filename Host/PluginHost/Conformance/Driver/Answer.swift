import PluginHost
import TradingCore

/// Something a plugin handed to the host.
enum Answer: Hashable {
  case signal(SignalProposal)
  case virtualTrade(VirtualTrade)
  case check(Check)
  case observation(Observation)
  case report(OrderReport)
  case position(BrokerPosition)
  case account(BrokerAccount)
  case series(Series)
  case dataFault(DataFault)
  case fingerprint([UInt8])
  case bars(count: UInt64, hash: UInt64)
  /// One that a session would drop.
  case refused(AnswerReading.Refusal)
}

/// One thing that came back from a call.
struct DriveEvent: Hashable {
  /// The number of the call among those made into the instance.
  var step: Int
  /// The function.
  var call: String
  /// What came.
  var what: What

  enum What: Hashable {
    case status(Int32)
    case answer(Answer)
  }
}

extension DriveEvent: CustomStringConvertible {
  var description: String {
    switch what {
    case .status(let status): "call \(step), \(call): status \(Status.name(status))"
    case .answer(let answer): "call \(step), \(call): \(String(describing: answer).prefix(400))"
    }
  }

  /// Where two records begin to differ, as found against expected; `nil` when they are the same.
  static func difference(_ expected: [DriveEvent], _ found: [DriveEvent]) -> (expected: String, found: String)? {
    guard expected != found else { return nil }
    let place = zip(expected, found).prefix { $0 == $1 }.count
    func shown(_ events: [DriveEvent]) -> String { place < events.count ? "\(events[place])" : "nothing more" }
    return (shown(expected), shown(found))
  }
}
