/* Runs the plugin in a host in memory. */
#include <wharf_test_host.h>

typedef struct my_plugin_observations {
  uint64_t count;
  wharf_observation last; /* its pointers are no longer valid */
  double ratio;           /* its third field */
} my_plugin_observations;

static void take(void *context, const wharf_observation *observation) {
  my_plugin_observations *observations = context;
  observations->count++;
  observations->last = *observation;
  WHARF_TEST(observation->field_count == 3);
  observations->ratio = observation->fields[2].number;
}

int main(void) {
  wharf_test_host host;
  wharf_test_open(&host);
  const wharf_scanner *scanner = wharf_test_table("wharf.scanner/1");
  WHARF_TEST(scanner != NULL && wharf_test_table("wharf.strategy/1") == NULL);

  wharf_instance *instance = NULL;
  WHARF_TEST(scanner->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == NULL);
  wharf_test_integer(&host, "window", 3);
  wharf_test_decimal(&host, "ratio", 2500000000);
  WHARF_TEST(scanner->create(&host.host, &instance) == WHARF_OK);
  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(scanner->start(instance, &start) == WHARF_OK);

  my_plugin_observations observations = {0, {0}, 0};
  wharf_observation_sink sink = {sizeof sink, 0, &observations, take};
  const double volumes[] = {900, 1000, 1100, 2400, 3750};
  for (int day = 0; day < 5; day++) {
    wharf_bar bar = wharf_test_bar(day, 10, volumes[day]);
    WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_OK);
    WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_OK); /* a bar offered twice counts once */
    WHARF_TEST(observations.count == (day == 4)); /* 2400 is 2.4 times 1000; 3750 is 2.5 times 1500 */
  }
  WHARF_TEST(observations.last.kind == WHARF_OBSERVATION_ALERT && observations.last.number == 1);
  WHARF_TEST(observations.ratio == 2.5 && observations.last.score == 2.5);

  wharf_bar bar = wharf_test_bar(5, 10, -1); /* no volume is negative */
  WHARF_TEST(scanner->on_bar(instance, &bar, &sink) == WHARF_E_INVALID);
  scanner->destroy(instance);
  wharf_test_close(&host);
  puts("unusual volume is reported once, usual volume never");
  return 0;
}
