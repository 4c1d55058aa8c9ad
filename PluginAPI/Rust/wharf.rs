//! The Wharf plugin ABI for Rust 1.63 and later: generated from abi.json, do not edit.
//!
//! The C headers beside abi.json say what each thing means; fields and functions have their names.
#![allow(dead_code)]

use std::os::raw::{c_char, c_void};

/// The outcome of a call; 0 is success.
pub type Status = i32;

pub const ABI_MAJOR: u16 = 1;
pub const ABI_MINOR: u16 = 1;

pub const OK: i32 = 0;
pub const E_INVALID: i32 = 1;
pub const E_UNSUPPORTED: i32 = 2;
pub const E_NOT_FOUND: i32 = 3;
pub const E_REJECTED: i32 = 4;
pub const E_NOT_SENT: i32 = 5;
pub const E_UNKNOWN_OUTCOME: i32 = 6;
pub const E_BUSY: i32 = 7;
pub const E_END: i32 = 8;
pub const E_CONFIGURATION: i32 = 9;
pub const E_IO: i32 = 10;
pub const E_FAULT: i32 = 11;

pub const MARKET_EQUITY: i32 = 1;
pub const MARKET_CRYPTO: i32 = 2;
pub const MARKET_UNFILTERED: i32 = 3;

pub const SESSION_FIRST: u32 = 1;
pub const SESSION_LAST: u32 = 2;

pub const FIELD_NUMBER: i32 = 1;
pub const FIELD_DECIMAL: i32 = 2;
pub const FIELD_INTEGER: i32 = 3;
pub const FIELD_TIME: i32 = 4;
pub const FIELD_TEXT: i32 = 5;
pub const FIELD_FLAG: i32 = 6;

pub const CHECK_BAR: i32 = 1;
pub const CHECK_STATE: i32 = 2;
pub const CHECK_RECHECK: i32 = 3;

pub const LOG_DEBUG: i32 = 1;
pub const LOG_INFO: i32 = 2;
pub const LOG_WARNING: i32 = 3;
pub const LOG_ERROR: i32 = 4;

pub const SESSION_EARLY_CLOSE: i64 = 1;
pub const SESSION_FROM_DATA: i64 = 2;

pub const HAS_POSITION: u32 = 1;
pub const HAS_WORKING_ORDER: u32 = 2;
pub const HAS_PENDING_SIGNAL: u32 = 4;
pub const IS_BLOCKED: u32 = 8;

pub const HTTP_BODY_TEMPLATE: u32 = 1;
pub const HTTP_PROTECTIVE: u32 = 2;

pub const PROCESS_INTERRUPT: i32 = 1;
pub const PROCESS_TERMINATE: i32 = 2;
pub const PROCESS_KILL: i32 = 3;

pub const PROCESS_OUTPUT: i32 = 1;
pub const PROCESS_ERRORS: i32 = 2;

pub const VERDICT_RAISED: i32 = 1;
pub const VERDICT_REFUSED: i32 = 2;
pub const VERDICT_EVALUATED: i32 = 3;

pub const ACTION_ENTER_LONG: i32 = 1;
pub const ACTION_EXIT: i32 = 2;

pub const ORDER_MARKET: i32 = 1;
pub const ORDER_LIMIT: i32 = 2;
pub const ORDER_STOP: i32 = 3;
pub const ORDER_STOP_LIMIT: i32 = 4;
pub const ORDER_TRAILING_STOP: i32 = 5;

pub const TIF_DAY: i32 = 1;
pub const TIF_GTC: i32 = 2;
pub const TIF_IOC: i32 = 3;
pub const TIF_FOK: i32 = 4;
pub const TIF_OPG: i32 = 5;
pub const TIF_CLS: i32 = 6;

pub const EXIT_STOP: i32 = 1;
pub const EXIT_TARGET: i32 = 2;
pub const EXIT_TRAILING: i32 = 3;
pub const EXIT_STRATEGY: i32 = 4;
pub const EXIT_TIME: i32 = 5;
pub const EXIT_FLATTEN: i32 = 6;
pub const EXIT_MANUAL: i32 = 7;

pub const SIGNAL_HAS_CONFIDENCE: u32 = 1;
pub const SIGNAL_HAS_EXPECTED_VALUE: u32 = 2;
pub const SIGNAL_OWN_SIZE: u32 = 4;
pub const SIGNAL_PERSON_ONLY: u32 = 8;
pub const SIGNAL_WAITS_FOR_OPEN: u32 = 16;

pub const OBSERVATION_ALERT: i32 = 1;
pub const OBSERVATION_DIGEST: i32 = 2;
pub const OBSERVATION_EPISODE_CLOSED: i32 = 3;
pub const OBSERVATION_LABEL: i32 = 4;
pub const OBSERVATION_EVALUATED: i32 = 5;

pub const SIDE_BUY: i32 = 1;
pub const SIDE_SELL: i32 = 2;

pub const REPORT_ACCEPTED: i32 = 1;
pub const REPORT_FILL: i32 = 2;
pub const REPORT_CANCELLED: i32 = 3;
pub const REPORT_REJECTED: i32 = 4;
pub const REPORT_EXPIRED: i32 = 5;
pub const REPORT_REPLACED: i32 = 6;
pub const REPORT_TRIGGERED: i32 = 7;

pub const CAN_LIMIT: u64 = 1;
pub const CAN_STOP: u64 = 2;
pub const CAN_STOP_LIMIT: u64 = 4;
pub const CAN_TRAILING_STOP: u64 = 8;
pub const CAN_OCO: u64 = 16;
pub const CAN_BRACKET: u64 = 32;
pub const CAN_REPLACE: u64 = 64;
pub const CAN_FIND_BY_CLIENT_ID: u64 = 128;
pub const CAN_FRACTIONS: u64 = 256;

pub const SEVERITY_INFO: i32 = 1;
pub const SEVERITY_WARNING: i32 = 2;
pub const SEVERITY_ALARM: i32 = 3;

/// Opaque.
#[repr(C)]
pub struct Instance {
    _private: [u8; 0],
}

/// `wharf_host` of `base.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Host {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub context: *mut c_void,
    pub table: unsafe extern "C" fn(host: *const Host, id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status,
}

/// `wharf_bytes_sink` of `base.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BytesSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub bytes: unsafe extern "C" fn(context: *mut c_void, data: *const c_void, length: u64),
}

/// `wharf_plugin` of `plugin.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Plugin {
    pub struct_size: u32,
    pub abi_major: u16,
    pub abi_minor: u16,
    pub table: unsafe extern "C" fn(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status,
}

/// `wharf_instrument` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Instrument {
    pub struct_size: u32,
    pub id: u32,
    pub market: i32,
    pub bar_seconds: i32,
    pub symbol: *const c_char,
    pub symbol_length: u64,
    pub currency: *const c_char,
    pub currency_length: u64,
    pub exchange: *const c_char,
    pub exchange_length: u64,
    pub tick: i64,
    pub step: i64,
}

impl Instrument {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_bar` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Bar {
    pub start: i64,
    pub end: i64,
    pub open: f64,
    pub high: f64,
    pub low: f64,
    pub close: f64,
    pub volume: f64,
    pub instrument: u32,
    pub flags: u32,
}

impl Bar {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_quote` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Quote {
    pub time: i64,
    pub last: i64,
    pub bid: i64,
    pub ask: i64,
    pub instrument: u32,
    pub flags: u32,
}

impl Quote {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_start` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Start {
    pub struct_size: u32,
    pub explain: u32,
    pub decide_from: i64,
    pub instruments: *const Instrument,
    pub instrument_count: u64,
}

impl Start {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_field` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Field {
    pub group: *const c_char,
    pub group_length: u64,
    pub name: *const c_char,
    pub name_length: u64,
    pub kind: i32,
    pub reserved: u32,
    pub number: f64,
    pub integer: i64,
    pub text: *const c_char,
    pub text_length: u64,
}

impl Field {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_check` of `market.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Check {
    pub name: *const c_char,
    pub name_length: u64,
    pub kind: i32,
    pub passed: i32,
    pub value: f64,
    pub limit: f64,
    pub note: *const c_char,
    pub note_length: u64,
}

impl Check {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf.log/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Log {
    pub struct_size: u32,
    pub reserved: u32,
    pub write: unsafe extern "C" fn(host: *const Host, level: i32, text: *const c_char, text_length: u64),
}

impl Table for Log {
    const ID: &'static str = "wharf.log/1";
}

/// `wharf.clock/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Clock {
    pub struct_size: u32,
    pub reserved: u32,
    pub now: unsafe extern "C" fn(host: *const Host) -> i64,
}

impl Table for Clock {
    const ID: &'static str = "wharf.clock/1";
}

/// `wharf.random/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Random {
    pub struct_size: u32,
    pub reserved: u32,
    pub next: unsafe extern "C" fn(host: *const Host) -> u64,
}

impl Table for Random {
    const ID: &'static str = "wharf.random/1";
}

/// `wharf.config/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Config {
    pub struct_size: u32,
    pub reserved: u32,
    pub integer: unsafe extern "C" fn(host: *const Host, name: *const c_char, name_length: u64, out_value: *mut i64) -> Status,
    pub decimal: unsafe extern "C" fn(host: *const Host, name: *const c_char, name_length: u64, out_value: *mut i64) -> Status,
    pub boolean: unsafe extern "C" fn(host: *const Host, name: *const c_char, name_length: u64, out_value: *mut i32) -> Status,
    pub text: unsafe extern "C" fn(host: *const Host, name: *const c_char, name_length: u64, sink: *const BytesSink) -> Status,
}

impl Table for Config {
    const ID: &'static str = "wharf.config/1";
}

/// `wharf.state/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct State {
    pub struct_size: u32,
    pub reserved: u32,
    pub get: unsafe extern "C" fn(host: *const Host, key: *const c_char, key_length: u64, sink: *const BytesSink) -> Status,
    pub keys: unsafe extern "C" fn(host: *const Host, prefix: *const c_char, prefix_length: u64, sink: *const BytesSink) -> Status,
    pub put: unsafe extern "C" fn(host: *const Host, key: *const c_char, key_length: u64, value: *const c_void, value_length: u64) -> Status,
    pub remove: unsafe extern "C" fn(host: *const Host, key: *const c_char, key_length: u64) -> Status,
    pub commit: unsafe extern "C" fn(host: *const Host) -> Status,
}

impl Table for State {
    const ID: &'static str = "wharf.state/1";
}

/// `wharf_session` of `host.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Session {
    pub date: i64,
    pub open: i64,
    pub close: i64,
    pub flags: i64,
}

impl Session {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_session_sink` of `host.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SessionSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub sessions: unsafe extern "C" fn(context: *mut c_void, sessions: *const Session, count: u64),
}

/// `wharf.calendar/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Calendar {
    pub struct_size: u32,
    pub reserved: u32,
    pub sessions: unsafe extern "C" fn(host: *const Host, exchange: *const c_char, exchange_length: u64, sink: *const SessionSink) -> Status,
}

impl Table for Calendar {
    const ID: &'static str = "wharf.calendar/1";
}

/// `wharf_account` of `host.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Account {
    pub struct_size: u32,
    pub breaker_tripped: u32,
    pub equity: i64,
    pub cash: i64,
    pub buying_power: i64,
    pub currency: u64,
}

impl Account {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_holding` of `host.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Holding {
    pub struct_size: u32,
    pub flags: u32,
    pub quantity: i64,
    pub average_price: i64,
}

impl Holding {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf.portfolio/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Portfolio {
    pub struct_size: u32,
    pub reserved: u32,
    pub account: unsafe extern "C" fn(host: *const Host, out: *mut Account) -> Status,
    pub holding: unsafe extern "C" fn(host: *const Host, instrument: u32, out: *mut Holding) -> Status,
}

impl Table for Portfolio {
    const ID: &'static str = "wharf.portfolio/1";
}

/// `wharf_http_header` of `http.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HttpHeader {
    pub name: *const c_char,
    pub name_length: u64,
    pub value: *const c_char,
    pub value_length: u64,
}

impl HttpHeader {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_http_request` of `http.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HttpRequest {
    pub struct_size: u32,
    pub flags: u32,
    pub method: *const c_char,
    pub method_length: u64,
    pub destination: *const c_char,
    pub destination_length: u64,
    pub path: *const c_char,
    pub path_length: u64,
    pub headers: *const HttpHeader,
    pub header_count: u64,
    pub body: *const c_void,
    pub body_length: u64,
    pub budget: *const c_char,
    pub budget_length: u64,
    pub timeout: i64,
    pub idle_timeout: i64,
    pub response_limit: u64,
}

impl HttpRequest {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_http_sink` of `http.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HttpSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub status: unsafe extern "C" fn(context: *mut c_void, code: i32),
    pub header: unsafe extern "C" fn(context: *mut c_void, name: *const c_char, name_length: u64, value: *const c_char, value_length: u64),
    pub body: unsafe extern "C" fn(context: *mut c_void, data: *const c_void, length: u64),
}

/// `wharf.http/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Http {
    pub struct_size: u32,
    pub reserved: u32,
    pub send: unsafe extern "C" fn(host: *const Host, request: *const HttpRequest, sink: *const HttpSink) -> Status,
    pub limit: unsafe extern "C" fn(host: *const Host, destination: *const c_char, destination_length: u64, budget: *const c_char, budget_length: u64, remaining: i64, until: i64) -> Status,
}

impl Table for Http {
    const ID: &'static str = "wharf.http/1";
}

/// `wharf_process_argument` of `process.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ProcessArgument {
    pub text: *const c_char,
    pub text_length: u64,
}

impl ProcessArgument {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_process_variable` of `process.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ProcessVariable {
    pub name: *const c_char,
    pub name_length: u64,
    pub value: *const c_char,
    pub value_length: u64,
}

impl ProcessVariable {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        unsafe { std::mem::zeroed() }
    }
}

/// `wharf_process_request` of `process.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ProcessRequest {
    pub struct_size: u32,
    pub reserved: u32,
    pub command: *const c_char,
    pub command_length: u64,
    pub arguments: *const ProcessArgument,
    pub argument_count: u64,
    pub variables: *const ProcessVariable,
    pub variable_count: u64,
    pub timeout: i64,
    pub output_limit: u64,
}

impl ProcessRequest {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_process_sink` of `process.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ProcessSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub output: unsafe extern "C" fn(context: *mut c_void, stream: i32, data: *const c_void, length: u64),
    pub exit: unsafe extern "C" fn(context: *mut c_void, code: i32, signal: i32, timed_out: i32),
}

/// `wharf.process/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Process {
    pub struct_size: u32,
    pub reserved: u32,
    pub start: unsafe extern "C" fn(host: *const Host, request: *const ProcessRequest, out_process: *mut u64) -> Status,
    pub write: unsafe extern "C" fn(host: *const Host, process: u64, data: *const c_void, length: u64, finish: i32, timeout: i64, out_written: *mut u64) -> Status,
    pub read: unsafe extern "C" fn(host: *const Host, process: u64, timeout: i64, sink: *const ProcessSink) -> Status,
    pub stop: unsafe extern "C" fn(host: *const Host, process: u64, how: i32) -> Status,
}

impl Table for Process {
    const ID: &'static str = "wharf.process/1";
}

/// `wharf_signal` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Signal {
    pub struct_size: u32,
    pub instrument: u32,
    pub verdict: i32,
    pub action: i32,
    pub order_type: i32,
    pub time_in_force: i32,
    pub exit_reason: i32,
    pub flags: u32,
    pub bar_time: i64,
    pub decided_at: i64,
    pub expires_at: i64,
    pub close: f64,
    pub score: f64,
    pub confidence: f64,
    pub expected_value: f64,
    pub quantity: i64,
    pub entry_price: i64,
    pub limit_price: i64,
    pub stop_price: i64,
    pub stop_distance: i64,
    pub target_price: i64,
    pub target_distance: i64,
    pub trailing_distance: i64,
    pub time_stop_closes: u32,
    pub reserved: u32,
    pub checks: *const Check,
    pub check_count: u64,
    pub fields: *const Field,
    pub field_count: u64,
    pub code: *const c_char,
    pub code_length: u64,
    pub text: *const c_char,
    pub text_length: u64,
}

impl Signal {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_virtual_trade` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct VirtualTrade {
    pub struct_size: u32,
    pub instrument: u32,
    pub signal_time: i64,
    pub entry_time: i64,
    pub exit_time: i64,
    pub entry: i64,
    pub stop: i64,
    pub exit: i64,
    pub exit_reason: i32,
    pub session_closes: u32,
    pub gross_return: f64,
    pub code: *const c_char,
    pub code_length: u64,
}

impl VirtualTrade {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_strategy_sink` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct StrategySink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub signal: unsafe extern "C" fn(context: *mut c_void, signal: *const Signal),
    pub virtual_trade: unsafe extern "C" fn(context: *mut c_void, trade: *const VirtualTrade),
}

/// `wharf_fill` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Fill {
    pub struct_size: u32,
    pub instrument: u32,
    pub side: i32,
    pub exit_reason: i32,
    pub signal_bar: i64,
    pub time: i64,
    pub price: i64,
    pub quantity: i64,
    pub position: i64,
}

impl Fill {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_recheck` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Recheck {
    pub struct_size: u32,
    pub instrument: u32,
    pub bar_time: i64,
    pub now: i64,
    pub price: i64,
    pub quote_time: i64,
}

impl Recheck {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_check_sink` of `strategy.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CheckSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub check: unsafe extern "C" fn(context: *mut c_void, check: *const Check),
}

/// `wharf.strategy/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Strategy {
    pub struct_size: u32,
    pub reserved: u32,
    pub create: unsafe extern "C" fn(host: *const Host, out_instance: *mut *mut Instance) -> Status,
    pub start: unsafe extern "C" fn(instance: *mut Instance, start: *const Start) -> Status,
    pub on_bar: unsafe extern "C" fn(instance: *mut Instance, bar: *const Bar, sink: *const StrategySink) -> Status,
    pub evaluate: Option<unsafe extern "C" fn(instance: *mut Instance, time: i64, sink: *const StrategySink) -> Status>,
    pub recheck: Option<unsafe extern "C" fn(instance: *mut Instance, request: *const Recheck, sink: *const CheckSink) -> Status>,
    pub on_fill: Option<unsafe extern "C" fn(instance: *mut Instance, fill: *const Fill) -> Status>,
    pub destroy: unsafe extern "C" fn(instance: *mut Instance),
}

impl Table for Strategy {
    const ID: &'static str = "wharf.strategy/1";
}

/// `wharf_observation` of `scanner.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Observation {
    pub struct_size: u32,
    pub instrument: u32,
    pub kind: i32,
    pub reserved: u32,
    pub time: i64,
    pub number: u64,
    pub episode: u64,
    pub price: f64,
    pub score: f64,
    pub level: *const c_char,
    pub level_length: u64,
    pub code: *const c_char,
    pub code_length: u64,
    pub fields: *const Field,
    pub field_count: u64,
    pub text: *const c_char,
    pub text_length: u64,
}

impl Observation {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_observation_sink` of `scanner.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ObservationSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub observation: unsafe extern "C" fn(context: *mut c_void, observation: *const Observation),
}

/// `wharf.scanner/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Scanner {
    pub struct_size: u32,
    pub reserved: u32,
    pub create: unsafe extern "C" fn(host: *const Host, out_instance: *mut *mut Instance) -> Status,
    pub start: unsafe extern "C" fn(instance: *mut Instance, start: *const Start) -> Status,
    pub on_bar: unsafe extern "C" fn(instance: *mut Instance, bar: *const Bar, sink: *const ObservationSink) -> Status,
    pub evaluate: Option<unsafe extern "C" fn(instance: *mut Instance, time: i64, sink: *const ObservationSink) -> Status>,
    pub finish: Option<unsafe extern "C" fn(instance: *mut Instance, sink: *const ObservationSink) -> Status>,
    pub destroy: unsafe extern "C" fn(instance: *mut Instance),
}

impl Table for Scanner {
    const ID: &'static str = "wharf.scanner/1";
}

/// `wharf_order_request` of `broker.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OrderRequest {
    pub struct_size: u32,
    pub instrument: u32,
    pub side: i32,
    pub order_type: i32,
    pub time_in_force: i32,
    pub reserved: u32,
    pub client_order_id: *const c_char,
    pub client_order_id_length: u64,
    pub oco_group: *const c_char,
    pub oco_group_length: u64,
    pub quantity: i64,
    pub limit_price: i64,
    pub stop_price: i64,
    pub trailing_distance: i64,
    pub take_profit_price: i64,
    pub stop_loss_price: i64,
    pub created_at: i64,
}

impl OrderRequest {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_order_report` of `broker.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OrderReport {
    pub struct_size: u32,
    pub instrument: u32,
    pub kind: i32,
    pub side: i32,
    pub order_type: i32,
    pub reserved: u32,
    pub report_id: *const c_char,
    pub report_id_length: u64,
    pub client_order_id: *const c_char,
    pub client_order_id_length: u64,
    pub venue_order_id: *const c_char,
    pub venue_order_id_length: u64,
    pub time: i64,
    pub quantity: i64,
    pub price: i64,
    pub fee: i64,
    pub cumulative: i64,
    pub stop_price: i64,
    pub reason: *const c_char,
    pub reason_length: u64,
}

impl OrderReport {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_broker_position` of `broker.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BrokerPosition {
    pub struct_size: u32,
    pub instrument: u32,
    pub quantity: i64,
    pub average_price: i64,
}

impl BrokerPosition {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_broker_account` of `broker.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BrokerAccount {
    pub struct_size: u32,
    pub live: u32,
    pub cash: i64,
    pub buying_power: i64,
    pub currency: u64,
}

impl BrokerAccount {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_broker_sink` of `broker.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BrokerSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub report: unsafe extern "C" fn(context: *mut c_void, report: *const OrderReport),
    pub position: unsafe extern "C" fn(context: *mut c_void, position: *const BrokerPosition),
}

/// `wharf.broker/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Broker {
    pub struct_size: u32,
    pub reserved: u32,
    pub create: unsafe extern "C" fn(host: *const Host, out_instance: *mut *mut Instance) -> Status,
    pub start: unsafe extern "C" fn(instance: *mut Instance, start: *const Start) -> Status,
    pub capabilities: unsafe extern "C" fn(instance: *mut Instance, out_bits: *mut u64) -> Status,
    pub account: unsafe extern "C" fn(instance: *mut Instance, out: *mut BrokerAccount) -> Status,
    pub positions: unsafe extern "C" fn(instance: *mut Instance, sink: *const BrokerSink) -> Status,
    pub open_orders: unsafe extern "C" fn(instance: *mut Instance, sink: *const BrokerSink) -> Status,
    pub order: unsafe extern "C" fn(instance: *mut Instance, client_order_id: *const c_char, length: u64, sink: *const BrokerSink) -> Status,
    pub place: unsafe extern "C" fn(instance: *mut Instance, request: *const OrderRequest, sink: *const BrokerSink) -> Status,
    pub replace: unsafe extern "C" fn(instance: *mut Instance, client_order_id: *const c_char, length: u64, quantity: i64, limit_price: i64, stop_price: i64, sink: *const BrokerSink) -> Status,
    pub cancel: unsafe extern "C" fn(instance: *mut Instance, client_order_id: *const c_char, length: u64, sink: *const BrokerSink) -> Status,
    pub destroy: unsafe extern "C" fn(instance: *mut Instance),
}

impl Table for Broker {
    const ID: &'static str = "wharf.broker/1";
}

/// `wharf.simulated_venue/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SimulatedVenue {
    pub struct_size: u32,
    pub reserved: u32,
    pub on_quote: unsafe extern "C" fn(instance: *mut Instance, quote: *const Quote, sink: *const BrokerSink) -> Status,
    pub on_bar: unsafe extern "C" fn(instance: *mut Instance, bar: *const Bar, sink: *const BrokerSink) -> Status,
}

impl Table for SimulatedVenue {
    const ID: &'static str = "wharf.simulated_venue/1";
}

/// `wharf_series` of `market_data.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Series {
    pub struct_size: u32,
    pub bar_seconds: i32,
    pub symbol: *const c_char,
    pub symbol_length: u64,
    pub first_start: i64,
    pub last_start: i64,
    pub bar_count: u64,
    pub step: i64,
    pub currency: *const c_char,
    pub currency_length: u64,
}

impl Series {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_data_fault` of `market_data.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DataFault {
    pub struct_size: u32,
    pub skipped: i32,
    pub file: *const c_char,
    pub file_length: u64,
    pub line: u64,
    pub code: *const c_char,
    pub code_length: u64,
    pub text: *const c_char,
    pub text_length: u64,
}

impl DataFault {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf_market_data_sink` of `market_data.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MarketDataSink {
    pub struct_size: u32,
    pub reserved: u32,
    pub context: *mut c_void,
    pub series: unsafe extern "C" fn(context: *mut c_void, series: *const Series),
    pub fault: unsafe extern "C" fn(context: *mut c_void, fault: *const DataFault),
    pub fingerprint: unsafe extern "C" fn(context: *mut c_void, bytes: *const u8, length: u64),
}

/// `wharf.market_data/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MarketData {
    pub struct_size: u32,
    pub reserved: u32,
    pub create: unsafe extern "C" fn(host: *const Host, out_instance: *mut *mut Instance) -> Status,
    pub open: unsafe extern "C" fn(instance: *mut Instance, symbols: *const c_char, symbols_length: u64, sink: *const MarketDataSink) -> Status,
    pub read: unsafe extern "C" fn(instance: *mut Instance, out_bars: *mut Bar, capacity: u64, out_count: *mut u64) -> Status,
    pub rewind: unsafe extern "C" fn(instance: *mut Instance) -> Status,
    pub destroy: unsafe extern "C" fn(instance: *mut Instance),
}

impl Table for MarketData {
    const ID: &'static str = "wharf.market_data/1";
}

/// `wharf_notification` of `notifier.h`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Notification {
    pub struct_size: u32,
    pub severity: i32,
    pub time: i64,
    pub topic: *const c_char,
    pub topic_length: u64,
    pub title: *const c_char,
    pub title_length: u64,
    pub text: *const c_char,
    pub text_length: u64,
}

impl Notification {
    /// All zero and null, with its size where it has one.
    pub fn zero() -> Self {
        let mut zero: Self = unsafe { std::mem::zeroed() };
        zero.struct_size = std::mem::size_of::<Self>() as u32;
        zero
    }
}

/// `wharf.notifier/1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Notifier {
    pub struct_size: u32,
    pub reserved: u32,
    pub create: unsafe extern "C" fn(host: *const Host, out_instance: *mut *mut Instance) -> Status,
    pub notify: unsafe extern "C" fn(instance: *mut Instance, notification: *const Notification) -> Status,
    pub destroy: unsafe extern "C" fn(instance: *mut Instance),
}

impl Table for Notifier {
    const ID: &'static str = "wharf.notifier/1";
}

/// A table of the host or of a plugin, which is asked for by its id.
pub trait Table {
    const ID: &'static str;
}

/// Embeds `manifest.json`, which lies beside `Cargo.toml`, where the host reads it without loading the file.
#[macro_export]
macro_rules! embed_manifest {
    () => {
        std::arch::global_asm!(
            ".pushsection wharf_manifest,\"aR\",%progbits",
            concat!(".incbin \"", env!("CARGO_MANIFEST_DIR"), "/manifest.json\""),
            ".popsection",
            options(raw)
        );
        // Makes cargo build again when the file changes.
        const _: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest.json"));
    };
}

/// Asks the host for a table; `None` when it does not offer it.
///
/// # Safety
/// `host` must be what `create` received, and the answer must not outlive the instance.
pub unsafe fn host_table<T: Table>(host: *const Host) -> Option<&'static T> {
    let mut found: *const c_void = std::ptr::null();
    let status = ((*host).table)(host, T::ID.as_ptr() as *const c_char, T::ID.len() as u64, &mut found);
    if status == OK && !found.is_null() {
        Some(&*(found as *const T))
    } else {
        None
    }
}

/// The host as an instance sees it: options and log, with Rust's types.
#[derive(Clone, Copy)]
pub struct Services {
    pub host: *const Host,
    pub config: &'static Config,
    pub log: &'static Log,
}

impl Services {
    /// Asks for `wharf.config/1` and `wharf.log/1`; `E_UNSUPPORTED` without them.
    ///
    /// # Safety
    /// `host` must be what `create` received; the services must not outlive the instance.
    pub unsafe fn new(host: *const Host) -> Result<Services, Status> {
        match (host_table::<Config>(host), host_table::<Log>(host)) {
            (Some(config), Some(log)) => Ok(Services { host, config, log }),
            _ => Err(E_UNSUPPORTED),
        }
    }

    /// Writes a line to the host's log.
    pub fn write(&self, level: i32, line: &str) {
        unsafe { (self.log.write)(self.host, level, line.as_ptr() as *const c_char, line.len() as u64) }
    }

    /// Logs what is wrong with the options and answers the status for it.
    pub fn refuse(&self, line: &str) -> Status {
        self.write(LOG_ERROR, line);
        E_CONFIGURATION
    }

    /// An integer option; `None` when it is not declared or has no value.
    pub fn integer(&self, name: &str) -> Option<i64> {
        let mut value = 0;
        let (text, length) = (name.as_ptr() as *const c_char, name.len() as u64);
        (unsafe { (self.config.integer)(self.host, text, length, &mut value) } == OK).then(|| value)
    }

    /// A decimal option, in billionths.
    pub fn decimal(&self, name: &str) -> Option<i64> {
        let mut value = 0;
        let (text, length) = (name.as_ptr() as *const c_char, name.len() as u64);
        (unsafe { (self.config.decimal)(self.host, text, length, &mut value) } == OK).then(|| value)
    }

    /// A text or choice.
    pub fn text(&self, name: &str) -> Option<String> {
        let (text, length) = (name.as_ptr() as *const c_char, name.len() as u64);
        let (status, bytes) = collect(|sink| unsafe { (self.config.text)(self.host, text, length, sink) });
        if status == OK {
            String::from_utf8(bytes).ok()
        } else {
            None
        }
    }
}

/// Calls with a sink for bytes and answers the status and the bytes, joined.
pub fn collect(call: impl FnOnce(*const BytesSink) -> Status) -> (Status, Vec<u8>) {
    unsafe extern "C" fn take(context: *mut c_void, data: *const c_void, length: u64) {
        (*(context as *mut Vec<u8>)).extend_from_slice(slice(data as *const u8, length));
    }
    let mut bytes: Vec<u8> = Vec::new();
    let sink = BytesSink {
        struct_size: std::mem::size_of::<BytesSink>() as u32,
        reserved: 0,
        context: &mut bytes as *mut Vec<u8> as *mut c_void,
        bytes: take,
    };
    let status = call(&sink);
    (status, bytes)
}

/// What a pointer and a length lend; empty when the length is 0, whatever the pointer is.
///
/// # Safety
/// There must be `length` items at `items`, valid as long as the answer is used.
pub unsafe fn slice<'a, T>(items: *const T, length: u64) -> &'a [T] {
    if length == 0 {
        &[]
    } else {
        std::slice::from_raw_parts(items, length as usize)
    }
}

/// A text as pointer and length, for the fields of a struct.
pub fn lend(text: &str) -> (*const c_char, u64) {
    (text.as_ptr() as *const c_char, text.len() as u64)
}

/// Hands a value to the host as an instance; `release` takes it back.
pub fn keep<T>(value: T) -> *mut Instance {
    Box::into_raw(Box::new(value)) as *mut Instance
}

/// Drops what `keep` handed over.
///
/// # Safety
/// `instance` must come from `keep` of the same type, and must not be used again.
pub unsafe fn release<T>(instance: *mut Instance) {
    drop(Box::from_raw(instance as *mut T));
}

/// Runs the body of a call; a panic must not leave the plugin, so it becomes `E_FAULT`.
pub fn guarded(body: impl FnOnce() -> Result<(), Status>) -> Status {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)) {
        Ok(Ok(())) => OK,
        Ok(Err(status)) => status,
        Err(_) => E_FAULT,
    }
}

/// Answers a table of a plugin: the body of `Plugin.table` for one id.
///
/// # Safety
/// The arguments must be those of the host's call.
pub unsafe fn offer<T: Table>(id: *const c_char, length: u64, table: &'static T, out: *mut *const c_void) -> Status {
    if slice(id as *const u8, length) != T::ID.as_bytes() {
        return E_UNSUPPORTED;
    }
    *out = table as *const T as *const c_void;
    OK
}

/// The descriptor of a plugin with this way to its tables.
pub const fn descriptor(table: unsafe extern "C" fn(*const c_char, u64, *mut *const c_void) -> Status) -> Plugin {
    Plugin { struct_size: std::mem::size_of::<Plugin>() as u32, abi_major: ABI_MAJOR, abi_minor: ABI_MINOR, table }
}

#[cfg(test)]
mod layout {
    use super::*;
    use std::mem::{align_of, size_of, MaybeUninit};
    use std::ptr::addr_of;

    macro_rules! place {
        ($type:ty, $field:ident, $offset:expr, $size:expr) => {{
            let value = MaybeUninit::<$type>::uninit();
            let base = value.as_ptr();
            let field = unsafe { addr_of!((*base).$field) };
            assert_eq!(field as usize - base as usize, $offset, stringify!($type.$field));
            assert_eq!(size_of_value(field), $size, stringify!($type.$field));
        }};
    }

    fn size_of_value<T>(_: *const T) -> usize {
        size_of::<T>()
    }

    #[test]
    fn is_that_of_the_c_headers() {
        assert_eq!((size_of::<Host>(), align_of::<Host>()), (24, 8));
        place!(Host, struct_size, 0, 4);
        place!(Host, abi_minor, 4, 4);
        place!(Host, context, 8, 8);
        place!(Host, table, 16, 8);
        assert_eq!((size_of::<BytesSink>(), align_of::<BytesSink>()), (24, 8));
        place!(BytesSink, struct_size, 0, 4);
        place!(BytesSink, reserved, 4, 4);
        place!(BytesSink, context, 8, 8);
        place!(BytesSink, bytes, 16, 8);
        assert_eq!((size_of::<Plugin>(), align_of::<Plugin>()), (16, 8));
        place!(Plugin, struct_size, 0, 4);
        place!(Plugin, abi_major, 4, 2);
        place!(Plugin, abi_minor, 6, 2);
        place!(Plugin, table, 8, 8);
        assert_eq!((size_of::<Instrument>(), align_of::<Instrument>()), (80, 8));
        place!(Instrument, struct_size, 0, 4);
        place!(Instrument, id, 4, 4);
        place!(Instrument, market, 8, 4);
        place!(Instrument, bar_seconds, 12, 4);
        place!(Instrument, symbol, 16, 8);
        place!(Instrument, symbol_length, 24, 8);
        place!(Instrument, currency, 32, 8);
        place!(Instrument, currency_length, 40, 8);
        place!(Instrument, exchange, 48, 8);
        place!(Instrument, exchange_length, 56, 8);
        place!(Instrument, tick, 64, 8);
        place!(Instrument, step, 72, 8);
        assert_eq!((size_of::<Bar>(), align_of::<Bar>()), (64, 8));
        place!(Bar, start, 0, 8);
        place!(Bar, end, 8, 8);
        place!(Bar, open, 16, 8);
        place!(Bar, high, 24, 8);
        place!(Bar, low, 32, 8);
        place!(Bar, close, 40, 8);
        place!(Bar, volume, 48, 8);
        place!(Bar, instrument, 56, 4);
        place!(Bar, flags, 60, 4);
        assert_eq!((size_of::<Quote>(), align_of::<Quote>()), (40, 8));
        place!(Quote, time, 0, 8);
        place!(Quote, last, 8, 8);
        place!(Quote, bid, 16, 8);
        place!(Quote, ask, 24, 8);
        place!(Quote, instrument, 32, 4);
        place!(Quote, flags, 36, 4);
        assert_eq!((size_of::<Start>(), align_of::<Start>()), (32, 8));
        place!(Start, struct_size, 0, 4);
        place!(Start, explain, 4, 4);
        place!(Start, decide_from, 8, 8);
        place!(Start, instruments, 16, 8);
        place!(Start, instrument_count, 24, 8);
        assert_eq!((size_of::<Field>(), align_of::<Field>()), (72, 8));
        place!(Field, group, 0, 8);
        place!(Field, group_length, 8, 8);
        place!(Field, name, 16, 8);
        place!(Field, name_length, 24, 8);
        place!(Field, kind, 32, 4);
        place!(Field, reserved, 36, 4);
        place!(Field, number, 40, 8);
        place!(Field, integer, 48, 8);
        place!(Field, text, 56, 8);
        place!(Field, text_length, 64, 8);
        assert_eq!((size_of::<Check>(), align_of::<Check>()), (56, 8));
        place!(Check, name, 0, 8);
        place!(Check, name_length, 8, 8);
        place!(Check, kind, 16, 4);
        place!(Check, passed, 20, 4);
        place!(Check, value, 24, 8);
        place!(Check, limit, 32, 8);
        place!(Check, note, 40, 8);
        place!(Check, note_length, 48, 8);
        assert_eq!((size_of::<Log>(), align_of::<Log>()), (16, 8));
        place!(Log, struct_size, 0, 4);
        place!(Log, reserved, 4, 4);
        place!(Log, write, 8, 8);
        assert_eq!((size_of::<Clock>(), align_of::<Clock>()), (16, 8));
        place!(Clock, struct_size, 0, 4);
        place!(Clock, reserved, 4, 4);
        place!(Clock, now, 8, 8);
        assert_eq!((size_of::<Random>(), align_of::<Random>()), (16, 8));
        place!(Random, struct_size, 0, 4);
        place!(Random, reserved, 4, 4);
        place!(Random, next, 8, 8);
        assert_eq!((size_of::<Config>(), align_of::<Config>()), (40, 8));
        place!(Config, struct_size, 0, 4);
        place!(Config, reserved, 4, 4);
        place!(Config, integer, 8, 8);
        place!(Config, decimal, 16, 8);
        place!(Config, boolean, 24, 8);
        place!(Config, text, 32, 8);
        assert_eq!((size_of::<State>(), align_of::<State>()), (48, 8));
        place!(State, struct_size, 0, 4);
        place!(State, reserved, 4, 4);
        place!(State, get, 8, 8);
        place!(State, keys, 16, 8);
        place!(State, put, 24, 8);
        place!(State, remove, 32, 8);
        place!(State, commit, 40, 8);
        assert_eq!((size_of::<Session>(), align_of::<Session>()), (32, 8));
        place!(Session, date, 0, 8);
        place!(Session, open, 8, 8);
        place!(Session, close, 16, 8);
        place!(Session, flags, 24, 8);
        assert_eq!((size_of::<SessionSink>(), align_of::<SessionSink>()), (24, 8));
        place!(SessionSink, struct_size, 0, 4);
        place!(SessionSink, reserved, 4, 4);
        place!(SessionSink, context, 8, 8);
        place!(SessionSink, sessions, 16, 8);
        assert_eq!((size_of::<Calendar>(), align_of::<Calendar>()), (16, 8));
        place!(Calendar, struct_size, 0, 4);
        place!(Calendar, reserved, 4, 4);
        place!(Calendar, sessions, 8, 8);
        assert_eq!((size_of::<Account>(), align_of::<Account>()), (40, 8));
        place!(Account, struct_size, 0, 4);
        place!(Account, breaker_tripped, 4, 4);
        place!(Account, equity, 8, 8);
        place!(Account, cash, 16, 8);
        place!(Account, buying_power, 24, 8);
        place!(Account, currency, 32, 8);
        assert_eq!((size_of::<Holding>(), align_of::<Holding>()), (24, 8));
        place!(Holding, struct_size, 0, 4);
        place!(Holding, flags, 4, 4);
        place!(Holding, quantity, 8, 8);
        place!(Holding, average_price, 16, 8);
        assert_eq!((size_of::<Portfolio>(), align_of::<Portfolio>()), (24, 8));
        place!(Portfolio, struct_size, 0, 4);
        place!(Portfolio, reserved, 4, 4);
        place!(Portfolio, account, 8, 8);
        place!(Portfolio, holding, 16, 8);
        assert_eq!((size_of::<HttpHeader>(), align_of::<HttpHeader>()), (32, 8));
        place!(HttpHeader, name, 0, 8);
        place!(HttpHeader, name_length, 8, 8);
        place!(HttpHeader, value, 16, 8);
        place!(HttpHeader, value_length, 24, 8);
        assert_eq!((size_of::<HttpRequest>(), align_of::<HttpRequest>()), (128, 8));
        place!(HttpRequest, struct_size, 0, 4);
        place!(HttpRequest, flags, 4, 4);
        place!(HttpRequest, method, 8, 8);
        place!(HttpRequest, method_length, 16, 8);
        place!(HttpRequest, destination, 24, 8);
        place!(HttpRequest, destination_length, 32, 8);
        place!(HttpRequest, path, 40, 8);
        place!(HttpRequest, path_length, 48, 8);
        place!(HttpRequest, headers, 56, 8);
        place!(HttpRequest, header_count, 64, 8);
        place!(HttpRequest, body, 72, 8);
        place!(HttpRequest, body_length, 80, 8);
        place!(HttpRequest, budget, 88, 8);
        place!(HttpRequest, budget_length, 96, 8);
        place!(HttpRequest, timeout, 104, 8);
        place!(HttpRequest, idle_timeout, 112, 8);
        place!(HttpRequest, response_limit, 120, 8);
        assert_eq!((size_of::<HttpSink>(), align_of::<HttpSink>()), (40, 8));
        place!(HttpSink, struct_size, 0, 4);
        place!(HttpSink, reserved, 4, 4);
        place!(HttpSink, context, 8, 8);
        place!(HttpSink, status, 16, 8);
        place!(HttpSink, header, 24, 8);
        place!(HttpSink, body, 32, 8);
        assert_eq!((size_of::<Http>(), align_of::<Http>()), (24, 8));
        place!(Http, struct_size, 0, 4);
        place!(Http, reserved, 4, 4);
        place!(Http, send, 8, 8);
        place!(Http, limit, 16, 8);
        assert_eq!((size_of::<ProcessArgument>(), align_of::<ProcessArgument>()), (16, 8));
        place!(ProcessArgument, text, 0, 8);
        place!(ProcessArgument, text_length, 8, 8);
        assert_eq!((size_of::<ProcessVariable>(), align_of::<ProcessVariable>()), (32, 8));
        place!(ProcessVariable, name, 0, 8);
        place!(ProcessVariable, name_length, 8, 8);
        place!(ProcessVariable, value, 16, 8);
        place!(ProcessVariable, value_length, 24, 8);
        assert_eq!((size_of::<ProcessRequest>(), align_of::<ProcessRequest>()), (72, 8));
        place!(ProcessRequest, struct_size, 0, 4);
        place!(ProcessRequest, reserved, 4, 4);
        place!(ProcessRequest, command, 8, 8);
        place!(ProcessRequest, command_length, 16, 8);
        place!(ProcessRequest, arguments, 24, 8);
        place!(ProcessRequest, argument_count, 32, 8);
        place!(ProcessRequest, variables, 40, 8);
        place!(ProcessRequest, variable_count, 48, 8);
        place!(ProcessRequest, timeout, 56, 8);
        place!(ProcessRequest, output_limit, 64, 8);
        assert_eq!((size_of::<ProcessSink>(), align_of::<ProcessSink>()), (32, 8));
        place!(ProcessSink, struct_size, 0, 4);
        place!(ProcessSink, reserved, 4, 4);
        place!(ProcessSink, context, 8, 8);
        place!(ProcessSink, output, 16, 8);
        place!(ProcessSink, exit, 24, 8);
        assert_eq!((size_of::<Process>(), align_of::<Process>()), (40, 8));
        place!(Process, struct_size, 0, 4);
        place!(Process, reserved, 4, 4);
        place!(Process, start, 8, 8);
        place!(Process, write, 16, 8);
        place!(Process, read, 24, 8);
        place!(Process, stop, 32, 8);
        assert_eq!((size_of::<Signal>(), align_of::<Signal>()), (224, 8));
        place!(Signal, struct_size, 0, 4);
        place!(Signal, instrument, 4, 4);
        place!(Signal, verdict, 8, 4);
        place!(Signal, action, 12, 4);
        place!(Signal, order_type, 16, 4);
        place!(Signal, time_in_force, 20, 4);
        place!(Signal, exit_reason, 24, 4);
        place!(Signal, flags, 28, 4);
        place!(Signal, bar_time, 32, 8);
        place!(Signal, decided_at, 40, 8);
        place!(Signal, expires_at, 48, 8);
        place!(Signal, close, 56, 8);
        place!(Signal, score, 64, 8);
        place!(Signal, confidence, 72, 8);
        place!(Signal, expected_value, 80, 8);
        place!(Signal, quantity, 88, 8);
        place!(Signal, entry_price, 96, 8);
        place!(Signal, limit_price, 104, 8);
        place!(Signal, stop_price, 112, 8);
        place!(Signal, stop_distance, 120, 8);
        place!(Signal, target_price, 128, 8);
        place!(Signal, target_distance, 136, 8);
        place!(Signal, trailing_distance, 144, 8);
        place!(Signal, time_stop_closes, 152, 4);
        place!(Signal, reserved, 156, 4);
        place!(Signal, checks, 160, 8);
        place!(Signal, check_count, 168, 8);
        place!(Signal, fields, 176, 8);
        place!(Signal, field_count, 184, 8);
        place!(Signal, code, 192, 8);
        place!(Signal, code_length, 200, 8);
        place!(Signal, text, 208, 8);
        place!(Signal, text_length, 216, 8);
        assert_eq!((size_of::<VirtualTrade>(), align_of::<VirtualTrade>()), (88, 8));
        place!(VirtualTrade, struct_size, 0, 4);
        place!(VirtualTrade, instrument, 4, 4);
        place!(VirtualTrade, signal_time, 8, 8);
        place!(VirtualTrade, entry_time, 16, 8);
        place!(VirtualTrade, exit_time, 24, 8);
        place!(VirtualTrade, entry, 32, 8);
        place!(VirtualTrade, stop, 40, 8);
        place!(VirtualTrade, exit, 48, 8);
        place!(VirtualTrade, exit_reason, 56, 4);
        place!(VirtualTrade, session_closes, 60, 4);
        place!(VirtualTrade, gross_return, 64, 8);
        place!(VirtualTrade, code, 72, 8);
        place!(VirtualTrade, code_length, 80, 8);
        assert_eq!((size_of::<StrategySink>(), align_of::<StrategySink>()), (32, 8));
        place!(StrategySink, struct_size, 0, 4);
        place!(StrategySink, reserved, 4, 4);
        place!(StrategySink, context, 8, 8);
        place!(StrategySink, signal, 16, 8);
        place!(StrategySink, virtual_trade, 24, 8);
        assert_eq!((size_of::<Fill>(), align_of::<Fill>()), (56, 8));
        place!(Fill, struct_size, 0, 4);
        place!(Fill, instrument, 4, 4);
        place!(Fill, side, 8, 4);
        place!(Fill, exit_reason, 12, 4);
        place!(Fill, signal_bar, 16, 8);
        place!(Fill, time, 24, 8);
        place!(Fill, price, 32, 8);
        place!(Fill, quantity, 40, 8);
        place!(Fill, position, 48, 8);
        assert_eq!((size_of::<Recheck>(), align_of::<Recheck>()), (40, 8));
        place!(Recheck, struct_size, 0, 4);
        place!(Recheck, instrument, 4, 4);
        place!(Recheck, bar_time, 8, 8);
        place!(Recheck, now, 16, 8);
        place!(Recheck, price, 24, 8);
        place!(Recheck, quote_time, 32, 8);
        assert_eq!((size_of::<CheckSink>(), align_of::<CheckSink>()), (24, 8));
        place!(CheckSink, struct_size, 0, 4);
        place!(CheckSink, reserved, 4, 4);
        place!(CheckSink, context, 8, 8);
        place!(CheckSink, check, 16, 8);
        assert_eq!((size_of::<Strategy>(), align_of::<Strategy>()), (64, 8));
        place!(Strategy, struct_size, 0, 4);
        place!(Strategy, reserved, 4, 4);
        place!(Strategy, create, 8, 8);
        place!(Strategy, start, 16, 8);
        place!(Strategy, on_bar, 24, 8);
        place!(Strategy, evaluate, 32, 8);
        place!(Strategy, recheck, 40, 8);
        place!(Strategy, on_fill, 48, 8);
        place!(Strategy, destroy, 56, 8);
        assert_eq!((size_of::<Observation>(), align_of::<Observation>()), (120, 8));
        place!(Observation, struct_size, 0, 4);
        place!(Observation, instrument, 4, 4);
        place!(Observation, kind, 8, 4);
        place!(Observation, reserved, 12, 4);
        place!(Observation, time, 16, 8);
        place!(Observation, number, 24, 8);
        place!(Observation, episode, 32, 8);
        place!(Observation, price, 40, 8);
        place!(Observation, score, 48, 8);
        place!(Observation, level, 56, 8);
        place!(Observation, level_length, 64, 8);
        place!(Observation, code, 72, 8);
        place!(Observation, code_length, 80, 8);
        place!(Observation, fields, 88, 8);
        place!(Observation, field_count, 96, 8);
        place!(Observation, text, 104, 8);
        place!(Observation, text_length, 112, 8);
        assert_eq!((size_of::<ObservationSink>(), align_of::<ObservationSink>()), (24, 8));
        place!(ObservationSink, struct_size, 0, 4);
        place!(ObservationSink, reserved, 4, 4);
        place!(ObservationSink, context, 8, 8);
        place!(ObservationSink, observation, 16, 8);
        assert_eq!((size_of::<Scanner>(), align_of::<Scanner>()), (56, 8));
        place!(Scanner, struct_size, 0, 4);
        place!(Scanner, reserved, 4, 4);
        place!(Scanner, create, 8, 8);
        place!(Scanner, start, 16, 8);
        place!(Scanner, on_bar, 24, 8);
        place!(Scanner, evaluate, 32, 8);
        place!(Scanner, finish, 40, 8);
        place!(Scanner, destroy, 48, 8);
        assert_eq!((size_of::<OrderRequest>(), align_of::<OrderRequest>()), (112, 8));
        place!(OrderRequest, struct_size, 0, 4);
        place!(OrderRequest, instrument, 4, 4);
        place!(OrderRequest, side, 8, 4);
        place!(OrderRequest, order_type, 12, 4);
        place!(OrderRequest, time_in_force, 16, 4);
        place!(OrderRequest, reserved, 20, 4);
        place!(OrderRequest, client_order_id, 24, 8);
        place!(OrderRequest, client_order_id_length, 32, 8);
        place!(OrderRequest, oco_group, 40, 8);
        place!(OrderRequest, oco_group_length, 48, 8);
        place!(OrderRequest, quantity, 56, 8);
        place!(OrderRequest, limit_price, 64, 8);
        place!(OrderRequest, stop_price, 72, 8);
        place!(OrderRequest, trailing_distance, 80, 8);
        place!(OrderRequest, take_profit_price, 88, 8);
        place!(OrderRequest, stop_loss_price, 96, 8);
        place!(OrderRequest, created_at, 104, 8);
        assert_eq!((size_of::<OrderReport>(), align_of::<OrderReport>()), (136, 8));
        place!(OrderReport, struct_size, 0, 4);
        place!(OrderReport, instrument, 4, 4);
        place!(OrderReport, kind, 8, 4);
        place!(OrderReport, side, 12, 4);
        place!(OrderReport, order_type, 16, 4);
        place!(OrderReport, reserved, 20, 4);
        place!(OrderReport, report_id, 24, 8);
        place!(OrderReport, report_id_length, 32, 8);
        place!(OrderReport, client_order_id, 40, 8);
        place!(OrderReport, client_order_id_length, 48, 8);
        place!(OrderReport, venue_order_id, 56, 8);
        place!(OrderReport, venue_order_id_length, 64, 8);
        place!(OrderReport, time, 72, 8);
        place!(OrderReport, quantity, 80, 8);
        place!(OrderReport, price, 88, 8);
        place!(OrderReport, fee, 96, 8);
        place!(OrderReport, cumulative, 104, 8);
        place!(OrderReport, stop_price, 112, 8);
        place!(OrderReport, reason, 120, 8);
        place!(OrderReport, reason_length, 128, 8);
        assert_eq!((size_of::<BrokerPosition>(), align_of::<BrokerPosition>()), (24, 8));
        place!(BrokerPosition, struct_size, 0, 4);
        place!(BrokerPosition, instrument, 4, 4);
        place!(BrokerPosition, quantity, 8, 8);
        place!(BrokerPosition, average_price, 16, 8);
        assert_eq!((size_of::<BrokerAccount>(), align_of::<BrokerAccount>()), (32, 8));
        place!(BrokerAccount, struct_size, 0, 4);
        place!(BrokerAccount, live, 4, 4);
        place!(BrokerAccount, cash, 8, 8);
        place!(BrokerAccount, buying_power, 16, 8);
        place!(BrokerAccount, currency, 24, 8);
        assert_eq!((size_of::<BrokerSink>(), align_of::<BrokerSink>()), (32, 8));
        place!(BrokerSink, struct_size, 0, 4);
        place!(BrokerSink, reserved, 4, 4);
        place!(BrokerSink, context, 8, 8);
        place!(BrokerSink, report, 16, 8);
        place!(BrokerSink, position, 24, 8);
        assert_eq!((size_of::<Broker>(), align_of::<Broker>()), (96, 8));
        place!(Broker, struct_size, 0, 4);
        place!(Broker, reserved, 4, 4);
        place!(Broker, create, 8, 8);
        place!(Broker, start, 16, 8);
        place!(Broker, capabilities, 24, 8);
        place!(Broker, account, 32, 8);
        place!(Broker, positions, 40, 8);
        place!(Broker, open_orders, 48, 8);
        place!(Broker, order, 56, 8);
        place!(Broker, place, 64, 8);
        place!(Broker, replace, 72, 8);
        place!(Broker, cancel, 80, 8);
        place!(Broker, destroy, 88, 8);
        assert_eq!((size_of::<SimulatedVenue>(), align_of::<SimulatedVenue>()), (24, 8));
        place!(SimulatedVenue, struct_size, 0, 4);
        place!(SimulatedVenue, reserved, 4, 4);
        place!(SimulatedVenue, on_quote, 8, 8);
        place!(SimulatedVenue, on_bar, 16, 8);
        assert_eq!((size_of::<Series>(), align_of::<Series>()), (72, 8));
        place!(Series, struct_size, 0, 4);
        place!(Series, bar_seconds, 4, 4);
        place!(Series, symbol, 8, 8);
        place!(Series, symbol_length, 16, 8);
        place!(Series, first_start, 24, 8);
        place!(Series, last_start, 32, 8);
        place!(Series, bar_count, 40, 8);
        place!(Series, step, 48, 8);
        place!(Series, currency, 56, 8);
        place!(Series, currency_length, 64, 8);
        assert_eq!((size_of::<DataFault>(), align_of::<DataFault>()), (64, 8));
        place!(DataFault, struct_size, 0, 4);
        place!(DataFault, skipped, 4, 4);
        place!(DataFault, file, 8, 8);
        place!(DataFault, file_length, 16, 8);
        place!(DataFault, line, 24, 8);
        place!(DataFault, code, 32, 8);
        place!(DataFault, code_length, 40, 8);
        place!(DataFault, text, 48, 8);
        place!(DataFault, text_length, 56, 8);
        assert_eq!((size_of::<MarketDataSink>(), align_of::<MarketDataSink>()), (40, 8));
        place!(MarketDataSink, struct_size, 0, 4);
        place!(MarketDataSink, reserved, 4, 4);
        place!(MarketDataSink, context, 8, 8);
        place!(MarketDataSink, series, 16, 8);
        place!(MarketDataSink, fault, 24, 8);
        place!(MarketDataSink, fingerprint, 32, 8);
        assert_eq!((size_of::<MarketData>(), align_of::<MarketData>()), (48, 8));
        place!(MarketData, struct_size, 0, 4);
        place!(MarketData, reserved, 4, 4);
        place!(MarketData, create, 8, 8);
        place!(MarketData, open, 16, 8);
        place!(MarketData, read, 24, 8);
        place!(MarketData, rewind, 32, 8);
        place!(MarketData, destroy, 40, 8);
        assert_eq!((size_of::<Notification>(), align_of::<Notification>()), (64, 8));
        place!(Notification, struct_size, 0, 4);
        place!(Notification, severity, 4, 4);
        place!(Notification, time, 8, 8);
        place!(Notification, topic, 16, 8);
        place!(Notification, topic_length, 24, 8);
        place!(Notification, title, 32, 8);
        place!(Notification, title_length, 40, 8);
        place!(Notification, text, 48, 8);
        place!(Notification, text_length, 56, 8);
        assert_eq!((size_of::<Notifier>(), align_of::<Notifier>()), (32, 8));
        place!(Notifier, struct_size, 0, 4);
        place!(Notifier, reserved, 4, 4);
        place!(Notifier, create, 8, 8);
        place!(Notifier, notify, 16, 8);
        place!(Notifier, destroy, 24, 8);
    }
}
