import PluginHost
import Testing

extension WaysOut {
  @Suite struct `The table wharf.process` {
    @Test func `runs a named command with arguments, input and variables`() throws {
      let answer = try Request(["command": "cat", "body": "hello"]).run([2])
      #expect(answer == ["1:hello|0,0,0 -> 8 331"])
      let request = Request([
        "command": "sh", "argument": "echo $A; echo bad >&2; exit 3", "variable": "A", "value": "x y",
      ])
      let said = try request.run([2])
      #expect(said.count == 1 && said[0].contains("1:x y\n") == false)
      #expect(said[0].contains(#"1:x y\n"#) && said[0].contains(#"2:bad\n"#) && said[0].hasSuffix("|3,0,0 -> 8 331"))
    }

    @Test func `gives a command nothing of the host's environment`() throws {
      let request = Request(["command": "sh", "argument": "export -p"])
      #expect(try request.run([2]) == [#"1:export PWD='/'\n|0,0,0 -> 8 331"#])
    }

    @Test func `puts secrets into variables and cuts them out of the output`() throws {
      let request = Request([
        "command": "sh", "argument": "echo ${#A} $A; echo $A >&2", "variable": "A", "value": "${secret:KEY}",
      ])
      let said = try request.run([2]).joined()
      #expect(said.contains(#"1:12 (redacted)\n"#) && said.contains(#"2:(redacted)\n"#))
    }

    @Test func `kills a command when its time is over`() throws {
      let request = Request(["command": "sh", "argument": "while :; do :; done", "timeout": "50000000"])
      let said = try request.run([2])
      #expect(said == ["|-1,9,1 -> 8 331"])
    }

    @Test(arguments: [
      (["command": "ls"], "4", "process.start: request.command: expected a granted command, found ls"),
      (["command": "/bin/cat"], "1", "process.start: request.command: expected the name of a command, found /bin/cat"),
      (
        ["command": "cat", "variable": "A", "value": "${secret:OTHER}"], "4",
        "process.start: request.secret: expected a granted secret, found OTHER"
      ),
      (
        ["command": "cat", "variable": "LD_PRELOAD", "value": "/x.so"], "1",
        "process.start: request.variables.name: expected capital letters, digits and _, and not the loader's, found LD_PRELOAD"
      ),
      (
        ["command": "cat", "variable": "a=b", "value": "x"], "1",
        "process.start: request.variables.name: expected capital letters, digits and _, and not the loader's, found a=b"
      ),
      (
        ["command": "cat", "variable": "A", "value": "$x"], "1",
        "process.start: request.variables.value: expected ${secret:NAME}, ${basic:NAME:NAME} or $$, found another dollar sign"
      ),
      (["command": "cat", "timeout": "-1"], "1", "process.start: request.timeout: expected 0 or more, found -1"),
    ]) func `runs nothing else`(_ options: [String: String], _ status: String, _ told: String) throws {
      let request = Request(options)
      #expect(try request.run([2]) == [status])
      #expect(request.recorder.messages == [told])
    }

    @Test func `says that a command is not configured or cannot be started`() throws {
      var request = Request(["command": "cat"])
      request.yaml = ""
      #expect(
        try request.run([2]) == [
          "command cat is not configured; set processes.cat to a file and its arguments", "9",
        ])
      var missing = Request(["command": "cat"])
      missing.yaml = "processes: {cat: [/nowhere/cat]}\n"
      #expect(
        try missing.run([2]) == ["command cat could not be started: /nowhere/cat: No such file or directory", "5"])
    }

    @Test func `is not there without a permission for it`() throws {
      var request = Request(["command": "cat"])
      request.permissions = ["http:api.example.com"]
      #expect(try request.run([2]) == ["no table"])
    }
  }
}
