/* Instruments, bars and quotes: the market as every role sees it. */
#ifndef WHARF_MARKET_H
#define WHARF_MARKET_H

#include "base.h"

/* Where and when an instrument trades. */
enum {
  WHARF_MARKET_EQUITY = 1,    /* exchange sessions */
  WHARF_MARKET_CRYPTO = 2,    /* around the clock; a session is the UTC day */
  WHARF_MARKET_UNFILTERED = 3 /* every bar as given, no session filter */
};

/* A tradable thing. Its id is its place in the list the instance was started with, from 0. */
typedef struct wharf_instrument_v1 {
  uint32_t struct_size;
  uint32_t id;
  int32_t market;      /* WHARF_MARKET_... */
  int32_t bar_seconds; /* size of its bars; 86400: daily bars, one a session */
  const char *symbol;
  uint64_t symbol_length;
  const char *currency; /* quote currency or asset: "USD", "BTC" */
  uint64_t currency_length;
  const char *exchange; /* calendar: "XNYS"; empty around the clock */
  uint64_t exchange_length;
  int64_t tick; /* price increment, 1e-9; 0: unknown */
  int64_t step; /* quantity increment, 1e-9 */
} wharf_instrument;

/* Flags of a bar or quote; other bits are 0. */
enum {
  WHARF_SESSION_FIRST = 1, /* the first of its session */
  WHARF_SESSION_LAST = 2   /* the last of its session */
};

/* A finished bar. Prices are in the quote currency, volume in units; all finite, low > 0, volume >= 0. */
typedef struct wharf_bar_v1 {
  int64_t start; /* of a daily bar: the session date at 00:00 UTC, a name and not an instant */
  int64_t end;   /* the instant from which the bar is known; of a daily bar the session's close */
  double open;
  double high;
  double low;
  double close;
  double volume;
  uint32_t instrument;
  uint32_t flags; /* WHARF_SESSION_... */
} wharf_bar;

/* A price at an instant. */
typedef struct wharf_quote_v1 {
  int64_t time;
  int64_t last; /* 1e-9 of the quote currency */
  int64_t bid;  /* 0: unknown */
  int64_t ask;  /* 0: unknown */
  uint32_t instrument;
  uint32_t flags; /* WHARF_SESSION_... */
} wharf_quote;

/* What an instance is started with. */
typedef struct wharf_start_v1 {
  uint32_t struct_size;
  uint32_t explain;                    /* 1: report every evaluation, also those that led to nothing; else 0 */
  int64_t decide_from;                 /* decisions before this instant only warm up; they are not acted upon */
  const wharf_instrument *instruments; /* in */
  uint64_t instrument_count;
} wharf_start;

/* A named value in a signal, observation or report. Text lives until the call returns. */
enum {
  WHARF_FIELD_NUMBER = 1,  /* number; NaN means undefined */
  WHARF_FIELD_DECIMAL = 2, /* integer, 1e-9 */
  WHARF_FIELD_INTEGER = 3, /* integer */
  WHARF_FIELD_TIME = 4,    /* integer, nanoseconds */
  WHARF_FIELD_TEXT = 5,    /* text */
  WHARF_FIELD_FLAG = 6     /* integer: 0 clear, 1 raised, 2 unknown */
};
typedef struct wharf_field_v1 {
  const char *group; /* "inputs", "sub_scores", "ev"; may be empty */
  uint64_t group_length;
  const char *name; /* snake_case */
  uint64_t name_length;
  int32_t kind; /* WHARF_FIELD_... */
  uint32_t reserved;
  double number;
  int64_t integer;
  const char *text;
  uint64_t text_length;
} wharf_field;

/* One condition with the numbers that decided it. */
enum {
  WHARF_CHECK_BAR = 1,    /* needs nothing but bars */
  WHARF_CHECK_STATE = 2,  /* needs the state of the host, the calendar or other sources */
  WHARF_CHECK_RECHECK = 3 /* made between approval and order */
};
typedef struct wharf_check_v1 {
  const char *name; /* snake_case: "trend" */
  uint64_t name_length;
  int32_t kind;   /* WHARF_CHECK_... */
  int32_t passed; /* 1 passed, 0 failed */
  double value;   /* NaN: could not be computed or has no number */
  double limit;   /* NaN: none */
  const char *note; /* may be empty: "unknown", "from_data" */
  uint64_t note_length;
} wharf_check;

#endif
