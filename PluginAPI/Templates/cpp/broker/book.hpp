// What the venue remembers, and its rules. Nothing here knows the host's tables, so it can be tested alone.
//
// Everything that happens to an order is a happening; cash and positions follow from the fills among them. A happening
// names its cause, so that a quote or bar offered again finds what it caused before.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
#include <wharf/wharf.h>

namespace plugin {

enum Cause { by_host, by_quote, by_bar };

struct Order {
  std::string id, oco_group;
  std::uint32_t instrument;
  std::int32_t side, type, time_in_force;
  std::int64_t created_at, quantity, limit_price, stop_price;
  bool is_working = true;
  std::uint32_t happenings = 0;

  bool buys() const { return side == WHARF_SIDE_BUY; }

  // Whether a market that trades from low to high reaches the order; a market order is always reached.
  bool is_touched(std::int64_t low, std::int64_t high) const {
    if (type == WHARF_ORDER_LIMIT) return buys() ? low <= limit_price : high >= limit_price;
    if (type == WHARF_ORDER_STOP) return buys() ? high >= stop_price : low <= stop_price;
    return true;
  }
};

struct Happening {
  std::uint32_t order, ordinal;
  std::int32_t kind;
  Cause cause;
  std::int64_t time, quantity, price, fee, stop_price;
  std::string reason;
};

// What the market shows: a quote (bid and ask), or the range of a bar.
struct Market {
  Cause cause;
  std::int64_t time, bid, ask, low, high;
  bool is_first, is_last; // of its session
};

// What is held of an instrument, and what was paid for it.
struct Held {
  std::string symbol;
  bool is_foreign = false;
  std::int64_t position = 0, cost = 0;
  std::array<std::optional<std::int64_t>, 3> seen; // the last instant of each cause
  std::optional<Market> market;
};

class Book {
public:
  std::int64_t cash = 0, fee_rate = 0;
  std::vector<Order> orders;
  std::vector<Happening> happenings;
  std::vector<Held> held;

  // Price times quantity in billionths, rounded up or down; nothing when it does not fit.
  static std::optional<std::int64_t> value(std::int64_t price, std::int64_t quantity, bool up) {
    const Wide exact = (static_cast<Wide>(price) * quantity + (up ? 999999999 : 0)) / 1000000000;
    if (exact > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(exact);
  }

  Order *find(std::string_view id) {
    for (Order &order : orders)
      if (order.id == id) return &order;
    return nullptr;
  }

  // Notes what happened; everything but an acceptance, a change and a trigger ends the order.
  void note(std::int32_t kind, Order &order, Cause cause, std::int64_t time, const char *reason = "",
            std::int64_t price = 0, std::int64_t fee = 0) {
    if (kind != WHARF_REPORT_ACCEPTED && kind != WHARF_REPORT_REPLACED && kind != WHARF_REPORT_TRIGGERED)
      order.is_working = false;
    happenings.push_back({static_cast<std::uint32_t>(&order - orders.data()), ++order.happenings, kind, cause, time,
                          order.quantity, price, fee, order.stop_price, reason});
  }

  // Books a fill; throws where an amount does not fit.
  void settle(const Happening &fill) {
    const Order &order = orders[fill.order];
    Held &own = held[order.instrument];
    const std::int64_t worth = fits(value(fill.price, fill.quantity, order.buys()));
    if (order.buys()) {
      cash = sum(cash, -sum(worth, fill.fee));
      own.position = sum(own.position, fill.quantity);
      own.cost = sum(own.cost, worth);
    } else {
      const std::int64_t rest = own.position - fill.quantity;
      if (own.position > 0) own.cost = static_cast<std::int64_t>(static_cast<Wide>(own.cost) * rest / own.position);
      own.position = rest;
      cash = sum(cash, worth - fill.fee);
    }
  }

  // Works on the orders of an instrument: stops first, so that a bar through both legs of a pair fills the stop. What is
  // for the day only, and was there before, ends with the session's last bar.
  void work(std::uint32_t instrument, const Market &market) {
    for (const bool stops_are_due : {true, false})
      for (Order &order : orders)
        if (order.is_working && order.instrument == instrument && (order.type == WHARF_ORDER_STOP) == stops_are_due)
          try_to_fill(order, market, market.cause);
    for (Order &order : orders) {
      const bool ends = order.time_in_force != WHARF_TIF_GTC && order.created_at < market.time;
      if (market.cause == by_bar && market.is_last && order.is_working && order.instrument == instrument && ends)
        note(WHARF_REPORT_EXPIRED, order, by_bar, market.time, "day_is_over");
    }
    held[instrument].seen[market.cause] = market.time;
    held[instrument].market = market;
  }

  // Fills one working order if the market allows it. A bar works only on orders from before its end.
  void try_to_fill(Order &order, const Market &market, Cause cause) {
    if (market.cause == by_quote) {
      // a quote beyond the limit is the better price, one beyond the stop the worse: a gap
      const std::int64_t quote = order.buys() ? market.ask : market.bid;
      if (order.created_at > market.time || (order.time_in_force == WHARF_TIF_OPG && !market.is_first)) return;
      if (order.is_touched(quote, quote)) fill(order, quote, market.time, cause);
    } else {
      if (order.created_at >= market.time || order.time_in_force == WHARF_TIF_OPG) return;
      if (order.type == WHARF_ORDER_MARKET || !order.is_touched(market.low, market.high)) return;
      fill(order, order.type == WHARF_ORDER_LIMIT ? order.limit_price : order.stop_price, market.time, cause);
    }
  }

  // Cash that working limit and stop orders to buy do not need.
  std::int64_t buying_power() const {
    std::int64_t rest = cash;
    for (const Order &order : orders) {
      if (!order.is_working || !order.buys()) continue;
      const auto worth = value(order.limit_price + order.stop_price, order.quantity, true);
      rest = !worth || *worth > rest ? 0 : rest - *worth;
    }
    return rest;
  }

private:
  __extension__ typedef __int128 Wide;

  static std::int64_t fits(std::optional<std::int64_t> amount) {
    if (!amount) throw std::overflow_error("an amount beyond 9.2e9");
    return *amount;
  }
  static std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) throw std::overflow_error("an amount beyond 9.2e9");
    return sum;
  }

  // Fills an order whole at a price, or cancels it where the account does not allow that.
  void fill(Order &order, std::int64_t price, std::int64_t time, Cause cause) {
    const auto worth = value(price, order.quantity, order.buys());
    const auto fee = worth ? value(*worth, fee_rate, true) : std::nullopt;
    std::int64_t total = 0;
    const bool fits = fee && !__builtin_add_overflow(*worth, *fee, &total);
    if (!fits || (order.buys() && total > cash))
      return note(WHARF_REPORT_CANCELLED, order, cause, time, "not_enough_cash");
    if (!order.buys() && order.quantity > held[order.instrument].position)
      return note(WHARF_REPORT_CANCELLED, order, cause, time, "more_than_held");
    if (order.type == WHARF_ORDER_STOP) note(WHARF_REPORT_TRIGGERED, order, cause, time);
    note(WHARF_REPORT_FILL, order, cause, time, "", price, *fee);
    settle(happenings.back());
    for (Order &other : orders) { // what one fills, the others of its group shrink by
      if (!other.is_working || order.oco_group.empty() || other.oco_group != order.oco_group) continue;
      const bool shrinks = other.quantity > order.quantity;
      if (shrinks) other.quantity -= order.quantity;
      note(shrinks ? WHARF_REPORT_REPLACED : WHARF_REPORT_CANCELLED, other, cause, time, "oco");
    }
  }
};

} // namespace plugin
