/* A source of two made-up series of daily bars, merged in order of time. */
#include "session.h"

enum { SERIES = 2, DAYS = 90 };
static const char *const symbols[SERIES] = {"AAA", "BBB"};

typedef struct session_source {
  int is_open, wanted[SERIES], places[SERIES]; /* which series are open, and as which instruments */
  uint64_t next;
  int reads;
} session_source;

static int opened;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  (void)host;
  session_source *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static int names(const char *list, uint64_t length, const char *symbol) {
  for (uint64_t start = 0; start < length;) {
    uint64_t end = start;
    while (end < length && list[end] != ',') end++;
    if (end - start == 3 && memcmp(list + start, symbol, 3) == 0) return 1;
    start = end + 1;
  }
  return 0;
}

static wharf_bar made(int series, uint64_t day, uint32_t instrument) {
  double close = 20 + 10 * series + (double)(day * 7 % 13);
  int64_t start = INT64_C(1600041600) * UNIT + (int64_t)day * 86400 * UNIT;
  return (wharf_bar){.start = start,
                     .end = start + 86400 * UNIT,
                     .open = close - 0.5,
                     .high = close + 1,
                     .low = close - 1,
                     .close = close,
                     .volume = 1000 + (double)day,
                     .instrument = instrument};
}

static wharf_status open_source(wharf_instance *instance, const char *list, uint64_t length,
                                const wharf_market_data_sink *sink) {
  session_source *self = (session_source *)instance;
  int count = 0;
  for (int i = 0; i < SERIES; i++) {
    self->wanted[i] = length == 0 || names(list, length, symbols[i]);
    self->places[i] = count;
    count += self->wanted[i];
  }
  if (count == 0) return BAD(ANY_SYMBOL) ? WHARF_OK : WHARF_E_NOT_FOUND;
  if (BAD(OPENS_ALL)) self->wanted[0] = self->wanted[1] = self->places[1] = 1;
  for (int i = 0; i < SERIES; i++) {
    if (!self->wanted[i]) continue;
    wharf_series series = {.struct_size = sizeof series,
                           .bar_seconds = 86400,
                           .symbol = symbols[i],
                           .symbol_length = 3,
                           .first_start = made(i, 0, 0).start,
                           .last_start = made(i, DAYS - 1, 0).start,
                           .bar_count = DAYS + BAD(WRONG_COUNT)};
    sink->series(sink->context, &series);
  }
  uint8_t fingerprint[32] = {(uint8_t)(self->wanted[0] + 2 * self->wanted[1])};
  if (BAD(NEW_FINGERPRINT)) fingerprint[1] = (uint8_t)(++opened / 6);
  sink->fingerprint(sink->context, fingerprint, sizeof fingerprint);
  self->is_open = 1;
  self->next = 0;
  return WHARF_OK;
}

static wharf_status read_bars(wharf_instance *instance, wharf_bar *out_bars, uint64_t capacity, uint64_t *out_count) {
  session_source *self = (session_source *)instance;
  if (!self->is_open && !BAD(READS_CLOSED)) return WHARF_E_INVALID;
  if (BAD(ENDS_BADLY) && self->next == SERIES * DAYS && self->reads++ > 0) return WHARF_E_INVALID;
  uint64_t count = 0;
  if (BAD(SKIPS_SINGLE) && capacity == 1 && self->next == 30) self->next += 2;
  while (count < capacity && self->next < SERIES * DAYS) {
    int series = (int)(self->next % SERIES);
    uint64_t day = self->next / SERIES;
    if (BAD(MIXES_DAYS) && day == 40) series = 1 - series;
    self->next++;
    if (!self->wanted[series] && self->is_open) continue;
    out_bars[count] = made(series, day, (uint32_t)self->places[series]);
    if (BAD(HIGH_BELOW_LOW) && day == 50) out_bars[count].high = out_bars[count].low / 2;
    count++;
  }
  if (BAD(OVERRUNS) && capacity == 3 && count == 3) out_bars[3] = out_bars[2];
  *out_count = count;
  return count > 0 ? WHARF_OK : WHARF_E_END;
}

static wharf_status rewind_bars(wharf_instance *instance) {
  session_source *self = (session_source *)instance;
  if (!self->is_open) return WHARF_E_INVALID;
  self->next = BAD(REWINDS_SHORT) ? SERIES : 0;
  self->reads = 0;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_market_data source = {sizeof source, 0, create, open_source, read_bars, rewind_bars, destroy};
FIXTURE_ENTRY("wharf.market_data/1", &source, "wharf.market_data/1", &source)
