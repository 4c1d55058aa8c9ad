//! Runs the plugin in a host in memory, through its C tables.
use crate::test_host::*;
use crate::wharf::*;
use std::os::raw::c_void;

unsafe extern "C" fn take(context: *mut c_void, observation: *const Observation) {
    let fields = slice((*observation).fields, (*observation).field_count);
    (*(context as *mut Vec<(i32, u64, f64)>)).push(((*observation).kind, (*observation).number, fields[2].number));
}

#[test]
fn unusual_volume_is_reported_once_and_usual_volume_never() {
    let mut host = TestHost::new();
    let scanner = plugin_table::<Scanner>().unwrap();
    assert!(plugin_table::<Strategy>().is_none());
    let mut instance = std::ptr::null_mut();
    unsafe {
        assert_eq!((scanner.create)(host.raw(), &mut instance), E_CONFIGURATION);
        host.set("window", Value::Integer(3));
        host.set("ratio", Value::Decimal(2_500_000_000));
        assert_eq!((scanner.create)(host.raw(), &mut instance), OK);
        let instruments = [instrument("ABC")];
        assert_eq!((scanner.start)(instance, &start_of(&instruments)), OK);

        let mut seen: Vec<(i32, u64, f64)> = Vec::new();
        let sink = ObservationSink {
            struct_size: std::mem::size_of::<ObservationSink>() as u32,
            reserved: 0,
            context: &mut seen as *mut Vec<(i32, u64, f64)> as *mut c_void,
            observation: take,
        };
        // 2400 is 2.4 times the average 1000; 3750 is 2.5 times 1500
        for (day, volume) in [900.0, 1000.0, 1100.0, 2400.0, 3750.0].iter().enumerate() {
            let bar = bar(day as i64, 10.0, *volume);
            assert_eq!((scanner.on_bar)(instance, &bar, &sink), OK);
            assert_eq!((scanner.on_bar)(instance, &bar, &sink), OK); // a bar offered twice counts once
        }
        assert_eq!(seen, [(OBSERVATION_ALERT, 1, 2.5)]);
        assert_eq!((scanner.on_bar)(instance, &bar(5, 10.0, -1.0), &sink), E_INVALID); // no volume is negative
        (scanner.destroy)(instance);
    }
}
