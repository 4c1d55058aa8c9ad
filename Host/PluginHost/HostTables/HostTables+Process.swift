internal import WharfABI

extension HostTables {
  static func processTable() -> wharf_process {
    var table = wharf_process()
    table.struct_size = UInt32(MemoryLayout<wharf_process>.size)
    table.start = { host, request, out in
      guard let context = InstanceContext.of(host), let service = context.processes, let request, let out else {
        return Status.invalid
      }
      return context.answer("process.start") { () throws(HTTPService.Refusal) in
        out.pointee = try service.start(request.pointee)
      }
    }
    table.write = { host, process, data, length, finish, timeout, out in
      guard let service = InstanceContext.of(host)?.processes, let out, timeout >= 0, finish == 0 || finish == 1,
        let bytes = borrowedBytes(data?.assumingMemoryBound(to: CChar.self), length)
      else { return Status.invalid }
      let (status, written) = service.write(process, bytes, finish: finish == 1, timeout: timeout)
      if status == Status.ok { out.pointee = UInt64(written) }
      return status
    }
    table.read = { host, process, timeout, sink in
      guard let service = InstanceContext.of(host)?.processes, timeout >= 0, let sink,
        sink.pointee.struct_size == MemoryLayout<wharf_process_sink>.size, sink.pointee.output != nil,
        sink.pointee.exit != nil
      else { return Status.invalid }
      return service.read(process, timeout: timeout, sink.pointee)
    }
    table.stop = { host, process, how in
      guard let service = InstanceContext.of(host)?.processes else { return Status.invalid }
      return service.stop(process, how)
    }
    return table
  }
}
