/* Reaches for the large and rarely needed parts of the kernel, where its faults are. */
#include "escape.h"
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>

static void attempt(void) {
  char room[256] = {0};
  REFUSED(syscall(425 /* io_uring_setup */, 8, room));
  REFUSED(syscall(426 /* io_uring_enter */, channel, 1, 0, 0, NULL, 0));
  REFUSED(syscall(SYS_bpf, 0, room, sizeof room));
  REFUSED(syscall(SYS_userfaultfd, 0));
  REFUSED(syscall(SYS_perf_event_open, room, 0, -1, -1, 0));
  REFUSED(syscall(SYS_keyctl, 0, -3, 0, 0, 0));
  REFUSED(syscall(SYS_add_key, "user", "x", "y", 1, -3));
  REFUSED(syscall(SYS_request_key, "user", "x", NULL, -3));
  REFUSED(syscall(SYS_init_module, room, 1, ""));
  REFUSED(syscall(SYS_finit_module, channel, "", 0));
  REFUSED(syscall(SYS_kexec_load, 0, 0, NULL, 0));
  REFUSED(syscall(SYS_reboot, 0, 0, 0, NULL));
  REFUSED(syscall(SYS_syslog, 3, room, sizeof room));
  REFUSED(syscall(SYS_fanotify_init, 0, 0));
  REFUSED(syscall(SYS_inotify_init1, 0));
  REFUSED(syscall(SYS_epoll_create1, 0));
  REFUSED(syscall(SYS_eventfd2, 0, 0));
  REFUSED(syscall(SYS_signalfd4, -1, room, 8, 0));
  REFUSED(syscall(SYS_timerfd_create, 0, 0));
  REFUSED(syscall(SYS_pipe2, room, 0));
  REFUSED(syscall(SYS_splice, channel, NULL, 1, NULL, 1, 0));
  REFUSED(syscall(SYS_sendfile, 1, channel, NULL, 1));
  REFUSED(syscall(SYS_open_by_handle_at, channel, room, 0));
  REFUSED(syscall(SYS_quotactl, 0, "", 0, room));
  REFUSED(syscall(SYS_swapon, "/dev/null", 0));
  REFUSED(syscall(SYS_acct, "/dev/null"));
  REFUSED(syscall(SYS_sethostname, "x", 1));
  REFUSED(syscall(SYS_settimeofday, room, NULL));
  REFUSED(syscall(SYS_clock_settime, CLOCK_REALTIME, room));
  REFUSED(syscall(SYS_setitimer, ITIMER_REAL, room, NULL));
  REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, room));
  REFUSED(syscall(SYS_mbind, room, 1, 0, NULL, 0, 0));
  REFUSED(syscall(SYS_move_pages, 0, 0, NULL, NULL, NULL, 0));
  REFUSED(ioctl(2, TIOCSTI, "x"));
  REFUSED(ioctl(channel, FIONBIO, &(int){1}));
  REFUSED(syscall(999999));
#ifdef __x86_64__
  REFUSED(syscall(SYS_iopl, 3));
  REFUSED(syscall(SYS_ioperm, 0, 1, 1));
  REFUSED(syscall(SYS_modify_ldt, 0, room, sizeof room));
#endif
}
