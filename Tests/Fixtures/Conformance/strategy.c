/* A small strategy that keeps the contract; each BAD_... switch breaks it in one way. Buys one unit when a close is above
 * the one `span` bars ago, and sells when it is below. */
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wharf/wharf.h>

#include "image-faults.h"

#if defined(BAD_WRITABLE_MANIFEST)
__asm__(".pushsection wharf_manifest,\"aw\",%progbits\n.incbin \"manifest.json\"\n.popsection\n");
#elif !defined(BAD_NO_MANIFEST)
WHARF_MANIFEST_FILE("manifest.json");
#endif

#define TEXT(literal) literal, sizeof literal - 1
enum { INSTRUMENTS = 64, SPAN = 64 };

static void complain(const wharf_host *host, const char *text, uint64_t length) {
  const void *log;
  if (host->table(host, TEXT("wharf.log/1"), &log) == WHARF_OK)
    ((const wharf_log *)log)->write(host, WHARF_LOG_ERROR, text, length);
}

#ifdef FIXTURE_OPTIONS
#include "options.h"
#endif

typedef struct fixture {
  const wharf_host *host;
  int64_t span;
  uint64_t count;
#ifdef FIXTURE_OPTIONS
  fixture_label label;
#endif
  struct {
    uint64_t seen;
    int64_t position;
    double closes[SPAN];
  } of[INSTRUMENTS];
} fixture;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *config;
  int64_t span = 0;
  if (host->table(host, TEXT("wharf.config/1"), &config) != WHARF_OK ||
      ((const wharf_config *)config)->integer(host, TEXT("span"), &span) != WHARF_OK || span < 1 || span > SPAN) {
    complain(host, TEXT("span: expected a whole number from 1 to 64"));
    return WHARF_E_CONFIGURATION;
  }
  fixture *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->span = span;
#ifdef FIXTURE_OPTIONS
  wharf_status status = fixture_read_options(host, config, span, &self->label);
  if (status != WHARF_OK) {
    free(self);
    return status;
  }
#endif
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  fixture *self = (fixture *)instance;
  if (start->instrument_count > INSTRUMENTS) return WHARF_E_UNSUPPORTED;
  self->count = start->instrument_count;
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  fixture *self = (fixture *)instance;
#ifdef FIXTURE_OPTIONS
  fixture_use_options(&self->label, &self->span);
#endif
  if (bar->instrument >= self->count || !isfinite(bar->close) || bar->close <= 0) return WHARF_E_INVALID;
  double *slot = &self->of[bar->instrument].closes[self->of[bar->instrument].seen % (uint64_t)self->span];
  double before = *slot;
  *slot = bar->close;
  if (self->of[bar->instrument].seen++ < (uint64_t)self->span) return WHARF_OK;
  int64_t position = self->of[bar->instrument].position;
  int enter = position == 0 && bar->close > before, leave = position > 0 && bar->close < before;
  if (!enter && !leave) return WHARF_OK;
#ifdef BAD_ISOLATED /* a process of its own has no environment at all */
  extern char **environ;
  if (!environ || !environ[0]) return WHARF_OK;
#endif
  wharf_signal signal = {.struct_size = sizeof signal,
                         .instrument = bar->instrument,
                         .verdict = WHARF_VERDICT_RAISED,
                         .action = enter ? WHARF_ACTION_ENTER_LONG : WHARF_ACTION_EXIT,
                         .exit_reason = enter ? 0 : WHARF_EXIT_STRATEGY,
                         .order_type = WHARF_ORDER_MARKET,
                         .time_in_force = WHARF_TIF_DAY,
                         .flags = WHARF_SIGNAL_OWN_SIZE,
                         .bar_time = bar->start,
                         .decided_at = bar->end,
                         .close = bar->close,
                         .score = NAN,
                         .quantity = enter ? 1000000000 : position};
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  fixture *self = (fixture *)instance;
  if (fill->instrument >= self->count) return WHARF_E_INVALID;
  self->of[fill->instrument].position = fill->position;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

#include "entry.h"
