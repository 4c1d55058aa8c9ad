/* Buys on a bar on which it holds nothing and sells all on the next: a market order on every bar, to measure what an
 * order costs. It asks for nothing that a trader would want to know. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct alternate {
  int64_t quantity;     /* 1e-9 */
  uint64_t orders_left; /* counts down */
  uint64_t count;       /* instruments */
  int64_t *positions;   /* what fills left held, 1e-9 */
} alternate;

static wharf_status refuse(const wharf_host *host, const char *text, uint64_t length) {
  const void *log;
  if (host->table(host, TEXT("wharf.log/1"), &log) == WHARF_OK)
    ((const wharf_log *)log)->write(host, WHARF_LOG_ERROR, text, length);
  return WHARF_E_CONFIGURATION;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *table;
  int64_t quantity = 0, orders = 0;
  if (host->table(host, TEXT("wharf.config/1"), &table) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  const wharf_config *config = table;
  if (config->decimal(host, TEXT("quantity"), &quantity) != WHARF_OK || quantity <= 0)
    return refuse(host, TEXT("quantity: expected a number above 0"));
  if (config->integer(host, TEXT("orders"), &orders) != WHARF_OK || orders < 0)
    return refuse(host, TEXT("orders: expected a whole number of at least 0"));
  alternate *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->quantity = quantity;
  self->orders_left = orders > 0 ? (uint64_t)orders : UINT64_MAX;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  alternate *self = (alternate *)instance;
  self->positions = calloc(start->instrument_count, sizeof *self->positions);
  if (start->instrument_count > 0 && !self->positions) return WHARF_E_FAULT;
  self->count = start->instrument_count;
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  alternate *self = (alternate *)instance;
  if (bar->instrument >= self->count) return WHARF_E_INVALID;
  if (self->orders_left == 0) return WHARF_OK;
  self->orders_left--;
  int64_t held = self->positions[bar->instrument];
  wharf_signal signal = {.struct_size = sizeof signal, .instrument = bar->instrument, .verdict = WHARF_VERDICT_RAISED,
                         .action = held > 0 ? WHARF_ACTION_EXIT : WHARF_ACTION_ENTER_LONG,
                         .exit_reason = held > 0 ? WHARF_EXIT_STRATEGY : 0, .order_type = WHARF_ORDER_MARKET,
                         .time_in_force = WHARF_TIF_DAY, .flags = WHARF_SIGNAL_OWN_SIZE, .bar_time = bar->start,
                         .decided_at = bar->end, .close = bar->close, .score = NAN,
                         .quantity = held > 0 ? held : self->quantity};
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  alternate *self = (alternate *)instance;
  if (fill->instrument >= self->count) return WHARF_E_INVALID;
  self->positions[fill->instrument] = fill->position;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) {
  alternate *self = (alternate *)instance;
  free(self->positions), free(self);
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
