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
