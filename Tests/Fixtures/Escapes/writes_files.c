/* Leaves something behind, or changes what is there. */
#include "escape.h"
#include <sys/mount.h>

static void attempt(void) {
  static const char mark[] = ESCAPE_HOME "/escaped", old[] = ESCAPE_HOME "/config.yaml";
  REFUSED(open(mark, O_WRONLY | O_CREAT, 0600));
  REFUSED(open(old, O_WRONLY | O_TRUNC));
  REFUSED(open(old, O_RDWR));
  REFUSED(open("/dev/shm", O_RDWR | O_TMPFILE, 0600));
  REFUSED(open("/dev/null", O_WRONLY));
  REFUSED(creat(mark, 0600));
  REFUSED(mkdir(mark, 0700));
  REFUSED(unlink(old));
  REFUSED(rename(old, mark));
  REFUSED(link(old, mark));
  REFUSED(symlink(old, mark));
  REFUSED(mknod(mark, S_IFIFO | 0600, 0));
  REFUSED(truncate(old, 0));
  REFUSED(chmod(old, 0777));
  REFUSED(chown(old, 0, 0));
  REFUSED(ftruncate(2, 0));
}
