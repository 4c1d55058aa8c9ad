/* What the venue remembers, and its rules. Nothing here knows the host's tables, so it can be tested alone.
 *
 * Everything that happens to an order is a report; cash and positions follow from the fills among them. A report names
 * its cause (a call of the host, a quote, a bar), so that a quote or bar offered again finds what it caused before. */
#ifndef MY_PLUGIN_BOOK_H
#define MY_PLUGIN_BOOK_H

#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

enum { MY_PLUGIN_BY_HOST = 0, MY_PLUGIN_BY_QUOTE = 1, MY_PLUGIN_BY_BAR = 2 };

/* One order, as it is saved. Texts are filled up with zeros. */
typedef struct my_plugin_order {
  char id[48], oco_group[48], symbol[48];
  uint32_t instrument; /* of this run; found again by the symbol after a restart */
  int32_t side, type, time_in_force;
  uint32_t is_working, reports;
  int64_t quantity, limit_price, stop_price, created_at;
  uint64_t sum; /* of the bytes before, so that damaged state is refused */
} my_plugin_order;

/* One report, as it is saved. */
typedef struct my_plugin_report {
  uint32_t order, ordinal; /* which order; which of its reports, from 1 */
  int32_t kind, cause;
  uint32_t reason, reserved;
  int64_t time, quantity, price, fee, cumulative, stop_price;
  uint64_t sum;
} my_plugin_report;

static const char *const my_plugin_reasons[] = {
    "",           "asked",         "another_currency", "more_than_held", "unknown_instrument",
    "day_is_over", "not_enough_cash", "oco"};
enum { NO_REASON, ASKED, ANOTHER_CURRENCY, MORE_THAN_HELD, UNKNOWN_INSTRUMENT, DAY_IS_OVER, NOT_ENOUGH_CASH, OCO };

/* What the market shows: a quote (low = high, for buys the ask) or the range of a bar. */
typedef struct my_plugin_market {
  int64_t time, bid, ask, low, high;
  uint32_t flags; /* WHARF_SESSION_... */
  int32_t cause;
} my_plugin_market;

typedef struct my_plugin_instrument {
  char symbol[48];
  int is_foreign;          /* of another currency than the account */
  int64_t position, cost;  /* held, and what was paid for it */
  int64_t seen[3];         /* the last instant of each cause */
  my_plugin_market market; /* the last quote or bar */
} my_plugin_instrument;

typedef struct my_plugin_book {
  int64_t cash, fee_rate;
  my_plugin_order *orders;
  my_plugin_report *reports;
  my_plugin_instrument *instruments;
  uint32_t order_count, report_count, instrument_count;
  uint32_t told; /* how many reports are saved */
  int is_broken; /* no memory, or an amount too large: the instance is stopped */
} my_plugin_book;

static inline uint64_t my_plugin_sum(const void *record, size_t size) {
  uint64_t sum = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < size; i++) sum = (sum ^ ((const unsigned char *)record)[i]) * UINT64_C(0x100000001b3);
  return sum;
}

/* price x quantity in 1e-9, rounded up or down; -1 when it does not fit. */
static inline int64_t my_plugin_value(int64_t price, int64_t quantity, int up) {
  __extension__ typedef __int128 wide;
  wide exact = (wide)price * quantity, value = (exact + (up ? 999999999 : 0)) / 1000000000;
  return value > INT64_MAX ? -1 : (int64_t)value;
}

/* Appends a record of zeros to an array that doubles; null and a broken book without memory. */
static inline void *my_plugin_append(my_plugin_book *book, void **items, uint32_t *count, size_t size) {
  if ((*count & (*count - 1)) == 0) {
    void *grown = *count > UINT32_MAX / 4 ? NULL : realloc(*items, (*count ? *count * 2 : 1) * size);
    if (!grown) return book->is_broken = 1, NULL;
    *items = grown;
  }
  void *item = (char *)*items + (*count)++ * size;
  return memset(item, 0, size);
}

static inline my_plugin_order *my_plugin_find(const my_plugin_book *book, const char *id, uint64_t length) {
  for (uint32_t i = 0; length <= 48 && i < book->order_count; i++) {
    const char *own = book->orders[i].id;
    if (memcmp(own, id, length) == 0 && (length == 48 || own[length] == 0)) return &book->orders[i];
  }
  return NULL;
}

static inline void my_plugin_report_it(my_plugin_book *book, my_plugin_order *order, int32_t kind, int32_t cause,
                                       uint32_t reason, int64_t time, int64_t price, int64_t fee) {
  my_plugin_report *report =
      my_plugin_append(book, (void **)&book->reports, &book->report_count, sizeof(my_plugin_report));
  if (!report) return;
  report->order = (uint32_t)(order - book->orders);
  report->ordinal = ++order->reports;
  report->kind = kind;
  report->cause = cause;
  report->reason = reason;
  report->time = time;
  report->quantity = order->quantity;
  report->price = price;
  report->fee = fee;
  report->cumulative = kind == WHARF_REPORT_FILL ? order->quantity : 0; /* orders fill whole */
  report->stop_price = order->stop_price;
  report->sum = my_plugin_sum(report, offsetof(my_plugin_report, sum));
  if (kind != WHARF_REPORT_ACCEPTED && kind != WHARF_REPORT_REPLACED && kind != WHARF_REPORT_TRIGGERED)
    order->is_working = 0;
}

/* Books a fill; the account follows from the report alone. */
static inline void my_plugin_settle(my_plugin_book *book, const my_plugin_order *order, const my_plugin_report *fill) {
  my_plugin_instrument *instrument = &book->instruments[order->instrument];
  int64_t value = my_plugin_value(fill->price, fill->quantity, order->side == WHARF_SIDE_BUY);
  if (order->side == WHARF_SIDE_BUY) {
    if (__builtin_sub_overflow(book->cash, value + fill->fee, &book->cash) ||
        __builtin_add_overflow(instrument->position, fill->quantity, &instrument->position) ||
        __builtin_add_overflow(instrument->cost, value, &instrument->cost))
      book->is_broken = 1;
  } else {
    __extension__ typedef __int128 wide;
    wide rest = instrument->position - fill->quantity;
    instrument->cost = instrument->position > 0 ? (int64_t)(instrument->cost * rest / instrument->position) : 0;
    instrument->position = (int64_t)rest;
    if (__builtin_add_overflow(book->cash, value - fill->fee, &book->cash)) book->is_broken = 1;
  }
}

/* Fills an order whole at a price, or cancels it where the account does not allow that. */
static inline void my_plugin_fill(my_plugin_book *book, my_plugin_order *order, int64_t price, int64_t time,
                                  int32_t cause) {
  int64_t value = my_plugin_value(price, order->quantity, order->side == WHARF_SIDE_BUY);
  int64_t fee = value < 0 ? -1 : my_plugin_value(value, book->fee_rate, 1);
  uint32_t refusal = NO_REASON;
  if (value < 0 || fee < 0 || value > INT64_MAX - fee) refusal = NOT_ENOUGH_CASH;
  else if (order->side == WHARF_SIDE_BUY && value + fee > book->cash) refusal = NOT_ENOUGH_CASH;
  else if (order->side == WHARF_SIDE_SELL && order->quantity > book->instruments[order->instrument].position)
    refusal = MORE_THAN_HELD;
  if (refusal) {
    my_plugin_report_it(book, order, WHARF_REPORT_CANCELLED, cause, refusal, time, 0, 0);
    return;
  }
  if (order->type == WHARF_ORDER_STOP)
    my_plugin_report_it(book, order, WHARF_REPORT_TRIGGERED, cause, NO_REASON, time, 0, 0);
  my_plugin_report_it(book, order, WHARF_REPORT_FILL, cause, NO_REASON, time, price, fee);
  if (book->is_broken) return;
  my_plugin_settle(book, order, &book->reports[book->report_count - 1]);
  if (!order->oco_group[0]) return;
  for (uint32_t i = 0; i < book->order_count; i++) { /* what one fills, the others of its group shrink by */
    my_plugin_order *other = &book->orders[i];
    if (!other->is_working || memcmp(other->oco_group, order->oco_group, sizeof order->oco_group) != 0) continue;
    int shrinks = other->quantity > order->quantity;
    if (shrinks) other->quantity -= order->quantity;
    my_plugin_report_it(book, other, shrinks ? WHARF_REPORT_REPLACED : WHARF_REPORT_CANCELLED, cause, OCO, time, 0, 0);
  }
}

/* At which price an order fills when the market trades from low to high; 0: it does not. A quote is low = high. */
static inline int64_t my_plugin_fill_price(const my_plugin_order *order, int64_t low, int64_t high, int is_quote) {
  int buys = order->side == WHARF_SIDE_BUY;
  switch (order->type) {
  case WHARF_ORDER_LIMIT:
    if (buys ? low > order->limit_price : high < order->limit_price) return 0;
    return is_quote ? low : order->limit_price; /* a quote beyond the limit is the better price */
  case WHARF_ORDER_STOP:
    if (buys ? high < order->stop_price : low > order->stop_price) return 0;
    return is_quote ? low : order->stop_price; /* a quote beyond the stop is the worse price: a gap */
  default: return is_quote ? low : 0; /* a market order waits for the next quote */
  }
}

/* Fills one working order if the market allows it. A bar works only on orders from before its end. */
static inline void my_plugin_try(my_plugin_book *book, my_plugin_order *order, const my_plugin_market *market,
                                 int32_t cause) {
  int is_quote = market->cause == MY_PLUGIN_BY_QUOTE;
  if (is_quote ? order->created_at > market->time : order->created_at >= market->time) return;
  if (order->time_in_force == WHARF_TIF_OPG && !(is_quote && (market->flags & WHARF_SESSION_FIRST))) return;
  int64_t quote = order->side == WHARF_SIDE_BUY ? market->ask : market->bid;
  int64_t price = my_plugin_fill_price(order, is_quote ? quote : market->low, is_quote ? quote : market->high, is_quote);
  if (price > 0) my_plugin_fill(book, order, price, market->time, cause);
}

/* Works on the orders of an instrument: stops first, so that a bar through both legs of a pair fills the stop. What is
 * for the day only, and was there before, ends with the session's last bar. */
static inline void my_plugin_work(my_plugin_book *book, uint32_t instrument, const my_plugin_market *market) {
  for (int pass = 0; pass < 3; pass++) {
    if (pass == 2 && (market->cause == MY_PLUGIN_BY_QUOTE || !(market->flags & WHARF_SESSION_LAST))) break;
    for (uint32_t i = 0; i < book->order_count && !book->is_broken; i++) {
      my_plugin_order *order = &book->orders[i];
      if (!order->is_working || order->instrument != instrument) continue;
      if (pass == 2) {
        if (order->time_in_force != WHARF_TIF_GTC && order->created_at < market->time)
          my_plugin_report_it(book, order, WHARF_REPORT_EXPIRED, market->cause, DAY_IS_OVER, market->time, 0, 0);
      } else if ((order->type == WHARF_ORDER_STOP) == (pass == 0)) {
        my_plugin_try(book, order, market, market->cause);
      }
    }
  }
  book->instruments[instrument].seen[market->cause] = market->time;
  book->instruments[instrument].market = *market;
}

/* Cash that working limit and stop orders to buy do not need. */
static inline int64_t my_plugin_buying_power(const my_plugin_book *book) {
  int64_t rest = book->cash;
  for (uint32_t i = 0; i < book->order_count; i++) {
    const my_plugin_order *order = &book->orders[i];
    if (!order->is_working || order->side != WHARF_SIDE_BUY) continue;
    int64_t price = order->type == WHARF_ORDER_LIMIT ? order->limit_price : order->stop_price;
    int64_t value = my_plugin_value(price, order->quantity, 1);
    rest = value < 0 || value > rest ? 0 : rest - value;
  }
  return rest;
}

#endif
