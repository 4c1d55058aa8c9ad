/// Whole numbers in as few bits each as the one farthest above the least of them needs.
///
/// Eight numbers lie side by side in eight streams of bits, so that one instruction works on several of them: number `i`
/// is row `i / 8` of stream `i % 8`, and word `k` of stream `j` is word `8 * k + j`. The idea of interleaved streams is that of
/// D. Lemire and L. Boytsov, "Decoding billions of integers per second through vectorization", Software: Practice and
/// Experience 45 (2015), doi:10.1002/spe.2203.
enum BitColumn {
  /// The streams side by side.
  static let streams = 8

  private typealias Lanes = SIMD8<UInt64>

  /// How many bytes a column of `count` numbers of `width` bits takes.
  @inline(__always) static func byteCount(_ count: Int, _ width: Int) -> Int {
    let rows = (count &+ streams &- 1) / streams
    return (rows &* width &+ 63) / 64 &* streams &* 8
  }

  /// The least of some numbers, and how many bits the distances from it need. Distances wrap around, so any numbers will do.
  static func measure(_ numbers: UnsafePointer<Int64>, _ count: Int) -> (base: Int64, width: Int) {
    // Four at once, none of which waits for another.
    var (a, b, c, d) = (numbers[0], numbers[0], numbers[0], numbers[0])
    var next = 0
    while next &+ 4 <= count {
      a = min(a, numbers[next])
      b = min(b, numbers[next &+ 1])
      c = min(c, numbers[next &+ 2])
      d = min(d, numbers[next &+ 3])
      next &+= 4
    }
    while next < count {
      a = min(a, numbers[next])
      next &+= 1
    }
    let least = min(min(a, b), min(c, d))
    var bits: UInt64 = 0
    for index in 0..<count { bits |= UInt64(bitPattern: numbers[index] &- least) }
    return (least, 64 - bits.leadingZeroBitCount)
  }

  /// Writes a column at an address that is a multiple of eight; the room behind the numbers, to a multiple of eight of
  /// them, is used.
  static func pack(
    _ numbers: UnsafeMutablePointer<Int64>, _ count: Int, base: Int64, width: Int, at address: UnsafeMutableRawPointer
  ) {
    guard width > 0 else { return }
    let rows = (count &+ streams &- 1) / streams
    for index in count..<rows &* streams { numbers[index] = base }
    let bases = Lanes(repeating: UInt64(bitPattern: base))
    var out = address
    var word = Lanes.zero
    var filled = 0
    for row in 0..<rows {
      let values = UnsafeRawPointer(numbers + row &* streams).loadUnaligned(as: Lanes.self) &- bases
      word |= values &<< Lanes(repeating: UInt64(truncatingIfNeeded: filled))
      filled &+= width
      guard filled >= 64 else { continue }
      out.storeBytes(of: word, as: Lanes.self)
      out += streams &* 8
      filled &-= 64
      // What did not fit any more; a shift by the whole width of a word would do nothing.
      word = filled == 0 ? .zero : values &>> Lanes(repeating: UInt64(truncatingIfNeeded: width &- filled))
    }
    if filled > 0 { out.storeBytes(of: word, as: Lanes.self) }
  }

  /// Reads what ``pack`` wrote; the room behind the numbers, to a multiple of eight of them, is used.
  static func unpack(
    _ address: UnsafeRawPointer, _ count: Int, base: Int64, width: Int, into numbers: UnsafeMutablePointer<Int64>
  ) {
    let rows = (count &+ streams &- 1) / streams
    let bases = Lanes(repeating: UInt64(bitPattern: base))
    let out = UnsafeMutableRawPointer(numbers)
    guard width > 0 else {
      for row in 0..<rows { (out + row &* streams &* 8).storeBytes(of: bases, as: Lanes.self) }
      return
    }
    let mask = Lanes(repeating: .max &>> UInt64(truncatingIfNeeded: 64 &- width))
    var place = address
    var word = place.loadUnaligned(as: Lanes.self)
    var used = 0
    for row in 0..<rows {
      var values = word &>> Lanes(repeating: UInt64(truncatingIfNeeded: used))
      used &+= width
      if used >= 64 {
        used &-= 64
        place += streams &* 8
        // Behind the last row there is no further word.
        if used > 0 || row &+ 1 < rows { word = place.loadUnaligned(as: Lanes.self) }
        if used > 0 { values |= word &<< Lanes(repeating: UInt64(truncatingIfNeeded: width &- used)) }
      }
      (out + row &* streams &* 8).storeBytes(of: (values & mask) &+ bases, as: Lanes.self)
    }
  }
}
