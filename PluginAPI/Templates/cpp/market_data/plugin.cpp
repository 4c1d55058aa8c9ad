// My Plugin: daily bars of one made-up symbol. They are a pure function of the options, so the same seed always gives the
// same bars. The walk:
//
//   open_0 = 100; u1...u4 are uniform in [0, 1), from splitmix64 started at `seed`
//   close = open * (1 + volatility * (2 * u1 - 1)), at least 1
//   high  = max(open, close) * (1 + volatility * u2 / 2), low = min(open, close) * (1 - volatility * u3 / 2)
//   open of the next bar = close; volume = floor(1000000 * (0.5 + u4)); prices are rounded to cents
//
// One bar a weekday, from Monday 2015-01-05 on.
#include "edge.hpp"
#include <algorithm>
#include <cmath>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

namespace plugin {

constexpr std::int64_t day = 86'400'000'000'000, first_day = 16'440; // 2015-01-05 in days since 1970-01-01

// Where the walk stands.
class Walk {
public:
  explicit Walk(std::uint64_t seed) : random(seed) {}

  std::uint64_t index = 0;

  static std::int64_t start(std::uint64_t index) {
    return (first_day + static_cast<std::int64_t>(index / 5 * 7 + index % 5)) * day;
  }

  wharf_bar next(double volatility) {
    const double u1 = uniform(), u2 = uniform(), u3 = uniform(), u4 = uniform();
    wharf_bar bar = {};
    bar.start = start(index++);
    bar.end = bar.start + day;
    bar.open = price;
    bar.close = std::max(cents(bar.open * (1 + volatility * (2 * u1 - 1))), 1.0);
    bar.high = cents(std::max(bar.open, bar.close) * (1 + volatility * u2 / 2));
    bar.low = cents(std::min(bar.open, bar.close) * (1 - volatility * u3 / 2));
    bar.volume = std::floor(1000000 * (0.5 + u4));
    price = bar.close;
    return bar;
  }

private:
  static double cents(double price) { return std::floor(price * 100 + 0.5) / 100; }

  double uniform() {
    std::uint64_t x = (random += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1p-53;
  }

  std::uint64_t random;
  double price = 100;
};

class WalkSource {
public:
  explicit WalkSource(const Services &host)
      : symbol(host.text("symbol").value_or("")), bars(host.integer("bars").value_or(0)),
        seed(host.integer("seed").value_or(-1)), nanos(host.decimal("volatility").value_or(-1)) {
    if (bars < 1 || bars > 60000 || seed < 0 || nanos < 0 || nanos > 500000000 || symbol.empty() || symbol.size() > 64)
      throw host.refuse("expected bars from 1 to 60000, seed of at least 0, volatility from 0 to 0.5, symbol of 1 to 64 "
                        "bytes");
  }

  void open(std::string_view symbols, const wharf_market_data_sink &sink) {
    while (!symbols.empty()) { // every wanted symbol must be the one there is
      const std::size_t comma = symbols.find(',');
      if (symbols.substr(0, comma) != symbol) throw Refusal{WHARF_E_NOT_FOUND};
      symbols = comma == std::string_view::npos ? std::string_view() : symbols.substr(comma + 1);
    }
    auto series = sized<wharf_series>();
    lend(symbol, series.symbol, series.symbol_length);
    lend("USD", series.currency, series.currency_length);
    series.bar_seconds = 86400;
    series.first_start = Walk::start(0);
    series.last_start = Walk::start(count() - 1);
    series.bar_count = count();
    std::uint8_t bytes[32];
    fingerprint(bytes);
    sink.series(sink.context, &series);
    sink.fingerprint(sink.context, bytes, sizeof bytes);
    walk.emplace(static_cast<std::uint64_t>(seed));
  }

  std::uint64_t read(wharf_bar *out, std::uint64_t capacity) {
    if (!walk) throw Refusal{WHARF_E_INVALID};
    if (walk->index == count()) throw Refusal{WHARF_E_END};
    std::uint64_t written = 0;
    while (written < capacity && walk->index < count()) out[written++] = walk->next(volatility());
    return written;
  }

  void rewind() {
    if (!walk) throw Refusal{WHARF_E_INVALID};
    walk.emplace(static_cast<std::uint64_t>(seed));
  }

private:
  std::uint64_t count() const { return static_cast<std::uint64_t>(bars); }
  double volatility() const { return static_cast<double>(nanos) / 1e9; }

  // Four sums (FNV-1a, each started elsewhere) over every bar: another bar, other bytes.
  void fingerprint(std::uint8_t out[32]) const {
    std::uint64_t lanes[4] = {0xcbf29ce484222325u, 1, 2, 3};
    Walk walk(static_cast<std::uint64_t>(seed));
    while (walk.index < count()) {
      const wharf_bar bar = walk.next(volatility());
      unsigned char bytes[sizeof bar];
      std::memcpy(bytes, &bar, sizeof bar);
      for (const unsigned char byte : bytes)
        for (std::uint64_t &lane : lanes) lane = (lane ^ byte) * 0x100000001b3u;
    }
    std::memcpy(out, lanes, sizeof lanes);
  }

  const std::string symbol;
  const std::int64_t bars, seed, nanos;
  std::optional<Walk> walk; // set once it is open
};

WalkSource *of(wharf_instance *instance) { return reinterpret_cast<WalkSource *>(instance); }

} // namespace plugin

// --- the edge to the host ---

using namespace plugin;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  return guarded([&] { *out_instance = reinterpret_cast<wharf_instance *>(new WalkSource(Services(host))); });
}
static wharf_status open(wharf_instance *instance, const char *symbols, std::uint64_t symbols_length,
                         const wharf_market_data_sink *sink) {
  return guarded([&] { of(instance)->open(view(symbols, symbols_length), *sink); });
}
static wharf_status read(wharf_instance *instance, wharf_bar *out_bars, std::uint64_t capacity,
                         std::uint64_t *out_count) {
  *out_count = 0;
  return guarded([&] { *out_count = of(instance)->read(out_bars, capacity); });
}
static wharf_status rewind(wharf_instance *instance) {
  return guarded([&] { of(instance)->rewind(); });
}
static void destroy(wharf_instance *instance) { delete of(instance); }

static wharf_status table(const char *id, std::uint64_t id_length, const void **out_table) {
  static const wharf_market_data source = {sizeof source, 0, create, open, read, rewind, destroy};
  if (view(id, id_length) != "wharf.market_data/1") return WHARF_E_UNSUPPORTED;
  *out_table = &source;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry() {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
