/* Market data: bars in order of time. Table "wharf.market_data/1". */
#ifndef WHARF_MARKET_DATA_H
#define WHARF_MARKET_DATA_H

#include "market.h"

typedef struct wharf_series_v1 {
  uint32_t struct_size;
  int32_t bar_seconds; /* 86400: daily, named by session dates */
  const char *symbol;
  uint64_t symbol_length;
  int64_t first_start;
  int64_t last_start;
  uint64_t bar_count;
  int64_t step;         /* quantity increment this source knows, 1e-9; 0: unknown */
  const char *currency; /* empty: unknown */
  uint64_t currency_length;
} wharf_series;

/* Something in the source that was refused or skipped. */
typedef struct wharf_data_fault_v1 {
  uint32_t struct_size;
  int32_t skipped;  /* 1: skipped and counted; 0: the source cannot be used */
  const char *file; /* may be empty */
  uint64_t file_length;
  uint64_t line;    /* 1-based; 0: the file as a whole */
  const char *code; /* "high_below_open"; only noticed, nothing skipped: "possible_...", "no_final_newline",
                       "more_faults", "too_many_files" */
  uint64_t code_length;
  const char *text; /* expected versus found, and what to do */
  uint64_t text_length;
} wharf_data_fault;

typedef struct wharf_market_data_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /* Takes one series; its place among the series, from 0, is its instrument id. Since 1.0. [serial] */
  void (*series)(void *context, const wharf_series *series);
  /* Takes a fault. Since 1.0. [serial] */
  void (*fault)(void *context, const wharf_data_fault *fault);
  /* Takes 32 bytes that change whenever any bar changes. Since 1.0. [serial] */
  void (*fingerprint)(void *context, const uint8_t *bytes, uint64_t length);
} wharf_market_data_sink;

typedef struct wharf_market_data_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and reads its options (for files: the paths). Since 1.0. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Opens the source and reports its series in ascending order of symbol, its faults and its fingerprint.
   *
   * symbols  in; comma-separated wanted symbols, or empty for all.
   * Returns WHARF_OK; WHARF_E_NOT_FOUND when the source or a wanted symbol does not exist; WHARF_E_INVALID when it cannot be
   * used (a fault said why). May block. Since 1.0. [serial] */
  wharf_status (*open)(wharf_instance *instance, const char *symbols, uint64_t symbols_length,
                       const wharf_market_data_sink *sink);

  /* Writes up to capacity bars in order of start, then instrument. start, prices, volume and instrument are set; end is
   * start + bar_seconds, flags 0 (the host knows the calendar and stamps them).
   *
   * out_bars   out; capacity places, owned by the caller. out_count  out; how many were written.
   * Returns WHARF_OK, or WHARF_E_END with a count of 0. May block. Since 1.0. [serial] */
  wharf_status (*read)(wharf_instance *instance, wharf_bar *out_bars, uint64_t capacity, uint64_t *out_count);

  /* Starts reading again from the first bar. Since 1.0. [serial] */
  wharf_status (*rewind)(wharf_instance *instance);

  /* Ends the instance and frees all it owns. Since 1.0. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_market_data;

#endif
