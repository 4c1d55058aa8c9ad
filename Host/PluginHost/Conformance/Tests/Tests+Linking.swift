import Glibc
import PluginHost

/// What the file needs from other libraries, and where it looks for them.
extension ConformanceSuite {
  static let linkingTests: [ConformanceTest] = [
    ConformanceTest("elf-libraries", .image, "Every library the file needs is there.") { subject, _ in
      let missing = try subject.linkProblems().missingLibraries
      guard !missing.isEmpty else { return .pass }
      return .fail(
        Finding(
          "dynamic section", expected: "libraries of this system", found: list(missing) + " is nowhere",
          remedy: "link it statically, or put it beside the plugin and link with -rpath '$ORIGIN'"))
    },
    ConformanceTest("elf-symbol-versions", .image, "The libraries are not older than the file needs.") { subject, _ in
      let missing = try subject.linkProblems().missingVersions.map { "\($0.version) of \($0.library)" }
      guard !missing.isEmpty else { return .pass }
      return .fail(
        Finding(
          "version needs", expected: "versions this system has", found: list(missing),
          remedy: "build the plugin on the oldest system that it shall run on"))
    },
    ConformanceTest("elf-no-undefined-symbols", .image, "Every symbol the file needs is defined somewhere.") {
      subject, _ in
      let missing = try subject.linkProblems().undefinedSymbols
      guard !missing.isEmpty else { return .pass }
      return .fail(
        Finding(
          "dynamic symbols", expected: "all defined by the libraries it names", found: list(missing) + " undefined",
          remedy: "link the libraries that define them; find them all with -Wl,-z,defs"))
    },
    ConformanceTest("elf-search-path", .image, "Libraries are looked for in whole paths only.") { subject, _ in
      let path = try ELFLinking(subject.usableImage()).searchPath
      let relative = path.filter { !$0.hasPrefix("/") && !$0.hasPrefix("$ORIGIN") && !$0.hasPrefix("${ORIGIN}") }
      guard !relative.isEmpty else { return .pass }
      return .fail(
        Finding(
          "RUNPATH", expected: "paths that begin with / or $ORIGIN", found: list(relative),
          remedy: "link with whole paths: what a relative one finds depends on where the host was started"))
    },
    ConformanceTest("elf-build-identity", .image, "A plugin that uses the host's Swift runtime names its compiler.") {
      subject, _ in
      let image = try subject.usableImage()
      guard try subject.usesHostSwift() else { return .skip("it does not use the host's Swift runtime") }
      guard let section = image.section("wharf_build"), let bytes = try? image.bytes(of: section, limit: 4096),
        bytes.first ?? 0 != 0
      else {
        return .fail(
          Finding(
            "section wharf_build", expected: "the compiler that built the plugin", found: "nothing",
            remedy: "put WHARF_BUILD_IDENTITY of wharf/plugin.h into a C file of the plugin"))
      }
      return .pass
    },
    ConformanceTest("elf-loads", .image, "The system's loader takes the file.") { subject, _ in
      let problems = try subject.linkProblems()
      guard problems.isEmpty else { throw Unusable("its needs are not met") }
      guard dlopen(subject.path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) == nil else { return .pass }
      let message = dlerror().map { String(cString: $0) } ?? "no reason"
      return .fail(
        Finding(
          "dlopen", expected: "the library loaded", found: message, remedy: "correct what the loader names"))
    },
  ]
}

extension CheckSubject {
  /// What would stop the loader.
  fileprivate func linkProblems() throws -> LinkProblems {
    let image = try usableImage()
    return try LinkCheck(finder: LibraryFinder(environment: [:])).problems(image, ELFSymbols(image), path: path)
  }

  /// Whether Swift's runtime is needed as a library, for more than to register with it.
  fileprivate func usesHostSwift() throws -> Bool {
    let image = try usableImage()
    return try ELFLinking(image).needed.contains("libswiftCore.so")
      && ELFSymbols(image).needed().contains { name in
        name.starts(with: "$s".utf8) || name.starts(with: "swift_".utf8) && name != Array("swift_addNewDSOImage".utf8)
      }
  }
}
