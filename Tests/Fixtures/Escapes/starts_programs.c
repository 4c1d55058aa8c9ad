/* Starts other programs. */
#include "escape.h"
#include <spawn.h>

static void attempt(void) {
  char *const arguments[] = {"/bin/sh", "-c", "echo ESCAPED: a shell >&2", NULL};
  char *const none[] = {NULL};
  REFUSED(execve("/bin/sh", arguments, none));
  REFUSED(syscall(SYS_execveat, AT_FDCWD, "/bin/sh", arguments, none, 0));
  REFUSED(execve("/proc/self/exe", arguments, none));
  pid_t child;
  if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, none) == 0) escaped("posix_spawn");
  if (system("true") == 0) escaped("system");
  FILE *pipe = popen("echo x", "r");
  if (pipe) escaped("popen");
}
