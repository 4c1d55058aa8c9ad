//! My Plugin: daily bars of one made-up symbol. They are a pure function of the options, so the same seed always gives the
//! same bars. The walk:
//!
//!     open_0 = 100; u1...u4 are uniform in [0, 1), from splitmix64 started at `seed`
//!     close = open * (1 + volatility * (2 * u1 - 1)), at least 1
//!     high  = max(open, close) * (1 + volatility * u2 / 2), low = min(open, close) * (1 - volatility * u3 / 2)
//!     open of the next bar = close; volume = floor(1000000 * (0.5 + u4)); prices are rounded to cents
//!
//! One bar a weekday, from Monday 2015-01-05 on.
#[macro_use]
mod wharf;
#[cfg(test)]
mod test_host;
#[cfg(test)]
mod tests;

use std::os::raw::{c_char, c_void};
use wharf::*;

embed_manifest!();

const DAY: i64 = 86_400_000_000_000;
/// 2015-01-05 in days since 1970-01-01.
const FIRST_DAY: i64 = 16_440;

/// Where the walk stands.
struct Walk {
    random: u64,
    index: u64,
    price: f64,
}

fn cents(price: f64) -> f64 {
    (price * 100.0 + 0.5).floor() / 100.0
}

fn bar_start(index: u64) -> i64 {
    (FIRST_DAY + (index / 5 * 7 + index % 5) as i64) * DAY
}

impl Walk {
    fn uniform(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.random;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn next(&mut self, volatility: f64) -> Bar {
        let (u1, u2, u3, u4) = (self.uniform(), self.uniform(), self.uniform(), self.uniform());
        let (start, open) = (bar_start(self.index), self.price);
        let close = cents(open * (1.0 + volatility * (2.0 * u1 - 1.0))).max(1.0);
        let high = cents(open.max(close) * (1.0 + volatility * u2 / 2.0));
        let low = cents(open.min(close) * (1.0 - volatility * u3 / 2.0));
        let volume = (1_000_000.0 * (0.5 + u4)).floor();
        self.price = close;
        self.index += 1;
        Bar { start, end: start + DAY, open, high, low, close, volume, instrument: 0, flags: 0 }
    }
}

struct WalkSource {
    symbol: String,
    bars: u64,
    seed: u64,
    volatility: f64,
    /// Set once it is open.
    walk: Option<Walk>,
}

impl WalkSource {
    fn new(host: Services) -> Result<Self, Status> {
        let bars = host.integer("bars").unwrap_or(0);
        let seed = host.integer("seed").unwrap_or(-1);
        let volatility = host.decimal("volatility").unwrap_or(-1);
        let symbol = host.text("symbol").unwrap_or_default();
        let are_usable = (1..=60_000).contains(&bars) && seed >= 0 && (0..=500_000_000).contains(&volatility);
        if !are_usable || !(1..=64).contains(&symbol.len()) {
            let text = "expected bars from 1 to 60000, seed of at least 0, volatility from 0 to 0.5, symbol of 1 to 64 bytes";
            return Err(host.refuse(text));
        }
        let volatility = volatility as f64 / 1e9;
        Ok(WalkSource { symbol, bars: bars as u64, seed: seed as u64, volatility, walk: None })
    }

    fn begin(&self) -> Walk {
        Walk { random: self.seed, index: 0, price: 100.0 }
    }

    /// Four sums (FNV-1a, each started elsewhere) over every bar: another bar, other bytes.
    fn fingerprint(&self) -> Vec<u8> {
        let mut lanes: [u64; 4] = [0xcbf2_9ce4_8422_2325, 1, 2, 3];
        let mut walk = self.begin();
        while walk.index < self.bars {
            let bar = walk.next(self.volatility);
            let mut bytes = [bar.start, bar.end].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
            for number in [bar.open, bar.high, bar.low, bar.close, bar.volume] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend([0; 8]); // instrument and flags
            for byte in bytes {
                for lane in &mut lanes {
                    *lane = (*lane ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
                }
            }
        }
        lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect()
    }

    fn open(&mut self, symbols: &str, sink: &MarketDataSink) -> Result<(), Status> {
        if !symbols.is_empty() && symbols.split(',').any(|symbol| symbol != self.symbol) {
            return Err(E_NOT_FOUND);
        }
        let mut series = Series::zero();
        (series.symbol, series.symbol_length) = lend(&self.symbol);
        (series.currency, series.currency_length) = lend("USD");
        series.bar_seconds = 86_400;
        series.first_start = bar_start(0);
        series.last_start = bar_start(self.bars - 1);
        series.bar_count = self.bars;
        let bytes = self.fingerprint();
        unsafe {
            (sink.series)(sink.context, &series);
            (sink.fingerprint)(sink.context, bytes.as_ptr(), bytes.len() as u64);
        }
        self.walk = Some(self.begin());
        Ok(())
    }

    fn read(&mut self, out: *mut Bar, capacity: u64) -> Result<u64, Status> {
        let (bars, volatility) = (self.bars, self.volatility);
        let walk = self.walk.as_mut().ok_or(E_INVALID)?;
        if walk.index == bars {
            return Err(E_END);
        }
        let mut count = 0;
        while count < capacity && walk.index < bars {
            unsafe { out.add(count as usize).write(walk.next(volatility)) };
            count += 1;
        }
        Ok(count)
    }

    fn rewind(&mut self) -> Result<(), Status> {
        if self.walk.is_none() {
            return Err(E_INVALID);
        }
        self.walk = Some(self.begin());
        Ok(())
    }
}

// --- the edge to the host: pointers in, statuses out ---

unsafe extern "C" fn create(host: *const Host, out_instance: *mut *mut Instance) -> Status {
    guarded(|| {
        *out_instance = keep(WalkSource::new(Services::new(host)?)?);
        Ok(())
    })
}

unsafe extern "C" fn open(
    instance: *mut Instance,
    symbols: *const c_char,
    symbols_length: u64,
    sink: *const MarketDataSink,
) -> Status {
    guarded(|| {
        let symbols = std::str::from_utf8(slice(symbols as *const u8, symbols_length)).map_err(|_| E_INVALID)?;
        (*(instance as *mut WalkSource)).open(symbols, &*sink)
    })
}

unsafe extern "C" fn read(instance: *mut Instance, out_bars: *mut Bar, capacity: u64, out_count: *mut u64) -> Status {
    guarded(|| {
        *out_count = 0;
        *out_count = (*(instance as *mut WalkSource)).read(out_bars, capacity)?;
        Ok(())
    })
}

unsafe extern "C" fn rewind(instance: *mut Instance) -> Status {
    guarded(|| (*(instance as *mut WalkSource)).rewind())
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    release::<WalkSource>(instance)
}

static SOURCE: MarketData =
    MarketData { struct_size: std::mem::size_of::<MarketData>() as u32, reserved: 0, create, open, read, rewind, destroy };

unsafe extern "C" fn table(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status {
    offer(id, id_length, &SOURCE, out_table)
}

static PLUGIN: Plugin = descriptor(table);

/// What the host calls once after loading: the one exported symbol.
#[no_mangle]
pub extern "C" fn wharf_plugin_entry() -> *const Plugin {
    &PLUGIN
}
