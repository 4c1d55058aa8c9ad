#define _GNU_SOURCE
#include "include/sandbox_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Landlock, as Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h of Linux 6.15 describe it. The
 * numbers are the same on every architecture. The headers of Debian 12 end at version 2. */
enum { create_ruleset_number = 444, add_rule_number = 445, restrict_self_number = 446 };
enum { version_flag = 1, path_beneath_rule = 1 };
static const uint64_t read_file_right = 1ULL << 2;

/* struct landlock_ruleset_attr: file system since version 1, network since 4, scopes since 6. A kernel that knows fewer
 * members takes the longer structure as long as the rest is zero. */
struct ruleset {
  uint64_t files, network, scopes;
};
struct __attribute__((packed)) path_beneath {
  uint64_t rights;
  int32_t file;
};

static int answer(long result) { return result < 0 ? -errno : (int)result; }

int sandbox_landlock_version(void) { return answer(syscall(create_ruleset_number, NULL, 0, version_flag)); }

static int ruleset(const struct ruleset *what) {
  return answer(syscall(create_ruleset_number, what, sizeof *what, 0));
}

/* Rights are bits without gaps, and the kernel refuses those it does not know: the longest row it takes is all it has. */
static uint64_t all_rights(size_t member) {
  uint64_t known = 0;
  for (int count = 1; count < 64; count++) {
    struct ruleset what = {0, 0, 0};
    const uint64_t row = (1ULL << count) - 1;
    *(uint64_t *)((char *)&what + member) = row;
    const int file = ruleset(&what);
    if (file < 0) break;
    close(file);
    known = row;
  }
  return known;
}

int sandbox_landlock_ruleset(void) {
  const struct ruleset all = {
      all_rights(offsetof(struct ruleset, files)), all_rights(offsetof(struct ruleset, network)),
      all_rights(offsetof(struct ruleset, scopes))};
  return ruleset(&all);
}

int sandbox_landlock_allow_reading(int ruleset, const char *path) {
  const int file = open(path, O_PATH | O_CLOEXEC);
  if (file < 0) return -errno;
  const struct path_beneath rule = {read_file_right, file};
  const int result = answer(syscall(add_rule_number, ruleset, path_beneath_rule, &rule, 0));
  close(file);
  return result;
}

int sandbox_landlock_restrict(int ruleset) { return answer(syscall(restrict_self_number, ruleset, 0)); }

int sandbox_forgo_new_privileges(void) { return answer(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }

int sandbox_has_no_new_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0; }

int sandbox_has_filter(void) {
  uint32_t action = SECCOMP_RET_TRAP;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int sandbox_drop_capabilities(void) {
  for (int number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++) prctl(PR_CAPBSET_DROP, number, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};
  return answer(syscall(SYS_capset, &header, none));
}

int sandbox_hide_memory(void) { return answer(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

/* Whether root's right over other users' processes is there, without which it could not end this one. */
static int may_kill_others(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct now[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};
  return syscall(SYS_capget, &header, now) == 0 && (now[0].effective >> CAP_KILL & 1);
}

int sandbox_become_nobody(const char *const *files, uint32_t count) {
  /* Process numbers end before 2^22, and no system gives users numbers from here on. */
  const uid_t user = 0x7f000000u + (uid_t)getpid();
  const gid_t group = 65534;
  const pid_t parent = getppid();
  if (geteuid() != 0) return 0;
  if (!may_kill_others()) return 1;
  if (setgroups(0, NULL) != 0 || setegid(group) != 0) return 1; /* a namespace without others */
  int can_read = seteuid(user) == 0;
  for (uint32_t i = 0; i < count && can_read; i++) {
    const int file = open(files[i], O_RDONLY | O_CLOEXEC);
    can_read = file >= 0 || errno == ENOENT;
    if (file >= 0) close(file);
  }
  if (seteuid(0) != 0) return -errno;
  if (!can_read) return setegid(0) == 0 ? 1 : -errno;
  if (setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) return -errno;
  /* The kernel forgets it with the user. */
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -errno;
  return getppid() == parent ? 0 : -ESRCH;
}

int sandbox_allow_no_more(uint64_t tasks) {
  const struct rlimit most = {tasks, tasks};
  struct rlimit now;
  if (getrlimit(RLIMIT_NPROC, &now) != 0) return -errno;
  if (now.rlim_max > tasks && setrlimit(RLIMIT_NPROC, &most) != 0) return -errno;
  static const int resources[] = {RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE, RLIMIT_RTPRIO};
  const struct rlimit nothing = {0, 0};
  for (size_t i = 0; i < sizeof resources / sizeof *resources; i++)
    if (setrlimit(resources[i], &nothing) != 0) return -errno;
  return 0;
}

int sandbox_pipe(int ends[2]) { return answer(pipe2(ends, O_CLOEXEC | O_NONBLOCK)); }

int sandbox_close_from(unsigned int first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return 0;
#endif
  const long limit = sysconf(_SC_OPEN_MAX);
  for (long file = first; file < limit; file++) close((int)file);
  return 0;
}

int sandbox_sealed_memory(uint64_t size) {
  const int file = memfd_create("report", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return -errno;
  if (ftruncate(file, (off_t)size) == 0 && fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return file;
  const int failure = errno;
  close(file);
  return -failure;
}
