/// A file of the workload, as the shared generator writes it.
public enum WorkloadFile: String, CaseIterable, Sendable {
  /// The bars of w1: 48-byte records.
  case minuteRecords = "w1.bin"
  /// The bars of w1 as text.
  case minuteText = "w1.csv"
  /// The bars of w2, symbol after symbol: 48-byte records.
  case dayRecords = "w2.bin"
  /// The bars of w2 as text, with the symbol in front.
  case dayText = "w2.csv"
  /// The bars of w3, symbol after symbol: 48-byte records.
  case liveRecords = "w3.bin"
  /// The pairs of periods of the sweep as text.
  case sweepPairs = "w4_pairs.csv"

  /// The size in bytes and the SHA-256 that the shared document gives.
  public var mustGive: (bytes: Int, sha256: String) {
    switch self {
    case .minuteRecords: (48_000_000, "64de53bfa3cf29ff61190d254a2ac776fe8a75f91297ea64cd8c6323b0ccbdf6")
    case .minuteText: (66_909_226, "bd3fec24cf73b1926d647a60b60cad831fc0d95ecef7110442d36e5f6338d68f")
    case .dayRecords: (60_480_000, "9d9a9768c9c5074ce15abe081e040c6521aef56529f19983c0a4b288a9ec4066")
    case .dayText: (91_769_175, "4075cef443b0d63951a886cee0a0d27f2bbbc8fb44930065376ce2175c332dff")
    case .liveRecords: (6_048_000, "95ed206b44d1d27fac6927610d7ca0805020bc08c8d09290f0e11d1708fe4ebd")
    case .sweepPairs: (1350, "eb9746e39a698ff2fe4137a0569f96cc68a7ee3aa3cd195deb2ce3ee57288d20")
    }
  }

  /// Which of the document's workloads reads it.
  public var set: String { String(rawValue.prefix(2)) }

  /// Hands the file to `sink` in pieces of some 64 KiB, in order; throws what `sink` throws.
  ///
  /// - Parameter rows: how many bars (lines after the first of `w4_pairs.csv`) at most; none means all.
  public func write<Failure: Error>(
    rows: Int? = nil, into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = rows ?? .max
    var bytes = PieceBuffer()
    if let header { bytes.put(text: header) }
    switch self {
    case .minuteRecords, .minuteText:
      var walk = WorkloadData.minuteWalk()
      var row = BarRow(start: WorkloadData.minuteStart, step: WorkloadData.minuteStep)
      for _ in 0..<min(rest, WorkloadData.minuteCount) {
        row.put(walk.next(), asText: self == .minuteText, into: &bytes)
        if bytes.isFull { try bytes.drain(into: sink) }
      }
    case .dayRecords, .dayText, .liveRecords:
      for symbol in 0..<WorkloadData.symbols where rest > 0 {
        var walk = WorkloadData.dayWalk(symbol: symbol)
        var row = BarRow(start: WorkloadData.dayStart, step: WorkloadData.dayStep)
        if self == .liveRecords {
          for _ in 0..<WorkloadData.historyDays { row.pass(walk.next()) }
        }
        let days = min(rest, self == .liveRecords ? WorkloadData.liveDays : WorkloadData.historyDays)
        rest -= days
        for _ in 0..<days {
          if self == .dayText { bytes.put(symbol: symbol) }
          row.put(walk.next(), asText: self == .dayText, into: &bytes)
          if bytes.isFull { try bytes.drain(into: sink) }
        }
      }
    case .sweepPairs:
      for pair in WorkloadData.sweepPairs.prefix(rest) { bytes.put(text: "\(pair.fast),\(pair.slow)\n") }
    }
    try bytes.drain(into: sink)
  }

  private var header: String? {
    switch self {
    case .minuteRecords, .dayRecords, .liveRecords: nil
    case .minuteText: "ts,open,high,low,close,volume\n"
    case .dayText: "symbol,ts,open,high,low,close,volume\n"
    case .sweepPairs: "fast,slow\n"
    }
  }
}
