/* Takes the host over as a debugger would. */
#include "escape.h"
#include <sys/ptrace.h>

static void attempt(void) {
  REFUSED(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
  REFUSED(ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
  REFUSED(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
  REFUSED(syscall(434 /* pidfd_open */, getppid(), 0));
  REFUSED(syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0));
  REFUSED(syscall(SYS_get_robust_list, getppid(), &(void *){NULL}, &(size_t){0}));
}
