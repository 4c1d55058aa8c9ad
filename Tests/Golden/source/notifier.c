/* Writes the title of every message to the log. */
#include "golden.h"
#include <stdlib.h>

struct golden_notifier {
  const wharf_host *host;
  const wharf_log *log;
};

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  struct golden_notifier *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->log = ask(host, "wharf.log/1");
  *out_instance = (wharf_instance *)self;
  return self->log ? WHARF_OK : WHARF_E_CONFIGURATION;
}

static wharf_status notify(wharf_instance *instance, const wharf_notification *notification) {
  struct golden_notifier *self = (struct golden_notifier *)instance;
  if (notification->struct_size != sizeof *notification) return WHARF_E_INVALID;
  self->log->write(self->host, WHARF_LOG_INFO, notification->title, notification->title_length);
  return notification->severity == WHARF_SEVERITY_ALARM ? WHARF_E_BUSY : WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_notifier notifier = {
    .struct_size = sizeof notifier, .create = create, .notify = notify, .destroy = destroy};
ENTRY(OFFER("wharf.notifier/1", notifier))
