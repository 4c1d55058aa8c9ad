//! Runs the plugin in a host in memory, through its C tables.
use crate::test_host::*;
use crate::wharf::*;
use std::os::raw::c_void;

/// Keeps what matters of each signal.
unsafe extern "C" fn take(context: *mut c_void, signal: *const Signal) {
    (*(context as *mut Vec<Signal>)).push(*signal); // its pointers are no longer valid afterwards
}

unsafe extern "C" fn take_trade(_: *mut c_void, _: *const VirtualTrade) {}

#[test]
fn the_channel_buys_above_and_sells_below() {
    let mut host = TestHost::new();
    let strategy = plugin_table::<Strategy>().unwrap();
    assert!(plugin_table::<Broker>().is_none());
    let mut instance = std::ptr::null_mut();
    unsafe {
        assert_eq!((strategy.create)(host.raw(), &mut instance), E_CONFIGURATION); // no options at all
        assert!(instance.is_null() && host.log[0].0 == LOG_ERROR);
        host.set("window", Value::Integer(3));
        host.set("quantity", Value::Decimal(2_000_000_000));
        assert_eq!((strategy.create)(host.raw(), &mut instance), OK);
        let instruments = [instrument("ABC")];
        assert_eq!((strategy.start)(instance, &start_of(&instruments)), OK);
        assert_eq!((strategy.start)(instance, &start_of(&instruments)), E_INVALID);

        let mut signals: Vec<Signal> = Vec::new();
        let sink = StrategySink {
            struct_size: std::mem::size_of::<StrategySink>() as u32,
            reserved: 0,
            context: &mut signals as *mut Vec<Signal> as *mut c_void,
            signal: take,
            virtual_trade: take_trade,
        };
        for (day, close) in [10.0, 11.0, 12.0, 11.0, 12.5].iter().enumerate() {
            let bar = bar(day as i64, *close, 1000.0);
            assert_eq!((strategy.on_bar)(instance, &bar, &sink), OK);
            assert_eq!((strategy.on_bar)(instance, &bar, &sink), OK); // a bar offered twice counts once
        }
        let seen: Vec<_> = signals.iter().map(|s| (s.action, s.quantity, s.close)).collect();
        assert_eq!(seen, [(ACTION_ENTER_LONG, 2_000_000_000, 12.5)]);

        let mut fill = Fill::zero();
        fill.side = SIDE_BUY;
        fill.position = 2_000_000_000;
        assert_eq!((strategy.on_fill.unwrap())(instance, &fill), OK);
        assert_eq!((strategy.on_bar)(instance, &bar(5, 10.5, 1000.0), &sink), OK);
        assert_eq!((signals[1].action, signals[1].exit_reason), (ACTION_EXIT, EXIT_STRATEGY));

        let mut stranger = bar(6, 10.5, 1000.0);
        stranger.instrument = 1; // no such instrument
        assert_eq!((strategy.on_bar)(instance, &stranger, &sink), E_INVALID);
        assert_eq!(signals.len(), 2);
        (strategy.destroy)(instance);
    }
}
