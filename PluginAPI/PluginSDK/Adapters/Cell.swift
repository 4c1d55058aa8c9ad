import TradingTypes
import WharfABI

/// The value of a plugin's type in memory of its own, so that a call touches it without exclusivity checks or copies.
@frozen @usableFromInline
struct Cell<Role> {
  @usableFromInline var role: Role
  @usableFromInline var instrumentCount: UInt32 = 0
  @usableFromInline let log: Log

  @inlinable init(role: Role, log: Log) {
    self.role = role
    self.log = log
  }

  /// Answers where the cell behind an untyped address is.
  @inlinable static func at(_ raw: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Cell<Role>> {
    raw.assumingMemoryBound(to: Cell<Role>.self)
  }

  /// Runs the author's code and answers the host: a throw is logged and becomes its status.
  @inlinable @inline(__always)
  mutating func answer(_ body: (inout Role) throws(PluginError) -> Void) -> wharf_status {
    do throws(PluginError) {
      try body(&role)
      return 0
    } catch {
      return log.status(of: error)
    }
  }

  /// Runs the author's code about one instrument, which must be one of those of `start`.
  @inlinable @inline(__always)
  mutating func answer(
    about instrument: UInt32, _ body: (inout Role) throws(PluginError) -> Void
  ) -> wharf_status {
    guard instrument < instrumentCount else { return refuse(instrument) }
    return answer(body)
  }

  /// Logs a call about an instrument that `start` did not name and answers its status.
  @inlinable
  func refuse(_ instrument: UInt32) -> wharf_status { log.refuse(instrument: instrument, of: instrumentCount) }

  /// Reads what `start` was given and runs the author's code with it.
  @inlinable
  mutating func started(
    _ raw: UnsafePointer<wharf_start>, _ body: (inout Role, [Instrument], SessionStart) throws(PluginError) -> Void
  ) -> wharf_status {
    do throws(PluginError) {
      let (instruments, session) = try readStart(raw.pointee)
      try body(&role, instruments, session)
      instrumentCount = UInt32(instruments.count)
      return 0
    } catch {
      return log.status(of: error)
    }
  }
}

extension Log {
  /// Logs a failure and answers its status.
  @usableFromInline func status(of failure: PluginError) -> wharf_status {
    error(failure.message)
    return failure.status.rawValue
  }

  /// Logs a call about an instrument that `start` did not name and answers its status.
  @usableFromInline func refuse(instrument: UInt32, of count: UInt32) -> wharf_status {
    status(of: PluginError(.invalid, "instrument \(instrument): expected one of the \(count) of start"))
  }
}
