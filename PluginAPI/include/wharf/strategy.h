/* Strategies: see bars, raise signals. Table "wharf.strategy/1".
 *
 * A signal is a wish. The host ranks it, checks it against its risk rules, asks for approval, sizes it unless the
 * strategy brings its own size, and sends the order. */
#ifndef WHARF_STRATEGY_H
#define WHARF_STRATEGY_H

#include "market.h"

/* What the strategy concluded. */
enum {
  WHARF_VERDICT_RAISED = 1,   /* act on it */
  WHARF_VERDICT_REFUSED = 2,  /* a candidate that failed; recorded with its numbers, never acted upon */
  WHARF_VERDICT_EVALUATED = 3 /* no candidate; only sent while explain is 1 */
};
/* What the signal wants. */
enum {
  WHARF_ACTION_ENTER_LONG = 1, /* open a long position */
  WHARF_ACTION_EXIT = 2        /* close the strategy's position in the instrument */
};
/* Order types and times in force, here and in the broker table. */
enum {
  WHARF_ORDER_MARKET = 1,
  WHARF_ORDER_LIMIT = 2,
  WHARF_ORDER_STOP = 3,
  WHARF_ORDER_STOP_LIMIT = 4,
  WHARF_ORDER_TRAILING_STOP = 5
};
enum {
  WHARF_TIF_DAY = 1, /* until the session's close */
  WHARF_TIF_GTC = 2, /* until cancelled */
  WHARF_TIF_IOC = 3, /* what fills at once */
  WHARF_TIF_FOK = 4, /* all at once or nothing */
  WHARF_TIF_OPG = 5, /* the session's opening price only */
  WHARF_TIF_CLS = 6  /* the session's closing price only */
};
/* Why a position is left. */
enum {
  WHARF_EXIT_STOP = 1,
  WHARF_EXIT_TARGET = 2,
  WHARF_EXIT_TRAILING = 3,
  WHARF_EXIT_STRATEGY = 4,
  WHARF_EXIT_TIME = 5,
  WHARF_EXIT_FLATTEN = 6,
  WHARF_EXIT_MANUAL = 7
};
/* Flags of a signal; other bits are 0. */
enum {
  WHARF_SIGNAL_HAS_CONFIDENCE = 1,
  WHARF_SIGNAL_HAS_EXPECTED_VALUE = 2,
  WHARF_SIGNAL_OWN_SIZE = 4,       /* quantity is the strategy's; the host may only lower it */
  WHARF_SIGNAL_PERSON_ONLY = 8,    /* a timeout never approves it; it stays pending until expires_at */
  WHARF_SIGNAL_WAITS_FOR_OPEN = 16 /* once approved it waits for the next session's open and is checked again there */
};

typedef struct wharf_signal_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int32_t verdict;       /* WHARF_VERDICT_... */
  int32_t action;        /* WHARF_ACTION_... */
  int32_t order_type;    /* WHARF_ORDER_MARKET or WHARF_ORDER_LIMIT */
  int32_t time_in_force; /* WHARF_TIF_... */
  int32_t exit_reason;   /* WHARF_EXIT_STRATEGY or WHARF_EXIT_TIME for an exit; 0 for an entry */
  uint32_t flags;        /* WHARF_SIGNAL_... */
  int64_t bar_time;      /* start of the bar decided on */
  int64_t decided_at;    /* the instant of the decision: that bar's end */
  int64_t expires_at;    /* an approval after this instant is void; 0: the next session's close */
  double close;          /* of the bar decided on */
  double score;          /* 0...1, ranks the strategy's signals; NaN: none */
  double confidence;     /* 0...100 */
  double expected_value; /* fraction of the entry price, after costs */
  int64_t quantity;
  int64_t entry_price;       /* planned; 0: unknown */
  int64_t limit_price;       /* for a limit order */
  int64_t stop_price;        /* protective stop at the planned entry; 0: none */
  int64_t stop_distance;     /* > 0: the stop is set again this far below the average fill, rounded up to the tick */
  int64_t target_price;      /* 0: none */
  int64_t target_distance;   /* > 0: the target becomes the greater of target_price and fill + this, rounded up */
  int64_t trailing_distance; /* > 0: the stop follows the highest price at this distance */
  uint32_t time_stop_closes; /* leave at the next open after this many session closes, entry's included; 0: never */
  uint32_t reserved;
  const wharf_check *checks; /* in; every gate with its value */
  uint64_t check_count;
  const wharf_field *fields; /* in; inputs, sub-scores, terms */
  uint64_t field_count;
  const char *code; /* reason of a refusal ("ev_net") or detail of an exit ("sma5") */
  uint64_t code_length;
  const char *text; /* one line for a person */
  uint64_t text_length;
} wharf_signal;

/* A round trip the strategy followed without money, to judge itself. */
typedef struct wharf_virtual_trade_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int64_t signal_time; /* bar_time of the signal */
  int64_t entry_time;  /* start of the bar it entered on */
  int64_t exit_time;   /* start of the bar it left on */
  int64_t entry;
  int64_t stop;
  int64_t exit;
  int32_t exit_reason; /* WHARF_EXIT_... */
  uint32_t session_closes;
  double gross_return; /* exit / entry - 1 */
  const char *code;    /* detail: "sma5" */
  uint64_t code_length;
} wharf_virtual_trade;

/* Where a strategy's answers go. The host copies what it is given. */
typedef struct wharf_strategy_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;

  /* Takes a signal. Refused and logged as a fault of the plugin when a value is not acceptable (non-finite, negative,
   * unknown enumerator, unknown instrument). Since 1.0. [serial] */
  void (*signal)(void *context, const wharf_signal *signal);

  /* Takes a finished virtual trade; only sent while explain is 1. Since 1.0. [serial] */
  void (*virtual_trade)(void *context, const wharf_virtual_trade *trade);
} wharf_strategy_sink;

/* A fill of an order that came from this strategy's signal. */
typedef struct wharf_fill_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int32_t side;        /* 1 buy, 2 sell */
  int32_t exit_reason; /* WHARF_EXIT_... for a sell that leaves a position; else 0 */
  int64_t signal_bar;  /* bar_time of the signal that opened the position */
  int64_t time;
  int64_t price;
  int64_t quantity;
  int64_t position; /* quantity held after this fill */
} wharf_fill;

/* Asks whether an approved signal still stands, between approval and order. */
typedef struct wharf_recheck_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int64_t bar_time; /* of the signal */
  int64_t now;
  int64_t price;      /* the ask, or the last price if there is none */
  int64_t quote_time; /* when that price was seen */
} wharf_recheck;

typedef struct wharf_check_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /* Takes one condition with its numbers; any that failed stops the order. Since 1.0. [serial] */
  void (*check)(void *context, const wharf_check *check);
} wharf_check_sink;

typedef struct wharf_strategy_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and reads its options from wharf.config/1.
   *
   * host          in; valid until destroy returns.
   * out_instance  out; the instance; untouched on failure.
   * Returns WHARF_OK; WHARF_E_CONFIGURATION when an option cannot be used (say which in the log).
   * Must not block. Since 1.0. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Tells the instruments. Called once, before the first bar. start is in. Since 1.0. [serial] */
  wharf_status (*start)(wharf_instance *instance, const wharf_start *start);

  /* Offers one finished bar, in order of end, then instrument.
   *
   * bar   in. sink  in; may be called zero or more times before returning.
   * Returns WHARF_OK; WHARF_E_FAULT to be stopped until a person resumes the plugin.
   * Must not block or allocate in the steady state: this is the hot path. Since 1.0. [serial] */
  wharf_status (*on_bar)(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink);

  /* All bars that end at time have been offered. May be null: then it is not called. As on_bar. Since 1.0. [serial] */
  wharf_status (*evaluate)(wharf_instance *instance, int64_t time, const wharf_strategy_sink *sink);

  /* Checks an approved signal, named by request, again. May be null: then only the host's own checks decide.
   * Returns WHARF_OK after all conditions went to the sink; any other status refuses the order. Since 1.0. [serial] */
  wharf_status (*recheck)(wharf_instance *instance, const wharf_recheck *request, const wharf_check_sink *sink);

  /* Tells of a fill of this strategy's order. May be null. Since 1.0. [serial] */
  wharf_status (*on_fill)(wharf_instance *instance, const wharf_fill *fill);

  /* Ends the instance and frees all it owns. Since 1.0. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_strategy;

#endif
