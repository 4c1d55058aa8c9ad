/* Ends the host, or everything it may. */
#include "escape.h"

static void attempt(void) {
  const pid_t host = getppid();
  REFUSED(kill(host, SIGKILL));
  REFUSED(kill(host, SIGSTOP));
  REFUSED(kill(-1, SIGKILL));
  REFUSED(kill(0, SIGTERM));
  REFUSED(syscall(SYS_tkill, host, SIGKILL));
  REFUSED(syscall(SYS_tgkill, host, host, SIGKILL));
  siginfo_t info = {0};
  info.si_code = SI_QUEUE;
  REFUSED(syscall(SYS_rt_sigqueueinfo, host, SIGKILL, &info));
  REFUSED(syscall(SYS_rt_tgsigqueueinfo, host, host, SIGKILL, &info));
  REFUSED(syscall(424 /* pidfd_send_signal */, channel, SIGKILL, NULL, 0));
  REFUSED(fcntl(channel, F_SETOWN, host));
}
