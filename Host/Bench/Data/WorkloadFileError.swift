/// A file of the workload that cannot be read as one.
public struct WorkloadFileError: Error, Equatable, Sendable {
  /// What went wrong with it.
  public enum Fault: Equatable, Sendable {
    /// It cannot be opened or read, with the `errno`.
    case unreadable(Int32)
    /// It has another size, in bytes, than the workload's.
    case wrongSize(Int)
  }

  /// Which file it should have been.
  public var file: WorkloadFile
  /// Where it was looked for.
  public var path: String
  /// What went wrong.
  public var fault: Fault
}
