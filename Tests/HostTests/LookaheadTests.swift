import Foundation
import Testing

@Suite struct `host lookahead` {
  /// A strategy in C that raises one entry for each rise of the close, as `body` says when.
  static func cheat(_ body: String, in folder: HostProcess.Folder) throws {
    let source =
      """
      #include "wharf/wharf.h"
      #include <math.h>
      #include <string.h>
      WHARF_MANIFEST_FILE("manifest.json");
      static wharf_bar last;
      static double seen[100000];
      static uint64_t count, total;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        (void)h; *o = (wharf_instance *)&last; return WHARF_OK;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) {
        (void)i; (void)s; count = 0; last.close = 0; return WHARF_OK;
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *bar, const wharf_strategy_sink *sink) {
        (void)i;
        wharf_bar day = *bar;
        int enters = 0;
        double score = NAN;
        \(body)
        last = *bar;
        if (count < 100000) { seen[count++] = bar->close; if (count > total) total = count; }
        if (!enters) return WHARF_OK;
        wharf_signal signal = {.struct_size = sizeof signal, .instrument = day.instrument,
          .verdict = WHARF_VERDICT_RAISED, .action = WHARF_ACTION_ENTER_LONG, .order_type = WHARF_ORDER_MARKET,
          .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE, .bar_time = day.start,
          .decided_at = day.end, .close = day.close, .score = score, .quantity = 1000000000};
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
        static const wharf_plugin plugin = {sizeof plugin, 1, 0, find};
        return &plugin;
      }
      """
    let manifest =
      """
      {"id":"cheat","name":"Cheat","version":"1.0.0","roles":["strategy"],"abi":"1.0","language":"c",
       "summary":"A strategy of a test.","permissions":[],"options":[]}
      """
    try StrangerPlugin.compile("cheat", source: source, manifest: manifest, in: folder)
    try StrangerPlugin.trust("cheat", in: folder)
  }

  static func run(_ arguments: [String], home: HostProcess.Folder) throws -> HostProcess.Result {
    try StrangerPlugin.host(["lookahead"] + arguments + ["--json"], in: home)
  }

  /// Two symbols of made-up days.
  static func data(_ home: HostProcess.Folder, days: Int = 150) throws -> [String] {
    for (index, name) in ["AAA", "BBB"].enumerated() {
      try home.write("\(name).csv", MadeUpBars.csv(symbol: UInt64(index) + 3, days: days))
    }
    return ["--data", "\(home.path)/AAA.csv", "--data", "\(home.path)/BBB.csv"]
  }

  @Test(arguments: [
    ["sma-cross", "--param", "fast=3", "--param", "slow=8"], ["rsi2", "--param", "trend=20"], ["mr-combined"],
    ["minimal-c"],
  ]) func `finds nothing in a strategy that knows only the past`(_ strategy: [String]) throws {
    let home = try HostProcess.Folder()
    let result = try Self.run(strategy + Self.data(home) + ["--cuts", "6"], home: home)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    let report = try result.json
    #expect(report["equal"] as? Bool == true)
    #expect(report["repeatable"] as? Bool == true)
    #expect(report["bars"] as? Int == 290)
    #expect((report["decisions"] as? Int ?? 0) > 100)
    let cuts = try #require(report["cuts"] as? [[String: Any]])
    #expect(cuts.count == 12)
    #expect(cuts.filter { $0["kind"] as? String == "cut" }.count == 6)
    #expect(cuts.allSatisfy { $0["equal"] as? Bool == true })
    #expect(cuts.reduce(0) { $0 + ($1["compared"] as? Int ?? 0) } > 0)
    if strategy[0] != "mr-combined" { #expect((report["answers"] as? Int ?? 0) > 0) }
  }

  @Test func `catches a strategy that decides today what it should have done yesterday`() throws {
    let home = try HostProcess.Folder()
    try Self.cheat(
      "enters = last.close > 0 && bar->instrument == last.instrument && bar->close > last.close; day = last;", in: home)
    let arguments = try Array(Self.data(home).prefix(2))
    let result = try Self.run(["cheat", "--cuts", "8"] + arguments, home: home)
    #expect(result.status == 70, "\(result.output) \(result.errors)")
    let report = try result.json
    #expect(report["equal"] as? Bool == false)
    #expect(report["repeatable"] as? Bool == true)
    let difference = try #require(report["first_difference"] as? [String: Any])
    #expect(difference["symbol"] as? String == "AAA")
    #expect(difference["log"] as? String == "answer")
    #expect(difference["at"] as? String != nil)
    #expect(difference["with_future"] is String)
    #expect(difference["without_future"] is NSNull, "the cut run cannot have an answer: \(difference)")
  }

  @Test func `catches a strategy that remembers the future from an earlier run`() throws {
    let home = try HostProcess.Folder()
    try Self.cheat(
      "enters = 1; score = count + 1 < total && seen[count + 1] > bar->close ? 0.9 : 0.1;", in: home)
    let result = try Self.run(["cheat", "--cuts", "4"] + Array(Self.data(home).prefix(2)), home: home)
    #expect(result.status == 70, "\(result.output) \(result.errors)")
    let report = try result.json
    #expect(report["equal"] as? Bool == false)
    #expect(report["repeatable"] as? Bool == false)
    let difference = try #require(report["first_difference"] as? [String: Any])
    #expect(difference["kind"] as? String == "repeated")
  }

  @Test func `says in words where decisions change`() throws {
    let home = try HostProcess.Folder()
    try Self.cheat(
      "enters = last.close > 0 && bar->instrument == last.instrument && bar->close > last.close; day = last;", in: home)
    let result = try StrangerPlugin.host(["lookahead", "cheat"] + Array(Self.data(home).prefix(2)), in: home)
    #expect(result.status == 70)
    #expect(result.output.contains("decisions change with what comes after them"))
    #expect(result.output.contains("first difference: answer"))
    #expect(result.output.contains("AAA at 2016-"))
  }

  @Test func `chooses the same instants for the same seed, the ones around signals among them`() throws {
    let home = try HostProcess.Folder()
    let arguments = try ["sma-cross", "--param", "fast=3", "--param", "slow=8", "--cuts", "8"] + Self.data(home)
    func instants(_ seed: String) throws -> [String] {
      let report = try Self.run(arguments + ["--seed", seed], home: home).json
      return try #require(report["cuts"] as? [[String: Any]]).compactMap { $0["at"] as? String }
    }
    let first = try instants("1")
    #expect(try instants("1") == first)
    #expect(try instants("2") != first)
    #expect(Set(first).count == 8)
    #expect(first == first.sorted())
  }

  @Test(
    .enabled(if: SharedData.path != nil, "needs the shared reference data")
  ) func `a scanner's alerts do not depend on what follows them`() throws {
    let shared = try #require(SharedData.path)
    let home = try HostProcess.Folder()
    let result = try Self.run(
      [
        "pump-momentum", "--market", "crypto", "--quote", "BTC", "--cuts", "4", "--data",
        "\(shared)/data/crypto/pumps/no_licence/BRDBTC_20181113T1700Z_minute.csv",
      ], home: home)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    #expect((try result.json["answers"] as? Int ?? 0) > 1000)
  }

  @Test func `refuses cuts that are no number`() throws {
    let home = try HostProcess.Folder()
    let result = try Self.run(["sma-cross", "--cuts", "0"], home: home)
    #expect(result.status == 64)
    #expect(result.errorCode == "invalid_value")
  }
}
