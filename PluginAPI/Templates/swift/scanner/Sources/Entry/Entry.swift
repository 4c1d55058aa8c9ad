import PluginSDK
import ScannerLogic

/// What the host calls once after loading.
@c(wharf_plugin_entry)
public func entry() -> PluginDescriptor { exportPlugin(.scanner(VolumeScanner.self)) }
