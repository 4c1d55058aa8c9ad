/* A strategy that uses every host table. It buys one unit when a close is above the one `span` bars ago and sells when
 * it is below, keeps a count of its fills across restarts, and checks signals again before they become orders. */
#include "session.h"

enum { SPAN = 64 };
#define MAGIC UINT32_C(0x57485246)

typedef struct session_channel {
  uint64_t seen;
  int64_t position, raised, last_start, last_end;
  double last_close, closes[SPAN];
} session_channel;

typedef struct session_book {
  uint32_t magic, version;
  uint64_t fills, mark, sum;
} session_book;

typedef struct session_strategy {
  fixture_host is;
  int64_t span, last_now;
  uint64_t count, bars, last_random, sessions;
  int has_started, explains, spare, repeats;
  int64_t evaluated;
  session_channel *channels;
  session_book book;
  const wharf_bar *kept_bar;
  const wharf_strategy_sink *kept_sink;
  struct session_note {
    struct session_note *next;
    char room[192];
  } *notes;
  pthread_t helper;
  sem_t *helper_gate;
} session_strategy;

#include "strategy-session-faults.h"

static wharf_status fail_create(wharf_instance **out_instance, wharf_status status) {
  if (BAD(WRITES_ON_FAILURE)) *out_instance = NULL;
  return status;
}

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  fixture_host is = fixture_tables(host);
  int64_t span = 0;
  if (!is.config || !is.clock) return fail_create(out_instance, WHARF_E_UNSUPPORTED);
  wharf_status status = is.config->integer(host, TEXT("span"), &span);
  if (BAD(TRUSTS_OPTIONS) && status == WHARF_E_IO) abort();
  if (status != WHARF_OK || span < 1 || span > SPAN) {
    fixture_say(&is, TEXT("span: expected a whole number from 1 to 64"));
    return fail_create(out_instance, WHARF_E_CONFIGURATION);
  }
  session_strategy *self = calloc(1, sizeof *self);
  if (!self) return fail_create(out_instance, WHARF_E_FAULT);
  self->is = is;
  self->span = span;
  self->last_now = INT64_MIN;
  *out_instance = (wharf_instance *)self;
  created(self);
  return WHARF_OK;
}

static void count_sessions(void *context, const wharf_session *sessions, uint64_t count) {
  (void)sessions;
  ((session_strategy *)context)->sessions += count;
}

static uint64_t checksum(const session_book *book) {
  return (book->magic ^ book->fills ^ book->mark) * UINT64_C(0x9e3779b97f4a7c15) + book->version;
}

/* Reads what was kept; damaged state is refused. */
static wharf_status restore(session_strategy *self) {
  if (!self->is.state) return WHARF_OK;
  static const fixture_piece empty;
  fixture_piece piece = empty;
  wharf_bytes_sink sink = {sizeof sink, 0, &piece, fixture_take_piece};
  if (self->is.state->keys(self->is.host, NULL, 0, &sink) != WHARF_OK) return WHARF_E_IO;
  if (BAD(COUNTS_KEYS) && piece.count > 1000) abort();
  piece = empty;
  wharf_status status = self->is.state->get(self->is.host, TEXT("book"), &sink);
  if (status == WHARF_E_NOT_FOUND) return WHARF_OK;
  if (BAD(TRUSTS_STATE) && status == WHARF_E_IO) abort();
  if (status != WHARF_OK) return WHARF_E_IO;
  session_book book;
  if (BAD(SHORT_STATE) && piece.length > 0 && piece.length < sizeof book) abort();
  if (BAD(EMPTY_STATE) && piece.length == 0) abort();
  if (BAD(LONG_STATE) && piece.length > sizeof book) abort();
  if (piece.length != sizeof book) return WHARF_E_CONFIGURATION;
  memcpy(&book, piece.bytes, sizeof book);
  int wrong_bits = __builtin_popcount(book.magic ^ MAGIC);
  if (BAD(STRANGE_STATE) && wrong_bits > 1) abort();
  if (BAD(FLIPPED_STATE) && wrong_bits <= 1 && book.sum != checksum(&book)) abort();
  if (book.magic != MAGIC || book.version != 1 || book.sum != checksum(&book)) return WHARF_E_CONFIGURATION;
  if (BAD(FORGETS_ITS_FORM)) return WHARF_E_CONFIGURATION;
  self->book = book;
  return WHARF_OK;
}

static wharf_status save(session_strategy *self) {
  if (!self->is.state) return WHARF_OK;
  self->book.magic = MAGIC, self->book.version = 1;
  if (BAD(SAVES_COUNTS)) self->book.mark = (uint64_t)instances;
  self->book.sum = checksum(&self->book);
  wharf_status status = self->is.state->put(self->is.host, TEXT("book"), &self->book, sizeof self->book);
  if (BAD(TRUSTS_QUOTA) && status == WHARF_E_REJECTED) abort();
  if (status == WHARF_OK) status = self->is.state->commit(self->is.host);
  return status == WHARF_OK || BAD(IGNORES_COMMIT) ? WHARF_OK : WHARF_E_IO;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  session_strategy *self = (session_strategy *)instance;
  starting(self, start);
  self->has_started = 1;
  self->explains = start->explain == 1;
  session_channel *channels = calloc(start->instrument_count + 1, sizeof *channels);
  if (!channels) return WHARF_E_FAULT;
  free(self->channels);
  self->channels = channels;
  self->count = start->instrument_count;
  self->bars = 0;
  self->evaluated = INT64_MIN;
  wharf_session_sink sink = {sizeof sink, 0, self, count_sessions};
  if (self->is.calendar && self->count > 0) {
    wharf_status status = self->is.calendar->sessions(self->is.host, start->instruments[0].exchange,
                                                      start->instruments[0].exchange_length, &sink);
    if (BAD(TRUSTS_CALENDAR) && status == WHARF_E_IO) abort();
  }
  return restore(self);
}

static wharf_status tell(session_strategy *self, const wharf_bar *bar, const wharf_strategy_sink *sink, int32_t verdict,
                          int is_entry) {
  session_channel *channel = &self->channels[bar->instrument];
  wharf_signal signal = {.struct_size = sizeof signal,
                         .instrument = bar->instrument,
                         .verdict = verdict,
                         .action = is_entry ? WHARF_ACTION_ENTER_LONG : WHARF_ACTION_EXIT,
                         .exit_reason = is_entry ? 0 : WHARF_EXIT_STRATEGY,
                         .order_type = WHARF_ORDER_MARKET,
                         .time_in_force = WHARF_TIF_DAY,
                         .flags = WHARF_SIGNAL_OWN_SIZE,
                         .bar_time = bar->start,
                         .decided_at = bar->end + (BAD(DECIDES_LATER) ? UNIT : 0),
                         .close = bar->close,
                         .score = 0.5,
                         .quantity = is_entry ? UNIT : channel->position};
  raising(self, bar, &signal);
  if (verdict == WHARF_VERDICT_RAISED) channel->raised = bar->start;
  if (BAD(KEEPS_SINK) && self->explains && self->kept_sink) sink = self->kept_sink;
  self->kept_sink = sink;
  sink->signal(sink->context, &signal);
  return WHARF_OK;
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_strategy_sink *sink) {
  session_strategy *self = (session_strategy *)instance;
  if (BAD(EARLY_BARS) && !self->has_started) abort();
  if (BAD(NOT_FINITE) && isnan(bar->close)) abort();
  if (bar->instrument >= self->count) return BAD(ANY_INSTRUMENT) ? WHARF_OK : WHARF_E_INVALID;
  if (!fixture_is_bar(bar)) return WHARF_E_INVALID;
  session_channel *channel = &self->channels[bar->instrument];
  self->bars++;
  wharf_status status = seen(&self, bar, channel);
  if (status != WHARF_OK) return status;
  channel = &self->channels[bar->instrument];
  double *slot = &channel->closes[channel->seen % (uint64_t)self->span], before = *slot;
  *slot = bar->close;
  channel->last_start = bar->start, channel->last_end = bar->end, channel->last_close = bar->close;
  if (channel->seen++ < (uint64_t)self->span) return WHARF_OK;
  int enter = channel->position == 0 && bar->close > before, leave = channel->position > 0 && bar->close < before;
  if (BAD(OVERFLOWS) && bar->close > 9.3e9) enter = 1, leave = 0;
  if (enter || leave) return tell(self, bar, sink, WHARF_VERDICT_RAISED, enter);
  if (self->explains || BAD(EXPLAINS_ALWAYS)) return tell(self, bar, sink, WHARF_VERDICT_EVALUATED, 1);
  return WHARF_OK;
}

static wharf_status evaluate(wharf_instance *instance, int64_t time, const wharf_strategy_sink *sink) {
  session_strategy *self = (session_strategy *)instance;
  (void)sink;
  if (BAD(NEEDS_BARS) && self->bars == 0) return WHARF_E_INVALID;
  if (BAD(LAST_INSTANT) && time == INT64_MAX) abort();
  self->evaluated = time;
  int64_t now = self->is.clock->now(self->is.host);
  if (BAD(CLOCK_BACK) && now < self->last_now) abort();
  if (BAD(CLOCK_LIMIT) && now == INT64_MAX) abort();
  self->last_now = now;
  if (self->is.random || BAD(NEEDS_RANDOM)) {
    uint64_t random = self->is.random->next(self->is.host);
    self->repeats = random == self->last_random ? self->repeats + 1 : 0;
    if (BAD(STUCK_RANDOM) && self->repeats == 3) abort();
    self->last_random = random;
  }
  if (!self->is.portfolio) return WHARF_OK;
  wharf_account account = {.struct_size = sizeof account};
  wharf_status status = self->is.portfolio->account(self->is.host, &account);
  if (BAD(NEEDS_ACCOUNT) && status == WHARF_E_NOT_FOUND) abort();
  if (BAD(LISTED_ONLY) && status > WHARF_E_FAULT) abort();
  for (uint32_t i = 0; i < self->count && i < 8; i++) {
    wharf_holding holding = {.struct_size = sizeof holding};
    (void)self->is.portfolio->holding(self->is.host, i, &holding);
  }
  return WHARF_OK;
}

static wharf_status recheck(wharf_instance *instance, const wharf_recheck *request, const wharf_check_sink *sink) {
  session_strategy *self = (session_strategy *)instance;
  if (BAD(EARLY_FILLS) && !self->has_started) abort();
  if (request->instrument >= self->count) return WHARF_E_INVALID;
  if (BAD(REFUSES_RECHECKS)) return WHARF_E_UNSUPPORTED;
  int is_known = self->channels[request->instrument].raised == request->bar_time;
  if (BAD(KNOWN_RECHECKS) && !is_known) abort();
  wharf_check check = {.name = "signal_known",
                       .name_length = 12,
                       .kind = WHARF_CHECK_RECHECK,
                       .passed = is_known,
                       .value = NAN,
                       .limit = NAN};
  sink->check(sink->context, &check);
  return WHARF_OK;
}

static wharf_status on_fill(wharf_instance *instance, const wharf_fill *fill) {
  session_strategy *self = (session_strategy *)instance;
  if (BAD(STRANGE_FILLS) && self->has_started && fill->instrument >= self->count) abort();
  if (fill->instrument >= self->count) return WHARF_E_INVALID;
  if (BAD(UNLISTED_FILLS) && fill->side != 1 && fill->side != 2) abort();
  if (fill->side != WHARF_SIDE_BUY && fill->side != WHARF_SIDE_SELL) return WHARF_E_INVALID;
  if (BAD(UNASKED_FILLS) && fill->position < 0) abort();
  self->channels[fill->instrument].position = fill->position;
  self->book.fills++;
  return save(self);
}

static void destroy(wharf_instance *instance) {
  session_strategy *self = (session_strategy *)instance;
  destroying(self);
  free(self->channels);
  free(self);
}

static const wharf_strategy strategy = {sizeof strategy, 0,       create,  start,  on_bar,
                                        evaluate,        recheck, on_fill, destroy};
FIXTURE_ENTRY("wharf.strategy/1", &strategy, "wharf.strategy/1", &strategy)
