// My Plugin: buys when a close is above the highest close of the last `window` bars, sells when one is below the lowest.
//
// The host calls, for each instance and never at once: create, start, then on_bar for every finished bar and on_fill for
// what became of the signals, and destroy.
#include "edge.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

namespace plugin {

class ChannelStrategy {
public:
  explicit ChannelStrategy(const Services &host)
      : window(host.integer("window").value_or(0)), quantity(host.decimal("quantity").value_or(0)) {
    if (window < 2 || window > 500) throw host.refuse("window: expected a whole number from 2 to 500");
    if (quantity <= 0) throw host.refuse("quantity: expected a decimal above 0");
  }

  void start(const wharf_start &start) {
    if (is_started) throw Refusal{WHARF_E_INVALID};
    is_started = true;
    decide_from = start.decide_from;
    explains = start.explain == 1;
    channels.resize(start.instrument_count);
    for (Channel &channel : channels) channel.closes.resize(static_cast<std::size_t>(window));
  }

  void on_bar(const wharf_bar &bar, const wharf_strategy_sink &sink) {
    if (!std::isfinite(bar.close) || bar.close <= 0) throw Refusal{WHARF_E_INVALID};
    Channel &channel = at(bar.instrument);
    if (bar.end <= channel.last_end) return; // offered before: it counts once
    channel.last_end = bar.end;
    const auto [lowest, highest] = std::minmax_element(channel.closes.begin(), channel.closes.end());
    const double low = *lowest, high = *highest;
    channel.closes[channel.seen % channel.closes.size()] = bar.close;
    if (channel.seen++ < channel.closes.size() || bar.end < decide_from) return; // the channel warms up

    const bool is_held = channel.position > 0, is_due = is_held ? bar.close < low : bar.close > high;
    if (!is_due && !explains) return;
    wharf_check check = {};
    lend("channel", check.name, check.name_length);
    check.kind = WHARF_CHECK_BAR;
    check.passed = is_due;
    check.value = bar.close;
    check.limit = is_held ? low : high;
    auto signal = sized<wharf_signal>();
    signal.instrument = bar.instrument;
    signal.verdict = is_due ? WHARF_VERDICT_RAISED : WHARF_VERDICT_EVALUATED;
    signal.action = is_held ? WHARF_ACTION_EXIT : WHARF_ACTION_ENTER_LONG;
    signal.exit_reason = is_held ? WHARF_EXIT_STRATEGY : 0;
    signal.order_type = WHARF_ORDER_MARKET;
    signal.time_in_force = WHARF_TIF_DAY;
    signal.flags = WHARF_SIGNAL_OWN_SIZE;
    signal.bar_time = bar.start;
    signal.decided_at = bar.end;
    signal.close = bar.close;
    signal.score = std::numeric_limits<double>::quiet_NaN();
    signal.quantity = is_held ? channel.position : quantity;
    signal.checks = &check;
    signal.check_count = 1;
    sink.signal(sink.context, &signal);
  }

  void on_fill(const wharf_fill &fill) {
    at(fill.instrument).position = fill.position; // the host's word, also after a partial fill
  }

private:
  struct Channel {
    std::vector<double> closes; // in a ring
    std::size_t seen = 0;
    std::int64_t last_end = std::numeric_limits<std::int64_t>::min();
    std::int64_t position = 0; // what fills left held, 1e-9
  };

  Channel &at(std::uint32_t instrument) {
    if (instrument >= channels.size()) throw Refusal{WHARF_E_INVALID};
    return channels[instrument];
  }

  const std::int64_t window, quantity;
  std::int64_t decide_from = 0;
  bool explains = false, is_started = false;
  std::vector<Channel> channels;
};

ChannelStrategy *of(wharf_instance *instance) { return reinterpret_cast<ChannelStrategy *>(instance); }

} // namespace plugin

// --- the edge to the host ---

using namespace plugin;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  return guarded([&] { *out_instance = reinterpret_cast<wharf_instance *>(new ChannelStrategy(Services(host))); });
}
static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  return guarded([&] { of(instance)->start(*start); });
}
static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  return guarded([&] { of(instance)->on_bar(*bar, *sink); });
}
static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  return guarded([&] { of(instance)->on_fill(*fill); });
}
static void destroy(wharf_instance *instance) { delete of(instance); }

static wharf_status table(const char *id, std::uint64_t id_length, const void **out_table) {
  // evaluate and recheck stay null: the host then does not call them
  static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, nullptr, nullptr, on_fill, destroy};
  if (view(id, id_length) != "wharf.strategy/1") return WHARF_E_UNSUPPORTED;
  *out_table = &strategy;
  return WHARF_OK;
}

const wharf_plugin *wharf_plugin_entry() {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
