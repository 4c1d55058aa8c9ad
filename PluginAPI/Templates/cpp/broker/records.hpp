// Orders and happenings as records of the state: lines of text with a sum behind them, so that damaged state is refused and
// not guessed at.
#pragma once

#include "book.hpp"
#include <cstdio>
#include <sstream>

namespace plugin {

inline std::string seal(const std::string &body) {
  std::uint64_t sum = 0xcbf29ce484222325u;
  for (const char byte : body) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  char text[24];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(sum));
  return text;
}

// Keys that ascend with their numbers.
inline std::string key(char kind, std::size_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%c/%08zx", kind, number);
  return text;
}

inline std::string record(const Order &order, const std::string &symbol) {
  std::ostringstream out;
  out << order.id << '\n' << order.oco_group << '\n' << symbol << '\n';
  out << order.side << ' ' << order.type << ' ' << order.time_in_force << ' ' << order.created_at << ' '
      << order.quantity << ' ' << order.limit_price << ' ' << order.stop_price << ' ' << order.is_working << ' '
      << order.happenings << '\n';
  return out.str() + seal(out.str());
}

inline std::string record(const Happening &happening) {
  std::ostringstream out;
  out << happening.reason << '\n';
  out << happening.order << ' ' << happening.ordinal << ' ' << happening.kind << ' ' << happening.cause << ' '
      << happening.time << ' ' << happening.quantity << ' ' << happening.price << ' ' << happening.fee << ' '
      << happening.stop_price << '\n';
  return out.str() + seal(out.str());
}

// What stands before the sum, if the sum is right.
inline std::optional<std::string> body(const std::string &bytes) {
  const std::size_t cut = bytes.rfind('\n');
  if (cut == std::string::npos || seal(bytes.substr(0, cut + 1)) != bytes.substr(cut + 1)) return std::nullopt;
  return bytes.substr(0, cut + 1);
}

inline std::optional<Order> read_order(const std::string &bytes, const std::vector<Held> &held) {
  const auto text = body(bytes);
  if (!text) return std::nullopt;
  std::istringstream in(*text);
  Order order = {};
  std::string symbol;
  std::getline(in, order.id);
  std::getline(in, order.oco_group);
  std::getline(in, symbol);
  in >> order.side >> order.type >> order.time_in_force >> order.created_at >> order.quantity >> order.limit_price >>
      order.stop_price >> order.is_working >> order.happenings;
  for (order.instrument = 0; order.instrument < held.size(); order.instrument++)
    if (held[order.instrument].symbol == symbol) break;
  if (!in || order.instrument == held.size()) return std::nullopt;
  return order;
}

inline std::optional<Happening> read_happening(const std::string &bytes, std::size_t order_count) {
  const auto text = body(bytes);
  if (!text) return std::nullopt;
  std::istringstream in(*text);
  Happening happening = {};
  int cause = -1;
  std::getline(in, happening.reason);
  in >> happening.order >> happening.ordinal >> happening.kind >> cause >> happening.time >> happening.quantity >>
      happening.price >> happening.fee >> happening.stop_price;
  if (!in || happening.order >= order_count || cause < by_host || cause > by_bar) return std::nullopt;
  happening.cause = static_cast<Cause>(cause);
  return happening;
}

} // namespace plugin
