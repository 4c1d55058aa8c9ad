import Glibc
import Sandbox
import WharfABI

// Enters the sandbox, loads one strategy plugin, seals itself, and offers the plugin one bar without a host.
// Prisoner PLUGIN [memory=BYTES] [cpu=SECONDS] [free] [time] [without=landlock|seccomp]
// `time`: says what entering and sealing cost.
// Descriptor 4 is its channel: a connected stream. `free`: without any wall, to see that an escape notices success.
// `without`: as on a kernel that lacks this layer.
// Prisoner --parent: starts a child from a thread that ends, says which, and waits for ever.

func say(_ text: String) { _ = write(2, text + "\n", text.utf8.count + 1) }

func fail(_ text: String) -> Never {
  say("PRISONER FAILED: \(text)")
  exit(70)
}

let arguments = CommandLine.arguments.dropFirst()
guard let plugin = arguments.first else { fail("no plugin named") }
if plugin == "--parent" { startChildAndWait() }
var isFree = false
var isTimed = false
var support = SandboxSupport.current
var policy = SandboxPolicy(readableFiles: [plugin], keptDescriptors: [Sandbox.firstGivenDescriptor])
for argument in arguments.dropFirst() {
  let parts = argument.split(separator: "=")
  switch parts[0] {
  case "memory": policy.limits.memoryBytes = UInt64(parts[1])!
  case "cpu": policy.limits.processorSeconds = UInt64(parts[1])!
  case "without" where parts[1] == "landlock": support.landlockABI = nil
  case "without": support.hasSystemCallFilter = false
  case "free": isFree = true
  case "time": isTimed = true
  default: fail("unknown argument \(argument)")
  }
}

/// Pages of memory in use, as far as this process can still tell.
func residentPages() -> Int {
  var usage = rusage()
  getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024 / Int(getpagesize())
}

func load() -> UnsafeMutableRawPointer {
  guard let library = dlopen(plugin, RTLD_NOW | RTLD_LOCAL) else { fail(String(cString: dlerror())) }
  return library
}

func offerBar(_ library: UnsafeMutableRawPointer) {
  guard let symbol = dlsym(library, "wharf_plugin_entry") else { fail("no entry") }
  typealias Entry = @convention(c) () -> UnsafePointer<wharf_plugin>?
  guard let descriptor = unsafeBitCast(symbol, to: Entry.self)() else { fail("no descriptor") }
  let id = "wharf.strategy/1"
  var table: UnsafeRawPointer?
  _ = id.withCString { descriptor.pointee.table($0, UInt64(id.utf8.count), &table) }
  guard let strategy = table?.assumingMemoryBound(to: wharf_strategy.self).pointee else { fail("no strategy") }
  var instance: OpaquePointer?
  _ = strategy.create(nil, &instance)
  var bar = wharf_bar()
  _ = strategy.on_bar(instance, &bar, nil)
}

func startChildAndWait() -> Never {
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { _ in
      guard let child = try? ChildProcess(executable: "/bin/sleep", arguments: ["1000"]) else { fail("no child") }
      say("CHILD \(child.identifier)")
      _ = Unmanaged.passRetained(child)
      return nil
    }, nil)
  pthread_join(thread, nil)
  say("THREAD ENDED")
  while true { sleep(1000) }
}

do throws(SandboxError) {
  if isFree {
    offerBar(load())
  } else {
    let clock = ContinuousClock()
    let (start, pages) = (clock.now, residentPages())
    let sandbox = try Sandbox.enter(policy, support: support)
    if isTimed { say("ENTERED in \(clock.now - start), \(residentPages() - pages) pages more") }
    let library = load()
    let loaded = clock.now
    try sandbox.seal()
    if isTimed { say("SEALED in \(clock.now - loaded)") }
    offerBar(library)
  }
} catch {
  fail("\(error)")
}
say("PRISONER DONE")
exit(0)
