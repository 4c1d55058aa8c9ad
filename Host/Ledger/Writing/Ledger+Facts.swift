import Hashing

extension Ledger {
  /// Counts and hashes the fact whose rows begin at `start`, and compares it where an earlier run has been; answers
  /// whether one has.
  func took(from start: Int) throws(LedgerError) -> Bool {
    pending.bytes.withUnsafeBytes { recordChain.add(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    recordCount += 1
    guard let checkpoint = checkpointsAhead.last else { return false }
    guard recordCount == checkpoint.record else { return true }
    guard recordChain.value == checkpoint.recordChain else {
      let error = try divergence(before: checkpoint)
      fault = error
      throw error
    }
    pending.removeAll()
    while checkpointsAhead.last?.record == recordCount { checkpointsAhead.removeLast() }
    return true
  }

  /// Finds the first fact since the last commit that is not what it was.
  private func divergence(before checkpoint: Checkpoint) throws(LedgerError) -> LedgerError {
    let now = pending.facts
    var record = checkpoint.record - UInt64(now.count)
    var stored = try StoredRecords(connection, Int64(record + 1)...Int64(checkpoint.record))
    for fact in now {
      var rows = RowBuffer()
      _ = try stored.next(into: &rows)
      record += 1
      if !rows.bytes.elementsEqual(pending.bytes[fact]) {
        return LedgerError(
          .diverged, file: path, what: "this run does not decide what was recorded, from record \(record) on",
          expected: RowReader.text(of: rows.bytes), found: RowReader.text(of: pending.bytes[fact]),
          remedy: LedgerError.remedy(for: .diverged))
      }
    }
    return Checkpoint.damage(connection, "the hash of records up to \(checkpoint.record) is wrong", nil, nil)
  }

  func endedEarly() -> LedgerError {
    LedgerError(
      .diverged, file: path, what: "this run ended before it had decided what was recorded",
      expected: "\(committedRecords) records", found: String(recordCount), remedy: LedgerError.remedy(for: .diverged))
  }

  /// Writes rows, journal and commit into the open transaction.
  func writePending() throws(LedgerError) {
    try writer?.write(pending, firstRecord: committedRecords + 1)
    var chain = journalChain
    var number = committedJournal
    for event in pendingJournal {
      number += 1
      try write(event, number: number, chaining: &chain)
    }
    guard let checkpointInsertion else { return }
    checkpointInsertion.bind(1, Int64(clamping: recordCount))
    checkpointInsertion.bind(2, blob: recordChain.value.bytes)
    checkpointInsertion.bind(3, Int64(clamping: number))
    checkpointInsertion.bind(4, blob: chain.value.bytes)
    _ = try checkpointInsertion.step("cannot commit")
  }

  /// Forgets what a commit has made durable.
  func settle() {
    for (offset, event) in pendingJournal.enumerated() {
      chain(event, number: committedJournal + 1 + UInt64(offset), into: &journalChain)
    }
    committedRecords = recordCount
    committedJournal += UInt64(pendingJournal.count)
    pendingJournal.removeAll(keepingCapacity: true)
    pending.removeAll()
  }
}

extension RowBuffer {
  /// Where each fact's rows lie.
  var facts: [Range<Int>] {
    bytes.withUnsafeBytes { bytes in
      var reader = RowReader(bytes)
      var starts: [Int] = []
      while let table = reader.nextTable {
        if !table.isDetail { starts.append(reader.position) }
        for _ in 0..<reader.beginRow() { _ = reader.value() }
      }
      return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
    }
  }
}
