/* Tables a plugin may ask the host for, with wharf_host.table. */
#ifndef WHARF_HOST_H
#define WHARF_HOST_H

#include "market.h"

/* "wharf.log/1". */
enum { WHARF_LOG_DEBUG = 1, WHARF_LOG_INFO = 2, WHARF_LOG_WARNING = 3, WHARF_LOG_ERROR = 4 };
typedef struct wharf_log_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Writes one line to the host's log, attributed to the plugin. Lines over 4,096 bytes are cut; lines beyond a burst
   * and a rate are dropped, counted and told of once. level is WHARF_LOG_...; text in. Never blocks on the network.
   * Since 1.0. [any-thread] */
  void (*write)(const wharf_host *host, int32_t level, const char *text, uint64_t text_length);
} wharf_log;

/* "wharf.clock/1": the time of the road, which in a replay is the time of the data. */
typedef struct wharf_clock_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* The present instant, in nanoseconds. Since 1.0. [any-thread] */
  int64_t (*now)(const wharf_host *host);
} wharf_clock;

/* "wharf.random/1": the only source of randomness a plugin may use; recorded and replayed by the host. */
typedef struct wharf_random_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Uniform 64 bits. Since 1.0. [serial] */
  uint64_t (*next)(const wharf_host *host);
} wharf_random;

/* "wharf.config/1": the plugin's own options, as declared in its manifest, validated before create was called. Each
 * function returns WHARF_OK, WHARF_E_NOT_FOUND for an option that is not declared or has no value, or WHARF_E_INVALID for
 * an option of another type. Secrets have no value here. */
typedef struct wharf_config_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Writes an integer or duration (seconds) called name to out_value. Since 1.0. [any-thread] */
  wharf_status (*integer)(const wharf_host *host, const char *name, uint64_t name_length, int64_t *out_value);
  /* Writes a decimal called name, exact in 1e-9, to out_value. Since 1.0. [any-thread] */
  wharf_status (*decimal)(const wharf_host *host, const char *name, uint64_t name_length, int64_t *out_value);
  /* Writes a boolean called name, 0 or 1, to out_value. Since 1.0. [any-thread] */
  wharf_status (*boolean)(const wharf_host *host, const char *name, uint64_t name_length, int32_t *out_value);
  /* Hands over a text or choice called name in one piece, a list in one piece an item. Since 1.0. [any-thread] */
  wharf_status (*text)(const wharf_host *host, const char *name, uint64_t name_length, const wharf_bytes_sink *sink);
} wharf_config;

/* "wharf.state/1": what an instance keeps across restarts. Keys are 1 to 128 bytes, values up to 1 MiB. Changes are
 * held back until commit makes all of them durable at once, or none. */
typedef struct wharf_state_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Reads the value of key in one piece, changes not yet committed included; WHARF_E_NOT_FOUND when there is none.
   * May block. Since 1.0. [serial] */
  wharf_status (*get)(const wharf_host *host, const char *key, uint64_t key_length, const wharf_bytes_sink *sink);
  /* Every key with this prefix, ascending, one piece a key. May block. Since 1.0. [serial] */
  wharf_status (*keys)(const wharf_host *host, const char *prefix, uint64_t prefix_length, const wharf_bytes_sink *sink);
  /* Sets the value of key. WHARF_E_REJECTED: the instance would keep more than the host's quota. Since 1.0. [serial] */
  wharf_status (*put)(const wharf_host *host, const char *key, uint64_t key_length, const void *value,
                      uint64_t value_length);
  /* Removes the value of key; none is no error. Since 1.0. [serial] */
  wharf_status (*remove)(const wharf_host *host, const char *key, uint64_t key_length);
  /* Makes the changes durable. WHARF_E_IO: none of them is, and the instance should refuse to go on. May block.
   * Since 1.0. [serial] */
  wharf_status (*commit)(const wharf_host *host);
} wharf_state;

/* "wharf.calendar/1": sessions of an instrument's exchange. */
enum { WHARF_SESSION_EARLY_CLOSE = 1, WHARF_SESSION_FROM_DATA = 2 };
typedef struct wharf_session_v1 {
  int64_t date;  /* 00:00 UTC of the session date */
  int64_t open;  /* instant */
  int64_t close; /* instant */
  int64_t flags; /* WHARF_SESSION_EARLY_CLOSE, WHARF_SESSION_FROM_DATA */
} wharf_session;
typedef struct wharf_session_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /* Takes some sessions, ascending; they live until this call returns. Since 1.0. [serial] */
  void (*sessions)(void *context, const wharf_session *sessions, uint64_t count);
} wharf_session_sink;
typedef struct wharf_calendar_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Every known session of an exchange ("XNYS"). WHARF_E_NOT_FOUND: the host has no such calendar.
   * Since 1.0. [any-thread] */
  wharf_status (*sessions)(const wharf_host *host, const char *exchange, uint64_t exchange_length,
                           const wharf_session_sink *sink);
} wharf_calendar;

/* "wharf.portfolio/1": the account and what is held or under way, read-only. */
enum {
  WHARF_HAS_POSITION = 1,
  WHARF_HAS_WORKING_ORDER = 2,
  WHARF_HAS_PENDING_SIGNAL = 4,
  WHARF_IS_BLOCKED = 8 /* an order's outcome is unknown */
};
typedef struct wharf_account_v1 {
  uint32_t struct_size;
  uint32_t breaker_tripped; /* 1: tripped; 0: armed */
  int64_t equity;
  int64_t cash;
  int64_t buying_power;
  uint64_t currency; /* the code's ASCII bytes, first in the low byte */
} wharf_account;
typedef struct wharf_holding_v1 {
  uint32_t struct_size;
  uint32_t flags; /* WHARF_HAS_..., WHARF_IS_BLOCKED */
  int64_t quantity;
  int64_t average_price;
} wharf_holding;
typedef struct wharf_portfolio_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* out; the caller has set struct_size. Since 1.0. [serial] */
  wharf_status (*account)(const wharf_host *host, wharf_account *out);
  /* out; the caller has set struct_size. WHARF_E_NOT_FOUND: no such instrument. Since 1.0. [serial] */
  wharf_status (*holding)(const wharf_host *host, uint32_t instrument, wharf_holding *out);
} wharf_portfolio;

#endif
