//! Calendars that nobody means well with, and slips: each is told with its place, and nothing runs long.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects"
)]

use std::sync::OnceLock;

use proptest::prelude::*;
use svar::request::{calendar, error_json};
use svar::source::Diagnostics;
use svar::{Policy, request};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// What is wrong with a document: code, line, and the help if there is any.
fn mistakes(text: &str) -> Vec<(String, u32, String)> {
    let document = format!("svar = 1\nname = 'test'\nextends = ['svar:holidays']\n{text}");
    let errors = Policy::from_toml(&document).expect_err(text);
    let told = errors.iter().map(|it| {
        let line = it.location().unwrap_or_else(|| panic!("{} has a place", it.message())).line();
        (it.code().to_owned(), line.try_into().unwrap(), it.help().unwrap_or("").to_owned())
    });
    told.collect()
}

#[track_caller]
fn is_told(text: &str, code: &str, line: u32, help: &str) {
    let told = mistakes(text);
    assert!(
        told.iter().any(|(c, l, h)| c == code && *l == line && h.contains(help)),
        "{code} in line {line}, {help:?}: {told:?}"
    );
}

#[test]
fn slips_in_a_calendar_are_told_with_their_place() {
    let zone = "[calendars.it]\ntime_zone = 'UTC'\n";
    let open = "open = { mon = ['09:00-17:00'] }\n";
    for (text, code, line, help) in [
        (
            "[calendars.it]\ntime_zone = 'Europe/Olso'\n".to_owned() + open,
            "unknown-value",
            5,
            "`Europe/Oslo`",
        ),
        (
            "[calendars.it]\ntime_zone = 'europe/berlin'\n".to_owned() + open,
            "unknown-value",
            5,
            "`Europe/Berlin`",
        ),
        (format!("[calendars.it]\n{open}"), "missing-key", 4, ""),
        (zone.to_owned(), "missing-key", 4, ""),
        (format!("{zone}open = {{ mon = ['09:61-17:00'] }}\n"), "hours", 6, "59"),
        (format!("{zone}open = {{ mon = ['09:00-25:00'] }}\n"), "hours", 6, "24:00"),
        (format!("{zone}open = {{ mon = ['09:00-09:00'] }}\n"), "hours", 6, "00:00-24:00"),
        (format!("{zone}open = {{ mon = ['nine to five'] }}\n"), "hours", 6, "09:00-17:00"),
        (format!("{zone}open = {{ mon = '09:00-17:00' }}\n"), "wrong-type", 6, ""),
        (format!("{zone}open = {{ mno = ['09:00-17:00'] }}\n"), "unknown-key", 6, "`mon`"),
        (format!("{zone}open = {{ monday = ['09:00-17:00'] }}\n"), "unknown-key", 6, ""),
        (format!("{zone}open = {{}}\n"), "never-opens", 6, "hours"),
        (format!("{zone}open = {{ mon = [] }}\n"), "never-opens", 6, "hours"),
        (format!("{zone}{open}days = {{ '2026-02-30' = [] }}\n"), "date", 7, "2026-12-24"),
        (format!("{zone}{open}days = {{ '24.12.2026' = [] }}\n"), "date", 7, "2026-12-24"),
        (format!("{zone}{open}days = {{ '1999-12-31' = [] }}\n"), "date", 7, "no other years"),
        (format!("{zone}{open}closed = ['2101-01-01']\n"), "date", 7, "no other years"),
        (
            format!("{zone}{open}closed = ['2026-12-24']\ndays = {{ '2026-12-24' = [] }}\n"),
            "contradiction",
            7,
            "",
        ),
        (format!("{zone}{open}breaks = {{ fir = ['12:00-13:00'] }}\n"), "unknown-key", 7, "`fri`"),
        (format!("{zone}{open}breaks = {{ '2026-13-01' = ['12:00-13:00'] }}\n"), "date", 7, ""),
        (format!("{zone}{open}holidays = ['DE-BZ']\n"), "unknown-value", 7, "`DE-B"),
        (format!("{zone}{open}holidays = ['NO', 'NO']\n"), "duplicate", 7, ""),
        (format!("{zone}{open}opne = 1\n"), "unknown-key", 7, "`open`"),
        ("[calendars.'The Office']\ntime_zone = 'UTC'\n".to_owned() + open, "id", 4, "small letters"),
        // Months of holidays, and a list for a table.
        ("[holidays.xx.days]\nx = { on = '13-01' }\n".to_owned(), "date", 5, "12-25"),
        ("[holidays.xx.days]\nx = { on = '1st mon of may' }\n".to_owned(), "date", 5, "`1st mon of 05`"),
        (
            "[holidays.xx.days]\nx = { on = '05-01', from = 2020, until = 2010 }\n".to_owned(),
            "contradiction",
            5,
            "",
        ),
        ("[holidays.xx]\nin = 'NOO'\n".to_owned(), "unknown-value", 5, "`NO`"),
        ("[holidays.xx]\nin = 'DE-BY'\n".to_owned(), "region", 5, "country"),
        ("[holidays.NO.days]\nmay-day = { off = true }\n".to_owned(), "unknown-value", 5, ""),
    ] {
        is_told(&text, code, line, help);
    }
    let without_pack = "svar = 1\nname = 'a'\n[calendars.it]\ntime_zone = 'UTC'\nopen = { mon = ['09:00-17:00'] }\nholidays = ['NO']\n";
    let errors = Policy::from_toml(without_pack).unwrap_err();
    assert!(errors.first().help().unwrap().contains("svar:holidays"), "{}", errors.render());
}

#[test]
fn slips_in_a_rota_are_told_with_their_place() {
    let zone = "[rotas.it]\ntime_zone = 'UTC'\n";
    let layer =
        |rest: &str| format!("{zone}layers = [{{ people = ['kari'], start = '2026-01-05', {rest} }}]\n");
    for (text, code, line, help) in [
        ("[rotas.it]\ntime_zone = 'Mars/Olympus'\n".to_owned(), "unknown-value", 5, ""),
        (zone.to_owned(), "rota", 4, "layer"),
        (layer(""), "missing-key", 6, ""),
        (layer("every = '1 week'"), "duration", 6, "1w"),
        (layer("every = '0d'"), "duration", 6, "1w"),
        (layer("every = '999w'"), "duration", 6, "a year"),
        (layer("every = '3d', on = 'mon'"), "rota", 6, "weeks"),
        (layer("every = '1w', on = 'mno'"), "unknown-value", 6, "`mon`"),
        (layer("every = '1w', at = '24:00'"), "hours", 6, "08:00"),
        (
            format!("{zone}layers = [{{ people = [' '], start = '2026-01-05', every = '1w' }}]\n"),
            "rota",
            6,
            "name",
        ),
        (
            format!(
                "{zone}overrides = [{{ person = 'kari', from = '2026-01-05T10:00:00', to = '2026-01-05T09:00:00' }}]\n"
            ),
            "rota",
            6,
            "",
        ),
        (
            format!("{zone}overrides = [{{ person = 'kari', from = 'now', to = '2026-01-05T09:00:00' }}]\n"),
            "instant",
            6,
            "offset",
        ),
        (
            format!(
                "{zone}overrides = [{{ person = 'kari', from = '1999-12-31T23:59:59', to = '2026-01-05T09:00:00' }}]\n"
            ),
            "instant",
            6,
            "no other years",
        ),
        (
            format!(
                "{zone}overrides = [{{ person = 'kari', from = '2026-01-05T09:00:00', to = '+262142-12-31T00:00:00' }}]\n"
            ),
            "instant",
            6,
            "no other years",
        ),
        (
            layer("every = '1w'")
                + "beside = 'offcie'\n[calendars.office]\ntime_zone = 'UTC'\nopen = { mon = ['09:00-17:00'] }\n",
            "unknown-value",
            7,
            "`office`",
        ),
    ] {
        is_told(&text, code, line, help);
    }
}

fn codes(request: &str) -> Vec<String> {
    let errors = calendar(builtin(), request).expect_err(request);
    errors.iter().map(|it| it.code().to_owned()).collect()
}

#[test]
fn slips_in_a_request_are_told() {
    let ask = |rest: &str| {
        format!(
            r#"{{"calendar": {{"time_zone": "Europe/Oslo", "open": {{"mon": ["09:00-17:00"]}}}}, {rest}}}"#
        )
    };
    for (request, code) in [
        ("{}".to_owned(), "missing-key"),
        ("[]".to_owned(), "wrong-type"),
        (ask(r#""op": "plus", "at": "2026-11-23T10:00:00Z""#), "unknown-value"),
        (ask(r#""op": "add", "at": "2026-11-23T10:00:00Z""#), "missing-key"),
        (ask(r#""op": "add", "seconds": 1"#), "missing-key"),
        (ask(r#""op": "add", "at": "yesterday", "seconds": 1"#), "instant"),
        (ask(r#""op": "add", "at": "2026-02-30T10:00:00Z", "seconds": 1"#), "instant"),
        (ask(r#""op": "add", "at": 1764000000, "seconds": 1"#), "wrong-type"),
        (ask(r#""op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 1.5"#), "wrong-type"),
        (ask(r#""op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 9223372036854775807"#), "too-long"),
        (ask(r#""op": "subtract", "at": "2026-11-23T10:00:00Z", "seconds": 9000000000"#), "too-long"),
        (ask(r#""op": "subtract", "at": "2026-11-23T10:00:00Z", "seconds": -9223372036854775808"#), "too-long"),
        (ask(r#""op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 99999999999999999999"#), "out-of-range"),
        (ask(r#""op": "is-open", "at": "1999-01-01T00:00:00Z""#), "instant-range"),
        (ask(r#""op": "is-open", "at": "+262142-12-31T23:59:59""#), "instant-range"),
        (ask(r#""op": "between", "at": "2026-11-23T10:00:00Z", "to": "2199-11-23T10:00:00Z""#), "instant-range"),
        (ask(r#""op": "is-open", "at": "2026-11-23T10:00:00Z", "to": "2026-11-23T10:00:00Z""#), "unknown-key"),
        (r#"{"calendar": "office", "op": "is-open", "at": "2026-11-23T10:00:00Z"}"#.to_owned(), "unknown-value"),
        (r#"{"rota": "watch", "op": "on-call", "at": "2026-11-23T10:00:00Z"}"#.to_owned(), "unknown-value"),
        (r#"{"op": "holidays", "region": "NOO", "year": 2026}"#.to_owned(), "unknown-value"),
        (r#"{"op": "holidays", "region": "NO", "year": 1999}"#.to_owned(), "out-of-range"),
        (r#"{"calendar": {"time_zone": "UTC", "open": {}}, "op": "is-open", "at": "2026-11-23T10:00:00Z"}"#.to_owned(), "never-opens"),
    ] {
        assert!(codes(&request).iter().any(|found| found == code), "{request}: {code}, not {:?}", codes(&request));
    }
}

#[test]
fn a_request_is_answered_in_the_calendar_s_own_time() {
    let ask = |rest: &str| {
        let request = format!(
            r#"{{"calendar": {{"time_zone": "Europe/Oslo", "open": {{"mon": ["09:00-17:00"]}}, "breaks": {{"mon": ["12:00-13:00"]}}}}, {rest}}}"#
        );
        calendar(builtin(), &request).unwrap()
    };
    for (rest, answer) in [
        (
            r#""op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 3600"#,
            r#"{"due_at":"2026-11-23T12:00:00+01:00","next_opening":"2026-11-23T13:00:00+01:00"}"#,
        ),
        // A local time is read as the calendar reads its hours: half past two is half past three when clocks go
        // forward.
        (
            r#""op": "add", "at": "2026-03-29T02:30:00", "seconds": 0"#,
            r#"{"due_at":"2026-03-29T03:30:00+02:00","next_opening":"2026-03-30T09:00:00+02:00"}"#,
        ),
        (
            r#""op": "subtract", "at": "2026-11-23T09:00:00", "seconds": 3600"#,
            r#"{"due_at":"2026-11-16T16:00:00+01:00","next_opening":"2026-11-16T16:00:00+01:00"}"#,
        ),
        (
            r#""op": "between", "at": "2026-11-23T00:00:00", "to": "2026-11-24T00:00:00""#,
            r#"{"seconds":25200}"#,
        ),
        (
            r#""op": "between", "at": "2026-11-24T00:00:00", "to": "2026-11-23T00:00:00""#,
            r#"{"seconds":-25200}"#,
        ),
        (r#""op": "is-open", "at": "2026-11-23T12:30:00""#, r#"{"open":false}"#),
        (
            r#""op": "next-open", "at": "2026-11-23T12:30:00""#,
            r#"{"next_opening":"2026-11-23T13:00:00+01:00"}"#,
        ),
        (r#""op": "next-close", "at": "2026-11-23T12:30:00""#, r#"{"next_closing":null}"#),
        (
            r#""op": "open-intervals", "at": "2026-11-23T11:00:00", "to": "2026-11-24T00:00:00""#,
            r#"{"intervals":[{"start":"2026-11-23T11:00:00+01:00","end":"2026-11-23T12:00:00+01:00"},{"start":"2026-11-23T13:00:00+01:00","end":"2026-11-23T17:00:00+01:00"}]}"#,
        ),
    ] {
        assert_eq!(ask(rest), answer, "{rest}");
    }
    let policy = Policy::from_toml(
        "svar = 1\nname = 'a'\n[rotas.watch]\ntime_zone = 'Europe/Oslo'\nlayers = [{ people = ['kari'], start = '2026-01-05', every = '1w' }]\n",
    )
    .unwrap();
    let ask = |text: &str| request::calendar(&policy, text).unwrap();
    assert_eq!(
        ask(r#"{"rota": "watch", "op": "on-call", "at": "2026-11-23T12:30:00"}"#),
        r#"{"on_call":"kari","everybody":["kari"]}"#
    );
    assert_eq!(
        ask(r#"{"rota": "watch", "op": "gaps", "at": "2026-01-04T00:00:00", "to": "2026-11-23T12:30:00"}"#),
        r#"{"gaps":[{"start":"2026-01-04T00:00:00+01:00","end":"2026-01-05T00:00:00+01:00"}]}"#
    );
}

#[test]
fn large_calendars_are_refused_or_answered() {
    let many = |count: usize, one: &str| vec![one; count].join(",");
    let stretches = |count| {
        format!(
            r#"{{"calendar": {{"time_zone": "UTC", "open": {{"mon": [{}]}}}}, "op": "is-open", "at": "2026-11-23T10:00:00Z"}}"#,
            many(count, r#""09:00-17:00""#)
        )
    };
    assert!(calendar(builtin(), &stretches(100)).is_ok());
    assert!(codes(&stretches(101)).contains(&"too-many".to_owned()));
    assert!(codes(&stretches(200_000)).contains(&"too-many".to_owned()));
    let regions = format!(
        r#"{{"calendar": {{"time_zone": "UTC", "open": {{"mon": ["09:00-17:00"]}}, "holidays": [{}]}}, "op": "is-open", "at": "2026-11-23T10:00:00Z"}}"#,
        many(100_000, r#""NO""#)
    );
    assert!(codes(&regions).contains(&"too-many".to_owned()));
    // Every day of the range has hours of its own.
    let days: Vec<String> = (2000..=2100)
        .flat_map(|year| {
            (1..=12).flat_map(move |month| {
                (1..=28).map(move |day| format!(r#""{year}-{month:02}-{day:02}": ["09:00-10:00"]"#))
            })
        })
        .collect();
    let all = format!(
        r#"{{"calendar": {{"time_zone": "UTC", "open": {{}}, "days": {{{}}}}}, "op": "between", "at": "2000-01-01T00:00:00Z", "to": "2101-01-01T00:00:00Z"}}"#,
        days.join(",")
    );
    assert_eq!(calendar(builtin(), &all).unwrap(), format!(r#"{{"seconds":{}}}"#, days.len() * 3600));
    let calendars: String = (0..600)
        .map(|number| {
            format!("[calendars.c{number}]\ntime_zone = 'UTC'\nopen = {{ mon = ['09:00-17:00'] }}\n")
        })
        .collect();
    assert!(mistakes(&calendars).iter().any(|(code, _, _)| code == "too-many"));
}

fn sound(answer: Result<String, Diagnostics>) {
    let answer = answer.unwrap_or_else(|error| error_json(&error));
    assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok(), "{answer}");
}

const SEEDS: [&str; 4] = [
    r#"{"calendar":{"time_zone":"Europe/Berlin","open":{"mon":["22:00-06:00"],"sun":["00:00-24:00"]},"days":{"2026-10-25":["01:00-03:00"]},"breaks":{"sun":["02:00-02:30"]},"closed":["2026-10-26"],"holidays":["DE-BE"]},"op":"add","at":"2026-10-25T02:30:00","seconds":7200}"#,
    r#"{"calendar":{"time_zone":"Pacific/Apia","open":{"fri":["09:00-17:00"]}},"op":"open-intervals","at":"2011-12-29T00:00:00","to":"2012-01-03T00:00:00"}"#,
    r#"{"op":"holidays","region":"GB-SCT","year":2022}"#,
    r#"{"calendar":{"time_zone":"UTC","open":{"mon":["09:00-17:00"]}},"op":"between","at":"2000-01-01T00:00:00Z","to":"2101-01-01T00:00:00Z"}"#,
];

proptest! {
    /// Any text, and any request with something else in it.
    #[test]
    fn requests_never_panic(
        text in any::<String>(),
        seed in 0usize..4,
        cut in any::<prop::sample::Index>(),
        dropped in 0usize..6,
        put in "[\\PC0-9:,T-]{0,4}",
    ) {
        sound(calendar(builtin(), &text));
        let mut letters: Vec<char> = SEEDS.get(seed).unwrap().chars().collect();
        let at = cut.index(letters.len());
        let end = (at + dropped).min(letters.len());
        letters.splice(at..end, put.chars());
        sound(calendar(builtin(), &letters.into_iter().collect::<String>()));
    }

    /// Whatever numbers stand in it.
    #[test]
    fn numbers_never_panic(seconds in any::<i64>(), year in -9999i32..=9999, op in 0usize..3) {
        let asks = [
            format!(r#""op":"add","seconds":{seconds}"#),
            format!(r#""op":"subtract","seconds":{seconds}"#),
            format!(r#""op":"between","to":"{year:04}-07-01T00:00:00""#),
        ];
        sound(calendar(builtin(), &format!(
            r#"{{"calendar":{{"time_zone":"Europe/Oslo","open":{{"mon":["09:00-17:00"]}}}},{},"at":"{year:04}-06-01T00:00:00Z"}}"#,
            asks.get(op).unwrap()
        )));
    }
}
