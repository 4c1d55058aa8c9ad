/* Starting a program with nothing of this process but what it is given. */
#ifndef HOST_SANDBOX_LAUNCH_H
#define HOST_SANDBOX_LAUNCH_H

#include <stdint.h>
#include <sys/types.h>

typedef struct {
  const char *executable; /* a path */
  char *const *arguments; /* the program's name first, null at the end */
  char *const *variables; /* the whole environment, null at the end */
  int input;              /* becomes 0; -1: /dev/null does */
  int output, errors;     /* become 1 and 2 */
  const int *descriptors; /* become 3, 4, ... in the child */
  uint32_t descriptor_count;
  int has_own_session; /* else a process group of its own in this session */
} sandbox_launch;

/* Starts it: no descriptors but those, `/` as working directory, default signals, and SIGKILL when this process ends,
 * however it ends. Returns the process's id or a negative errno. Blocks until the program runs. From any thread; the child
 * belongs to a thread that never ends. */
pid_t sandbox_start(const sandbox_launch *launch);

/* A descriptor that becomes readable when a child ends, or a negative errno. */
int sandbox_process_descriptor(pid_t process);

/* `SEGV` for 11; null for what is no signal. */
const char *sandbox_signal_name(int number);

#endif
