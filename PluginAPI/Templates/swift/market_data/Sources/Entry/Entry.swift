import MarketDataLogic
import PluginSDK

/// What the host calls once after loading.
@c(wharf_plugin_entry)
public func entry() -> PluginDescriptor { exportPlugin(.marketData(WalkSource.self)) }
