//! When somebody is there: rows 38 to 40.

use chrono::{DateTime, Utc};
use svar::Policy;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn with(text: &str) -> Policy {
    Policy::from_toml(&format!("svar = 1\nname = 'test'\n{text}"))
        .unwrap_or_else(|errors| panic!("{}", errors.render()))
}

const OFFICE: &str = "[calendars.office]\ntime_zone = 'Europe/Oslo'\n\
     open = { mon = ['08:00-16:00'], tue = ['08:00-16:00'], wed = ['08:00-16:00'], thu = ['08:00-16:00'], fri = ['08:00-16:00'] }\n";

#[test]
fn row_38_people_stand_ready_or_the_hole_is_named() {
    let watch = |hours: &str| {
        with(&format!(
            "{OFFICE}[rotas.watch]\ntime_zone = 'Europe/Oslo'\nbeside = 'office'\n\
             layers = [{{ people = ['kari', 'ola'], start = '2026-01-05', every = '1w'{hours} }}]\n"
        ))
    };
    let weekends = watch(", hours = { sat = ['00:00-24:00'], sun = ['00:00-24:00'] }");
    let [warning] = weekends.warnings() else { panic!("{:?}", weekends.warnings()) };
    assert_eq!(warning.code(), "rota-gap");
    assert!(watch("").warnings().is_empty());
    // Who has to be rung is known for every instant.
    assert_eq!(watch("").rota("watch").unwrap().on_call(at("2026-11-21T20:00:00Z")).unwrap(), Some("ola"));
}

#[test]
fn row_39_first_of_all_it_is_decided_when_one_is_there() {
    // A calendar without hours is none, and one that is never open is a mistake.
    for hours in ["", "open = {}\n", "open = { mon = [] }\n"] {
        let text = format!("svar = 1\nname = 'test'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\n{hours}");
        assert!(Policy::from_toml(&text).is_err(), "{hours}");
    }
    // Where it is decided, a customer can be told when somebody will be there.
    let policy = with(OFFICE);
    let office = policy.calendar("office").unwrap();
    assert_eq!(office.next_open(at("2026-11-21T20:00:00Z")).unwrap(), Some(at("2026-11-23T07:00:00Z")));
}

#[test]
fn row_40_always_there_is_best_and_nobody_is_made_to() {
    let policy = with(
        "[calendars.always]\ntime_zone = 'Europe/Oslo'\n\
         open = { mon = ['00:00-24:00'], tue = ['00:00-24:00'], wed = ['00:00-24:00'], thu = ['00:00-24:00'], fri = ['00:00-24:00'], sat = ['00:00-24:00'], sun = ['00:00-24:00'] }\n",
    );
    let always = policy.calendar("always").unwrap();
    assert!(always.is_open(at("2026-11-22T03:00:00Z")).unwrap());
    assert_eq!(always.next_close(at("2026-11-22T03:00:00Z")).unwrap(), None);
    assert_eq!(super::policy().calendars().count(), 0);
}
