import TradingTypes
import WharfABI

/// Something a scanner saw. It carries no order and no signal, so nothing can be traded with it.
public struct Observation: Hashable, Sendable {
  /// What kind of report it is.
  public enum Kind: Int32, Hashable, Sendable, CaseIterable {
    /// Something a person should see.
    case alert = 1
    /// Alerts of one scan beyond those shown one by one, in text.
    case digest = 2
    /// An episode ended without an alert; the code says why.
    case episodeClosed = 3
    /// What became of the alert with this number: fields.
    case label = 4
    /// An evaluation that led to nothing; only sent while ``SessionStart/explain`` is set.
    case evaluated = 5
  }

  /// Whose it is.
  public var instrument: InstrumentID
  /// What kind it is.
  public var kind: Kind
  /// The instant of the scan: the bar's end.
  public var time: Timestamp
  /// The number of the alert within this instance, from 1; 0 for digests and evaluations.
  public var number: UInt64 = 0
  /// The number of the episode within this instance, from 1; 0: none.
  public var episode: UInt64 = 0
  /// The price at the scan; `nil`: none.
  public var price: Double?
  /// The score; `nil`: none.
  public var score: Double?
  /// The level: `pump_signal`; may be empty.
  public var level = ""
  /// Why: `open`, `higher_level`, `quiet`, `insufficient_baseline`.
  public var code = ""
  /// Groups `inputs`, `flags`, `labels`.
  public var fields: [Field] = []
  /// One line for a person.
  public var text = ""

  /// Makes an observation; set what else is known.
  public init(_ kind: Kind, _ instrument: InstrumentID, at time: Timestamp) {
    self.kind = kind
    self.instrument = instrument
    self.time = time
  }

  func withRaw(_ body: (UnsafePointer<wharf_observation>) -> Void) {
    var length = level.utf8.count + code.utf8.count + text.utf8.count
    for field in fields { length += field.textLength }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { memory in
      withUnsafeTemporaryAllocation(of: wharf_field.self, capacity: fields.count) { rawFields in
        var arena = TextArena(memory)
        for (index, field) in fields.enumerated() { rawFields.initializeElement(at: index, to: field.raw(&arena)) }
        var raw = wharf_observation()
        raw.struct_size = UInt32(MemoryLayout<wharf_observation>.size)
        raw.instrument = instrument.index
        raw.kind = kind.rawValue
        raw.time = time.nanoseconds
        raw.number = number
        raw.episode = episode
        raw.price = price ?? .nan
        raw.score = score ?? .nan
        (raw.level, raw.level_length) = arena.put(level)
        (raw.code, raw.code_length) = arena.put(code)
        raw.fields = UnsafePointer(rawFields.baseAddress)
        raw.field_count = UInt64(fields.count)
        (raw.text, raw.text_length) = arena.put(text)
        withUnsafePointer(to: raw, body)
      }
    }
  }
}
