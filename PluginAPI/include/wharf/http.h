/* "wharf.http/1": requests over HTTPS that the host makes for a plugin.
 *
 * The plugin opens no socket and sees no key. The host lets through only destinations that the manifest asked for
 * ("http:api.example.com") and a person approved, keeps the rate budgets, and replaces these templates on the way out,
 * in the path, in the values of headers and, if asked to, in the body:
 *   ${secret:NAME}      the secret; the manifest must ask for "secret:NAME"
 *   ${basic:NAME:NAME}  base64 of one secret, a colon and another, as HTTP Basic wants it
 *   $$                  one dollar sign
 * Text with any other $ is refused. NAME is an option of type secret and then what the configuration refers to, else a
 * secret of that name. In the path what a template puts in is percent-encoded. What a template put in is cut out again
 * of everything that comes back, also where it comes back in base64, percent-encoded, in hexadecimal or in JSON.
 *
 * The host never repeats a request, follows no redirect, keeps no cookies and adds no header but Host, Content-Length,
 * Accept-Encoding and Connection. It undoes Content-Encoding, and then does not hand over that header and
 * Content-Length. */
#ifndef WHARF_HTTP_H
#define WHARF_HTTP_H

#include "base.h"

/* Flags of a request; other bits are 0. */
enum {
  WHARF_HTTP_BODY_TEMPLATE = 1, /* templates are replaced in the body too, which then is UTF-8 */
  WHARF_HTTP_PROTECTIVE = 2     /* it closes or protects a position: it may use the budget kept back for that */
};

/* A header line of a request. The host refuses those that it adds itself, and those that say how a message is framed. */
typedef struct wharf_http_header_v1 {
  const char *name; /* a token of RFC 9110; letters are sent as written */
  uint64_t name_length;
  const char *value; /* printable ASCII or UTF-8 without line breaks; may hold templates */
  uint64_t value_length;
} wharf_http_header;

/* One request. Everything in it is in, and lives until send returns. */
typedef struct wharf_http_request_v1 {
  uint32_t struct_size;
  uint32_t flags;     /* WHARF_HTTP_... */
  const char *method; /* "GET", "POST", "PUT", "PATCH", "DELETE" or "HEAD" */
  uint64_t method_length;
  const char *destination; /* as in the manifest: host name, with :PORT where the manifest has it; no address literal */
  uint64_t destination_length;
  const char *path; /* from "/" on, with the query, percent-encoded; may hold templates; "" is "/" */
  uint64_t path_length;
  const wharf_http_header *headers; /* at most 64 */
  uint64_t header_count;
  const void *body; /* none with GET and HEAD; at most 16 MiB */
  uint64_t body_length;
  const char *budget; /* the rate budget that this request uses up ("orders"); "" or a strange one: the destination's */
  uint64_t budget_length;
  int64_t timeout;         /* nanoseconds for the whole exchange, waiting for budget included; 0: the host's own */
  int64_t idle_timeout;    /* nanoseconds between two pieces of the response; 0: only timeout counts */
  uint64_t response_limit; /* bytes of body, decoded; 0: 16 MiB, which is also the most */
} wharf_http_request;

/* Where a response goes: status once, then headers, then the body in order as it arrives. */
typedef struct wharf_http_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* handed back on each call */

  /* Takes the status line of the final response: code is 200 to 599. Since 1.1. [serial] */
  void (*status)(void *context, int32_t code);

  /* Takes a header; name is in lower case, value without surrounding blanks. A name may come several times.
   * Both live until this call returns. Since 1.1. [serial] */
  void (*header)(void *context, const char *name, uint64_t name_length, const char *value, uint64_t value_length);

  /* Takes the next piece of the body, at least one byte; data lives until this call returns. Since 1.1. [serial] */
  void (*body)(void *context, const void *data, uint64_t length);
} wharf_http_sink;

/* The host table. It is there for a plugin whose manifest asks for a destination. */
typedef struct wharf_http_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes one request and returns when its response is complete.
   *
   * host     in.
   * request  in; valid until this call returns.
   * sink     in; called on the calling thread, zero or more times before returning.
   * Returns WHARF_OK for a complete response, whatever its status code: only the plugin knows what a code means here.
   * Otherwise what went to the sink does not count:
   *   WHARF_E_INVALID          the request is malformed; nothing left
   *   WHARF_E_REJECTED         the destination or a secret is not granted; nothing left, and it is a security event
   *   WHARF_E_CONFIGURATION    a secret that a template names is set nowhere; nothing left
   *   WHARF_E_BUSY             no budget within timeout; nothing left, offer it again later
   *   WHARF_E_NOT_SENT         no connection: no byte of the request left
   *   WHARF_E_UNKNOWN_OUTCOME  it left in part or whole, and no complete, readable response within limits came back:
   *                            repeat it only if the service says that repeating is harmless
   * Must not be called from a sink. May block. Since 1.1. [any-thread] */
  wharf_status (*send)(const wharf_host *host, const wharf_http_request *request, const wharf_http_sink *sink);

  /* Tells the host what the service said about a budget, so that it waits before the next request instead of being
   * refused.
   *
   * destination, budget  in; as in the request.
   * remaining            requests still allowed; -1: not told.
   * until                the instant from which the budget is whole again.
   * Returns WHARF_OK; WHARF_E_INVALID for a malformed argument; WHARF_E_REJECTED for a destination that is not granted.
   * It can only make the host slower than its own limits, never faster. Since 1.1. [any-thread] */
  wharf_status (*limit)(const wharf_host *host, const char *destination, uint64_t destination_length,
                        const char *budget, uint64_t budget_length, int64_t remaining, int64_t until);
} wharf_http;

#endif
