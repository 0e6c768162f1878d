//! Who is on call.

use chrono::TimeDelta;

use super::{at, openings, policy};

#[test]
fn rotas_hand_over_by_the_wall_clock() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari', 'ola', 'lise'], start = '2026-10-12', every = '1w', at = '09:00', on = 'mon' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    let turns = rota.turns(at("2026-10-12T09:00:00+02:00"), at("2026-11-02T09:00:00+01:00")).unwrap();
    let hours: Vec<_> = turns.iter().map(|(time, who)| (who.unwrap(), time.duration().num_hours())).collect();
    // The week in which the clocks go back has 169 hours.
    assert_eq!(hours, [("kari", 168), ("ola", 169), ("lise", 168)]);
    let spring = rota.turns(at("2027-03-22T09:00:00+01:00"), at("2027-03-29T09:00:00+02:00")).unwrap();
    assert_eq!(spring.first().unwrap().0.duration().num_hours(), 167);
    assert_eq!(rota.on_call(at("2026-10-12T08:59:59+02:00")).unwrap(), None);
    assert_eq!(policy.warnings().len(), 0, "{:?}", policy.warnings());
}

#[test]
fn a_hand_over_in_an_hour_that_comes_twice_happens_once() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari', 'ola'], start = '2026-10-24', every = '1d', at = '02:30' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    for (instant, who) in [
        ("2026-10-25T02:29:59+02:00", "kari"),
        ("2026-10-25T02:30:00+02:00", "ola"),
        ("2026-10-25T02:10:00+01:00", "ola"),
        ("2026-10-26T02:29:59+01:00", "ola"),
        ("2026-10-26T02:30:00+01:00", "kari"),
        // In spring half past two is half past three.
        ("2027-03-28T03:29:59+02:00", "kari"),
        ("2027-03-28T03:30:00+02:00", "ola"),
    ] {
        assert_eq!(rota.on_call(at(instant)).unwrap(), Some(who), "{instant}");
    }
}

#[test]
fn the_last_layer_wins_and_overrides_win_over_all() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [\n\
           { people = ['kari'], start = '2026-01-05', every = '1w' },\n\
           { people = ['weekend'], start = '2026-01-05', every = '1w', hours = { sat = ['00:00-24:00'], sun = ['00:00-24:00'] } },\n\
         ]\n\
         overrides = [{ person = 'lise', from = 2026-11-21T12:00:00, to = '2026-11-21T18:00:00+01:00' }]\n",
    );
    let rota = policy.rota("watch").unwrap();
    let who = |text: &str| rota.on_call(at(text)).unwrap();
    assert_eq!(who("2026-11-20T12:00:00+01:00"), Some("kari"));
    assert_eq!(who("2026-11-21T11:59:59+01:00"), Some("weekend"));
    assert_eq!(who("2026-11-21T12:00:00+01:00"), Some("lise"));
    assert_eq!(who("2026-11-21T18:00:00+01:00"), Some("weekend"));
    let all: Vec<_> = rota.everybody_on_call(at("2026-11-21T12:00:00+01:00")).unwrap().collect();
    assert_eq!(all, ["lise", "weekend", "kari"]);
}

#[test]
fn gaps_are_found_when_a_policy_is_checked() {
    let text = |beside: &str| {
        format!(
            "[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = {{ mon = ['08:00-16:00'], tue = ['08:00-16:00'], wed = ['08:00-16:00'], thu = ['08:00-16:00'], fri = ['08:00-16:00'] }}\n\
             [rotas.watch]\ntime_zone = 'Europe/Oslo'\n{beside}\n\
             layers = [{{ people = ['kari'], start = '2026-01-05', every = '1w', hours = {{ mon = ['16:00-08:00'], tue = ['16:00-08:00'], wed = ['16:00-08:00'], thu = ['16:00-08:00'], fri = ['16:00-24:00'], sat = ['00:00-24:00'], sun = ['00:00-08:00'] }} }}]\n"
        )
    };
    let alone = policy(&text(""));
    assert_eq!(alone.warnings().iter().map(|it| it.code()).collect::<Vec<_>>(), ["rota-gap"]);
    // Beside the office only the night from Sunday to Monday is left.
    let beside = policy(&text("beside = 'office'"));
    let [warning] = beside.warnings() else { panic!("{:?}", beside.warnings()) };
    assert_eq!(
        warning.message(),
        "nobody is on call from 2026-01-11 08:00 to 2026-01-12 08:00, and 51 times more within a year"
    );
    let rota = beside.rota("watch").unwrap();
    let gaps: Vec<_> =
        rota.gaps(at("2026-11-20T00:00:00+01:00"), at("2026-11-21T00:00:00+01:00")).unwrap().collect();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps.first().unwrap().duration(), TimeDelta::hours(8));
}

#[test]
fn covered_time_is_open_when_either_is() {
    let policy = policy(
        "[calendars.office]\ntime_zone = 'Europe/Berlin'\nopen = { mon = ['09:00-17:00'] }\nholidays = ['DE-BE']\n\
         [rotas.watch]\ntime_zone = 'America/New_York'\n\
         layers = [{ people = ['sam'], start = '2026-06-01', every = '1w', hours = { mon = ['09:00-17:00'] } }]\n",
    );
    let covered = policy.calendar("office").unwrap().covered_by(policy.rota("watch").unwrap());
    assert_eq!(covered.zone().name(), "Europe/Berlin");
    // Nine in New York is three in the afternoon in Berlin: one opening, over midnight no further.
    assert_eq!(
        openings(&covered, "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00"),
        ["Mon 23 09:00+0100 to Mon 23 23:00+0100"]
    );
    // Before anybody was on call there is the office alone, and on its holidays New York alone.
    assert_eq!(openings(&covered, "2026-05-25T00:00:00+02:00", "2026-05-26T00:00:00+02:00").len(), 0);
    assert_eq!(
        openings(&covered, "2028-10-02T00:00:00+02:00", "2028-10-03T00:00:00+02:00"),
        ["Mon 02 09:00+0200 to Mon 02 23:00+0200"]
    );
    // In the weeks between the changes of the two clocks, they are an hour closer.
    assert_eq!(
        openings(&covered, "2027-03-22T00:00:00+01:00", "2027-03-23T00:00:00+01:00"),
        ["Mon 22 09:00+0100 to Mon 22 22:00+0100"]
    );
}

#[test]
fn overrides_of_years_cover_every_day_up_to_their_ends() {
    let policy = policy(
        "[rotas.watch]\ntime_zone = 'Europe/Oslo'\n\
         layers = [{ people = ['kari'], start = '2000-01-01', every = '1w', hours = { mon = ['09:00-17:00'] } }]\n\
         overrides = [\n\
           { person = 'ola', from = '2026-11-20T12:00:00', to = '2100-12-01T12:00:00' },\n\
           { person = 'lise', from = '2030-01-01T00:00:00', to = '2031-01-01T00:00:00' },\n\
           { person = 'per', from = '2100-12-31T12:00:00', to = '2101-01-01T00:00:00' },\n\
         ]\n",
    );
    let rota = policy.rota("watch").unwrap();
    let shown = openings(rota.cover(), "2026-11-16T00:00:00+01:00", "2101-01-01T00:00:00+01:00");
    assert_eq!(
        shown,
        [
            "Mon 16 09:00+0100 to Mon 16 17:00+0100",
            "Fri 20 12:00+0100 to Wed 01 12:00+0100",
            "Mon 06 09:00+0100 to Mon 06 17:00+0100",
            "Mon 13 09:00+0100 to Mon 13 17:00+0100",
            "Mon 20 09:00+0100 to Mon 20 17:00+0100",
            "Mon 27 09:00+0100 to Mon 27 17:00+0100",
            "Fri 31 12:00+0100 to Sat 01 00:00+0100",
        ]
    );
    assert_eq!(rota.on_call(at("2030-12-31T23:59:59+01:00")).unwrap(), Some("lise"));
    assert_eq!(rota.on_call(at("2031-01-01T00:00:00+01:00")).unwrap(), Some("ola"));
}
