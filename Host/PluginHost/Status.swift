internal import WharfABI

/// The outcomes of calls, with the type they have in signatures.
enum Status {
  static let ok = wharf_status(WHARF_OK)
  static let invalid = wharf_status(WHARF_E_INVALID)
  static let unsupported = wharf_status(WHARF_E_UNSUPPORTED)
  static let notFound = wharf_status(WHARF_E_NOT_FOUND)
  static let rejected = wharf_status(WHARF_E_REJECTED)
  static let notSent = wharf_status(WHARF_E_NOT_SENT)
  static let unknownOutcome = wharf_status(WHARF_E_UNKNOWN_OUTCOME)
  static let busy = wharf_status(WHARF_E_BUSY)
  static let end = wharf_status(WHARF_E_END)
  static let configuration = wharf_status(WHARF_E_CONFIGURATION)
  static let io = wharf_status(WHARF_E_IO)
  static let fault = wharf_status(WHARF_E_FAULT)

  /// A status in words, for messages.
  static func name(_ status: wharf_status) -> String {
    let names = [
      "ok", "invalid", "unsupported", "not_found", "rejected", "not_sent", "unknown_outcome", "busy", "end",
      "configuration", "io", "fault",
    ]
    return names.indices.contains(Int(status)) ? names[Int(status)] : "unlisted status \(status)"
  }
}
