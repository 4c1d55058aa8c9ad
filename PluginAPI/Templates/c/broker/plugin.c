/* My Plugin: a simulated venue. Market orders fill whole at the next price, limit and stop orders when the market
 * touches them; an account of cash and long positions. The rules are in book.h, this file is the edge to the host.
 *
 * Every call saves what changed (wharf.state/1) before it tells it, so a restart never undoes what the host knows. */
#include "book.h"
#include <math.h>
#include <stdio.h>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct my_plugin {
  const wharf_host *host; /* valid until destroy returns */
  const wharf_log *log;
  const wharf_clock *clock;
  const wharf_state *state;
  char currency[8];
  uint64_t currency_length;
  my_plugin_book book;
} my_plugin;

static wharf_status refuse(const my_plugin *self, wharf_status status, const char *text) {
  self->log->write(self->host, WHARF_LOG_ERROR, text, strlen(text));
  return status;
}

/* --- options and state --- */

static void read_currency(void *context, const void *data, uint64_t length) {
  my_plugin *self = context;
  if (length > sizeof self->currency) return;
  memcpy(self->currency, data, length);
  self->currency_length = length;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *config, *log, *clock, *state;
  if (host->table(host, TEXT("wharf.config/1"), &config) || host->table(host, TEXT("wharf.log/1"), &log) ||
      host->table(host, TEXT("wharf.clock/1"), &clock) || host->table(host, TEXT("wharf.state/1"), &state))
    return WHARF_E_UNSUPPORTED;
  my_plugin *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host, self->log = log, self->clock = clock, self->state = state;
  self->book.cash = self->book.fee_rate = -1;
  wharf_bytes_sink sink = {sizeof sink, 0, self, read_currency};
  ((const wharf_config *)config)->decimal(host, TEXT("cash"), &self->book.cash);
  ((const wharf_config *)config)->decimal(host, TEXT("fee_rate"), &self->book.fee_rate);
  ((const wharf_config *)config)->text(host, TEXT("currency"), &sink);
  if (self->book.cash < 0 || self->book.fee_rate < 0 || self->book.fee_rate > 100000000 || !self->currency_length) {
    refuse(self, WHARF_E_CONFIGURATION,
           "expected cash of at least 0, fee_rate from 0 to 0.1, currency of 1 to 8 characters");
    free(self);
    return WHARF_E_CONFIGURATION;
  }
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

/* Where a saved record goes; size: what it must be long. */
typedef struct my_plugin_loading {
  void *record;
  uint64_t size, found;
} my_plugin_loading;

static void read_record(void *context, const void *data, uint64_t length) {
  my_plugin_loading *loading = context;
  loading->found += length;
  if (length == loading->size) memcpy(loading->record, data, length);
}

static int record_key(char key[16], char kind, uint32_t number) {
  return snprintf(key, 16, "%c/%08x", kind, number); /* so that keys are ascending */
}

/* 1: read and whole; 0: there is none; -1: cannot be used. */
static int load_record(const my_plugin *self, char kind, uint32_t number, void *record, size_t size) {
  char key[16];
  my_plugin_loading loading = {record, size, 0};
  wharf_bytes_sink sink = {sizeof sink, 0, &loading, read_record};
  wharf_status status = self->state->get(self->host, key, (uint64_t)record_key(key, kind, number), &sink);
  if (status == WHARF_E_NOT_FOUND) return 0;
  uint64_t sum;
  if (status != WHARF_OK || loading.found != size) return -1;
  memcpy(&sum, (char *)record + size - sizeof sum, sizeof sum);
  return sum == my_plugin_sum(record, size - sizeof sum) ? 1 : -1;
}

static int load(my_plugin *self) {
  my_plugin_book *book = &self->book;
  my_plugin_order order;
  my_plugin_report report;
  int found;
  while ((found = load_record(self, 'o', book->order_count, &order, sizeof order)) == 1) {
    uint32_t place = 0;
    while (place < book->instrument_count && memcmp(book->instruments[place].symbol, order.symbol, 48) != 0) place++;
    if (place == book->instrument_count) return -1; /* an instrument this session does not have */
    order.instrument = place;
    my_plugin_order *kept = my_plugin_append(book, (void **)&book->orders, &book->order_count, sizeof order);
    if (!kept) return -1;
    *kept = order;
  }
  while (found == 0 && (found = load_record(self, 'r', book->report_count, &report, sizeof report)) == 1) {
    if (report.order >= book->order_count || report.cause < 0 || report.cause > 2 || report.reason > OCO) return -1;
    my_plugin_report *kept = my_plugin_append(book, (void **)&book->reports, &book->report_count, sizeof report);
    if (!kept) return -1;
    *kept = report;
    const my_plugin_order *of = &book->orders[report.order];
    if (report.kind == WHARF_REPORT_FILL) my_plugin_settle(book, of, kept);
    book->instruments[of->instrument].seen[report.cause] = report.time;
    found = 0;
  }
  book->told = book->report_count;
  return found == 0 && !book->is_broken ? 0 : -1;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  my_plugin *self = (my_plugin *)instance;
  my_plugin_book *book = &self->book;
  if (book->instruments || start->instrument_count > UINT32_MAX) return WHARF_E_INVALID; /* started before */
  book->instruments = calloc(start->instrument_count + 1, sizeof *book->instruments);
  if (!book->instruments) return WHARF_E_FAULT;
  book->instrument_count = (uint32_t)start->instrument_count;
  for (uint32_t i = 0; i < book->instrument_count; i++) {
    const wharf_instrument *instrument = &start->instruments[i];
    if (instrument->symbol_length < 1 || instrument->symbol_length > 48) return WHARF_E_INVALID;
    memcpy(book->instruments[i].symbol, instrument->symbol, instrument->symbol_length);
    book->instruments[i].is_foreign = instrument->currency_length != self->currency_length ||
                                      memcmp(instrument->currency, self->currency, self->currency_length) != 0;
    for (int cause = 0; cause < 3; cause++) book->instruments[i].seen[cause] = INT64_MIN;
  }
  if (load(self) == 0) return WHARF_OK;
  book->is_broken = 1;
  return refuse(self, WHARF_E_CONFIGURATION,
                "the saved account cannot be used: expected whole records of instruments of this session; name the same "
                "symbols as before, or remove the state of this plugin");
}

/* --- telling --- */

static void tell(const my_plugin *self, const my_plugin_report *report, const wharf_broker_sink *sink) {
  const my_plugin_order *order = &self->book.orders[report->order];
  uint64_t id_length = 0;
  while (id_length < sizeof order->id && order->id[id_length]) id_length++;
  char report_id[64];
  int length = snprintf(report_id, sizeof report_id, "%.*s/%u", (int)id_length, order->id, (unsigned)report->ordinal);
  const char *reason = my_plugin_reasons[report->reason];
  wharf_order_report out = {
      .struct_size = sizeof out, .instrument = order->instrument, .kind = report->kind, .side = order->side,
      .order_type = order->type, .report_id = report_id, .report_id_length = (uint64_t)length,
      .client_order_id = order->id, .client_order_id_length = id_length, .venue_order_id = order->id,
      .venue_order_id_length = id_length, .time = report->time, .quantity = report->quantity, .price = report->price,
      .fee = report->fee, .cumulative = report->cumulative, .stop_price = report->stop_price, .reason = reason,
      .reason_length = strlen(reason)};
  sink->report(sink->context, &out);
}

/* Saves what a call changed, then tells it. After a failure nothing is told and nothing more is done. */
static wharf_status settle(my_plugin *self, const wharf_broker_sink *sink) {
  my_plugin_book *book = &self->book;
  char key[16];
  if (book->is_broken) return refuse(self, WHARF_E_FAULT, "out of memory, or an amount beyond 9.2e9");
  for (uint32_t i = book->told; i < book->report_count; i++) {
    my_plugin_order *order = &book->orders[book->reports[i].order];
    order->sum = my_plugin_sum(order, offsetof(my_plugin_order, sum));
    int length = record_key(key, 'o', book->reports[i].order);
    if (self->state->put(self->host, key, (uint64_t)length, order, sizeof *order) != WHARF_OK) book->is_broken = 1;
    length = record_key(key, 'r', i);
    if (self->state->put(self->host, key, (uint64_t)length, &book->reports[i], sizeof book->reports[i]) != WHARF_OK)
      book->is_broken = 1;
  }
  if (book->told < book->report_count && (book->is_broken || self->state->commit(self->host) != WHARF_OK)) {
    book->is_broken = 1;
    return refuse(self, WHARF_E_FAULT, "the account could not be saved; start again once the state can be written");
  }
  for (; book->told < book->report_count; book->told++) tell(self, &book->reports[book->told], sink);
  return WHARF_OK;
}

static void tell_order(const my_plugin *self, const my_plugin_order *order, const wharf_broker_sink *sink) {
  for (uint32_t i = 0; i < self->book.report_count; i++)
    if (&self->book.orders[self->book.reports[i].order] == order) tell(self, &self->book.reports[i], sink);
}

/* --- the broker --- */

static wharf_status capabilities(wharf_instance *instance, uint64_t *out_bits) {
  (void)instance;
  *out_bits = WHARF_CAN_LIMIT | WHARF_CAN_STOP | WHARF_CAN_OCO | WHARF_CAN_REPLACE | WHARF_CAN_FIND_BY_CLIENT_ID |
              WHARF_CAN_FRACTIONS;
  return WHARF_OK;
}

static wharf_status account(wharf_instance *instance, wharf_broker_account *out) {
  const my_plugin *self = (const my_plugin *)instance;
  if (self->book.is_broken) return WHARF_E_FAULT;
  out->live = 0;
  out->cash = self->book.cash;
  out->buying_power = my_plugin_buying_power(&self->book);
  out->currency = 0;
  for (uint64_t i = 0; i < self->currency_length; i++)
    out->currency |= (uint64_t)(unsigned char)self->currency[i] << (8 * i);
  return WHARF_OK;
}

static wharf_status positions(wharf_instance *instance, const wharf_broker_sink *sink) {
  const my_plugin_book *book = &((const my_plugin *)instance)->book;
  if (book->is_broken) return WHARF_E_FAULT;
  for (uint32_t i = 0; i < book->instrument_count; i++) {
    const my_plugin_instrument *instrument = &book->instruments[i];
    if (instrument->position == 0) continue;
    __extension__ typedef __int128 wide;
    wharf_broker_position position = {
        .struct_size = sizeof position, .instrument = i, .quantity = instrument->position,
        .average_price = (int64_t)((wide)instrument->cost * 1000000000 / instrument->position)};
    sink->position(sink->context, &position);
  }
  return WHARF_OK;
}

static wharf_status open_orders(wharf_instance *instance, const wharf_broker_sink *sink) {
  const my_plugin *self = (const my_plugin *)instance;
  const my_plugin_book *book = &self->book;
  if (book->is_broken) return WHARF_E_FAULT;
  for (uint32_t i = 0; i < book->report_count; i++) {
    const my_plugin_order *order = &book->orders[book->reports[i].order];
    if (order->is_working && book->reports[i].ordinal == order->reports) tell(self, &book->reports[i], sink);
  }
  return WHARF_OK;
}

static wharf_status order(wharf_instance *instance, const char *client_order_id, uint64_t length,
                          const wharf_broker_sink *sink) {
  const my_plugin *self = (const my_plugin *)instance;
  if (self->book.is_broken) return WHARF_E_FAULT;
  const my_plugin_order *found = my_plugin_find(&self->book, client_order_id, length);
  if (!found) return WHARF_E_NOT_FOUND;
  tell_order(self, found, sink);
  return WHARF_OK;
}

/* Whether everything the venue must understand about a request is understood; never a guess. */
static wharf_status understand(const wharf_order_request *request) {
  if (request->client_order_id_length < 1 || request->client_order_id_length > 48) return WHARF_E_INVALID;
  for (uint64_t i = 0; i < request->client_order_id_length; i++)
    if (request->client_order_id[i] < 33 || request->client_order_id[i] > 126) return WHARF_E_INVALID;
  if (request->oco_group_length > 48 || request->quantity <= 0) return WHARF_E_INVALID;
  if (request->side != WHARF_SIDE_BUY && request->side != WHARF_SIDE_SELL) return WHARF_E_INVALID;
  if (request->order_type < WHARF_ORDER_MARKET || request->order_type > WHARF_ORDER_TRAILING_STOP ||
      request->time_in_force < WHARF_TIF_DAY || request->time_in_force > WHARF_TIF_CLS)
    return WHARF_E_INVALID;
  if (request->order_type > WHARF_ORDER_STOP || request->take_profit_price || request->stop_loss_price ||
      (request->time_in_force > WHARF_TIF_GTC && request->time_in_force != WHARF_TIF_OPG))
    return WHARF_E_UNSUPPORTED;
  if (request->order_type == WHARF_ORDER_LIMIT && request->limit_price <= 0) return WHARF_E_INVALID;
  if (request->order_type == WHARF_ORDER_STOP && request->stop_price <= 0) return WHARF_E_INVALID;
  return WHARF_OK;
}

static wharf_status place(wharf_instance *instance, const wharf_order_request *request, const wharf_broker_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  my_plugin_book *book = &self->book;
  wharf_status status = book->is_broken ? WHARF_E_FAULT : understand(request);
  if (status != WHARF_OK) return status;
  my_plugin_order *placed = my_plugin_find(book, request->client_order_id, request->client_order_id_length);
  if (placed) return tell_order(self, placed, sink), WHARF_OK; /* never a second order */
  if (request->instrument >= book->instrument_count) return WHARF_E_INVALID;
  const my_plugin_instrument *instrument = &book->instruments[request->instrument];
  placed = my_plugin_append(book, (void **)&book->orders, &book->order_count, sizeof *placed);
  if (!placed) return WHARF_E_NOT_SENT;
  memcpy(placed->id, request->client_order_id, request->client_order_id_length);
  if (request->oco_group_length) memcpy(placed->oco_group, request->oco_group, request->oco_group_length);
  memcpy(placed->symbol, instrument->symbol, sizeof placed->symbol);
  placed->instrument = request->instrument;
  placed->side = request->side;
  placed->type = request->order_type;
  placed->time_in_force = request->time_in_force;
  placed->quantity = request->quantity;
  placed->limit_price = request->order_type == WHARF_ORDER_LIMIT ? request->limit_price : 0;
  placed->stop_price = request->order_type == WHARF_ORDER_STOP ? request->stop_price : 0;
  placed->created_at = request->created_at;
  placed->is_working = 1;
  uint32_t refusal = instrument->is_foreign ? ANOTHER_CURRENCY : NO_REASON;
  if (request->side == WHARF_SIDE_SELL && request->quantity > instrument->position) refusal = MORE_THAN_HELD;
  my_plugin_report_it(book, placed, refusal ? WHARF_REPORT_REJECTED : WHARF_REPORT_ACCEPTED, MY_PLUGIN_BY_HOST, refusal,
                      request->created_at, 0, 0);
  /* while the last thing seen is a price, the order meets that price; after a bar it waits */
  if (placed->is_working && instrument->market.cause == MY_PLUGIN_BY_QUOTE)
    my_plugin_try(book, placed, &instrument->market, MY_PLUGIN_BY_HOST);
  status = settle(self, sink);
  return status == WHARF_OK && refusal ? WHARF_E_REJECTED : status;
}

static wharf_status replace(wharf_instance *instance, const char *client_order_id, uint64_t length, int64_t quantity,
                            int64_t limit_price, int64_t stop_price, const wharf_broker_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  if (self->book.is_broken) return WHARF_E_FAULT;
  my_plugin_order *found = my_plugin_find(&self->book, client_order_id, length);
  if (!found || !found->is_working) return WHARF_E_NOT_FOUND;
  if (quantity <= 0 || limit_price < 0 || stop_price < 0) return WHARF_E_INVALID;
  if (found->side == WHARF_SIDE_SELL && quantity > self->book.instruments[found->instrument].position)
    return WHARF_E_REJECTED;
  found->quantity = quantity;
  if (found->type == WHARF_ORDER_LIMIT && limit_price > 0) found->limit_price = limit_price;
  if (found->type == WHARF_ORDER_STOP && stop_price > 0) found->stop_price = stop_price;
  my_plugin_report_it(&self->book, found, WHARF_REPORT_REPLACED, MY_PLUGIN_BY_HOST, ASKED, self->clock->now(self->host),
                      0, 0);
  return settle(self, sink);
}

static wharf_status cancel(wharf_instance *instance, const char *client_order_id, uint64_t length,
                           const wharf_broker_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  if (self->book.is_broken) return WHARF_E_FAULT;
  my_plugin_order *found = my_plugin_find(&self->book, client_order_id, length);
  if (!found || !found->is_working) return WHARF_E_NOT_FOUND;
  my_plugin_report_it(&self->book, found, WHARF_REPORT_CANCELLED, MY_PLUGIN_BY_HOST, ASKED,
                      self->clock->now(self->host), 0, 0);
  return settle(self, sink);
}

static void destroy(wharf_instance *instance) {
  my_plugin *self = (my_plugin *)instance;
  free(self->book.instruments);
  free(self->book.orders);
  free(self->book.reports);
  free(self);
}

/* --- the simulated venue --- */

/* Tells again what a quote or bar that was processed before had caused. */
static wharf_status tell_again(const my_plugin *self, uint32_t instrument, int32_t cause, int64_t time,
                               const wharf_broker_sink *sink) {
  for (uint32_t i = 0; i < self->book.report_count; i++) {
    const my_plugin_report *report = &self->book.reports[i];
    if (report->cause == cause && report->time == time && self->book.orders[report->order].instrument == instrument)
      tell(self, report, sink);
  }
  return WHARF_OK;
}

static wharf_status on_quote(wharf_instance *instance, const wharf_quote *quote, const wharf_broker_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  my_plugin_book *book = &self->book;
  if (book->is_broken) return WHARF_E_FAULT;
  if (quote->instrument >= book->instrument_count || quote->last <= 0 || quote->bid < 0 || quote->ask < 0)
    return WHARF_E_INVALID;
  if (quote->time <= book->instruments[quote->instrument].seen[MY_PLUGIN_BY_QUOTE])
    return tell_again(self, quote->instrument, MY_PLUGIN_BY_QUOTE, quote->time, sink);
  int64_t bid = quote->bid ? quote->bid : quote->last, ask = quote->ask ? quote->ask : quote->last;
  my_plugin_market market = {.time = quote->time, .bid = bid, .ask = ask, .flags = quote->flags,
                             .cause = MY_PLUGIN_BY_QUOTE};
  my_plugin_work(book, quote->instrument, &market);
  return settle(self, sink);
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_broker_sink *sink) {
  my_plugin *self = (my_plugin *)instance;
  my_plugin_book *book = &self->book;
  if (book->is_broken) return WHARF_E_FAULT;
  if (bar->instrument >= book->instrument_count || !(bar->low > 0) || !(bar->high >= bar->low) || bar->high > 9.2e9)
    return WHARF_E_INVALID;
  if (bar->end <= book->instruments[bar->instrument].seen[MY_PLUGIN_BY_BAR])
    return tell_again(self, bar->instrument, MY_PLUGIN_BY_BAR, bar->end, sink);
  int64_t low = (int64_t)floor(bar->low * 1e9 + 0.5), high = (int64_t)floor(bar->high * 1e9 + 0.5);
  my_plugin_market market = {.time = bar->end, .low = low, .high = high, .flags = bar->flags,
                             .cause = MY_PLUGIN_BY_BAR};
  my_plugin_work(book, bar->instrument, &market);
  return settle(self, sink);
}

/* --- the entry --- */

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  static const wharf_broker broker = {sizeof broker, 0,     create, start,   capabilities, account, positions,
                                      open_orders,   order, place,  replace, cancel,       destroy};
  static const wharf_simulated_venue venue = {sizeof venue, 0, on_quote, on_bar};
  if (id_length == 14 && memcmp(id, "wharf.broker/1", 14) == 0) return *out_table = &broker, WHARF_OK;
  if (id_length == 23 && memcmp(id, "wharf.simulated_venue/1", 23) == 0) return *out_table = &venue, WHARF_OK;
  return WHARF_E_UNSUPPORTED;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
