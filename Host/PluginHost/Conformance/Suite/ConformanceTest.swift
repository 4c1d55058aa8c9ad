import PluginHost

/// One test of a plugin, made in a process of its own.
public struct ConformanceTest: Sendable {
  /// What a test is about.
  public enum Group: String, CaseIterable, Sendable {
    case image, manifest, entry, config, lifecycle, values, state, faults, strategy, scanner, broker
    case marketData = "market-data"
    case notifier, isolation
  }

  /// Its name, in kebab-case; scripts rely on it.
  public var name: String
  /// What it is about.
  public var group: Group
  /// What it checks, in a line.
  public var abstract: String
  /// The lowest level at which it is made, 1 to 10.
  public var level: Int
  /// The roles it applies to: plugins that have one of them; empty for all plugins.
  public var roles: Set<PluginRole>
  /// Seconds after which it counts as hung, at levels up to 5; each level above doubles them.
  public var deadline: Int
  /// Makes it. It may crash, hang or fill memory: nobody else is in its process. A ``Finding`` that it throws is a
  /// failure, anything else that the plugin is not to blame for is ``Unusable``.
  var run: @Sendable (CheckSubject, inout SeededGenerator) throws -> Outcome

  init(
    _ name: String, _ group: Group, _ abstract: String, level: Int = 1, roles: Set<PluginRole> = [],
    deadline: Int = 10, run: @escaping @Sendable (CheckSubject, inout SeededGenerator) throws -> Outcome
  ) {
    self.name = name
    self.group = group
    self.abstract = abstract
    self.level = level
    self.roles = roles
    self.deadline = deadline
    self.run = run
  }

  /// What it comes to for a plugin, in this process.
  func outcome(_ subject: CheckSubject) -> Outcome {
    var generator = SeededGenerator(seed: subject.seed, stream: name)
    do {
      return try run(subject, &generator)
    } catch let error as Unusable {
      return .skip(error.description)
    } catch let error as Finding {
      return .fail(error)
    } catch {
      return .fail("\(error)")
    }
  }
}
