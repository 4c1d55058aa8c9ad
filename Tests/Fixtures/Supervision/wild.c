/* A strategy that goes wrong in the way and at the bars its options name. Where it is told to
 * buy, it does so at the second bar it decides on. With WILD_QUIET in its environment nothing goes wrong. */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wharf/wharf.h"

WHARF_MANIFEST_FILE("manifest.json");

enum { QUIET, CRASH, ABORT, EXIT, SPIN, FAULT };

typedef struct {
  int64_t mode;
  int64_t from;  /* bars that start at this second and later go wrong, */
  int64_t until; /* up to this one, */
  int64_t warm;  /* also, when this is 1, while they only warm up */
  int64_t buy;
  int64_t bars;
  int64_t decide_from;
} wild;

static const wharf_config *config;

static wharf_status option(const wharf_host *host, const char *name, int64_t *out) {
  return config->integer(host, name, strlen(name), out);
}

static wharf_status create(const wharf_host *host, wharf_instance **out) {
  const void *table = NULL;
  if (host->table(host, "wharf.config/1", 14, &table) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  config = table;
  wild *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_IO;
  if (option(host, "wrong", &self->mode) != WHARF_OK || option(host, "from", &self->from) != WHARF_OK
      || option(host, "until", &self->until) != WHARF_OK || option(host, "warm", &self->warm) != WHARF_OK || option(host, "buy", &self->buy) != WHARF_OK) {
    free(self);
    return WHARF_E_CONFIGURATION;
  }
  *out = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  ((wild *)instance)->decide_from = start->decide_from;
  return WHARF_OK;
}

static wharf_status go_wrong(int64_t mode) {
  switch (mode) {
  case CRASH: *(volatile int *)8 = 1; break;
  case ABORT: abort();
  case EXIT: _exit(3);
  case SPIN: for (volatile uint64_t turns = 0;; turns++) {}
  default: break;
  }
  return WHARF_E_FAULT;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  wild *self = (wild *)instance;
  int decides = bar->start >= self->decide_from;
  int64_t second = bar->start / INT64_C(1000000000);
  int is_wrong = self->mode != QUIET && second >= self->from && second <= self->until && (decides || self->warm)
    && !getenv("WILD_QUIET");
  if (decides) self->bars++;
  /* What goes wrong has given an answer before, which must not count. */
  if (is_wrong || (decides && self->buy && self->bars == 2)) {
    wharf_signal signal = {.struct_size = sizeof signal, .instrument = bar->instrument,
      .verdict = WHARF_VERDICT_RAISED, .action = WHARF_ACTION_ENTER_LONG, .order_type = WHARF_ORDER_MARKET,
      .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE | WHARF_SIGNAL_WAITS_FOR_OPEN,
      .bar_time = bar->start, .decided_at = bar->end, .close = bar->close, .confidence = 90,
      .quantity = INT64_C(5000000000), .entry_price = (int64_t)(bar->close * 100 + 0.5) * 10000000,
      .stop_price = (int64_t)(bar->close * 10) * 10000000};
    sink->signal(sink->context, &signal);
  }
  return is_wrong ? go_wrong(self->mode) : WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_strategy strategy = {
  .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar, .destroy = destroy};

static wharf_status find(const char *id, uint64_t length, const void **out) {
  if (length != 16 || memcmp(id, "wharf.strategy/1", 16)) return WHARF_E_UNSUPPORTED;
  *out = &strategy;
  return WHARF_OK;
}

static const wharf_plugin plugin = {sizeof(wharf_plugin), WHARF_ABI_MAJOR, WHARF_ABI_MINOR, find};
const wharf_plugin *wharf_plugin_entry(void) { return &plugin; }
