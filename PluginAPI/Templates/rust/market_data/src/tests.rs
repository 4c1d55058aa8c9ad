//! Runs the plugin in a host in memory, through its C table.
use crate::test_host::*;
use crate::wharf::*;
use std::os::raw::{c_char, c_void};

#[derive(Default)]
struct Contents {
    series: u64,
    bars: u64,
    fingerprint: Vec<u8>,
}

unsafe extern "C" fn take_series(context: *mut c_void, series: *const Series) {
    let contents = &mut *(context as *mut Contents);
    contents.series += 1;
    contents.bars = (*series).bar_count;
}

unsafe extern "C" fn take_fault(_: *mut c_void, _: *const DataFault) {
    panic!("a fault");
}

unsafe extern "C" fn take_fingerprint(context: *mut c_void, bytes: *const u8, length: u64) {
    (*(context as *mut Contents)).fingerprint = slice(bytes, length).to_vec();
}

unsafe fn open(source: &MarketData, instance: *mut Instance, symbols: &str) -> (Status, Contents) {
    let mut contents = Contents::default();
    let sink = MarketDataSink {
        struct_size: std::mem::size_of::<MarketDataSink>() as u32,
        reserved: 0,
        context: &mut contents as *mut Contents as *mut c_void,
        series: take_series,
        fault: take_fault,
        fingerprint: take_fingerprint,
    };
    let status = (source.open)(instance, symbols.as_ptr() as *const c_char, symbols.len() as u64, &sink);
    (status, contents)
}

unsafe fn read(source: &MarketData, instance: *mut Instance) -> (Status, Vec<(i64, f64, f64, f64, f64)>) {
    let mut bars = vec![bar(0, 1.0, 1.0); 256];
    let mut count = 99;
    let status = (source.read)(instance, bars.as_mut_ptr(), 256, &mut count);
    bars.truncate(count as usize);
    (status, bars.iter().map(|b| (b.start, b.open, b.high, b.low, b.close)).collect())
}

#[test]
fn the_walk_is_whole_repeats_itself_and_changes_with_its_seed() {
    let mut host = TestHost::new();
    let source = plugin_table::<MarketData>().unwrap();
    let mut instance = std::ptr::null_mut();
    unsafe {
        assert_eq!((source.create)(host.raw(), &mut instance), E_CONFIGURATION);
        host.set("bars", Value::Integer(300));
        host.set("seed", Value::Integer(7));
        host.set("volatility", Value::Decimal(20_000_000));
        host.set("symbol", Value::Text("ABC"));
        assert_eq!((source.create)(host.raw(), &mut instance), OK);
        assert_eq!(read(source, instance), (E_INVALID, vec![])); // not open
        assert_eq!(open(source, instance, "ABC,XYZ").0, E_NOT_FOUND);
        let (status, contents) = open(source, instance, "ABC");
        assert_eq!((status, contents.series, contents.bars, contents.fingerprint.len()), (OK, 1, 300, 32));

        let (status, first) = read(source, instance);
        assert_eq!((status, first.len()), (OK, 256));
        for (_, open, high, low, close) in &first {
            assert!(*low > 0.0 && low <= open && low <= close && high >= open && high >= close);
        }
        assert!(first.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(read(source, instance).1.len(), 44);
        assert_eq!(read(source, instance), (E_END, vec![]));
        assert_eq!((source.rewind)(instance), OK);
        assert_eq!(read(source, instance), (OK, first));
        (source.destroy)(instance);

        host.set("seed", Value::Integer(8));
        assert_eq!((source.create)(host.raw(), &mut instance), OK);
        assert_ne!(open(source, instance, "").1.fingerprint, contents.fingerprint);
        (source.destroy)(instance);
    }
}
