/* Runs the plugin in a host in memory. */
#include <wharf_test_host.h>

typedef struct my_plugin_contents {
  uint64_t series, bars;
  uint8_t fingerprint[32];
} my_plugin_contents;

static void take_series(void *context, const wharf_series *series) {
  my_plugin_contents *contents = context;
  contents->series++;
  contents->bars = series->bar_count;
}
static void take_fault(void *context, const wharf_data_fault *fault) {
  (void)context, (void)fault;
  WHARF_TEST(!"a fault");
}
static void take_fingerprint(void *context, const uint8_t *bytes, uint64_t length) {
  WHARF_TEST(length == 32);
  memcpy(((my_plugin_contents *)context)->fingerprint, bytes, 32);
}

static my_plugin_contents contents_of(const wharf_market_data *source, wharf_instance *instance) {
  my_plugin_contents contents = {0};
  wharf_market_data_sink sink = {sizeof sink, 0, &contents, take_series, take_fault, take_fingerprint};
  WHARF_TEST(source->open(instance, "ABC", 3, &sink) == WHARF_OK);
  return contents;
}

int main(void) {
  wharf_test_host host;
  wharf_test_open(&host);
  const wharf_market_data *source = wharf_test_table("wharf.market_data/1");
  WHARF_TEST(source != NULL);
  wharf_instance *instance = NULL;
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == NULL);
  wharf_test_integer(&host, "bars", 300);
  wharf_test_integer(&host, "seed", 7);
  wharf_test_decimal(&host, "volatility", 20000000);
  wharf_test_text(&host, "symbol", "ABC");
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_OK);

  wharf_bar bars[256], again[256];
  uint64_t count = 99;
  WHARF_TEST(source->read(instance, bars, 256, &count) == WHARF_E_INVALID && count == 0); /* not open */
  my_plugin_contents none = {0};
  wharf_market_data_sink sink = {sizeof sink, 0, &none, take_series, take_fault, take_fingerprint};
  WHARF_TEST(source->open(instance, "ABC,XYZ", 7, &sink) == WHARF_E_NOT_FOUND && none.series == 0);

  my_plugin_contents contents = contents_of(source, instance);
  WHARF_TEST(contents.series == 1 && contents.bars == 300);
  WHARF_TEST(source->read(instance, bars, 256, &count) == WHARF_OK && count == 256);
  for (int i = 0; i < 256; i++) {
    WHARF_TEST(bars[i].low > 0 && bars[i].low <= bars[i].open && bars[i].low <= bars[i].close);
    WHARF_TEST(bars[i].high >= bars[i].open && bars[i].high >= bars[i].close && bars[i].volume >= 0);
    WHARF_TEST(i == 0 || bars[i].start > bars[i - 1].start);
  }
  WHARF_TEST(source->read(instance, again, 256, &count) == WHARF_OK && count == 44);
  WHARF_TEST(source->read(instance, again, 256, &count) == WHARF_E_END && count == 0);
  WHARF_TEST(source->rewind(instance) == WHARF_OK);
  WHARF_TEST(source->read(instance, again, 256, &count) == WHARF_OK && count == 256);
  WHARF_TEST(memcmp(bars, again, sizeof bars) == 0);
  source->destroy(instance);

  wharf_test_integer(&host, "seed", 8); /* another walk has another fingerprint */
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_OK);
  my_plugin_contents other = contents_of(source, instance);
  WHARF_TEST(memcmp(contents.fingerprint, other.fingerprint, 32) != 0);
  source->destroy(instance);
  wharf_test_close(&host);
  puts("the walk is whole, repeats itself and changes with its seed");
  return 0;
}
