import CCallWatch
import Glibc
import PluginHost

/// What happens while the file is loaded, before anything in it is called: its constructors run then.
extension ConformanceSuite {
  static let loadingTests: [ConformanceTest] = [
    ConformanceTest("load-pure", .entry, "Loading the file reads it and does nothing else outside.") { subject, _ in
      try subject.loadNeededLibraries()
      let path = strdup(subject.path)!
      try watch(CALL_WATCH_LOAD, path)
      try subject.loadAlone()
      try refuseStoppedCalls("a constructor")
      if let opened = call_watch_opened() {
        throw Finding(
          "a constructor", expected: "no file opened", found: "opened " + String(cString: opened),
          remedy: "take constructors out of the plugin; make everything in create")
      }
      return .pass
    },
    ConformanceTest("load-no-threads", .entry, "Loading the file starts no threads.") { subject, _ in
      try subject.loadNeededLibraries()
      let before = threadCount()
      try subject.loadAlone()
      return threads(since: before, "a constructor")
    },
    ConformanceTest("load-process-state", .entry, "Loading the file changes nothing about the process.") { subject, _ in
      try subject.loadNeededLibraries()
      let before = ProcessState()
      try subject.loadAlone()
      return state(since: before, "a constructor")
    },
  ]

  /// From now on only some system calls work.
  static func watch(_ what: some BinaryInteger, _ path: UnsafePointer<CChar>? = nil) throws {
    let failure = call_watch_start(Int32(what), TestChild.ownChannel, path)
    guard failure == 0 else {
      throw Unusable("this kernel lets nobody watch system calls: \(String(cString: strerror(failure)))")
    }
  }

  /// Fails when a call was stopped.
  static func refuseStoppedCalls(_ place: String) throws {
    guard let stopped = call_watch_stopped() else { return }
    throw Finding(
      place, expected: "no input or output, no waiting and no processes",
      found: "the system call " + String(cString: stopped), remedy: "do it in create, through a host table")
  }

  static func threads(since before: Int, _ place: String) -> Outcome {
    let now = threadCount()
    guard now != before else { return .pass }
    return .fail(
      Finding(
        place, expected: "\(before) thread\(before == 1 ? "" : "s")", found: "\(now)",
        remedy: "start no threads; the host makes the calls"))
  }

  static func state(since before: ProcessState, _ place: String) -> Outcome {
    let changes = ProcessState().changes(since: before)
    guard !changes.isEmpty else { return .pass }
    return .fail(
      Finding(
        place, expected: "the process as it was", found: "changed: " + list(changes),
        remedy: "leave the process to the host"))
  }
}

extension CheckSubject {
  /// Loads the file and looks at nothing in it.
  fileprivate func loadAlone() throws {
    guard dlopen(path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) != nil else {
      throw Unusable("the loader refuses the file")
    }
  }

  /// Loads the libraries the file needs, so that what follows is the file's own doing.
  fileprivate func loadNeededLibraries() throws {
    let linking = try ELFLinking(usableImage())
    for library in linking.needed {
      let folders = linking.searchPath.map { LibraryFinder.expanded($0, origin: path) + "/" }
      guard (folders + [""]).contains(where: { dlopen($0 + library, RTLD_NOW | RTLD_LOCAL) != nil }) else {
        throw Unusable("\(library) cannot be loaded")
      }
    }
  }
}
