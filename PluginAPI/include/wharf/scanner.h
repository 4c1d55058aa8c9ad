/* Scanners: see bars, report observations. Table "wharf.scanner/1".
 *
 * There is no order and no signal in this header: trading from a scanner is impossible. An observation that carries the
 * words of an order (side, quantity, order_type, limit_price, stop_price, time_in_force) is refused and logged as a
 * security event, and so is a scanner that also offers a strategy or broker table. */
#ifndef WHARF_SCANNER_H
#define WHARF_SCANNER_H

#include "market.h"

enum {
  WHARF_OBSERVATION_ALERT = 1,          /* something a person should see */
  WHARF_OBSERVATION_DIGEST = 2,         /* alerts of one scan beyond those shown one by one, in text */
  WHARF_OBSERVATION_EPISODE_CLOSED = 3, /* an episode ended without an alert; code says why */
  WHARF_OBSERVATION_LABEL = 4,          /* what became of the alert with this number: fields */
  WHARF_OBSERVATION_EVALUATED = 5       /* an evaluation that led to nothing; code is its outcome; only with explain */
};

typedef struct wharf_observation_v1 {
  uint32_t struct_size;
  uint32_t instrument;
  int32_t kind; /* WHARF_OBSERVATION_... */
  uint32_t reserved;
  int64_t time;     /* the instant of the scan: the bar's end */
  uint64_t number;  /* of the alert within this instance, from 1; 0 for digests and evaluations */
  uint64_t episode; /* of the episode within this instance, from 1; 0: none */
  double price;
  double score;
  const char *level; /* "pump_signal" */
  uint64_t level_length;
  const char *code; /* why: "open", "higher_level", "quiet", "insufficient_baseline" */
  uint64_t code_length;
  const wharf_field *fields; /* in; groups "inputs", "flags", "labels" */
  uint64_t field_count;
  const char *text; /* one line for a person */
  uint64_t text_length;
} wharf_observation;

typedef struct wharf_observation_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /* Takes an observation; the host copies it. Since 1.0. [serial] */
  void (*observation)(void *context, const wharf_observation *observation);
} wharf_observation_sink;

typedef struct wharf_scanner_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and reads its options. As create of wharf.strategy/1. Since 1.0. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Tells the instruments. Called once, before the first bar. Since 1.0. [serial] */
  wharf_status (*start)(wharf_instance *instance, const wharf_start *start);

  /* Offers one finished bar, in order of end, then instrument. Hot path: must not block or allocate in the steady
   * state. Since 1.0. [serial] */
  wharf_status (*on_bar)(wharf_instance *instance, const wharf_bar *bar, const wharf_observation_sink *sink);

  /* All bars that end at time have been offered. May be null. Since 1.0. [serial] */
  wharf_status (*evaluate)(wharf_instance *instance, int64_t time, const wharf_observation_sink *sink);

  /* No more bars will come: report what is still open (labels, episodes). May be null. Since 1.0. [serial] */
  wharf_status (*finish)(wharf_instance *instance, const wharf_observation_sink *sink);

  /* Ends the instance and frees all it owns. Since 1.0. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_scanner;

#endif
