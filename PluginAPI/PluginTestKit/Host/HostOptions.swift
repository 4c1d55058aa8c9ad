import PluginSDK
import TradingTypes
import WharfABI

typealias HostPointer = UnsafePointer<wharf_host>
typealias TextPointer = UnsafePointer<CChar>

func hostInteger(
  _ host: HostPointer?, _ name: TextPointer?, _ length: UInt64, _ out: UnsafeMutablePointer<Int64>?
) -> wharf_status {
  switch TestHost.at(host).options[readText(name, length)] {
  case nil: return PluginStatus.notFound.rawValue
  case .integer(let value):
    out!.pointee = value
    return 0
  default: return PluginStatus.invalid.rawValue
  }
}

func hostDecimal(
  _ host: HostPointer?, _ name: TextPointer?, _ length: UInt64, _ out: UnsafeMutablePointer<Int64>?
) -> wharf_status {
  switch TestHost.at(host).options[readText(name, length)] {
  case nil: return PluginStatus.notFound.rawValue
  case .decimal(let nanos):
    out!.pointee = nanos
    return 0
  case .integer(let value):
    out!.pointee = value * 1_000_000_000
    return 0
  default: return PluginStatus.invalid.rawValue
  }
}

func hostBoolean(
  _ host: HostPointer?, _ name: TextPointer?, _ length: UInt64, _ out: UnsafeMutablePointer<Int32>?
) -> wharf_status {
  switch TestHost.at(host).options[readText(name, length)] {
  case nil: return PluginStatus.notFound.rawValue
  case .boolean(let value):
    out!.pointee = value ? 1 : 0
    return 0
  default: return PluginStatus.invalid.rawValue
  }
}

func hostText(
  _ host: HostPointer?, _ name: TextPointer?, _ length: UInt64, _ sink: UnsafePointer<wharf_bytes_sink>?
) -> wharf_status {
  switch TestHost.at(host).options[readText(name, length)] {
  case nil: return PluginStatus.notFound.rawValue
  case .text(let value):
    sink!.pointee.tell(Array(value.utf8))
    return 0
  case .list(let values):
    for value in values { sink!.pointee.tell(Array(value.utf8)) }
    return 0
  default: return PluginStatus.invalid.rawValue
  }
}

extension wharf_bytes_sink {
  func tell(_ value: [UInt8]) { value.withUnsafeBytes { bytes(context, $0.baseAddress, UInt64($0.count)) } }
}
