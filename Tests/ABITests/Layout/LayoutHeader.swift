/// The header `layout_check.h`, written from the snapshot.
enum LayoutHeader {
  static func text(_ snapshot: LayoutSnapshot) -> String {
    var lines = [
      "/* Proves while compiling that the published structs have the layout of layout.txt, from which Tests/ABITests wrote",
      " * this file. Include it in one file of a plugin or host that wants to be sure; wharf.h does not. LP64 only. */",
      "#ifndef WHARF_LAYOUT_CHECK_H", "#define WHARF_LAYOUT_CHECK_H", "", "#include \"wharf.h\"", "",
      "#if defined(__cplusplus)", "#define WHARF_LAYOUT(condition) static_assert(condition, #condition)",
      "#elif __STDC_VERSION__ >= 201112L", "#define WHARF_LAYOUT(condition) _Static_assert(condition, #condition)",
      "#else", "#define WHARF_LAYOUT(condition) extern const char wharf_layout_holds[(condition) ? 1 : -1]", "#endif",
      "#define WHARF_SIZE(tag, size) WHARF_LAYOUT(sizeof(struct tag) == size)",
      "#define WHARF_PLACE(tag, field, offset, size) \\",
      "  WHARF_LAYOUT(offsetof(struct tag, field) == offset && sizeof(((struct tag *)0)->field) == size)", "",
      "#if !defined(__LP64__)", "#error \"the layout is published for LP64: 64-bit long and pointers\"", "#endif", "",
    ]
    for entry in snapshot.entries where entry.name.hasPrefix("struct ") {
      let tag = entry.name.dropFirst("struct ".count)
      let size = entry.value.split(separator: " ")[1]
      lines.append("WHARF_SIZE(\(tag), \(size));")
      for line in entry.lines {
        let words = line.split(separator: " ", maxSplits: 3)
        lines.append("WHARF_PLACE(\(tag), \(words[2]), \(words[0]), \(words[1]));")
      }
    }
    return (lines + ["", "#endif", ""]).joined(separator: "\n")
  }
}
