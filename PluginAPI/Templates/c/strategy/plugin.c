/* My Plugin: buys when a close is above the highest close of the last `window` bars, sells when one is below the lowest.
 *
 * The host calls, for each instance and never at once: create, start, then on_bar for every finished bar and on_fill for
 * what became of the signals, and destroy. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct my_plugin_channel {
  uint64_t seen;    /* bars so far */
  int64_t last_end; /* end of the last of them */
  int64_t position; /* what fills left held, 1e-9 */
} my_plugin_channel;

typedef struct my_plugin {
  int64_t quantity, decide_from;
  uint64_t window, count; /* bars, instruments */
  int explains;
  my_plugin_channel *channels;
  double *closes; /* the last closes of each instrument, in rings of `window` */
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
  int64_t window = 0, quantity = 0; /* they stay 0 when there is no such option */
  config->integer(host, TEXT("window"), &window);
  config->decimal(host, TEXT("quantity"), &quantity);
  if (window < 2 || window > 500) return refuse(host, TEXT("window: expected a whole number from 2 to 500"));
  if (quantity <= 0) return refuse(host, TEXT("quantity: expected a decimal above 0"));
  my_plugin *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->window = (uint64_t)window;
  self->quantity = quantity;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  my_plugin *self = (my_plugin *)instance;
  if (self->channels) return WHARF_E_INVALID; /* started before */
  self->channels = calloc(start->instrument_count + 1, sizeof *self->channels);
  self->closes = calloc(start->instrument_count + 1, self->window * sizeof *self->closes);
  if (!self->channels || !self->closes) return WHARF_E_FAULT;
  for (uint64_t i = 0; i < start->instrument_count; i++) self->channels[i].last_end = INT64_MIN;
  self->count = start->instrument_count;
  self->decide_from = start->decide_from;
  self->explains = start->explain == 1;
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  const my_plugin *self = (const my_plugin *)instance;
  if (bar->instrument >= self->count || !isfinite(bar->close) || bar->close <= 0) return WHARF_E_INVALID;
  my_plugin_channel *channel = &self->channels[bar->instrument];
  if (bar->end <= channel->last_end) return WHARF_OK; /* offered before: it counts once */
  channel->last_end = bar->end;

  double *closes = self->closes + bar->instrument * self->window, highest = closes[0], lowest = closes[0];
  for (uint64_t i = 1; i < self->window; i++) {
    if (closes[i] > highest) highest = closes[i];
    if (closes[i] < lowest) lowest = closes[i];
  }
  closes[channel->seen % self->window] = bar->close;
  if (channel->seen++ < self->window || bar->end < self->decide_from) return WHARF_OK; /* the channel warms up */

  int held = channel->position > 0, due = held ? bar->close < lowest : bar->close > highest;
  if (!due && !self->explains) return WHARF_OK;
  wharf_check check = {.name = "channel", .name_length = 7, .kind = WHARF_CHECK_BAR, .passed = due,
                       .value = bar->close, .limit = held ? lowest : highest};
  wharf_signal signal = {.struct_size = sizeof signal, .instrument = bar->instrument,
                         .verdict = due ? WHARF_VERDICT_RAISED : WHARF_VERDICT_EVALUATED,
                         .action = held ? WHARF_ACTION_EXIT : WHARF_ACTION_ENTER_LONG,
                         .exit_reason = held ? WHARF_EXIT_STRATEGY : 0, .order_type = WHARF_ORDER_MARKET,
                         .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE, .bar_time = bar->start,
                         .decided_at = bar->end, .close = bar->close, .score = NAN,
                         .quantity = held ? channel->position : self->quantity, .checks = &check, .check_count = 1};
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  my_plugin *self = (my_plugin *)instance;
  if (fill->instrument >= self->count) return WHARF_E_INVALID;
  self->channels[fill->instrument].position = fill->position; /* the host's word, also after a partial fill */
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) {
  my_plugin *self = (my_plugin *)instance;
  free(self->closes);
  free(self->channels);
  free(self);
}

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  /* evaluate and recheck stay null: the host then does not call them */
  static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, on_fill, destroy};
  if (id_length != 16 || memcmp(id, "wharf.strategy/1", 16) != 0) return WHARF_E_UNSUPPORTED;
  *out_table = &strategy;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
