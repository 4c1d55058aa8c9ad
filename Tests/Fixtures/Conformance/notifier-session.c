/* A notifier that counts what it was given and keeps the length of the longest text. */
#include "session.h"

typedef struct session_notifier {
  uint64_t messages, longest;
  void *kept;
} session_notifier;

static wharf_status create(const wharf_host *host, wharf_instance **out_instance) {
  (void)host;
  session_notifier *self = calloc(1, sizeof *self);
  if (!self) return WHARF_E_FAULT;
  *out_instance = (wharf_instance *)self;
  return WHARF_OK;
}

static wharf_status notify(wharf_instance *instance, const wharf_notification *message) {
  session_notifier *self = (session_notifier *)instance;
  if (message->severity < WHARF_SEVERITY_INFO || message->severity > WHARF_SEVERITY_ALARM)
    return BAD(ANY_SEVERITY) ? WHARF_OK : WHARF_E_INVALID;
  if (BAD(KNOWN_TOPICS) && message->topic_length == 11 && memcmp(message->topic, "a_new_topic", 11) == 0)
    return WHARF_E_NOT_FOUND;
  for (uint64_t i = 0; BAD(PLAIN_TEXTS) && i < message->text_length; i++)
    if (message->text[i] == 0x1b) abort();
  if (BAD(SHORT_TEXTS) && message->text_length > 65536) abort();
  if (BAD(KEEPS_TEXTS)) {
    void **copy = calloc(1, 256);
    *copy = self->kept, self->kept = copy;
  }
  self->messages++;
  if (message->text_length > self->longest) self->longest = message->text_length;
  return WHARF_OK;
}

static void destroy(wharf_instance *instance) {
  session_notifier *self = (session_notifier *)instance;
  while (self->kept) {
    void *next = *(void **)self->kept;
    free(self->kept);
    self->kept = next;
  }
  free(self);
}

static const wharf_notifier notifier = {sizeof notifier, 0, create, notify, destroy};
FIXTURE_ENTRY("wharf.notifier/1", &notifier, "wharf.notifier/1", &notifier)
