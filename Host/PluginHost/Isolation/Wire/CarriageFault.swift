/// Why a message could not be carried.
enum CarriageFault: Error, Hashable {
  /// The other process did not answer in time.
  case timeout
  /// The other process has ended.
  case gone
  /// What came is no message of this protocol; the detail says where it departs from it.
  case garbage(String)
}
