/* A venue of market, limit and stop orders with OCO groups. It fills whole orders at quotes and inside bars, saves its
 * book before it tells anything, and processes each price once. */
#include "session.h"

enum { INSTRUMENTS = 1024, ORDERS = 512, REPORTS = 2048, ID = 48 };
#define MAGIC UINT64_C(0x5748524642524b31)

enum { WORKING = 1, FILLED = 2, CANCELLED = 3, REJECTED = 4 };

typedef struct venue_order {
  char id[ID + 1], group[ID + 1];
  uint32_t instrument;
  int32_t side, type, state, is_fresh;
  int64_t quantity, filled, limit, stop;
} venue_order;

typedef struct venue_report {
  uint32_t order;
  int32_t kind;
  int64_t time, quantity, price, cumulative, stop;
} venue_report;

/* When something happened: prices come in this order. */
typedef struct venue_moment {
  int64_t time, phase, instrument;
} venue_moment;

/* What is saved; of the arrays, what is used. */
typedef struct venue_book {
  uint64_t magic, order_count, report_count, sum;
  int64_t cash;
  venue_moment last;
  int64_t held[INSTRUMENTS], quotes[INSTRUMENTS];
  venue_order orders[ORDERS];
  venue_report reports[REPORTS];
  venue_moment moments[REPORTS];
} venue_book;

typedef struct session_broker {
  fixture_host is;
  uint32_t count;
  int has_started, is_broken;
  uint64_t told; /* reports up to here went to a sink */
  venue_moment restored;
  venue_book book;
} session_broker;

#include "broker-session-book.h"

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  session_broker *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->is = fixture_tables(host);
  self->book.cash = 1000000 * UNIT;
  self->restored.time = self->book.last.time = INT64_MIN;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  session_broker *self = (session_broker *)instance;
  if (start->instrument_count > INSTRUMENTS) return WHARF_E_UNSUPPORTED;
  self->count = (uint32_t)start->instrument_count;
  self->has_started = 1;
  return restore(self);
}

static wharf_status capabilities(wharf_instance *instance, uint64_t *out_bits) {
  (void)instance;
  *out_bits = WHARF_CAN_LIMIT | WHARF_CAN_STOP | WHARF_CAN_OCO | WHARF_CAN_REPLACE | WHARF_CAN_FIND_BY_CLIENT_ID;
  if (BAD(STRANGE_CAPABILITIES)) *out_bits |= UINT64_C(1) << 40;
  return WHARF_OK;
}

static wharf_status account(wharf_instance *instance, wharf_broker_account *out) {
  session_broker *self = (session_broker *)instance;
  if (out->struct_size != sizeof *out && !BAD(ANY_ROOM)) return WHARF_E_INVALID;
  if (self->is_broken) return WHARF_E_FAULT;
  out->live = 0;
  out->cash = out->buying_power = self->book.cash;
  out->currency = 0x445355;
  return WHARF_OK;
}

static wharf_status positions(wharf_instance *instance, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  for (uint32_t i = 0; i < self->count; i++) {
    wharf_broker_position position = {sizeof position, i, self->book.held[i], 0};
    if (position.quantity != 0) sink->position(sink->context, &position);
  }
  return WHARF_OK;
}

static wharf_status open_orders(wharf_instance *instance, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  for (uint32_t i = 0; i < self->book.order_count; i++)
    for (uint64_t j = self->book.report_count; self->book.orders[i].state == WORKING && j-- > 0;)
      if (self->book.reports[j].order == i) {
        tell(self, j, 0, sink);
        break;
      }
  return WHARF_OK;
}

static wharf_status order(wharf_instance *instance, const char *id, uint64_t length, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  int64_t place = lookup(self, id, length);
  if (place < 0) return WHARF_E_NOT_FOUND;
  for (uint64_t j = 0; j < self->book.report_count; j++) {
    int is_last = j + 1 == self->book.report_count || self->book.reports[j + 1].order != (uint32_t)place;
    if (self->book.reports[j].order != (uint32_t)place || (BAD(FORGETS_HISTORY) && !is_last)) continue;
    tell(self, j, BAD(NEW_TIMES), sink);
  }
  return WHARF_OK;
}

static int is_id(const char *id, uint64_t length) {
  if (length < 1 || length > ID) return 0;
  for (uint64_t i = 0; i < length; i++)
    if (id[i] <= 0x20 || id[i] > 0x7e) return 0;
  return 1;
}

/* What a request is refused with before anything is booked. */
static wharf_status judge(const session_broker *self, const wharf_order_request *request) {
  if (!is_id(request->client_order_id, request->client_order_id_length) || request->oco_group_length > ID)
    return WHARF_E_INVALID;
  if (request->side != WHARF_SIDE_BUY && request->side != WHARF_SIDE_SELL && !BAD(ANY_SIDE)) return WHARF_E_INVALID;
  if (request->order_type < WHARF_ORDER_MARKET || request->order_type > WHARF_ORDER_TRAILING_STOP)
    return WHARF_E_INVALID;
  if (request->time_in_force < WHARF_TIF_DAY || request->time_in_force > WHARF_TIF_CLS) return WHARF_E_INVALID;
  if (request->order_type > WHARF_ORDER_STOP && !BAD(ANY_TYPE)) return WHARF_E_UNSUPPORTED;
  if (request->instrument >= self->count && !BAD(ANY_INSTRUMENT)) return WHARF_E_INVALID;
  if (request->quantity <= 0 && !BAD(ANY_QUANTITY)) return WHARF_E_INVALID;
  if (request->limit_price < 0 || request->stop_price < 0) return WHARF_E_INVALID;
  if (BAD(OVERFLOWS) && request->limit_price > INT64_MAX - UNIT) abort();
  return WHARF_OK;
}

static wharf_status place(wharf_instance *instance, const wharf_order_request *request, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  if (BAD(EARLY_ORDERS) && !self->has_started) return WHARF_OK;
  wharf_status status = judge(self, request);
  if (status != WHARF_OK) return status;
  if (request->instrument >= self->count) return self->has_started ? WHARF_OK : WHARF_E_INVALID;
  if (request->quantity <= 0) return WHARF_OK;
  venue_book *book = &self->book;
  int64_t known = lookup(self, request->client_order_id, request->client_order_id_length);
  if (known >= 0 && !(BAD(FORGETS_IDS) && book->orders[known].is_fresh))
    return order(instance, request->client_order_id, request->client_order_id_length, sink);
  if (book->order_count == ORDERS || book->report_count + 4 > REPORTS) return WHARF_E_NOT_SENT;
  uint32_t place = (uint32_t)book->order_count++;
  venue_order *new = &book->orders[place];
  memcpy(new->id, request->client_order_id, request->client_order_id_length);
  if (request->oco_group_length > 0) memcpy(new->group, request->oco_group, request->oco_group_length);
  new->instrument = request->instrument;
  new->side = request->side == WHARF_SIDE_SELL ? WHARF_SIDE_SELL : WHARF_SIDE_BUY;
  new->type = request->order_type > WHARF_ORDER_STOP ? WHARF_ORDER_LIMIT : request->order_type;
  new->quantity = request->quantity;
  new->limit = request->limit_price;
  new->stop = request->stop_price;
  new->is_fresh = 1;
  if (!is_affordable(self, new)) {
    new->state = REJECTED;
    if (!BAD(SILENT_REJECTIONS)) book_report(self, place, WHARF_REPORT_REJECTED, new->quantity, 0);
    status = settle(self, sink);
    return status == WHARF_OK ? WHARF_E_REJECTED : status;
  }
  new->state = WORKING;
  book_report(self, place, WHARF_REPORT_ACCEPTED, new->quantity, 0);
  if (book->last.phase == 0 && book->quotes[new->instrument] > 0) meet(self, place, book->quotes[new->instrument]);
  status = settle(self, sink);
  if (BAD(SAYS_NOT_SENT) && status == WHARF_E_IO) return self->is_broken = 0, WHARF_E_NOT_SENT;
  return status;
}

static wharf_status replace(wharf_instance *instance, const char *id, uint64_t length, int64_t quantity, int64_t limit,
                            int64_t stop, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  int64_t place = lookup(self, id, length);
  if (place < 0 || self->book.orders[place].state != WORKING) return WHARF_E_NOT_FOUND;
  venue_order *working = &self->book.orders[place];
  if (quantity <= working->filled || limit < 0 || stop < 0) return WHARF_E_INVALID;
  if (!BAD(KEEPS_QUANTITY)) working->quantity = quantity;
  if (limit > 0) working->limit = limit;
  if (stop > 0) working->stop = stop;
  book_report(self, (uint32_t)place, WHARF_REPORT_REPLACED, working->quantity, 0);
  return settle(self, sink);
}

static wharf_status cancel(wharf_instance *instance, const char *id, uint64_t length, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (self->is_broken) return WHARF_E_FAULT;
  int64_t place = lookup(self, id, length);
  if (place < 0) return BAD(CANCELS_ANYTHING) ? WHARF_OK : WHARF_E_NOT_FOUND;
  int32_t *state = &self->book.orders[place].state;
  if (*state != WORKING && !(BAD(CANCELS_FILLED) && *state == FILLED)) return WHARF_E_NOT_FOUND;
  *state = CANCELLED;
  book_report(self, (uint32_t)place, WHARF_REPORT_CANCELLED, self->book.orders[place].quantity, 0);
  return settle(self, sink);
}

static wharf_status on_quote(wharf_instance *instance, const wharf_quote *quote, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (quote->instrument >= self->count || quote->last <= 0) return WHARF_E_INVALID;
  if (self->is_broken) return WHARF_E_FAULT;
  venue_moment now = {quote->time, 0, quote->instrument};
  if (is_past(self, &now)) return retell(self, &now, sink), WHARF_OK;
  self->book.last = now;
  self->book.quotes[quote->instrument] = quote->last;
  for (uint32_t i = 0; i < self->book.order_count; i++)
    if (self->book.orders[i].instrument == quote->instrument) meet(self, i, quote->last);
  return settle(self, sink);
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_broker_sink *sink) {
  session_broker *self = (session_broker *)instance;
  if (bar->instrument >= self->count || !fixture_is_bar(bar) || bar->high > 9e9) return WHARF_E_INVALID;
  if (self->is_broken) return WHARF_E_FAULT;
  venue_moment now = {bar->end, 1, bar->instrument};
  if (is_past(self, &now)) return retell(self, &now, sink), WHARF_OK;
  self->book.last = now;
  /* Stops first, as is worst for the account. */
  for (int32_t type = WHARF_ORDER_STOP; type >= WHARF_ORDER_LIMIT; type--)
    for (uint32_t i = 0; i < self->book.order_count; i++)
      if (self->book.orders[i].instrument == bar->instrument && self->book.orders[i].type == type) range(self, i, bar);
  return settle(self, sink);
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_broker broker = {sizeof broker, 0,     create, start,   capabilities, account, positions,
                                    open_orders,   order, place,  replace, cancel,       destroy};
static const wharf_simulated_venue venue = {sizeof venue, 0, on_quote, on_bar};
FIXTURE_ENTRY("wharf.broker/1", &broker, "wharf.simulated_venue/1", &venue)
