import Testing

@testable import Conformance

@Suite struct `The conformance suite` {
  @Test func `every test has a name of its own, in kebab-case`() {
    let names = ConformanceSuite.tests.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      let words = name.split(separator: "-", omittingEmptySubsequences: false)
      #expect(
        words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) } },
        "\(name)")
    }
  }

  @Test func `every test says in one line what it checks, at a level and with a deadline`() {
    for test in ConformanceSuite.tests {
      #expect(!test.abstract.isEmpty && test.abstract.count <= 100 && !test.abstract.contains("\n"), "\(test.name)")
      #expect(ConformanceSuite.levels.contains(test.level) && test.deadline > 0, "\(test.name)")
    }
  }

  @Test func `a seed gives each test the same numbers again, and other tests others`() {
    func numbers(_ seed: UInt64, _ stream: String) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, stream: stream)
      return (0..<8).map { _ in generator.next() }
    }
    #expect(numbers(7, "a") == numbers(7, "a"))
    #expect(numbers(7, "a") != numbers(7, "b"))
    #expect(numbers(7, "a") != numbers(8, "a"))
  }
}
