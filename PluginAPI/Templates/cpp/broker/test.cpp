// Runs the plugin in a host in memory.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <wharf_test_host.h>

#define UNIT INT64_C(1000000000)

// Kinds of the reports since the last look, and the last reason.
static std::string kinds, reason;
static std::int64_t position_held;

static const wharf_broker_sink sink = {
    sizeof sink, 0, nullptr,
    [](void *, const wharf_order_report *report) {
      kinds += static_cast<char>('0' + report->kind);
      reason.assign(report->reason, report->reason_length);
    },
    [](void *, const wharf_broker_position *position) { position_held = position->quantity; }};

// Whether exactly these kinds of reports came since the last look.
static bool came(const std::string &expected) {
  const std::string found = kinds;
  kinds.clear();
  if (found != expected)
    std::fprintf(stderr, "reports of kinds \"%s\", expected \"%s\"\n", found.c_str(), expected.c_str());
  return found == expected;
}

static const wharf_broker *broker;
static const wharf_simulated_venue *venue;
static wharf_instance *instance;

static wharf_status place(const char *id, std::int32_t side, std::int32_t type, std::int32_t tif, std::int64_t quantity,
                          std::int64_t price, const char *group) {
  wharf_order_request request = {};
  request.struct_size = sizeof request;
  request.side = side, request.order_type = type, request.time_in_force = tif;
  request.client_order_id = id, request.client_order_id_length = std::strlen(id);
  request.oco_group = group, request.oco_group_length = std::strlen(group);
  request.quantity = quantity;
  request.limit_price = type == WHARF_ORDER_LIMIT ? price : 0;
  request.stop_price = type == WHARF_ORDER_STOP ? price : 0;
  request.created_at = 1;
  return broker->place(instance, &request, &sink);
}
static wharf_status quote(std::int64_t time, std::int64_t price) {
  wharf_quote quote = {};
  quote.time = time, quote.last = price, quote.flags = WHARF_SESSION_FIRST;
  return venue->on_quote(instance, &quote, &sink);
}
static wharf_status bar(std::int64_t day, double low, double high) {
  wharf_bar bar = wharf_test_bar(day, low, 1000);
  bar.high = high;
  bar.flags = 0;
  return venue->on_bar(instance, &bar, &sink);
}
static std::int64_t cash() {
  wharf_broker_account account = {};
  account.struct_size = sizeof account, account.live = 9;
  WHARF_TEST(broker->account(instance, &account) == WHARF_OK && account.live == 0);
  return account.cash;
}
static std::int64_t held() {
  position_held = 0;
  WHARF_TEST(broker->positions(instance, &sink) == WHARF_OK);
  return position_held;
}

static void restart(wharf_test_host *host) {
  if (instance) broker->destroy(instance);
  wharf_test_crash(host);
  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(broker->create(&host->host, &instance) == WHARF_OK);
  WHARF_TEST(broker->start(instance, &start) == WHARF_OK);
}

int main() {
  wharf_test_host host;
  wharf_test_open(&host);
  broker = static_cast<const wharf_broker *>(wharf_test_table("wharf.broker/1"));
  venue = static_cast<const wharf_simulated_venue *>(wharf_test_table("wharf.simulated_venue/1"));
  WHARF_TEST(broker != nullptr && venue != nullptr);
  WHARF_TEST(broker->create(&host.host, &instance) == WHARF_E_CONFIGURATION && instance == nullptr);
  wharf_test_decimal(&host, "cash", 1000 * UNIT);
  wharf_test_decimal(&host, "fee_rate", UNIT / 1000);
  wharf_test_text(&host, "currency", "USD");
  restart(&host);

  // a market order fills at the next price, once, however often it and the price are offered
  WHARF_TEST(place("a", 1, WHARF_ORDER_MARKET, WHARF_TIF_DAY, 10 * UNIT, 0, "") == WHARF_OK && came("1"));
  WHARF_TEST(quote(10, 20 * UNIT) == WHARF_OK && came("2"));
  WHARF_TEST(quote(10, 20 * UNIT) == WHARF_OK && came("2"));
  WHARF_TEST(place("a", 1, WHARF_ORDER_MARKET, WHARF_TIF_DAY, 10 * UNIT, 0, "") == WHARF_OK && came("12"));
  WHARF_TEST(held() == 10 * UNIT && cash() == 1000 * UNIT - 200 * UNIT - UNIT / 5);

  // while that price stands, an order meets it at once; nothing is sold that is not held, or bought without cash
  WHARF_TEST(place("b", 2, WHARF_ORDER_MARKET, WHARF_TIF_DAY, 11 * UNIT, 0, "") == WHARF_E_REJECTED && came("4"));
  WHARF_TEST(place("c", 1, WHARF_ORDER_MARKET, WHARF_TIF_OPG, 100 * UNIT, 0, "") == WHARF_OK && came("13"));
  WHARF_TEST(reason == "not_enough_cash");

  // a bar through both legs of a pair fills the stop, and the other leg goes
  WHARF_TEST(place("stop", 2, WHARF_ORDER_STOP, WHARF_TIF_GTC, 10 * UNIT, 18 * UNIT, "pair") == WHARF_OK && came("1"));
  WHARF_TEST(place("goal", 2, WHARF_ORDER_LIMIT, WHARF_TIF_GTC, 10 * UNIT, 25 * UNIT, "pair") == WHARF_OK && came("1"));
  WHARF_TEST(broker->replace(instance, "stop", 4, 10 * UNIT, 0, 19 * UNIT, &sink) == WHARF_OK && came("6"));
  restart(&host); // what was told is still so
  WHARF_TEST(held() == 10 * UNIT && broker->open_orders(instance, &sink) == WHARF_OK && came("16"));
  WHARF_TEST(bar(1, 18.5, 26) == WHARF_OK && came("723") && held() == 0);
  std::int64_t after = cash();
  restart(&host);
  WHARF_TEST(bar(1, 18.5, 26) == WHARF_OK && came("723") && cash() == after && held() == 0);

  // what is not understood is refused, and what is unknown is said to be
  WHARF_TEST(place("d", 1, WHARF_ORDER_TRAILING_STOP, WHARF_TIF_DAY, UNIT, 0, "") == WHARF_E_UNSUPPORTED && came(""));
  WHARF_TEST(place("d", 3, WHARF_ORDER_MARKET, WHARF_TIF_DAY, UNIT, 0, "") == WHARF_E_INVALID && came(""));
  WHARF_TEST(broker->order(instance, "d", 1, &sink) == WHARF_E_NOT_FOUND);
  WHARF_TEST(broker->cancel(instance, "a", 1, &sink) == WHARF_E_NOT_FOUND);

  // what cannot be saved is not told, and the instance stops
  host.fails_commits = 1;
  WHARF_TEST(place("e", 1, WHARF_ORDER_MARKET, WHARF_TIF_DAY, UNIT, 0, "") == WHARF_E_FAULT && came(""));
  WHARF_TEST(quote(90, 20 * UNIT) == WHARF_E_FAULT);
  host.fails_commits = 0;
  restart(&host);
  WHARF_TEST(broker->order(instance, "e", 1, &sink) == WHARF_E_NOT_FOUND);

  broker->destroy(instance);
  wharf_test_put(&host.host, "h/00000000", 10, "damaged", 7); // damaged state is refused, not guessed at
  WHARF_TEST(wharf_test_commit(&host.host) == WHARF_OK);
  wharf_instrument instrument = wharf_test_instrument("ABC", 0);
  wharf_start start = wharf_test_start(&instrument, 1);
  WHARF_TEST(broker->create(&host.host, &instance) == WHARF_OK);
  WHARF_TEST(broker->start(instance, &start) == WHARF_E_CONFIGURATION && host.last_level == WHARF_LOG_ERROR);
  broker->destroy(instance);
  wharf_test_close(&host);
  puts("the venue fills once, remembers, and refuses what it cannot do");
}
