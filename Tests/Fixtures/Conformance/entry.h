/* The entry of a strategy fixture, and the faults of the entry and of the tables. */
static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
#if defined(BAD_TABLE_WITHOUT_DESTROY)
  (void)destroy;
  static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, on_fill, NULL};
#elif defined(BAD_TABLE_OF_DATA)
  static const wharf_strategy strategy = {
      sizeof strategy, 0, create, start, on_bar, NULL, (void *)"recheck", on_fill, destroy};
#else
  static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, on_fill, destroy};
#endif
#if defined(BAD_TABLE_BY_PREFIX)
  if (id_length < 14 || memcmp(id, "wharf.strategy", 14) != 0) return WHARF_E_UNSUPPORTED;
#elif defined(BAD_TABLE_BY_ZERO)
  if (id_length == 0 || strcmp(id, "wharf.strategy/1") != 0) return WHARF_E_UNSUPPORTED;
#elif defined(BAD_TABLE_NOT_PROMISED)
  if (id_length != 16 || (memcmp(id, "wharf.strategy/1", 16) != 0 && memcmp(id, "wharf.notifier/1", 16) != 0))
    return WHARF_E_UNSUPPORTED;
#else
  if (id_length != 16 || memcmp(id, "wharf.strategy/1", 16) != 0) return WHARF_E_UNSUPPORTED;
#endif
  *out_table = &strategy;
#ifdef BAD_TABLE_MOVES
  static const wharf_strategy twin = {sizeof twin, 0, create, start, on_bar, NULL, NULL, on_fill, destroy};
  static int calls;
  if (++calls > 8) *out_table = &twin;
#endif
  return WHARF_OK;
}

#ifdef BAD_DESCRIPTOR_CHANGES
static wharf_status same_table(const char *id, uint64_t id_length, const void **out_table) {
  return table(id, id_length, out_table);
}
#endif

#ifdef BAD_ENTRY_IS_DATA
__attribute__((visibility("default"), used)) const void *const fixture_entry __asm__("wharf_plugin_entry") = &table;
#else
const wharf_plugin *wharf_plugin_entry(void) {
  static int calls;
  calls++;
#if defined(BAD_DESCRIPTOR_SIZE)
  static const wharf_plugin plugin = {sizeof plugin - 8, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
#elif defined(BAD_DESCRIPTOR_ABI)
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR + 1, WHARF_ABI_MINOR, table};
#elif defined(BAD_DESCRIPTOR_OF_THREAD)
  static __thread wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
#elif defined(BAD_DESCRIPTOR_CHANGES)
  static wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  if (calls > 1) plugin.table = same_table;
#else
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
#endif
#if defined(BAD_DESCRIPTOR_MOVES)
  static const wharf_plugin twin = {sizeof twin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  if (calls > 500) return &twin;
#elif defined(BAD_ENTRY_SLOW)
  for (volatile int i = 0; calls == 1 && i < 100000000; i++) continue;
#elif defined(BAD_ENTRY_WRITES)
  if (calls == 1 && write(STDERR_FILENO, "entry\n", 6) < 0) return &plugin;
#elif defined(BAD_ENTRY_THREAD)
  if (calls == 1) fixture_start_thread();
#elif defined(BAD_ENTRY_ENVIRONMENT)
  if (calls == 1) setenv("FIXTURE", "1", 1);
#endif
  return &plugin;
}
#endif
