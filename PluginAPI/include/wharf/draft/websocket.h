/* DRAFT: streams over secure WebSockets that the host keeps for a plugin. It will be the host table
 * "wharf.websocket/1".
 *
 * A draft may change in any way, or go, until it is published; then its tags end in _v1 and wharf.h includes it. Until
 * then a host that offers it does so as "wharf.websocket/1-draft1" only. Do not ship a plugin that depends on it.
 *
 * Destinations and templates are those of http.h, with "websocket:stream.example.com" in the manifest. The host answers
 * pings, joins fragments, undoes compression and stamps each message once, when it has come in. It never drops a
 * message: a plugin that reads too slowly makes the service wait. It never connects again by itself: a new connection
 * may have missed something, which only the plugin can make good. */
#ifndef WHARF_DRAFT_WEBSOCKET_H
#define WHARF_DRAFT_WEBSOCKET_H

#include "../http.h"

/* What a message is made of. */
enum {
  WHARF_WEBSOCKET_TEXT = 1,  /* UTF-8, checked */
  WHARF_WEBSOCKET_BINARY = 2 /* bytes; some services put JSON in them */
};

/* Flags of a message that is sent; other bits are 0. */
enum {
  WHARF_WEBSOCKET_TEMPLATE = 1 /* templates are replaced in it; for text only */
};

/* A connection to be. Everything in it is in, and lives until open returns. */
typedef struct wharf_websocket_request_draft1 {
  uint32_t struct_size;
  uint32_t reserved;
  const char *destination; /* host name, with :PORT where the manifest has it */
  uint64_t destination_length;
  const char *path; /* from "/" on, with the query; may hold templates */
  uint64_t path_length;
  const wharf_http_header *headers; /* of the upgrade; values may hold templates */
  uint64_t header_count;
  int64_t timeout;        /* nanoseconds until the connection must stand; 0: the host's own */
  uint64_t message_limit; /* bytes of one message; a longer one closes the connection; 0: 16 MiB */
} wharf_websocket_request;

/* Where received messages go. */
typedef struct wharf_websocket_sink_draft1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* handed back on each call */

  /* Takes one whole message. kind is WHARF_WEBSOCKET_..., time the instant at which it came in; data lives until this
   * call returns. Since draft. [serial] */
  void (*message)(void *context, int32_t kind, int64_t time, const void *data, uint64_t length);

  /* Takes the end of the connection, after its last message. code is that of RFC 6455, 1006 when the line was cut and
   * 1009 when a message was too long; reason is the service's text. Since draft. [serial] */
  void (*closed)(void *context, int32_t code, const char *reason, uint64_t reason_length);
} wharf_websocket_sink;

/* The host table. A connection is a number of the host's, never 0 and never used twice; it belongs to the instance that
 * opened it and ends with it. */
typedef struct wharf_websocket_draft1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Opens a connection.
   *
   * host            in.
   * request         in; valid until this call returns.
   * out_connection  out; the connection; untouched on failure.
   * Returns WHARF_OK when it stands; WHARF_E_INVALID, WHARF_E_REJECTED and WHARF_E_CONFIGURATION as send of
   * wharf.http/1; WHARF_E_BUSY when the budget of connections is used up; WHARF_E_IO when the service cannot be reached
   * or refused the upgrade (see the log). May block. Since draft. [any-thread] */
  wharf_status (*open)(const wharf_host *host, const wharf_websocket_request *request, uint64_t *out_connection);

  /* Sends one message.
   *
   * connection  from open.
   * kind        WHARF_WEBSOCKET_TEXT or WHARF_WEBSOCKET_BINARY.
   * flags       WHARF_WEBSOCKET_TEMPLATE or 0.
   * data        in; length bytes, valid until this call returns.
   * Returns WHARF_OK when it was handed to the line, which proves no delivery; WHARF_E_INVALID and
   * WHARF_E_CONFIGURATION as open; WHARF_E_NOT_FOUND for a connection that this instance does not have; WHARF_E_END
   * when it is closed; WHARF_E_BUSY when it does not take more at present. Since draft. [any-thread] */
  wharf_status (*send)(const wharf_host *host, uint64_t connection, int32_t kind, uint32_t flags, const void *data,
                       uint64_t length);

  /* Waits for messages and hands over all that have come in, oldest first.
   *
   * connection  from open; two receives of one connection must not overlap.
   * timeout     nanoseconds to wait for the first; 0: only what is there already.
   * sink        in; called on the calling thread, zero or more times before returning.
   * Returns WHARF_OK after one or more; WHARF_E_BUSY when none came; WHARF_E_END after closed went to the sink, and
   * from then on; WHARF_E_NOT_FOUND as send. May block. Since draft. [any-thread] */
  wharf_status (*receive)(const wharf_host *host, uint64_t connection, int64_t timeout,
                          const wharf_websocket_sink *sink);

  /* Closes a connection; messages not yet received are dropped. connection is from open, code one of RFC 6455 (1000).
   * Returns WHARF_OK, also when it was closed already; WHARF_E_NOT_FOUND as send. Since draft. [any-thread] */
  wharf_status (*close)(const wharf_host *host, uint64_t connection, int32_t code);
} wharf_websocket;

#endif
