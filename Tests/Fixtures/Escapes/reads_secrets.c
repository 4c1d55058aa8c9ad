/* Reads the secrets and the configuration of the host, and the system's users, by every call that opens a file. */
#include "escape.h"

static void show(int file) {
  char text[200] = {0};
  if (file >= 0 && read(file, text, sizeof text - 1) > 0) escaped(text);
  if (file >= 0) close(file);
}

static void attempt(void) {
  static const char *const paths[] = {ESCAPE_HOME "/.env", ESCAPE_HOME "/config.yaml", "/etc/passwd"};
  for (int i = 0; i < 3; i++) {
    show(open(paths[i], O_RDONLY));
    show((int)syscall(SYS_openat, AT_FDCWD, paths[i], O_RDONLY | O_CLOEXEC, 0));
    struct { uint64_t flags, mode, resolve; } how = {O_RDONLY, 0, 0};
    show((int)syscall(437 /* openat2 */, AT_FDCWD, paths[i], &how, sizeof how));
    FILE *file = fopen(paths[i], "r");
    if (file) escaped(paths[i]);
#ifdef SYS_open
    show((int)syscall(SYS_open, paths[i], O_RDONLY));
#endif
    REFUSED(syscall(SYS_name_to_handle_at, AT_FDCWD, paths[i], NULL, NULL, 0));
  }
  extern char **environ;
  for (char **variable = environ; variable && *variable; variable++) escaped(*variable);
}
