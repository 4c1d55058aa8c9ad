import CSandbox
import CSeccomp
import Glibc

/// The system calls a contained process may make (seccomp(2)): those of the list below. Any other raises the signal by
/// which attempts are noted; one of another architecture kills.
struct SystemCallFilter: ~Copyable {
  private let filter: scmp_filter_ctx
  private let pass: UInt64
  private let lastKept: Int32
  private let mayHaveThreads: Bool

  // The actions of linux/seccomp.h, which are macros with arguments in libseccomp's header.
  private static let allow: UInt32 = 0x7fff_0000
  private static let trap: UInt32 = 0x0003_0000
  private static let killProcess: UInt32 = 0x8000_0000
  private static func answer(_ errno: Int32) -> UInt32 { 0x0005_0000 | UInt32(errno) }

  /// Calls that can do no harm whatever they are given, behind the other layers and without descriptors that lead out.
  private static let harmless = [
    // Descriptors it has.
    "read", "readv", "pread64", "write", "writev", "recvfrom", "recvmsg", "sendmsg", "lseek", "fstat", "poll", "ppoll",
    "select", "pselect6",
    // Memory, which the address space limits.
    "brk", "munmap", "mremap", "madvise", "membarrier",
    // Time, chance, and what it is.
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom", "getpid",
    "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "getrlimit", "times", "uname",
    "sysinfo", "getcpu", "sched_yield", "sched_getaffinity",
    // Its threads.
    "futex", "set_robust_list", "get_robust_list", "rseq", "set_tid_address", "rt_sigreturn",
    "sigaltstack", "restart_syscall", "exit", "exit_group",
  ]

  /// - Parameters:
  ///   - pass: the sixth argument with which a file may be opened for reading; the kernel ignores it.
  ///   - lastKept: the last descriptor that may not be closed.
  ///   - mayHaveThreads: whether threads may be made, which the kernel counts.
  init(pass: UInt64, lastKept: Int32, mayHaveThreads: Bool) throws(SandboxError) {
    guard let filter = seccomp_init(SystemCallFilter.trap) else {
      throw .refused(step: "making a filter of system calls", errno: ENOMEM)
    }
    self.filter = filter
    self.pass = pass
    self.lastKept = lastKept
    self.mayHaveThreads = mayHaveThreads
  }

  deinit { seccomp_release(filter) }

  /// Says what is allowed; before it is installed.
  func addRules() throws(SandboxError) {
    try checked("setting the filter", seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SystemCallFilter.killProcess))
    // A search tree instead of a list; older libraries have none.
    _ = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)
    for name in SystemCallFilter.harmless { try rule(SystemCallFilter.allow, name) }
    try addMemoryRules()
    try addDescriptorRules()
    try addProcessRules()
  }

  /// Puts the process under the filter, for good.
  func install() throws(SandboxError) { try checked("installing the filter of system calls", seccomp_load(filter)) }

  private func addMemoryRules() throws(SandboxError) {
    let (write, execute) = (UInt64(PROT_WRITE), UInt64(PROT_EXEC))
    let anonymous = UInt64(MAP_ANONYMOUS)
    let huge: UInt64 = 0x40000  // MAP_HUGETLB: a store that all processes share
    try rule(SystemCallFilter.allow, "mmap", [bits(2, execute, are: 0), bits(3, huge, are: 0)])
    // The code of a library, as it stands in its file.
    try rule(
      SystemCallFilter.allow, "mmap", [bits(2, write | execute, are: execute), bits(3, anonymous | huge, are: 0)])
    try rule(SystemCallFilter.allow, "mprotect", [bits(2, execute, are: 0)])
  }

  private func addDescriptorRules() throws(SandboxError) {
    try rule(SystemCallFilter.allow, "openat", [bits(2, sandbox_forbidden_flags, are: 0), equal(5, pass)])
    // An int is compared with all the bits of its register, of which the kernel then drops half: so only equality says
    // enough of one.
    for number in (lastKept + 1)..<ResourceLimits.descriptors {
      try rule(SystemCallFilter.allow, "close", [equal(0, UInt64(number))])
    }
    try rule(SystemCallFilter.allow, "close_range", [equal(0, UInt64(lastKept + 1))])
    // To whom the socket is connected, never to an address.
    try rule(SystemCallFilter.allow, "sendto", [equal(4, 0)])
    for command in [F_GETFD, F_SETFD, F_GETFL] {
      try rule(SystemCallFilter.allow, "fcntl", [equal(1, UInt64(command))])
    }
    // What the C library asks of an output to choose its buffer.
    try rule(SystemCallFilter.answer(ENOTTY), "ioctl", [equal(1, UInt64(TCGETS))])
  }

  private func addProcessRules() throws(SandboxError) {
    // What abort and raise do.
    try rule(SystemCallFilter.allow, "tgkill", [equal(0, UInt64(getpid()))])
    try rule(SystemCallFilter.allow, "rt_sigprocmask", [equal(0, sandbox_probe)])
    for signal in 1...64 where signal != SIGSYS {
      try rule(SystemCallFilter.allow, "rt_sigaction", [equal(0, UInt64(signal))])
    }
    // To read a limit, and to lower that of descriptors, which nobody can raise again.
    try rule(SystemCallFilter.allow, "prlimit64", [equal(0, 0), equal(2, 0)])
    try rule(SystemCallFilter.allow, "prlimit64", [equal(0, 0), equal(1, UInt64(RLIMIT_NOFILE.rawValue))])
    try rule(SystemCallFilter.allow, "setrlimit", [equal(0, UInt64(RLIMIT_NOFILE.rawValue))])
    // linux/prctl.h: PR_SET_NAME, PR_GET_NAME; and PR_SET_VMA, with which later C libraries name their memory.
    for option in [15, 16] as [UInt64] { try rule(SystemCallFilter.allow, "prctl", [equal(0, option)]) }
    try rule(SystemCallFilter.answer(EINVAL), "prctl", [equal(0, 0x5356_4d41)])
    // The C library tries clone next, whose arguments can be seen.
    try rule(SystemCallFilter.answer(ENOSYS), "clone3")
    if mayHaveThreads {
      // linux/sched.h: what makes a thread of this process, VM | FS | FILES | SIGHAND | THREAD, and, as it likes,
      // SYSVSEM | SETTLS | PARENT_SETTID | CHILD_CLEARTID | DETACHED | CHILD_SETTID.
      let (thread, liked) = (0x0001_0f00, 0x017c_0000) as (UInt64, UInt64)
      try rule(SystemCallFilter.allow, "clone", [bits(0, ~liked, are: thread)])
    }
  }

  private func rule(_ action: UInt32, _ name: String, _ conditions: [scmp_arg_cmp] = []) throws(SandboxError) {
    let number = seccomp_syscall_resolve_name(name)
    guard number != -1 else { throw .unknownCall(name) }
    try checked(
      "allowing \(name)", seccomp_rule_add_array(filter, action, number, UInt32(conditions.count), conditions))
  }

  private func equal(_ argument: UInt32, _ value: UInt64) -> scmp_arg_cmp {
    scmp_arg_cmp(arg: argument, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
  }

  private func bits(_ argument: UInt32, _ mask: UInt64, are value: UInt64) -> scmp_arg_cmp {
    scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
  }
}
