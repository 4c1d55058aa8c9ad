import PluginHost
import Testing
import TradingTypes

/// A strategy in C that makes one call of the host's tables for each bar, chosen by the bar's volume, and logs the answer.
enum Probe {
  /// The calls, in C. `L` logs, `T` finds a table.
  static let calls: [(name: String, code: String)] = [
    ("integer", "int64_t v = -1; r = config->integer(h, \"fast\", 4, &v); say(\"%d %lld\", r, (long long)v);"),
    ("duration", "int64_t v = -1; r = config->integer(h, \"wait\", 4, &v); say(\"%d %lld\", r, (long long)v);"),
    ("split second", "int64_t v = -1; r = config->integer(h, \"blink\", 5, &v); say(\"%d %lld\", r, (long long)v);"),
    ("split decimal", "int64_t v = -1; r = config->decimal(h, \"blink\", 5, &v); say(\"%d %lld\", r, (long long)v);"),
    ("decimal", "int64_t v = -1; r = config->decimal(h, \"cost\", 4, &v); say(\"%d %lld\", r, (long long)v);"),
    ("whole decimal", "int64_t v = -1; r = config->integer(h, \"cost\", 4, &v); say(\"%d %lld\", r, (long long)v);"),
    ("unlimited", "int64_t v = -1; r = config->decimal(h, \"cap\", 3, &v); say(\"%d %lld\", r, (long long)v);"),
    ("boolean", "int32_t v = -1; r = config->boolean(h, \"loud\", 4, &v); say(\"%d %d\", r, v);"),
    ("other type", "int32_t v = -1; r = config->boolean(h, \"fast\", 4, &v); say(\"%d %d\", r, v);"),
    ("text", "r = config->text(h, \"mode\", 4, &pieces); say(\"%d %s\", r, joined);"),
    ("list", "r = config->text(h, \"names\", 5, &pieces); say(\"%d %s\", r, joined);"),
    ("secret", "r = config->text(h, \"key\", 3, &pieces); say(\"%d %s\", r, joined);"),
    ("undeclared", "r = config->text(h, \"nothing\", 7, &pieces); say(\"%d %s\", r, joined);"),
    ("get nothing", "r = state->get(h, \"a\", 1, &pieces); say(\"%d %s\", r, joined);"),
    (
      "put",
      "r = state->put(h, \"a/1\", 3, \"one\", 3); r += state->put(h, \"a/0\", 3, 0, 0); r += state->put(h, \"b\", 1, \"x\", 1); say(\"%d\", r);"
    ),
    ("get", "r = state->get(h, \"a/1\", 3, &pieces); say(\"%d %s\", r, joined);"),
    ("keys", "r = state->keys(h, \"a/\", 2, &pieces); say(\"%d %s\", r, joined);"),
    ("remove", "r = state->remove(h, \"a/1\", 3); r += state->remove(h, \"none\", 4); say(\"%d\", r);"),
    ("commit", "r = state->commit(h); say(\"%d\", r);"),
    ("all keys", "r = state->keys(h, 0, 0, &pieces); say(\"%d %s\", r, joined);"),
    (
      "bad keys",
      "say(\"%d %d %d\", state->put(h, \"\", 0, 0, 0), state->put(h, big, 129, 0, 0), state->get(h, 0, 3, &pieces));"
    ),
    (
      "big value", "say(\"%d %d\", state->put(h, \"v\", 1, big, 1 << 20), state->put(h, \"v\", 1, big, (1 << 20) + 1));"
    ),
    ("random", "say(\"%llx\", (unsigned long long)rnd->next(h));"),
    ("now", "say(\"%lld\", (long long)clk->now(h));"),
    (
      "sessions",
      "r = calendar->sessions(h, \"XNYS\", 4, &days); say(\"%d %lld %lld %lld\", r, (long long)count, (long long)early, (long long)fromData);"
    ),
    ("no calendar", "r = calendar->sessions(h, \"XTKS\", 4, &days); say(\"%d %lld\", r, (long long)count);"),
    (
      "account",
      "wharf_account a = {sizeof a, 9, 0, 0, 0, 0}; r = portfolio->account(h, &a); say(\"%d %u %lld %lld %lld %.3s\", r, a.breaker_tripped, (long long)a.equity, (long long)a.cash, (long long)a.buying_power, (char *)&a.currency);"
    ),
    ("old account", "wharf_account a = {8, 9, 0, 0, 0, 0}; say(\"%d\", portfolio->account(h, &a));"),
    (
      "holding",
      "wharf_holding g = {sizeof g, 0, 0, 0}; r = portfolio->holding(h, 1, &g); say(\"%d %u %lld %lld\", r, g.flags, (long long)g.quantity, (long long)g.average_price);"
    ),
    ("no holding", "wharf_holding g = {sizeof g, 0, 0, 0}; say(\"%d\", portfolio->holding(h, 2, &g));"),
    ("unknown table", "const void *t = h; r = h->table(h, \"wharf.http/1\", 12, &t); say(\"%d %d\", r, t == h);"),
    ("log level", "logs->write(h, 5, \"x\", 1);"),
    ("log nothing", "logs->write(h, 1, 0, 9);"),
    ("log long", "logs->write(h, 4, big, 5000);"),
    (
      "log cut",
      "big[4095] = (char)0xc3; big[4096] = (char)0xa9; logs->write(h, 1, big, 5000); big[4095] = big[4096] = 'x';"
    ),
    ("log garbage", "logs->write(h, 3, \"a\\x1b[1mb\\xff\\n\", 8);"),
    ("no host", "int64_t v; say(\"%d %d\", config->integer(0, \"fast\", 4, &v), state->commit(0));"),
  ]

  static let source =
    CPlugin.prelude() + """
      #include <stdarg.h>
      #include <stdio.h>
      static int anything;
      static char big[(1 << 20) + 2], joined[1000];
      static long long count, early, fromData;
      static const wharf_host *h;
      static const wharf_log *logs; static const wharf_config *config; static const wharf_state *state;
      static const wharf_random *rnd; static const wharf_clock *clk; static const wharf_calendar *calendar;
      static const wharf_portfolio *portfolio;
      static void say(const char *format, ...) {
        char line[2000]; va_list list; va_start(list, format);
        int n = vsnprintf(line, sizeof line, format, list); va_end(list);
        logs->write(h, WHARF_LOG_INFO, line, (uint64_t)n);
      }
      static void piece(void *c, const void *data, uint64_t n) {
        (void)c; size_t at = strlen(joined); joined[at] = '['; if (n) memcpy(joined + at + 1, data, n); joined[at + 1 + n] = ']';
      }
      static void session(void *c, const wharf_session *s, uint64_t n) {
        (void)c; count += (long long)n;
        for (uint64_t i = 0; i < n; i++) {
          early += s[i].flags & WHARF_SESSION_EARLY_CLOSE ? 1 : 0; fromData += s[i].flags & WHARF_SESSION_FROM_DATA ? 1 : 0;
        }
      }
      static const wharf_bytes_sink pieces = {sizeof pieces, 0, 0, piece};
      static const wharf_session_sink days = {sizeof days, 0, 0, session};
      static wharf_status create(const wharf_host *host, wharf_instance **o) {
        h = host; memset(big, 'x', sizeof big); *o = (wharf_instance *)&anything;
        if (host->struct_size != sizeof *host || host->abi_minor != WHARF_ABI_MINOR) return WHARF_E_CONFIGURATION;
        #define T(id, to) if (host->table(host, id, sizeof(id) - 1, (const void **)&to) != WHARF_OK) to = 0;
        T("wharf.log/1", logs) T("wharf.config/1", config) T("wharf.state/1", state) T("wharf.random/1", rnd)
        T("wharf.clock/1", clk) T("wharf.calendar/1", calendar) T("wharf.portfolio/1", portfolio)
        return logs && config && rnd && clk && calendar && !!state == !!portfolio ? WHARF_OK : WHARF_E_UNSUPPORTED;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) {
        (void)i;
        say("%u %lld %u", s->explain, (long long)s->decide_from, (unsigned)s->instrument_count);
        for (uint64_t n = 0; n < s->instrument_count; n++) {
          const wharf_instrument *x = s->instruments + n;
          say("%u %d %d %.*s %.*s %.*s %lld %lld", x->id, x->market, x->bar_seconds, (int)x->symbol_length, x->symbol,
            (int)x->currency_length, x->currency, (int)x->exchange_length, x->exchange, (long long)x->tick, (long long)x->step);
        }
        return s->struct_size == sizeof *s && (!s->instrument_count || s->instruments->struct_size == sizeof *s->instruments)
          ? WHARF_OK : WHARF_E_INVALID;
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *k) {
        (void)i; (void)k;
        wharf_status r = 0; (void)r;
        memset(joined, 0, sizeof joined); count = early = fromData = 0;
        switch ((int)b->volume) {
        case -1: say("%lld %lld %g %g %g %g %g %u %u", (long long)b->start, (long long)b->end, b->open, b->high, b->low,
          b->close, b->volume, b->instrument, b->flags); break;
        \(calls.enumerated().map { "case \($0.offset): { \($0.element.code) break; }" }.joined(separator: "\n"))
        }
        return WHARF_OK;
      }
      static void destroy(wharf_instance *i) { (void)i; say("destroyed"); }
      static const wharf_strategy strategy = {
        .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar, .destroy = destroy};

      """ + CPlugin.entry(["wharf.strategy/1": "strategy"])

  static let options = """
    [{"name":"fast","type":"integer","default":"20","help":"h"},
     {"name":"wait","type":"duration","default":"90","help":"h"},
     {"name":"blink","type":"duration","default":"0.5","help":"h"},
     {"name":"cost","type":"decimal","default":"3","help":"h"},
     {"name":"cap","type":"decimal","default":"unlimited","unlimited":true,"help":"h"},
     {"name":"loud","type":"boolean","default":"yes","help":"h"},
     {"name":"mode","type":"choice","choices":["cross","level"],"default":"cross","help":"h"},
     {"name":"names","type":"list","default":"ON,NO","help":"h"},
     {"name":"key","type":"secret","help":"h"}]
    """
}
