import Hashing
import PluginHost
import Testing
import TradingCore
import TradingTypes

/// A source in C that gives the answers which the wanted symbol's number asks for.
enum GarbageSource {
  static let opened = [
    BadAnswer("s.struct_size = 1", "series.struct_size: expected 72, found 1"),
    BadAnswer("s.symbol_length = 0", "series.symbol: expected an id, found nothing"),
    BadAnswer("s.symbol = \"A,B\"; s.symbol_length = 3", "series.symbol: expected no comma, found \"A,B\""),
    BadAnswer("s.bar_seconds = 0", "series.bar_seconds: expected more than 0, found 0"),
    BadAnswer("s.last_start = -1", "series.last_start: expected not before first_start, found -1"),
    BadAnswer("s.step = -1", "series.step: expected 0 or more, found -0.000000001"),
    BadAnswer(
      "s.currency = \"usd\"; s.currency_length = 3",
      "series.currency: expected a code such as USD, or nothing, found \"usd\""),
    BadAnswer("f.skipped = 2", "fault.skipped: expected 0 or 1, found 2"),
    BadAnswer("f.code_length = 0", "fault.code: expected a name, found nothing"),
    BadAnswer("print = 31", "fingerprint: expected 32 bytes, found 31"),
  ]
  /// Broken promises of the answers as a whole.
  static let contents = [
    BadAnswer("print = 0", "market_data.open: fingerprint: expected one, found 0"),
    BadAnswer("twice = 1", "market_data.open: series.symbol: expected one after AAPL, found AAPL"),
    BadAnswer("status = WHARF_E_IO", "market_data.open: status: expected ok, not_found or invalid, found io"),
  ]
  static let bars =
    [
      BadAnswer("b[1].instrument = 1", "bar.instrument: expected one of the 1 series, found 1"),
      BadAnswer(
        "b[1].start = b[0].start",
        "bar.start: expected one after 1970-01-02T00:00:00Z of instrument 0, found 1970-01-02T00:00:00Z of instrument 0"
      ),
      BadAnswer("*n = 5000", "count: expected 1 to 2048, found 5000"),
      BadAnswer("*n = 0", "count: expected 1 to 2048, found 0"),
      BadAnswer("return WHARF_E_IO", "status: expected ok, or end without bars, found io"),
      BadAnswer("return WHARF_E_END", "status: expected ok, or end without bars, found end"),
    ]
    + ["open", "high", "low", "close"].flatMap { name in
      ["NAN", "INFINITY", "-1", "0"].map { BadAnswer("b[1].\(name) = \($0)", "bar of AAPL at 1970-01-03T00:00:00Z") }
    } + ["NAN", "INFINITY", "-1"].map { BadAnswer("b[1].volume = \($0)", "bar of AAPL at 1970-01-03T00:00:00Z") } + [
      BadAnswer("b[1].low = 13", "bar of AAPL at 1970-01-03T00:00:00Z")
    ]

  static let source =
    CPlugin.prelude() + """
      static int anything, what, done;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        (void)h; *o = (wharf_instance *)&anything; return WHARF_OK;
      }
      static wharf_status open(wharf_instance *i, const char *symbols, uint64_t n, const wharf_market_data_sink *k) {
        (void)i;
        what = 0; done = 0;
        for (uint64_t c = 0; c < n; c++) what = what * 10 + symbols[c] - '0';
        if (what == 999) return WHARF_E_NOT_FOUND;
        wharf_series s = {sizeof s, 86400, "AAPL", 4, 86400000000000, 2 * 86400000000000, 2, 0, "USD", 3};
        wharf_data_fault f = {sizeof f, 1, "a.csv", 5, 3, "high_below_open", 15, "why", 3};
        uint64_t print = 32; int twice = 0; wharf_status status = what == 998 ? WHARF_E_INVALID : WHARF_OK;
        switch (what) {
        \(BadAnswer.cases(opened))
        default: break;
        }
        switch (what - 100) {
        \(BadAnswer.cases(contents))
        default: break;
        }
        k->series(k->context, &s);
        if (twice) k->series(k->context, &s);
        k->fault(k->context, &f);
        if (print) k->fingerprint(k->context, (const uint8_t *)"0123456789abcdef0123456789abcdef", print);
        return status;
      }
      static wharf_status read(wharf_instance *i, wharf_bar *b, uint64_t capacity, uint64_t *n) {
        (void)i; (void)capacity;
        if (done) return WHARF_E_END;
        done = 1;
        for (int d = 0; d < 2; d++)
          b[d] = (wharf_bar){(d + 1) * 86400000000000, (d + 2) * 86400000000000, 10, 12, 9, 11, 100, 0, 0};
        *n = 2;
        switch (what - 200) {
        \(BadAnswer.cases(bars))
        default: break;
        }
        return WHARF_OK;
      }
      static wharf_status rewind(wharf_instance *i) { (void)i; done = 0; return WHARF_OK; }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_market_data data = {.struct_size = sizeof(wharf_market_data), .create = create, .open = open,
        .read = read, .rewind = rewind, .destroy = destroy};

      """ + CPlugin.entry(["wharf.market_data/1": "data"])
}

@Suite(.serialized) struct `A market-data source's answers` {
  let fixture: LoadedFixture
  let recorder = Recorder()

  private static let shared = Result { try LoadedFixture(GarbageSource.source, role: "market_data") }

  init() throws { fixture = try Self.shared.get() }

  private func source() throws -> MarketDataInstance {
    try MarketDataInstance(fixture.image, recorder.services(fixture.image))
  }

  @Test func `arrive with every value when they are right`() throws {
    let source = try source()
    var faults: [DataFault] = []
    let contents = try source.open(symbols: []) { faults.append($0) }
    #expect(contents.fingerprint == Digest(bytes: Array("0123456789abcdef0123456789abcdef".utf8)))
    #expect(
      contents.series == [
        Series(
          symbol: "AAPL", barSeconds: 86_400, firstStart: CivilDate(daysSinceEpoch: 1).midnightUTC,
          lastStart: CivilDate(daysSinceEpoch: 2).midnightUTC, barCount: 2, step: nil, currency: .usd)
      ])
    #expect(faults == [DataFault(isSkipped: true, file: "a.csv", line: 3, code: "high_below_open", text: "why")])
    for _ in 0..<2 {
      var bars: [Bar] = []
      #expect(try source.read(into: &bars))
      #expect(try !source.read(into: &bars))
      #expect(bars.map(\.start) == [1, 2].map { CivilDate(daysSinceEpoch: $0).midnightUTC })
      #expect(bars.last?.close == 11)
      #expect(bars.last?.volume == 100)
      try source.rewind()
    }
  }

  @Test func `make it unusable when they cannot be`() throws {
    for (index, answer) in GarbageSource.opened.enumerated() {
      recorder.clear()
      let source = try source()
      #expect(throws: MarketDataError.self) { _ = try source.open(symbols: ["\(index + 1)"]) { _ in } }
      #expect(recorder.messages == ["market_data.open: " + answer.fault], "\(answer.change)")
    }
    for (index, answer) in GarbageSource.contents.enumerated() {
      #expect(try fault { _ = try $0.open(symbols: ["\(index + 101)"]) { _ in } } == answer.fault)
    }
  }

  @Test func `say what does not exist or cannot be used`() throws {
    let source = try source()
    #expect(throws: MarketDataError.notFound) { _ = try source.open(symbols: ["999"]) { _ in } }
    #expect(throws: MarketDataError.unusable) { _ = try source.open(symbols: ["998"]) { _ in } }
  }

  @Test func `end the reading at the first bar that cannot be`() throws {
    for (index, answer) in GarbageSource.bars.enumerated() {
      let message = try fault { source in
        _ = try source.open(symbols: ["\(index + 201)"]) { _ in }
        var bars: [Bar] = []
        _ = try source.read(into: &bars)
      }
      #expect(message?.hasPrefix("market_data.read: " + answer.fault) == true, "\(answer.change): \(message ?? "none")")
    }
  }

  private func fault(_ body: (MarketDataInstance) throws -> Void) throws -> String? {
    do { try body(try source()) } catch MarketDataError.plugin(let fault) {
      return "\(fault.call): \(fault.what): expected \(fault.expected), found \(fault.found)"
    }
    return nil
  }
}
