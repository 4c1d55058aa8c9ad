import PluginSDK
import TradingTypes

/// Finds orders by client id: open addressing over the ids' hashes, each with a place in the order table behind it, so
/// that looking past other ids does not touch their orders.
struct OrderIndex {
  private static let empty = UInt64.max
  private var slots: Table<UInt64>
  private var count = 0

  /// Makes an empty index with room for orders.
  init(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = Table(repeatElement(OrderIndex.empty, count: size))
  }

  /// The same on every run, so that nothing depends on it.
  @inline(__always)
  static func hash(_ id: ShortText) -> UInt32 {
    let words = id.words
    var mixed = mix(words.0, words.1, 0x9E37)
    // Nearly every id has at most 16 bytes, and behind them is nothing.
    if words.2 != 0 { mixed ^= mix(words.2, words.3, 0x79B9) ^ mix(words.4, words.5, 0x7F4A) }
    return UInt32(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// The place of the order with this id; `nil` when there is none.
  func find(_ id: ShortText, in orders: Table<Order>) -> Int? {
    order(at: slot(of: id, OrderIndex.hash(id), in: orders))
  }

  /// Where the order with this id and its hash is, or, when there is none, where it would be.
  @inline(__always)
  func slot(of id: ShortText, _ hash: UInt32, in orders: Table<Order>) -> Int {
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while slots[slot] != OrderIndex.empty {
      let entry = slots[slot]
      if UInt32(truncatingIfNeeded: entry >> 32) == hash {
        if orders[Int(UInt32(truncatingIfNeeded: entry))].id == id { return slot }
      }
      slot = (slot &+ 1) & mask
    }
    return slot
  }

  /// The place of the order in a slot; `nil`: it is free.
  @inline(__always)
  func order(at slot: Int) -> Int? {
    slots[slot] == OrderIndex.empty ? nil : Int(UInt32(truncatingIfNeeded: slots[slot]))
  }

  /// Adds an order by its hash and place where its id would be.
  @inline(__always)
  mutating func insert(_ hash: UInt32, _ place: Int, at slot: Int) {
    slots[slot] = OrderIndex.entry(hash, place)
    count &+= 1
    if count &* 2 > slots.count { grow() }
  }

  /// Adds the last order of the table, whose id is not yet known.
  mutating func insertLast(of orders: Table<Order>) {
    let place = orders.count &- 1
    let (id, hash) = (orders[place].id, orders[place].hash)
    insert(hash, place, at: slot(of: id, hash, in: orders))
  }

  /// Takes its slots into memory of its own.
  mutating func detach() { slots.detach() }

  /// Starts over with a table that has become smaller.
  mutating func rebuild(_ orders: Table<Order>) {
    for slot in slots.indices { slots[slot] = OrderIndex.empty }
    count = orders.count
    for place in orders.indices { put(OrderIndex.entry(orders[place].hash, place)) }
  }

  @inline(__always)
  private static func entry(_ hash: UInt32, _ place: Int) -> UInt64 {
    UInt64(hash) << 32 | UInt64(UInt32(truncatingIfNeeded: place))
  }

  @inline(__always)
  private mutating func put(_ entry: UInt64) {
    let mask = slots.count &- 1
    var slot = Int(entry >> 32) & mask
    while slots[slot] != OrderIndex.empty { slot = (slot &+ 1) & mask }
    slots[slot] = entry
  }

  @inline(never)
  private mutating func grow() {
    let old = slots
    slots = Table(repeatElement(OrderIndex.empty, count: old.count * 4))
    for entry in old where entry != OrderIndex.empty { put(entry) }
  }
}

/// Mixes two words into one by the two halves of a product; the salt tells apart pairs in different places.
@inline(__always)
func mix(_ a: UInt64, _ b: UInt64, _ salt: UInt64) -> UInt64 {
  let product = (a ^ (0xA076_1D64_78BD_642F &+ salt)).multipliedFullWidth(by: b ^ (0xE703_7ED1_A0B4_28DB &+ salt))
  return product.high ^ product.low
}
