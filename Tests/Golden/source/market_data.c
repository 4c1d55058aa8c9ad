/* Three daily bars of one made-up symbol. */
#include "golden.h"
#include <stdlib.h>

struct golden_source {
  uint64_t next;
};

enum { BARS = 3 };
static const int64_t day = 86400000000000;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  (void)host;
  *out_instance = calloc(1, sizeof(struct golden_source));
  return *out_instance ? WHARF_OK : WHARF_E_FAULT;
}

static wharf_status open(wharf_instance *instance, const char *symbols, uint64_t symbols_length,
                         const wharf_market_data_sink *sink) {
  (void)instance;
  if (symbols_length && !is(symbols, symbols_length, "GOLD")) return WHARF_E_NOT_FOUND;
  const wharf_series series = {sizeof series, 86400, TEXT("GOLD"), day, BARS * day, BARS, 0, TEXT("USD")};
  sink->series(sink->context, &series);
  const wharf_data_fault fault = {sizeof fault, 1, TEXT("made up"), 3, TEXT("possible_split"), TEXT("not a real one")};
  sink->fault(sink->context, &fault);
  sink->fingerprint(sink->context, (const uint8_t *)"0123456789abcdef0123456789abcdef", 32);
  return WHARF_OK;
}

static wharf_status read(wharf_instance *instance, wharf_bar *out_bars, uint64_t capacity, uint64_t *out_count) {
  struct golden_source *self = (struct golden_source *)instance;
  uint64_t count = 0;
  for (; count < capacity && self->next < BARS; count++, self->next++) {
    const int64_t start = (int64_t)(self->next + 1) * day;
    const wharf_bar bar = {start, start + day, 10, 12, 9, 11, 100, 0, 0};
    out_bars[count] = bar;
  }
  *out_count = count;
  return count ? WHARF_OK : WHARF_E_END;
}

static wharf_status rewind_(wharf_instance *instance) {
  ((struct golden_source *)instance)->next = 0;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_market_data source = {.struct_size = sizeof source,
                                         .create = create,
                                         .open = open,
                                         .read = read,
                                         .rewind = rewind_,
                                         .destroy = destroy};
ENTRY(OFFER("wharf.market_data/1", source))
