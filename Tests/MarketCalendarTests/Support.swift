import Foundation
import MarketCalendar
import TradingTypes

/// The folder of real market data: `WHARF_SHARED`, else `../shared` beside the package; `nil` (said on stderr) without.
let sharedData: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder =
    ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")
  let data = folder.appending(path: "data")
  if FileManager.default.fileExists(atPath: data.path) { return data }
  FileHandle.standardError.write(
    Data(
      "SKIPPED: tests against the shared data: no folder \(data.path); set WHARF_SHARED to the one that holds it\n".utf8
    ))
  return nil
}()

func date(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { fatalError("no date: \(text)") }
  return date
}

func instant(_ text: String) -> Timestamp {
  guard let instant = Timestamp(rfc3339: text) else { fatalError("no instant: \(text)") }
  return instant
}

func time(_ text: String) -> TimeOfDay {
  guard let time = TimeOfDay(text) else { fatalError("no time of day: \(text)") }
  return time
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
