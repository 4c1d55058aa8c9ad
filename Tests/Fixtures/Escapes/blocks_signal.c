/* Blocks the signal by which its attempts are noticed, by returning from a signal to a mask of its own. */
#include "escape.h"
#include <ucontext.h>

static void block_all(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  sigfillset(&((ucontext_t *)context)->uc_sigmask);
}

static void attempt(void) {
  struct sigaction action = {0};
  action.sa_sigaction = block_all;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
  socket(AF_INET, SOCK_STREAM, 0);
  escaped("a blocked signal");
}
