#define _GNU_SOURCE
#include "include/sandbox_attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* A file is opened to be read, not to be made, written, listed, or asked about. */
#define SANDBOX_FORBIDDEN_FLAGS \
  ((uint64_t)(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_TMPFILE | O_PATH | O_DIRECTORY))

const uint64_t sandbox_forbidden_flags = SANDBOX_FORBIDDEN_FLAGS, sandbox_probe = ~0ULL;

static sandbox_attempts *report;
static uint64_t passing;
static volatile sig_atomic_t is_loading;

sandbox_attempts *sandbox_share_attempts(int file) {
  void *memory = mmap(NULL, sizeof(sandbox_attempts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void sandbox_release_attempts(sandbox_attempts *attempts) { munmap(attempts, sizeof *attempts); }

int sandbox_copy_attempt(const sandbox_attempts *attempts, uint32_t place, sandbox_attempt *out) {
  if (place >= SANDBOX_NOTED) return 0;
  const sandbox_attempt *from = &attempts->noted[place];
  if (!__atomic_load_n(&from->is_complete, __ATOMIC_ACQUIRE)) return 0;
  memcpy(out, from, sizeof *out);
  if (out->length > SANDBOX_TEXT) out->length = SANDBOX_TEXT;
  return 1;
}

/* Which argument of a call is a path; -1 for none. */
static int path_argument(long number) {
  switch (number) {
#ifdef __x86_64__
  case SYS_open: case SYS_creat: case SYS_stat: case SYS_lstat: case SYS_access: case SYS_readlink: case SYS_unlink:
  case SYS_mkdir: case SYS_rmdir: case SYS_rename: case SYS_link: case SYS_symlink: case SYS_chmod: case SYS_chown:
  case SYS_mknod:
#endif
  case SYS_execve: case SYS_chdir: case SYS_chroot: case SYS_truncate: case SYS_umount2: case SYS_mount: case SYS_statfs:
  case SYS_swapon: case SYS_acct:
    return 0;
  case SYS_openat: case SYS_openat2: case SYS_execveat: case SYS_newfstatat: case SYS_statx: case SYS_faccessat:
  case SYS_faccessat2: case SYS_readlinkat: case SYS_unlinkat: case SYS_mkdirat: case SYS_renameat2: case SYS_mknodat:
  case SYS_fchmodat: case SYS_fchownat:
    return 1;
  default:
    return -1;
  }
}

/* Whether eight bytes can be read, asked of the kernel: it reads them before it refuses the first argument, with which
 * alone the filter lets this call through. */
static int is_readable(uintptr_t address) {
  return syscall(SYS_rt_sigprocmask, sandbox_probe, address & ~(uintptr_t)7, NULL, 8) == 0 || errno == EINVAL;
}

/* A text of a caller that may pass any address. */
static uint32_t copy_text(char *to, uint32_t limit, uintptr_t from) {
  uint32_t length = 0;
  for (; length < limit; length++) {
    const uintptr_t address = from + length;
    if ((length == 0 || address % 8 == 0) && !is_readable(address)) break;
    to[length] = *(const volatile char *)address;
    if (!to[length]) break;
  }
  return length;
}

static void note(long number, const uint64_t arguments[6]) {
  static uint32_t of_call[512];
  const uint32_t earlier = __atomic_fetch_add(&of_call[number & 511], 1, __ATOMIC_RELAXED);
  if (earlier >= SANDBOX_NOTED_OF_CALL) {
    __atomic_fetch_add(&report->total, 1, __ATOMIC_RELEASE);
    return;
  }
  const uint32_t place = __atomic_fetch_add(&report->taken, 1, __ATOMIC_RELAXED);
  if (place < SANDBOX_NOTED) {
    sandbox_attempt *slot = &report->noted[place];
    slot->number = (uint32_t)number;
    memcpy(slot->arguments, arguments, sizeof slot->arguments);
    const int path = path_argument(number);
    slot->length = path < 0 ? 0 : copy_text(slot->text, SANDBOX_TEXT, (uintptr_t)arguments[path]);
    __atomic_store_n(&slot->is_complete, 1, __ATOMIC_RELEASE);
  }
  __atomic_fetch_add(&report->total, 1, __ATOMIC_RELEASE);
}

/* Whether the caller only asks about a descriptor it has. */
static int asks_about_descriptor(const uint64_t arguments[6]) {
  const uintptr_t path = (uintptr_t)arguments[1];
  return (arguments[3] & AT_EMPTY_PATH) && (!path || (is_readable(path) && !*(const volatile char *)path));
}

/* Changes the mask of signals that the caller goes on with, but never blocks the one by which attempts are noticed: the
 * C library blocks all of them while it starts a thread. */
static long change_mask(const uint64_t arguments[6], uint64_t *mask) {
  const uint64_t unblockable = 1ULL << (SIGSYS - 1) | 1ULL << (SIGKILL - 1) | 1ULL << (SIGSTOP - 1);
  const uintptr_t wanted = (uintptr_t)arguments[1], before = (uintptr_t)arguments[2];
  const uint64_t old = *mask;
  if (arguments[3] != sizeof *mask) return -EINVAL;
  if (wanted) {
    uint64_t set;
    if (!is_readable(wanted) || !is_readable(wanted + 7)) return -EFAULT;
    memcpy(&set, (const void *)wanted, sizeof set);
    switch ((int)arguments[0]) {
    case SIG_BLOCK: *mask = old | (set & ~unblockable); break;
    case SIG_UNBLOCK: *mask = old & ~set; break;
    case SIG_SETMASK: *mask = set & ~unblockable; break;
    default: return -EINVAL;
    }
  }
  if (before && (!is_readable(before) || !is_readable(before + 7))) return -EFAULT;
  if (before) memcpy((void *)before, &old, sizeof old);
  return 0;
}

/* What a refused call is answered with: a negative errno, or the result of what is done in its stead. */
static long answer(long number, const uint64_t arguments[6], uint64_t *mask) {
  if (number == SYS_rt_sigprocmask) return change_mask(arguments, mask);
  if (number == SYS_newfstatat) {
    if (asks_about_descriptor(arguments)) {
      const long result = syscall(SYS_fstat, arguments[0], arguments[2]);
      return result < 0 ? -errno : result;
    }
    /* The loader asks whether the folders of its search exist. It may believe so of any, and learns nothing. */
    if (is_loading && is_readable((uintptr_t)arguments[2]) && is_readable((uintptr_t)arguments[2] + 136)) {
      struct stat *out = (struct stat *)(uintptr_t)arguments[2];
      memset(out, 0, sizeof *out);
      out->st_mode = S_IFDIR | 0555;
      return 0;
    }
  }
  if (number == SYS_openat && is_loading && !(arguments[2] & SANDBOX_FORBIDDEN_FLAGS)) {
    const long file = syscall(SYS_openat, arguments[0], arguments[1], arguments[2], arguments[3], 0UL, passing);
    if (file >= 0) return file;
    if (errno != EACCES) return -errno;
  }
  note(number, arguments);
  switch (number) {
  case SYS_clone: return -EAGAIN; /* pthread_create hands it on */
  case SYS_openat: return -EACCES;
  default: return -EPERM;
  }
}

static void on_refusal(int signal, siginfo_t *info, void *context) {
  (void)signal;
  if (info->si_code != 1 /* SYS_SECCOMP */) return;
  const int saved = errno;
  mcontext_t *machine = &((ucontext_t *)context)->uc_mcontext;
  /* Of the C library's set of signals the kernel has the first eight bytes. */
  uint64_t mask;
  memcpy(&mask, &((ucontext_t *)context)->uc_sigmask, sizeof mask);
#if defined(__x86_64__)
  const greg_t *r = machine->gregs;
  const uint64_t arguments[6] = {(uint64_t)r[REG_RDI], (uint64_t)r[REG_RSI], (uint64_t)r[REG_RDX],
                                 (uint64_t)r[REG_R10], (uint64_t)r[REG_R8], (uint64_t)r[REG_R9]};
  machine->gregs[REG_RAX] = answer(info->si_syscall, arguments, &mask);
#elif defined(__aarch64__)
  uint64_t arguments[6];
  for (int i = 0; i < 6; i++) arguments[i] = machine->regs[i];
  machine->regs[0] = (uint64_t)answer(info->si_syscall, arguments, &mask);
#else
#error "the registers of a system call are not known here"
#endif
  memcpy(&((ucontext_t *)context)->uc_sigmask, &mask, sizeof mask);
  errno = saved;
}

int sandbox_watch(sandbox_attempts *attempts, uint64_t pass) {
  report = attempts;
  passing = pass;
  is_loading = 1;
  struct sigaction action = {0};
  action.sa_sigaction = on_refusal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigset_t refusal;
  sigemptyset(&refusal);
  sigaddset(&refusal, SIGSYS);
  /* A crash ends the process at once, without the runtime's attempts to describe it. */
  static const int crashes[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  struct sigaction usual = {0};
  usual.sa_handler = SIG_DFL;
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &usual, NULL);
  if (sigaction(SIGSYS, &action, NULL) != 0 || sigprocmask(SIG_UNBLOCK, &refusal, NULL) != 0) return -errno;
  return 0;
}

void sandbox_end_loading(void) { is_loading = 0; }
