/* The strategy of strategy.c, with a label; its faults are those of options. */
#define FIXTURE_OPTIONS
#include "strategy.c"
