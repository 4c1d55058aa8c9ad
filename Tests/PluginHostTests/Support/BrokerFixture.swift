/// A broker and venue in C whose answers a test makes up.
enum BrokerFixture {
  static let source = source()

  /// `place` and `order` run `report`, with the request's quantity in units as `what` (1000 more: without a reason); `positions` runs `position` and
  /// `account` runs `account`, with the global `what`, which `capabilities` was asked for.
  static func source(
    report: String = "", position: String = "", account: String = "", status: String = "WHARF_OK"
  ) -> String {
    CPlugin.prelude() + """
      static int anything, what;
      static wharf_status create(const wharf_host *h, wharf_instance **o) {
        (void)h; *o = (wharf_instance *)&anything; return WHARF_OK;
      }
      static wharf_status start(wharf_instance *i, const wharf_start *s) {
        (void)i; what = (int)(s->decide_from / 1000000000); return WHARF_OK;
      }
      static wharf_status capabilities(wharf_instance *i, uint64_t *out) { (void)i; *out = what < 0 ? 512 : 3; return WHARF_OK; }
      static wharf_status account_(wharf_instance *i, wharf_broker_account *a) {
        (void)i; a->cash = 5; a->buying_power = 6; a->currency = 0x445355;
        switch (what) { \(account) default: break; }
        return WHARF_OK;
      }
      static wharf_status positions(wharf_instance *i, const wharf_broker_sink *s) {
        (void)i;
        wharf_broker_position p = {sizeof p, 0, 1000000000, 2000000000};
        s->position(s->context, &p);
        switch (what) { \(position) default: return WHARF_OK; }
        s->position(s->context, &p);
        return WHARF_OK;
      }
      static void tell(const wharf_broker_sink *s, int what) {
        wharf_order_report r = {sizeof r, 0, WHARF_REPORT_FILL, WHARF_SIDE_BUY, WHARF_ORDER_MARKET, 0,
          "r-1", 3, "c-1", 3, "v-1", 3, 1000, 1000000000, 2000000000, -1, 1000000000, 0, "because", 7};
        static char big[70000];
        (void)big;
        if (what >= 1000) { what -= 1000; r.reason_length = 0; }
        switch (what) { \(report) default: break; }
        s->report(s->context, &r);
      }
      static wharf_status open_orders(wharf_instance *i, const wharf_broker_sink *s) {
        (void)i; tell(s, what); return WHARF_OK;
      }
      static wharf_status order(wharf_instance *i, const char *id, uint64_t n, const wharf_broker_sink *s) {
        (void)i; (void)s;
        if (n == 3 && !memcmp(id, "c-1", 3)) { tell(s, 0); return WHARF_OK; }
        return id[0] == '!' ? WHARF_E_IO : WHARF_E_NOT_FOUND;
      }
      static wharf_status place(wharf_instance *i, const wharf_order_request *r, const wharf_broker_sink *s) {
        (void)i;
        if (r->created_at) return (wharf_status)r->created_at;
        tell(s, (int)(r->quantity / 1000000000)); return WHARF_OK;
      }
      static wharf_status replace(wharf_instance *i, const char *id, uint64_t n, int64_t q, int64_t l, int64_t p,
        const wharf_broker_sink *s) {
        (void)i; (void)id; (void)n; (void)l; (void)p; (void)s; return (wharf_status)q;
      }
      static wharf_status cancel(wharf_instance *i, const char *id, uint64_t n, const wharf_broker_sink *s) {
        (void)i; (void)s; return n == 3 && !memcmp(id, "c-1", 3) ? WHARF_OK : WHARF_E_NOT_FOUND;
      }
      static void destroy(wharf_instance *i) { (void)i; }
      static wharf_status on_quote(wharf_instance *i, const wharf_quote *q, const wharf_broker_sink *s) {
        (void)i; tell(s, (int)(q->last / 1000000000)); return WHARF_OK;
      }
      static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_broker_sink *s) {
        (void)i; (void)b; (void)s;
        wharf_broker_position p = {sizeof p, 0, 1, 1};
        if (b->volume == 1) s->position(s->context, &p);
        return b->volume == 2 ? WHARF_E_FAULT : WHARF_OK;
      }
      static const wharf_broker broker = {.struct_size = sizeof(wharf_broker), .create = create, .start = start,
        .capabilities = capabilities, .account = account_, .positions = positions, .open_orders = open_orders,
        .order = order, .place = place, .replace = replace, .cancel = cancel, .destroy = destroy};
      static const wharf_simulated_venue venue = {
        .struct_size = sizeof(wharf_simulated_venue), .on_quote = on_quote, .on_bar = on_bar};

      """ + CPlugin.entry(["wharf.broker/1": "broker", "wharf.simulated_venue/1": "venue"])
  }
}
