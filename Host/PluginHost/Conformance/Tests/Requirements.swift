import PluginHost

extension Drive {
  /// Throws a ``Finding`` if a call answered a status that no header lists.
  func requireListed(_ situation: String) throws {
    guard let event = unlisted.first, case .status(let status) = event.what else { return }
    throw Finding(
      place(event.call), expected: "a status of wharf/base.h, 0 to 11, \(situation)", found: "\(status)",
      remedy: "answer WHARF_E_INVALID to what is not acceptable, and WHARF_E_FAULT when the instance is broken")
  }

  /// As ``requireListed(_:)``; a plugin that thereupon declares itself broken is worth a look.
  func judgeListed(_ situation: String) throws -> Outcome {
    try requireListed(situation)
    guard hasFaulted else { return .pass }
    return .warn(
      Finding(
        role.rawValue, expected: "an instance that goes on \(situation)", found: "fault: it is stopped for good",
        remedy: "refuse what is not acceptable with WHARF_E_INVALID and stay usable"))
  }

  /// Throws a ``Finding`` unless a status is one of some.
  func require(_ call: String, _ status: Int32, in allowed: Set<Int32>, _ situation: String, remedy: String) throws {
    guard !allowed.contains(status) else { return }
    let names = allowed.sorted().map { Status.name($0) }.joined(separator: " or ")
    throw Finding(
      place(call), expected: "\(names) \(situation)", found: Status.name(status), remedy: remedy)
  }

  /// A function with its role: `strategy.on_bar`.
  func place(_ call: String) -> String { "\(role.rawValue).\(call)" }
}

extension Outcome {
  /// The worse of two: a warning before a pass.
  func joined(_ other: Outcome) -> Outcome {
    if case .pass = self { other } else { self }
  }
}

extension CheckSubject {
  /// Makes a test with each role of the plugin that it is about, on the market that suits the role.
  func eachRole(
    _ roles: Set<PluginRole>, _ random: inout SeededGenerator,
    _ body: (DrivenPlugin, PluginRole, CheckMarket) throws -> Outcome
  ) throws -> Outcome {
    let (plugin, found) = try driven(roles)
    var outcome = Outcome.pass
    for role in found {
      let market = plugin.market(role, &random)
      outcome = outcome.joined(try body(plugin, role, market))
    }
    return outcome
  }
}

/// All roles.
let allRoles = Set(PluginRole.allCases)
/// The roles that are offered bars.
let barRoles: Set<PluginRole> = [.strategy, .scanner]
/// The roles that are told the instruments.
let startedRoles: Set<PluginRole> = [.strategy, .scanner, .broker]
