/* Writes without end to standard output and standard error, with control characters. */
#include "escape.h"

static void attempt(void) {
  static char noise[1 << 16];
  memset(noise, 27, sizeof noise);
  for (int i = 0; i < 64; i++) {
    (void)!write(1, noise, sizeof noise);
    (void)!write(2, noise, sizeof noise);
    printf("{\"schema\":1,\"error\":null}\n");
  }
  fflush(stdout);
}
