/// What the reader must know before the figures, and how the run can be repeated after them.
struct NoteSection {
  /// The most single cases that are shown of a note.
  static let mostDetails = 100
  let content: ReportContent

  func writeNotes(into page: inout PageText) {
    guard !notes.isEmpty else { return }
    page.raw("<section id=\"notes\" aria-label=\"Warnings and notices\"><ul>")
    for note in notes {
      page.raw(note.kind == .warning ? "<li class=\"warning\"><b>Warning</b> " : "<li><b>Note</b> ")
      if note.details.isEmpty {
        page.text(note.text)
      } else {
        page.raw("<details><summary>")
        page.text(note.text)
        page.raw("</summary><ul>")
        for detail in note.details.prefix(NoteSection.mostDetails) {
          page.raw("<li>")
          page.text(detail)
          page.raw("</li>")
        }
        if note.details.count > NoteSection.mostDetails {
          page.raw("<li>")
          page.text("and \(NumberText.count(note.details.count - NoteSection.mostDetails)) more")
          page.raw("</li>")
        }
        page.raw("</ul></details>")
      }
      page.raw("</li>")
    }
    page.raw("</ul></section>\n")
  }

  /// The caller's notes, warnings first, with those that follow from the content.
  private var notes: [ReportNote] {
    var notes = content.notes
    let open = content.openPositions.count
    if open > 0 {
      notes.append(
        ReportNote(
          .notice,
          "\(open == 1 ? "One position was" : "\(NumberText.count(open)) positions were") still open at the end: equity "
            + "counts \(open == 1 ? "it" : "them") at the last price, the trades do not."))
    }
    if let trials = content.figures.trials, trials > 1 {
      notes.append(
        ReportNote(
          .warning,
          "This run is one of \(NumberText.count(trials)) that were tried; the best of many looks better than it is."
            + luck))
    }
    return notes.filter { $0.kind == .warning } + notes.filter { $0.kind == .notice }
  }

  private var luck: String {
    guard let deflated = content.figures.deflatedSharpe else { return "" }
    return " The probability that its Sharpe ratio is more than the luck of so many trials is "
      + "\(NumberText.percent(deflated, places: 1))."
  }

  func writeBasis(into page: inout PageText) {
    page.beginSection("basis", "What this rests on")
    page.raw("<div class=\"columns\">")
    for strategy in content.strategies {
      page.raw("<div><h3>")
      page.text("\(strategy.id) \(strategy.version)")
      page.raw("</h3>")
      page.facts(
        strategy.parameters.map { ReportFact($0.name, $0.isDefault ? "\($0.value) (default)" : $0.value) }
          + [ReportFact("Plugin hash", strategy.pluginHash)])
      page.raw("</div>")
    }
    if !content.assumptions.isEmpty {
      page.raw("<div><h3>Assumed</h3>")
      page.facts(content.assumptions)
      page.raw("</div>")
    }
    page.raw("<div><h3>Source</h3>")
    page.facts(content.provenance + [trials])
    page.raw("</div></div>")
    page.endSection()
  }

  private var trials: ReportFact {
    ReportFact("Trials", content.figures.trials.map { NumberText.count($0) } ?? "not recorded")
  }
}
