/* System calls that the C library of Debian 12 has no function or no constants for. Each answers as the kernel does: a
 * value, or a negative errno. */
#ifndef HOST_SANDBOX_KERNEL_H
#define HOST_SANDBOX_KERNEL_H

#include <stdint.h>

/* The version of Landlock; a negative errno where there is none. */
int sandbox_landlock_version(void);

/* A ruleset that handles every access right and scope this kernel knows, whatever its age: a descriptor. */
int sandbox_landlock_ruleset(void);

/* Lets what holds for the ruleset read one file. */
int sandbox_landlock_allow_reading(int ruleset, const char *path);

/* Puts the calling thread under a ruleset. */
int sandbox_landlock_restrict(int ruleset);

/* Gives up the right to gain rights by starting a program. */
int sandbox_forgo_new_privileges(void);

/* Whether the kernel has that. */
int sandbox_has_no_new_privileges(void);

/* Whether filters of system calls may raise SIGSYS, which attempts are told by. */
int sandbox_has_filter(void);

/* Gives up every capability for good; what cannot be given up was not there. */
int sandbox_drop_capabilities(void);

/* Keeps other processes of the same user from looking into this one. */
int sandbox_hide_memory(void);

/* Allows no file, core, locked memory, message queue or real-time priority more, and processes and threads of this user
 * only while all together are at most this many. */
int sandbox_allow_no_more(uint64_t tasks);

/* Makes root a user that nobody else is, in a group of nobody, and has SIGKILL sent when the parent ends all the same.
 * Only if that user can read all these files: 0 when it is done, 1 when the process stays root. */
int sandbox_become_nobody(const char *const *files, uint32_t count);

/* A pipe of which neither end ever blocks; closed by exec. */
int sandbox_pipe(int ends[2]);

/* Closes every descriptor from `first` on. */
int sandbox_close_from(unsigned int first);

/* A file in memory of this many bytes that can neither grow nor shrink: a descriptor. */
int sandbox_sealed_memory(uint64_t size);

#endif
