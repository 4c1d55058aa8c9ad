import PluginSDK
import RSI2Logic

/// What the host calls once after loading.
@c(wharf_plugin_entry)
public func entry() -> PluginDescriptor { exportPlugin(RSI2.role()) }
