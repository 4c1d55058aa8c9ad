/* Does all before the host calls it: in an initialiser, which runs while the plugin is being loaded. */
#include "escape.h"

__attribute__((constructor)) static void initialise(void) {
  char text[64];
  struct stat status = {0};
  REFUSED(open(ESCAPE_HOME "/.env", O_RDONLY));
  REFUSED(open("/etc/passwd", O_RDONLY));
  REFUSED(open("/etc/passwd", O_PATH));
  REFUSED(open("/proc/self/environ", O_RDONLY));
  REFUSED(open("/tmp", O_RDONLY | O_DIRECTORY));
  REFUSED(open("/tmp/escaped", O_WRONLY | O_CREAT, 0600));
  REFUSED(socket(AF_INET, SOCK_STREAM, 0));
  REFUSED(syscall(SYS_execve, "/bin/sh", NULL, NULL));
  REFUSED(fork());
  REFUSED(kill(getppid(), SIGKILL));
  REFUSED(readlink("/proc/self/exe", text, sizeof text));
  REFUSED(syscall(SYS_memfd_create, "x", 0));
  REFUSED(syscall(SYS_seccomp, 1, 0, NULL));
  REFUSED(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  /* Whatever it asks about is said to be an empty folder. */
  if (stat("/etc/passwd", &status) == 0 && (status.st_size || S_ISREG(status.st_mode))) escaped("stat");
  if (stat("/nowhere", &status) != 0) escaped("stat tells what is there");
}

static void attempt(void) {}
