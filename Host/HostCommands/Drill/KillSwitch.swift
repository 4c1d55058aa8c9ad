import CommandLineKit
import Glibc
import Runtime

/// In a process under drill: kills it at the n-th place of the live part, or counts the places and says so at the end.
final class DrillFaults: FaultPoints {
  /// Names the place to die at, from 0.
  static let placeVariable = "WHARF_DRILL_PLACE"
  /// Names a file for the number of places passed.
  static let countVariable = "WHARF_DRILL_COUNT"

  private let place: Int?
  private let countFile: String?
  private var passed = 0

  /// `nil` outside a drill.
  init?(environment: [String: String]) {
    place = environment[DrillFaults.placeVariable].flatMap { Int($0) }
    countFile = environment[DrillFaults.countVariable]
    guard place != nil || countFile != nil else { return nil }
  }

  func pass(_ place: StaticString) throws {
    if passed == self.place { raise(SIGKILL) }
    passed += 1
  }

  /// Writes how many places were passed.
  func finish() {
    guard let countFile, let file = fopen(countFile, "w") else { return }
    fputs(String(passed), file)
    fclose(file)
  }
}
