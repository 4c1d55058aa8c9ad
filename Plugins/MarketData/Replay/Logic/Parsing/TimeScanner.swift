import TradingTypes

/// Reads the usual forms of time in UTC: `YYYY-MM-DD`, and that with `T` or a space, `hh:mm:ss` and `Z` or `+00:00`.
///
/// It gives up, and leaves the text to ``CarefulTime``, on any other form. The last date is remembered, because rows of
/// one day follow each other.
struct TimeScanner {
  private var dateHead: UInt64 = 0
  private var dateTail: UInt16 = 0
  private var midnight: Int64 = 0
  private let takesNaive: Bool

  /// Takes clock times without a zone as UTC, or gives up on them.
  init(takesNaive: Bool) { self.takesNaive = takesNaive }

  /// Reads a time at an address, which moves behind it; false: gave up. Thirty bytes past the text must be readable.
  @inline(__always) mutating func scan(_ address: inout UnsafeRawPointer, _ nanoseconds: inout Int64) -> Bool {
    let head = address.loadUnaligned(as: UInt64.self)
    let tail = (address + 8).loadUnaligned(as: UInt16.self)
    if head != dateHead || tail != dateTail {
      guard readDate(address) else { return false }
      dateHead = head
      dateTail = tail
    }
    let mark = (address + 10).load(as: UInt8.self)
    guard mark == UInt8(ascii: "T") || mark == UInt8(ascii: " ") else {
      // A date alone; whoever reads on checks that the field ends here.
      address += 10
      nanoseconds = midnight
      return true
    }
    let clock = (address + 11).loadUnaligned(as: UInt64.self) ^ 0x3030_3A30_303A_3030
    let others = ((clock &+ 0x7676_7676_7676_7676) | clock) & 0x8080_8080_8080_8080
    guard others | (clock & 0x0000_FF00_00FF_0000) == 0 else { return false }
    let hour = (clock & 0xFF) &* 10 &+ (clock &>> 8 & 0xFF)
    let minute = (clock &>> 24 & 0xFF) &* 10 &+ (clock &>> 32 & 0xFF)
    let second = (clock &>> 48 & 0xFF) &* 10 &+ (clock &>> 56)
    guard hour < 24, minute < 60, second < 60 else { return false }
    address += 19
    if address.load(as: UInt8.self) == UInt8(ascii: "Z") {
      address += 1
    } else if address.loadUnaligned(as: UInt32.self) == 0x3A30_302B,  // "+00:"
      (address + 4).loadUnaligned(as: UInt16.self) == 0x3030
    {
      address += 6
    } else if !takesNaive {
      return false
    }
    let seconds = hour &* 3600 &+ minute &* 60 &+ second
    nanoseconds = midnight &+ Int64(truncatingIfNeeded: seconds) &* 1_000_000_000
    return true
  }

  private mutating func readDate(_ address: UnsafeRawPointer) -> Bool {
    let parts = address.loadUnaligned(as: UInt64.self) ^ 0x2D30_302D_3030_3030
    let others = ((parts &+ 0x7676_7676_7676_7676) | parts) & 0x8080_8080_8080_8080
    let day = (address + 8).loadUnaligned(as: UInt16.self) ^ 0x3030
    guard others | (parts & 0xFF00_00FF_0000_0000) == 0, day & 0xFF < 10, day &>> 8 < 10 else { return false }
    func digit(_ place: UInt64) -> Int { Int(truncatingIfNeeded: parts &>> (place &* 8) & 0xFF) }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    guard let date = CivilDate(year: year, month: month, day: Int(day & 0xFF) * 10 + Int(day &>> 8)) else {
      return false
    }
    midnight = Int64(date.daysSinceEpoch) &* 86_400_000_000_000
    return true
  }
}
