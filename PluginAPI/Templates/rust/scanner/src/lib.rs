//! My Plugin: reports bars whose volume is at least `ratio` times the average volume of the `window` bars before them.
//!
//! A scanner sees bars and reports observations; its table has no way to trade.
#[macro_use]
mod wharf;
#[cfg(test)]
mod test_host;
#[cfg(test)]
mod tests;

use std::os::raw::{c_char, c_void};
use wharf::*;

embed_manifest!();

struct Volumes {
    /// The last volumes, in a ring.
    ring: Vec<f64>,
    seen: usize,
    last_end: i64,
}

struct VolumeScanner {
    window: usize,
    ratio: f64,
    decide_from: i64,
    explains: bool,
    alerts: u64,
    instruments: Option<Vec<Volumes>>,
}

fn number(name: &str, value: f64) -> Field {
    let mut field = Field::zero();
    (field.group, field.group_length) = lend("inputs");
    (field.name, field.name_length) = lend(name);
    field.kind = FIELD_NUMBER;
    field.number = value;
    field
}

impl VolumeScanner {
    fn new(host: Services) -> Result<Self, Status> {
        let window = host.integer("window").unwrap_or(0);
        let ratio = host.decimal("ratio").unwrap_or(0);
        if !(2..=500).contains(&window) {
            return Err(host.refuse("window: expected a whole number from 2 to 500"));
        }
        if ratio < 1_000_000_000 {
            return Err(host.refuse("ratio: expected a decimal of at least 1"));
        }
        let (window, ratio) = (window as usize, ratio as f64 / 1e9);
        Ok(VolumeScanner { window, ratio, decide_from: i64::MIN, explains: false, alerts: 0, instruments: None })
    }

    fn start(&mut self, start: &Start) -> Result<(), Status> {
        if self.instruments.is_some() {
            return Err(E_INVALID); // started before
        }
        let window = self.window;
        let volumes = |_| Volumes { ring: vec![0.0; window], seen: 0, last_end: i64::MIN };
        self.instruments = Some((0..start.instrument_count).map(volumes).collect());
        self.decide_from = start.decide_from;
        self.explains = start.explain == 1;
        Ok(())
    }

    fn on_bar(&mut self, bar: &Bar, sink: &ObservationSink) -> Result<(), Status> {
        let is_usable = bar.volume.is_finite() && bar.volume >= 0.0 && bar.close.is_finite() && bar.close > 0.0;
        let state = self.instruments.as_mut().and_then(|all| all.get_mut(bar.instrument as usize)).ok_or(E_INVALID)?;
        if !is_usable {
            return Err(E_INVALID);
        }
        if bar.end <= state.last_end {
            return Ok(()); // offered before: it counts once
        }
        state.last_end = bar.end;
        let average: f64 = state.ring.iter().map(|volume| volume / self.window as f64).sum();
        let place = state.seen % self.window;
        state.ring[place] = bar.volume;
        state.seen += 1;
        if state.seen > self.window && bar.end >= self.decide_from {
            self.report(bar, average, sink);
        }
        Ok(())
    }

    fn report(&mut self, bar: &Bar, average: f64, sink: &ObservationSink) {
        // An average of 0 says nothing about what is usual.
        let ratio = if average > 0.0 { bar.volume / average } else { f64::NAN };
        let is_alert = ratio >= self.ratio;
        if !is_alert && !self.explains {
            return;
        }
        let fields = [number("volume", bar.volume), number("average", average), number("ratio", ratio)];
        let text = format!("volume {:.1} times the average of {} bars", ratio, self.window);
        let mut observation = Observation::zero();
        observation.instrument = bar.instrument;
        observation.kind = if is_alert { OBSERVATION_ALERT } else { OBSERVATION_EVALUATED };
        observation.time = bar.end;
        observation.price = bar.close;
        observation.score = ratio;
        observation.fields = fields.as_ptr();
        observation.field_count = fields.len() as u64;
        (observation.code, observation.code_length) = lend(if is_alert { "volume" } else { "quiet" });
        if is_alert {
            self.alerts += 1;
            observation.number = self.alerts;
            (observation.level, observation.level_length) = lend("unusual_volume");
            (observation.text, observation.text_length) = lend(&text);
        }
        unsafe { (sink.observation)(sink.context, &observation) }
    }
}

// --- the edge to the host: pointers in, statuses out ---

unsafe extern "C" fn create(host: *const Host, out_instance: *mut *mut Instance) -> Status {
    guarded(|| {
        *out_instance = keep(VolumeScanner::new(Services::new(host)?)?);
        Ok(())
    })
}

unsafe extern "C" fn start(instance: *mut Instance, start: *const Start) -> Status {
    guarded(|| (*(instance as *mut VolumeScanner)).start(&*start))
}

unsafe extern "C" fn on_bar(instance: *mut Instance, bar: *const Bar, sink: *const ObservationSink) -> Status {
    guarded(|| (*(instance as *mut VolumeScanner)).on_bar(&*bar, &*sink))
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    release::<VolumeScanner>(instance)
}

/// `evaluate` and `finish` stay null: the host then does not call them.
static SCANNER: Scanner = Scanner {
    struct_size: std::mem::size_of::<Scanner>() as u32,
    reserved: 0,
    create,
    start,
    on_bar,
    evaluate: None,
    finish: None,
    destroy,
};

unsafe extern "C" fn table(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status {
    offer(id, id_length, &SCANNER, out_table)
}

static PLUGIN: Plugin = descriptor(table);

/// What the host calls once after loading: the one exported symbol.
#[no_mangle]
pub extern "C" fn wharf_plugin_entry() -> *const Plugin {
    &PLUGIN
}
