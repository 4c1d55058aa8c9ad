// My Plugin: writes each notification of at least `minimum_severity` to the host's log.
#include "edge.hpp"

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

namespace plugin {

class LogNotifier {
public:
  explicit LogNotifier(const Services &host) : host(host) {
    const std::string severity = host.text("minimum_severity").value_or("");
    if (severity == "info") minimum = WHARF_SEVERITY_INFO;
    else if (severity == "warning") minimum = WHARF_SEVERITY_WARNING;
    else if (severity == "alarm") minimum = WHARF_SEVERITY_ALARM;
    else throw host.refuse("minimum_severity: expected info, warning or alarm");
  }

  void notify(const wharf_notification &notification) {
    std::int32_t level;
    switch (notification.severity) {
    case WHARF_SEVERITY_INFO: level = WHARF_LOG_INFO; break;
    case WHARF_SEVERITY_WARNING: level = WHARF_LOG_WARNING; break;
    case WHARF_SEVERITY_ALARM: level = WHARF_LOG_ERROR; break;
    default: throw Refusal{WHARF_E_INVALID}; // never guess what an unknown value means
    }
    if (notification.severity < minimum) return;
    std::string line(view(notification.topic, notification.topic_length));
    line += ": ";
    line += view(notification.title, notification.title_length);
    if (notification.text_length > 0) line += ": ";
    line += view(notification.text, notification.text_length);
    host.write(level, line);
  }

private:
  const Services host;
  std::int32_t minimum;
};

LogNotifier *of(wharf_instance *instance) { return reinterpret_cast<LogNotifier *>(instance); }

} // namespace plugin

// --- the edge to the host ---

using namespace plugin;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  return guarded([&] { *out_instance = reinterpret_cast<wharf_instance *>(new LogNotifier(Services(host))); });
}
static wharf_status notify(wharf_instance *instance, const wharf_notification *notification) {
  return guarded([&] { of(instance)->notify(*notification); });
}
static void destroy(wharf_instance *instance) { delete of(instance); }

static wharf_status table(const char *id, std::uint64_t id_length, const void **out_table) {
  static const wharf_notifier notifier = {sizeof notifier, 0, create, notify, destroy};
  if (view(id, id_length) != "wharf.notifier/1") return WHARF_E_UNSUPPORTED;
  *out_table = &notifier;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry() {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
