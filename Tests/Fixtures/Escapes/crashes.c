/* Ends its process by a memory fault. */
#include "escape.h"

static void attempt(void) { *(volatile int *)8 = 1; }
