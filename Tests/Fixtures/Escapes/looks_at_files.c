/* Learns which files there are, without opening any. */
#include "escape.h"
#include <sys/statfs.h>

static void attempt(void) {
  struct stat status;
  struct statfs system;
  char text[100];
  REFUSED(stat("/etc/passwd", &status));
  REFUSED(lstat(ESCAPE_HOME "/.env", &status));
  REFUSED(fstatat(AT_FDCWD, "/", &status, AT_EMPTY_PATH));
  REFUSED(access("/etc/passwd", R_OK));
  REFUSED(readlink("/proc/self/exe", text, sizeof text));
  REFUSED(statfs("/", &system));
  REFUSED(open("/", O_RDONLY | O_DIRECTORY));
  REFUSED(open("/etc/passwd", O_PATH));
  REFUSED(chdir("/etc"));
  REFUSED(syscall(SYS_getcwd, text, sizeof text));
  REFUSED(syscall(332 /* statx */, AT_FDCWD, "/etc/passwd", 0, 0xfff, text));
  if (fstat(2, &status) != 0) say("BROKEN", "fstat of its own descriptor");
}
