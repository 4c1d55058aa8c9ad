import Foundation
import PluginHost
import Testing

/// What a program that is no runner of this host does on its channel, in C, and what the host says of it.
struct FakeRunner: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var code: String
  var found: String

  /// Puts bytes into the ring to the host: its control words begin at 256, its data behind the other ring's.
  private static func tells(_ words: String) -> String {
    "uint32_t words[] = {\(words)}; tell(words, sizeof words); wait();"
  }

  static let all = [
    FakeRunner(testDescription: "nothing", code: "return 5;", found: "ended itself with status 5"),
    FakeRunner(
      testDescription: "a ring with more in it than it holds",
      code: "*(uint32_t *)(memory + 256) = 0xeeeeeeee; wait();",
      found: "sent a ring with 4008636142 bytes in it"),
    FakeRunner(
      testDescription: "a kind that is not", code: tells("16, 77, 0, 0"), found: "sent a message of kind 77"),
    FakeRunner(
      testDescription: "a message without end", code: tells("0xfffffff8, 5, 0, 0"),
      found: "sent a message of 4294967288 bytes"),
    FakeRunner(
      testDescription: "a message within its own header", code: tells("8, 5, 0, 0"), found: "sent a message of 8 bytes"),
    FakeRunner(
      testDescription: "an answer without a call", code: tells("24, 2, 0, 0, 0, 0"),
      found: "sent a message of kind 2, not 5"),
    FakeRunner(
      testDescription: "a call before it is ready", code: tells("16, 1, 0, 0"), found: "sent a message of kind 1, not 5"
    ),
    FakeRunner(
      testDescription: "a report that is none", code: tells("24, 5, 0, 0, 9, 0"), found: "sent load report 9"),
    FakeRunner(
      testDescription: "a descriptor without its bytes", code: tells("40, 5, 0, 0, 0, 0, 1, 16, 0, 0"),
      found: "sent 16 bytes where a message has 0"),
    FakeRunner(
      testDescription: "a reason longer than its message", code: tells("32, 5, 0, 0, 1, 0, 0xffffffff, 0xffffffff"),
      found: "sent 18446744073709551615 items of 1 bytes where there are 0 bytes"),
    FakeRunner(
      testDescription: "more than was to be said", code: tells("32, 5, 0, 0, 2, 0, 0, 0"),
      found: "sent 8 bytes behind the end"),
  ]
}

@Suite struct `A program that is no runner` {
  private func source(_ runner: FakeRunner) -> String {
    """
    #include <stdint.h>
    #include <string.h>
    #include <sys/mman.h>
    #include <unistd.h>
    enum { ring = 128 << 10, memory_file = 6 };
    static char *memory;
    static void wait(void) { for (;;) pause(); }
    static void tell(const void *words, uint32_t bytes) {
      memcpy(memory + 4096 + ring, words, bytes);
      __atomic_store_n((uint32_t *)(memory + 256), bytes, __ATOMIC_SEQ_CST);
    }
    int main(void) {
      memory = mmap(0, 4096 + 2 * ring, PROT_READ | PROT_WRITE, MAP_SHARED, memory_file, 0);
      if (memory == MAP_FAILED) return 1;
      (void)tell; (void)wait;
      \(runner.code)
      return 0;
    }
    """
  }

  @Test(arguments: FakeRunner.all)
  func `is ended, with what it said`(_ runner: FakeRunner) throws {
    let folder = try TemporaryFolder()
    try folder.write("fake.c", source(runner))
    try CPlugin.compile([folder.path + "/fake.c", "-o", folder.path + "/fake"])
    try CPlugin.build("x.so", in: folder.path)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first { $0.status == .ready })
    let error = try #require(throws: PluginLoadError.self) {
      _ = try IsolatedImage.load(file) { $0.executable = folder.path + "/fake" }
    }
    #expect(error.reason == .runnerFailed("load: \(runner.found)"))
  }
}
