#define _GNU_SOURCE
#include "include/sandbox_launch.h"

#include "include/sandbox_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { first_given = 3, most_given = 16 };

/* In the child, which borrows the parent's memory until the program runs: only plain system calls, and nothing is
 * written but what the parent reads afterwards. */
static int become(const sandbox_launch *launch, pid_t parent) {
  int given[most_given];
  const int count = (int)launch->descriptor_count, free_from = first_given + count;
  /* First out of the way of the places they will have. */
  const int source = launch->input < 0 ? open("/dev/null", O_RDONLY | O_CLOEXEC) : launch->input;
  if (source < 0) return errno;
  const int input = fcntl(source, F_DUPFD_CLOEXEC, free_from);
  const int output = fcntl(launch->output, F_DUPFD_CLOEXEC, free_from);
  const int errors = fcntl(launch->errors, F_DUPFD_CLOEXEC, free_from);
  if (input < 0 || output < 0 || errors < 0) return errno;
  for (int i = 0; i < count; i++) {
    given[i] = fcntl(launch->descriptors[i], F_DUPFD_CLOEXEC, free_from);
    if (given[i] < 0) return errno;
  }
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) return errno;
  for (int i = 0; i < count; i++)
    if (dup2(given[i], first_given + i) < 0) return errno;
  sandbox_close_from((unsigned)free_from);

  if ((launch->has_own_session ? setsid() : setpgid(0, 0)) < 0 || chdir("/") < 0) return errno;
  /* The kernel's own form, all zero for the usual action: the C library keeps two signals to itself. */
  static const uint64_t usual[4];
  for (int number = 1; number < NSIG; number++) syscall(SYS_rt_sigaction, number, usual, NULL, 8);
  sigset_t none;
  sigemptyset(&none);
  if (sigprocmask(SIG_SETMASK, &none, NULL) < 0) return errno;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) return errno;
  /* The parent may have ended before it was asked to. */
  if (getppid() != parent) return ESRCH;
  execve(launch->executable, launch->arguments, launch->variables);
  return errno;
}

static pid_t start(const sandbox_launch *launch) {
  if (launch->descriptor_count > most_given) return -E2BIG;
  const pid_t parent = getpid();
  volatile int failure = 0;
  const pid_t child = vfork();
  if (child < 0) return -errno;
  if (child == 0) {
    failure = become(launch, parent);
    _exit(127);
  }
  if (failure == 0) return child;
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
  }
  return -failure;
}

/* The kernel kills a child when the thread that started it ends, so one that never ends starts them all. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, order = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static const sandbox_launch *wanted;
static pid_t started;
static int is_running, is_done;

static void *run(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!wanted) pthread_cond_wait(&changed, &lock);
    started = start(wanted);
    wanted = NULL;
    is_done = 1;
    pthread_cond_broadcast(&changed);
  }
  return NULL;
}

/* Begins the thread, with every signal blocked: in it, and in its children until they have handlers of their own. */
static int begin(void) {
  if (is_running) return 0;
  sigset_t all, before;
  sigfillset(&all);
  pthread_attr_t attributes;
  int failure = pthread_attr_init(&attributes);
  if (failure) return failure;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  pthread_t thread;
  pthread_sigmask(SIG_SETMASK, &all, &before);
  failure = pthread_create(&thread, &attributes, run, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  is_running = failure == 0;
  return failure;
}

pid_t sandbox_start(const sandbox_launch *launch) {
  pthread_mutex_lock(&order); /* one at a time */
  pthread_mutex_lock(&lock);
  pid_t result = -begin();
  if (result == 0) {
    wanted = launch;
    is_done = 0;
    pthread_cond_broadcast(&changed);
    while (!is_done) pthread_cond_wait(&changed, &lock);
    result = started;
  }
  pthread_mutex_unlock(&lock);
  pthread_mutex_unlock(&order);
  return result;
}

int sandbox_process_descriptor(pid_t process) {
  const int file = (int)syscall(SYS_pidfd_open, process, 0);
  return file < 0 ? -errno : file;
}

const char *sandbox_signal_name(int number) { return sigabbrev_np(number); }
