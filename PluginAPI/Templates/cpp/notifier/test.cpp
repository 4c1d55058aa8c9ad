// Runs the plugin in a host in memory.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <wharf_test_host.h>

static wharf_notification message(std::int32_t severity) {
  wharf_notification message = {};
  message.struct_size = sizeof message;
  message.severity = severity;
  message.topic = "fill", message.topic_length = 4;
  message.title = "bought 2 ABC", message.title_length = 12;
  message.text = "at 12.5", message.text_length = 7;
  return message;
}

int main() {
  wharf_test_host host;
  wharf_test_open(&host);
  const auto *notifier = static_cast<const wharf_notifier *>(wharf_test_table("wharf.notifier/1"));
  WHARF_TEST(notifier != nullptr);

  wharf_instance *instance = nullptr;
  wharf_test_text(&host, "minimum_severity", "loud");
  WHARF_TEST(notifier->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == nullptr);
  WHARF_TEST(host.line_count == 1); // it said why
  wharf_test_text(&host, "minimum_severity", "warning");
  WHARF_TEST(notifier->create(&host.host, &instance) == WHARF_OK);

  const wharf_notification quiet = message(WHARF_SEVERITY_INFO), alarm = message(WHARF_SEVERITY_ALARM);
  WHARF_TEST(notifier->notify(instance, &quiet) == WHARF_OK && host.line_count == 1);
  WHARF_TEST(notifier->notify(instance, &alarm) == WHARF_OK && host.line_count == 2);
  WHARF_TEST(host.last_level == WHARF_LOG_ERROR && std::strcmp(host.last_line, "fill: bought 2 ABC: at 12.5") == 0);
  const wharf_notification unknown = message(9);
  WHARF_TEST(notifier->notify(instance, &unknown) == WHARF_E_INVALID && host.line_count == 2);

  notifier->destroy(instance);
  wharf_test_close(&host);
  std::puts("messages reach the log from the chosen severity on");
}
