/* Starts a program as a child that has nothing of its parent. */
#ifndef HOST_CHILD_H
#define HOST_CHILD_H

#include <stdint.h>
#include <sys/types.h>

/* What the child is started with. Everything lives until the call returns. */
typedef struct host_child {
  const char *path;            /* the file, by its full path */
  const char *const *arguments; /* ends with null; the first is the program's own name */
  const char *const *variables; /* ends with null */
  int input;                   /* what becomes its three streams */
  int output;
  int errors;
} host_child;

/* Starts it in a process group of its own, in the root folder, without descriptors but the three, with every signal as
 * usual. The kernel kills it when the calling thread ends, so that thread must last as long as the host.
 * Returns the process, or -1 and then why in out_error, an errno. */
pid_t host_child_start(const host_child *child, int *out_error);

/* A descriptor that is readable once the process has ended; -1 on failure. */
int host_child_descriptor(pid_t process);

/* A descriptor that counts, closed in children; -1 on failure. */
int host_child_event(void);

/* A pipe, closed in children: 0, or -1 on failure. */
int host_child_pipe(int ends[2]);

/* How many bytes a pipe should hold; where the system allows fewer it stays as it is. */
void host_child_hold(int pipe, int bytes);

#endif
