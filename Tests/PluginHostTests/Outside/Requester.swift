import Configuration
import PluginHost
import Synchronization
import Testing
import TradingCore
import TradingTypes

/// The tests that share the requester, whose variables are one for all.
@Suite(.serialized) enum WaysOut {}

/// A strategy in C that makes a request, or runs a command, for each bar, as its option `case` says, and logs what came of
/// it.
enum Requester {
  static let source =
    CPlugin.prelude() + """
      #include <stdio.h>
      #include <stdlib.h>
      static int anything;
      static const wharf_host *h; static const wharf_log *logs; static const wharf_http *http;
      static const wharf_process *proc;
      static char said[100000]; static size_t at;
      static void add(const char *text, uint64_t n) { if (at + n < sizeof said) { memcpy(said + at, text, n); at += n; } }
      static void num(long long v) { char t[32]; add(t, (uint64_t)snprintf(t, sizeof t, "%lld", v)); }
      static void status(void *c, int32_t code) { (void)c; num(code); add(" ", 1); }
      static void header(void *c, const char *n, uint64_t nl, const char *v, uint64_t vl) {
        (void)c; add(n, nl); add("=", 1); add(v, vl); add(" ", 1);
      }
      static void body(void *c, const void *d, uint64_t n) { (void)c; add(d, n); }
      static void output(void *c, int32_t s, const void *d, uint64_t n) { (void)c; num(s); add(":", 1); add(d, n); }
      static void ended(void *c, int32_t code, int32_t signal, int32_t late) {
        (void)c; add("|", 1); num(code); add(",", 1); num(signal); add(",", 1); num(late);
      }
      static const wharf_http_sink sink = {sizeof sink, 0, 0, status, header, body};
      static const wharf_process_sink psink = {sizeof psink, 0, 0, output, ended};
      static const char *option(const char *name);
      static char texts[16][200000]; static int used; static char *into;
      static void piece(void *c, const void *d, uint64_t n) { (void)c; memcpy(into, d, n); into[n] = 0; }
      static const wharf_bytes_sink pieces = {sizeof pieces, 0, 0, piece};
      static const wharf_config *config;
      static const char *option(const char *name) {
        into = texts[used++ % 16]; into[0] = 0;
        config->text(h, name, strlen(name), &pieces);
        /* A configuration holds neither of these in a text. */
        for (char *c = into; *c; c++) *c = *c == '~' ? '$' : *c == '^' ? '\\r' : *c == '|' ? '\\n' : *c;
        return into;
      }
      static wharf_status create(const wharf_host *host, wharf_instance **o) {
        h = host; *o = (wharf_instance *)&anything; http = 0; proc = 0;
        host->table(host, "wharf.log/1", 11, (const void **)&logs);
        host->table(host, "wharf.config/1", 14, (const void **)&config);
        host->table(host, "wharf.http/1", 12, (const void **)&http);
        host->table(host, "wharf.process/1", 15, (const void **)&proc);
        return WHARF_OK;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; return WHARF_OK; }
      static void request(void) {
        if (!http) { add("no table", 8); return; }
        const char *method = option("method"), *to = option("to"), *path = option("path"), *name = option("header"),
          *value = option("value"), *content = option("body"), *budget = option("budget");
        wharf_http_header line = {name, strlen(name), value, strlen(value)};
        wharf_http_request r; memset(&r, 0, sizeof r);
        r.struct_size = sizeof r; r.method = method; r.method_length = strlen(method);
        r.destination = to; r.destination_length = strlen(to); r.path = path; r.path_length = strlen(path);
        if (*name) { r.headers = &line; r.header_count = 1; }
        r.body = content; r.body_length = strlen(content); r.budget = budget; r.budget_length = strlen(budget);
        int64_t number = 0;
        config->integer(h, "flags", 5, &number); r.flags = (uint32_t)number;
        config->integer(h, "timeout", 7, &r.timeout); config->integer(h, "idle", 4, &r.idle_timeout);
        config->integer(h, "most", 4, &number); r.response_limit = (uint64_t)number;
        wharf_status s = http->send(h, &r, &sink);
        add(" -> ", 4); num(s);
      }
      static void command(void) {
        if (!proc) { add("no table", 8); return; }
        const char *name = option("command"), *argument = option("argument"), *variable = option("variable"),
          *value = option("value"), *input = option("body");
        wharf_process_argument a = {argument, strlen(argument)};
        wharf_process_variable v = {variable, strlen(variable), value, strlen(value)};
        wharf_process_request r; memset(&r, 0, sizeof r);
        r.struct_size = sizeof r; r.command = name; r.command_length = strlen(name);
        if (*argument) { r.arguments = &a; r.argument_count = 1; }
        if (*variable) { r.variables = &v; r.variable_count = 1; }
        config->integer(h, "timeout", 7, &r.timeout);
        uint64_t p = 0, n = 0;
        wharf_status s = proc->start(h, &r, &p);
        if (s != WHARF_OK) { num(s); return; }
        s = proc->write(h, p, input, strlen(input), 1, 1000000000, &n);
        if (s != WHARF_OK) { num(s); add("!", 1); }
        while ((s = proc->read(h, p, 60000000000, &psink)) == WHARF_OK) { }
        add(" -> ", 4); num(s);
        add(" ", 1); num(proc->read(h, p, 0, &psink)); num(proc->stop(h, p, 1)); num(proc->stop(h, p, 9));
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *k) {
        (void)i; (void)k; at = 0;
        if (b->volume == 1) request(); else if (b->volume == 2) command();
        else if (b->volume == 3) {
          const char *to = option("to");
          num(http->limit(h, to, strlen(to), "", 0, 0, INT64_MAX));
          num(http->limit(h, "other.example", 13, "", 0, 0, 5)); num(http->limit(h, to, strlen(to), "a b", 3, 0, 5));
          num(http->limit(h, to, strlen(to), "", 0, -2, 5));
        } else for (int n = 0; n < 1000; n++) { num(http ? http->send(h, 0, &sink) : -1); at = 0; }
        for (size_t n = 0; n < at; n += 4000) logs->write(h, WHARF_LOG_INFO, said + n, at - n < 4000 ? at - n : 4000);
        return WHARF_OK;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_strategy strategy = {
        .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar, .destroy = destroy};

      """ + CPlugin.entry(["wharf.strategy/1": "strategy"])

  static let texts = [
    "method", "to", "path", "header", "value", "body", "budget", "command", "argument", "variable",
  ]
  static let numbers = ["flags", "timeout", "idle", "most"]
  static let options =
    "["
    + (texts.map { #"{"name":"\#($0)","type":"text","default":"","help":"h"}"# }
    + numbers.map { #"{"name":"\#($0)","type":"integer","default":"0","help":"h"}"# }
    + [#"{"name":"api_key","type":"secret","help":"h"}"#]).joined(separator: ",") + "]"

  static let image = Result { try LoadedFixture(source, options: options).image }
}

/// Answers every exchange as a test wants, and keeps it.
final class FakeTransport: HTTPTransport {
  private let seen = Mutex<[HTTPExchange]>([])
  let ending: HTTPEnding
  let pieces: [String]
  let headers: [(String, String)]

  init(_ ending: HTTPEnding = .complete, headers: [(String, String)] = [], pieces: [String] = []) {
    self.ending = ending
    self.headers = headers
    self.pieces = pieces
  }

  var exchanges: [HTTPExchange] { seen.withLock { $0 } }

  func exchange(_ exchange: HTTPExchange, _ receiver: HTTPReceiver) -> HTTPEnding {
    seen.withLock { $0.append(exchange) }
    receiver.status(200)
    for (name, value) in headers { receiver.header(name, Array(value.utf8)) }
    for piece in pieces { Array(piece.utf8).withUnsafeBytes { receiver.body($0) } }
    return ending
  }
}

/// One run of the requester with its grants, secrets and world.
struct Request {
  var permissions = [
    "http:api.example.com", "secret:KEY", "secret:USER", "secret:api_key", "process:cat", "process:sh",
  ]
  var options: [String: String] = ["method": "GET", "to": "api.example.com"]
  var secrets = ["KEY": "key-12345678", "USER": "user-12345678", "OTHER": "other-12345678", "REAL": "real-12345678"]
  var yaml = "http: {rate: 3 per 60, reserve_percent: 0}\nprocesses: {cat: [/bin/cat], sh: [/bin/sh, -c]}\n"
  var transport = FakeTransport()
  let recorder = Recorder()
  let time = ManualTime()

  init(_ options: [String: String] = [:]) { self.options.merge(options) { $1 } }

  /// What the plugin logs for bars of these kinds: 1 a request, 2 a command, 3 limits.
  func run(_ kinds: [Double] = [1]) throws -> [String] {
    let image = try Requester.image.get()
    let settings = options.map { name, value in
      let text =
        name == "api_key"
        ? value : value.replacing("$", with: "~").replacing("\r\n", with: "^|")
      return "    \(name): \"\(text)\"\n"
    }.joined()
    var services = try recorder.services(image, configuration: settings)
    let host = try ConfigurationDocument(Array(yaml.utf8), file: "c.yaml").validated(plugins: []).host
    let secrets = secrets.mapValues { Secret($0) }
    services.outside = OutsideAccess(
      permissions.compactMap(Permission.init),
      OutsideServices(host, transport: transport, clock: time.clock, secret: { secrets[$0.name] }))
    services.monotonic = time.clock.monotonic
    let strategy = try StrategyInstance(image, services)
    for kind in kinds { _ = strategy.onBar(bar(volume: kind), isSessionFirst: false, isSessionLast: false) }
    return recorder.lines.map(\.text)
  }
}
