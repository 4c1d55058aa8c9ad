import Ledger

/// The ledger room's state file. The plugin host has a protocol of the same name, through which plugins are served.
typealias DurableStates = PluginStateStore
