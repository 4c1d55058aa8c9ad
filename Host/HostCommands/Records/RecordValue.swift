import CommandLineKit
import TradingTypes

/// One value of a row, which knows both its forms.
enum RecordValue {
  /// A name, a code or a line for people.
  case word(String?)
  /// A count or a number given in order.
  case whole(UInt64?)
  /// An analytic number.
  case number(Double?)
  case price(Price?)
  case quantity(Quantity?)
  case money(Money)
  /// Money that was won or lost.
  case gain(Money)
  case time(Timestamp?)
  /// Parts of a row, and what of them fits a cell.
  case parts(JSONValue, text: String)

  /// The form for programs: decimals and times are strings, analytics are numbers, what is not known is `null`.
  var json: JSONValue {
    switch self {
    case .word(let word): JSONValue(word)
    case .whole(let whole): whole.map { .integer(Int64(clamping: $0)) } ?? .null
    case .number(let number): JSONValue(number)
    case .price(let price): .decimal(price)
    case .quantity(let quantity): .decimal(quantity)
    case .money(let money), .gain(let money): .string(money.amount)
    case .time(let time): .decimal(time)
    case .parts(let json, _): json
    }
  }

  /// The form for people.
  var cell: TextTable.Cell {
    switch self {
    case .word(let word): TextTable.Cell(word.flatMap { $0.isEmpty ? nil : $0 } ?? Figures.missing)
    case .whole(let whole): TextTable.Cell(whole.map(String.init) ?? Figures.missing)
    case .number(let number): TextTable.Cell(number.map(Figures.number) ?? Figures.missing)
    case .price(let price): TextTable.Cell(price.map { Figures.decimal(nanos: $0.nanos) } ?? Figures.missing)
    case .quantity(let quantity): TextTable.Cell(quantity?.description ?? Figures.missing)
    case .money(let money): TextTable.Cell(Figures.decimal(nanos: money.nanos))
    case .gain(let money):
      TextTable.Cell(Figures.decimal(nanos: money.nanos), money.nanos == 0 ? nil : money.nanos < 0 ? .red : .green)
    case .time(let time): TextTable.Cell(time.map(Figures.time) ?? Figures.missing)
    case .parts(_, let text): TextTable.Cell(text.isEmpty ? Figures.missing : text)
    }
  }
}
