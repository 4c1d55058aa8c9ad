//! My Plugin: a simulated venue. Market orders fill whole at the next price, limit and stop orders when the market touches
//! them; an account of cash and long positions. The rules are in `book.rs`, this file is the edge to the host.
//!
//! Every call saves what changed (`wharf.state/1`) before it tells it, so a restart never undoes what the host knows.
#[macro_use]
mod wharf;
mod book;
mod records;
#[cfg(test)]
mod test_host;
#[cfg(test)]
mod tests;

use book::*;
use records::key;
use std::os::raw::{c_char, c_void};
use wharf::*;

embed_manifest!();

struct WholeFillVenue {
    host: Services,
    clock: &'static Clock,
    state: &'static State,
    currency: String,
    is_started: bool,
    book: Book,
    /// How many happenings are saved.
    saved: usize,
    /// Nothing is done any more.
    is_broken: bool,
}

unsafe fn text<'a>(start: *const c_char, length: u64) -> Result<&'a str, Status> {
    std::str::from_utf8(slice(start as *const u8, length)).map_err(|_| E_INVALID)
}

fn is_plain(text: &str) -> bool {
    text.len() <= 48 && text.bytes().all(|byte| (33..127).contains(&byte))
}

impl WholeFillVenue {
    unsafe fn new(host: *const Host) -> Result<Self, Status> {
        let services = Services::new(host)?;
        let clock = host_table::<Clock>(host).ok_or(E_UNSUPPORTED)?;
        let state = host_table::<State>(host).ok_or(E_UNSUPPORTED)?;
        let cash = services.decimal("cash").unwrap_or(-1);
        let fee_rate = services.decimal("fee_rate").unwrap_or(-1);
        let currency = services.text("currency").unwrap_or_default();
        if cash < 0 || !(0..=100_000_000).contains(&fee_rate) || !(1..=8).contains(&currency.len()) {
            let line = "expected cash of at least 0, fee_rate from 0 to 0.1, currency of 1 to 8 characters";
            return Err(services.refuse(line));
        }
        let book = Book { cash, fee_rate, ..Book::default() };
        Ok(WholeFillVenue { host: services, clock, state, currency, is_started: false, book, saved: 0, is_broken: false })
    }

    /// Restores the saved account, or opens a new one.
    unsafe fn start(&mut self, start: &Start) -> Result<(), Status> {
        if self.is_started {
            return Err(E_INVALID);
        }
        self.is_started = true;
        for instrument in slice(start.instruments, start.instrument_count) {
            let symbol = text(instrument.symbol, instrument.symbol_length)?.to_string();
            let is_foreign = text(instrument.currency, instrument.currency_length)? != self.currency;
            self.book.held.push(Held { symbol, is_foreign, ..Held::default() });
        }
        if self.load().is_none() {
            self.is_broken = true;
            return Err(self.host.refuse(
                "the saved account cannot be used: expected whole records of instruments of this session; name the same \
                 symbols as before, or remove the state of this plugin",
            ));
        }
        self.saved = self.book.happenings.len();
        Ok(())
    }

    /// `None`: what is saved cannot be used.
    fn load(&mut self) -> Option<()> {
        while let Some(bytes) = self.get(&key('o', self.book.orders.len()))? {
            self.book.orders.push(Order::read(&bytes, &self.book.held)?);
        }
        while let Some(bytes) = self.get(&key('h', self.book.happenings.len()))? {
            let happening = Happening::read(&bytes, self.book.orders.len())?;
            if happening.kind == REPORT_FILL {
                self.book.settle(&happening).ok()?;
            }
            let instrument = self.book.orders[happening.order].instrument;
            self.book.held[instrument].seen[happening.cause] = Some(happening.time);
            self.book.happenings.push(happening);
        }
        Some(())
    }

    /// A record of the state; `Some(None)` when there is none, `None` when it cannot be read.
    fn get(&self, name: &str) -> Option<Option<Vec<u8>>> {
        let (start, length) = lend(name);
        let (status, bytes) = collect(|sink| unsafe { (self.state.get)(self.host.host, start, length, sink) });
        match status {
            OK => Some(Some(bytes)),
            E_NOT_FOUND => Some(None),
            _ => None,
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Status {
        let (start, length) = lend(name);
        let value = bytes.as_ptr() as *const c_void;
        unsafe { (self.state.put)(self.host.host, start, length, value, bytes.len() as u64) }
    }

    fn check_whole(&self) -> Result<(), Status> {
        if self.is_broken {
            Err(E_FAULT)
        } else {
            Ok(())
        }
    }

    /// Saves what a call changed, then tells it. After a failure nothing is told and nothing more is done.
    fn settle(&mut self, work: Result<(), TooLarge>, sink: &BrokerSink) -> Result<(), Status> {
        let is_saved = work.is_ok() && self.save();
        if !is_saved {
            self.is_broken = true;
            self.host.refuse("the account could not be saved; start again once the state can be written");
            return Err(E_FAULT);
        }
        let from = std::mem::replace(&mut self.saved, self.book.happenings.len());
        self.tell_all(sink, |place, _| place >= from);
        Ok(())
    }

    fn save(&self) -> bool {
        for place in self.saved..self.book.happenings.len() {
            let happening = &self.book.happenings[place];
            let order = &self.book.orders[happening.order];
            let record = order.record(&self.book.held[order.instrument].symbol);
            if self.put(&key('o', happening.order), &record) != OK || self.put(&key('h', place), &happening.record()) != OK {
                return false;
            }
        }
        self.saved == self.book.happenings.len() || unsafe { (self.state.commit)(self.host.host) } == OK
    }

    /// Tells every happening for which the test holds, oldest first.
    fn tell_all(&self, sink: &BrokerSink, is_wanted: impl Fn(usize, &Happening) -> bool) {
        for (place, happening) in self.book.happenings.iter().enumerate() {
            if !is_wanted(place, happening) {
                continue;
            }
            let order = &self.book.orders[happening.order];
            let report_id = format!("{}/{}", order.id, happening.ordinal);
            let mut report = OrderReport::zero();
            report.instrument = order.instrument as u32;
            report.kind = happening.kind;
            report.side = order.side;
            report.order_type = order.kind;
            (report.report_id, report.report_id_length) = lend(&report_id);
            (report.client_order_id, report.client_order_id_length) = lend(&order.id);
            (report.venue_order_id, report.venue_order_id_length) = lend(&order.id);
            report.time = happening.time;
            report.quantity = happening.quantity;
            report.price = happening.price;
            report.fee = happening.fee;
            report.cumulative = if happening.kind == REPORT_FILL { happening.quantity } else { 0 }; // orders fill whole
            report.stop_price = happening.stop_price;
            (report.reason, report.reason_length) = lend(&happening.reason);
            unsafe { (sink.report)(sink.context, &report) }
        }
    }

    /// Whether everything the venue must understand about a request is understood; never a guess.
    fn understand(request: &OrderRequest, id: &str, group: &str) -> Result<(), Status> {
        let is_listed = [SIDE_BUY, SIDE_SELL].contains(&request.side)
            && (ORDER_MARKET..=ORDER_TRAILING_STOP).contains(&request.order_type)
            && (TIF_DAY..=TIF_CLS).contains(&request.time_in_force);
        if !is_listed || id.is_empty() || !is_plain(id) || !is_plain(group) || request.quantity <= 0 {
            return Err(E_INVALID);
        }
        let has_bracket = request.take_profit_price != 0 || request.stop_loss_price != 0;
        if request.order_type > ORDER_STOP || has_bracket || ![TIF_DAY, TIF_GTC, TIF_OPG].contains(&request.time_in_force) {
            return Err(E_UNSUPPORTED);
        }
        let price = match request.order_type {
            ORDER_LIMIT => request.limit_price,
            ORDER_STOP => request.stop_price,
            _ => 1,
        };
        if price > 0 {
            Ok(())
        } else {
            Err(E_INVALID)
        }
    }

    unsafe fn place(&mut self, request: &OrderRequest, sink: &BrokerSink) -> Result<(), Status> {
        self.check_whole()?;
        let id = text(request.client_order_id, request.client_order_id_length)?;
        let group = text(request.oco_group, request.oco_group_length)?;
        WholeFillVenue::understand(request, id, group)?;
        if let Some(place) = self.book.find(id) {
            self.tell_all(sink, |_, happening| happening.order == place); // never a second order
            return Ok(());
        }
        let instrument = request.instrument as usize;
        let held = self.book.held.get(instrument).ok_or(E_INVALID)?;
        let refusal = if held.is_foreign {
            "another_currency"
        } else if request.side == SIDE_SELL && request.quantity > held.position {
            "more_than_held"
        } else {
            ""
        };
        let market = held.market;
        let place = self.book.orders.len();
        self.book.orders.push(Order {
            id: id.to_string(),
            oco_group: group.to_string(),
            instrument,
            side: request.side,
            kind: request.order_type,
            time_in_force: request.time_in_force,
            created_at: request.created_at,
            quantity: request.quantity,
            limit_price: if request.order_type == ORDER_LIMIT { request.limit_price } else { 0 },
            stop_price: if request.order_type == ORDER_STOP { request.stop_price } else { 0 },
            is_working: true,
            happenings: 0,
        });
        if !refusal.is_empty() {
            self.book.note(REPORT_REJECTED, place, BY_HOST, request.created_at, 0, 0, refusal);
            return self.settle(Ok(()), sink).and(Err(E_REJECTED));
        }
        self.book.note(REPORT_ACCEPTED, place, BY_HOST, request.created_at, 0, 0, "");
        // while the last thing seen is a price, the order meets that price; after a bar it waits
        let work = match market {
            Some(quote @ Market::Quote { .. }) => self.book.try_to_fill(place, quote, BY_HOST),
            _ => Ok(()),
        };
        self.settle(work, sink)
    }

    unsafe fn working(&self, id: *const c_char, length: u64) -> Result<usize, Status> {
        self.check_whole()?;
        let place = self.book.find(text(id, length)?).ok_or(E_NOT_FOUND)?;
        if self.book.orders[place].is_working {
            Ok(place)
        } else {
            Err(E_NOT_FOUND)
        }
    }

    fn replace(&mut self, place: usize, quantity: i64, limit: i64, stop: i64, sink: &BrokerSink) -> Result<(), Status> {
        let order = &mut self.book.orders[place];
        if quantity <= 0 || limit < 0 || stop < 0 {
            return Err(E_INVALID);
        }
        if order.side == SIDE_SELL && quantity > self.book.held[order.instrument].position {
            return Err(E_REJECTED);
        }
        order.quantity = quantity;
        if order.kind == ORDER_LIMIT && limit > 0 {
            order.limit_price = limit;
        }
        if order.kind == ORDER_STOP && stop > 0 {
            order.stop_price = stop;
        }
        let now = unsafe { (self.clock.now)(self.host.host) };
        self.book.note(REPORT_REPLACED, place, BY_HOST, now, 0, 0, "asked");
        self.settle(Ok(()), sink)
    }

    fn cancel(&mut self, place: usize, sink: &BrokerSink) -> Result<(), Status> {
        let now = unsafe { (self.clock.now)(self.host.host) };
        self.book.note(REPORT_CANCELLED, place, BY_HOST, now, 0, 0, "asked");
        self.settle(Ok(()), sink)
    }

    fn see(&mut self, instrument: u32, market: Market, sink: &BrokerSink) -> Result<(), Status> {
        self.check_whole()?;
        let instrument = instrument as usize;
        let (time, cause) = (market.time(), market.cause());
        let held = self.book.held.get(instrument).ok_or(E_INVALID)?;
        if held.seen[cause].map_or(false, |seen| time <= seen) {
            // what was processed before changes nothing, and tells the same again
            self.tell_all(sink, |_, happening| {
                let order = &self.book.orders[happening.order];
                happening.cause == cause && happening.time == time && order.instrument == instrument
            });
            return Ok(());
        }
        let work = self.book.work(instrument, market);
        self.settle(work, sink)
    }
}

// --- the edge to the host: pointers in, statuses out ---

unsafe fn at<'a>(instance: *mut Instance) -> &'a mut WholeFillVenue {
    &mut *(instance as *mut WholeFillVenue)
}

unsafe extern "C" fn create(host: *const Host, out_instance: *mut *mut Instance) -> Status {
    guarded(|| {
        *out_instance = keep(WholeFillVenue::new(host)?);
        Ok(())
    })
}

unsafe extern "C" fn start(instance: *mut Instance, start: *const Start) -> Status {
    guarded(|| at(instance).start(&*start))
}

unsafe extern "C" fn capabilities(_: *mut Instance, out_bits: *mut u64) -> Status {
    *out_bits = CAN_LIMIT | CAN_STOP | CAN_OCO | CAN_REPLACE | CAN_FIND_BY_CLIENT_ID | CAN_FRACTIONS;
    OK
}

unsafe extern "C" fn account(instance: *mut Instance, out: *mut BrokerAccount) -> Status {
    guarded(|| {
        let this = at(instance);
        this.check_whole()?;
        (*out).live = 0;
        (*out).cash = this.book.cash;
        (*out).buying_power = this.book.buying_power();
        (*out).currency = this.currency.bytes().rev().fold(0, |packed, byte| packed << 8 | u64::from(byte));
        Ok(())
    })
}

unsafe extern "C" fn positions(instance: *mut Instance, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let this = at(instance);
        this.check_whole()?;
        for (place, held) in this.book.held.iter().enumerate().filter(|(_, held)| held.position > 0) {
            let mut position = BrokerPosition::zero();
            position.instrument = place as u32;
            position.quantity = held.position;
            let average = i128::from(held.cost) * 1_000_000_000 / i128::from(held.position);
            position.average_price = i64::try_from(average).map_err(|_| E_FAULT)?;
            ((*sink).position)((*sink).context, &position);
        }
        Ok(())
    })
}

unsafe extern "C" fn open_orders(instance: *mut Instance, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let this = at(instance);
        this.check_whole()?;
        this.tell_all(&*sink, |_, happening| {
            let order = &this.book.orders[happening.order];
            order.is_working && happening.ordinal == order.happenings
        });
        Ok(())
    })
}

unsafe extern "C" fn order(instance: *mut Instance, id: *const c_char, length: u64, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let this = at(instance);
        this.check_whole()?;
        let place = this.book.find(text(id, length)?).ok_or(E_NOT_FOUND)?;
        this.tell_all(&*sink, |_, happening| happening.order == place);
        Ok(())
    })
}

unsafe extern "C" fn place(instance: *mut Instance, request: *const OrderRequest, sink: *const BrokerSink) -> Status {
    guarded(|| at(instance).place(&*request, &*sink))
}

unsafe extern "C" fn replace(
    instance: *mut Instance,
    id: *const c_char,
    length: u64,
    quantity: i64,
    limit_price: i64,
    stop_price: i64,
    sink: *const BrokerSink,
) -> Status {
    guarded(|| {
        let place = at(instance).working(id, length)?;
        at(instance).replace(place, quantity, limit_price, stop_price, &*sink)
    })
}

unsafe extern "C" fn cancel(instance: *mut Instance, id: *const c_char, length: u64, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let place = at(instance).working(id, length)?;
        at(instance).cancel(place, &*sink)
    })
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    release::<WholeFillVenue>(instance)
}

unsafe extern "C" fn on_quote(instance: *mut Instance, quote: *const Quote, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let quote = &*quote;
        if quote.last <= 0 || quote.bid < 0 || quote.ask < 0 {
            return Err(E_INVALID);
        }
        let bid = if quote.bid > 0 { quote.bid } else { quote.last };
        let ask = if quote.ask > 0 { quote.ask } else { quote.last };
        let is_first = quote.flags & SESSION_FIRST != 0;
        at(instance).see(quote.instrument, Market::Quote { time: quote.time, bid, ask, is_first }, &*sink)
    })
}

unsafe extern "C" fn on_bar(instance: *mut Instance, bar: *const Bar, sink: *const BrokerSink) -> Status {
    guarded(|| {
        let bar = &*bar;
        let is_usable = bar.low > 0.0 && bar.high >= bar.low && bar.high < 9.2e9;
        if !is_usable {
            return Err(E_INVALID);
        }
        let (low, high) = ((bar.low * 1e9).round() as i64, (bar.high * 1e9).round() as i64);
        let is_last = bar.flags & SESSION_LAST != 0;
        at(instance).see(bar.instrument, Market::Bar { time: bar.end, low, high, is_last }, &*sink)
    })
}

static BROKER: Broker = Broker {
    struct_size: std::mem::size_of::<Broker>() as u32,
    reserved: 0,
    create,
    start,
    capabilities,
    account,
    positions,
    open_orders,
    order,
    place,
    replace,
    cancel,
    destroy,
};

static VENUE: SimulatedVenue =
    SimulatedVenue { struct_size: std::mem::size_of::<SimulatedVenue>() as u32, reserved: 0, on_quote, on_bar };

unsafe extern "C" fn table(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status {
    if offer(id, id_length, &BROKER, out_table) == OK {
        return OK;
    }
    offer(id, id_length, &VENUE, out_table)
}

static PLUGIN: Plugin = descriptor(table);

/// What the host calls once after loading: the one exported symbol.
#[no_mangle]
pub extern "C" fn wharf_plugin_entry() -> *const Plugin {
    &PLUGIN
}
