/* My Plugin: daily bars of one made-up symbol. They are a pure function of the options, so the same seed always gives the
 * same bars. The walk:
 *
 *   open_0 = 100; u1...u4 are uniform in [0, 1), from splitmix64 started at `seed`
 *   close = open * (1 + volatility * (2 * u1 - 1)), at least 1
 *   high  = max(open, close) * (1 + volatility * u2 / 2), low = min(open, close) * (1 - volatility * u3 / 2)
 *   open of the next bar = close; volume = floor(1000000 * (0.5 + u4)); prices are rounded to cents
 *
 * One bar a weekday, from Monday 2015-01-05 on. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */
#define DAY INT64_C(86400000000000)
#define FIRST_DAY 16440 /* 2015-01-05 in days since 1970-01-01 */

/* Where the walk stands. */
typedef struct my_plugin_walk {
  uint64_t random, index;
  double price;
} my_plugin_walk;

typedef struct my_plugin {
  uint64_t bars, seed;
  double volatility;
  char symbol[64];
  uint64_t symbol_length;
  int is_open;
  my_plugin_walk walk;
} my_plugin;

static double uniform(my_plugin_walk *walk) {
  uint64_t x = (walk->random += UINT64_C(0x9e3779b97f4a7c15));
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return (double)((x ^ (x >> 31)) >> 11) * 0x1p-53;
}

static double cents(double price) { return floor(price * 100 + 0.5) / 100; }

static int64_t bar_start(uint64_t index) {
  return (FIRST_DAY + (int64_t)(index / 5) * 7 + (int64_t)(index % 5)) * DAY;
}

static wharf_bar next_bar(my_plugin_walk *walk, double volatility) {
  wharf_bar bar = {.start = bar_start(walk->index), .open = walk->price};
  double u1 = uniform(walk), u2 = uniform(walk), u3 = uniform(walk), u4 = uniform(walk);
  bar.end = bar.start + DAY;
  bar.close = cents(bar.open * (1 + volatility * (2 * u1 - 1)));
  if (bar.close < 1) bar.close = 1;
  double high = bar.open > bar.close ? bar.open : bar.close, low = bar.open > bar.close ? bar.close : bar.open;
  bar.high = cents(high * (1 + volatility * u2 / 2));
  bar.low = cents(low * (1 - volatility * u3 / 2));
  bar.volume = floor(1000000 * (0.5 + u4));
  walk->price = bar.close;
  walk->index++;
  return bar;
}

static my_plugin_walk begin(const my_plugin *self) { return (my_plugin_walk){self->seed, 0, 100}; }

static void read_symbol(void *context, const void *data, uint64_t length) {
  my_plugin *self = context;
  if (length > sizeof self->symbol) return;
  memcpy(self->symbol, data, length);
  self->symbol_length = length;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *table, *log;
  if (host->table(host, TEXT("wharf.config/1"), &table) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  const wharf_config *config = table;
  my_plugin options = {0};
  int64_t bars = 0, seed = -1, volatility = -1;
  wharf_bytes_sink sink = {sizeof sink, 0, &options, read_symbol};
  config->integer(host, TEXT("bars"), &bars);
  config->integer(host, TEXT("seed"), &seed);
  config->decimal(host, TEXT("volatility"), &volatility);
  config->text(host, TEXT("symbol"), &sink);
  if (bars < 1 || bars > 60000 || seed < 0 || volatility < 0 || volatility > 500000000 || options.symbol_length == 0) {
    if (host->table(host, TEXT("wharf.log/1"), &log) == WHARF_OK)
      ((const wharf_log *)log)->write(host, WHARF_LOG_ERROR,
                                      TEXT("expected bars from 1 to 60000, seed of at least 0, volatility from 0 to "
                                           "0.5, symbol of 1 to 64 bytes"));
    return WHARF_E_CONFIGURATION;
  }
  my_plugin *self = malloc(sizeof *self);
  if (!self) return WHARF_E_FAULT;
  *self = options;
  self->bars = (uint64_t)bars;
  self->seed = (uint64_t)seed;
  self->volatility = (double)volatility / 1e9;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

/* Whether every wanted symbol, separated by commas, is the one there is. */
static int has_all(const my_plugin *self, const char *symbols, uint64_t length) {
  for (uint64_t from = 0, to; length > 0 && from <= length; from = to + 1) {
    for (to = from; to < length && symbols[to] != ','; to++) {}
    if (to - from != self->symbol_length || memcmp(symbols + from, self->symbol, to - from) != 0) return 0;
  }
  return 1;
}

/* Four sums (FNV-1a, each started elsewhere) over every bar: another bar, other bytes. */
static void fingerprint(const my_plugin *self, uint8_t out[32]) {
  uint64_t lanes[4] = {UINT64_C(0xcbf29ce484222325), 1, 2, 3};
  my_plugin_walk walk = begin(self);
  while (walk.index < self->bars) {
    wharf_bar bar = next_bar(&walk, self->volatility);
    const unsigned char *bytes = (const unsigned char *)&bar;
    for (size_t i = 0; i < sizeof bar; i++)
      for (int lane = 0; lane < 4; lane++) lanes[lane] = (lanes[lane] ^ bytes[i]) * UINT64_C(0x100000001b3);
  }
  memcpy(out, lanes, 32);
}

static wharf_status open(wharf_instance *instance, const char *symbols, uint64_t symbols_length,
                         const wharf_market_data_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  if (!has_all(self, symbols, symbols_length)) return WHARF_E_NOT_FOUND;
  wharf_series series = {.struct_size = sizeof series, .bar_seconds = 86400, .symbol = self->symbol,
                         .symbol_length = self->symbol_length, .first_start = bar_start(0),
                         .last_start = bar_start(self->bars - 1), .bar_count = self->bars, .currency = "USD",
                         .currency_length = 3};
  uint8_t bytes[32];
  fingerprint(self, bytes);
  sink->series(sink->context, &series);
  sink->fingerprint(sink->context, bytes, sizeof bytes);
  self->walk = begin(self);
  self->is_open = 1;
  return WHARF_OK;
}

static wharf_status read_bars(wharf_instance *instance, wharf_bar *out_bars, uint64_t capacity, uint64_t *out_count) {
  my_plugin *self = (my_plugin *)instance;
  *out_count = 0;
  if (!self->is_open) return WHARF_E_INVALID;
  if (self->walk.index == self->bars) return WHARF_E_END;
  while (*out_count < capacity && self->walk.index < self->bars)
    out_bars[(*out_count)++] = next_bar(&self->walk, self->volatility);
  return WHARF_OK;
}

static wharf_status rewind_bars(wharf_instance *instance) {
  my_plugin *self = (my_plugin *)instance;
  if (!self->is_open) return WHARF_E_INVALID;
  self->walk = begin(self);
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  static const wharf_market_data source = {sizeof source, 0, create, open, read_bars, rewind_bars, destroy};
  if (id_length != 19 || memcmp(id, "wharf.market_data/1", 19) != 0) return WHARF_E_UNSUPPORTED;
  *out_table = &source;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
