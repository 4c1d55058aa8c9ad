/* What every table of the Wharf plugin ABI is made of: statuses, handles, sinks, ids.
 *
 * Rules that hold in every header:
 * - Integers have fixed width. Text is UTF-8 as pointer + length in bytes, never NUL-terminated; a length of 0 allows a
 *   null pointer. There is no bool, no C enum in a signature and no struct passed by value.
 * - Times are nanoseconds since 1970-01-01T00:00:00Z without leap seconds. Prices, quantities and money of orders are
 *   1e-9 of their unit in int64. Bars and indicators are IEEE doubles.
 * - What is marked in lives until the call returns: copy what you keep. What is marked out is written by the callee.
 *   Buffers never change owner; results of unknown size go out through a sink that the caller passes in.
 * - An enumerated value that is not listed is refused with WHARF_E_INVALID, never read as a default.
 * - A table starts with struct_size, which its maker sets to sizeof of the tag it was compiled with. A tag and a table
 *   id name one layout for ever; growth is a new tag behind a new id.
 *
 * Tags that close each function comment:
 *   [serial]      calls to one instance never overlap; the thread may change between calls
 *   [any-thread]  may be called from any thread, also concurrently
 *   [entry]       called once after loading, before anything else
 */
#ifndef WHARF_BASE_H
#define WHARF_BASE_H

#include <stddef.h>
#include <stdint.h>

#define WHARF_ABI_MAJOR 1
#define WHARF_ABI_MINOR 1

/* The outcome of a call. 0 is success; every other value says what the caller does next. */
typedef int32_t wharf_status;
enum {
  WHARF_OK = 0,
  WHARF_E_INVALID = 1,         /* an argument or value is not acceptable; the call changed nothing */
  WHARF_E_UNSUPPORTED = 2,     /* this table, feature or order type does not exist here */
  WHARF_E_NOT_FOUND = 3,       /* definitive: the thing asked for does not exist */
  WHARF_E_REJECTED = 4,        /* definitive: the request was refused and has no effect */
  WHARF_E_NOT_SENT = 5,        /* definitive: nothing left this process; the same request may be made again */
  WHARF_E_UNKNOWN_OUTCOME = 6, /* the request may or may not have taken effect; never repeat it, reconcile */
  WHARF_E_BUSY = 7,            /* offer the same call once more later */
  WHARF_E_END = 8,             /* no more data will come */
  WHARF_E_CONFIGURATION = 9,   /* an option is missing or wrong; see the log */
  WHARF_E_IO = 10,             /* the outside world failed; see the log */
  WHARF_E_FAULT = 11           /* this instance is broken; it is stopped and quarantined */
};

/* One running instance of a plugin; the plugin's own, opaque to the host. */
typedef struct wharf_instance_v1 wharf_instance;

/* The host as one plugin instance sees it. Every host table function takes it as its first argument. */
typedef struct wharf_host_v1 wharf_host;
struct wharf_host_v1 {
  uint32_t struct_size;
  uint32_t abi_minor; /* the host's WHARF_ABI_MINOR */
  void *context;      /* the host's own; never dereference it */

  /* Finds a host table by id, such as "wharf.log/1".
   *
   * host       in; the pointer that create received.
   * id         in; UTF-8, id_length bytes.
   * out_table  out; the table, valid until the instance is destroyed; untouched on failure.
   * Returns WHARF_OK, or WHARF_E_UNSUPPORTED when this host does not offer the table or the manifest does not ask for
   * a permission it needs. Since 1.0. [any-thread] */
  wharf_status (*table)(const wharf_host *host, const char *id, uint64_t id_length, const void **out_table);
};

/* Receives zero or more pieces of text or bytes. */
typedef struct wharf_bytes_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* in; handed back on each call */

  /* Takes one piece; data lives until this call returns. Since 1.0. [serial] */
  void (*bytes)(void *context, const void *data, uint64_t length);
} wharf_bytes_sink;

#endif
