import Foundation
import MarketCalendar
import TradingTypes

@testable import PumpMomentumLogic

/// The inputs computed anew for every bar from all bars before it, as the specification says them, without any state.
struct Naive {
  let bars: [Bar]
  let calendar: SessionCalendar
  let tick: Double
  let barSeconds: Int64
  /// The places of each session's bars.
  private let days: [Int: Range<Int>]
  private let first: Int
  /// The volume of each session's bars by their seconds since its open, as a list of slots.
  private let slots: [Int: [Double]]
  private let averages: [Int64: Double]
  private let hours: [Int64: Double]

  init(_ bars: [Bar], _ calendar: SessionCalendar, tick: Double, barSeconds: Int64) {
    self.bars = bars
    self.calendar = calendar
    self.tick = tick
    self.barSeconds = barSeconds
    let sessions = bars.map { calendar.session(containing: $0.start)!.index }
    var days: [Int: Range<Int>] = [:]
    for (place, session) in sessions.enumerated() {
      days[session] = (days[session]?.lowerBound ?? place)..<place + 1
    }
    self.days = days
    slots = days.reduce(into: [:]) { slots, day in
      let session = calendar.session(at: day.key)!
      slots[day.key] = Array(repeating: 0, count: session.minutes * 60 / Int(barSeconds))
      for bar in bars[day.value] {
        slots[day.key]![Int((bar.start.seconds - session.open.seconds) / barSeconds)] += bar.volume
      }
    }
    first = sessions[0]
    (averages, hours) = calendar.isAroundTheClock ? Naive.clock(bars, barSeconds) : ([:], [:])
  }

  /// The average volume a bar by the instant it stands at, and the volume of each clock hour.
  private static func clock(_ bars: [Bar], _ barSeconds: Int64) -> ([Int64: Double], [Int64: Double]) {
    let volumes = Dictionary(uniqueKeysWithValues: bars.map { ($0.start.seconds, $0.volume) })
    let period = Int(12 * 3600 / barSeconds)
    let weight = 2 / Double(period + 1)
    var (averages, seed) = ([Int64: Double](), [Double]())
    var average: Double?
    for second in stride(from: bars[0].start.seconds, to: bars.last!.end.seconds, by: Int(barSeconds)) {
      let volume = volumes[second] ?? 0
      if let before = average {
        average = weight * volume + (1 - weight) * before
      } else {
        seed.append(volume)
        if seed.count == period { average = seed.reduce(0, +) / Double(period) }
      }
      averages[second + barSeconds] = average
    }
    var hours: [Int64: Double] = [:]
    for bar in bars { hours[bar.start.seconds / 3600, default: 0] += bar.volume }
    return (averages, hours)
  }

  private func isPresent(_ session: Int) -> Bool {
    guard let range = days[session] else { return false }
    return session != first || bars[range.lowerBound].start == calendar.session(at: session)!.open
  }

  /// The close of the last bar ended by an instant, or what stands for it in a session.
  private func price(by instant: Timestamp, _ session: Int, upTo place: Int) -> Double {
    let range = calendar.isAroundTheClock ? 0..<place + 1 : days[session]!.lowerBound..<place + 1
    if let bar = bars[range].last(where: { $0.end <= instant }) { return bar.close }
    return calendar.isAroundTheClock ? .nan : bars[range.lowerBound].open
  }

  private func volume(_ session: Int, from: Int64, to: Int64) -> Double {
    slots[session]![Int(from / barSeconds)..<Int(to / barSeconds)].reduce(0, +)
  }

  private func window(_ minutes: Int, at place: Int, _ session: Session) -> WindowMeasures {
    let (bar, seconds) = (bars[place], Int64(minutes * 60))
    let sinceOpen = bar.end.seconds - session.open.seconds
    var (samples, measures) = ([Double](), WindowMeasures())
    for index in session.index - 20..<session.index where isPresent(index) {
      let other = calendar.session(at: index)!
      if calendar.isAroundTheClock {
        let hour = (other.open.seconds + (bar.start.seconds - session.open.seconds) / 3600 * 3600) / 3600
        samples.append((hours[hour] ?? 0) * Double(minutes) / 60)
      } else if sinceOpen <= Int64(other.minutes * 60) {
        samples.append(volume(index, from: max(0, sinceOpen - seconds), to: sinceOpen))
      }
    }
    measures.baselineCount = samples.count
    measures.change = bar.close / price(by: bar.end.adding(seconds: -seconds), session.index, upTo: place) - 1
    let from = bar.end.adding(seconds: -seconds)
    measures.volume = bars[..<(place + 1)].reversed().prefix { $0.start >= from }
      .filter { calendar.isAroundTheClock || $0.start >= session.open }.reduce(0) { $0 + $1.volume }
    let (sorted, count) = (samples.sorted(), Double(samples.count))
    measures.median =
      samples.isEmpty ? .nan : (sorted[samples.count / 2] + sorted[(samples.count - 1) / 2]) / 2
    measures.average = (averages[bar.end.seconds - seconds] ?? .nan) * Double(seconds / barSeconds)
    measures.base =
      !calendar.isAroundTheClock
      ? measures.median : measures.average.isNaN ? .nan : max(measures.median, measures.average)
    let logs = samples.map { log(1 + $0) }
    measures.mean = logs.reduce(0, +) / count
    measures.deviation = (logs.reduce(0) { $0 + pow($1 - measures.mean, 2) } / count).squareRoot()
    return measures
  }

  private func daily(_ today: Int) -> DailyFigures {
    let present = (today - 14..<today).filter(isPresent)
    var figures = DailyFigures()
    figures.count = present.count
    let ranges = present.map { index -> Double in
      let day = bars[days[index]!]
      let (high, low) = (day.map(\.high).max()!, day.map(\.low).min()!)
      guard let before = days[index - 1].map({ bars[$0].last!.close }) else { return high - low }
      return max(high - low, abs(high - before), abs(low - before))
    }
    let count = Double(present.count)
    figures.atr = ranges.reduce(0, +) / count
    figures.atrShare = figures.atr / (present.last.map { bars[days[$0]!].last!.close } ?? .nan)
    let all = present.flatMap { bars[days[$0]!] }
    figures.volume = all.reduce(0) { $0 + $1.volume } / count
    figures.tradedValue = all.reduce(0) { $0 + ($1.high + $1.low + $1.close) / 3 * $1.volume } / count
    return figures
  }

  /// The inputs at the end of a bar.
  func inputs(at place: Int) -> Inputs {
    let bar = bars[place]
    let session = calendar.session(containing: bar.start)!
    let soFar = bars[days[session.index]!.lowerBound...place]
    let (high, low) = (soFar.map(\.high).max()!, soFar.map(\.low).min()!)
    let volume = soFar.reduce(0) { $0 + $1.volume }
    let hourAgo = bar.end.adding(seconds: -3600)
    let reference = price(by: hourAgo, session.index, upTo: place)
    let closes = bars[..<(place + 1)].reversed().prefix { $0.start >= hourAgo }
      .filter { calendar.isAroundTheClock || $0.start >= session.open }.map(\.close)
    let peak = reference.isNaN ? .nan : max(reference, closes.max()!)
    let fade = (peak - bar.close) / max(peak - reference, tick)
    let before = days[session.index]!.lowerBound - 1
    return Inputs(
      time: bar.end, price: bar.close, five: window(5, at: place, session), fifteen: window(15, at: place, session),
      sixty: window(60, at: place, session), daily: daily(session.index), sessionMinutes: calendar.regularMinutes,
      dayPosition: high == low ? 0.5 : (bar.close - low) / (high - low),
      vwap: volume == 0 ? .nan : soFar.reduce(0) { $0 + ($1.high + $1.low + $1.close) / 3 * $1.volume } / volume,
      fade: fade.isNaN ? .nan : min(1, max(0, fade)),
      gap: soFar.first!.open / (before < 0 ? .nan : bars[before].close) - 1)
  }
}
