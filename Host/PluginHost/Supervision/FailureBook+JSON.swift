import Hashing
import TradingTypes

extension FailureBook {
  /// Why a book cannot be read.
  public struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place: a line and column, or a key.
    public var place: String
    /// What is wrong there.
    public var description: String
  }

  /// Reads what the host wrote: `{"schema":1,"failures":[...],"quarantines":[...]}`.
  public init(reading bytes: [UInt8]) throws(Unreadable) {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONReader.read(bytes) } catch {
      throw Unreadable(place: "line \(error.line), column \(error.column)", description: error.what)
    }
    guard case .object(let members) = value else { throw Unreadable(place: "file", description: "not an object") }
    var object = JSONMembers(members)
    guard object.take("schema") == .number("1") else {
      throw Unreadable(place: "schema", description: "expected 1")
    }
    var entries: [Entry] = []
    for (index, item) in try FailureBook.list(object.take("failures"), "failures").enumerated() {
      let (failure, counts) = try FailureBook.failure(item, "failures[\(index)]")
      entries.append(Entry(failure: failure, counts: counts > 0))
    }
    var quarantines: [Quarantine] = []
    for (index, item) in try FailureBook.list(object.take("quarantines"), "quarantines").enumerated() {
      let (failure, count) = try FailureBook.failure(item, "quarantines[\(index)]")
      quarantines.append(Quarantine(failure: failure, count: count))
    }
    self.init(entries: entries, quarantines: quarantines)
  }

  private static func list(_ value: JSONValue?, _ place: String) throws(Unreadable) -> [JSONValue] {
    guard case .array(let items) = value else { throw Unreadable(place: place, description: "expected a list") }
    return items
  }

  /// One failure and the number beside it.
  private static func failure(_ value: JSONValue, _ place: String) throws(Unreadable) -> (PluginFailure, Int) {
    guard case .object(let members) = value else { throw Unreadable(place: place, description: "expected an object") }
    var object = JSONMembers(members)
    func text(_ key: String) throws(Unreadable) -> String {
      guard case .string(let text) = object.take(key) else {
        throw Unreadable(place: "\(place).\(key)", description: "expected a text")
      }
      return text
    }
    func number(_ key: String) throws(Unreadable) -> Int64 {
      guard case .number(let text) = object.take(key), let number = Int64(text) else {
        throw Unreadable(place: "\(place).\(key)", description: "expected a whole number")
      }
      return number
    }
    guard let digest = Digest(hex: try text("sha256")) else {
      throw Unreadable(place: "\(place).sha256", description: "expected 64 hexadecimal digits")
    }
    guard let kind = PluginFailure.Kind(rawValue: try text("kind")) else {
      throw Unreadable(place: "\(place).kind", description: "expected a kind of failure")
    }
    let plugin = PluginIdentity(id: try text("id"), version: try text("version"), digest: digest)
    let failure = PluginFailure(
      plugin: plugin, call: try text("call"), kind: kind, detail: try text("detail"),
      time: Timestamp(nanoseconds: try number("time_ns")), epoch: UInt32(clamping: try number("epoch")))
    return (failure, Int(try number("count")))
  }
}
