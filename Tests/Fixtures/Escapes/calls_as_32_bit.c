/* Calls the kernel as a 32-bit program does, with that list of numbers. */
#include "escape.h"

static void attempt(void) {
#ifdef __x86_64__
  int result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory", "r8", "r9", "r10", "r11");
  if (result > 0) escaped("int 0x80");
#else
  raise(SIGSYS);
#endif
}
