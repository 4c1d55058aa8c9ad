/* Makes processes and threads until the machine stops. */
#include "escape.h"
#include <pthread.h>
#include <sched.h>

static void *idle(void *unused) {
  for (;;) sleep(60);
  return unused;
}

static void attempt(void) {
  for (int i = 0; i < 2000; i++) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) escaped("fork");
  }
  /* A few threads are allowed. */
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  int threads = 0;
  for (pthread_t thread; threads < 20000 && pthread_create(&thread, &small, idle, NULL) == 0;) threads++;
  if (threads == 20000) escaped("20000 threads");
  if (threads < 4) say("BROKEN", "fewer than four threads");
#ifdef SYS_fork
  REFUSED(syscall(SYS_fork));
  REFUSED(syscall(SYS_vfork));
#endif
  REFUSED(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  REFUSED(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  struct { uint64_t flags, rest[10]; } how = {CLONE_NEWUSER, {0}};
  REFUSED(syscall(435 /* clone3 */, &how, sizeof how));
}
