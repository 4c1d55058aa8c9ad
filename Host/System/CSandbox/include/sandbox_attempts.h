/* What a contained process tried and was refused, noted in memory that it shares with the one that contains it.
 *
 * The contained process can write whatever it likes there: the reader takes every number for hostile, and what it reads
 * speaks only of the process it reads from. */
#ifndef HOST_SANDBOX_ATTEMPTS_H
#define HOST_SANDBOX_ATTEMPTS_H

#include <stdint.h>

enum { SANDBOX_NOTED = 120, SANDBOX_NOTED_OF_CALL = 12, SANDBOX_TEXT = 212 };

/* One refused system call. */
typedef struct {
  uint32_t number;
  uint32_t length; /* of text */
  uint64_t arguments[4];
  uint32_t is_complete;
  char text[SANDBOX_TEXT]; /* the path it named, if it names one */
} sandbox_attempt;

/* The first ones of each system call in full, so that many of one kind hide no other; the rest as a count. */
typedef struct {
  uint32_t total;
  uint32_t taken; /* slots given out; more than there are once they are full */
  sandbox_attempt noted[SANDBOX_NOTED];
} sandbox_attempts;

/* Shares the memory behind a descriptor; null on failure. Unmapped by sandbox_release_attempts. */
sandbox_attempts *sandbox_share_attempts(int file);
void sandbox_release_attempts(sandbox_attempts *attempts);

/* How many attempts there were so far. */
static inline uint32_t sandbox_attempt_count(const sandbox_attempts *attempts) {
  return __atomic_load_n(&attempts->total, __ATOMIC_ACQUIRE);
}

/* Copies one that was noted; 1 if there is one at this place. */
int sandbox_copy_attempt(const sandbox_attempts *attempts, uint32_t place, sandbox_attempt *out);

/* Answers every refused system call of this process with an error and notes it, from now on. `pass` is the argument
 * beyond its own with which opening a file is let through, while the plugin is being loaded. A negative errno on failure. */
int sandbox_watch(sandbox_attempts *attempts, uint64_t pass);

/* Flags with which no file is opened, ever. */
extern const uint64_t sandbox_forbidden_flags;
/* The first argument with which the mask of signals is asked for nothing but whether memory can be read. */
extern const uint64_t sandbox_probe;

/* The plugin is loaded: no more files are opened. */
void sandbox_end_loading(void);

#endif
