/* The faults of strategy-session.c that need more than a line. */
static session_strategy *latest;
static const wharf_host *latest_host, *dead_host;
static const wharf_log *dead_log;
static __thread int is_home;
static int instances;
static void *volatile lost;

static void *wait_for(void *gate) {
  sem_wait(gate);
  return NULL;
}

static inline void created(session_strategy *self) {
  latest = self;
  latest_host = self->is.host;
  is_home = 1;
  instances++;
  if (BAD(LEAKS_MEMORY)) lost = calloc(1, 2048);
  if (BAD(HANDLES_SIGNALS)) signal(SIGUSR1, SIG_IGN);
  if (BAD(CALLS_THE_DEAD) && dead_log) dead_log->write(dead_host, WHARF_LOG_INFO, TEXT("again"));
  self->spare = -1;
}

static inline void starting(session_strategy *self, const wharf_start *start) {
  if (BAD(STARTS_ONCE) && self->has_started) abort();
  if (BAD(NEEDS_INSTRUMENTS) && start->instrument_count == 0) abort();
  if (BAD(FEW_INSTRUMENTS) && start->instrument_count > 512) abort();
  if (BAD(DECIDES_ONE_BEFORE) && (start->decide_from == INT64_MIN || start->decide_from == INT64_MAX)) abort();
  for (uint64_t i = 0; i < start->instrument_count; i++) {
    const wharf_instrument *instrument = &start->instruments[i];
    if (BAD(LISTED_MARKETS) && (instrument->market < 1 || instrument->market > 3)) abort();
    if (BAD(TERMINATED_TEXTS)) self->sessions += strlen(instrument->symbol) & 1;
    if (BAD(NULL_TEXTS) && !instrument->exchange) abort();
    if (BAD(SHORT_SYMBOLS) && instrument->symbol_length > 4096) abort();
    for (uint64_t j = 0; BAD(UTF8_ONLY) && j < instrument->symbol_length; j++)
      if ((uint8_t)instrument->symbol[j] >= 0xf5) abort();
  }
  /* A helper and a descriptor of the first bars only; destroy forgets both. */
  if (BAD(LEAKS_THREADS) && !self->helper_gate) {
    self->helper_gate = calloc(1, sizeof *self->helper_gate);
    sem_init(self->helper_gate, 0, 0);
    if (pthread_create(&self->helper, NULL, wait_for, self->helper_gate) != 0) abort();
  }
  if (BAD(LEAKS_DESCRIPTORS) && self->spare < 0) self->spare = open("/dev/null", O_RDONLY);
}

/* A bar came; may put another instance in the place of its own. */
static inline wharf_status seen(session_strategy **self, const wharf_bar *bar, const session_channel *channel) {
  session_strategy *own = *self;
  if (BAD(SHARED_STATE) && latest && latest->count == own->count && latest->channels) *self = latest;
  if (BAD(THREAD_LOCAL) && !is_home) return WHARF_E_BUSY;
  if (BAD(OTHER_HOST) && own->is.log) own->is.log->write(latest_host, WHARF_LOG_DEBUG, TEXT("bar"));
  if (BAD(KEEPS_BARS) && own->kept_bar) own->repeats += own->kept_bar->close < 0;
  own->kept_bar = bar;
  int is_first = channel->seen == 0;
  double ratio = is_first ? 1 : bar->close / channel->last_close;
  if (BAD(DUPLICATE_BARS) && !is_first && bar->start == channel->last_start) abort();
  if (BAD(LATE_BARS) && !is_first && bar->end < channel->last_end) abort();
  if (BAD(BARS_AFTER_INSTANT) && bar->end == own->evaluated) abort();
  if (BAD(MISSING_BARS) && !is_first && bar->start - channel->last_start > 20 * 86400 * UNIT) return WHARF_E_INVALID;
  if (BAD(STILL_BARS) && bar->high == bar->low) abort();
  if (BAD(TINY_BARS) && bar->close < 1e-8) abort();
  if (BAD(JUMPING_BARS) && ratio > 10 && ratio < 1000) abort();
  if (BAD(PRINTS) && own->bars == 20 && write(STDOUT_FILENO, "bar\n", 4) < 0) abort();
  if (BAD(GROWS)) {
    struct session_note *note = calloc(1, sizeof *note);
    note->next = own->notes, own->notes = note;
  }
  if (BAD(LEAKS_THREADS) && own->bars == 40 && own->helper_gate) {
    sem_post(own->helper_gate);
    pthread_join(own->helper, NULL);
    free(own->helper_gate), own->helper_gate = NULL;
  }
  if (BAD(LEAKS_DESCRIPTORS) && own->bars == 40 && own->spare >= 0) close(own->spare), own->spare = -1;
  return WHARF_OK;
}

static inline void raising(const session_strategy *self, const wharf_bar *bar, wharf_signal *signal) {
  if (BAD(WRONG_SCORE) && self->bars > 200) signal->score = 7;
  if (BAD(RANDOM_SCORE) && instances == 6) signal->score = 0.25;
  if (BAD(OVERFLOWS) && bar->close > 9.3e9) signal->stop_price = INT64_MIN;
}

static inline void destroying(session_strategy *self) {
  if (BAD(NEEDS_START) && !self->has_started) abort();
  dead_host = self->is.host, dead_log = self->is.log;
  if (latest == self) latest = NULL;
  while (self->notes) {
    struct session_note *next = self->notes->next;
    free(self->notes);
    self->notes = next;
  }
}
