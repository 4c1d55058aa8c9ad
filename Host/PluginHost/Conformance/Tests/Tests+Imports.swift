import PluginHost

/// Which functions of the system the file uses. A plugin reaches the outside world through host tables only; behind the
/// sandbox these calls fail, so a plugin that needs them works nowhere but on its author's machine.
extension ConformanceSuite {
  static let importTests: [ConformanceTest] = [
    imports(
      "imports-no-network", "The file uses no sockets.", network,
      remedy: "ask the host for wharf.http/1, and name the hosts in the manifest's permissions"),
    imports(
      "imports-no-processes", "The file starts and signals no processes.", processes,
      remedy: "ask the host for wharf.process/1, and name the command in the manifest's permissions"),
    imports(
      "imports-no-loader", "The file loads no further code.", loader,
      remedy: "link what the plugin needs, so that its approval covers it"),
    imports(
      "imports-no-privileges", "The file does not reach for rights or into other processes.", privileges,
      remedy: "leave it out: no plugin needs it"),
    imports(
      "imports-no-exit", "The file does not end the process it is in.", exits, isWarning: true,
      remedy: "answer WHARF_E_FAULT, and the host stops the instance"),
    imports(
      "imports-no-threads", "The file starts no threads of its own.", threads, isWarning: true,
      remedy: "work in the calls the host makes; it may run instances side by side"),
    imports(
      "imports-no-files", "The file opens no files of its own.", files, isWarning: true,
      remedy: "keep state with wharf.state/1; behind the sandbox there are no files"),
    imports(
      "imports-deterministic", "The file has no clock and no randomness of its own.", chance,
      roles: [.strategy, .scanner], isWarning: true,
      remedy: "ask the host for wharf.clock/1 and wharf.random/1, so that a replay decides the same"),
  ]

  private static func imports(
    _ name: String, _ abstract: String, _ words: String, roles: Set<PluginRole> = [], isWarning: Bool = false,
    remedy: String
  ) -> ConformanceTest {
    let listed = Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    return ConformanceTest(name, .image, abstract, roles: roles) { subject, _ in
      let image = try subject.usableImage()
      let isRust = (try? subject.usableManifest())?.language == "rust"
      let ignored = image.carriesSwiftRuntime ? swiftRuntime : isRust ? rustRuntime : []
      let found = try ELFSymbols(image).imports().filter {
        let plain = plainName($0)
        return listed.contains(plain) && !ignored.contains(plain)
      }
      guard !found.isEmpty else { return .pass }
      let finding = Finding(
        "imports", expected: "none of these functions", found: list(found.sorted()), remedy: remedy)
      return isWarning ? .warn(finding) : .fail(finding)
    }
  }

  /// A function's name without what the C library adds for large files and checked buffers: `__open64_2` is `open`.
  private static func plainName(_ symbol: String) -> String {
    var name = symbol[...]
    if name.hasPrefix("__"), !name.hasPrefix("__cxa") { name = name.dropFirst(2) }
    for suffix in ["_chk", "_2", "64"] where name.hasSuffix(suffix) { name = name.dropLast(suffix.count) }
    return String(name)
  }

  private static let network = """
    socket socketpair connect bind listen accept accept4 send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg
    getaddrinfo gethostbyname gethostbyname_r gethostbyaddr getnameinfo res_query res_search curl_easy_init
    curl_easy_perform SSL_connect
    """
  private static let processes = """
    fork vfork clone execl execle execlp execv execve execvp execvpe fexecve posix_spawn posix_spawnp popen system
    daemon kill killpg tgkill pidfd_send_signal wait waitpid wait3 wait4 waitid forkpty
    """
  private static let loader = "dlopen dlmopen uselib memfd_create fdlopen"
  private static let privileges = """
    ptrace process_vm_readv process_vm_writev setuid setgid seteuid setegid setresuid setresgid setgroups capset chroot
    mount umount umount2 pivot_root unshare setns iopl ioperm personality init_module finit_module reboot keyctl
    add_key prctl sethostname swapon syscall
    """
  private static let exits = "exit _exit _Exit quick_exit atexit on_exit"
  private static let threads = "pthread_create thrd_create timer_create"
  private static let files = """
    open openat creat fopen freopen fdopen tmpfile mkstemp mkostemp mkdtemp opendir fdopendir scandir unlink unlinkat
    remove rename renameat mkdir mkdirat rmdir link symlink chmod chown truncate chdir fchdir
    """
  private static let chance = """
    rand srand rand_r random srandom drand48 erand48 lrand48 getrandom getentropy arc4random arc4random_buf
    arc4random_uniform time gettimeofday clock_gettime clock ftime timespec_get localtime localtime_r
    """
  /// What Swift's own runtime uses to show a crash and to read its symbols, when it is linked into the plugin.
  private static let swiftRuntime: Set<String> = [
    "clone", "execvpe", "socketpair", "waitpid", "dlopen", "syscall", "open", "fopen", "clock_gettime", "getrandom",
    "arc4random_buf", "getentropy", "pthread_create", "exit",
  ]
  /// What Rust's standard library uses to wait for a lock and to describe a panic; it is always linked into the plugin.
  private static let rustRuntime: Set<String> = ["syscall", "open", "getrandom"]
}

extension ELFSymbols {
  /// Every name that comes from another library, also those the file can do without.
  fileprivate func imports() throws -> [String] {
    try (1..<max(count, 1)).compactMap { index in
      let symbol = try symbol(index)
      return symbol.address == nil && !symbol.name.isEmpty ? String(decoding: symbol.name, as: UTF8.self) : nil
    }
  }
}

extension ELFImage {
  /// Whether Swift's runtime is linked into the file itself.
  fileprivate var carriesSwiftRuntime: Bool {
    let needsRuntime = (try? ELFLinking(self))?.needed.contains("libswiftCore.so") ?? false
    return section("swift5_type_metadata") != nil && !needsRuntime
  }
}
