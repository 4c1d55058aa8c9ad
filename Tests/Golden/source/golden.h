/* What the golden plugins share. */
#include <string.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE(MANIFEST);

#define TEXT(text) text, sizeof(text) - 1

static int is(const char *id, uint64_t length, const char *wanted) {
  return length == strlen(wanted) && memcmp(id, wanted, length) == 0;
}

/* Asks the host for a table; leaves null where it has none. */
static inline const void *ask(const wharf_host *host, const char *id) {
  const void *table = 0;
  return host->table(host, id, strlen(id), &table) == WHARF_OK ? table : 0;
}

#define ENTRY(FIND)                                                                                                    \
  static wharf_status find(const char *id, uint64_t length, const void **out_table) {                                  \
    FIND                                                                                                               \
    return WHARF_E_UNSUPPORTED;                                                                                        \
  }                                                                                                                    \
  const wharf_plugin *wharf_plugin_entry(void) {                                                                       \
    static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, find};                        \
    return &plugin;                                                                                                    \
  }
#define OFFER(ID, TABLE)                                                                                               \
  if (is(id, length, ID)) {                                                                                            \
    *out_table = &TABLE;                                                                                               \
    return WHARF_OK;                                                                                                   \
  }
