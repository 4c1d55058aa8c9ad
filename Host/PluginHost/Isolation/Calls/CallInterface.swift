internal import CFFI

/// Signatures and calls in the form of libffi.
enum CallInterface {
  /// The signature of a function, kept for ever.
  static func make(_ function: ABIDescription.Function) -> UnsafeMutablePointer<ffi_cif> {
    let types = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(
      capacity: max(1, function.parameters.count))
    for (index, parameter) in function.parameters.enumerated() { (types + index).initialize(to: type(parameter.type)) }
    let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)
    interface.initialize(to: ffi_cif())
    let status = ffi_prep_cif(
      interface, FFI_DEFAULT_ABI, UInt32(function.parameters.count), type(function.returns), types)
    precondition(status == FFI_OK, "libffi cannot make calls of \(function.name)")
    return interface
  }

  private static func type(_ type: ScalarType) -> UnsafeMutablePointer<ffi_type>? {
    switch type {
    case .void: cffi_type(FFI_TYPE_VOID)
    case .uint8: cffi_type(FFI_TYPE_UINT8)
    case .uint16: cffi_type(FFI_TYPE_UINT16)
    case .uint32: cffi_type(FFI_TYPE_UINT32)
    case .int32: cffi_type(FFI_TYPE_SINT32)
    case .uint64: cffi_type(FFI_TYPE_UINT64)
    case .int64: cffi_type(FFI_TYPE_SINT64)
    case .double: cffi_type(FFI_TYPE_DOUBLE)
    case .pointer: cffi_type(FFI_TYPE_POINTER)
    }
  }

  /// Calls a function; its result has eight bytes.
  @inline(__always)
  static func call(
    _ interface: UnsafeMutablePointer<ffi_cif>, _ function: UnsafeRawPointer, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) {
    ffi_call(interface, unsafeBitCast(function, to: (@convention(c) () -> Void).self), result, arguments)
  }

  /// Makes a function out of thin air that hands its calls to `caller`; both are kept for ever.
  static func closure(_ plan: UnsafePointer<CallPlan>, _ caller: ProxyCaller) -> UnsafeRawPointer {
    var code: UnsafeMutableRawPointer?
    guard let memory = ffi_closure_alloc(MemoryLayout<ffi_closure>.size, &code), let code else {
      preconditionFailure("no memory for a closure")
    }
    let proxy = UnsafeMutablePointer<ProxyFunction>.allocate(capacity: 1)
    proxy.initialize(to: ProxyFunction(plan: plan, caller: Unmanaged.passRetained(caller)))
    let status = ffi_prep_closure_loc(
      memory.assumingMemoryBound(to: ffi_closure.self), plan.pointee.interface,
      { _, result, arguments, data in
        guard let data, let result, let arguments else { return }
        let proxy = data.assumingMemoryBound(to: ProxyFunction.self)
        proxy.pointee.caller._withUnsafeGuaranteedRef { $0.call(proxy.pointee.plan, result, arguments) }
      }, proxy, code)
    precondition(status == FFI_OK, "libffi cannot make closures")
    return UnsafeRawPointer(code)
  }

  /// Makes libffi set up what it reads from the process's own map of memory, which a sandbox hides.
  static func prepare() {
    var code: UnsafeMutableRawPointer?
    if let memory = ffi_closure_alloc(MemoryLayout<ffi_closure>.size, &code) { ffi_closure_free(memory) }
  }
}

/// What a closure knows: which function it stands for, and who carries its calls.
struct ProxyFunction {
  var plan: UnsafePointer<CallPlan>
  var caller: Unmanaged<ProxyCaller>
}

/// Who carries the calls of closures.
class ProxyCaller {
  /// Makes a call; `arguments` has the address of each argument, and `result` eight bytes if the function returns anything.
  func call(
    _ plan: UnsafePointer<CallPlan>, _ result: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) {
    preconditionFailure("nobody carries this call")
  }
}
