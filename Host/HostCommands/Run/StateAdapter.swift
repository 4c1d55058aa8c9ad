import Ledger
import PluginHost

/// One plugin's part of the state file.
final class StateAdapter: PluginHost.PluginStateStore {
  private let states: DurableStates
  private let plugin: String

  init(_ states: DurableStates, plugin: String) {
    self.states = states
    self.plugin = plugin
  }

  func value(of key: [UInt8]) throws -> [UInt8]? { try states.get(plugin: plugin, key: key) }

  func keys(withPrefix prefix: [UInt8]) throws -> [[UInt8]] { try states.keys(plugin: plugin, prefix: prefix) }

  func commit(_ changes: [PluginStateChange]) throws {
    do {
      for change in changes {
        if let value = change.value {
          try states.put(plugin: plugin, key: change.key, value: value)
        } else {
          states.remove(plugin: plugin, key: change.key)
        }
      }
      try states.commit(plugin: plugin)
    } catch {
      // What could not be made durable is not seen again either.
      states.discard(plugin: plugin)
      throw error
    }
  }
}
