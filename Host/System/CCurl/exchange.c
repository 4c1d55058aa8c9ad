#define CURL_DISABLE_TYPECHECK
#include "host_curl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/* What of libcurl is used. */
#define EACH_FUNCTION(X)                                                                                               \
  X(global_init) X(easy_init) X(easy_setopt) X(easy_cleanup) X(easy_strerror) X(multi_init) X(multi_add_handle)        \
  X(multi_remove_handle) X(multi_perform) X(multi_poll) X(multi_info_read) X(multi_cleanup) X(slist_append)            \
  X(slist_free_all)

#define DECLARE(name) __typeof__(curl_##name) *name;
static struct { EACH_FUNCTION(DECLARE) } curl;

/* 0: not tried yet, 1: usable, -1: not. */
static int opened;
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static int open_library(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
#define FIND(name)                                                                                                     \
  *(void **)&curl.name = dlsym(library, "curl_" #name);                                                                \
  if (!curl.name) return -1;
  EACH_FUNCTION(FIND)
  return curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : -1;
}

static int is_usable(void) {
  pthread_mutex_lock(&opening);
  if (opened == 0) opened = open_library();
  const int usable = opened == 1;
  pthread_mutex_unlock(&opening);
  return usable;
}

static int is_loopback(const char *address) {
  return address && (strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0);
}

/* Called when the connection stands and nothing of the request has left. */
static int before_request(void *pointer, char *theirs, char *ours, int their_port, int our_port) {
  const host_curl_exchange *exchange = pointer;
  (void)ours, (void)their_port, (void)our_port;
  if (exchange->is_plain && !is_loopback(theirs)) return CURL_PREREQFUNC_ABORT;
  exchange->connected(exchange->context);
  return CURL_PREREQFUNC_OK;
}

static size_t on_header(char *line, size_t size, size_t count, void *pointer) {
  const host_curl_exchange *exchange = pointer;
  return exchange->header(exchange->context, line, size * count) == 0 ? size * count : 0;
}

static size_t on_body(char *data, size_t size, size_t count, void *pointer) {
  const host_curl_exchange *exchange = pointer;
  return exchange->body_piece(exchange->context, data, size * count) == 0 ? size * count : 0;
}

/* Says everything that has to do with what leaves and with whom it is for; not 0 when one of it cannot be said. */
static int prepare(CURL *easy, const host_curl_exchange *exchange, struct curl_slist *headers) {
  const int has_body = exchange->body != 0;
  int bad = 0;
#define SET(option, value) bad |= curl.easy_setopt(easy, option, value) != CURLE_OK
  SET(CURLOPT_URL, exchange->url);
  SET(CURLOPT_PATH_AS_IS, 1L);
  SET(CURLOPT_PROTOCOLS_STR, exchange->is_plain ? "http" : "https");
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_NOPROXY, "*");
  SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  /* On a connection that was used before, libcurl sends a request again when the other side has closed it. */
  SET(CURLOPT_FRESH_CONNECT, 1L);
  SET(CURLOPT_FORBID_REUSE, 1L);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_ACCEPT_ENCODING, "");
  SET(CURLOPT_HTTPHEADER, headers);
  if (has_body) {
    SET(CURLOPT_POSTFIELDS, exchange->body);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body_length);
  }
  if (strcmp(exchange->method, "HEAD") == 0) SET(CURLOPT_NOBODY, 1L);
  else SET(CURLOPT_CUSTOMREQUEST, exchange->method);
  SET(CURLOPT_PREREQFUNCTION, before_request);
  SET(CURLOPT_PREREQDATA, (void *)exchange);
  SET(CURLOPT_HEADERFUNCTION, on_header);
  SET(CURLOPT_HEADERDATA, (void *)exchange);
  SET(CURLOPT_WRITEFUNCTION, on_body);
  SET(CURLOPT_WRITEDATA, (void *)exchange);
  return bad;
}

/* Drives the exchange to its end; CURLE_ABORTED_BY_CALLBACK when it was given up. */
static CURLcode drive(CURLM *multi, const host_curl_exchange *exchange) {
  int running = 1;
  while (1) {
    if (curl.multi_perform(multi, &running) != CURLM_OK) return CURLE_FAILED_INIT;
    if (!running) break;
    const int32_t milliseconds = exchange->wait(exchange->context);
    if (milliseconds < 0) return CURLE_ABORTED_BY_CALLBACK;
    if (curl.multi_poll(multi, 0, 0, milliseconds, 0) != CURLM_OK) return CURLE_FAILED_INIT;
  }
  int left = 0;
  const CURLMsg *message = curl.multi_info_read(multi, &left);
  return message && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT;
}

int32_t host_curl_perform(const host_curl_exchange *exchange, const char **out_text) {
  *out_text = "";
  if (!is_usable()) return HOST_CURL_MISSING;
  struct curl_slist *headers = 0;
  int bad = 0;
  for (const char *const *line = exchange->headers; *line; line++) {
    struct curl_slist *longer = curl.slist_append(headers, *line);
    if (longer) headers = longer;
    else bad = 1;
  }
  CURL *easy = curl.easy_init();
  CURLM *multi = curl.multi_init();
  CURLcode result = CURLE_OUT_OF_MEMORY;
  if (easy && multi && !bad) {
    result = CURLE_FAILED_INIT;
    if (prepare(easy, exchange, headers) == 0 && curl.multi_add_handle(multi, easy) == CURLM_OK) {
      result = drive(multi, exchange);
      curl.multi_remove_handle(multi, easy);
    }
  }
  if (easy) curl.easy_cleanup(easy);
  if (multi) curl.multi_cleanup(multi);
  curl.slist_free_all(headers);
  *out_text = curl.easy_strerror(result);
  switch (result) {
  case CURLE_OK: return HOST_CURL_OK;
  case CURLE_ABORTED_BY_CALLBACK:
  case CURLE_WRITE_ERROR: return HOST_CURL_GAVE_UP;
  default: return HOST_CURL_FAILED;
  }
}
