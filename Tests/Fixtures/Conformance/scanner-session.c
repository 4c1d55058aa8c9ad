/* A scanner: an episode opens when the price has risen by 3 % over three bars and closes when it has fallen by 1 % over
 * three; what is open at the end is closed by finish. */
#include "session.h"

enum { INSTRUMENTS = 1024 };

typedef struct session_scanner {
  uint32_t count;
  int explains;
  uint64_t alerts, episodes;
  int64_t last_end;
  struct {
    uint64_t seen, episode;
    double closes[4];
  } of[INSTRUMENTS];
} session_scanner;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  (void)host;
  session_scanner *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status start(wharf_instance *instance, const wharf_start *start) {
  session_scanner *self = (session_scanner *)instance;
  if (start->instrument_count > INSTRUMENTS) return WHARF_E_UNSUPPORTED;
  memset(self, 0, sizeof *self);
  self->count = (uint32_t)start->instrument_count;
  self->explains = start->explain == 1;
  return WHARF_OK;
}

static void tell(const session_scanner *self, uint32_t instrument, int32_t kind, int64_t time, uint64_t number,
                 const wharf_observation_sink *sink) {
  wharf_field field = {.group = "inputs", .group_length = 6, .kind = WHARF_FIELD_NUMBER, .number = 1};
  field.name = BAD(ORDER_WORDS) ? "quantity" : "change";
  field.name_length = BAD(ORDER_WORDS) ? 8 : 6;
  wharf_observation observation = {.struct_size = sizeof observation,
                                   .instrument = instrument,
                                   .kind = kind,
                                   .time = time,
                                   .number = number,
                                   .episode = kind == WHARF_OBSERVATION_EVALUATED ? 0 : self->of[instrument].episode,
                                   .price = NAN,
                                   .score = NAN,
                                   .level = "rise",
                                   .level_length = 4,
                                   .code = kind == WHARF_OBSERVATION_EPISODE_CLOSED ? "fell" : "rose",
                                   .code_length = 4,
                                   .fields = &field,
                                   .field_count = 1};
  sink->observation(sink->context, &observation);
}

static wharf_status on_bar(wharf_instance *instance, const wharf_bar *bar, const wharf_observation_sink *sink) {
  session_scanner *self = (session_scanner *)instance;
  if (bar->instrument >= self->count || !fixture_is_bar(bar)) return WHARF_E_INVALID;
  uint32_t i = bar->instrument;
  double before = self->of[i].closes[self->of[i].seen % 3];
  self->of[i].closes[self->of[i].seen % 3] = bar->close;
  self->last_end = bar->end;
  if (self->of[i].seen++ < 3) return WHARF_OK;
  if (self->of[i].episode == 0 && bar->close > before * 1.03) {
    self->of[i].episode = ++self->episodes;
    self->alerts++;
    uint64_t number = BAD(SAME_NUMBERS) ? 1 : self->alerts;
    tell(self, i, WHARF_OBSERVATION_ALERT, bar->end + (BAD(LATE_STAMP) ? UNIT : 0), number, sink);
  } else if (self->of[i].episode != 0 && bar->close < before * 0.99) {
    tell(self, i, WHARF_OBSERVATION_EPISODE_CLOSED, bar->end, 0, sink);
    if (BAD(CLOSES_TWICE)) tell(self, i, WHARF_OBSERVATION_EPISODE_CLOSED, bar->end, 0, sink);
    self->of[i].episode = 0;
  } else if (self->explains) {
    tell(self, i, WHARF_OBSERVATION_EVALUATED, bar->end, 0, sink);
  }
  return WHARF_OK;
}

static wharf_status evaluate(wharf_instance *instance, int64_t time, const wharf_observation_sink *sink) {
  (void)instance, (void)time, (void)sink;
  return WHARF_OK;
}

static wharf_status finish(wharf_instance *instance, const wharf_observation_sink *sink) {
  session_scanner *self = (session_scanner *)instance;
  for (uint32_t i = 0; i < self->count; i++) {
    if (self->of[i].episode == 0) continue;
    tell(self, i, WHARF_OBSERVATION_EPISODE_CLOSED, self->last_end, 0, sink);
    self->of[i].episode = 0;
  }
  if (BAD(FINISHES_AGAIN) && self->count > 0) tell(self, 0, WHARF_OBSERVATION_DIGEST, self->last_end, 0, sink);
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) { free(instance); }

static const wharf_scanner scanner = {sizeof scanner, 0, create, start, on_bar, evaluate, finish, destroy};
FIXTURE_ENTRY("wharf.scanner/1", &scanner, "wharf.scanner/1", &scanner)
