/* Ends its process as if all was well. */
#include "escape.h"

static void attempt(void) { _exit(0); }
