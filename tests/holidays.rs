//! Public holidays against published tables, and what changed in law.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects"
)]

use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use svar::Policy;
use svar::time::{Holiday, YEARS};

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY
        .get_or_init(|| Policy::from_toml("svar = 1\nname = 'test'\nextends = ['svar:holidays']\n").unwrap())
}

fn holidays(region: &str, year: i32) -> Vec<Holiday> {
    policy().holidays(region, year).unwrap_or_else(|| panic!("{region}"))
}

fn named(region: &str, year: i32, name: &str) -> Vec<String> {
    let all = holidays(region, year).into_iter().filter(|day| day.name.starts_with(name));
    all.map(|day| day.date.to_string()).collect()
}

#[test]
fn sixteen_years_and_one_are_as_published() {
    let mut tables = 0;
    for line in
        include_str!("data/holidays.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let mut words = line.split(' ');
        let (region, year) = (words.next().unwrap(), words.next().unwrap().parse().unwrap());
        let published: Vec<&str> = words.collect();
        let mut ours = holidays(region, year);
        if region.starts_with("GB") {
            ours.retain(|day| !matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun));
        }
        let mut ours: Vec<String> = ours.iter().map(|day| day.date.format("%m-%d").to_string()).collect();
        ours.dedup();
        assert_eq!(ours, published, "{region} {year}");
        tables += 1;
    }
    assert_eq!(tables, 12 * 17);
}

#[test]
fn every_region_is_there() {
    let ids: Vec<&str> = policy().regions().map(|(id, _)| id).collect();
    let lands =
        ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"];
    let lands = lands.map(|land| format!("DE-{land}"));
    let others = ["NO", "DK", "SE", "PL", "DE", "GB", "GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"];
    for region in lands.iter().map(String::as_str).chain(others) {
        assert!(ids.contains(&region), "{region}");
    }
    assert_eq!(ids.len(), lands.len() + others.len());
    assert_eq!(policy().holidays("XX", 2026), None);
    assert_eq!(policy().holidays("NO", 1999), Some(Vec::new()));
}

#[test]
fn laws_that_changed() {
    for (region, name, last_without, first_with) in [
        ("PL", "Wigilia", 2024, 2025),
        ("PL", "Święto Trzech Króli", 2010, 2011),
        ("SE", "Sveriges nationaldag", 2004, 2005),
        ("DE-BE", "Internationaler Frauentag", 2018, 2019),
        ("DE-MV", "Internationaler Frauentag", 2022, 2023),
        ("DE-TH", "Weltkindertag", 2018, 2019),
        ("GB-SCT", "St Andrew's Day", 2006, 2007),
        // Once in every Land in 2017, and in the north for good.
        ("DE-HB", "Reformationstag", 2016, 2017),
        ("DE-HH", "Reformationstag", 2016, 2018),
        ("DE-NI", "Reformationstag", 2016, 2018),
        ("DE-SH", "Reformationstag", 2016, 2018),
        ("DE-BY", "Reformationstag", 2018, 2017),
        ("DK", "Store bededag", 2024, 2023),
        ("SE", "Annandag pingst", 2005, 2004),
    ] {
        assert!(named(region, last_without, name).is_empty(), "{name} in {region} in {last_without}");
        assert!(!named(region, first_with, name).is_empty(), "{name} in {region} in {first_with}");
    }
}

#[test]
fn days_that_came_once() {
    for (region, date) in [
        ("PL", "2018-11-12"),
        ("DE-BE", "2020-05-08"),
        ("DE-BE", "2025-05-08"),
        ("DE-BE", "2028-06-17"),
        ("DE-BW", "2017-10-31"),
        ("GB-WLS", "2011-04-29"),
        ("GB-NIR", "2022-09-19"),
        ("GB-SCT", "2023-05-08"),
        ("GB-SCT", "2026-06-15"),
    ] {
        let date: NaiveDate = date.parse().unwrap();
        let on = |year: i32| {
            let same = date.with_year(year).unwrap();
            holidays(region, year).iter().any(|day| day.date == same)
        };
        assert!(on(date.year()), "{region} {date}");
        assert!(!on(date.year() + 1), "{region} {date}");
    }
}

#[test]
fn bank_holidays_that_were_moved() {
    assert_eq!(named("GB-ENG", 2020, "Early May"), ["2020-05-08"]);
    assert_eq!(named("GB-ENG", 2021, "Early May"), ["2021-05-03"]);
    assert_eq!(named("GB-ENG", 2002, "Spring"), ["2002-06-04"]);
    assert_eq!(named("GB-ENG", 2012, "Spring"), ["2012-06-04"]);
    assert_eq!(named("GB-ENG", 2022, "Spring"), ["2022-06-02"]);
}

/// Days at the turn of the year, some of which belong to the year beside the one in which they fall.
const TURN: &str = "svar = 1\nname = 'test'\n\
    [holidays.turn.days]\n\
    eve = { on = '12-31', substitute = true }\n\
    day = { on = '01-01', substitute = true }\n\
    late = { on = 'wed before 01-03' }\n\
    early = { on = 'easter-120' }\n\
    [calendars.office]\ntime_zone = 'UTC'\nholidays = ['turn']\n\
    open = { mon = ['09:00-17:00'], tue = ['09:00-17:00'], wed = ['09:00-17:00'], thu = ['09:00-17:00'], \
             fri = ['09:00-17:00'], sat = ['09:00-17:00'], sun = ['09:00-17:00'] }\n";

#[test]
fn a_substitute_moves_over_the_end_of_a_year_and_shares_no_day() {
    let policy = Policy::from_toml(TURN).unwrap();
    let moved = |year: i32| -> Vec<(String, String)> {
        let all = policy.holidays("turn", year).unwrap().into_iter();
        all.filter_map(|day| Some((day.date.to_string(), day.substitute_for?.to_string()))).collect()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(moved(2022), [pair("2022-01-03", "2022-01-01")]);
    assert_eq!(moved(2023), [pair("2023-01-02", "2022-12-31"), pair("2023-01-03", "2023-01-01")]);
    assert_eq!(moved(2024), [pair("2024-01-02", "2023-12-31")]);
    for year in [i32::MIN, i32::MAX] {
        assert_eq!(policy.holidays("turn", year), Some(Vec::new()));
    }
}

#[test]
fn a_calendar_is_closed_on_the_days_that_are_listed() {
    let policy = Policy::from_toml(TURN).unwrap();
    let office = policy.calendar("office").unwrap();
    for year in YEARS {
        let listed: Vec<NaiveDate> =
            policy.holidays("turn", year).unwrap().iter().map(|day| day.date).collect();
        let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
        for day in days.take_while(|day| day.year() == year) {
            let open = office.is_open(day.and_hms_opt(12, 0, 0).unwrap().and_utc()).unwrap();
            assert_eq!(open, !listed.contains(&day), "{day}");
        }
    }
}

#[test]
fn a_weekend_has_its_substitute() {
    let substitutes = |region: &str, year: i32| -> Vec<(String, String)> {
        let all = holidays(region, year);
        let moved =
            all.iter().filter_map(|day| Some((day.date.to_string(), day.substitute_for?.to_string())));
        moved.collect()
    };
    let pairs = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    // Both days of Christmas on a weekend, and each of them.
    assert_eq!(
        substitutes("GB-ENG", 2021),
        pairs(&[("2021-12-27", "2021-12-25"), ("2021-12-28", "2021-12-26")])
    );
    assert_eq!(
        substitutes("GB-ENG", 2022),
        pairs(&[("2022-01-03", "2022-01-01"), ("2022-12-27", "2022-12-25")])
    );
    assert_eq!(substitutes("GB-ENG", 2020), pairs(&[("2020-12-28", "2020-12-26")]));
    // Scotland begins the year with two days.
    assert_eq!(
        substitutes("GB-SCT", 2011),
        pairs(&[("2011-01-03", "2011-01-01"), ("2011-01-04", "2011-01-02"), ("2011-12-27", "2011-12-25")])
    );
    assert_eq!(substitutes("NO", 2022), []);
}

#[test]
fn what_is_no_public_holiday() {
    for (region, date) in [
        ("DK", "2026-06-05"),
        ("DK", "2026-12-24"),
        ("SE", "2026-06-19"),
        ("SE", "2026-12-24"),
        ("SE", "2026-12-31"),
        ("NO", "2026-12-24"),
        ("DE-BY", "2026-08-15"),
        ("DE-BY", "2026-08-08"),
        ("DE-SN", "2026-06-04"),
        ("DE-HE", "2026-04-05"),
    ] {
        let date: NaiveDate = date.parse().unwrap();
        assert!(holidays(region, date.year()).iter().all(|day| day.date != date), "{region} {date}");
    }
}

/// Easter Sunday by the epacts of Lilius and Clavius, as Knuth gives it (The Art of Computer Programming, 1.3.2,
/// exercise 14): nothing but the calendar is shared with the library.
fn easter(year: i32) -> NaiveDate {
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let leap_years_left_out = 3 * century / 4 - 12;
    let moon = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - leap_years_left_out - 10;
    let mut epact = (11 * golden + 20 + moon - leap_years_left_out).rem_euclid(30);
    if epact == 24 || (epact == 25 && golden > 11) {
        epact += 1;
    }
    let mut full_moon = 44 - epact;
    if full_moon < 21 {
        full_moon += 30;
    }
    let day = full_moon + 7 - (sunday + full_moon).rem_euclid(7);
    NaiveDate::from_ymd_opt(year, 3, 1).unwrap() + TimeDelta::days(i64::from(day) - 1)
}

proptest! {
    #[test]
    fn everything_that_moves_moves_with_easter(year in YEARS) {
        let sunday = easter(year);
        for (region, name, days) in [
            ("NO", "Skjærtorsdag", -3), ("NO", "Første påskedag", 0), ("NO", "Kristi himmelfartsdag", 39),
            ("NO", "Andre pinsedag", 50), ("PL", "Boże Ciało", 60), ("DE-NW", "Fronleichnam", 60),
            ("DE-BB", "Ostersonntag", 0), ("DE-BB", "Pfingstsonntag", 49), ("SE", "Långfredagen", -2), ("GB-WLS", "Easter Monday", 1),
        ] {
            let expected = (sunday + TimeDelta::days(days)).to_string();
            prop_assert_eq!(named(region, year, name), [expected], "{} {}", region, name);
        }
    }

    #[test]
    fn weekdays_fall_on_their_weekday(year in YEARS) {
        for (region, name, weekday) in [
            ("SE", "Midsommardagen", Weekday::Sat), ("SE", "Alla helgons dag", Weekday::Sat),
            ("DE-SN", "Buß- und Bettag", Weekday::Wed), ("GB-ENG", "Summer", Weekday::Mon), ("GB-SCT", "Summer", Weekday::Mon),
        ] {
            let all = holidays(region, year);
            let days: Vec<_> = all.iter().filter(|day| day.name.starts_with(name)).collect();
            prop_assert_eq!(days.len(), 1);
            prop_assert!(days.iter().all(|day| day.date.weekday() == weekday));
        }
        // Eleven days before the first Sunday in Advent.
        let penance: NaiveDate = named("DE-SN", year, "Buß- und Bettag")[0].parse().unwrap();
        let advent = penance + TimeDelta::days(11);
        prop_assert!((27..=30).contains(&advent.day()) && advent.month() == 11 || advent.day() <= 3 && advent.month() == 12);
    }
}

#[test]
fn a_policy_adds_and_takes_away() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'test'\nextends = ['svar:holidays']\n\
         [holidays.NO.days]\nlabour-day = { off = true }\n\
         [holidays.acme]\nin = 'NO'\n[holidays.acme.days]\nparty = { on = 'last fri of 06' }\nchristmas = { off = true }\n\
         [calendars.it]\ntime_zone = 'Europe/Oslo'\nopen = { fri = ['09:00-17:00'] }\nholidays = ['acme']\n",
    )
    .unwrap_or_else(|errors| panic!("{}", errors.render()));
    let dates = |region: &str| -> Vec<String> {
        policy
            .holidays(region, 2026)
            .unwrap()
            .iter()
            .map(|day| day.date.format("%m-%d").to_string())
            .collect()
    };
    assert_eq!(dates("NO").len(), 11);
    assert!(!dates("NO").contains(&"05-01".to_owned()));
    assert!(dates("acme").contains(&"06-26".to_owned()) && !dates("acme").contains(&"12-25".to_owned()));
    let calendar = policy.calendar("it").unwrap();
    let open = |text: &str| calendar.is_open(text.parse::<DateTime<Utc>>().unwrap()).unwrap();
    assert!(open("2026-05-01T12:00:00Z") && open("2026-12-25T12:00:00Z"));
    assert!(!open("2026-06-26T12:00:00Z"));
}
