/* Moves to another view of the machine, or becomes another user. */
#include "escape.h"
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>

static void attempt(void) {
  REFUSED(unshare(CLONE_NEWUSER));
  REFUSED(unshare(CLONE_NEWNS));
  REFUSED(setns(channel, 0));
  REFUSED(mount("none", "/tmp", "tmpfs", 0, NULL));
  REFUSED(umount2("/proc", MNT_DETACH));
  REFUSED(syscall(SYS_pivot_root, "/", "/tmp"));
  REFUSED(chroot("/"));
  REFUSED(setuid(0));
  REFUSED(setgid(0));
  REFUSED(syscall(SYS_setresuid, 0, 0, 0));
  REFUSED(syscall(SYS_capset, NULL, NULL));
  REFUSED(syscall(SYS_setsid));
  REFUSED(prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0));
  REFUSED(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
  REFUSED(prctl(PR_SET_SECCOMP, 0, 0, 0, 0));
  REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
  REFUSED(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 1, 0, 0));
  REFUSED(prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, channel, 0, 0));
  REFUSED(prctl(0x59616d61 /* PR_SET_PTRACER */, -1, 0, 0, 0));
  REFUSED(syscall(SYS_seccomp, 1, 0, NULL));
  REFUSED(syscall(444 /* landlock_create_ruleset */, NULL, 0, 1));
#ifdef SYS_arch_prctl
  REFUSED(syscall(SYS_arch_prctl, 0x1012, 0));
#endif
}
