/* Makes processes and threads until the machine stops. */
#include "escape.h"
#include <pthread.h>
#include <sched.h>

static void *idle(void *unused) {
  for (;;) pause();
  return unused;
}

static void attempt(void) {
  for (int i = 0; i < 2000; i++) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) escaped("fork");
    pthread_t thread;
    if (pthread_create(&thread, NULL, idle, NULL) == 0) escaped("pthread_create");
  }
#ifdef SYS_fork
  REFUSED(syscall(SYS_fork));
  REFUSED(syscall(SYS_vfork));
#endif
  REFUSED(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  REFUSED(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  struct { uint64_t flags, rest[10]; } how = {CLONE_NEWUSER, {0}};
  REFUSED(syscall(435 /* clone3 */, &how, sizeof how));
}
