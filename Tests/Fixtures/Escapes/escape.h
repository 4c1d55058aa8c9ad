/* What every escape plugin shares: a strategy that makes its attempts when it is offered its first bar, and says on
 * standard error and in the log what worked. Nothing may. */
#ifndef ESCAPE_H
#define ESCAPE_H
#define _GNU_SOURCE
#include "wharf/wharf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

WHARF_MANIFEST_FILE("manifest.json");

/* The home folder of the host under attack, with its secrets. */
#ifndef ESCAPE_HOME
#define ESCAPE_HOME "/root/.wharf"
#endif
/* The descriptor that leads to the host. */
enum { channel = 4 };

static const wharf_host *host_itself;
static const wharf_log *host_log;

/* Says something that the tests look for. */
static void say(const char *what, const char *text) {
  char line[600];
  const int length = snprintf(line, sizeof line, "%s: %s\n", what, text);
  if (write(2, line, (size_t)length) < 0) return;
  if (host_log) host_log->write(host_itself, WHARF_LOG_WARNING, line, (uint64_t)length - 1);
}

/* What worked and must not. */
__attribute__((unused)) static void escaped(const char *what) { say("ESCAPED", what); }

/* A call that must answer -1. */
#define REFUSED(call)                                                                                                  \
  do {                                                                                                                 \
    if ((long)(call) != -1) escaped(#call);                                                                            \
  } while (0)

/* Makes the attempts. */
static void attempt(void);

static int anything, has_tried;
static wharf_status create(const wharf_host *host, wharf_instance **out) {
  const char id[] = "wharf.log/1";
  const void *table = NULL;
  if (host && host->table(host, id, sizeof id - 1, &table) == WHARF_OK) host_log = table;
  host_itself = host;
  *out = (wharf_instance *)&anything;
  return WHARF_OK;
}
static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  (void)instance, (void)start;
  return WHARF_OK;
}
static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  (void)instance, (void)bar, (void)sink;
  if (has_tried++ == 0) {
    attempt();
    say("TRIED", "all of it");
  }
  return WHARF_OK;
}
static void destroy(wharf_instance *instance) { (void)instance; }
static const wharf_strategy strategy = {
    .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar, .destroy = destroy};

static wharf_status find(const char *id, uint64_t length, const void **out) {
  const char name[] = "wharf.strategy/1";
  if (length != sizeof name - 1 || memcmp(id, name, length)) return WHARF_E_UNSUPPORTED;
  *out = &strategy;
  return WHARF_OK;
}
static const wharf_plugin descriptor = {sizeof(wharf_plugin), WHARF_ABI_MAJOR, WHARF_ABI_MINOR, find};
const wharf_plugin *wharf_plugin_entry(void) { return &descriptor; }

#endif
