//! A host in memory for tests: options, log, clock and state.
#![allow(dead_code)]

use crate::wharf::*;
use std::collections::BTreeMap;
use std::os::raw::{c_char, c_void};

pub enum Value {
    Integer(i64),
    Decimal(i64),
    Text(&'static str),
}

#[derive(Default)]
pub struct TestHost {
    pub options: BTreeMap<&'static str, Value>,
    /// Level and text of each line.
    pub log: Vec<(i32, String)>,
    pub now: i64,
    pub pending: BTreeMap<Vec<u8>, Vec<u8>>,
    pub durable: BTreeMap<Vec<u8>, Vec<u8>>,
    pub fails_commits: bool,
    host: Option<Box<Host>>,
}

impl TestHost {
    /// Boxed, so that the plugin's pointer to it stays right.
    pub fn new() -> Box<TestHost> {
        let mut this = Box::new(TestHost::default());
        let context = &mut *this as *mut TestHost as *mut c_void;
        let size = std::mem::size_of::<Host>() as u32;
        this.host = Some(Box::new(Host { struct_size: size, abi_minor: u32::from(ABI_MINOR), context, table: find }));
        this
    }

    pub fn set(&mut self, name: &'static str, value: Value) {
        self.options.insert(name, value);
    }

    /// What `create` takes.
    pub fn raw(&self) -> *const Host {
        &**self.host.as_ref().unwrap()
    }

    /// Forgets what was not committed, as a killed process does.
    pub fn crash(&mut self) {
        self.pending = self.durable.clone();
    }
}

/// One of the plugin's tables.
pub fn plugin_table<T: Table>() -> Option<&'static T> {
    unsafe {
        let plugin = &*crate::wharf_plugin_entry();
        let mut found: *const c_void = std::ptr::null();
        let status = (plugin.table)(T::ID.as_ptr() as *const c_char, T::ID.len() as u64, &mut found);
        (status == OK).then(|| &*(found as *const T))
    }
}

/// An instrument with daily bars on XNYS in US dollars, ticks of 0.01 and steps of 1.
pub fn instrument(symbol: &'static str) -> Instrument {
    let mut instrument = Instrument::zero();
    instrument.market = MARKET_EQUITY;
    instrument.bar_seconds = 86_400;
    (instrument.symbol, instrument.symbol_length) = lend(symbol);
    (instrument.currency, instrument.currency_length) = lend("USD");
    (instrument.exchange, instrument.exchange_length) = lend("XNYS");
    instrument.tick = 10_000_000;
    instrument.step = 1_000_000_000;
    instrument
}

/// What `start` takes.
pub fn start_of(instruments: &[Instrument]) -> Start {
    let mut start = Start::zero();
    start.decide_from = i64::MIN;
    start.instruments = instruments.as_ptr();
    start.instrument_count = instruments.len() as u64;
    start
}

/// The daily bar of the day with this number, flat at a price.
pub fn bar(day: i64, price: f64, volume: f64) -> Bar {
    let start = day * 86_400_000_000_000;
    Bar {
        start,
        end: start + 75_600_000_000_000,
        open: price,
        high: price,
        low: price,
        close: price,
        volume,
        instrument: 0,
        flags: SESSION_FIRST | SESSION_LAST,
    }
}

unsafe fn at<'a>(host: *const Host) -> &'a mut TestHost {
    &mut *((*host).context as *mut TestHost)
}

unsafe fn key(text: *const c_char, length: u64) -> Vec<u8> {
    slice(text as *const u8, length).to_vec()
}

unsafe fn option<'a>(host: *const Host, name: *const c_char, length: u64) -> Option<&'a Value> {
    let name = std::str::from_utf8(slice(name as *const u8, length)).ok()?;
    at(host).options.get(name)
}

unsafe extern "C" fn write(host: *const Host, level: i32, text: *const c_char, length: u64) {
    at(host).log.push((level, String::from_utf8_lossy(&key(text, length)).into_owned()));
}

unsafe extern "C" fn now(host: *const Host) -> i64 {
    at(host).now
}

unsafe extern "C" fn integer(host: *const Host, name: *const c_char, length: u64, out: *mut i64) -> Status {
    match option(host, name, length) {
        Some(Value::Integer(value)) => *out = *value,
        Some(_) => return E_INVALID,
        None => return E_NOT_FOUND,
    }
    OK
}

unsafe extern "C" fn decimal(host: *const Host, name: *const c_char, length: u64, out: *mut i64) -> Status {
    match option(host, name, length) {
        Some(Value::Decimal(value)) => *out = *value,
        Some(_) => return E_INVALID,
        None => return E_NOT_FOUND,
    }
    OK
}

unsafe extern "C" fn boolean(_: *const Host, _: *const c_char, _: u64, _: *mut i32) -> Status {
    E_NOT_FOUND
}

unsafe extern "C" fn text(host: *const Host, name: *const c_char, length: u64, sink: *const BytesSink) -> Status {
    match option(host, name, length) {
        Some(Value::Text(value)) => ((*sink).bytes)((*sink).context, value.as_ptr() as *const c_void, value.len() as u64),
        Some(_) => return E_INVALID,
        None => return E_NOT_FOUND,
    }
    OK
}

unsafe extern "C" fn get(host: *const Host, name: *const c_char, length: u64, sink: *const BytesSink) -> Status {
    match at(host).pending.get(&key(name, length)) {
        Some(value) => ((*sink).bytes)((*sink).context, value.as_ptr() as *const c_void, value.len() as u64),
        None => return E_NOT_FOUND,
    }
    OK
}

unsafe extern "C" fn keys(host: *const Host, prefix: *const c_char, length: u64, sink: *const BytesSink) -> Status {
    let prefix = key(prefix, length);
    for name in at(host).pending.keys().filter(|name| name.starts_with(&prefix)) {
        ((*sink).bytes)((*sink).context, name.as_ptr() as *const c_void, name.len() as u64);
    }
    OK
}

unsafe extern "C" fn put(host: *const Host, name: *const c_char, length: u64, value: *const c_void, size: u64) -> Status {
    at(host).pending.insert(key(name, length), slice(value as *const u8, size).to_vec());
    OK
}

unsafe extern "C" fn remove(host: *const Host, name: *const c_char, length: u64) -> Status {
    at(host).pending.remove(&key(name, length));
    OK
}

unsafe extern "C" fn commit(host: *const Host) -> Status {
    let this = at(host);
    if this.fails_commits {
        return E_IO;
    }
    this.durable = this.pending.clone();
    OK
}

static LOG: Log = Log { struct_size: std::mem::size_of::<Log>() as u32, reserved: 0, write };
static CLOCK: Clock = Clock { struct_size: std::mem::size_of::<Clock>() as u32, reserved: 0, now };
static CONFIG: Config =
    Config { struct_size: std::mem::size_of::<Config>() as u32, reserved: 0, integer, decimal, boolean, text };
static STATE: State =
    State { struct_size: std::mem::size_of::<State>() as u32, reserved: 0, get, keys, put, remove, commit };

unsafe extern "C" fn find(_: *const Host, id: *const c_char, length: u64, out: *mut *const c_void) -> Status {
    let offers =
        [offer(id, length, &LOG, out), offer(id, length, &CLOCK, out), offer(id, length, &CONFIG, out), offer(id, length, &STATE, out)];
    if offers.contains(&OK) {
        OK
    } else {
        E_UNSUPPORTED
    }
}
