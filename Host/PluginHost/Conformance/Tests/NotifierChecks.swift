import PluginHost

internal import WharfABI

/// What only notifiers promise.
enum NotifierChecks {
  private static let delivered: Set<Int32> = [Status.ok, Status.busy, Status.io]

  private static func notify(
    _ subject: CheckSubject, _ messages: [NotifierDrive.Message], _ situation: String, allowed: Set<Int32> = delivered
  ) throws -> Outcome {
    let (plugin, _) = try subject.driven([.notifier])
    guard let drive = try plugin.drive(.notifier) as? NotifierDrive, drive.create() == Status.ok, drive.isUsable else {
      throw Unusable("no instance could be made; see lifecycle-session")
    }
    for message in messages where drive.isUsable {
      let status = drive.notify(message)
      try drive.require(
        "notify", status, in: allowed, situation,
        remedy: "deliver what can be delivered; answer WHARF_E_IO when the way out fails")
    }
    drive.destroy()
    return .pass
  }

  static func severities(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let listed = [WHARF_SEVERITY_INFO, WHARF_SEVERITY_WARNING, WHARF_SEVERITY_ALARM]
    return try notify(
      subject, listed.map { NotifierDrive.Message(severity: Int32($0), topic: Array("a_new_topic".utf8)) },
      "for each listed severity, and a topic of a later host")
  }

  static func unknownSeverity(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try notify(
      subject, [0, 4, 99, -1].map { NotifierDrive.Message(severity: $0) }, "for an unlisted severity",
      allowed: [Status.invalid])
  }

  static func oddTexts(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let texts = [
      "\u{1b}[2J\u{7}", "a\0b", "line\r\nline\nline\u{2028}", "\u{202E}reversed", "株式 \u{1F4C9}\u{FE0F}", "%s%n%d",
      "$(x)`y`",
      "<b>&amp;</b>", "", "\n\n\n",
    ]
    return try notify(
      subject,
      texts.map { NotifierDrive.Message(title: Array($0.utf8), text: Array($0.utf8)) }, "whatever the text")
  }

  static func longText(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let line = Array("a line of a long summary of the day\n".utf8)
    let long = Array(repeatElement(line, count: (1 << 20) / line.count).joined())
    return try notify(
      subject,
      [
        NotifierDrive.Message(text: long),
        NotifierDrive.Message(title: Array(repeating: 65, count: 1 << 16), text: []),
      ], "however long the text")
  }

  static func burst(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let (plugin, _) = try subject.driven([.notifier])
    let drive = try plugin.passing(.notifier, on: DriverHost(plugin.script))
    guard let notifier = drive as? NotifierDrive, drive.create() == Status.ok, drive.isUsable else {
      throw Unusable("no instance could be made; see lifecycle-session")
    }
    let window = subject.rounds(400)
    var heaps: [Int] = []
    for _ in 0..<5 {
      for _ in 0..<window where drive.isUsable { notifier.notify(NotifierDrive.Message()) }
      drive.forget()
      heaps.append(ProcessGauge.now().heap)
    }
    drive.destroy()
    let growth = zip(heaps.dropFirst(), heaps.dropFirst(2)).map { ($1 - $0) / window }.min() ?? 0
    guard growth < 32 else {
      throw Finding(
        "notifier.notify", expected: "no growth of memory over \(window * 4) messages",
        found: "\(growth) bytes more with each", remedy: "keep nothing of a message that was delivered")
    }
    return try drive.judgeListed("in a burst")
  }
}
