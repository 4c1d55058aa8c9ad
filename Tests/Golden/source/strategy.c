/* Raises a signal every so many bars, and uses every table that a host of ABI 1.0 has. */
#include "golden.h"
#include <stdlib.h>

struct golden_strategy {
  const wharf_host *host;
  const wharf_log *log;
  const wharf_state *state;
  const wharf_clock *clock;
  const wharf_random *random;
  const wharf_portfolio *portfolio;
  int64_t every;
  int64_t seen;
};

static void keep(void *context, const void *data, uint64_t length) {
  if (length == sizeof(int64_t)) memcpy(context, data, sizeof(int64_t));
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  struct golden_strategy *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->log = ask(host, "wharf.log/1");
  self->state = ask(host, "wharf.state/1");
  self->clock = ask(host, "wharf.clock/1");
  self->random = ask(host, "wharf.random/1");
  self->portfolio = ask(host, "wharf.portfolio/1");
  const wharf_config *config = ask(host, "wharf.config/1");
  if (!self->log || !self->clock || !self->random || !config || !ask(host, "wharf.calendar/1") ||
      ask(host, "wharf.nothing/1") || config->integer(host, TEXT("every"), &self->every) != WHARF_OK) {
    free(self);
    return WHARF_E_CONFIGURATION;
  }
  if (self->state) {
    const wharf_bytes_sink sink = {sizeof sink, 0, &self->seen, keep};
    (void)self->state->get(host, TEXT("seen"), &sink);
  }
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  struct golden_strategy *self = (struct golden_strategy *)instance;
  self->log->write(self->host, WHARF_LOG_INFO, TEXT("golden start"));
  return start->struct_size == sizeof *start && start->instrument_count > 0 &&
                 start->instruments->struct_size == sizeof *start->instruments
             ? WHARF_OK
             : WHARF_E_INVALID;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  struct golden_strategy *self = (struct golden_strategy *)instance;
  self->seen++;
  if (self->state && (self->state->put(self->host, TEXT("seen"), &self->seen, sizeof self->seen) != WHARF_OK ||
                      self->state->commit(self->host) != WHARF_OK))
    return WHARF_E_IO;
  if (self->seen % self->every != 0) return WHARF_OK;
  wharf_signal signal;
  memset(&signal, 0, sizeof signal);
  signal.struct_size = sizeof signal;
  signal.instrument = bar->instrument;
  signal.verdict = WHARF_VERDICT_RAISED;
  signal.action = WHARF_ACTION_ENTER_LONG;
  signal.order_type = WHARF_ORDER_MARKET;
  signal.time_in_force = WHARF_TIF_DAY;
  signal.flags = WHARF_SIGNAL_OWN_SIZE | WHARF_SIGNAL_HAS_CONFIDENCE;
  signal.bar_time = bar->start;
  signal.decided_at = bar->end;
  signal.close = bar->close;
  signal.score = 0.5;
  signal.confidence = 75;
  signal.quantity = 2000000000;
  signal.stop_distance = 500000000;
  const wharf_field fields[] = {
      {TEXT("inputs"), TEXT("seen"), WHARF_FIELD_INTEGER, 0, 0, self->seen, 0, 0},
      {TEXT("inputs"), TEXT("draw"), WHARF_FIELD_FLAG, 0, 0, (int64_t)(self->random->next(self->host) & 1), 0, 0},
      {TEXT("inputs"), TEXT("now"), WHARF_FIELD_TIME, 0, 0, self->clock->now(self->host), 0, 0},
  };
  const wharf_check checks[] = {{TEXT("due"), WHARF_CHECK_BAR, 1, (double)self->seen, (double)self->every, 0, 0}};
  signal.fields = fields;
  signal.field_count = 3;
  signal.checks = checks;
  signal.check_count = 1;
  signal.code = "due";
  signal.code_length = 3;
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  struct golden_strategy *self = (struct golden_strategy *)instance;
  self->log->write(self->host, WHARF_LOG_WARNING, TEXT("golden fill"));
  return fill->struct_size == sizeof *fill ? WHARF_OK : WHARF_E_INVALID;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_strategy strategy = {.struct_size = sizeof strategy,
                                        .create = create,
                                        .start = start,
                                        .on_bar = on_bar,
                                        .on_fill = on_fill,
                                        .destroy = destroy};
ENTRY(OFFER("wharf.strategy/1", strategy))
