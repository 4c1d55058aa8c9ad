/* DRAFT: providers of large language models. It will be the plugin table "wharf.llm_provider/1".
 *
 * A draft may change in any way, or go, until it is published; then its tags end in _v1 and wharf.h includes it. Until
 * then a plugin offers it as "wharf.llm_provider/1-draft1" only. Do not ship a plugin that depends on it.
 *
 * A provider carries one conversation step to a service (by way of wharf.http/1) and its answer back, in one form for
 * all services. It decides nothing: it runs no tools, adds no instructions, and leaves text as it is. What a model says
 * is data; the host judges it. */
#ifndef WHARF_DRAFT_LLM_PROVIDER_H
#define WHARF_DRAFT_LLM_PROVIDER_H

#include "../base.h"

/* Who said it. */
enum { WHARF_LLM_USER = 1, WHARF_LLM_ASSISTANT = 2 };

/* What a part is. */
enum {
  WHARF_LLM_TEXT = 1,        /* text */
  WHARF_LLM_TOOL_CALL = 2,   /* the assistant asks for name with the JSON object in text; id names the call */
  WHARF_LLM_TOOL_RESULT = 3, /* the user's side answers the call id with text */
  WHARF_LLM_TOOL_ERROR = 4,  /* as the result, but the tool failed */
  WHARF_LLM_OPAQUE = 5       /* bytes of the provider's own (signed thinking); the host gives them back unchanged */
};

/* One part of a conversation. Neighbours of the same role make one message. */
typedef struct wharf_llm_part_draft1 {
  int32_t role; /* WHARF_LLM_USER or WHARF_LLM_ASSISTANT */
  int32_t kind; /* WHARF_LLM_TEXT ... WHARF_LLM_OPAQUE */
  const char *id; /* of a tool call and its result; else empty */
  uint64_t id_length;
  const char *name; /* of the tool; else empty */
  uint64_t name_length;
  const void *text; /* UTF-8; of an opaque part any bytes */
  uint64_t text_length;
} wharf_llm_part;

/* A tool that the model may ask for. */
typedef struct wharf_llm_tool_draft1 {
  const char *name; /* letters, digits, _ and -, up to 64 */
  uint64_t name_length;
  const char *description;
  uint64_t description_length;
  const char *schema; /* JSON Schema of the arguments, an object */
  uint64_t schema_length;
} wharf_llm_tool;

/* May and must the model call tools? */
enum {
  WHARF_LLM_TOOLS_AUTO = 1, /* as it likes */
  WHARF_LLM_TOOLS_ANY = 2,  /* at least one */
  WHARF_LLM_TOOLS_NONE = 3  /* none */
};

/* One step to be made. Everything in it is in, and lives until complete returns. */
typedef struct wharf_llm_request_draft1 {
  uint32_t struct_size;
  int32_t tool_choice; /* WHARF_LLM_TOOLS_...; WHARF_LLM_TOOLS_NONE without tools */
  const char *model;   /* empty: the provider's configured one */
  uint64_t model_length;
  const char *system; /* instructions that stand above the conversation; may be empty */
  uint64_t system_length;
  const wharf_llm_part *parts; /* oldest first; the first and the last are the user's side */
  uint64_t part_count;
  const wharf_llm_tool *tools;
  uint64_t tool_count;
  const char *output_schema; /* JSON Schema that the answer's text must fit; empty: free text */
  uint64_t output_schema_length;
  double temperature;         /* NaN: not sent, which is what some models demand */
  uint64_t max_output_tokens; /* > 0 */
  int64_t timeout;            /* nanoseconds for the whole step; > 0 */
} wharf_llm_request;

/* Why the model stopped. */
enum {
  WHARF_LLM_STOP_END = 1,     /* it had finished */
  WHARF_LLM_STOP_TOOLS = 2,   /* it waits for the results of every tool call in the answer */
  WHARF_LLM_STOP_LENGTH = 3,  /* max_output_tokens were used up: the answer is cut off */
  WHARF_LLM_STOP_REFUSAL = 4, /* it, or a filter of the service, refused */
  WHARF_LLM_STOP_PAUSE = 5    /* the service asks for the conversation again, with this answer appended */
};

/* What the step came to. Counts the service did not tell are -1. */
typedef struct wharf_llm_outcome_draft1 {
  uint32_t struct_size;
  int32_t stop;        /* WHARF_LLM_STOP_... */
  const char *model;   /* the one that answered, as the service names it */
  uint64_t model_length;
  const char *request_id; /* the service's, for complaints; may be empty */
  uint64_t request_id_length;
  int64_t input_tokens;  /* read in all, cached ones included */
  int64_t cached_tokens; /* of these, read from the service's cache */
  int64_t output_tokens; /* written, thinking included */
} wharf_llm_outcome;

/* Why a step failed. */
typedef struct wharf_llm_failure_draft1 {
  uint32_t struct_size;
  int32_t http_status; /* 0: no response */
  int64_t retry_at;    /* the instant from which the service takes requests again; 0: not told */
  const char *code;    /* the service's word: "overloaded_error"; may be empty */
  uint64_t code_length;
  const char *text; /* for a person; no secrets */
  uint64_t text_length;
} wharf_llm_failure;

/* Where an answer goes. */
typedef struct wharf_llm_sink_draft1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* handed back on each call */

  /* Takes a piece of text as it is being written, to show that something happens; the parts hold it again. May be null:
   * then nobody watches. text lives until this call returns. Since draft. [serial] */
  void (*progress)(void *context, const char *text, uint64_t text_length);

  /* Takes one finished part of the answer, in order. part and its text live until this call returns.
   * Since draft. [serial] */
  void (*part)(void *context, const wharf_llm_part *part);

  /* Takes the outcome, once, after the last part. Since draft. [serial] */
  void (*outcome)(void *context, const wharf_llm_outcome *outcome);

  /* Takes a failure, once, before complete or models returns anything but WHARF_OK. Since draft. [serial] */
  void (*failure)(void *context, const wharf_llm_failure *failure);

  /* Takes the name of one model. Since draft. [serial] */
  void (*model)(void *context, const char *name, uint64_t name_length);
} wharf_llm_sink;

/* The plugin table. */
typedef struct wharf_llm_provider_draft1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and reads its options. As create of wharf.strategy/1; the secret is used by template only.
   * host in, out_instance out. Since draft. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Names the models that this account may use, through model of the sink.
   *
   * instance  from create.
   * sink      in; called zero or more times before returning.
   * Returns WHARF_OK after all of them; else as complete, and names that came do not count. May block.
   * Since draft. [serial] */
  wharf_status (*models)(wharf_instance *instance, const wharf_llm_sink *sink);

  /* Makes one step and reports the answer: its parts, then its outcome.
   *
   * instance  from create.
   * request   in; valid until this call returns.
   * sink      in; called zero or more times before returning.
   * Returns WHARF_OK after outcome went to the sink. Otherwise parts that came do not count, and failure says why:
   *   WHARF_E_INVALID          the request cannot be put to this service
   *   WHARF_E_UNSUPPORTED      it asks for what this service lacks (a schema, a tool choice)
   *   WHARF_E_CONFIGURATION    no valid key, or the account may not use the model
   *   WHARF_E_REJECTED         refused for good: balance or quota used up, content blocked
   *   WHARF_E_BUSY             rate limit or overload; offer it again from retry_at on
   *   WHARF_E_IO               the service failed or could not be reached
   *   WHARF_E_UNKNOWN_OUTCOME  cut off after it was sent; it may have been charged for
   * A failure that the service wraps in an HTTP status of 200 is a failure. It must not repeat a request by itself, and
   * must not report half an answer as a whole one. May block. Since draft. [serial] */
  wharf_status (*complete)(wharf_instance *instance, const wharf_llm_request *request, const wharf_llm_sink *sink);

  /* Ends the instance and frees all it owns. Since draft. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_llm_provider;

#endif
