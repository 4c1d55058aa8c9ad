/* A broker behind wharf.http/1 that never gets an answer it can read: it says of each call what then is known. Without
 * the table it is cut off for good. */
#include "session.h"

typedef struct network_broker {
  const wharf_host *host;
  const wharf_http *http;
  uint64_t count;
} network_broker;

static void take_code(void *context, int32_t code) { *(int32_t *)context = code; }
static void take_header(void *context, const char *name, uint64_t name_length, const char *value, uint64_t length) {
  (void)context, (void)name, (void)name_length, (void)value, (void)length;
}
static void take_body(void *context, const void *data, uint64_t length) { (void)context, (void)data, (void)length; }

static wharf_status request(network_broker *self, const char *method, uint64_t length) {
  if (!self->http) return WHARF_E_NOT_SENT;
  int32_t code = 0;
  wharf_http_request request = {.struct_size = sizeof request,
                                .method = method,
                                .method_length = length,
                                .destination = "broker.example.com",
                                .destination_length = 18,
                                .path = "/orders",
                                .path_length = 7};
  wharf_http_sink sink = {sizeof sink, 0, &code, take_code, take_header, take_body};
  wharf_status status = self->http->send(self->host, &request, &sink);
  return status == WHARF_OK ? WHARF_E_UNKNOWN_OUTCOME : status;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  network_broker *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->http = fixture_table(host, TEXT("wharf.http/1"));
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  ((network_broker *)instance)->count = start->instrument_count;
  return WHARF_OK;
}

static wharf_status capabilities(wharf_instance *instance, uint64_t *out_bits) {
  (void)instance;
  *out_bits = WHARF_CAN_LIMIT | WHARF_CAN_FIND_BY_CLIENT_ID;
  return WHARF_OK;
}

/* Asks something; nothing that can be read comes back. */
static wharf_status ask(wharf_instance *instance) {
  (void)request((network_broker *)instance, TEXT("GET"));
  return WHARF_E_IO;
}

static wharf_status account(wharf_instance *instance, wharf_broker_account *out) {
  (void)out;
  return ask(instance);
}

static wharf_status positions(wharf_instance *instance, const wharf_broker_sink *sink) {
  (void)sink;
  return ask(instance) == WHARF_E_IO && BAD(READS_FLAT) ? WHARF_OK : WHARF_E_IO;
}

static wharf_status open_orders(wharf_instance *instance, const wharf_broker_sink *sink) {
  (void)sink;
  return ask(instance);
}

static wharf_status order(wharf_instance *instance, const char *id, uint64_t length, const wharf_broker_sink *sink) {
  (void)id, (void)sink;
  if (length < 1 || length > 48) return WHARF_E_INVALID;
  return ask(instance) == WHARF_E_IO && BAD(FINDS_NOTHING) ? WHARF_E_NOT_FOUND : WHARF_E_IO;
}

/* What is known of a request that changes something. */
static wharf_status change(wharf_instance *instance) {
  wharf_status status = request((network_broker *)instance, TEXT("POST"));
  return status != WHARF_E_UNKNOWN_OUTCOME || BAD(SAYS_NOT_SENT) ? WHARF_E_NOT_SENT : WHARF_E_UNKNOWN_OUTCOME;
}

static wharf_status place(wharf_instance *instance, const wharf_order_request *order, const wharf_broker_sink *sink) {
  (void)sink;
  return order->instrument >= ((network_broker *)instance)->count ? WHARF_E_INVALID : change(instance);
}

static wharf_status replace(wharf_instance *instance, const char *id, uint64_t length, int64_t quantity, int64_t limit,
                            int64_t stop, const wharf_broker_sink *sink) {
  (void)id, (void)length, (void)quantity, (void)limit, (void)stop, (void)sink;
  return change(instance);
}

static wharf_status cancel(wharf_instance *instance, const char *id, uint64_t length, const wharf_broker_sink *sink) {
  (void)id, (void)length, (void)sink;
  return change(instance);
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_broker broker = {sizeof broker, 0,     create, start,   capabilities, account, positions,
                                    open_orders,   order, place,  replace, cancel,       destroy};
FIXTURE_ENTRY("wharf.broker/1", &broker, "wharf.broker/1", &broker)
