/* Keeps its attempts from being noticed: first by taking over the signal, then by blocking it. */
#include "escape.h"

static void attempt(void) {
  struct sigaction ignore = {0};
  ignore.sa_handler = SIG_IGN;
  REFUSED(sigaction(SIGSYS, &ignore, NULL));
  REFUSED(syscall(SYS_rt_sigaction, 0x100000000UL | SIGSYS, &ignore, NULL, 8));
  sigset_t all, before;
  sigfillset(&all);
  if (sigprocmask(SIG_SETMASK, &all, NULL) != 0) say("BROKEN", "sigprocmask");
  REFUSED(socket(AF_INET, SOCK_STREAM, 0));
  if (sigprocmask(SIG_SETMASK, NULL, &before) != 0) say("BROKEN", "sigprocmask");
  if (!sigismember(&before, SIGUSR1)) say("BROKEN", "SIGUSR1 is not blocked");
  if (sigismember(&before, SIGSYS)) escaped("SIGSYS is blocked");
}
