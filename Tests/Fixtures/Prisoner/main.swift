import Glibc
import Sandbox
import WharfABI

// Enters the sandbox, loads one strategy plugin, seals itself, and offers the plugin one bar without a host.
// Prisoner PLUGIN [memory=BYTES] [cpu=SECONDS] [free]
// Descriptor 4 is its channel: a connected stream. `free`: without any wall, to see that an escape notices success.
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
var policy = SandboxPolicy(readableFiles: [plugin], keptDescriptors: [Sandbox.firstGivenDescriptor])
for argument in arguments.dropFirst() {
  let parts = argument.split(separator: "=")
  switch parts[0] {
  case "memory": policy.limits.memoryBytes = UInt64(parts[1])!
  case "cpu": policy.limits.processorSeconds = UInt64(parts[1])!
  case "free": isFree = true
  default: fail("unknown argument \(argument)")
  }
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
    let sandbox = try Sandbox.enter(policy)
    let library = load()
    try sandbox.seal()
    offerBar(library)
  }
} catch {
  fail("\(error)")
}
say("PRISONER DONE")
exit(0)
