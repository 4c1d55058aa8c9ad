/* Gives itself more of the machine. */
#include "escape.h"
#include <sched.h>
#include <sys/resource.h>

static void attempt(void) {
  const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  REFUSED(setrlimit(RLIMIT_AS, &all));
  REFUSED(setrlimit(RLIMIT_CPU, &all));
  REFUSED(setrlimit(RLIMIT_NPROC, &all));
  REFUSED(setrlimit(RLIMIT_FSIZE, &all));
  REFUSED(setrlimit(RLIMIT_NOFILE, &all));
  REFUSED(setrlimit(RLIMIT_CORE, &all));
  REFUSED(prlimit(getppid(), RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL));
  REFUSED(prlimit(getppid(), RLIMIT_NOFILE, NULL, &(struct rlimit){0, 0}));
  REFUSED(setpriority(PRIO_PROCESS, 0, -20));
  REFUSED(sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){1}));
  REFUSED(sched_setaffinity(0, 8, (const cpu_set_t *)&(uint64_t){1}));
}
