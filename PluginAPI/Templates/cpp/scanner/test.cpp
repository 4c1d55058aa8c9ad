// Runs the plugin in a host in memory.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
#include <wharf_test_host.h>

struct Seen {
  std::int32_t kind;
  std::uint64_t number;
  double ratio;
};

int main() {
  wharf_test_host host;
  wharf_test_open(&host);
  const auto *scanner = static_cast<const wharf_scanner *>(wharf_test_table("wharf.scanner/1"));
  WHARF_TEST(scanner != nullptr && wharf_test_table("wharf.strategy/1") == nullptr);

  wharf_instance *instance = nullptr;
  WHARF_TEST(scanner->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == nullptr);
  wharf_test_integer(&host, "window", 3);
  wharf_test_decimal(&host, "ratio", 2500000000);
  WHARF_TEST(scanner->create(&host.host, &instance) == WHARF_OK);
  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(scanner->start(instance, &start) == WHARF_OK);

  std::vector<Seen> seen;
  const wharf_observation_sink sink = {sizeof sink, 0, &seen, [](void *context, const wharf_observation *observation) {
                                         static_cast<std::vector<Seen> *>(context)->push_back(
                                             {observation->kind, observation->number, observation->fields[2].number});
                                       }};
  const double volumes[] = {900, 1000, 1100, 2400, 3750}; // 2400 is 2.4 times 1000; 3750 is 2.5 times 1500
  for (int day = 0; day < 5; day++) {
    const wharf_bar bar = wharf_test_bar(day, 10, volumes[day]);
    WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_OK);
    WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_OK); // a bar offered twice counts once
  }
  WHARF_TEST(seen.size() == 1 && seen[0].kind == WHARF_OBSERVATION_ALERT && seen[0].number == 1 && seen[0].ratio == 2.5);

  const wharf_bar bar = wharf_test_bar(5, 10, -1); // no volume is negative
  WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_E_INVALID);
  scanner->destroy(instance);
  wharf_test_close(&host);
  std::puts("unusual volume is reported once, usual volume never");
}
