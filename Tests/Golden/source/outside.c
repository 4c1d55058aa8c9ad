/* A notifier that sends its messages through wharf.http/1 and wharf.process/1, and logs what came back. */
#include "golden.h"
#include <stdlib.h>

struct golden_outside {
  const wharf_host *host;
  const wharf_log *log;
  const wharf_http *http;
  const wharf_process *process;
  char text[256];
  uint64_t length;
};

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  struct golden_outside *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->log = ask(host, "wharf.log/1");
  self->http = ask(host, "wharf.http/1");
  self->process = ask(host, "wharf.process/1");
  *out_instance = (wharf_instance *)self;
  return self->log && self->http && self->process ? WHARF_OK : WHARF_E_CONFIGURATION;
}

static void add(struct golden_outside *self, const void *data, uint64_t length) {
  if (self->length + length > sizeof self->text) length = sizeof self->text - self->length;
  memcpy(self->text + self->length, data, length);
  self->length += length;
}

static void status(void *context, int32_t code) { add(context, code == 200 ? "200 " : "??? ", 4); }

static void header(void *context, const char *name, uint64_t name_length, const char *value, uint64_t value_length) {
  add(context, name, name_length);
  add(context, "=", 1);
  add(context, value, value_length);
  add(context, " ", 1);
}

static void body(void *context, const void *data, uint64_t length) { add(context, data, length); }

static void output(void *context, int32_t stream, const void *data, uint64_t length) {
  if (stream == WHARF_PROCESS_OUTPUT) add(context, data, length);
}

static void ended(void *context, int32_t code, int32_t signal, int32_t timed_out) {
  add(context, code == 0 && signal == 0 && timed_out == 0 ? " ended" : " failed", 6);
}

static wharf_status send(struct golden_outside *self, const wharf_notification *notification) {
  const wharf_http_header line = {TEXT("Authorization"), TEXT("Bearer ${secret:TOKEN}")};
  const wharf_http_request request = {sizeof request,
                                      WHARF_HTTP_PROTECTIVE,
                                      TEXT("POST"),
                                      TEXT("api.example.com"),
                                      TEXT("/messages?kind=golden"),
                                      &line,
                                      1,
                                      notification->title,
                                      notification->title_length,
                                      TEXT("messages"),
                                      1000000000,
                                      0,
                                      0};
  const wharf_http_sink sink = {sizeof sink, 0, self, status, header, body};
  return self->http->send(self->host, &request, &sink);
}

static wharf_status run(struct golden_outside *self, const wharf_notification *notification) {
  const wharf_process_request request = {sizeof request, 0, TEXT("cat"), 0, 0, 0, 0, 0, 0};
  const wharf_process_sink sink = {sizeof sink, 0, self, output, ended};
  uint64_t process = 0, written = 0;
  wharf_status result = self->process->start(self->host, &request, &process);
  if (result != WHARF_OK) return result;
  result = self->process->write(self->host, process, notification->title, notification->title_length, 1, 0, &written);
  if (result != WHARF_OK || written != notification->title_length) return result;
  do result = self->process->read(self->host, process, 60000000000, &sink);
  while (result == WHARF_OK);
  if (self->process->stop(self->host, process, WHARF_PROCESS_KILL) != WHARF_E_NOT_FOUND) return WHARF_E_FAULT;
  return result == WHARF_E_END ? WHARF_OK : result;
}

static wharf_status notify(wharf_instance *instance, const wharf_notification *notification) {
  struct golden_outside *self = (struct golden_outside *)instance;
  self->length = 0;
  wharf_status result = send(self, notification);
  if (result == WHARF_OK) add(self, " / ", 3), result = run(self, notification);
  self->log->write(self->host, WHARF_LOG_INFO, self->text, self->length);
  if (result != WHARF_OK) return WHARF_E_IO;
  return self->http->limit(self->host, TEXT("api.example.com"), TEXT("messages"), -1, 0);
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_notifier notifier = {
    .struct_size = sizeof notifier, .create = create, .notify = notify, .destroy = destroy};
ENTRY(OFFER("wharf.notifier/1", notifier))
