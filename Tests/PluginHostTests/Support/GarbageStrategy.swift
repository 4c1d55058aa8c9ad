import Testing

/// A change to an answer that was right, in C, and the fault it must give.
struct BadAnswer: Sendable, CustomTestStringConvertible {
  var change: String
  var fault: String
  var testDescription: String { change }

  init(_ change: String, _ fault: String) { (self.change, self.fault) = (change, fault) }

  /// Whether it is one to a signal without checks and text as well.
  var concernsPlainSignals: Bool {
    !["c.", "s.checks", "goto"].contains { change.contains($0) }
      && !(change.hasPrefix("s.text =") && !change.contains("text_length"))
  }

  /// The changes as the cases of a C switch, counted from 1.
  static func cases(_ answers: [BadAnswer]) -> String {
    answers.enumerated().map { "case \($0.offset + 1): \($0.element.change); break;" }.joined(separator: "\n")
  }
}

/// A strategy in C that gives the answer which a bar's volume asks for.
enum GarbageStrategy {
  static let signals = [
    BadAnswer("s.struct_size = 8", "signal.struct_size: expected 224, found 8"),
    BadAnswer("s.instrument = 2", "signal.instrument: expected one of the 2 instruments, found 2"),
    BadAnswer("s.instrument = UINT32_MAX", "signal.instrument: expected one of the 2 instruments, found 4294967295"),
    BadAnswer("s.verdict = 0", "signal.verdict: expected a listed value, found 0"),
    BadAnswer("s.verdict = WHARF_VERDICT_EVALUATED", "signal.verdict: expected none while explain is 0, found one"),
    BadAnswer("s.action = 3", "signal.action: expected a listed value, found 3"),
    BadAnswer("s.order_type = -1", "signal.order_type: expected a listed value, found -1"),
    BadAnswer("s.order_type = WHARF_ORDER_STOP", "signal.order_type: expected market or limit, found stop"),
    BadAnswer(
      "s.order_type = WHARF_ORDER_LIMIT", "signal.limit_price: expected more than 0 for a limit order, found 0"),
    BadAnswer("s.time_in_force = 7", "signal.time_in_force: expected a listed value, found 7"),
    BadAnswer("s.exit_reason = WHARF_EXIT_TIME", "signal.exit_reason: expected 0 for an entry, found 5"),
    BadAnswer("s.action = WHARF_ACTION_EXIT", "signal.exit_reason: expected a listed value, found 0"),
    BadAnswer(
      "s.action = WHARF_ACTION_EXIT; s.exit_reason = WHARF_EXIT_STOP",
      "signal.exit_reason: expected strategy or time, found stop"),
    BadAnswer("s.flags = 32", "signal.flags: expected bits of 31, found 32"),
    BadAnswer("s.decided_at = s.bar_time - 1", "signal.decided_at: expected not before bar_time, found 999"),
    BadAnswer("s.expires_at = 5", "signal.expires_at: expected 0 or not before decided_at, found 5"),
    BadAnswer("s.close = NAN", "signal.close: expected a finite number, found nan"),
    BadAnswer("s.close = INFINITY", "signal.close: expected a finite number, found inf"),
    BadAnswer("s.close = -1", "signal.close: expected more than 0, found -1.0"),
    BadAnswer("s.score = 1.5", "signal.score: expected 0.0 to 1.0, found 1.5"),
    BadAnswer("s.score = -INFINITY", "signal.score: expected 0.0 to 1.0, found -inf"),
    BadAnswer("s.confidence = NAN", "signal.confidence: expected 0.0 to 100.0, found nan"),
    BadAnswer("s.confidence = 101", "signal.confidence: expected 0.0 to 100.0, found 101.0"),
    BadAnswer("s.expected_value = INFINITY", "signal.expected_value: expected a finite number, found inf"),
    BadAnswer("s.quantity = -1", "signal.quantity: expected 0 or more, found -0.000000001"),
    BadAnswer("s.entry_price = -1000000000", "signal.entry_price: expected 0 or more, found -1"),
    BadAnswer("s.limit_price = INT64_MIN", "signal.limit_price: expected 0 or more, found -9223372036.854775808"),
    BadAnswer("s.stop_price = -1", "signal.stop_price: expected 0 or more, found -0.000000001"),
    BadAnswer("s.stop_distance = -1", "signal.stop_distance: expected 0 or more, found -0.000000001"),
    BadAnswer("s.target_price = -1", "signal.target_price: expected 0 or more, found -0.000000001"),
    BadAnswer("s.target_distance = -1", "signal.target_distance: expected 0 or more, found -0.000000001"),
    BadAnswer("s.trailing_distance = -1", "signal.trailing_distance: expected 0 or more, found -0.000000001"),
    BadAnswer("s.time_stop_closes = 100001", "signal.time_stop_closes: expected at most 100000, found 100001"),
    BadAnswer("s.check_count = 257", "signal.check_count: expected at most 256, found 257"),
    BadAnswer("s.checks = 0", "signal.check_count: expected as many items, found 1 of a null pointer"),
    BadAnswer("s.field_count = 513", "signal.field_count: expected at most 512, found 513"),
    BadAnswer("s.fields = 0", "signal.field_count: expected as many items, found 1 of a null pointer"),
    BadAnswer(
      "s.code = \"EV!\"; s.code_length = 3", "signal.code: expected small letters, digits and _, found \"EV!\""),
    BadAnswer("s.code_length = 65", "signal.code: expected at most 64 bytes, found 65"),
    BadAnswer("s.code = 0", "signal.code: expected a text, found 2 bytes of a null pointer"),
    BadAnswer(
      "s.text = \"\\xff\"; s.text_length = 1", "signal.text: expected UTF-8, found other bytes in \"\u{fffd}\""),
    BadAnswer("s.text = \"\\x1b[2J\"; s.text_length = 4", "signal.text: expected printable text, found \"\\u{1b}[2J\""),
    BadAnswer("s.text = \"a\\nb\"; s.text_length = 3", "signal.text: expected printable text, found \"a\\nb\""),
    BadAnswer("s.text = big; s.text_length = 65537", "signal.text: expected at most 65536 bytes, found 65537"),
    BadAnswer(
      "s.text = big; s.text_length = 65536", "signal.text: expected at most 65536 bytes of text in all, found more"),
    BadAnswer("s.text_length = UINT64_MAX", "signal.text: expected at most 65536 bytes, found 18446744073709551615"),
    BadAnswer("c.name_length = 0", "signal.check.name: expected a name, found nothing"),
    BadAnswer("c.name = \"Trend\"", "signal.check.name: expected small letters, digits and _, found \"Trend\""),
    BadAnswer("c.kind = 4", "signal.check.kind: expected a listed value, found 4"),
    BadAnswer("c.passed = 2", "signal.check.passed: expected 0 or 1, found 2"),
    BadAnswer("c.value = INFINITY", "signal.check.value: expected a finite number or NaN, found inf"),
    BadAnswer("c.limit = -INFINITY", "signal.check.limit: expected a finite number or NaN, found -inf"),
    BadAnswer("c.note = \"\\r\"; c.note_length = 1", "signal.check.note: expected printable text, found \"\\r\""),
    BadAnswer(
      "f.group = \"In\"; f.group_length = 2", "signal.field.group: expected small letters, digits and _, found \"In\""),
    BadAnswer("f.name_length = 0", "signal.field.name: expected a name, found nothing"),
    BadAnswer("f.kind = 0", "signal.field.kind: expected a listed value, found 0"),
    BadAnswer("f.number = INFINITY", "signal.field.number: expected a finite number or NaN, found inf"),
    BadAnswer(
      "f.kind = WHARF_FIELD_FLAG; f.integer = 3", "signal.field.integer: expected 0, 1 or 2 for a flag, found 3"),
    BadAnswer(
      "f.kind = WHARF_FIELD_TEXT; f.text = 0; f.text_length = 9",
      "signal.field.text: expected a text, found 9 bytes of a null pointer"),
    BadAnswer("k->signal(k->context, 0); return WHARF_OK", "signal: expected a signal, found null"),
    BadAnswer("t.entry = 0; goto trade", "virtual_trade: expected none while explain is 0, found one"),
  ]

  static let trades = [
    BadAnswer("t.struct_size = 0", "virtual_trade.struct_size: expected 88, found 0"),
    BadAnswer("t.instrument = 9", "virtual_trade.instrument: expected one of the 2 instruments, found 9"),
    BadAnswer("t.entry_time = 0", "virtual_trade.entry_time: expected not before signal_time, found 0"),
    BadAnswer("t.exit_time = 1", "virtual_trade.exit_time: expected not before entry_time, found 1"),
    BadAnswer("t.entry = 0", "virtual_trade.entry: expected more than 0, found 0"),
    BadAnswer("t.stop = -1", "virtual_trade.stop: expected 0 or more, found -0.000000001"),
    BadAnswer("t.exit = -1", "virtual_trade.exit: expected more than 0, found -0.000000001"),
    BadAnswer("t.exit_reason = 8", "virtual_trade.exit_reason: expected a listed value, found 8"),
    BadAnswer("t.gross_return = NAN", "virtual_trade.gross_return: expected a finite number, found nan"),
    BadAnswer(
      "t.code = \"a b\"; t.code_length = 3", "virtual_trade.code: expected small letters, digits and _, found \"a b\""),
  ]

  static let source =
    CPlugin.prelude() + """
      static int anything;
      static char big[70000];
      static const wharf_strategy_sink *kept;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        (void)h; memset(big, 'x', sizeof big); *o = (wharf_instance *)&anything; return WHARF_OK;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) {
        (void)i; return s->instrument_count ? WHARF_OK : WHARF_E_INVALID;
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *k) {
        (void)i;
        kept = k;
        if (b->volume < 0) return (wharf_status)-b->volume;
        wharf_check c = {"trend", 5, WHARF_CHECK_BAR, 1, 1.5, NAN, "from_data", 9};
        wharf_field f = {"inputs", 6, "rsi2", 4, WHARF_FIELD_NUMBER, 0, NAN, 0, 0, 0};
        wharf_signal s = {.struct_size = sizeof s, .instrument = 1, .verdict = WHARF_VERDICT_RAISED,
          .action = WHARF_ACTION_ENTER_LONG, .order_type = WHARF_ORDER_MARKET, .time_in_force = WHARF_TIF_GTC,
          .flags = 31, .bar_time = 1000, .decided_at = 2000, .expires_at = 3000, .close = 11, .score = 0.5,
          .confidence = 80, .expected_value = -0.25, .quantity = 1, .entry_price = 2, .limit_price = 0, .stop_price = 4,
          .stop_distance = 5, .target_price = 6, .target_distance = 7, .trailing_distance = 8, .time_stop_closes = 10,
          .checks = &c, .check_count = 1, .fields = &f, .field_count = 1, .code = "ok", .code_length = 2,
          .text = "buy \\u00e9", .text_length = 6};
        wharf_virtual_trade t = {sizeof t, 1, 1000, 2000, 3000, 1, 2, 3, WHARF_EXIT_STRATEGY, 4, 0.5, "sma5", 4};
        wharf_field many[] = {{"inputs", 6, "sma_fast", 8, WHARF_FIELD_NUMBER, 0, 1.25, 0, 0, 0},
          {"", 0, "z_09", 4, WHARF_FIELD_NUMBER, 0, NAN, 0, 0, 0}, {"ev", 2, "cost", 4, WHARF_FIELD_DECIMAL, 0, 0, -5, 0, 0},
          {"ev", 2, "count", 5, WHARF_FIELD_INTEGER, 0, 0, 6, 0, 0}, {"ev", 2, "at", 2, WHARF_FIELD_TIME, 0, 0, 7, 0, 0},
          {"", 0, "note", 4, WHARF_FIELD_TEXT, 0, 0, 0, "words", 5}};
        int number = (int)b->volume;
        /* A plain signal has no check and no text; with a field of text, or a long name, it is not plain any more. */
        if (number >= 2000) {
          number -= 2000;
          s.check_count = s.text_length = 0;
        }
        if (number >= 900 && number < 910) { s.fields = many; s.field_count = number - 900; }
        if (number == 910) { s.field_count = 0; s.code = "a_code_of_23_characters"; s.code_length = 23; }
        switch (number) {
        \(BadAnswer.cases(signals))
        default: break;
        }
        if (number >= 1000) {
          switch (number - 1000) {
          \(BadAnswer.cases(trades))
          default: break;
          }
      trade:
          k->virtual_trade(k->context, &t);
          return WHARF_OK;
        }
        k->signal(k->context, &s);
        return WHARF_OK;
      }
      static wharf_status evaluate(wharf_instance *i, int64_t time, const wharf_strategy_sink *k) {
        (void)i;
        wharf_signal s = {.struct_size = sizeof s};
        for (int64_t n = 0; n < time; n++) k->signal(k->context, &s);
        return WHARF_OK;
      }
      static wharf_status recheck(wharf_instance *i, const wharf_recheck *r, const wharf_check_sink *k) {
        (void)i;
        if (r->price == 5) kept->signal(kept->context, 0);
        wharf_check c = {"ev", 2, WHARF_CHECK_RECHECK, 1, (double)r->price, 2, 0, 0};
        if (r->price == 7) c.kind = 0;
        k->check(k->context, &c);
        return r->price == 6 ? WHARF_E_BUSY : r->price == 8 ? WHARF_E_FAULT : WHARF_OK;
      }
      static wharf_status on_fill(wharf_instance *i, const wharf_fill *f) {
        (void)i;
        return f->struct_size == sizeof *f && f->side == 2 && f->exit_reason == 5 && f->signal_bar == 1 && f->time == 2
          && f->price == 3 && f->quantity == 4 && f->position == 5 ? WHARF_OK : WHARF_E_FAULT;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_strategy strategy = {.struct_size = sizeof(wharf_strategy), .create = create, .start = start,
        .on_bar = on_bar, .evaluate = evaluate, .recheck = recheck, .on_fill = on_fill, .destroy = destroy};

      """ + CPlugin.entry(["wharf.strategy/1": "strategy"])

}
