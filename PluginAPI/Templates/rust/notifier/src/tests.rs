//! Runs the plugin in a host in memory, through its C table.
use crate::test_host::*;
use crate::wharf::*;

fn message(severity: i32) -> Notification {
    let mut message = Notification::zero();
    message.severity = severity;
    (message.topic, message.topic_length) = lend("fill");
    (message.title, message.title_length) = lend("bought 2 ABC");
    (message.text, message.text_length) = lend("at 12.5");
    message
}

#[test]
fn messages_reach_the_log_from_the_chosen_severity_on() {
    let mut host = TestHost::new();
    let notifier = plugin_table::<Notifier>().unwrap();
    let mut instance = std::ptr::null_mut();
    unsafe {
        host.set("minimum_severity", Value::Text("loud"));
        assert_eq!((notifier.create)(host.raw(), &mut instance), E_CONFIGURATION);
        assert_eq!(host.log.len(), 1); // it said why
        host.set("minimum_severity", Value::Text("warning"));
        assert_eq!((notifier.create)(host.raw(), &mut instance), OK);
        assert_eq!((notifier.notify)(instance, &message(SEVERITY_INFO)), OK);
        assert_eq!((notifier.notify)(instance, &message(SEVERITY_ALARM)), OK);
        assert_eq!((notifier.notify)(instance, &message(9)), E_INVALID);
        assert_eq!(host.log[1..], [(LOG_ERROR, "fill: bought 2 ABC: at 12.5".to_string())]);
        (notifier.destroy)(instance);
    }
}
