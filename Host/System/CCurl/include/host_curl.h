/* One HTTP exchange over libcurl, which is opened when the first one is made: it brings some thirty libraries with it,
 * and a session that asks nothing outside pays neither the milliseconds nor the megabytes. */
#ifndef HOST_CURL_H
#define HOST_CURL_H

#include <stddef.h>
#include <stdint.h>

/* One exchange. Everything in it lives until host_curl_perform returns, and so do its functions' arguments until they
 * return. Every function is called on the calling thread. */
typedef struct host_curl_exchange {
  const char *url;
  const char *method;
  const char *const *headers; /* lines "Name: value", or "Name;" for an empty value; ends with null */
  const void *body;           /* null for none, which is not the same as an empty one */
  uint64_t body_length;
  int32_t is_plain; /* 1: http to an address of this machine; 0: https */
  void *context;    /* handed to each function */

  /* The connection stands: from now on parts of the request may have left. */
  void (*connected)(void *context);
  /* How many milliseconds to wait for something to happen; below 0 gives up. */
  int32_t (*wait)(void *context);
  /* A line of the response's head with its line end; 0 goes on, anything else gives up. */
  int32_t (*header)(void *context, const char *line, size_t length);
  /* A piece of the decoded body; 0 goes on, anything else gives up. */
  int32_t (*body_piece)(void *context, const void *data, size_t length);
} host_curl_exchange;

enum {
  HOST_CURL_OK = 0,      /* the response is complete */
  HOST_CURL_FAILED = 1,  /* it is not; the text says why */
  HOST_CURL_MISSING = 2, /* there is no libcurl on this machine, or not a usable one */
  HOST_CURL_GAVE_UP = 3  /* a function gave up */
};

/* Makes the exchange: once, on a connection of its own, without proxy, redirect, cookie or credential from anywhere.
 * out_text receives a constant text of libcurl's about a failure, never one of the request. */
int32_t host_curl_perform(const host_curl_exchange *exchange, const char **out_text);

#endif
