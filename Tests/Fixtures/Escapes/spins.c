/* Never comes back, working. */
#include "escape.h"

static void attempt(void) {
  for (volatile unsigned long turns = 0;; turns++) {
  }
}
