use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::systemic::systemic;
use super::*;
use crate::case::{Case, Message, PerHour, Sample};
use crate::source::{Document, Mistakes, Sources};

/// Reads the section `sla.surge`.
fn policy(text: &str) -> SurgePolicy {
    let mut sources = Sources::new();
    let document = Document::parse(&mut sources, "x", text).unwrap();
    let mistakes = Mistakes::new(&sources);
    let table = mistakes.table(&document.root, document.place());
    let policy = read_surge(table.get("surge"));
    table.finish();
    mistakes.finish().unwrap();
    policy
}

const POLICY: &str = "
[surge]
contacts = { each = 10 }
populations.da = { people = 5000 }
crisis_contact = 'Kari'
[surge.levels.watch]
reactions = 10
reactions_per_hour = { times = 2, at_least = 5, without_baseline = 20 }
[surge.levels.surge]
reactions = 100
media = true
[surge.levels.crisis]
reactions = 1000
potential_reach = 12000
reactions_per_hour = { times = 20, at_least = 50 }
tell = ['management']
";

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn case(reactions: u64) -> Case {
    let mut case = Case::new("facebook");
    case.facts.reactions = reactions;
    case
}

fn begun(mut case: Case, minutes: i64) -> Case {
    case.messages.push(Message::customer("?").at(at(minutes).fixed_offset()));
    case
}

#[test]
fn each_level_is_reached_at_its_threshold() {
    let policy = policy(POLICY);
    for (reactions, level) in [
        (0, Level::None),
        (9, Level::None),
        (10, Level::Watch),
        (99, Level::Watch),
        (100, Level::Surge),
        (999, Level::Surge),
        (1000, Level::Crisis),
        (i64::MAX as u64, Level::Crisis),
        (u64::MAX, Level::Crisis),
    ] {
        assert_eq!(policy.judge(&case(reactions), at(0)).level, level, "{reactions}");
    }
}

#[test]
fn growth_is_held_against_what_is_usual() {
    let policy = policy(POLICY);
    let usual = |count: u32| Some(PerHour::from(count));
    for (why, reactions, minutes, usual, level) in [
        ("nobody knows what is usual", 9, 0, None, Level::None),
        ("a conversation without a time has no growth", 9, -1, usual(1), Level::None),
        ("twice the usual, but not enough to look at", 4, 0, usual(2), Level::None),
        ("twice the usual", 8, 0, usual(4), Level::Watch),
        ("less than twice the usual", 8, 0, usual(5), Level::None),
        ("where nothing is usual, a little is much", 5, 0, usual(0), Level::Watch),
        ("spread over two hours", 9, -60, usual(4), Level::None),
        ("ten minutes are an hour as long as nobody knows better", 4, 50, usual(0), Level::None),
    ] {
        let mut case = begun(case(reactions), minutes);
        if why.contains("without a time") {
            case.messages.clear();
        }
        case.facts.spread.baseline.reactions_per_hour = usual;
        assert_eq!(policy.judge(&case, at(60)).level, level, "{why}");
    }
}

#[test]
fn growth_is_measured_from_the_last_count_that_is_old_enough() {
    let policy = policy(POLICY);
    let mut case = begun(case(500), -600);
    let velocity = |case: &Case| policy.judge(case, at(60)).velocity.reactions_per_hour.unwrap().to_string();
    assert_eq!(velocity(&case), "45.454", "since the beginning, eleven hours ago");
    let sample = |minutes: i64, reactions| Sample::new(at(minutes).fixed_offset(), reactions, 0);
    case.facts.spread.samples.push(sample(0, 400));
    assert_eq!(velocity(&case), "100", "since an hour ago");
    case.facts.spread.samples.insert(0, sample(30, 490));
    assert_eq!(velocity(&case), "100", "half an hour is too short to tell, wherever it stands in the list");
    case.facts.spread.samples.push(sample(-60, 100));
    assert_eq!(velocity(&case), "100", "nor does an older one matter");
    case.facts.spread.samples.push(sample(90, 9_000));
    assert_eq!(velocity(&case), "100", "nor one of the future");
    case.facts.reactions = 300;
    assert_eq!(velocity(&case), "0", "what was taken back did not grow");
}

#[test]
fn a_conversation_begins_with_nothing_unless_it_was_counted_before() {
    let policy = policy(POLICY);
    let velocity = |begun_at: Option<i64>, samples: &[(i64, u64)]| {
        let mut case = case(90);
        if let Some(minutes) = begun_at {
            case = begun(case, minutes);
        }
        let samples =
            samples.iter().map(|&(minutes, count)| Sample::new(at(minutes).fixed_offset(), count, 0));
        case.facts.spread.samples.extend(samples);
        policy.judge(&case, at(60)).velocity.reactions_per_hour.unwrap().to_string()
    };
    let young = (50, 85);
    assert_eq!(
        velocity(Some(-15), &[young]),
        "72",
        "ninety in an hour and a quarter, whatever was counted at its end"
    );
    assert_eq!(velocity(Some(40), &[young]), "90", "all of them within the hour");
    assert_eq!(velocity(None, &[young]), "5", "nobody knows when it began");
    assert_eq!(velocity(Some(-15), &[(-60, 80)]), "5", "there were eighty before the customer wrote");
    assert_eq!(velocity(Some(40), &[(30, 80), young]), "10", "also where that is not long ago");
    assert_eq!(velocity(Some(30), &[(30, 80)]), "10", "what is counted as it begins was there");
    assert_eq!(velocity(Some(-15), &[(90, 9_000)]), "72", "what is yet to be counted tells nothing");
}

#[test]
fn reach_is_a_range_and_ends_with_the_population() {
    let policy = policy(POLICY);
    let reach = |case: &Case| {
        let reach = policy.judge(case, at(0)).reach;
        (reach.at_least, reach.at_most, reach.unbounded)
    };
    let mut case = case(100);
    case.facts.comments = 40;
    assert_eq!(reach(&case), (100, 1000, 1000), "one person may react and comment");
    case.facts.spread.followers = 7;
    assert_eq!(reach(&case), (100, 1007, 1007), "the author's followers may see it, too");
    case.facts.spread.reach = Some(3000);
    assert_eq!(reach(&case), (3000, 3000, 3000), "the platform knows");
    case.facts.reactions = 1_000_000;
    case.language = Some("da".to_owned());
    assert_eq!(reach(&case), (5000, 5000, 10_000_007), "there are no more people than there are");
    case.facts.spread.population = Some(2000);
    assert_eq!(reach(&case), (2000, 2000, 10_000_007), "the host knows better");
    case.facts.reactions = u64::MAX;
    assert_eq!(reach(&case).2, u64::MAX);
}

#[test]
fn evidence_names_of_each_measure_the_highest_threshold_and_by_how_much_it_was_crossed() {
    let mut case = case(1500);
    case.facts.media = true;
    let surge = policy(POLICY).judge(&case, at(0));
    let messages: Vec<_> = surge.evidence.iter().map(|evidence| evidence.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "1500 reactions, 1.5 times the 1000 of `crisis`",
            "15000 people who can have seen it, 1.2 times the 12000 of `crisis`",
            "media have taken it up, which makes it a surge",
        ]
    );
    assert_eq!(
        (surge.asks.crisis_contact.as_deref(), surge.asks.tell.as_slice()),
        (Some("Kari"), &["management".to_owned()][..])
    );
}

#[test]
fn a_severe_case_is_serious_before_anybody_sees_it() {
    let mut case = case(0);
    assert!(!policy(POLICY).judge(&case, at(0)).serious);
    case.facts.severity = crate::case::Level::High;
    let surge = policy(POLICY).judge(&case, at(0));
    assert!(surge.serious && surge.level == Level::None && surge.evidence.is_empty());
}

#[test]
fn without_thresholds_nothing_is_watched() {
    let surge = SurgePolicy::default().judge(&case(u64::MAX), at(0));
    assert_eq!((surge.level, surge.reach.at_most), (Level::None, u64::MAX));
}

fn systemic_of(minutes: &[i64], cases: usize) -> Vec<Vec<String>> {
    let tags = ["outage".to_owned(), "outage".to_owned()];
    let ids: Vec<String> = (0..minutes.len()).map(|number| number.to_string()).collect();
    let refs = ids.iter().zip(minutes).map(|(id, minutes)| CaseRef { id, at: at(*minutes), tags: &tags });
    let limit = SystemicLimit { cases, within: TimeDelta::minutes(60) };
    systemic(refs, limit).into_iter().map(|found| found.cases).collect()
}

#[test]
fn several_cases_of_one_tag_within_a_time_are_one_trouble() {
    for (why, minutes, expected) in [
        ("the ends count in", vec![0, 30, 60], vec!["0", "1", "2"]),
        ("a minute too late", vec![0, 30, 61], vec![]),
        ("in any order", vec![60, 0, 30], vec!["1", "2", "0"]),
        ("one that came long before is none of them", vec![-500, 0, 10, 20, 500], vec!["1", "2", "3"]),
        ("stretches overlap", vec![0, 30, 60, 90, 120], vec!["0", "1", "2", "3", "4"]),
        ("two, twice", vec![0, 1, 500, 501], vec![]),
        ("all at once", vec![5, 5, 5], vec!["0", "1", "2"]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        let expected = if expected.is_empty() { vec![] } else { vec![expected] };
        assert_eq!(systemic_of(&minutes, 3), expected, "{why}");
    }
}

proptest! {
    #[test]
    fn more_of_anything_never_lowers_the_level(
        counts in proptest::array::uniform6(0u64..3_000), more in proptest::array::uniform6(0u64..3_000), minutes in 0i64..300,
    ) {
        let policy = policy(POLICY);
        let make = |counts: [u64; 6]| {
            let mut case = begun(case(counts[0]), 0);
            case.facts.comments = counts[1];
            case.facts.media = counts[5] > 2_500;
            let spread = &mut case.facts.spread;
            (spread.shares, spread.followers, spread.reach) = (counts[2], counts[3], Some(counts[4]));
            spread.baseline.reactions_per_hour = Some(PerHour::from(3));
            policy.judge(&case, at(minutes))
        };
        let (less, more) = (make(counts), make(std::array::from_fn(|at| counts[at] + more[at])));
        prop_assert!(less.level <= more.level);
        prop_assert!(less.reach.at_least <= more.reach.at_least && less.reach.at_most <= more.reach.at_most);
        prop_assert!(less.reach.at_least <= less.reach.at_most);
        prop_assert_eq!(less.level == Level::None, less.evidence.is_empty());
        prop_assert_eq!(less.evidence.iter().map(|evidence| evidence.level).max(), less.evidence.first().map(|evidence| evidence.level));
    }

    #[test]
    fn a_case_is_named_if_and_only_if_enough_others_are_near(minutes in proptest::collection::vec(0i64..400, 0..40), cases in 2usize..6) {
        let found: Vec<String> = systemic_of(&minutes, cases).into_iter().flatten().collect();
        let mut sorted = minutes.clone();
        sorted.sort_unstable();
        for (id, own) in minutes.iter().enumerate() {
            // Some stretch of an hour that begins with a case and has this one in it has enough of them.
            let crowded = sorted.iter().any(|start| {
                let inside = |minute: &i64| (*start..=start + 60).contains(minute);
                inside(own) && sorted.iter().filter(|minute| inside(minute)).count() >= cases
            });
            prop_assert_eq!(found.contains(&id.to_string()), crowded);
        }
    }

    #[test]
    fn any_instant_is_measured(seconds in -8_000_000_000_000i64..8_000_000_000_000, sample in -8_000_000_000_000i64..8_000_000_000_000) {
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let mut case = begun(case(5), 0);
        case.facts.spread.samples.push(Sample::new(instant(sample).fixed_offset(), 1, 1));
        policy(POLICY).judge(&case, instant(seconds));
    }
}
