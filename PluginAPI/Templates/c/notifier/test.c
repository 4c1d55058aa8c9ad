/* Runs the plugin in a host in memory. */
#include <wharf_test_host.h>

static wharf_notification message(int32_t severity, const char *title) {
  return (wharf_notification){.struct_size = sizeof(wharf_notification), .severity = severity, .topic = "fill",
                              .topic_length = 4, .title = title, .title_length = strlen(title), .text = "at 12.5",
                              .text_length = 7};
}

int main(void) {
  wharf_test_host host;
  wharf_test_open(&host);
  const wharf_notifier *notifier = wharf_test_table("wharf.notifier/1");
  WHARF_TEST(notifier != NULL);

  wharf_instance *instance = NULL;
  wharf_test_text(&host, "minimum_severity", "loud");
  WHARF_TEST(notifier->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == NULL);
  WHARF_TEST(host.line_count == 1); /* it said why */
  wharf_test_text(&host, "minimum_severity", "warning");
  WHARF_TEST(notifier->create(&host.host, &instance) == WHARF_OK);

  wharf_notification quiet = message(WHARF_SEVERITY_INFO, "bought 2 ABC");
  WHARF_TEST(notifier->notify(instance, &quiet) == WHARF_OK && host.line_count == 1);
  wharf_notification alarm = message(WHARF_SEVERITY_ALARM, "bought 2 ABC");
  WHARF_TEST(notifier->notify(instance, &alarm) == WHARF_OK && host.line_count == 2);
  WHARF_TEST(host.last_level == WHARF_LOG_ERROR && strcmp(host.last_line, "fill: bought 2 ABC: at 12.5") == 0);
  wharf_notification unknown = message(9, "what is 9?");
  WHARF_TEST(notifier->notify(instance, &unknown) == WHARF_E_INVALID && host.line_count == 2);

  notifier->destroy(instance);
  wharf_test_close(&host);
  puts("messages reach the log from the chosen severity on");
  return 0;
}
