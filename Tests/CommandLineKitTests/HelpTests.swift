import CommandLineKit
import Testing

@Suite struct `Help` {
  private static func help(_ words: String...) throws -> String {
    guard case .help(let path) = try exampleCommand.parse(words + ["--help"]) else { return "" }
    return HelpRenderer().help(path)
  }

  @Test func `of the root lists subcommands and exit codes`() throws {
    #expect(
      try Self.help() == """
        USAGE: host [options] SUBCOMMAND

        Trades through plugins, on paper unless told otherwise.

        OPTIONS:
          --home DIR              The folder of config, data, ledger and state. (else
                                  $WHARF_HOME; default: ~/.wharf)
          --version               Show the version.
          -h, --help              Show this help.

        SUBCOMMANDS:
          run                     Runs a paper session.
          why                     Prints what made or stopped a trade.
          config                  Works on the configuration.
          check-plugin            Tests a plugin.

        See 'host SUBCOMMAND --help' for one of them.

        EXIT CODES:
          0 ok; 64 usage; 65 bad data; 66 no such input; 69 service unavailable; 70
          internal fault; 73 cannot create; 74 I/O error; 75 try again; 77 refused by
          risk, permission or approval; 78 bad config

        """)
  }

  @Test func `of a command shows defaults, notes and an example`() throws {
    let text = try Self.help("run")
    #expect(
      text.hasPrefix(
        """
        USAGE: host run [options]

        Runs a paper session.

        OPTIONS:
          --data PATH             A file, or a folder read one level deep. (repeatable)
          --symbols A,B           Only these symbols.
          --approve all|none|policy
                                  Who answers the prompts for approval; risk rules
                                  decide in any case. (default: policy)
          --param KEY=VALUE       An option of a plugin. (same as --set; repeatable)
          --workers N             How many threads. (default: 1)
          --cash N                The cash to begin with.
          --json                  Print one JSON object.
          --home DIR              The folder of config, data, ledger and state. (else
                                  $WHARF_HOME; default: ~/.wharf)
          -h, --help              Show this help.

        EXAMPLE:
          host run --data prices.csv --approve all

        EXIT CODES:

        """))
  }

  @Test func `of a command shows its arguments`() throws {
    let text = try Self.help("why")
    #expect(text.hasPrefix("USAGE: host why [options] SYMBOL [FILE...]\n"))
    #expect(
      text.contains(
        """

        ARGUMENTS:
          SYMBOL                  The symbol.
          FILE                    Ledgers to read.

        OPTIONS:

        """))
    #expect(try Self.help("check-plugin").hasPrefix("USAGE: host check-plugin --level N [options] FILE\n"))
  }

  @Test func `keeps to 80 columns and leaves no trailing space`() throws {
    for words in [[], ["run"], ["why"], ["config"], ["config", "show"], ["check-plugin"]] {
      guard case .help(let path) = try exampleCommand.parse(words + ["-h"]) else {
        Issue.record("no help for \(words)")
        continue
      }
      for line in HelpRenderer().help(path).split(separator: "\n") {
        #expect(line.count <= 80)
        #expect(line.last != " ")
      }
    }
  }

  @Test func `uses the width and style of a terminal`() throws {
    guard case .help(let path) = try exampleCommand.parse(["-h"]) else { return }
    let wide = TerminalCapabilities(isTerminal: true, columns: 200, showsStyle: true, redraws: true)
    let text = HelpRenderer(wide).help(path)
    #expect(text.hasPrefix("\u{1B}[1mUSAGE:\u{1B}[0m host"))
    #expect(text.contains("ledger and state. (else $WHARF_HOME; default:\n"))
    let narrow = TerminalCapabilities(isTerminal: true, columns: 20, showsStyle: false, redraws: true)
    #expect(HelpRenderer(narrow).help(path).split(separator: "\n").allSatisfy { $0.count <= 60 })
  }
}
