/* Calls the kernel as a program with short pointers does, with that list of numbers. */
#include "escape.h"

static void attempt(void) {
#ifdef __x86_64__
  if (syscall(0x40000000 + SYS_getpid) > 0) escaped("x32");
#endif
}
