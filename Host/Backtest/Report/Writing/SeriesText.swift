/// A column of numbers as whole steps of one decimal unit, each written as its difference from a reference: short and
/// exact in the places that are shown.
struct DecimalScale {
  /// Digits after the decimal point, 0 to 9.
  let places: Int
  private let factor: Double

  /// The places a column needs: those in which all of it is exact if there are few, else seven significant digits of the
  /// smallest value; never more than the largest allows.
  init(fitting values: some Sequence<Double>, atLeast least: Int = 2) {
    var smallest = Double.infinity
    var largest = 0.0
    var exactPlaces = least
    for value in values {
      let magnitude = abs(value)
      largest = max(largest, magnitude)
      if magnitude > 0 { smallest = min(smallest, magnitude) }
      while exactPlaces < 10, !DecimalScale.isExact(magnitude, places: exactPlaces) { exactPlaces += 1 }
    }
    var places = exactPlaces
    let significant = DecimalScale.places(of: smallest, digits: 7)
    if exactPlaces > max(significant, 4) { places = max(significant, least) }
    while places > 0, largest * DecimalScale.power(places) > 1e15 { places -= 1 }
    self.places = places
    factor = DecimalScale.power(places)
  }

  /// A value in units.
  func units(_ value: Double) -> Int64 { Int64(max(min((value * factor).rounded(), 1e15), -1e15)) }

  private static func power(_ places: Int) -> Double { (0..<places).reduce(1.0) { result, _ in result * 10 } }

  private static func isExact(_ value: Double, places: Int) -> Bool {
    let scaled = value * power(places)
    return abs(scaled - scaled.rounded()) <= scaled.magnitude * 1e-12
  }

  private static func places(of value: Double, digits: Int) -> Int {
    guard value.isFinite else { return 2 }
    var places = digits - 1
    var rest = value
    while rest >= 10, places > 0 {
      rest /= 10
      places -= 1
    }
    while rest < 1, places < 9 {
      rest *= 10
      places += 1
    }
    return places
  }
}

extension PageText {
  /// Appends `"name":[...]` with the numbers of a column.
  mutating func column(_ name: StaticString, _ values: some Sequence<Int64>) {
    list(name, "[", "]", values) { page, value in page.number(value) }
  }

  /// Appends `"name":[...]` with each number's difference from the one before it.
  mutating func differences(_ name: StaticString, _ values: some Sequence<Int64>) {
    var before: Int64 = 0
    list(name, "[", "]", values) { page, value in
      page.number(value - before)
      before = value
    }
  }

  /// Appends `"name":"a,b,c"`, a column of plain decimals that keep every digit.
  mutating func decimals(_ name: StaticString, _ values: some Sequence<String>) {
    list(name, "\"", "\"", values) { page, value in page.ascii(value) }
  }

  /// Appends `"name":["a","b"]`.
  mutating func texts(_ name: StaticString, _ values: some Sequence<String>) {
    list(name, "[", "]", values) { page, value in page.json(value) }
  }

  private mutating func list<Value>(
    _ name: StaticString, _ begin: StaticString, _ end: StaticString, _ values: some Sequence<Value>,
    _ write: (inout PageText, Value) -> Void
  ) {
    raw("\"")
    raw(name)
    raw("\":")
    raw(begin)
    var isFirst = true
    for value in values {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, value)
    }
    raw(end)
  }
}
