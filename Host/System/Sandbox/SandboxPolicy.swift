/// How much of the machine a contained process may use.
public struct SandboxLimits: Hashable, Sendable {
  /// Address space beyond what the process has mapped when it enters, in bytes. Beyond it, allocations fail.
  public var memoryBytes: UInt64 = 512 << 20
  /// Processor time in its whole life, in seconds; then it is killed. A day: a session that runs for months is started
  /// anew now and then, and a loop that nobody notices ends.
  public var processorSeconds: UInt64 = 86_400

  /// Threads beyond the first. Of one user the kernel counts all programs' together, so of an ordinary user it is this
  /// many more than the system had in all; of root, as long as the plugin's files are readable for others, exactly this
  /// many, because the process then becomes a user of its own; else root's plugins have none.
  public var threads: UInt64 = 16

  /// The usual limits.
  public init() {}
}

/// What a contained process keeps.
public struct SandboxPolicy: Hashable, Sendable {
  /// Files it may read until it is sealed: the libraries that its plugin needs. Paths.
  public var readableFiles: [String]
  /// Descriptors it keeps for good besides 0, 1 and 2: connected streams and pipes, numbered from 3 or 4 on.
  public var keptDescriptors: [Int32]
  /// Descriptors it keeps until it is sealed, above all kept for good: the file of its plugin.
  public var loadingDescriptors: [Int32]
  /// How much of the machine it may use.
  public var limits: SandboxLimits

  /// Makes a policy from its parts.
  public init(
    readableFiles: [String], keptDescriptors: [Int32], loadingDescriptors: [Int32] = [],
    limits: SandboxLimits = SandboxLimits()
  ) {
    self.readableFiles = readableFiles
    self.keptDescriptors = keptDescriptors
    self.loadingDescriptors = loadingDescriptors
    self.limits = limits
  }
}
