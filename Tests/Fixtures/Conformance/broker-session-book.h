/* The book of broker-session.c: what is booked, saved and told. */
static void book_report(session_broker *self, uint32_t order, int32_t kind, int64_t quantity, int64_t price) {
  venue_book *book = &self->book;
  if (book->report_count == REPORTS) return;
  venue_report *report = &book->reports[book->report_count];
  report->order = order;
  report->kind = kind;
  report->time = book->last.time == INT64_MIN ? 0 : book->last.time;
  report->quantity = quantity;
  report->price = price;
  report->cumulative = book->orders[order].filled + (BAD(WRONG_SUM) && kind == WHARF_REPORT_FILL ? UNIT : 0);
  report->stop = book->orders[order].stop;
  book->moments[book->report_count++] = book->last;
}

static void tell(const session_broker *self, uint64_t place, int64_t later, const wharf_broker_sink *sink) {
  const venue_report *booked = &self->book.reports[place];
  const venue_order *order = &self->book.orders[booked->order];
  char id[24] = "r0000";
  for (uint64_t rest = place, digit = 4; digit > 0; digit--, rest /= 10) id[digit] = (char)('0' + rest % 10);
  wharf_order_report report = {.struct_size = sizeof report,
                               .instrument = order->instrument,
                               .kind = booked->kind,
                               .side = order->side,
                               .order_type = order->type,
                               .report_id = id,
                               .report_id_length = 5,
                               .client_order_id = order->id,
                               .client_order_id_length = strlen(order->id),
                               .venue_order_id = order->id,
                               .venue_order_id_length = strlen(order->id),
                               .time = booked->time + later,
                               .quantity = booked->quantity,
                               .price = booked->price,
                               .cumulative = booked->cumulative,
                               .stop_price = booked->stop};
  if (booked->kind == WHARF_REPORT_REJECTED) report.reason = "not covered", report.reason_length = 11;
  sink->report(sink->context, &report);
}

static int64_t lookup(const session_broker *self, const char *id, uint64_t length) {
  if (length < 1 || length > ID) return -1;
  for (uint64_t i = 0; i < self->book.order_count; i++) {
    const char *known = self->book.orders[i].id;
    if (BAD(SHORT_IDS) && length > 32 && memcmp(known, id, 32) == 0) return (int64_t)i;
    if (strlen(known) == length && memcmp(known, id, length) == 0) return (int64_t)i;
  }
  return -1;
}

/* Whether cash covers a buy, and what is held and not for sale already a sale. */
static int is_affordable(const session_broker *self, const venue_order *new) {
  const venue_book *book = &self->book;
  if (new->side == WHARF_SIDE_BUY) {
    int64_t price = new->type == WHARF_ORDER_LIMIT ? new->limit : book->quotes[new->instrument];
    return (__int128)new->quantity *price / UNIT <= book->cash;
  }
  int64_t free = book->held[new->instrument];
  for (uint64_t i = 0; i < book->order_count; i++) {
    const venue_order *other = &book->orders[i];
    if (other == new || other->state != WORKING || other->side != WHARF_SIDE_SELL) continue;
    if (other->instrument != new->instrument || (new->group[0] && strcmp(other->group, new->group) == 0)) continue;
    free -= other->quantity - other->filled;
  }
  return new->quantity <= free;
}

static void fill(session_broker *self, uint32_t place, int64_t price) {
  venue_book *book = &self->book;
  venue_order *order = &book->orders[place];
  int64_t quantity = order->quantity - order->filled;
  if (quantity <= 0 || price <= 0) return;
  int is_buy = order->side == WHARF_SIDE_BUY;
  __int128 value = (__int128)quantity * price / UNIT;
  if (is_buy && value > book->cash) return;
  book->cash += is_buy ? -(int64_t)value : (int64_t)value;
  if (is_buy || !BAD(FORGETS_SALES)) book->held[order->instrument] += is_buy ? quantity : -quantity;
  order->filled += quantity;
  order->state = FILLED;
  book_report(self, place, WHARF_REPORT_FILL, quantity, price);
  for (uint32_t i = 0; order->group[0] && !BAD(BOTH_LEGS) && i < book->order_count; i++) {
    venue_order *other = &book->orders[i];
    if (i == place || other->state != WORKING || strcmp(other->group, order->group) != 0) continue;
    other->quantity -= quantity < other->quantity ? quantity : other->quantity;
    if (other->quantity > other->filled) continue;
    other->state = CANCELLED;
    book_report(self, i, WHARF_REPORT_CANCELLED, other->quantity, 0);
  }
}

static int is_live(const venue_order *order) {
  return order->state == WORKING || (BAD(FILLS_CANCELLED) && order->state == CANCELLED);
}

/* What a price does to an order. */
static void meet(session_broker *self, uint32_t place, int64_t price) {
  const venue_order *order = &self->book.orders[place];
  if (!is_live(order)) return;
  int is_buy = order->side == WHARF_SIDE_BUY;
  if (order->type == WHARF_ORDER_LIMIT && (is_buy ? price > order->limit : price < order->limit)) return;
  if (order->type == WHARF_ORDER_STOP && (is_buy ? price < order->stop : price > order->stop)) return;
  fill(self, place, price);
}

/* What the range of a bar does to an order. */
static void range(session_broker *self, uint32_t place, const wharf_bar *bar) {
  const venue_order *order = &self->book.orders[place];
  if (!is_live(order)) return;
  int64_t low = llround(bar->low * 1e9), high = llround(bar->high * 1e9), open = llround(bar->open * 1e9);
  int is_buy = order->side == WHARF_SIDE_BUY;
  if (order->type == WHARF_ORDER_STOP) {
    if (is_buy ? high >= order->stop : low <= order->stop) fill(self, place, order->stop);
  } else if (is_buy ? low <= order->limit : high >= order->limit) {
    int is_better = is_buy ? open < order->limit : open > order->limit;
    fill(self, place, is_better ? open : order->limit);
  }
}

static int is_before(const venue_moment *a, const venue_moment *b) {
  if (a->time != b->time) return a->time < b->time;
  if (a->phase != b->phase) return a->phase < b->phase;
  return a->instrument < b->instrument;
}

/* Whether a price was processed already. */
static int is_past(const session_broker *self, const venue_moment *now) {
  return !is_before(BAD(FILLS_AGAIN) ? &self->restored : &self->book.last, now);
}

static void retell(const session_broker *self, const venue_moment *now, const wharf_broker_sink *sink) {
  for (uint64_t i = 0; i < self->book.report_count; i++)
    if (memcmp(&self->book.moments[i], now, sizeof *now) == 0) tell(self, i, 0, sink);
}

static uint64_t checksum(const venue_book *book) {
  const uint8_t *bytes = (const uint8_t *)book->held;
  uint64_t sum = book->magic ^ (uint64_t)book->cash ^ book->order_count << 20 ^ book->report_count << 40;
  for (uint64_t i = 0; i < sizeof book->held + sizeof book->quotes; i++) sum = (sum ^ bytes[i]) * 1099511628211u;
  bytes = (const uint8_t *)book->orders;
  for (uint64_t i = 0; i < book->order_count * sizeof *book->orders; i++) sum = (sum ^ bytes[i]) * 1099511628211u;
  bytes = (const uint8_t *)book->reports;
  for (uint64_t i = 0; i < book->report_count * sizeof *book->reports; i++) sum = (sum ^ bytes[i]) * 1099511628211u;
  return sum;
}

/* Saves the book if anything happened, and then tells it. */
static wharf_status settle(session_broker *self, const wharf_broker_sink *sink) {
  venue_book *book = &self->book;
  if (self->told == book->report_count) return WHARF_OK;
  if (self->is.state) {
    book->magic = MAGIC;
    book->sum = checksum(book);
    wharf_status status = self->is.state->put(self->is.host, TEXT("book"), book, sizeof *book);
    if (status == WHARF_OK) status = self->is.state->commit(self->is.host);
    if (status != WHARF_OK) return self->is_broken = 1, WHARF_E_IO;
  }
  for (; self->told < book->report_count; self->told++) tell(self, self->told, 0, sink);
  return WHARF_OK;
}

/* Where a saved book goes. */
typedef struct venue_place {
  venue_book *book;
  int is_whole;
} venue_place;

static void take_book(void *context, const void *data, uint64_t length) {
  venue_place *place = context;
  place->is_whole = length == sizeof *place->book;
  if (place->is_whole) memcpy(place->book, data, length);
}

static wharf_status restore(session_broker *self) {
  if (!self->is.state) return WHARF_OK;
  venue_place place = {calloc(1, sizeof self->book), 0};
  if (!place.book) return WHARF_E_FAULT;
  wharf_bytes_sink sink = {sizeof sink, 0, &place, take_book};
  wharf_status status = self->is.state->get(self->is.host, TEXT("book"), &sink);
  int is_usable = place.is_whole && place.book->magic == MAGIC && place.book->order_count <= ORDERS &&
                  place.book->report_count <= REPORTS && place.book->sum == checksum(place.book);
  if (status == WHARF_OK && is_usable) {
    self->book = *place.book;
    for (uint32_t i = 0; i < ORDERS; i++) self->book.orders[i].is_fresh = 0;
    if (BAD(FORGETS_POSITIONS)) memset(self->book.held, 0, sizeof self->book.held);
    self->restored = self->book.last;
    self->told = self->book.report_count;
  }
  free(place.book);
  if (status == WHARF_E_NOT_FOUND) return WHARF_OK;
  return status != WHARF_OK ? WHARF_E_IO : is_usable ? WHARF_OK : WHARF_E_CONFIGURATION;
}
