/* Takes memory until there is none. */
#include "escape.h"

static void attempt(void) {
  const size_t step = 16 << 20;
  size_t taken = 0;
  for (char *piece; taken < (size_t)8 << 30 && (piece = malloc(step)); taken += step) memset(piece, 1, step);
  if (taken > (size_t)1 << 30) escaped("more than a gigabyte");
  REFUSED(mmap(NULL, (size_t)1 << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  REFUSED(mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0));
  REFUSED(mlock(&taken, sizeof taken));
  REFUSED(syscall(SYS_memfd_create, "x", 0));
  REFUSED(syscall(SYS_shmget, 0, 4096, 0600));
}
