/* Calls of the kernel that Swift's Glibc does not show. Each returns what the kernel returns, -1 and errno on failure. */
#ifndef WHARF_CKERNEL_SHIM_H
#define WHARF_CKERNEL_SHIM_H

#include <fcntl.h>
#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Sleeps while *word is expected, at most so many nanoseconds. Works between processes. */
static inline long ckernel_futex_wait(const void *_Nonnull word, uint32_t expected, int64_t nanoseconds) {
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return syscall(SYS_futex, word, FUTEX_WAIT, expected, &limit, (void *)0, 0);
}

/* Wakes whoever sleeps on word, in any process. */
static inline long ckernel_futex_wake(const void *_Nonnull word) {
  return syscall(SYS_futex, word, FUTEX_WAKE, INT32_MAX, (void *)0, (void *)0, 0);
}

/* Memory as a file that can be sealed and is closed by exec. */
static inline int ckernel_memory_file(const char *_Nonnull name) {
  return (int)syscall(SYS_memfd_create, name, 3u /* MFD_CLOEXEC | MFD_ALLOW_SEALING */);
}

/* Fixes the size of such a file for ever. */
static inline int ckernel_fix_size(int file) {
  return fcntl(file, 1033 /* F_ADD_SEALS */, 1 | 2 | 4 /* F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW */);
}

/* A pipe with both flags of pipe2. */
static inline int ckernel_pipe(int ends[_Nonnull 2], int flags) { return (int)syscall(SYS_pipe2, ends, flags); }

/* Tells the processor that this is a waiting loop. */
static inline void ckernel_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
