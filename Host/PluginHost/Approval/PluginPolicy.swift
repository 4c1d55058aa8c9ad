/// What decides whether a file that could be used may be used, and behind which wall.
public struct PluginPolicy: Sendable {
  /// What people have allowed.
  public var lock: PluginLock
  /// Whether only plugins that came with the host are used.
  public var isSafeMode: Bool
  /// What this machine lacks to isolate a plugin, where the configuration refuses to run one without; else `nil`.
  public var missingForSandbox: String?

  /// Makes a policy from its parts.
  public init(lock: PluginLock, isSafeMode: Bool = false, missingForSandbox: String? = nil) {
    self.lock = lock
    self.isSafeMode = isSafeMode
    self.missingForSandbox = missingForSandbox
  }

  /// Judges a listed file. What speaks against it already stays.
  public func apply(to file: inout PluginFile) {
    guard let manifest = file.manifest else { return }
    guard !file.isFirstParty else {
      file.approval = file.problems.isEmpty ? .notNeeded : .notLookedAt
      return
    }
    let grant = lock.grants[manifest.id]
    file.isolation = .isolated
    guard file.problems.isEmpty else { return }
    file.approval =
      if let grant {
        switch ApprovalChange.between(grant, manifest, file) {
        case []: .given(grant)
        case let changes: .outdated(grant, changes)
        }
      } else {
        .missing
      }
    if case .given(let grant) = file.approval {
      file.isolation = grant.isolation
      file.requiredDigest = grant.digest
      file.requiredLibraries = grant.libraries
    }
    guard file.status == .ready else { return }
    if isSafeMode {
      refuse(&file, .disabled, "safe mode: only plugins that came with the host are used", "start without --safe-mode")
      return
    }
    guard case .given = file.approval else {
      refuse(&file, .needsApproval, file.approvalReason, file.approvalRemedy)
      return
    }
    if file.isolation == .isolated, let missingForSandbox {
      refuse(
        &file, .rejected, "plugins.require_sandbox is set, and this machine lacks \(missingForSandbox)",
        "run the host on a kernel that has it, or accept the weaker wall by taking plugins.require_sandbox out of the "
          + "configuration")
    }
  }

  private func refuse(_ file: inout PluginFile, _ status: PluginFile.Status, _ reason: String, _ remedy: String) {
    file.status = status
    file.refusal = PluginFile.Refusal(reason: reason, remedy: remedy)
  }
}

extension PluginFile {
  /// Why a person must look at it.
  fileprivate var approvalReason: String {
    let reason: String =
      if case .outdated(_, let changes) = approval {
        "changed since it was approved: " + changes.map(\.description).joined(separator: ", ")
      } else {
        "new: not approved yet, " + asks
      }
    return buildDifference.map { "\($0); \(reason)" } ?? reason
  }

  fileprivate var approvalRemedy: String {
    let approve = "run host approve-plugin \(manifest?.id ?? path)"
    return buildDifference?.remedy.map { "\($0); else look at it and \(approve)" } ?? approve
  }

  private var asks: String {
    let permissions = manifest?.permissions ?? []
    return permissions.isEmpty
      ? "asks for no permissions" : "asks for " + permissions.inOrder.map(\.description).joined(separator: ", ")
  }
}
