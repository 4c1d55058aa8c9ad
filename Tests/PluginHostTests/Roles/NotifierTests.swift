import PluginHost
import Testing
import TradingCore
import TradingTypes

@Suite struct `A notifier` {
  private static let source =
    CPlugin.prelude() + """
      static int anything;
      static const wharf_log *log_; static const wharf_host *host_;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        host_ = h; h->table(h, "wharf.log/1", 11, (const void **)&log_); *o = (wharf_instance *)&anything; return WHARF_OK;
      }
      static wharf_status notify(wharf_instance *i, const wharf_notification *n) {
        (void)i;
        log_->write(host_, n->severity, n->topic, n->topic_length);
        log_->write(host_, n->severity, n->title, n->title_length);
        log_->write(host_, n->severity, n->text, n->text_length);
        return (wharf_status)n->time;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static const wharf_notifier note = {
        .struct_size = sizeof(wharf_notifier), .create = create, .notify = notify, .destroy = destroy};

      """ + CPlugin.entry(["wharf.notifier/1": "note"])

  @Test func `is given the message, and says what became of it`() throws {
    let fixture = try LoadedFixture(Self.source, role: "notifier")
    let recorder = Recorder()
    let notifier = try NotifierInstance(fixture.image, recorder.services(fixture.image))
    func notify(_ status: Int64) -> Delivery {
      notifier.notify(
        Notification(
          severity: .alarm, time: Timestamp(nanoseconds: status), topic: "breaker", title: "tripped é", text: "a\nb"))
    }
    #expect(notify(0) == .delivered)
    #expect(recorder.lines.map(\.text) == ["breaker", "tripped é", "a\\nb"])
    #expect(recorder.lines.map(\.level) == [.warning, .warning, .warning])
    #expect(notify(7) == .busy)
    #expect(notify(10) == .failed("io"))
    #expect(!notifier.isStopped)
    #expect(notify(11) == .failed("fault"))
    #expect(notify(0) == .failed("stopped"))
  }
}
