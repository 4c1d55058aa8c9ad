/* Tells of every bar that closes above its open. */
#include "golden.h"
#include <stdlib.h>

struct golden_scanner {
  uint64_t alerts;
};

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  if (!ask(host, "wharf.log/1")) return WHARF_E_CONFIGURATION;
  *out_instance = calloc(1, sizeof(struct golden_scanner));
  return *out_instance ? WHARF_OK : WHARF_E_FAULT;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  (void)instance;
  return start->struct_size == sizeof *start ? WHARF_OK : WHARF_E_INVALID;
}

static void tell(const wharf_observation_sink *sink, const wharf_bar *bar, int32_t kind, uint64_t number) {
  const wharf_field field = {TEXT("inputs"), TEXT("gain"), WHARF_FIELD_NUMBER, 0, bar ? bar->close - bar->open : 0, 0, 0, 0};
  const wharf_observation observation = {
      sizeof observation, bar ? bar->instrument : 0, kind, 0, bar ? bar->end : 0, number, 1, bar ? bar->close : 0, 0.25,
      TEXT("golden_alert"), TEXT("open"), &field, 1, TEXT("up")};
  sink->observation(sink->context, &observation);
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_observation_sink *sink) {
  struct golden_scanner *self = (struct golden_scanner *)instance;
  if (bar->close > bar->open) tell(sink, bar, WHARF_OBSERVATION_ALERT, ++self->alerts);
  return WHARF_OK;
}

static wharf_status finish(wharf_instance *instance, const wharf_observation_sink *sink) {
  (void)instance;
  tell(sink, 0, WHARF_OBSERVATION_EPISODE_CLOSED, 0);
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_scanner scanner = {.struct_size = sizeof scanner,
                                      .create = create,
                                      .start = start,
                                      .on_bar = on_bar,
                                      .finish = finish,
                                      .destroy = destroy};
ENTRY(OFFER("wharf.scanner/1", scanner))
