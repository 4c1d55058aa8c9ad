/* A venue that fills every order at once, at 10. */
#include "golden.h"
#include <stdlib.h>

struct golden_broker {
  int64_t held;
  int64_t orders;
};

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  if (!ask(host, "wharf.clock/1")) return WHARF_E_CONFIGURATION;
  *out_instance = calloc(1, sizeof(struct golden_broker));
  return *out_instance ? WHARF_OK : WHARF_E_FAULT;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  (void)instance;
  return start->struct_size == sizeof *start ? WHARF_OK : WHARF_E_INVALID;
}

static wharf_status capabilities(wharf_instance *instance, uint64_t *out_capabilities) {
  (void)instance;
  *out_capabilities = WHARF_CAN_LIMIT | WHARF_CAN_STOP | WHARF_CAN_OCO | WHARF_CAN_REPLACE;
  return WHARF_OK;
}

static wharf_status account(wharf_instance *instance, wharf_broker_account *out) {
  if (out->struct_size != sizeof *out) return WHARF_E_INVALID;
  out->live = 0;
  out->cash = 1000000000000;
  out->buying_power = 900000000000 - ((struct golden_broker *)instance)->orders;
  out->currency = 0x445355;
  return WHARF_OK;
}

static wharf_status positions(wharf_instance *instance, const wharf_broker_sink *sink) {
  struct golden_broker *self = (struct golden_broker *)instance;
  const wharf_broker_position position = {sizeof position, 0, self->held, 10000000000};
  if (self->held) sink->position(sink->context, &position);
  return WHARF_OK;
}

static wharf_status open_orders(wharf_instance *instance, const wharf_broker_sink *sink) {
  (void)instance, (void)sink;
  return WHARF_OK;
}

static wharf_status order(wharf_instance *instance, const char *id, uint64_t id_length, const wharf_broker_sink *sink) {
  (void)instance, (void)id, (void)id_length, (void)sink;
  return WHARF_E_NOT_FOUND;
}

static wharf_status place(wharf_instance *instance, const wharf_order_request *request, const wharf_broker_sink *sink) {
  struct golden_broker *self = (struct golden_broker *)instance;
  if (request->struct_size != sizeof *request) return WHARF_E_INVALID;
  self->orders++;
  self->held += request->side == WHARF_SIDE_BUY ? request->quantity : -request->quantity;
  wharf_order_report report;
  memset(&report, 0, sizeof report);
  report.struct_size = sizeof report;
  report.instrument = request->instrument;
  report.kind = WHARF_REPORT_ACCEPTED;
  report.side = request->side;
  report.order_type = request->order_type;
  report.report_id = "g-1";
  report.report_id_length = 3;
  report.client_order_id = request->client_order_id;
  report.client_order_id_length = request->client_order_id_length;
  report.venue_order_id = "golden";
  report.venue_order_id_length = 6;
  report.time = request->created_at;
  sink->report(sink->context, &report);
  report.kind = WHARF_REPORT_FILL;
  report.report_id = "g-2";
  report.quantity = report.cumulative = request->quantity;
  report.price = 10000000000;
  report.fee = -1000000;
  sink->report(sink->context, &report);
  return WHARF_OK;
}

static wharf_status replace(wharf_instance *instance, const char *id, uint64_t id_length, int64_t quantity,
                            int64_t limit_price, int64_t stop_price, const wharf_broker_sink *sink) {
  (void)instance, (void)id, (void)id_length, (void)quantity, (void)limit_price, (void)stop_price, (void)sink;
  return WHARF_E_NOT_FOUND;
}

static wharf_status cancel(wharf_instance *instance, const char *id, uint64_t id_length, const wharf_broker_sink *sink) {
  (void)instance, (void)id, (void)id_length, (void)sink;
  return WHARF_E_NOT_FOUND;
}

static wharf_status on_quote(wharf_instance *instance, const wharf_quote *quote, const wharf_broker_sink *sink) {
  (void)instance, (void)quote, (void)sink;
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_broker_sink *sink) {
  (void)instance, (void)bar, (void)sink;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_broker broker = {.struct_size = sizeof broker,
                                    .create = create,
                                    .start = start,
                                    .capabilities = capabilities,
                                    .account = account,
                                    .positions = positions,
                                    .open_orders = open_orders,
                                    .order = order,
                                    .place = place,
                                    .replace = replace,
                                    .cancel = cancel,
                                    .destroy = destroy};
static const wharf_simulated_venue venue = {.struct_size = sizeof venue, .on_quote = on_quote, .on_bar = on_bar};
ENTRY(OFFER("wharf.broker/1", broker) OFFER("wharf.simulated_venue/1", venue))
