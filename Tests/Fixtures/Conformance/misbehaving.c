/* What the harness must survive. The entry answers as a good one would, after it has done what a switch says. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <wharf/wharf.h>

WHARF_MANIFEST_FILE("manifest.json");

static wharf_status table(const char *id, uint64_t id_length, const void **out_table) {
  (void)id, (void)id_length, (void)out_table;
  return WHARF_E_UNSUPPORTED;
}

#ifdef NOTE_PROCESS /* a file for the number of the process that must not outlive the test */
#define FIXTURE_TEXT(word) #word
#define FIXTURE_PATH(word) FIXTURE_TEXT(word)
static void note_process(void) {
  FILE *file = fopen(FIXTURE_PATH(NOTE_PROCESS) ".part", "w");
  fprintf(file, "%d", (int)getpid());
  fclose(file);
  rename(FIXTURE_PATH(NOTE_PROCESS) ".part", FIXTURE_PATH(NOTE_PROCESS));
}
#endif

static void misbehave(void) {
#if defined(EXITS)
  exit(0);
#elif defined(FORGES)
  printf("{\"schema\":1,\"passed\":99,\"failed\":0,\"results\":[]}\n\x1b[2Jpass\n");
  fflush(stdout);
  abort();
#elif defined(WRITES_EVERYWHERE)
  for (int descriptor = 3; descriptor < 1024; descriptor++)
    if (write(descriptor, "pass\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 21) < 0) continue;
#elif defined(HANGS)
#ifdef NOTE_PROCESS
  note_process();
#endif
  for (;;) pause();
#elif defined(FORKS)
  if (fork() == 0) {
    note_process();
    for (;;) pause();
  }
  while (access(FIXTURE_PATH(NOTE_PROCESS), F_OK) != 0) usleep(1000);
#elif defined(LOOKS_AROUND)
  struct rlimit core;
  void *volatile memory = malloc(3ull << 30);
  extern char **environ;
  for (char **variable = environ; *variable; variable++)
    if (strncmp(*variable, "SWIFT_", 6) != 0) abort();
  for (int descriptor = 3; descriptor < 900; descriptor++) {
    /* Only the plugin's own file is open, for reading. */
    char link[64], path[4096] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    if (readlink(link, path, sizeof path - 1) >= 0 && !strstr(path, "libfixture.so")) abort();
  }
  if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0 || memory) abort();
#endif
}

const wharf_plugin *wharf_plugin_entry(void) {
  static const wharf_plugin plugin = {sizeof plugin, WHARF_ABI_MAJOR, WHARF_ABI_MINOR, table};
  misbehave();
  return &plugin;
}
