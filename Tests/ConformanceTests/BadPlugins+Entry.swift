extension BadPlugin {
  private static let source = "strategy.c"

  static let loading: [BadPlugin] = [
    BadPlugin("load-pure", source, "BAD_CONSTRUCTOR_READS"),
    BadPlugin("load-no-threads", source, "BAD_CONSTRUCTOR_THREAD"),
    BadPlugin("load-process-state", source, "BAD_CONSTRUCTOR_SIGNAL"),
  ]

  static let entry: [BadPlugin] = [
    BadPlugin("entry-descriptor", source, "BAD_DESCRIPTOR_SIZE"), BadPlugin("entry-abi", source, "BAD_DESCRIPTOR_ABI"),
    BadPlugin("entry-same-answer", source, "BAD_DESCRIPTOR_MOVES"),
    BadPlugin("entry-any-thread", source, "BAD_DESCRIPTOR_OF_THREAD"),
    BadPlugin("entry-constant", source, "BAD_DESCRIPTOR_CHANGES"),
    BadPlugin("entry-quick", source, "BAD_ENTRY_SLOW"), BadPlugin("entry-pure", source, "BAD_ENTRY_WRITES"),
    BadPlugin("entry-no-threads", source, "BAD_ENTRY_THREAD"),
    BadPlugin("entry-process-state", source, "BAD_ENTRY_ENVIRONMENT"),
  ]

  static let tables: [BadPlugin] = [
    BadPlugin("tables-present", source, manifest: ["roles": "[\"strategy\",\"notifier\"]"]),
    BadPlugin("tables-whole", source, "BAD_TABLE_WITHOUT_DESTROY"),
    BadPlugin("tables-are-code", source, "BAD_TABLE_OF_DATA"),
    BadPlugin("tables-only-promised", source, "BAD_TABLE_NOT_PROMISED"),
    BadPlugin("tables-constant", source, "BAD_TABLE_MOVES"),
    BadPlugin("table-unknown-id", source, "BAD_TABLE_BY_PREFIX"),
    BadPlugin("table-id-length", source, "BAD_TABLE_BY_ZERO", verdict: "crash"),
  ]
}
