import CommandLineKit
import Configuration
import PluginHost

/// `host run`: a session over recorded bars, on paper unless a live broker is configured.
enum RunCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "run", abstract: "Run a session: strategies propose, you approve, the host looks after the rest.",
      discussion: [
        "Without --data it replays the bundled daily history on a paper account. At a terminal it asks for approval and "
          + "the replayed market waits; without one, silence follows approval.approval_timeout_action.",
        "An interrupted session goes on where it was when the same command is run again.",
      ], options: RunOptions.specifications,
      examples: ["host run", "host run --data prices/ --from 2015-01-01 --to 2020-12-31 --approve all"])
  ) { arguments, streams in
    StopRequest.install()
    let locations = try HostEnvironment.locations(arguments)
    PluginWatch.beginSession(FailureFile(home: locations.home), streams.errors)
    defer { CallFiles.end() }
    let setup = try RunSetup(RunOptions(arguments), HostEnvironment(arguments), streams)
    return try setup.run(streams)
  }
}
