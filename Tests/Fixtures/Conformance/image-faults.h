/* Faults of the file itself and of what happens while it is loaded. */
#define FIXTURE_TEXT(word) #word
#define FIXTURE_SYMBOL(word) FIXTURE_TEXT(word)

#ifdef BAD_IMPORT /* the name of a function that no plugin should use */
__asm__(".pushsection .data.rel,\"aw\"\n.balign 8\n.quad " FIXTURE_SYMBOL(BAD_IMPORT) "\n.popsection\n");
#endif

#ifdef BAD_TWO_EXPORTS
__attribute__((visibility("default"))) int fixture_helper(void) { return 1; }
#endif

#ifdef BAD_TEXT_RELOCATION
__asm__(".text\n.balign 8\n.quad free\n");
#endif

#ifdef BAD_INDIRECT_FUNCTION
static int fixture_chosen(void) { return 1; }
static int (*fixture_choose(void))(void) { return fixture_chosen; }
static int fixture_indirect(void) __attribute__((ifunc("fixture_choose")));
int (*fixture_pointer)(void) = fixture_indirect;
#endif

#ifdef BAD_UNDEFINED
void fixture_missing(void);
void (*fixture_needs)(void) = fixture_missing;
#endif

/* Waits for ever without a system call that a pure function may not make. */
static inline void *fixture_wait(void *mutex) {
  pthread_mutex_lock(mutex);
  return NULL;
}
static inline void fixture_start_thread(void) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_t thread;
  pthread_mutex_lock(&mutex);
  pthread_create(&thread, NULL, fixture_wait, &mutex);
}

#if defined(BAD_CONSTRUCTOR_READS)
__attribute__((constructor)) static void fixture_constructor(void) { close(open("/etc/hostname", O_RDONLY)); }
#elif defined(BAD_CONSTRUCTOR_THREAD)
__attribute__((constructor)) static void fixture_constructor(void) { fixture_start_thread(); }
#elif defined(BAD_CONSTRUCTOR_SIGNAL)
__attribute__((constructor)) static void fixture_constructor(void) { signal(SIGUSR1, SIG_IGN); }
#endif
