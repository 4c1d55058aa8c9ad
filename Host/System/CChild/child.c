#define _GNU_SOURCE
#include "host_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs in the child, which shares nothing with the parent but a copy of its memory; only calls that are safe there. */
static void become(const host_child *child, pid_t parent, int report) {
  int error = 0;
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < 65; number++) sigaction(number, &usual, 0);
  sigprocmask(SIG_SETMASK, &none, 0);
  if (setpgid(0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || chdir("/") != 0) goto failed;
  if (getppid() != parent) _exit(127); /* the host ended before the kernel was told */
  /* The descriptors may be among the three themselves: move them out of the way first. */
  int input = fcntl(child->input, F_DUPFD, 10), output = fcntl(child->output, F_DUPFD, 10),
      errors = fcntl(child->errors, F_DUPFD, 10), kept = fcntl(report, F_DUPFD, 10);
  if (input < 0 || output < 0 || errors < 0 || kept < 0) goto failed;
  report = kept;
  if (dup2(input, 0) != 0 || dup2(output, 1) != 1 || dup2(errors, 2) != 2 || dup2(report, 3) != 3) goto failed;
  report = 3;
  if (fcntl(report, F_SETFD, FD_CLOEXEC) != 0 || syscall(SYS_close_range, 4u, ~0u, 0u) != 0) goto failed;
  execve(child->path, (char *const *)child->arguments, (char *const *)child->variables);
failed:
  error = errno;
  while (write(report, &error, sizeof error) < 0 && errno == EINTR) {
  }
  _exit(127);
}

pid_t host_child_start(const host_child *child, int *out_error) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) {
    *out_error = errno;
    return -1;
  }
  const pid_t parent = getpid();
  /* No handler of the parent may run in the child before it has the usual ones. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t process = fork();
  if (process == 0) become(child, parent, report[1]);
  const int failure = errno;
  pthread_sigmask(SIG_SETMASK, &before, 0);
  close(report[1]);
  int error = 0;
  ssize_t length = 0;
  if (process > 0) {
    do length = read(report[0], &error, sizeof error);
    while (length < 0 && errno == EINTR);
  } else {
    error = failure;
    length = sizeof error;
  }
  close(report[0]);
  if (length == 0) return process; /* the file runs: that has closed the pipe */
  *out_error = length == sizeof error ? error : EIO;
  if (process > 0) {
    kill(process, SIGKILL);
    while (waitpid(process, 0, 0) < 0 && errno == EINTR) {
    }
  }
  return -1;
}

int host_child_event(void) { return eventfd(0, EFD_CLOEXEC); }

int host_child_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void host_child_hold(int pipe, int bytes) { (void)fcntl(pipe, F_SETPIPE_SZ, bytes); }

int host_child_descriptor(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0u); }
