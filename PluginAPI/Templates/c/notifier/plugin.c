/* My Plugin: writes each notification of at least `minimum_severity` to the host's log. */
#include <stdlib.h>
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

#define TEXT(literal) literal, sizeof literal - 1 /* as pointer and length */

typedef struct my_plugin {
  const wharf_host *host; /* valid until destroy returns */
  const wharf_log *log;
  int32_t minimum;
} my_plugin;

/* Receives the option: which severity it names, 0 for none. */
static void read_severity(void *context, const void *data, uint64_t length) {
  static const char *const names[] = {"info", "warning", "alarm"};
  for (int32_t i = 0; i < 3; i++)
    if (strlen(names[i]) == length && memcmp(names[i], data, length) == 0) *(int32_t *)context = i + 1;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  const void *config, *log;
  if (host->table(host, TEXT("wharf.config/1"), &config) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  if (host->table(host, TEXT("wharf.log/1"), &log) != WHARF_OK) return WHARF_E_UNSUPPORTED;
  int32_t minimum = 0;
  wharf_bytes_sink sink = {sizeof sink, 0, &minimum, read_severity};
  ((const wharf_config *)config)->text(host, TEXT("minimum_severity"), &sink);
  if (minimum == 0) {
    ((const wharf_log *)log)
        ->write(host, WHARF_LOG_ERROR, TEXT("minimum_severity: expected info, warning or alarm"));
    return WHARF_E_CONFIGURATION;
  }
  my_plugin *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  self->host = host;
  self->log = log;
  self->minimum = minimum;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

/* Appends what fits. */
static uint64_t append(char *line, uint64_t used, uint64_t capacity, const char *text, uint64_t length) {
  uint64_t count = length < capacity - used ? length : capacity - used;
  if (count > 0) memcpy(line + used, text, count);
  return used + count;
}

static wharf_status notify(wharf_instance *instance, const wharf_notification *notification) {
  const my_plugin *self = (const my_plugin *)instance;
  int32_t level;
  switch (notification->severity) {
  case WHARF_SEVERITY_INFO: level = WHARF_LOG_INFO; break;
  case WHARF_SEVERITY_WARNING: level = WHARF_LOG_WARNING; break;
  case WHARF_SEVERITY_ALARM: level = WHARF_LOG_ERROR; break;
  default: return WHARF_E_INVALID; /* never guess what an unknown value means */
  }
  if (notification->severity < self->minimum) return WHARF_OK;
  char line[4096]; /* as much as the host's log takes */
  uint64_t used = append(line, 0, sizeof line, notification->topic, notification->topic_length);
  used = append(line, used, sizeof line, TEXT(": "));
  used = append(line, used, sizeof line, notification->title, notification->title_length);
  if (notification->text_length > 0) used = append(line, used, sizeof line, TEXT(": "));
  used = append(line, used, sizeof line, notification->text, notification->text_length);
  self->log->write(self->host, level, line, used);
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  static const wharf_notifier notifier = {sizeof notifier, 0, create, notify, destroy};
  if (id_length != 16 || memcmp(id, "wharf.notifier/1", 16) != 0) return WHARF_E_UNSUPPORTED;
  *out_table = &notifier;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
