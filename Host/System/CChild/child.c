#define _GNU_SOURCE
#include "host_child.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

int host_child_event(void) { return eventfd(0, EFD_CLOEXEC); }

int host_child_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void host_child_hold(int pipe, int bytes) { (void)fcntl(pipe, F_SETPIPE_SZ, bytes); }
