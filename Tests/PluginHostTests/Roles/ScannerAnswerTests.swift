import PluginHost
import Testing
import TradingCore
import TradingTypes

enum GarbageScanner {
  static let observations = [
    BadAnswer("o.struct_size = 1", "observation.struct_size: expected 120, found 1"),
    BadAnswer("o.instrument = 2", "observation.instrument: expected one of the 2 instruments, found 2"),
    BadAnswer("o.kind = 6", "observation.kind: expected a listed value, found 6"),
    BadAnswer("o.kind = WHARF_OBSERVATION_EVALUATED", "observation.kind: expected none while explain is 0, found one"),
    BadAnswer("o.number = 0", "observation.number: expected 1 or more for an alert, found 0"),
    BadAnswer("o.price = -1", "observation.price: expected 0 or more, or NaN, found -1.0"),
    BadAnswer("o.price = INFINITY", "observation.price: expected a finite number or NaN, found inf"),
    BadAnswer("o.score = INFINITY", "observation.score: expected a finite number or NaN, found inf"),
    BadAnswer("o.level_length = 0", "observation.level: expected a name, found nothing"),
    BadAnswer(
      "o.code = \"No\"; o.code_length = 2", "observation.code: expected small letters, digits and _, found \"No\""),
    BadAnswer("o.field_count = 513", "observation.field_count: expected at most 512, found 513"),
    BadAnswer("o.fields = 0", "observation.field_count: expected as many items, found 1 of a null pointer"),
    BadAnswer(
      "o.text = \"\\xc3\"; o.text_length = 1", "observation.text: expected UTF-8, found other bytes in \"\u{fffd}\""),
  ]

  /// Answers in the shape of an order.
  static let orders =
    ["side", "quantity", "order_type", "limit_price", "stop_price", "time_in_force", "Limit-Price", "QUANTITY"].map {
      BadAnswer(
        "f.name = \"\($0)\"; f.name_length = \($0.utf8.count)",
        "observation.field.name: expected nothing of an order from a scanner, found \"\($0)\"")
    } + [
      BadAnswer(
        "f.group = \"quantity\"; f.group_length = 8",
        "observation.field.group: expected nothing of an order from a scanner, found \"quantity\""),
      BadAnswer(
        "o.level = \"side\"; o.level_length = 4",
        "observation.level: expected nothing of an order from a scanner, found \"side\""),
      BadAnswer(
        "o.code = \"stop_price\"; o.code_length = 10",
        "observation.code: expected nothing of an order from a scanner, found \"stop_price\""),
    ]

  static let source =
    CPlugin.prelude() + """
      static int anything;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        (void)h; *o = (wharf_instance *)&anything; return WHARF_OK;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; return WHARF_OK; }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_observation_sink *k) {
        (void)i;
        wharf_field f = {"inputs", 6, "r5", 2, WHARF_FIELD_NUMBER, 0, 0.25, 0, 0, 0};
        wharf_observation o = {sizeof o, b->instrument, WHARF_OBSERVATION_ALERT, 0, b->end, 7, 3, b->close, NAN,
          "pump_signal", 11, "higher_level", 12, &f, 1, "look", 4};
        switch ((int)b->volume) {
        \(BadAnswer.cases(observations + orders))
        default: break;
        }
        k->observation(k->context, &o);
        return WHARF_OK;
      }
      static wharf_status finish(wharf_instance *i, const wharf_observation_sink *k) {
        (void)i;
        wharf_observation o = {.struct_size = sizeof o, .kind = WHARF_OBSERVATION_EPISODE_CLOSED, .code = "quiet", .code_length = 5};
        k->observation(k->context, &o);
        return WHARF_E_FAULT;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_scanner scanner = {.struct_size = sizeof(wharf_scanner), .create = create, .start = start,
        .on_bar = on_bar, .finish = finish, .destroy = destroy};

      """ + CPlugin.entry(["wharf.scanner/1": "scanner"])
}

@Suite(.serialized) struct `A scanner's answers` {
  private static let shared = Result { try LoadedFixture(GarbageScanner.source, role: "scanner") }
  let scanner: ScannerInstance
  let recorder = Recorder()

  init() throws {
    let fixture = try Self.shared.get()
    scanner = try ScannerInstance(fixture.image, recorder.services(fixture.image))
    try scanner.start(instruments(2), decideFrom: .distantPast, isExplaining: false)
  }

  private func offer(_ volume: Int) -> CallOutcome {
    scanner.onBar(bar(instrument: 1, volume: Double(volume)), isSessionFirst: false, isSessionLast: false)
  }

  @Test func `arrive with every value when they are right`() {
    #expect(offer(0) == .ok)
    #expect(
      scanner.observations == [
        Observation(
          instrument: InstrumentID(1), kind: .alert, time: bar().end, number: 7, episode: 3, price: 11, score: nil,
          level: "pump_signal", code: "higher_level",
          fields: [Field(group: "inputs", name: "r5", value: .number(0.25))],
          text: "look")
      ])
    scanner.clearAnswers()
    #expect(scanner.observations.isEmpty)
  }

  @Test func `are dropped with a fault for each value that cannot be`() {
    for (index, answer) in GarbageScanner.observations.enumerated() {
      recorder.clear()
      #expect(offer(index + 1) == .answerRefused)
      #expect(recorder.messages == ["scanner.on_bar: " + answer.fault], "\(answer.change)")
      #expect(recorder.faults.map(\.kind) == [.violation])
    }
    #expect(scanner.observations.isEmpty)
  }

  @Test func `in the shape of an order are dropped as security events`() {
    for (index, answer) in GarbageScanner.orders.enumerated() {
      recorder.clear()
      #expect(offer(GarbageScanner.observations.count + index + 1) == .answerRefused)
      #expect(recorder.messages == ["scanner.on_bar: " + answer.fault], "\(answer.change)")
      #expect(recorder.faults.map(\.kind) == [.security])
      #expect(recorder.faults.first?.description.hasPrefix("security: plugin tiny 1.0.0 (") == true)
    }
    #expect(scanner.observations.isEmpty)
  }

  @Test func `may come at the end`() {
    #expect(scanner.evaluate(at: .distantPast) == .ok)
    #expect(!scanner.evaluates)
    #expect(scanner.finish() == .stopped)
    #expect(scanner.observations.map(\.code) == ["quiet"])
    #expect(scanner.isStopped)
  }
}
