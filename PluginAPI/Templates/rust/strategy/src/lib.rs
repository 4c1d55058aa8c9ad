//! My Plugin: buys when a close is above the highest close of the last `window` bars, sells when one is below the lowest.
//!
//! The host calls, for each instance and never at once: `create`, `start`, then `on_bar` for every finished bar and
//! `on_fill` for what became of the signals, and `destroy`.
#[macro_use]
mod wharf;
#[cfg(test)]
mod test_host;
#[cfg(test)]
mod tests;

use std::os::raw::{c_char, c_void};
use wharf::*;

embed_manifest!();

struct Channel {
    /// The last closes, in a ring.
    closes: Vec<f64>,
    seen: usize,
    last_end: i64,
    /// What fills left held, in billionths.
    position: i64,
}

struct ChannelStrategy {
    window: usize,
    quantity: i64,
    decide_from: i64,
    explains: bool,
    channels: Option<Vec<Channel>>,
}

impl ChannelStrategy {
    fn new(host: Services) -> Result<Self, Status> {
        let window = host.integer("window").unwrap_or(0);
        let quantity = host.decimal("quantity").unwrap_or(0);
        if !(2..=500).contains(&window) {
            return Err(host.refuse("window: expected a whole number from 2 to 500"));
        }
        if quantity <= 0 {
            return Err(host.refuse("quantity: expected a decimal above 0"));
        }
        Ok(ChannelStrategy { window: window as usize, quantity, decide_from: i64::MIN, explains: false, channels: None })
    }

    fn start(&mut self, start: &Start) -> Result<(), Status> {
        if self.channels.is_some() {
            return Err(E_INVALID); // started before
        }
        let window = self.window;
        let channel = |_| Channel { closes: vec![0.0; window], seen: 0, last_end: i64::MIN, position: 0 };
        self.channels = Some((0..start.instrument_count).map(channel).collect());
        self.decide_from = start.decide_from;
        self.explains = start.explain == 1;
        Ok(())
    }

    fn channel(&mut self, instrument: u32) -> Result<&mut Channel, Status> {
        self.channels.as_mut().and_then(|all| all.get_mut(instrument as usize)).ok_or(E_INVALID)
    }

    fn on_bar(&mut self, bar: &Bar, sink: &StrategySink) -> Result<(), Status> {
        if !bar.close.is_finite() || bar.close <= 0.0 {
            return Err(E_INVALID);
        }
        let (window, decide_from, explains, quantity) = (self.window, self.decide_from, self.explains, self.quantity);
        let channel = self.channel(bar.instrument)?;
        if bar.end <= channel.last_end {
            return Ok(()); // offered before: it counts once
        }
        channel.last_end = bar.end;
        let highest = channel.closes.iter().copied().fold(f64::MIN, f64::max);
        let lowest = channel.closes.iter().copied().fold(f64::MAX, f64::min);
        let place = channel.seen % window;
        channel.closes[place] = bar.close;
        channel.seen += 1;
        if channel.seen <= window || bar.end < decide_from {
            return Ok(()); // the channel warms up
        }

        let held = channel.position > 0;
        let due = if held { bar.close < lowest } else { bar.close > highest };
        if !due && !explains {
            return Ok(());
        }
        let mut check = Check::zero();
        (check.name, check.name_length) = lend("channel");
        check.kind = CHECK_BAR;
        check.passed = i32::from(due);
        check.value = bar.close;
        check.limit = if held { lowest } else { highest };

        let mut signal = Signal::zero();
        signal.instrument = bar.instrument;
        signal.verdict = if due { VERDICT_RAISED } else { VERDICT_EVALUATED };
        signal.action = if held { ACTION_EXIT } else { ACTION_ENTER_LONG };
        signal.exit_reason = if held { EXIT_STRATEGY } else { 0 };
        signal.order_type = ORDER_MARKET;
        signal.time_in_force = TIF_DAY;
        signal.flags = SIGNAL_OWN_SIZE;
        signal.bar_time = bar.start;
        signal.decided_at = bar.end;
        signal.close = bar.close;
        signal.score = f64::NAN;
        signal.quantity = if held { channel.position } else { quantity };
        signal.checks = &check;
        signal.check_count = 1;
        unsafe { (sink.signal)(sink.context, &signal) }
        Ok(())
    }

    fn on_fill(&mut self, fill: &Fill) -> Result<(), Status> {
        self.channel(fill.instrument)?.position = fill.position; // the host's word, also after a partial fill
        Ok(())
    }
}

// --- the edge to the host: pointers in, statuses out ---

unsafe extern "C" fn create(host: *const Host, out_instance: *mut *mut Instance) -> Status {
    guarded(|| {
        *out_instance = keep(ChannelStrategy::new(Services::new(host)?)?);
        Ok(())
    })
}

unsafe extern "C" fn start(instance: *mut Instance, start: *const Start) -> Status {
    guarded(|| (*(instance as *mut ChannelStrategy)).start(&*start))
}

unsafe extern "C" fn on_bar(instance: *mut Instance, bar: *const Bar, sink: *const StrategySink) -> Status {
    guarded(|| (*(instance as *mut ChannelStrategy)).on_bar(&*bar, &*sink))
}

unsafe extern "C" fn on_fill(instance: *mut Instance, fill: *const Fill) -> Status {
    guarded(|| (*(instance as *mut ChannelStrategy)).on_fill(&*fill))
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    release::<ChannelStrategy>(instance)
}

/// `evaluate` and `recheck` stay null: the host then does not call them.
static STRATEGY: Strategy = Strategy {
    struct_size: std::mem::size_of::<Strategy>() as u32,
    reserved: 0,
    create,
    start,
    on_bar,
    evaluate: None,
    recheck: None,
    on_fill: Some(on_fill),
    destroy,
};

unsafe extern "C" fn table(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status {
    offer(id, id_length, &STRATEGY, out_table)
}

static PLUGIN: Plugin = descriptor(table);

/// What the host calls once after loading: the one exported symbol.
#[no_mangle]
pub extern "C" fn wharf_plugin_entry() -> *const Plugin {
    &PLUGIN
}
