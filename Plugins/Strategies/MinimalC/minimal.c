/* A whole strategy plugin in plain C: buys one unit when a close is above the highest close of the last `window` bars,
 * sells it when one is below the lowest. It needs the headers and any C compiler; from the root of the repository:
 *
 *   gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -shared -fPIC -I PluginAPI/include -I Plugins/Strategies/MinimalC \
 *     -o libMinimalC.so Plugins/Strategies/MinimalC/minimal.c */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct minimal_c_channel {
  uint64_t seen;    /* bars so far */
  int64_t position; /* what fills left held, 1e-9 */
} minimal_c_channel;

typedef struct minimal_c {
  uint64_t window, count; /* bars, instruments */
  minimal_c_channel *channels;
  double *closes; /* the last closes of each instrument, in rings of `window` */
} minimal_c;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *config, *log;
  int64_t window = 0;
  if (host->table(host, TEXT("wharf.config/1"), &config) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  ((const wharf_config *)config)->integer(host, TEXT("window"), &window); /* stays 0 on failure */
  if (window < 1 || window > 500) {
    if (host->table(host, TEXT("wharf.log/1"), &log) == WHARF_OK)
      ((const wharf_log *)log)->write(host, WHARF_LOG_ERROR, TEXT("window: expected a whole number from 1 to 500"));
    return WHARF_E_CONFIGURATION;
  }
  minimal_c *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->window = (uint64_t)window;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  minimal_c *self = (minimal_c *)instance;
  self->channels = calloc(start->instrument_count, sizeof *self->channels);
  self->closes = calloc(start->instrument_count, self->window * sizeof *self->closes);
  if (start->instrument_count > 0 && (!self->channels || !self->closes)) return WHARF_E_FAULT;
  self->count = start->instrument_count;
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  const minimal_c *self = (const minimal_c *)instance;
  if (bar->instrument >= self->count) return WHARF_E_INVALID;
  minimal_c_channel *channel = &self->channels[bar->instrument];
  double *closes = self->closes + bar->instrument * self->window, highest = closes[0], lowest = closes[0];
  for (uint64_t i = 1; i < self->window; i++) {
    if (closes[i] > highest) highest = closes[i];
    if (closes[i] < lowest) lowest = closes[i];
  }
  closes[channel->seen % self->window] = bar->close;
  if (channel->seen++ < self->window) return WHARF_OK; /* the ring was not full before this bar */
  int enter = channel->position == 0 && bar->close > highest, leave = channel->position > 0 && bar->close < lowest;
  if (!enter && !leave) return WHARF_OK;
  wharf_check check = {.name = "channel", .name_length = 7, .kind = WHARF_CHECK_BAR, .passed = 1, .value = bar->close,
                       .limit = enter ? highest : lowest};
  wharf_signal signal = {.struct_size = sizeof signal, .instrument = bar->instrument, .verdict = WHARF_VERDICT_RAISED,
                         .action = enter ? WHARF_ACTION_ENTER_LONG : WHARF_ACTION_EXIT,
                         .exit_reason = enter ? 0 : WHARF_EXIT_STRATEGY, .order_type = WHARF_ORDER_MARKET,
                         .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE, .bar_time = bar->start,
                         .decided_at = bar->end, .close = bar->close, .score = NAN, .checks = &check, .check_count = 1};
  signal.quantity = enter ? 1000000000 : channel->position; /* one unit; all that is held */
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  minimal_c *self = (minimal_c *)instance;
  if (fill->instrument >= self->count) return WHARF_E_INVALID;
  self->channels[fill->instrument].position = fill->position; /* the host's word, also after a partial fill */
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) {
  minimal_c *self = (minimal_c *)instance;
  free(self->closes), free(self->channels), free(self);
}

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, on_fill, destroy};
  if (id_length != 16 || memcmp(id, "wharf.strategy/1", 16) != 0) return WHARF_E_UNSUPPORTED;
  *out_table = &strategy;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
