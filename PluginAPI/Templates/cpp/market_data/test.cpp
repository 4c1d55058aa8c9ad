// Runs the plugin in a host in memory.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
#include <wharf_test_host.h>

struct Contents {
  std::uint64_t series = 0, bars = 0;
  std::string fingerprint;
};

static const wharf_market_data *source;

static wharf_status open(wharf_instance *instance, const std::string &symbols, Contents &contents) {
  const wharf_market_data_sink sink = {
      sizeof sink, 0, &contents,
      [](void *context, const wharf_series *series) {
        auto *contents = static_cast<Contents *>(context);
        contents->series++;
        contents->bars = series->bar_count;
      },
      [](void *, const wharf_data_fault *) { WHARF_TEST(!"a fault"); },
      [](void *context, const std::uint8_t *bytes, std::uint64_t length) {
        static_cast<Contents *>(context)->fingerprint.assign(reinterpret_cast<const char *>(bytes), length);
      }};
  return source->open(instance, symbols.data(), symbols.size(), &sink);
}

int main() {
  wharf_test_host host;
  wharf_test_open(&host);
  source = static_cast<const wharf_market_data *>(wharf_test_table("wharf.market_data/1"));
  WHARF_TEST(source != nullptr);
  wharf_instance *instance = nullptr;
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == nullptr);
  wharf_test_integer(&host, "bars", 300);
  wharf_test_integer(&host, "seed", 7);
  wharf_test_decimal(&host, "volatility", 20000000);
  wharf_test_text(&host, "symbol", "ABC");
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_OK);

  std::vector<wharf_bar> bars(256), again(256);
  std::uint64_t count = 99;
  WHARF_TEST(source->read(instance, bars.data(), 256, &count) == WHARF_E_INVALID && count == 0); // not open
  Contents none, contents, other;
  WHARF_TEST(open(instance, "ABC,XYZ", none) == WHARF_E_NOT_FOUND && none.series == 0);
  WHARF_TEST(open(instance, "ABC", contents) == WHARF_OK && contents.series == 1 && contents.bars == 300);
  WHARF_TEST(contents.fingerprint.size() == 32);
  WHARF_TEST(source->read(instance, bars.data(), 256, &count) == WHARF_OK && count == 256);
  for (std::size_t i = 0; i < bars.size(); i++) {
    WHARF_TEST(bars[i].low > 0 && bars[i].low <= bars[i].open && bars[i].low <= bars[i].close);
    WHARF_TEST(bars[i].high >= bars[i].open && bars[i].high >= bars[i].close && bars[i].volume >= 0);
    WHARF_TEST(i == 0 || bars[i].start > bars[i - 1].start);
  }
  WHARF_TEST(source->read(instance, again.data(), 256, &count) == WHARF_OK && count == 44);
  WHARF_TEST(source->read(instance, again.data(), 256, &count) == WHARF_E_END && count == 0);
  WHARF_TEST(source->rewind(instance) == WHARF_OK);
  WHARF_TEST(source->read(instance, again.data(), 256, &count) == WHARF_OK && count == 256);
  WHARF_TEST(std::memcmp(bars.data(), again.data(), sizeof(wharf_bar) * 256) == 0);
  source->destroy(instance);

  wharf_test_integer(&host, "seed", 8); // another walk has another fingerprint
  WHARF_TEST(source->create(&host.host, &instance) == WHARF_OK && open(instance, "", other) == WHARF_OK);
  WHARF_TEST(other.fingerprint != contents.fingerprint);
  source->destroy(instance);
  wharf_test_close(&host);
  std::puts("the walk is whole, repeats itself and changes with its seed");
}
