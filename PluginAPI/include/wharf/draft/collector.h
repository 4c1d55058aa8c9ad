/* DRAFT: collectors gather what people and newsrooms write. It will be the plugin table "wharf.collector/1".
 *
 * A draft may change in any way, or go, until it is published; then its tags end in _v1 and wharf.h includes it. Until
 * then a plugin offers it as "wharf.collector/1-draft1" only. Do not ship a plugin that depends on it.
 *
 * There is no order and no signal in this header: whether a burst of messages means a trade is for others to say. What
 * is collected is data from strangers; nobody reads instructions in it. */
#ifndef WHARF_DRAFT_COLLECTOR_H
#define WHARF_DRAFT_COLLECTOR_H

#include "../market.h"

/* What a message is. */
enum {
  WHARF_MESSAGE_POST = 1,    /* a post of a person */
  WHARF_MESSAGE_COMMENT = 2, /* an answer to one; thread names it */
  WHARF_MESSAGE_NEWS = 3,    /* an article or headline */
  WHARF_MESSAGE_EVENT = 4    /* a dated fact: earnings, a dividend, a split; its numbers are in fields */
};

/* What became of a message since it was last told. */
enum {
  WHARF_MESSAGE_NEW = 1,     /* first seen */
  WHARF_MESSAGE_CHANGED = 2, /* its text or numbers changed */
  WHARF_MESSAGE_REMOVED = 3  /* it is gone at its source; only id is set */
};

/* A name of an instrument in a message, as its source marks it. A collector never guesses from words in the text. */
typedef struct wharf_mention_draft1 {
  const char *symbol; /* as the source writes it: "BRK.B" */
  uint64_t symbol_length;
} wharf_mention;

/* One message. Text is plain, without markup or entities. */
typedef struct wharf_message_draft1 {
  uint32_t struct_size;
  int32_t kind;   /* WHARF_MESSAGE_POST ... WHARF_MESSAGE_EVENT */
  int32_t change; /* WHARF_MESSAGE_NEW, _CHANGED or _REMOVED */
  uint32_t reserved;
  const char *id; /* 1 to 128 bytes; the same message has the same id whenever it is told again */
  uint64_t id_length;
  const char *thread; /* id of the message it answers; may be empty */
  uint64_t thread_length;
  const char *channel; /* where: a forum, a feed; may be empty */
  uint64_t channel_length;
  const char *author; /* as the source shows it; may be empty */
  uint64_t author_length;
  int64_t published_at; /* by the source's clock */
  int64_t seen_at;      /* by wharf.clock/1, when it came in: decisions may not use it earlier */
  const char *title;    /* may be empty */
  uint64_t title_length;
  const char *text; /* may be empty */
  uint64_t text_length;
  const char *url; /* for a person; no secrets; may be empty */
  uint64_t url_length;
  const wharf_mention *mentions;
  uint64_t mention_count;
  const wharf_field *fields; /* numbers of the source: group "source", "score", "comments" */
  uint64_t field_count;
} wharf_message;

/* Where a round's findings go. */
typedef struct wharf_collector_sink_draft1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* handed back on each call */

  /* Takes one message; the host copies it, and drops one that it has with the same content. Since draft. [serial] */
  void (*message)(void *context, const wharf_message *message);

  /* Takes the confession that messages of channel published from start to end may be missing (the source cut its list
   * short, or was away), so that nobody reads their absence as silence. channel lives until this call returns, start
   * and end are instants. Since draft. [serial] */
  void (*gap)(void *context, const char *channel, uint64_t channel_length, int64_t start, int64_t end);
} wharf_collector_sink;

/* The plugin table. */
typedef struct wharf_collector_draft1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance, and reads its options and where it left off (wharf.state/1). As create of wharf.strategy/1.
   * host in, out_instance out. Since draft. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Tells the instruments of interest, for sources that are asked by symbol. Called once, before the first round.
   *
   * instance  from create.
   * start     in; valid until this call returns; decide_from is the instant from which messages matter.
   * Returns WHARF_OK, or WHARF_E_CONFIGURATION. Since draft. [serial] */
  wharf_status (*start)(wharf_instance *instance, const wharf_start *start);

  /* Makes one round: asks the source once for what is new or changed, oldest first.
   *
   * instance     from create.
   * sink         in; called zero or more times before returning.
   * out_next_at  out; the instant of the next round that suits the source's limits; the host calls no sooner.
   * Returns WHARF_OK after a complete round, also an empty one; WHARF_E_BUSY when the source wants a pause; WHARF_E_IO
   * when it failed or its answer could not be read; WHARF_E_CONFIGURATION when it refused the account. Messages that
   * came before a failure count, and out_next_at is set with each of these. When the next call comes, the host has made
   * the messages of this one durable: only then may the instance commit where it left off, so that a round that is cut
   * off is made again, never skipped. A failure must not look like an empty round. May block. Since draft. [serial] */
  wharf_status (*collect)(wharf_instance *instance, const wharf_collector_sink *sink, int64_t *out_next_at);

  /* Ends the instance and frees all it owns. Since draft. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_collector;

#endif
