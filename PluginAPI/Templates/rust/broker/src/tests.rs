//! Runs the plugin in a host in memory, through its C tables.
use crate::test_host::*;
use crate::wharf::*;
use std::os::raw::c_void;

const UNIT: i64 = 1_000_000_000;

/// The venue with what it told since the last look.
struct Venue {
    broker: &'static Broker,
    venue: &'static SimulatedVenue,
    instance: *mut Instance,
    told: Box<Told>,
}

#[derive(Default)]
struct Told {
    kinds: Vec<i32>,
    reasons: Vec<String>,
    held: i64,
}

unsafe extern "C" fn take_report(context: *mut c_void, report: *const OrderReport) {
    let told = &mut *(context as *mut Told);
    told.kinds.push((*report).kind);
    let reason = slice((*report).reason as *const u8, (*report).reason_length);
    told.reasons.push(String::from_utf8(reason.to_vec()).unwrap());
}

unsafe extern "C" fn take_position(context: *mut c_void, position: *const BrokerPosition) {
    (*(context as *mut Told)).held = (*position).quantity;
}

impl Venue {
    fn open(host: &TestHost) -> Result<Venue, Status> {
        let (broker, venue) = (plugin_table::<Broker>().unwrap(), plugin_table::<SimulatedVenue>().unwrap());
        let mut this = Venue { broker, venue, instance: std::ptr::null_mut(), told: Box::new(Told::default()) };
        let instruments = [instrument("ABC")];
        unsafe {
            let status = (broker.create)(host.raw(), &mut this.instance);
            if status != OK {
                return Err(status);
            }
            match (broker.start)(this.instance, &start_of(&instruments)) {
                OK => Ok(this),
                status => Err(status),
            }
        }
    }

    fn sink(&mut self) -> BrokerSink {
        self.told.kinds.clear();
        self.told.reasons.clear();
        self.told.held = 0;
        let context = &mut *self.told as *mut Told as *mut c_void;
        let size = std::mem::size_of::<BrokerSink>() as u32;
        BrokerSink { struct_size: size, reserved: 0, context, report: take_report, position: take_position }
    }

    /// Status and kinds of the reports.
    fn place(&mut self, id: &str, side: i32, kind: i32, quantity: i64, price: i64, group: &str) -> (Status, Vec<i32>) {
        let sink = self.sink();
        let mut request = OrderRequest::zero();
        (request.client_order_id, request.client_order_id_length) = lend(id);
        (request.oco_group, request.oco_group_length) = lend(group);
        request.side = side;
        request.order_type = kind;
        request.time_in_force = TIF_GTC;
        request.quantity = quantity;
        request.limit_price = if kind == ORDER_LIMIT { price } else { 0 };
        request.stop_price = if kind == ORDER_STOP { price } else { 0 };
        request.created_at = 1;
        let status = unsafe { (self.broker.place)(self.instance, &request, &sink) };
        (status, self.told.kinds.clone())
    }

    fn quote(&mut self, time: i64, price: i64) -> (Status, Vec<i32>) {
        let sink = self.sink();
        let quote = Quote { time, last: price, bid: 0, ask: 0, instrument: 0, flags: SESSION_FIRST };
        let status = unsafe { (self.venue.on_quote)(self.instance, &quote, &sink) };
        (status, self.told.kinds.clone())
    }

    fn bar(&mut self, low: f64, high: f64) -> (Status, Vec<i32>) {
        let sink = self.sink();
        let mut bar = bar(1, low, 1000.0);
        bar.high = high;
        bar.flags = 0;
        let status = unsafe { (self.venue.on_bar)(self.instance, &bar, &sink) };
        (status, self.told.kinds.clone())
    }

    fn held(&mut self) -> i64 {
        let sink = self.sink();
        assert_eq!(unsafe { (self.broker.positions)(self.instance, &sink) }, OK);
        self.told.held
    }

    fn cash(&self) -> i64 {
        let mut account = BrokerAccount::zero();
        assert_eq!(unsafe { (self.broker.account)(self.instance, &mut account) }, OK);
        account.cash
    }
}

impl Drop for Venue {
    fn drop(&mut self) {
        if !self.instance.is_null() {
            unsafe { (self.broker.destroy)(self.instance) }
        }
    }
}

fn host() -> Box<TestHost> {
    let mut host = TestHost::new();
    host.set("cash", Value::Decimal(1000 * UNIT));
    host.set("fee_rate", Value::Decimal(UNIT / 1000));
    host.set("currency", Value::Text("USD"));
    host
}

#[test]
fn it_fills_once_however_often_it_is_asked() {
    let host = host();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    assert_eq!(venue.place("a", SIDE_BUY, ORDER_MARKET, 10 * UNIT, 0, ""), (OK, vec![REPORT_ACCEPTED]));
    assert_eq!(venue.quote(10, 20 * UNIT), (OK, vec![REPORT_FILL]));
    assert_eq!(venue.quote(10, 20 * UNIT), (OK, vec![REPORT_FILL]));
    assert_eq!(venue.place("a", SIDE_BUY, ORDER_MARKET, 10 * UNIT, 0, ""), (OK, vec![REPORT_ACCEPTED, REPORT_FILL]));
    assert_eq!((venue.held(), venue.cash()), (10 * UNIT, 800 * UNIT - UNIT / 5));
}

#[test]
fn it_sells_nothing_that_is_not_held_and_buys_nothing_without_cash() {
    let host = host();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    assert_eq!(venue.place("a", SIDE_SELL, ORDER_MARKET, UNIT, 0, ""), (E_REJECTED, vec![REPORT_REJECTED]));
    venue.quote(10, 200 * UNIT);
    let answer = venue.place("b", SIDE_BUY, ORDER_MARKET, 10 * UNIT, 0, "");
    assert_eq!(answer, (OK, vec![REPORT_ACCEPTED, REPORT_CANCELLED]));
    assert_eq!(venue.told.reasons, ["", "not_enough_cash"]);
}

#[test]
fn a_bar_through_both_legs_fills_the_stop_also_across_a_restart() {
    let mut host = host();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    venue.quote(10, 20 * UNIT);
    venue.place("a", SIDE_BUY, ORDER_MARKET, 10 * UNIT, 0, "");
    venue.place("stop", SIDE_SELL, ORDER_STOP, 10 * UNIT, 19 * UNIT, "pair");
    venue.place("goal", SIDE_SELL, ORDER_LIMIT, 10 * UNIT, 25 * UNIT, "pair");
    drop(venue);
    host.crash();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    assert_eq!(venue.held(), 10 * UNIT);
    let told = vec![REPORT_TRIGGERED, REPORT_FILL, REPORT_CANCELLED];
    assert_eq!(venue.bar(18.5, 26.0), (OK, told.clone()));
    assert_eq!((venue.bar(18.5, 26.0), venue.held()), ((OK, told), 0));
}

#[test]
fn it_refuses_what_it_does_not_understand() {
    let host = host();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    assert_eq!(venue.place("a", SIDE_BUY, ORDER_TRAILING_STOP, UNIT, 0, ""), (E_UNSUPPORTED, vec![]));
    assert_eq!(venue.place("a", 3, ORDER_MARKET, UNIT, 0, ""), (E_INVALID, vec![]));
    assert_eq!(venue.place("", SIDE_BUY, ORDER_MARKET, UNIT, 0, ""), (E_INVALID, vec![]));
    assert!(Venue::open(&TestHost::new()).is_err());
}

#[test]
fn it_tells_nothing_that_it_could_not_save_and_refuses_damaged_state() {
    let mut host = host();
    let mut venue = Venue::open(&host).unwrap_or_else(|status| panic!("{}", status));
    host.fails_commits = true;
    assert_eq!(venue.place("a", SIDE_BUY, ORDER_MARKET, UNIT, 0, ""), (E_FAULT, vec![]));
    assert_eq!(venue.quote(10, UNIT), (E_FAULT, vec![]));
    drop(venue);
    host.crash();
    host.pending.insert(b"o/00000000".to_vec(), b"damaged".to_vec());
    assert_eq!(Venue::open(&host).err(), Some(E_CONFIGURATION));
}
