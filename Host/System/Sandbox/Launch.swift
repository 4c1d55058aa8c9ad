import CSandbox
import Glibc

/// A program about to be started with nothing of this process but what it is given: no other descriptors, `/` as working
/// directory, the usual signals. The kernel kills it when this process ends, however it ends.
public struct Launch {
  /// The program, by its path.
  public var executable: String
  /// After the program's own name.
  public var arguments: [String]
  /// The whole environment, as `NAME=value`.
  public var variables: [String] = []
  /// Its standard input; `nil`: an empty one.
  public var input: Int32?
  /// Its standard output and errors.
  public var output: Int32
  public var errors: Int32
  /// They become 3 and following.
  public var descriptors: [Int32] = []
  /// Whether it has a session of its own; else it has a process group of its own in this one.
  public var hasOwnSession = true

  /// Makes one that is given nothing but where to write.
  public init(_ executable: String, arguments: [String], output: Int32, errors: Int32) {
    (self.executable, self.arguments, self.output, self.errors) = (executable, arguments, output, errors)
  }

  /// Starts it: the number of its process, or a negative `errno`. Blocks until the program runs, about a millisecond; from
  /// any thread. The descriptors stay the caller's.
  public func start() -> pid_t {
    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    let variables = self.variables.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    return words.withUnsafeBufferPointer { words in
      variables.withUnsafeBufferPointer { variables in
        descriptors.withUnsafeBufferPointer { descriptors in
          var launch = sandbox_launch(
            executable: words[0], arguments: words.baseAddress, variables: variables.baseAddress, input: input ?? -1,
            output: output, errors: errors, descriptors: descriptors.baseAddress,
            descriptor_count: UInt32(descriptors.count), has_own_session: hasOwnSession ? 1 : 0)
          return sandbox_start(&launch)
        }
      }
    }
  }

  /// A descriptor that becomes readable when a child ends, or a negative `errno`.
  public static func descriptor(of process: pid_t) -> Int32 { sandbox_process_descriptor(process) }
}
