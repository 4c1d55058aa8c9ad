internal import WharfABI

/// The outcomes of calls, with the type `wharf_status` has in signatures.
package enum Status {
  package static let ok = Int32(WHARF_OK)
  package static let invalid = Int32(WHARF_E_INVALID)
  package static let unsupported = Int32(WHARF_E_UNSUPPORTED)
  package static let notFound = Int32(WHARF_E_NOT_FOUND)
  package static let rejected = Int32(WHARF_E_REJECTED)
  package static let notSent = Int32(WHARF_E_NOT_SENT)
  package static let unknownOutcome = Int32(WHARF_E_UNKNOWN_OUTCOME)
  package static let busy = Int32(WHARF_E_BUSY)
  package static let end = Int32(WHARF_E_END)
  package static let configuration = Int32(WHARF_E_CONFIGURATION)
  package static let io = Int32(WHARF_E_IO)
  package static let fault = Int32(WHARF_E_FAULT)

  /// A status in words, for messages.
  package static func name(_ status: Int32) -> String {
    let names = [
      "ok", "invalid", "unsupported", "not_found", "rejected", "not_sent", "unknown_outcome", "busy", "end",
      "configuration", "io", "fault",
    ]
    return names.indices.contains(Int(status)) ? names[Int(status)] : "unlisted status \(status)"
  }
}
