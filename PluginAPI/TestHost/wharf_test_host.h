/* A host in memory for the unit tests of plugins in C and C++: options, log, clock, random numbers and state.
 *
 *   wharf_test_host host;
 *   wharf_test_open(&host);
 *   wharf_test_integer(&host, "window", 3);
 *   const wharf_strategy *strategy = (const wharf_strategy *)wharf_test_table("wharf.strategy/1");
 *   WHARF_TEST(strategy->create(&host.host, &instance) == WHARF_OK);
 *
 * Not offered: wharf.calendar/1 and wharf.portfolio/1. Include it in one file: everything here is static. */
#ifndef WHARF_TEST_HOST_H
#define WHARF_TEST_HOST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

/* Ends the test with the place and the condition when it does not hold. */
#define WHARF_TEST(condition)                                                                                          \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition);                                         \
      exit(1);                                                                                                         \
    }                                                                                                                  \
  } while (0)

#define WHARF_TEST_UNUSED __attribute__((unused))

/* An option, or a value of the state. */
typedef struct wharf_test_entry {
  int32_t kind; /* 'i' integer, 'd' decimal, 'b' boolean, 't' text */
  uint32_t key_length;
  char key[128];
  int64_t number;
  char *data;
  uint64_t length;
} wharf_test_entry;

typedef struct wharf_test_entries {
  wharf_test_entry *items;
  uint64_t count;
} wharf_test_entries;

typedef struct wharf_test_host {
  wharf_host host; /* what create takes */
  wharf_test_entries options;
  wharf_test_entries pending; /* the state as the instance sees it */
  wharf_test_entries durable; /* the state as of the last commit */
  int64_t now;
  uint64_t random;
  int32_t fails_commits;  /* 1: every commit answers WHARF_E_IO */
  int32_t last_level;     /* of the last line of the log; 0: none */
  char last_line[4097];   /* that line, terminated */
  uint64_t line_count;
} wharf_test_host;

static wharf_test_host *wharf_test_at(const wharf_host *host) { return (wharf_test_host *)host->context; }

static wharf_test_entry *wharf_test_find(const wharf_test_entries *all, const char *key, uint64_t length) {
  for (uint64_t i = 0; i < all->count; i++)
    if (all->items[i].key_length == length && memcmp(all->items[i].key, key, (size_t)length) == 0) return &all->items[i];
  return NULL;
}

static wharf_test_entry *wharf_test_add(wharf_test_entries *all, const char *key, uint64_t length) {
  wharf_test_entry *found = wharf_test_find(all, key, length);
  if (found) return found;
  WHARF_TEST(length >= 1 && length <= 128);
  all->items = (wharf_test_entry *)realloc(all->items, (size_t)(all->count + 1) * sizeof *all->items);
  WHARF_TEST(all->items != NULL);
  uint64_t place = all->count++;
  while (place > 0) { /* ascending by bytes */
    const wharf_test_entry *before = &all->items[place - 1];
    uint64_t shared = before->key_length < length ? before->key_length : length;
    int order = memcmp(before->key, key, (size_t)shared);
    if (order < 0 || (order == 0 && before->key_length < length)) break;
    all->items[place] = *before;
    place--;
  }
  wharf_test_entry *added = &all->items[place];
  memset(added, 0, sizeof *added);
  memcpy(added->key, key, (size_t)length);
  added->key_length = (uint32_t)length;
  return added;
}

static void wharf_test_set_data(wharf_test_entry *entry, const void *data, uint64_t length) {
  char *copy = (char *)malloc((size_t)length + 1);
  WHARF_TEST(copy != NULL);
  if (length > 0) memcpy(copy, data, (size_t)length);
  free(entry->data);
  entry->data = copy;
  entry->length = length;
}

static void wharf_test_clear(wharf_test_entries *all) {
  for (uint64_t i = 0; i < all->count; i++) free(all->items[i].data);
  free(all->items);
  all->items = NULL;
  all->count = 0;
}

static void wharf_test_copy(wharf_test_entries *to, const wharf_test_entries *from) {
  wharf_test_clear(to);
  for (uint64_t i = 0; i < from->count; i++)
    wharf_test_set_data(wharf_test_add(to, from->items[i].key, from->items[i].key_length), from->items[i].data,
                        from->items[i].length);
}

/* wharf.log/1 */
static void wharf_test_write(const wharf_host *host, int32_t level, const char *text, uint64_t length) {
  wharf_test_host *self = wharf_test_at(host);
  uint64_t kept = length < 4096 ? length : 4096;
  if (kept > 0) memcpy(self->last_line, text, (size_t)kept);
  self->last_line[kept] = 0;
  self->last_level = level;
  self->line_count++;
}

/* wharf.clock/1, wharf.random/1 */
static int64_t wharf_test_now(const wharf_host *host) { return wharf_test_at(host)->now; }
static uint64_t wharf_test_next(const wharf_host *host) {
  uint64_t x = (wharf_test_at(host)->random += 0x9e3779b97f4a7c15u);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/* wharf.config/1 */
static wharf_status wharf_test_number(const wharf_host *host, const char *name, uint64_t length, int32_t kind,
                                      int64_t *out_value) {
  const wharf_test_entry *option = wharf_test_find(&wharf_test_at(host)->options, name, length);
  if (!option) return WHARF_E_NOT_FOUND;
  if (option->kind != kind) return WHARF_E_INVALID;
  *out_value = option->number;
  return WHARF_OK;
}
static wharf_status wharf_test_get_integer(const wharf_host *host, const char *name, uint64_t length, int64_t *out) {
  return wharf_test_number(host, name, length, 'i', out);
}
static wharf_status wharf_test_get_decimal(const wharf_host *host, const char *name, uint64_t length, int64_t *out) {
  return wharf_test_number(host, name, length, 'd', out);
}
static wharf_status wharf_test_get_boolean(const wharf_host *host, const char *name, uint64_t length, int32_t *out) {
  int64_t value = 0;
  wharf_status status = wharf_test_number(host, name, length, 'b', &value);
  if (status == WHARF_OK) *out = (int32_t)value;
  return status;
}
static wharf_status wharf_test_get_text(const wharf_host *host, const char *name, uint64_t length,
                                        const wharf_bytes_sink *sink) {
  const wharf_test_entry *option = wharf_test_find(&wharf_test_at(host)->options, name, length);
  if (!option) return WHARF_E_NOT_FOUND;
  if (option->kind != 't') return WHARF_E_INVALID;
  sink->bytes(sink->context, option->data, option->length);
  return WHARF_OK;
}

/* wharf.state/1 */
static wharf_status wharf_test_get(const wharf_host *host, const char *key, uint64_t length,
                                   const wharf_bytes_sink *sink) {
  const wharf_test_entry *entry = wharf_test_find(&wharf_test_at(host)->pending, key, length);
  if (!entry) return WHARF_E_NOT_FOUND;
  sink->bytes(sink->context, entry->data, entry->length);
  return WHARF_OK;
}
static wharf_status wharf_test_keys(const wharf_host *host, const char *prefix, uint64_t length,
                                    const wharf_bytes_sink *sink) {
  const wharf_test_entries *all = &wharf_test_at(host)->pending;
  for (uint64_t i = 0; i < all->count; i++)
    if (all->items[i].key_length >= length && memcmp(all->items[i].key, prefix, (size_t)length) == 0)
      sink->bytes(sink->context, all->items[i].key, all->items[i].key_length);
  return WHARF_OK;
}
static wharf_status wharf_test_put(const wharf_host *host, const char *key, uint64_t length, const void *value,
                                   uint64_t value_length) {
  if (length < 1 || length > 128 || value_length > 1048576) return WHARF_E_INVALID;
  wharf_test_set_data(wharf_test_add(&wharf_test_at(host)->pending, key, length), value, value_length);
  return WHARF_OK;
}
static wharf_status wharf_test_remove(const wharf_host *host, const char *key, uint64_t length) {
  wharf_test_entries *all = &wharf_test_at(host)->pending;
  wharf_test_entry *entry = wharf_test_find(all, key, length);
  if (!entry) return WHARF_OK;
  free(entry->data);
  memmove(entry, entry + 1, (size_t)(all->items + all->count - entry - 1) * sizeof *entry);
  all->count--;
  return WHARF_OK;
}
static wharf_status wharf_test_commit(const wharf_host *host) {
  wharf_test_host *self = wharf_test_at(host);
  if (self->fails_commits) return WHARF_E_IO;
  wharf_test_copy(&self->durable, &self->pending);
  return WHARF_OK;
}

static wharf_status wharf_test_host_table(const wharf_host *host, const char *id, uint64_t length, const void **out) {
  static const wharf_log log_table = {sizeof(wharf_log), 0, wharf_test_write};
  static const wharf_clock clock_table = {sizeof(wharf_clock), 0, wharf_test_now};
  static const wharf_random random_table = {sizeof(wharf_random), 0, wharf_test_next};
  static const wharf_config config_table = {sizeof(wharf_config),   0, wharf_test_get_integer, wharf_test_get_decimal,
                                            wharf_test_get_boolean, wharf_test_get_text};
  static const wharf_state state_table = {sizeof(wharf_state), 0, wharf_test_get, wharf_test_keys,
                                          wharf_test_put,      wharf_test_remove, wharf_test_commit};
  const struct {
    const char *id;
    const void *table;
  } tables[] = {{"wharf.log/1", &log_table},
                {"wharf.clock/1", &clock_table},
                {"wharf.random/1", &random_table},
                {"wharf.config/1", &config_table},
                {"wharf.state/1", &state_table}};
  (void)host;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    if (strlen(tables[i].id) != length || memcmp(tables[i].id, id, (size_t)length) != 0) continue;
    *out = tables[i].table;
    return WHARF_OK;
  }
  return WHARF_E_UNSUPPORTED;
}

/* Makes an empty host at time 0. */
static void wharf_test_open(wharf_test_host *self) {
  memset(self, 0, sizeof *self);
  self->host.struct_size = sizeof self->host;
  self->host.abi_minor = WHARF_ABI_MINOR;
  self->host.context = self;
  self->host.table = wharf_test_host_table;
}

/* Forgets what was not committed, as a killed process does. */
WHARF_TEST_UNUSED static void wharf_test_crash(wharf_test_host *self) {
  wharf_test_copy(&self->pending, &self->durable);
}

/* Frees what the host holds. */
WHARF_TEST_UNUSED static void wharf_test_close(wharf_test_host *self) {
  wharf_test_clear(&self->options);
  wharf_test_clear(&self->pending);
  wharf_test_clear(&self->durable);
}

static void wharf_test_option(wharf_test_host *self, const char *name, int32_t kind, int64_t number) {
  wharf_test_entry *option = wharf_test_add(&self->options, name, strlen(name));
  option->kind = kind;
  option->number = number;
}
/* Sets an integer option, or a duration in seconds. */
WHARF_TEST_UNUSED static void wharf_test_integer(wharf_test_host *self, const char *name, int64_t value) {
  wharf_test_option(self, name, 'i', value);
}
/* Sets a decimal option, in billionths. */
WHARF_TEST_UNUSED static void wharf_test_decimal(wharf_test_host *self, const char *name, int64_t nanos) {
  wharf_test_option(self, name, 'd', nanos);
}
/* Sets a boolean option, 0 or 1. */
WHARF_TEST_UNUSED static void wharf_test_boolean(wharf_test_host *self, const char *name, int32_t value) {
  wharf_test_option(self, name, 'b', value);
}
/* Sets a text or choice. */
WHARF_TEST_UNUSED static void wharf_test_text(wharf_test_host *self, const char *name, const char *value) {
  wharf_test_option(self, name, 't', 0);
  wharf_test_set_data(wharf_test_find(&self->options, name, strlen(name)), value, strlen(value));
}

/* One of the tables of the plugin under test; null when it has none with this id. */
WHARF_TEST_UNUSED static const void *wharf_test_table(const char *id) {
  const wharf_plugin *plugin = wharf_plugin_entry();
  const void *table = NULL;
  WHARF_TEST(plugin && plugin->struct_size == sizeof *plugin && plugin->abi_major == WHARF_ABI_MAJOR);
  return plugin->table(id, strlen(id), &table) == WHARF_OK ? table : NULL;
}

/* An instrument with daily bars on XNYS in US dollars, ticks of 0.01 and steps of 1. */
WHARF_TEST_UNUSED static wharf_instrument wharf_test_instrument(const char *symbol, uint32_t id) {
  wharf_instrument instrument;
  memset(&instrument, 0, sizeof instrument);
  instrument.struct_size = sizeof instrument;
  instrument.id = id;
  instrument.market = WHARF_MARKET_EQUITY;
  instrument.bar_seconds = 86400;
  instrument.symbol = symbol;
  instrument.symbol_length = strlen(symbol);
  instrument.currency = "USD";
  instrument.currency_length = 3;
  instrument.exchange = "XNYS";
  instrument.exchange_length = 4;
  instrument.tick = 10000000;
  instrument.step = 1000000000;
  return instrument;
}

/* What start takes, for one list of instruments. */
WHARF_TEST_UNUSED static wharf_start wharf_test_start(const wharf_instrument *instruments, uint64_t count) {
  wharf_start start;
  memset(&start, 0, sizeof start);
  start.struct_size = sizeof start;
  start.decide_from = INT64_MIN;
  start.instruments = instruments;
  start.instrument_count = count;
  return start;
}

/* The daily bar of the day with this number, flat at a price; set what else matters. */
WHARF_TEST_UNUSED static wharf_bar wharf_test_bar(int64_t day, double price, double volume) {
  wharf_bar bar;
  memset(&bar, 0, sizeof bar);
  bar.start = day * 86400000000000;
  bar.end = bar.start + 75600000000000;
  bar.open = bar.high = bar.low = bar.close = price;
  bar.volume = volume;
  bar.flags = WHARF_SESSION_FIRST | WHARF_SESSION_LAST;
  return bar;
}

#endif
