/* My Plugin: reports bars whose volume is at least `ratio` times the average volume of the `window` bars before them.
 *
 * A scanner sees bars and reports observations; its table has no way to trade. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct my_plugin_volumes {
  uint64_t seen;    /* bars so far */
  int64_t last_end; /* end of the last of them */
} my_plugin_volumes;

typedef struct my_plugin {
  double ratio;
  int64_t decide_from;
  uint64_t window, count, alerts; /* bars, instruments, alerts so far */
  int explains;
  my_plugin_volumes *instruments;
  double *volumes; /* the last volumes of each instrument, in rings of `window` */
} my_plugin;

static wharf_status refuse(const wharf_host *host, const char *text, uint64_t length) {
  const void *log;
  if (host->table(host, TEXT("wharf.log/1"), &log) == WHARF_OK)
    ((const wharf_log *)log)->write(host, WHARF_LOG_ERROR, text, length);
  return WHARF_E_CONFIGURATION;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *table;
  if (host->table(host, TEXT("wharf.config/1"), &table) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  const wharf_config *config = table;
  int64_t window = 0, ratio = 0; /* they stay 0 when there is no such option */
  config->integer(host, TEXT("window"), &window);
  config->decimal(host, TEXT("ratio"), &ratio);
  if (window < 2 || window > 500) return refuse(host, TEXT("window: expected a whole number from 2 to 500"));
  if (ratio < 1000000000) return refuse(host, TEXT("ratio: expected a decimal of at least 1"));
  my_plugin *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->window = (uint64_t)window;
  self->ratio = (double)ratio / 1e9;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  my_plugin *self = (my_plugin *)instance;
  if (self->instruments) return WHARF_E_INVALID; /* started before */
  self->instruments = calloc(start->instrument_count + 1, sizeof *self->instruments);
  self->volumes = calloc(start->instrument_count + 1, self->window * sizeof *self->volumes);
  if (!self->instruments || !self->volumes) return WHARF_E_FAULT;
  for (uint64_t i = 0; i < start->instrument_count; i++) self->instruments[i].last_end = INT64_MIN;
  self->count = start->instrument_count;
  self->decide_from = start->decide_from;
  self->explains = start->explain == 1;
  return WHARF_OK;
}

static wharf_field number(const char *name, double value) {
  return (wharf_field){.group = "inputs", .group_length = 6, .name = name, .name_length = strlen(name),
                       .kind = WHARF_FIELD_NUMBER, .number = value};
}

static void report(my_plugin *self, const wharf_bar *bar, double average, const wharf_observation_sink *sink) {
  /* an average of 0 says nothing about what is usual */
  double ratio = average > 0 ? bar->volume / average : NAN;
  int is_alert = ratio >= self->ratio;
  if (!is_alert && !self->explains) return;
  wharf_field fields[] = {number("volume", bar->volume), number("average", average), number("ratio", ratio)};
  char text[400]; /* %.1f of the greatest double has 311 characters */
  int length = snprintf(text, sizeof text, "volume %.1f times the average of %u bars", ratio, (unsigned)self->window);
  wharf_observation observation = {
    .struct_size = sizeof observation, .instrument = bar->instrument, .time = bar->end, .price = bar->close,
    .score = ratio, .fields = fields, .field_count = 3,
    .kind = is_alert ? WHARF_OBSERVATION_ALERT : WHARF_OBSERVATION_EVALUATED, .number = is_alert ? ++self->alerts : 0,
    .level = "unusual_volume", .level_length = is_alert ? 14 : 0, .code = is_alert ? "volume" : "quiet",
    .code_length = is_alert ? 6 : 5, .text = text, .text_length = is_alert ? (uint64_t)length : 0};
  sink->observation(sink->context, &observation);
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_observation_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  if (bar->instrument >= self->count || !isfinite(bar->volume) || bar->volume < 0) return WHARF_E_INVALID;
  if (!isfinite(bar->close) || bar->close <= 0) return WHARF_E_INVALID;
  my_plugin_volumes *state = &self->instruments[bar->instrument];
  if (bar->end <= state->last_end) return WHARF_OK; /* offered before: it counts once */
  state->last_end = bar->end;
  double *volumes = self->volumes + bar->instrument * self->window, sum = 0;
  for (uint64_t i = 0; i < self->window; i++) sum += volumes[i] / (double)self->window;
  volumes[state->seen % self->window] = bar->volume;
  if (state->seen++ >= self->window && bar->end >= self->decide_from) report(self, bar, sum, sink);
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) {
  my_plugin *self = (my_plugin *)instance;
  free(self->volumes);
  free(self->instruments);
  free(self);
}

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  /* evaluate and finish stay null: the host then does not call them */
  static const wharf_scanner scanner = {sizeof scanner, 0, create, start, on_bar, NULL, NULL, destroy};
  if (id_length != 15 || memcmp(id, "wharf.scanner/1", 15) != 0) return WHARF_E_UNSUPPORTED;
  *out_table = &scanner;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
