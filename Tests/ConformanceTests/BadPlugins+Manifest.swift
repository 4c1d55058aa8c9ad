extension BadPlugin {
  private static let source = "strategy.c"

  static let manifest: [BadPlugin] = [
    BadPlugin("manifest-present", source, "BAD_NO_MANIFEST"),
    BadPlugin("manifest-read-only", source, "BAD_WRITABLE_MANIFEST"),
    BadPlugin("manifest-json", source, manifest: ["name": "\"Fixture\" \"again\""]),
    BadPlugin("manifest-abi", source, manifest: ["abi": "\"9.0\""]),
    BadPlugin("manifest-id", source, manifest: ["id": "\"Fixture\""]),
    BadPlugin("manifest-roles", source, manifest: ["roles": "[\"strategy\",\"scanner\"]"]),
    BadPlugin("manifest-permissions", source, manifest: ["permissions": "[\"http:*\"]"]),
    BadPlugin(
      "manifest-options", source,
      manifest: [
        "options":
          #"[{"name":"span","type":"integer","default":"65","minimum":"1","maximum":"64","help":"Bars to look back."}]"#
      ]),
    BadPlugin("manifest-fields", source, manifest: ["colour": "\"green\""]),
    BadPlugin("manifest-file-name", source, verdict: "warn", manifest: ["id": "\"another\""]),
    BadPlugin("manifest-language", source, verdict: "warn", manifest: ["language": "\"swift\""]),
  ]
}
