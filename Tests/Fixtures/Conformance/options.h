/* The label of strategy-options.c, and the faults of options. */
typedef struct fixture_label {
  char bytes[256];
  uint64_t length;
  const char *kept;
} fixture_label;

static void take_label(void *context, const void *data, uint64_t length) {
  fixture_label *label = context;
#ifdef BAD_TEXT_OVERREAD
  volatile uint64_t until_zero = strnlen(data, 4096);
  (void)until_zero;
#endif
  label->length = length;
  label->kept = data;
  memcpy(label->bytes, data, length < sizeof label->bytes ? length : sizeof label->bytes);
}

#ifdef BAD_OPTION_SHARED
static int64_t fixture_shared_span;
#endif

static wharf_status fixture_read_options(const wharf_host *host, const wharf_config *config, int64_t span,
                                         fixture_label *label) {
  const wharf_bytes_sink sink = {.struct_size = sizeof sink, .context = label, .bytes = take_label};
  int64_t number = 0;
  (void)number, (void)span;
  if (config->text(host, TEXT("label"), &sink) != WHARF_OK || label->length > sizeof label->bytes) {
#ifdef BAD_LONG_TEXT
    if (label->length > sizeof label->bytes) abort();
#endif
#ifndef BAD_REFUSAL_SILENT
    complain(host, TEXT("label: expected a text of at most 256 bytes"));
#endif
    return WHARF_E_CONFIGURATION;
  }
#if defined(BAD_OPTION_AT_MAXIMUM)
  if (span == SPAN) return WHARF_E_FAULT;
#elif defined(BAD_OPTION_UNDECLARED)
  config->integer(host, TEXT("spam"), &number);
#elif defined(BAD_OPTION_TYPE)
  config->decimal(host, TEXT("span"), &number);
#elif defined(BAD_OPTION_SECRET)
  fixture_label secret = {.length = 0};
  const wharf_bytes_sink into = {.struct_size = sizeof into, .context = &secret, .bytes = take_label};
  config->text(host, TEXT("token"), &into);
#elif defined(BAD_OPTION_SHARED)
  fixture_shared_span = span;
#endif
  return WHARF_OK;
}

static void fixture_use_options(fixture_label *label, int64_t *span) {
  (void)label, (void)span;
#if defined(BAD_TEXT_KEPT)
  volatile char first = label->length > 0 ? label->kept[0] : 0;
  (void)first;
#elif defined(BAD_OPTION_SHARED)
  *span = fixture_shared_span;
#endif
}
