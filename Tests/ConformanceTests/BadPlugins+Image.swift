extension BadPlugin {
  static let image = [BadPlugin("elf-one-export", "strategy.c", "BAD_TWO_EXPORTS")]
}
