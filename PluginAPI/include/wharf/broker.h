/* Brokers: take orders, report what became of them. Table "wharf.broker/1"; venues that the host's own market data
 * drives (paper) also have "wharf.simulated_venue/1".
 *
 * The host commits an intent before it calls place, and never calls place twice for one client order id unless the
 * broker answered definitively (WHARF_E_NOT_SENT, or WHARF_E_NOT_FOUND from order). */
#ifndef WHARF_BROKER_H
#define WHARF_BROKER_H

#include "strategy.h"

enum { WHARF_SIDE_BUY = 1, WHARF_SIDE_SELL = 2 };

typedef struct wharf_order_request_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int32_t side;          /* WHARF_SIDE_... */
  int32_t order_type;    /* WHARF_ORDER_... */
  int32_t time_in_force; /* WHARF_TIF_... */
  uint32_t reserved;
  const char *client_order_id; /* 1 to 48 ASCII characters, unique for ever */
  uint64_t client_order_id_length;
  const char *oco_group; /* orders of one group cancel each other: what one fills, the others shrink by; may be empty */
  uint64_t oco_group_length;
  int64_t quantity;          /* > 0 */
  int64_t limit_price;       /* limit and stop-limit */
  int64_t stop_price;        /* stop, stop-limit; first stop of a trailing stop, 0: price minus distance */
  int64_t trailing_distance; /* trailing stop */
  int64_t take_profit_price; /* bracket: > 0 places a limit exit for what fills, in one OCO group with stop_loss_price */
  int64_t stop_loss_price;   /* bracket: > 0 places a stop exit for what fills */
  int64_t created_at;
} wharf_order_request;

enum {
  WHARF_REPORT_ACCEPTED = 1,
  WHARF_REPORT_FILL = 2,
  WHARF_REPORT_CANCELLED = 3,
  WHARF_REPORT_REJECTED = 4,
  WHARF_REPORT_EXPIRED = 5,
  WHARF_REPORT_REPLACED = 6, /* quantity and prices were changed as asked, or by the order's own rule (trailing) */
  WHARF_REPORT_TRIGGERED = 7 /* the stop price traded */
};

/* One thing that happened to an order. The same happening has the same report_id whenever it is told again. */
typedef struct wharf_order_report_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int32_t kind;       /* WHARF_REPORT_... */
  int32_t side;       /* WHARF_SIDE_... */
  int32_t order_type; /* WHARF_ORDER_... */
  uint32_t reserved;
  const char *report_id;
  uint64_t report_id_length;
  const char *client_order_id; /* empty: not an order of this host */
  uint64_t client_order_id_length;
  const char *venue_order_id;
  uint64_t venue_order_id_length;
  int64_t time;
  int64_t quantity;   /* fill: what was filled now; else the order's quantity */
  int64_t price;      /* fill: its price; else 0 */
  int64_t fee;        /* fill: in the instrument's currency */
  int64_t cumulative; /* filled so far, this fill included */
  int64_t stop_price; /* the order's present stop price; 0: none */
  const char *reason; /* of a rejection, cancellation or expiry */
  uint64_t reason_length;
} wharf_order_report;

/* A position as the broker has it. */
typedef struct wharf_broker_position_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int64_t quantity;
  int64_t average_price;
} wharf_broker_position;

typedef struct wharf_broker_account_v1 {
  uint32_t struct_size;
  uint32_t live; /* 1: real money; 0: paper */
  int64_t cash;
  int64_t buying_power;
  uint64_t currency; /* the code's ASCII bytes, first in the low byte */
} wharf_broker_account;

typedef struct wharf_broker_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /* Takes a report. Since 1.0. [serial] */
  void (*report)(void *context, const wharf_order_report *report);
  /* Takes a position. Since 1.0. [serial] */
  void (*position)(void *context, const wharf_broker_position *position);
} wharf_broker_sink;

/* Bits of wharf_broker_capabilities; other bits are 0. */
enum {
  WHARF_CAN_LIMIT = 1,
  WHARF_CAN_STOP = 2,
  WHARF_CAN_STOP_LIMIT = 4,
  WHARF_CAN_TRAILING_STOP = 8,
  WHARF_CAN_OCO = 16,
  WHARF_CAN_BRACKET = 32,
  WHARF_CAN_REPLACE = 64,
  WHARF_CAN_FIND_BY_CLIENT_ID = 128,
  WHARF_CAN_FRACTIONS = 256
};

typedef struct wharf_broker_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance, reads its options and its saved state (wharf.state/1). Since 1.0. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Tells the instruments. Called once, before anything below. Since 1.0. [serial] */
  wharf_status (*start)(wharf_instance *instance, const wharf_start *start);

  /* out_bits  out; WHARF_CAN_... Since 1.0. [serial] */
  wharf_status (*capabilities)(wharf_instance *instance, uint64_t *out_bits);

  /* The account. out; the caller has set struct_size. May block. Since 1.0. [serial] */
  wharf_status (*account)(wharf_instance *instance, wharf_broker_account *out);

  /* Every position, complete, or a status other than WHARF_OK and then nothing that went to the sink counts: a failed
   * query is never read as flat. May block. Since 1.0. [serial] */
  wharf_status (*positions)(wharf_instance *instance, const wharf_broker_sink *sink);

  /* The last report of every working order, complete or failed as positions. May block. Since 1.0. [serial] */
  wharf_status (*open_orders)(wharf_instance *instance, const wharf_broker_sink *sink);

  /* All reports of the order with this client_order_id, oldest first. WHARF_E_NOT_FOUND is definitive: the venue never
   * had it. May block. Since 1.0. [serial] */
  wharf_status (*order)(wharf_instance *instance, const char *client_order_id, uint64_t length,
                        const wharf_broker_sink *sink);

  /* Places an order. request in. Reports may go to the sink at once.
   * WHARF_OK: the venue has it. WHARF_E_REJECTED: refused for good (a report with the reason went to the sink).
   * WHARF_E_NOT_SENT: nothing left. WHARF_E_INVALID, WHARF_E_UNSUPPORTED: refused here, nothing left.
   * Any other status: unknown, and the host reconciles. An id the venue already has is WHARF_OK with that order's
   * reports, never a second order. May block. Since 1.0. [serial] */
  wharf_status (*place)(wharf_instance *instance, const wharf_order_request *request, const wharf_broker_sink *sink);

  /* Changes the working order with this client_order_id: quantity (total, filled part included), limit_price and
   * stop_price; 0 keeps a price. Statuses as place. May block. Since 1.0. [serial] */
  wharf_status (*replace)(wharf_instance *instance, const char *client_order_id, uint64_t length, int64_t quantity,
                          int64_t limit_price, int64_t stop_price, const wharf_broker_sink *sink);

  /* Asks to cancel the order with this client_order_id. WHARF_OK: cancelled or will be, a report tells.
   * WHARF_E_NOT_FOUND: no such working order. May block. Since 1.0. [serial] */
  wharf_status (*cancel)(wharf_instance *instance, const char *client_order_id, uint64_t length,
                         const wharf_broker_sink *sink);

  /* Ends the instance and frees all it owns. Orders at the venue stay. Since 1.0. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_broker;

/* A venue that fills orders from the market data of the host. Offering again what it has already processed changes
 * nothing and tells the same reports again: so a host that was cut off catches up. Every quote and every bar of every
 * instrument is offered, in order of time, whether an order rests there or not: where the market stands decides what
 * becomes of the next order. */
typedef struct wharf_simulated_venue_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* A price at which market orders fill: a session's or bar's open. Since 1.0. [serial] */
  wharf_status (*on_quote)(wharf_instance *instance, const wharf_quote *quote, const wharf_broker_sink *sink);

  /* A finished bar: its high and low work on resting orders, the stop first where both legs are touched.
   * Since 1.0. [serial] */
  wharf_status (*on_bar)(wharf_instance *instance, const wharf_bar *bar, const wharf_broker_sink *sink);
} wharf_simulated_venue;

#endif
