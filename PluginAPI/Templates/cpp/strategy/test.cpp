// Runs the plugin in a host in memory.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
#include <wharf_test_host.h>

int main() {
  wharf_test_host host;
  wharf_test_open(&host);
  const auto *strategy = static_cast<const wharf_strategy *>(wharf_test_table("wharf.strategy/1"));
  WHARF_TEST(strategy != nullptr && wharf_test_table("wharf.broker/1") == nullptr);

  wharf_instance *instance = nullptr;
  WHARF_TEST(strategy->create(&host.host, &instance) == WHARF_E_CONFIGURATION); // no options at all
  WHARF_TEST(instance == nullptr && host.last_level == WHARF_LOG_ERROR);
  wharf_test_integer(&host, "window", 3);
  wharf_test_decimal(&host, "quantity", 2000000000);
  WHARF_TEST(strategy->create(&host.host, &instance) == WHARF_OK);
  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(strategy->start(instance, &start) == WHARF_OK);
  WHARF_TEST(strategy->start(instance, &start) == WHARF_E_INVALID);

  std::vector<wharf_signal> signals; // their pointers are no longer valid
  const wharf_strategy_sink sink = {sizeof sink, 0, &signals,
                                    [](void *context, const wharf_signal *signal) {
                                      static_cast<std::vector<wharf_signal> *>(context)->push_back(*signal);
                                    },
                                    nullptr};
  const double closes[] = {10, 11, 12, 11, 12.5};
  for (int day = 0; day < 5; day++) {
    const wharf_bar bar = wharf_test_bar(day, closes[day], 1000);
    WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK);
    WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK); // a bar offered twice counts once
  }
  WHARF_TEST(signals.size() == 1 && signals[0].action == WHARF_ACTION_ENTER_LONG && signals[0].close == 12.5);
  WHARF_TEST(signals[0].quantity == 2000000000);

  wharf_fill fill = {};
  fill.struct_size = sizeof fill;
  fill.side = 1;
  fill.position = 2000000000;
  WHARF_TEST(strategy->on_fill(instance, &fill) == WHARF_OK);
  wharf_bar bar = wharf_test_bar(5, 10.5, 1000);
  WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_OK);
  WHARF_TEST(signals.size() == 2 && signals[1].action == WHARF_ACTION_EXIT);
  WHARF_TEST(signals[1].exit_reason == WHARF_EXIT_STRATEGY);

  bar.instrument = 1; // no such instrument
  WHARF_TEST(strategy->on_bar(instance, &bar, &sink) == WHARF_E_INVALID && signals.size() == 2);
  strategy->destroy(instance);
  wharf_test_close(&host);
  std::puts("the channel buys above, sells below and counts each bar once");
}
