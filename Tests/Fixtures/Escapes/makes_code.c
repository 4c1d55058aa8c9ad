/* Makes new code: memory that is executable and was written to. */
#include "escape.h"

static void attempt(void) {
  static char page[8192] __attribute__((aligned(4096)));
  const int own = PROT_READ | PROT_WRITE, code = PROT_READ | PROT_EXEC, all = own | PROT_EXEC;
  REFUSED(mmap(NULL, 4096, all, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  REFUSED(mmap(NULL, 4096, code, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  REFUSED(mmap(NULL, 4096, code, MAP_SHARED, channel, 0));
  REFUSED(mprotect(page, 4096, code));
  REFUSED(mprotect(page, 4096, all));
  REFUSED(mprotect((void *)((uintptr_t)attempt & ~4095UL), 4096, all));
  REFUSED(syscall(SYS_pkey_mprotect, page, 4096, code, -1));
  REFUSED(syscall(SYS_personality, 0x0400000 /* READ_IMPLIES_EXEC */));
  REFUSED(syscall(SYS_remap_file_pages, page, 4096, 0, 0, 0));
}
