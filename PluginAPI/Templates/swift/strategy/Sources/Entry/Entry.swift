import PluginSDK
import StrategyLogic

/// What the host calls once after loading.
@c(wharf_plugin_entry)
public func entry() -> PluginDescriptor { exportPlugin(.strategy(ChannelStrategy.self)) }
