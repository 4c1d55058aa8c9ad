/* Runs the plugin in a host in memory. */
#include <wharf_test_host.h>

typedef struct my_plugin_signals {
  uint64_t count;
  wharf_signal last; /* its pointers are no longer valid */
} my_plugin_signals;

static void take(void *context, const wharf_signal *signal) {
  my_plugin_signals *signals = context;
  signals->count++;
  signals->last = *signal;
}

int main(void) {
  wharf_test_host host;
  wharf_test_open(&host);
  const wharf_strategy *strategy = wharf_test_table("wharf.strategy/1");
  WHARF_TEST(strategy != NULL && wharf_test_table("wharf.broker/1") == NULL);

  wharf_instance *instance = NULL;
  WHARF_TEST(strategy->create(&host.host, &instance) == WHARF_E_CONFIGURATION); /* no options at all */
  WHARF_TEST(instance == NULL && host.last_level == WHARF_LOG_ERROR);
  wharf_test_integer(&host, "window", 3);
  wharf_test_decimal(&host, "quantity", 2000000000);
  WHARF_TEST(strategy->create(&host.host, &instance) == WHARF_OK);

  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(strategy->start(instance, &start) == WHARF_OK);

  my_plugin_signals signals = {0, {0}};
  wharf_strategy_sink sink = {sizeof sink, 0, &signals, take, NULL};
  const double closes[] = {10, 11, 12, 11, 12.5};
  for (int day = 0; day < 5; day++) {
    wharf_bar bar = wharf_test_bar(day, closes[day], 1000);
    WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK);
    WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK); /* a bar offered twice counts once */
  }
  WHARF_TEST(signals.count == 1 && signals.last.action == WHARF_ACTION_ENTER_LONG);
  WHARF_TEST(signals.last.quantity == 2000000000 && signals.last.close == 12.5);

  wharf_fill fill = {.struct_size = sizeof fill, .side = 1, .price = 12500000000, .quantity = 2000000000,
                     .position = 2000000000};
  WHARF_TEST(strategy->on_fill(instance, &fill) == WHARF_OK);
  wharf_bar bar = wharf_test_bar(5, 10.5, 1000);
  WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK);
  WHARF_TEST(signals.count == 2 && signals.last.action == WHARF_ACTION_EXIT);
  WHARF_TEST(signals.last.exit_reason == WHARF_EXIT_STRATEGY && signals.last.quantity == 2000000000);

  bar.instrument = 1; /* no such instrument */
  WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_E_INVALID && signals.count == 2);
  strategy->destroy(instance);
  wharf_test_close(&host);
  puts("the channel buys above, sells below and counts each bar once");
  return 0;
}
