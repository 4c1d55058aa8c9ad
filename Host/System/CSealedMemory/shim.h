/* Memory with a descriptor that nobody can change any more once it is sealed (memfd_create(2), fcntl(2)). */
#include <errno.h>
#include <fcntl.h>

extern int memfd_create(const char *name, unsigned int flags);

/* Empty memory that can be written to, closed on exec; -1 and errno when there is none. Its content may be run as code,
   which kernels before 6.3 take for granted and refuse to be told. */
static inline int host_memory_create(const char *name) {
  const unsigned int close_on_exec = 1, allow_sealing = 2, executable = 0x10;
  int descriptor = memfd_create(name, close_on_exec | allow_sealing | executable);
  if (descriptor < 0 && errno == EINVAL) descriptor = memfd_create(name, close_on_exec | allow_sealing);
  return descriptor;
}

/* Forbids every later change of content, size and seals, through any descriptor; -1 and errno when it cannot. */
static inline int host_memory_seal(int descriptor) {
  const int add_seals = 1024 + 9, no_more_seals = 1, no_shrink = 2, no_growth = 4, no_write = 8;
  return fcntl(descriptor, add_seals, no_more_seals | no_shrink | no_growth | no_write);
}
