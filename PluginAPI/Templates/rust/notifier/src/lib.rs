//! My Plugin: writes each notification of at least `minimum_severity` to the host's log.
#[macro_use]
mod wharf;
#[cfg(test)]
mod test_host;
#[cfg(test)]
mod tests;

use std::os::raw::{c_char, c_void};
use wharf::*;

embed_manifest!();

struct LogNotifier {
    host: Services,
    minimum: i32,
}

unsafe fn text(start: *const c_char, length: u64) -> String {
    String::from_utf8_lossy(slice(start as *const u8, length)).into_owned()
}

impl LogNotifier {
    fn new(host: Services) -> Result<Self, Status> {
        let minimum = match host.text("minimum_severity").as_deref() {
            Some("info") => SEVERITY_INFO,
            Some("warning") => SEVERITY_WARNING,
            Some("alarm") => SEVERITY_ALARM,
            _ => return Err(host.refuse("minimum_severity: expected info, warning or alarm")),
        };
        Ok(LogNotifier { host, minimum })
    }

    fn notify(&mut self, notification: &Notification) -> Result<(), Status> {
        let level = match notification.severity {
            SEVERITY_INFO => LOG_INFO,
            SEVERITY_WARNING => LOG_WARNING,
            SEVERITY_ALARM => LOG_ERROR,
            _ => return Err(E_INVALID), // never guess what an unknown value means
        };
        if notification.severity < self.minimum {
            return Ok(());
        }
        let (topic, title, rest) = unsafe {
            (
                text(notification.topic, notification.topic_length),
                text(notification.title, notification.title_length),
                text(notification.text, notification.text_length),
            )
        };
        let mut line = format!("{}: {}", topic, title);
        if !rest.is_empty() {
            line += ": ";
            line += &rest;
        }
        self.host.write(level, &line);
        Ok(())
    }
}

// --- the edge to the host: pointers in, statuses out ---

unsafe extern "C" fn create(host: *const Host, out_instance: *mut *mut Instance) -> Status {
    guarded(|| {
        *out_instance = keep(LogNotifier::new(Services::new(host)?)?);
        Ok(())
    })
}

unsafe extern "C" fn notify(instance: *mut Instance, notification: *const Notification) -> Status {
    guarded(|| (*(instance as *mut LogNotifier)).notify(&*notification))
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    release::<LogNotifier>(instance)
}

static NOTIFIER: Notifier =
    Notifier { struct_size: std::mem::size_of::<Notifier>() as u32, reserved: 0, create, notify, destroy };

unsafe extern "C" fn table(id: *const c_char, id_length: u64, out_table: *mut *const c_void) -> Status {
    offer(id, id_length, &NOTIFIER, out_table)
}

static PLUGIN: Plugin = descriptor(table);

/// What the host calls once after loading: the one exported symbol.
#[no_mangle]
pub extern "C" fn wharf_plugin_entry() -> *const Plugin {
    &PLUGIN
}
