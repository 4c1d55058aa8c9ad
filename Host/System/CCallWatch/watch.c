#define _GNU_SOURCE
#include "include/call_watch.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#define ARGUMENT(context, n)                                                                                           \
  ((context)->uc_mcontext.gregs[(const int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9}[n]])
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#define ARGUMENT(context, n) ((context)->uc_mcontext.regs[n])
#else
#error "name this machine's audit code and the registers of a system call"
#endif

/* Calls that may always be made. */
static const int pure_calls[] = {
    SYS_brk, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_futex, SYS_rt_sigreturn, SYS_rt_sigprocmask,
    SYS_rt_sigaction, SYS_sigaltstack, SYS_sched_yield, SYS_sched_getaffinity, SYS_gettid, SYS_getpid, SYS_tgkill,
    SYS_getrandom, SYS_exit, SYS_exit_group, SYS_set_robust_list, SYS_rseq, SYS_umask, SYS_chdir,
    SYS_prlimit64, SYS_setitimer, SYS_getcwd};
/* Calls that loading a library takes; the only open is one by openat, which the handler looks at. */
static const int load_calls[] = {
    SYS_mmap, SYS_read, SYS_pread64, SYS_close, SYS_fstat, SYS_newfstatat, SYS_lseek, SYS_readlinkat, SYS_faccessat,
#ifdef SYS_stat
    SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#endif
};

/* Marks, in an argument openat does not have, the call that the handler itself makes. */
static const uint32_t own_call = 0x57484152;

static const char *allowed_path, *opened, *stopped;
static char opened_path[4096], stopped_name[64];

static const char *name_of(int number) {
#define CALL(name)                                                                                                     \
  case SYS_##name: return #name
  switch (number) {
    CALL(accept4); CALL(bind); CALL(clock_nanosleep); CALL(connect); CALL(dup); CALL(dup3); CALL(epoll_create1);
    CALL(execve); CALL(execveat); CALL(fchmodat); CALL(fcntl); CALL(fsync); CALL(ftruncate); CALL(getppid);
    CALL(getuid); CALL(ioctl); CALL(kill); CALL(linkat); CALL(listen); CALL(memfd_create); CALL(mkdirat); CALL(mmap);
    CALL(mount); CALL(nanosleep); CALL(openat); CALL(personality); CALL(pipe2); CALL(ppoll); CALL(prctl);
    CALL(pselect6); CALL(ptrace); CALL(pwrite64); CALL(read); CALL(readv); CALL(recvfrom); CALL(renameat2);
    CALL(sendmsg); CALL(sendto); CALL(setsid); CALL(setuid); CALL(socket); CALL(socketpair); CALL(symlinkat);
    CALL(times); CALL(uname); CALL(unlinkat); CALL(wait4); CALL(write); CALL(writev); CALL(close); CALL(fstat);
    CALL(newfstatat); CALL(lseek); CALL(faccessat); CALL(readlinkat); CALL(getdents64); CALL(sched_setaffinity);
#ifdef SYS_open
    CALL(open); CALL(stat); CALL(lstat); CALL(access); CALL(fork); CALL(vfork); CALL(unlink); CALL(rename);
    CALL(mkdir); CALL(rmdir); CALL(pipe); CALL(poll); CALL(select); CALL(creat); CALL(chmod); CALL(readlink);
    CALL(pause); CALL(alarm); CALL(time);
#endif
  }
#undef CALL
  snprintf(stopped_name, sizeof stopped_name, "number %d", number);
  return stopped_name;
}

static void on_stopped_call(int signal, siginfo_t *information, void *raw) {
  (void)signal;
  ucontext_t *context = raw;
  const int before = errno, number = information->si_syscall;
  if (number == SYS_openat && allowed_path) {
    const char *path = (const char *)ARGUMENT(context, 1);
    /* A process may look at itself: Swift's runtime, linked into the file, looks for the command line that way. */
    if (strcmp(path, allowed_path) != 0 && strcmp(path, "/proc/self/maps") != 0 && !opened) {
      snprintf(opened_path, sizeof opened_path, "%s", path);
      opened = opened_path;
    }
    const long result = syscall(SYS_openat, ARGUMENT(context, 0), path, ARGUMENT(context, 2), ARGUMENT(context, 3), 0L,
                                (long)own_call);
    RESULT(context) = result < 0 ? -errno : result;
  } else {
    if (!stopped) stopped = name_of(number);
    RESULT(context) = -EPERM;
  }
  errno = before;
}

/* The filter as it grows. */
static struct sock_filter program[256];
static unsigned short length;

static void emit(uint16_t code, uint32_t k, uint8_t yes, uint8_t no) {
  program[length++] = (struct sock_filter){code, yes, no, k};
}
static void load(uint32_t offset) { emit(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void answer(uint32_t action) { emit(BPF_RET | BPF_K, action, 0, 0); }
static void allow(int number) {
  emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1);
  answer(SECCOMP_RET_ALLOW);
}
/* Allows a call by the low half of an argument; afterwards the number is loaded again. */
static void allow_if(int number, int argument, uint16_t comparison, uint32_t value) {
  emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 4);
  load((uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)argument));
  emit(BPF_JMP | comparison | BPF_K, value, 0, 1);
  answer(SECCOMP_RET_ALLOW);
  load(offsetof(struct seccomp_data, nr));
}

int call_watch_start(int what, int channel, const char *path) {
  struct sigaction action = {.sa_sigaction = on_stopped_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
  if (sigaction(SIGSYS, &action, NULL) != 0) return errno;
  allowed_path = what == CALL_WATCH_LOAD ? path : NULL;
  load(offsetof(struct seccomp_data, arch));
  emit(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  answer(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(struct seccomp_data, nr));
  for (size_t i = 0; i < sizeof pure_calls / sizeof *pure_calls; i++) allow(pure_calls[i]);
  allow_if(SYS_write, 0, BPF_JEQ, (uint32_t)channel);
  /* Threads, not processes. The flags of clone3 cannot be seen; without it the C library takes clone. */
  allow_if(SYS_clone, 0, BPF_JSET, CLONE_THREAD);
  emit(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
  answer(SECCOMP_RET_ERRNO | ENOSYS);
  if (what == CALL_WATCH_LOAD) {
    for (size_t i = 0; i < sizeof load_calls / sizeof *load_calls; i++) allow(load_calls[i]);
    allow_if(SYS_openat, 5, BPF_JEQ, own_call);
    /* Whether a descriptor is a terminal: Swift's runtime asks when it is linked into the file. It changes nothing. */
    allow_if(SYS_ioctl, 1, BPF_JEQ, TCGETS);
  } else {
    allow_if(SYS_mmap, 4, BPF_JEQ, UINT32_MAX); /* memory without a file */
  }
  answer(SECCOMP_RET_TRAP);
  const struct sock_fprog filter = {length, program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    return errno;
  return 0;
}

const char *call_watch_stopped(void) { return stopped; }
const char *call_watch_opened(void) { return opened; }

void call_watch_end_with(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() != parent) raise(SIGKILL);
}
