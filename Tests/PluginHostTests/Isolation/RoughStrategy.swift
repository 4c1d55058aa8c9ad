/// A strategy in C that does for each bar what its volume says: everything that must not harm the host.
enum RoughStrategy {
  static let logs = 1.0
  static let crashes = 2.0
  static let exits = 3.0
  static let loops = 4.0
  static let prints = 5.0
  static let asksFromThread = 6.0
  static let keepsSink = 8.0
  static let logsWithoutEnd = 10.0
  static let logsThenCrashes = 11.0
  static let floodsSocket = 12.0
  static let signals = 13.0
  static let aborts = 15.0

  static let source =
    CPlugin.prelude() + """
      #include <pthread.h>
      #include <signal.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <unistd.h>
      static int anything;
      static const wharf_host *h;
      static const wharf_log *logs; static const wharf_clock *clk; static const wharf_config *config;
      static const wharf_strategy_sink *kept;
      static int64_t asked;
      static void say(const char *text) { logs->write(h, WHARF_LOG_INFO, text, strlen(text)); }
      static wharf_status create(const wharf_host *host, wharf_instance **o) {
        h = host; *o = (wharf_instance *)&anything;
        host->table(host, "wharf.log/1", 11, (const void **)&logs);
        host->table(host, "wharf.clock/1", 13, (const void **)&clk);
        host->table(host, "wharf.config/1", 14, (const void **)&config);
        return logs && clk && config ? WHARF_OK : WHARF_E_UNSUPPORTED;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; return WHARF_OK; }
      static void piece(void *c, const void *data, uint64_t n) { *(int64_t *)c += (int64_t)n; (void)data; }
      static void *threaded(void *unused) {
        wharf_bytes_sink sink = {sizeof sink, 0, &asked, piece};
        asked = clk->now(h);
        say("from a thread");
        config->text(h, "mode", 4, &sink);
        return unused;
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *k) {
        (void)i;
        wharf_signal s = {.struct_size = sizeof s};
        switch ((int)b->volume) {
        case 1: say("a line"); break;
        case 2: *(volatile int *)8 = 1; break;
        case 3: _exit(3);
        case 4: for (;;) ;
        case 5: printf("to the output\\n"); fflush(stdout); fprintf(stderr, "to the errors\\n"); break;
        case 6: {
          pthread_t t; char line[64];
          pthread_create(&t, 0, threaded, 0); pthread_join(t, 0);
          snprintf(line, sizeof line, "%lld", (long long)asked); say(line);
          break;
        }
        case 8: kept = k; break;
        case 10: for (;;) say("and again");
        case 11: say("the last words"); raise(SIGSEGV); break;
        case 12: for (;;) { char junk[512]; memset(junk, 0xff, sizeof junk); if (write(4, junk, sizeof junk) < 0) for (;;) ; }
        case 13: for (int n = 0; n < 40000; n++) k->signal(k->context, &s); break;
        case 15: abort();
        default: break;
        }
        return WHARF_OK;
      }
      /* A fill has no sink: this one is of an earlier call. */
      static wharf_status on_fill(wharf_instance *i, const wharf_fill *f) {
        wharf_signal s = {.struct_size = sizeof s};
        (void)i; (void)f; kept->signal(kept->context, &s);
        return WHARF_OK;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_strategy strategy = {
        .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar,
        .on_fill = on_fill, .destroy = destroy};

      """ + CPlugin.entry(["wharf.strategy/1": "strategy"])

  static let options = #"[{"name":"mode","type":"choice","choices":["cross","level"],"default":"cross","help":"h"}]"#
}
