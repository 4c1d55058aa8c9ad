/* What the host and its children speak through. */
#ifndef HOST_CHILD_H
#define HOST_CHILD_H

/* A descriptor that counts, closed in children; -1 on failure. */
int host_child_event(void);

/* A pipe, closed in children: 0, or -1 on failure. */
int host_child_pipe(int ends[2]);

/* How many bytes a pipe should hold; where the system allows fewer it stays as it is. */
void host_child_hold(int pipe, int bytes);

#endif
