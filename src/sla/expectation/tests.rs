use proptest::prelude::*;

use super::*;

fn curve(at_once: u32, points: &[(i64, u32)]) -> Expectation {
    let share = |millionths| Share::from_millionths(millionths).unwrap();
    let point = |&(seconds, millionths): &(i64, u32)| Point {
        within: TimeDelta::seconds(seconds),
        share: share(millionths),
        label: None,
    };
    Expectation {
        id: "test".to_owned(),
        title: String::new(),
        at_once: share(at_once),
        points: points.iter().map(point).collect(),
        indifferent: Share::NONE,
        sample: None,
        caveats: Vec::new(),
        fact: Fact::OWN,
    }
}

/// Times ascend, shares never fall, some neighbours are equal.
fn curves() -> impl Strategy<Value = Expectation> {
    let points = proptest::collection::vec((1i64..=700_000, 0u32..=1_000_000), 1..6);
    (0u32..=50_000, points, any::<bool>()).prop_map(|(at_once, points, flat)| {
        let mut times: Vec<i64> = points.iter().map(|point| point.0).collect();
        let mut shares: Vec<u32> = points.iter().map(|point| point.1.max(at_once)).collect();
        times.sort_unstable();
        times.dedup();
        shares.sort_unstable();
        if let (true, [first, second, ..]) = (flat, shares.as_mut_slice()) {
            *second = *first;
            shares.sort_unstable();
        }
        curve(at_once, &times.into_iter().zip(shares).collect::<Vec<_>>())
    })
}

fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

#[test]
fn named_places_of_a_curve() {
    let curve = curve(100_000, &[(100, 200_000), (200, 200_000), (300, 800_000)]);
    for (why, time, expected, satisfied) in [
        ("before it was asked", -5, 100_000, 1_000_000),
        ("at once everybody is satisfied", 0, 100_000, 1_000_000),
        ("a second later not those who wanted it at once", 1, 101_000, 899_000),
        ("a point", 100, 200_000, 800_000),
        ("where nobody is added", 150, 200_000, 800_000),
        ("halfway", 250, 500_000, 500_000),
        ("the last point", 300, 800_000, 200_000),
        ("for ever after", i64::MAX / 2_000, 800_000, 200_000),
    ] {
        assert_eq!(curve.share_within(seconds(time)).millionths(), expected, "{why}");
        assert_eq!(curve.satisfied_at(seconds(time)).millionths(), satisfied, "{why}");
    }
    let share = |millionths| Share::from_millionths(millionths).unwrap();
    for (why, millionths, within, satisfy) in [
        ("nobody expects it at once, and anything satisfies nobody", 0, Some(0), None),
        ("as many as want it at once", 100_000, Some(0), None),
        ("the end of the flat part is the longest time", 800_000, Some(300), Some(200)),
        ("the beginning of the flat part is the shortest", 200_000, Some(100), None),
        ("more than expect it at any time", 800_001, None, Some(99)),
        ("those who wanted it at once need not be satisfied", 900_000, None, Some(0)),
        ("everybody is satisfied at once only", 1_000_000, None, Some(0)),
    ] {
        assert_eq!(curve.within_for(share(millionths)), within.map(seconds), "{why}");
        assert_eq!(curve.to_satisfy(share(millionths)), satisfy.map(seconds), "{why}");
    }
}

#[test]
fn no_time_is_too_long() {
    let curve = curve(0, &[(1, 1), (315_360_000, 1_000_000)]);
    for time in [TimeDelta::MIN, TimeDelta::MAX] {
        assert!(curve.share_within(time) <= Share::ALL && curve.satisfied_at(time) <= Share::ALL);
    }
}

proptest! {
    #[test]
    fn longer_is_expected_by_more_and_satisfies_fewer(curve in curves(), a in -10i64..800_000, b in 0i64..9_000) {
        let (short, long) = (seconds(a), seconds(a + b));
        prop_assert!(curve.share_within(short) <= curve.share_within(long));
        prop_assert!(curve.satisfied_at(short) >= curve.satisfied_at(long));
        // Whoever expects it within the time is not satisfied later.
        prop_assert!(a < 0 || curve.share_within(long).millionths() + curve.satisfied_at(long).millionths() <= 1_000_000 || a + b == 0);
    }

    #[test]
    fn the_inverses_are_exact(curve in curves(), time in 0i64..800_000, share in 0u32..=1_000_000) {
        let share = Share::from_millionths(share).unwrap();
        let expected = curve.share_within(seconds(time)) >= share;
        prop_assert_eq!(expected, curve.within_for(share).is_some_and(|least| least <= seconds(time)));
        let satisfied = curve.satisfied_at(seconds(time)) >= share;
        prop_assert_eq!(satisfied, curve.to_satisfy(share).is_none_or(|longest| seconds(time) <= longest));
    }

    #[test]
    fn points_are_met_exactly(curve in curves()) {
        for point in curve.points() {
            prop_assert_eq!(curve.share_within(point.within), point.share);
            prop_assert_eq!(curve.satisfied_at(point.within), point.share.rest());
        }
    }
}
