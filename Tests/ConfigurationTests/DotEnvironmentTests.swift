import Configuration
import Foundation
import Testing

@Suite struct `Environment file` {
  /// A line with the value it gives to `A`.
  static let good: [(String, String)] = [
    ("A=b", "b"), ("A=", ""), ("A = b ", "b"), ("export A=b", "b"), ("  export\tA=b", "b"), ("A=b c", "b c"),
    ("A=b#c", "b#c"), ("A=b # c", "b"), ("A=# c", ""), ("A='b # c'", "b # c"), ("A='b\\n'", "b\\n"),
    ("A=\"b\\n\\t\\\"\\\\\\$c\"", "b\n\t\"\\$c"), ("A=\"b\" # c", "b"), ("A=b=c==", "b=c=="), ("A=b\r", "b"),
    ("A=$HOME", "$HOME"), ("\u{FEFF}A=ä", "ä"), ("A=\"it's\"", "it's"), ("# x\n\nA=b\n", "b"), ("A=ab\"c", "ab\"c"),
  ]

  @Test(arguments: good.indices) func `gives a value`(_ index: Int) {
    let (text, value) = Self.good[index]
    let file = DotEnvironment(Array(text.utf8), file: ".env")
    #expect(file.faults == [] && file.secrets.count == 1)
    #expect(file.secrets["A"]?.withValue { $0 } == value)
  }

  static let bad: [(String, String)] = [
    ("A", ".env:1:1: a line without =: expected NAME=value"),
    ("\n1A=b", ".env:2:1: not a variable's name: expected letters, digits and _, not starting with a digit"),
    ("=b", ".env:1:1: not a variable's name: expected letters, digits and _, not starting with a digit"),
    ("A B=c", ".env:1:1: not a variable's name: expected letters, digits and _, not starting with a digit"),
    ("A='b", ".env:1:1: a quote without its end: expected the closing ' on the same line"),
    ("A=\"b\\", ".env:1:1: a quote without its end: expected the closing \" on the same line"),
    ("A=\"b\\x\"", ".env:1:1: an unknown escape in double quotes: expected one of \\n \\r \\t \\\" \\\\ \\$"),
    ("A='b' c", ".env:1:1: text after the closing quote: expected nothing or a comment"),
    ("A=b\nA=c", ".env:2:1: variable A written twice: found the first at line 1; keep one of them"),
    ("A=\u{0}", ".env:1:1: not UTF-8 text"),
  ]

  @Test(arguments: bad.indices) func `says what is wrong with a line`(_ index: Int) {
    let (text, said) = Self.bad[index]
    #expect(DotEnvironment(Array(text.utf8), file: ".env").faults.map(\.description) == [said])
  }

  @Test func `survives random bytes`() {
    var generator = SeededGenerator(state: 7)
    let alphabet = Array("A=\"'\\#$ \n\rexport b1\u{0}".utf8) + [0xFF, 0xC3]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let file = DotEnvironment(bytes, file: ".env")
      #expect(file.secrets.count + file.faults.count <= bytes.count { $0 == 0x0A } + 1)
    }
  }
}
