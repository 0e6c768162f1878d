//! What customers expect, and when many take something up: rows 13, 14, 26, 34, 73, 74, 79, 83, 84, 85 and 91.

use chrono::{DateTime, FixedOffset, TimeDelta};
use svar::sla::surge::{CaseRef, Level, Surge};
use svar::{Case, Message};

use super::policy;

fn closing_time() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T16:54:00+01:00").unwrap()
}

/// A Danish customer's post that so many like and comment on, so many hours after it was written.
fn storm(reactions: u64, comments: u64, hours: i64) -> Surge {
    let mut case = Case::new("facebook");
    case.language = Some("da".to_owned());
    case.messages.push(Message::customer("…").at(closing_time()));
    case.facts.reactions = reactions;
    case.facts.comments = comments;
    policy().surge(&case, closing_time() + TimeDelta::hours(hours)).unwrap()
}

#[test]
fn row_13_what_a_companys_customers_expected_in_2010() {
    let survey = policy().expectation("hutter-2010").unwrap();
    let within = |hours| survey.share_within(TimeDelta::hours(hours)).to_string();
    assert_eq!([0, 2, 24, 48, 72, 168].map(within), ["2.4 %", "8.3 %", "33.6 %", "69.3 %", "94 %", "97.2 %"]);
    let told = survey.points().last().unwrap().share.millionths() + survey.indifferent().millionths();
    assert_eq!(told, 999_000, "the shares were rounded");
}

#[test]
fn row_14_most_want_it_within_a_day_only_if_the_next_day_counts() {
    let survey = policy().expectation("hutter-2010").unwrap();
    let share = |hours| survey.share_within(TimeDelta::hours(hours)).ratio();
    assert!(share(24) < 0.5 && share(48) > 0.5);
    assert!(survey.caveats().iter().any(|caveat| caveat.contains("24 hours")));
}

#[test]
fn row_73_thirty_thousand_likes_are_a_crisis() {
    let surge = storm(30_000, 3_000, 72);
    assert_eq!(surge.level, Level::Crisis);
    let evidence: Vec<_> = surge.evidence.iter().map(|evidence| evidence.message.as_str()).collect();
    assert!(evidence.contains(&"30000 reactions, 3 times the 10000 of `crisis`"), "{evidence:?}");
    assert!(evidence.contains(&"3000 comments, 3 times the 1000 of `crisis`"), "{evidence:?}");
}

#[test]
fn row_74_media_make_it_serious() {
    let mut case = Case::new("facebook");
    case.facts.media = true;
    let surge = policy().surge(&case, closing_time()).unwrap();
    assert!(surge.level >= Level::Surge && surge.serious);
}

#[test]
fn row_79_growth_is_noticed_before_it_is_large() {
    let (fast, slow) = (storm(500, 0, 1), storm(500, 0, 100));
    assert!(fast.level >= Level::Surge, "{fast:?}");
    assert!(slow.level < Level::Surge, "{slow:?}");
    assert!(fast.evidence[0].message.contains("an hour"));
}

#[test]
fn row_83_a_fraction_of_the_customers_is_no_argument() {
    // However many customers there are: thresholds count people, not shares of a customer base.
    let mut case = Case::new("facebook");
    case.facts.reactions = 30_000;
    let level = |population| {
        let mut case = case.clone();
        case.facts.spread.population = Some(population);
        policy().surge(&case, closing_time()).unwrap().level
    };
    assert_eq!((level(40_000), level(80_000_000)), (Level::Crisis, Level::Crisis));
}

#[test]
fn row_84_everybody_can_have_seen_it() {
    let reach = storm(30_000, 3_000, 72).reach;
    assert_eq!((reach.unbounded, reach.at_most, reach.population), (5_910_000, 2_800_000, Some(2_800_000)));
}

#[test]
fn row_85_reach_is_a_range_and_likes_are_its_lower_end() {
    let reach = storm(30_000, 3_000, 72).reach;
    assert_eq!(reach.at_least, 30_000);
    assert!(reach.at_least < reach.at_most);
}

#[test]
fn rows_26_and_34_who_follows_a_page_may_have_seen_what_stands_on_it() {
    let reach = |followers: u64| {
        let mut case = Case::new("facebook");
        case.messages.push(Message::customer("…").at(closing_time()));
        case.facts.spread.followers = followers;
        policy().surge(&case, closing_time()).unwrap().reach
    };
    for followers in [44_000, 85_000, 130_000] {
        assert_eq!(reach(followers).at_most, reach(0).at_most + followers);
        assert_eq!(reach(followers).at_least, reach(0).at_least, "nobody knows that they did");
    }
}

#[test]
fn row_91_who_complains_is_probably_not_the_only_one() {
    let complaint = |hours: i64| {
        let mut case = Case::new("facebook");
        case.facts.tags.push("outage".to_owned());
        case.messages.push(Message::customer("…").at(closing_time() + TimeDelta::hours(hours)));
        case
    };
    let cases = [complaint(0), complaint(10), complaint(24), complaint(90)];
    let found = policy().systemic(cases.iter().filter_map(|case| CaseRef::of("?", case)));
    assert_eq!(
        found.iter().map(|found| (found.tag.as_str(), found.cases.len())).collect::<Vec<_>>(),
        [("outage", 3)]
    );
    assert!(policy().systemic(cases[1..].iter().filter_map(|case| CaseRef::of("?", case))).is_empty());
}
