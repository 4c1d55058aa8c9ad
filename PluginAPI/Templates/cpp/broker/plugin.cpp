// My Plugin: a simulated venue. Market orders fill whole at the next price, limit and stop orders when the market touches
// them; an account of cash and long positions. The rules are in book.hpp, this file is the edge to the host.
//
// Every call saves what changed (wharf.state/1) before it tells it, so a restart never undoes what the host knows.
#include "edge.hpp"
#include "records.hpp"
#include <algorithm>
#include <cmath>

WHARF_MANIFEST_FILE("manifest.json");
WHARF_BUILD_IDENTITY;

namespace plugin {

class WholeFillVenue {
public:
  explicit WholeFillVenue(const Services &services)
      : host(services), clock(host.table<wharf_clock>("wharf.clock/1")), state(host.table<wharf_state>("wharf.state/1")),
        currency(host.text("currency").value_or("")) {
    book.cash = host.decimal("cash").value_or(-1);
    book.fee_rate = host.decimal("fee_rate").value_or(-1);
    if (book.cash < 0 || book.fee_rate < 0 || book.fee_rate > 100000000 || currency.empty() || currency.size() > 8)
      throw host.refuse("expected cash of at least 0, fee_rate from 0 to 0.1, currency of 1 to 8 characters");
  }

  // Restores the saved account, or opens a new one.
  void start(const wharf_start &start) {
    if (is_started) throw Refusal{WHARF_E_INVALID};
    is_started = true;
    for (std::uint64_t i = 0; i < start.instrument_count; i++) {
      const wharf_instrument &instrument = start.instruments[i];
      Held held;
      held.symbol = view(instrument.symbol, instrument.symbol_length);
      held.is_foreign = view(instrument.currency, instrument.currency_length) != currency;
      book.held.push_back(held);
    }
    is_broken = true;
    if (!load())
      throw host.refuse("the saved account cannot be used: expected whole records of instruments of this session; name the "
                        "same symbols as before, or remove the state of this plugin");
    is_broken = false;
    saved = book.happenings.size();
  }

  void account(wharf_broker_account &out) const {
    check_whole();
    out.live = 0;
    out.cash = book.cash;
    out.buying_power = book.buying_power();
    out.currency = 0;
    for (std::size_t i = currency.size(); i > 0; i--)
      out.currency = out.currency << 8 | static_cast<unsigned char>(currency[i - 1]);
  }

  void positions(const wharf_broker_sink &sink) const {
    check_whole();
    for (std::size_t i = 0; i < book.held.size(); i++) {
      const Held &held = book.held[i];
      if (held.position <= 0) continue;
      auto position = sized<wharf_broker_position>();
      position.instrument = static_cast<std::uint32_t>(i);
      position.quantity = held.position;
      __extension__ typedef __int128 Wide;
      position.average_price = static_cast<std::int64_t>(static_cast<Wide>(held.cost) * 1000000000 / held.position);
      sink.position(sink.context, &position);
    }
  }

  void open_orders(const wharf_broker_sink &sink) const {
    check_whole();
    for (const Happening &happening : book.happenings) {
      const Order &order = book.orders[happening.order];
      if (order.is_working && happening.ordinal == order.happenings) tell(happening, sink);
    }
  }

  void order(std::string_view id, const wharf_broker_sink &sink) {
    check_whole();
    const Order *found = book.find(id);
    if (!found) throw Refusal{WHARF_E_NOT_FOUND};
    for (const Happening &happening : book.happenings)
      if (&book.orders[happening.order] == found) tell(happening, sink);
  }

  void place(const wharf_order_request &request, const wharf_broker_sink &sink) {
    check_whole();
    const std::string id(view(request.client_order_id, request.client_order_id_length));
    const std::string group(view(request.oco_group, request.oco_group_length));
    understand(request, id, group);
    if (book.find(id)) return order(id, sink); // never a second order
    if (request.instrument >= book.held.size()) throw Refusal{WHARF_E_INVALID};
    const Held &held = book.held[request.instrument];
    book.orders.push_back({id, group, request.instrument, request.side, request.order_type, request.time_in_force,
                           request.created_at, request.quantity,
                           request.order_type == WHARF_ORDER_LIMIT ? request.limit_price : 0,
                           request.order_type == WHARF_ORDER_STOP ? request.stop_price : 0});
    Order &placed = book.orders.back();
    const bool is_too_much = request.side == WHARF_SIDE_SELL && request.quantity > held.position;
    if (held.is_foreign || is_too_much) {
      const char *reason = is_too_much ? "more_than_held" : "another_currency";
      book.note(WHARF_REPORT_REJECTED, placed, by_host, request.created_at, reason);
      settle(sink, [] {});
      throw Refusal{WHARF_E_REJECTED};
    }
    settle(sink, [&] {
      book.note(WHARF_REPORT_ACCEPTED, placed, by_host, request.created_at);
      // while the last thing seen is a price, the order meets that price; after a bar it waits
      if (held.market && held.market->cause == by_quote) book.try_to_fill(placed, *held.market, by_host);
    });
  }

  void replace(std::string_view id, std::int64_t quantity, std::int64_t limit, std::int64_t stop,
               const wharf_broker_sink &sink) {
    Order &order = working(id);
    if (quantity <= 0 || limit < 0 || stop < 0) throw Refusal{WHARF_E_INVALID};
    if (!order.buys() && quantity > book.held[order.instrument].position) throw Refusal{WHARF_E_REJECTED};
    order.quantity = quantity;
    if (order.type == WHARF_ORDER_LIMIT && limit > 0) order.limit_price = limit;
    if (order.type == WHARF_ORDER_STOP && stop > 0) order.stop_price = stop;
    settle(sink, [&] { book.note(WHARF_REPORT_REPLACED, order, by_host, clock->now(host.host), "asked"); });
  }

  void cancel(std::string_view id, const wharf_broker_sink &sink) {
    Order &order = working(id);
    settle(sink, [&] { book.note(WHARF_REPORT_CANCELLED, order, by_host, clock->now(host.host), "asked"); });
  }

  void see(std::uint32_t instrument, const Market &market, const wharf_broker_sink &sink) {
    check_whole();
    if (instrument >= book.held.size()) throw Refusal{WHARF_E_INVALID};
    const auto seen = book.held[instrument].seen[market.cause];
    if (!seen || market.time > *seen) return settle(sink, [&] { book.work(instrument, market); });
    // what was processed before changes nothing, and tells the same again
    for (const Happening &happening : book.happenings)
      if (happening.cause == market.cause && happening.time == market.time &&
          book.orders[happening.order].instrument == instrument)
        tell(happening, sink);
  }

private:
  void check_whole() const {
    if (is_broken) throw Refusal{WHARF_E_FAULT};
  }

  Order &working(std::string_view id) {
    check_whole();
    Order *found = book.find(id);
    if (!found || !found->is_working) throw Refusal{WHARF_E_NOT_FOUND};
    return *found;
  }

  // Refuses what the venue does not understand; never a guess.
  static void understand(const wharf_order_request &request, const std::string &id, const std::string &group) {
    const auto is_plain = [](char byte) { return byte > 32 && byte < 127; };
    const bool is_listed = (request.side == WHARF_SIDE_BUY || request.side == WHARF_SIDE_SELL) &&
                           request.order_type >= WHARF_ORDER_MARKET && request.order_type <= WHARF_ORDER_TRAILING_STOP &&
                           request.time_in_force >= WHARF_TIF_DAY && request.time_in_force <= WHARF_TIF_CLS;
    if (!is_listed || id.empty() || id.size() > 48 || group.size() > 48 || request.quantity <= 0 ||
        !std::all_of(id.begin(), id.end(), is_plain) || !std::all_of(group.begin(), group.end(), is_plain))
      throw Refusal{WHARF_E_INVALID};
    if (request.order_type > WHARF_ORDER_STOP || request.take_profit_price || request.stop_loss_price ||
        (request.time_in_force > WHARF_TIF_GTC && request.time_in_force != WHARF_TIF_OPG))
      throw Refusal{WHARF_E_UNSUPPORTED};
    if ((request.order_type == WHARF_ORDER_LIMIT && request.limit_price <= 0) ||
        (request.order_type == WHARF_ORDER_STOP && request.stop_price <= 0))
      throw Refusal{WHARF_E_INVALID};
  }

  std::optional<std::string> get(const std::string &name) const {
    auto [status, bytes] = collect(
        [&](const wharf_bytes_sink *sink) { return state->get(host.host, name.data(), name.size(), sink); });
    if (status == WHARF_E_NOT_FOUND) return std::nullopt;
    if (status != WHARF_OK) throw Refusal{status};
    return bytes;
  }

  void put(const std::string &name, const std::string &bytes) const {
    if (state->put(host.host, name.data(), name.size(), bytes.data(), bytes.size()) != WHARF_OK)
      throw Refusal{WHARF_E_IO};
  }

  bool load() {
    while (const auto bytes = get(key('o', book.orders.size()))) {
      const auto order = read_order(*bytes, book.held);
      if (!order) return false;
      book.orders.push_back(*order);
    }
    while (const auto bytes = get(key('h', book.happenings.size()))) {
      const auto happening = read_happening(*bytes, book.orders.size());
      if (!happening) return false;
      book.happenings.push_back(*happening);
      if (happening->kind == WHARF_REPORT_FILL) book.settle(*happening);
      book.held[book.orders[happening->order].instrument].seen[happening->cause] = happening->time;
    }
    return true;
  }

  // Works, saves what changed, then tells it. After a failure nothing is told and nothing more is done.
  template <class Work> void settle(const wharf_broker_sink &sink, Work work) {
    is_broken = true;
    try {
      work();
      for (std::size_t i = saved; i < book.happenings.size(); i++) {
        const Order &order = book.orders[book.happenings[i].order];
        put(key('o', book.happenings[i].order), record(order, book.held[order.instrument].symbol));
        put(key('h', i), record(book.happenings[i]));
      }
      if (saved < book.happenings.size() && state->commit(host.host) != WHARF_OK) throw Refusal{WHARF_E_IO};
    } catch (...) {
      host.write(WHARF_LOG_ERROR, "the account could not be saved; start again once the state can be written");
      throw Refusal{WHARF_E_FAULT};
    }
    is_broken = false;
    while (saved < book.happenings.size()) tell(book.happenings[saved++], sink);
  }

  void tell(const Happening &happening, const wharf_broker_sink &sink) const {
    const Order &order = book.orders[happening.order];
    const std::string report_id = order.id + "/" + std::to_string(happening.ordinal);
    auto report = sized<wharf_order_report>();
    report.instrument = order.instrument;
    report.kind = happening.kind;
    report.side = order.side;
    report.order_type = order.type;
    lend(report_id, report.report_id, report.report_id_length);
    lend(order.id, report.client_order_id, report.client_order_id_length);
    lend(order.id, report.venue_order_id, report.venue_order_id_length);
    report.time = happening.time;
    report.quantity = happening.quantity;
    report.price = happening.price;
    report.fee = happening.fee;
    report.cumulative = happening.kind == WHARF_REPORT_FILL ? happening.quantity : 0; // orders fill whole
    report.stop_price = happening.stop_price;
    lend(happening.reason, report.reason, report.reason_length);
    sink.report(sink.context, &report);
  }

  const Services host;
  const wharf_clock *const clock;
  const wharf_state *const state;
  const std::string currency;
  bool is_started = false, is_broken = false;
  std::size_t saved = 0; // how many happenings are saved
  Book book;
};

WholeFillVenue *of(wharf_instance *instance) { return reinterpret_cast<WholeFillVenue *>(instance); }

} // namespace plugin

// --- the edge to the host ---

using namespace plugin;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  return guarded([&] { *out_instance = reinterpret_cast<wharf_instance *>(new WholeFillVenue(Services(host))); });
}
static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  return guarded([&] { of(instance)->start(*start); });
}
static wharf_status capabilities(wharf_instance *, std::uint64_t *out_bits) {
  *out_bits = WHARF_CAN_LIMIT | WHARF_CAN_STOP | WHARF_CAN_OCO | WHARF_CAN_REPLACE | WHARF_CAN_FIND_BY_CLIENT_ID |
              WHARF_CAN_FRACTIONS;
  return WHARF_OK;
}
static wharf_status account(wharf_instance *instance, wharf_broker_account *out) {
  return guarded([&] { of(instance)->account(*out); });
}
static wharf_status positions(wharf_instance *instance, const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->positions(*sink); });
}
static wharf_status open_orders(wharf_instance *instance, const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->open_orders(*sink); });
}
static wharf_status order(wharf_instance *instance, const char *id, std::uint64_t length,
                          const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->order(view(id, length), *sink); });
}
static wharf_status place(wharf_instance *instance, const wharf_order_request *request, const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->place(*request, *sink); });
}
static wharf_status replace(wharf_instance *instance, const char *id, std::uint64_t length, std::int64_t quantity,
                            std::int64_t limit_price, std::int64_t stop_price, const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->replace(view(id, length), quantity, limit_price, stop_price, *sink); });
}
static wharf_status cancel(wharf_instance *instance, const char *id, std::uint64_t length,
                           const wharf_broker_sink *sink) {
  return guarded([&] { of(instance)->cancel(view(id, length), *sink); });
}
static void destroy(wharf_instance *instance) { delete of(instance); }

static wharf_status on_quote(wharf_instance *instance, const wharf_quote *quote, const wharf_broker_sink *sink) {
  return guarded([&] {
    if (quote->last <= 0 || quote->bid < 0 || quote->ask < 0) throw Refusal{WHARF_E_INVALID};
    const std::int64_t bid = quote->bid ? quote->bid : quote->last, ask = quote->ask ? quote->ask : quote->last;
    const bool is_first = quote->flags & WHARF_SESSION_FIRST;
    of(instance)->see(quote->instrument, {by_quote, quote->time, bid, ask, 0, 0, is_first, false}, *sink);
  });
}
static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_broker_sink *sink) {
  return guarded([&] {
    if (!(bar->low > 0) || !(bar->high >= bar->low) || bar->high > 9.2e9) throw Refusal{WHARF_E_INVALID};
    const std::int64_t low = std::llround(bar->low * 1e9), high = std::llround(bar->high * 1e9);
    const bool is_last = bar->flags & WHARF_SESSION_LAST;
    of(instance)->see(bar->instrument, {by_bar, bar->end, 0, 0, low, high, false, is_last}, *sink);
  });
}

static wharf_status table(const char *id, std::uint64_t id_length, const void **out_table) {
  static const wharf_broker broker = {sizeof broker, 0,     create, start,   capabilities, account, positions,
                                      open_orders,   order, place,  replace, cancel,       destroy};
  static const wharf_simulated_venue venue = {sizeof venue, 0, on_quote, on_bar};
  if (view(id, id_length) == "wharf.broker/1") return *out_table = &broker, WHARF_OK;
  if (view(id, id_length) == "wharf.simulated_venue/1") return *out_table = &venue, WHARF_OK;
  return WHARF_E_UNSUPPORTED;
}

const wharf_plugin *wharf_plugin_entry() {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  return &plugin;
}
