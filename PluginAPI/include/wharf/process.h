/* "wharf.process/1": runs of commands that a person has named.
 *
 * The plugin says a name ("process:NAME" in its manifest); which file runs and with which fixed arguments is written in
 * the host's configuration. No shell is involved. The command gets an environment of its own with nothing from the
 * host, a process group of its own, the root folder to work in, and closed descriptors except its three streams. It
 * ends with the instance that started it, and with the host. */
#ifndef WHARF_PROCESS_H
#define WHARF_PROCESS_H

#include "base.h"

/* How to stop a command. */
enum {
  WHARF_PROCESS_INTERRUPT = 1, /* as control-C does */
  WHARF_PROCESS_TERMINATE = 2, /* asks it to end */
  WHARF_PROCESS_KILL = 3       /* ends it, and all it started */
};

/* Which stream a piece of output came from. */
enum { WHARF_PROCESS_OUTPUT = 1, WHARF_PROCESS_ERRORS = 2 };

/* One argument. */
typedef struct wharf_process_argument_v1 {
  const char *text; /* UTF-8 without NUL; templates are not replaced: other processes can read arguments */
  uint64_t text_length;
} wharf_process_argument;

/* One variable of the command's environment. */
typedef struct wharf_process_variable_v1 {
  const char *name; /* capital letters, digits and _, no digit first; the host refuses those of the loader (LD_...) */
  uint64_t name_length;
  const char *value; /* may hold ${secret:NAME}, as in http.h; what it put in is cut out of the output again */
  uint64_t value_length;
} wharf_process_variable;

/* A run to be. Everything in it is in, and lives until start returns. */
typedef struct wharf_process_request_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  const char *command; /* NAME of the manifest's "process:NAME" */
  uint64_t command_length;
  const wharf_process_argument *arguments; /* after those of the configuration; at most 256 */
  uint64_t argument_count;
  const wharf_process_variable *variables; /* at most 64 */
  uint64_t variable_count;
  int64_t timeout;       /* nanoseconds until the host kills it; 0: the host's own */
  uint64_t output_limit; /* bytes held that were not read yet; a full stream makes the command wait; 0: 1 MiB */
} wharf_process_request;

/* Where output and the end go. */
typedef struct wharf_process_sink_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  void *context; /* handed back on each call */

  /* Takes the next piece of a stream, at least one byte. stream is WHARF_PROCESS_OUTPUT or WHARF_PROCESS_ERRORS; pieces
   * end anywhere, also inside a line or a character. data lives until this call returns. Since 1.1. [serial] */
  void (*output)(void *context, int32_t stream, const void *data, uint64_t length);

  /* Takes the end, after the last output. code is the exit status, 0 to 255; or -1, and then signal is the number of
   * the signal that ended it; else signal is 0. timed_out is 1 when the host killed it for its timeout, else 0.
   * Since 1.1. [serial] */
  void (*exit)(void *context, int32_t code, int32_t signal, int32_t timed_out);
} wharf_process_sink;

/* The host table. It is there for a plugin whose manifest asks for a command. A process is a number of the host's, not
 * the system's, never 0 and never used twice; it belongs to the instance that started it. */
typedef struct wharf_process_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Starts a command.
   *
   * host         in.
   * request      in; valid until this call returns.
   * out_process  out; the process; untouched on failure.
   * Returns WHARF_OK when it runs; WHARF_E_INVALID for a malformed request; WHARF_E_REJECTED for a command or secret
   * that is not granted, which is a security event; WHARF_E_CONFIGURATION when the command or a secret is not
   * configured; WHARF_E_BUSY when the instance runs as many as it may; WHARF_E_NOT_SENT when it could not be started
   * (see the log): nothing ran. Since 1.1. [any-thread] */
  wharf_status (*start)(const wharf_host *host, const wharf_process_request *request, uint64_t *out_process);

  /* Writes to the standard input.
   *
   * process      from start.
   * data         in; length bytes, valid until this call returns.
   * finish       1: closes the input when all of data went in; else 0.
   * timeout      nanoseconds to wait for the command to read; 0: only what the stream takes at once.
   * out_written  out; how many bytes went in, which may be fewer than length; untouched on failure.
   * Returns WHARF_OK when any byte went in, or none was to; WHARF_E_BUSY when the command read nothing in time: read
   * its output, then offer the rest; WHARF_E_END when the input is closed or the command ended; WHARF_E_NOT_FOUND for a
   * process that this instance does not have; WHARF_E_INVALID for a malformed argument. May block.
   * Since 1.1. [any-thread] */
  wharf_status (*write)(const wharf_host *host, uint64_t process, const void *data, uint64_t length, int32_t finish,
                        int64_t timeout, uint64_t *out_written);

  /* Waits for output and hands over all that is there.
   *
   * process  from start; two reads of one process must not overlap.
   * timeout  nanoseconds to wait for the first piece; 0: only what is there already.
   * sink     in; called on the calling thread, zero or more times before returning.
   * Returns WHARF_OK after one or more pieces; WHARF_E_BUSY when none came; WHARF_E_END after exit went to the sink,
   * once: the process is then forgotten; WHARF_E_NOT_FOUND and WHARF_E_INVALID as write. Must not be called from a
   * sink. May block. Since 1.1. [any-thread] */
  wharf_status (*read)(const wharf_host *host, uint64_t process, int64_t timeout, const wharf_process_sink *sink);

  /* Asks a command to end; read tells when it has. process is from start, how is WHARF_PROCESS_INTERRUPT, _TERMINATE or
   * _KILL. Returns WHARF_OK, also when it has ended already; WHARF_E_INVALID for another how; WHARF_E_NOT_FOUND as
   * write. Since 1.1. [any-thread] */
  wharf_status (*stop)(const wharf_host *host, uint64_t process, int32_t how);
} wharf_process;

#endif
