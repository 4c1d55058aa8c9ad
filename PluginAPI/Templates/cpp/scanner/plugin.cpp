// My Plugin: reports bars whose volume is at least `ratio` times the average volume of the `window` bars before them.
//
// A scanner sees bars and reports observations; its table has no way to trade.
#include "edge.hpp"
#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

namespace plugin {

wharf_field number(std::string_view name, double value) {
  wharf_field field = {};
  lend("inputs", field.group, field.group_length);
  lend(name, field.name, field.name_length);
  field.kind = WHARF_FIELD_NUMBER;
  field.number = value;
  return field;
}

class VolumeScanner {
public:
  explicit VolumeScanner(const Services &host)
      : window(host.integer("window").value_or(0)), ratio(static_cast<double>(host.decimal("ratio").value_or(0)) / 1e9) {
    if (window < 2 || window > 500) throw host.refuse("window: expected a whole number from 2 to 500");
    if (ratio < 1) throw host.refuse("ratio: expected a decimal of at least 1");
  }

  void start(const wharf_start &start) {
    if (is_started) throw Refusal{WHARF_E_INVALID};
    is_started = true;
    decide_from = start.decide_from;
    explains = start.explain == 1;
    instruments.resize(start.instrument_count);
    for (Volumes &volumes : instruments) volumes.ring.resize(static_cast<std::size_t>(window));
  }

  void on_bar(const wharf_bar &bar, const wharf_observation_sink &sink) {
    const bool is_usable = std::isfinite(bar.volume) && bar.volume >= 0 && std::isfinite(bar.close) && bar.close > 0;
    if (!is_usable || bar.instrument >= instruments.size()) throw Refusal{WHARF_E_INVALID};
    Volumes &volumes = instruments[bar.instrument];
    if (bar.end <= volumes.last_end) return; // offered before: it counts once
    volumes.last_end = bar.end;
    double average = 0;
    for (const double volume : volumes.ring) average += volume / static_cast<double>(window);
    volumes.ring[volumes.seen % volumes.ring.size()] = bar.volume;
    if (volumes.seen++ >= volumes.ring.size() && bar.end >= decide_from) report(bar, average, sink);
  }

private:
  struct Volumes {
    std::vector<double> ring;
    std::size_t seen = 0;
    std::int64_t last_end = std::numeric_limits<std::int64_t>::min();
  };

  void report(const wharf_bar &bar, double average, const wharf_observation_sink &sink) {
    // an average of 0 says nothing about what is usual
    const double times = average > 0 ? bar.volume / average : std::numeric_limits<double>::quiet_NaN();
    const bool is_alert = times >= ratio;
    if (!is_alert && !explains) return;
    const wharf_field fields[] = {number("volume", bar.volume), number("average", average), number("ratio", times)};
    char text[128];
    std::snprintf(text, sizeof text, "volume %.1f times the average of %d bars", times, static_cast<int>(window));
    auto observation = sized<wharf_observation>();
    observation.instrument = bar.instrument;
    observation.kind = is_alert ? WHARF_OBSERVATION_ALERT : WHARF_OBSERVATION_EVALUATED;
    observation.time = bar.end;
    observation.price = bar.close;
    observation.score = times;
    observation.fields = fields;
    observation.field_count = 3;
    lend(is_alert ? "volume" : "quiet", observation.code, observation.code_length);
    if (is_alert) {
      observation.number = ++alerts;
      lend("unusual_volume", observation.level, observation.level_length);
      lend(text, observation.text, observation.text_length);
    }
    sink.observation(sink.context, &observation);
  }

  const std::int64_t window;
  const double ratio;
  std::int64_t decide_from = 0;
  std::uint64_t alerts = 0;
  bool explains = false, is_started = false;
  std::vector<Volumes> instruments;
};

VolumeScanner *of(wharf_instance *instance) { return reinterpret_cast<VolumeScanner *>(instance); }

} // namespace plugin

// --- the edge to the host ---

using namespace plugin;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  return guarded([&] { *out_instance = reinterpret_cast<wharf_instance *>(new VolumeScanner(Services(host))); });
}
static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  return guarded([&] { of(instance)->start(*start); });
}
static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_observation_sink *sink) {
  return guarded([&] { of(instance)->on_bar(*bar, *sink); });
}
static void destroy(wharf_instance *instance) { delete of(instance); }

static wharf_status table(const char *id, std::uint64_t id_length, const void **out_table) {
  // evaluate and finish stay null: the host then does not call them
  static const wharf_scanner scanner = {sizeof scanner, 0, create, start, on_bar, nullptr, nullptr, destroy};
  if (view(id, id_length) != "wharf.scanner/1") return WHARF_E_UNSUPPORTED;
  *out_table = &scanner;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry() {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
