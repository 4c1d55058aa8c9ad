/* Watches which system calls a thread and what it starts make, from inside the process: a seccomp filter that cannot be
 * taken off again, and a handler of SIGSYS that notes what the filter stops. For processes that end soon. */
#ifndef CALL_WATCH_H
#define CALL_WATCH_H

#include <stdint.h>

enum {
  CALL_WATCH_PURE = 1, /* memory, locks, threads and signals only */
  CALL_WATCH_LOAD = 2  /* also what loading a library takes: reading files and mapping them */
};

/* Starts to watch. channel is the one descriptor that may be written to; path the one file that may be opened while
 * loading, which must outlive the process. Returns 0, or the errno. Once a process. */
int call_watch_start(int what, int channel, const char *path);

/* The name of the first call that was stopped, and failed with EPERM; null when there was none. */
const char *call_watch_stopped(void);

/* The path of the first file that was opened besides the allowed one; null when there was none. Such calls go through. */
const char *call_watch_opened(void);

/* Has this process killed when the thread that started it ends, and at once when that is not `parent` any more. */
void call_watch_end_with(int parent);

#endif
