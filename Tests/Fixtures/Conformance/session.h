/* What the fixtures of sessions share. Each of them keeps the contract; `-DBAD_LATE_BARS` and the like switch on one
 * fault, and BAD(LATE_BARS) is 1 then and 0 otherwise. */
#ifndef FIXTURE_SESSION_H
#define FIXTURE_SESSION_H

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");

#define FIXTURE_ONE_1 0,
#define FIXTURE_SECOND(first, second, ...) second
#define FIXTURE_IS_ONE(value) FIXTURE_IS_ONE_(value)
#define FIXTURE_IS_ONE_(value) FIXTURE_CHOICE(FIXTURE_ONE_##value)
#define FIXTURE_CHOICE(maybe) FIXTURE_SECOND(maybe 1, 0, 0)
#define BAD(name) FIXTURE_IS_ONE(BAD_##name)

#define TEXT(literal) literal, sizeof literal - 1
#define UNIT INT64_C(1000000000)

/* The host tables of an instance; null where the host has none. */
typedef struct fixture_host {
  const wharf_host *host;
  const wharf_log *log;
  const wharf_clock *clock;
  const wharf_random *random;
  const wharf_config *config;
  const wharf_state *state;
  const wharf_calendar *calendar;
  const wharf_portfolio *portfolio;
} fixture_host;

static inline const void *fixture_table(const wharf_host *host, const char *id, uint64_t length) {
  const void *table = NULL;
  return host->table(host, id, length, &table) == WHARF_OK ? table : NULL;
}

static inline fixture_host fixture_tables(const wharf_host *host) {
  fixture_host tables = {.host = host};
  tables.log = fixture_table(host, TEXT("wharf.log/1"));
  tables.clock = fixture_table(host, TEXT("wharf.clock/1"));
  tables.random = fixture_table(host, TEXT("wharf.random/1"));
  tables.config = fixture_table(host, TEXT("wharf.config/1"));
  tables.state = fixture_table(host, TEXT("wharf.state/1"));
  tables.calendar = fixture_table(host, TEXT("wharf.calendar/1"));
  tables.portfolio = fixture_table(host, TEXT("wharf.portfolio/1"));
  return tables;
}

static inline void fixture_say(const fixture_host *host, const char *text, uint64_t length) {
  if (host->log) host->log->write(host->host, WHARF_LOG_WARNING, text, length);
}

/* Whether every number of a bar is one that a bar may have. */
static inline int fixture_is_bar(const wharf_bar *bar) {
  return isfinite(bar->open) && isfinite(bar->high) && isfinite(bar->low) && isfinite(bar->close) &&
         isfinite(bar->volume) && bar->open > 0 && bar->close > 0 && bar->low > 0 && bar->high >= bar->low &&
         bar->volume >= 0;
}

/* A piece of state as it is read. */
typedef struct fixture_piece {
  uint8_t bytes[4096];
  uint64_t length; /* may be more than there is room for */
  uint64_t count;
} fixture_piece;

static inline void fixture_take_piece(void *context, const void *data, uint64_t length) {
  fixture_piece *piece = context;
  piece->count++;
  piece->length = length;
  if (length > 0 && length <= sizeof piece->bytes) memcpy(piece->bytes, data, length);
}

/* An entry with up to two tables. */
#define FIXTURE_ENTRY(id_1, table_1, id_2, table_2)                                                                    \
  static wharf_status find(const char *id, uint64_t length, const void **out_table) {                                  \
    if (length == sizeof id_1 - 1 && memcmp(id, id_1, length) == 0) return *out_table = table_1, WHARF_OK;             \
    if (length == sizeof id_2 - 1 && memcmp(id, id_2, length) == 0) return *out_table = table_2, WHARF_OK;             \
    return WHARF_E_UNSUPPORTED;                                                                                        \
  }                                                                                                                    \
  const wharf_plugin *wharf_plugin_entry(void) {                                                                       \
    static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, find};                        \
    return &plugin;                                                                                                    \
  }

#endif
