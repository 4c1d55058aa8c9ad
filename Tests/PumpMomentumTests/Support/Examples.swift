import MarketCalendar
import PluginSDK
import PluginTestKit
import TradingTypes

@testable import PumpMomentumLogic

extension WindowMeasures {
  /// A window with a return, a multiple of volume and deviations of log volume.
  static func example(change: Double = 0, multiple: Double = 1, z: Double = 0) -> WindowMeasures {
    var window = WindowMeasures()
    window.baselineCount = 12
    window.change = change
    window.median = 1000
    window.base = 1000
    window.volume = 1000 * multiple
    window.deviation = 1
    // The mean that makes the deviations come out.
    window.mean = 0
    window.mean = window.zVolume - z
    return window
  }
}

extension Inputs {
  /// The inputs of a share whose usual range is 4 %, at its high and above VWAP unless told otherwise.
  static func example(
    r15: Double = 0, multiple: Double = 1, z: Double = 0, hod: Double = 1, fade: Double = 0, price: Double = 101,
    vwap: Double = 100, r60: Double = 0, atrShare: Double = 0.04
  ) -> Inputs {
    var daily = DailyFigures()
    daily.count = 14
    daily.atrShare = atrShare
    return Inputs(
      time: Timestamp("2022-03-23T13:44:00Z"), price: price, five: .example(),
      fifteen: .example(change: r15, multiple: multiple, z: z), sixty: .example(change: r60), daily: daily,
      sessionMinutes: 390, dayPosition: hod, vwap: vwap, fade: fade, gap: 0)
  }
}

func rules(_ instrument: Instrument = .share(), _ parameters: Parameters = Parameters()) -> Rules {
  try! Rules(parameters, instrument, instrument.market == .equity ? .xnys : .aroundTheClock)
}
