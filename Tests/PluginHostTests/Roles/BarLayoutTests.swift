import Testing
import TradingTypes
import WharfABI

@Suite struct `A bar` {
  @Test func `has the layout of the ABI's, so that it crosses without a copy`() {
    #expect(MemoryLayout<Bar>.size == MemoryLayout<wharf_bar>.size)
    #expect(MemoryLayout<Bar>.stride == MemoryLayout<wharf_bar>.stride)
    #expect(MemoryLayout<Bar>.alignment == MemoryLayout<wharf_bar>.alignment)
    let offsets: [(Int?, Int?)] = [
      (MemoryLayout<Bar>.offset(of: \.start), MemoryLayout<wharf_bar>.offset(of: \.start)),
      (MemoryLayout<Bar>.offset(of: \.end), MemoryLayout<wharf_bar>.offset(of: \.end)),
      (MemoryLayout<Bar>.offset(of: \.open), MemoryLayout<wharf_bar>.offset(of: \.open)),
      (MemoryLayout<Bar>.offset(of: \.high), MemoryLayout<wharf_bar>.offset(of: \.high)),
      (MemoryLayout<Bar>.offset(of: \.low), MemoryLayout<wharf_bar>.offset(of: \.low)),
      (MemoryLayout<Bar>.offset(of: \.close), MemoryLayout<wharf_bar>.offset(of: \.close)),
      (MemoryLayout<Bar>.offset(of: \.volume), MemoryLayout<wharf_bar>.offset(of: \.volume)),
      (MemoryLayout<Bar>.offset(of: \.instrument), MemoryLayout<wharf_bar>.offset(of: \.instrument)),
      (MemoryLayout<Bar>.offset(of: \.flags), MemoryLayout<wharf_bar>.offset(of: \.flags)),
    ]
    for (index, (swift, c)) in offsets.enumerated() {
      #expect(swift == c, "field \(index)")
      #expect(swift != nil)
    }
    #expect(BarFlags.sessionFirst.rawValue == UInt32(WHARF_SESSION_FIRST))
    #expect(BarFlags.sessionLast.rawValue == UInt32(WHARF_SESSION_LAST))
  }
}
