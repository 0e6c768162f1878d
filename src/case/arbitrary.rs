//! Any case that a policy takes, for tests.

use chrono::{DateTime, FixedOffset};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::{
    Agent, Author, Baseline, Case, Customer, Event, Facts, Fault, Level, LossKind, Message, PerHour, Sample,
    Spread, Visibility,
};
use crate::money::{Currency, Money};

fn some_text() -> impl Strategy<Value = String> {
    "[a-zæ \\x00🙂]{0,6}"
}

fn some_instant() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0i64..4_102_444_800, -14 * 60..=14 * 60).prop_map(|(seconds, minutes)| {
        let zone = FixedOffset::east_opt(minutes * 60).unwrap();
        DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone)
    })
}

fn some_money() -> impl Strategy<Value = Money> {
    let currencies: Vec<Currency> = Currency::all().collect();
    (0..1_000_000_000_000_000i64, proptest::sample::select(currencies))
        .prop_map(|(minor, of)| Money::new(minor, of))
}

fn some_level() -> impl Strategy<Value = Level> {
    proptest::sample::select(vec![Level::Low, Level::Normal, Level::High, Level::Critical])
}

fn some_visibility() -> impl Strategy<Value = Option<Visibility>> {
    of(prop_oneof![Just(Visibility::Public), Just(Visibility::Private)])
}

fn some_message() -> impl Strategy<Value = Message> {
    let from = prop_oneof![Just(Author::Customer), Just(Author::Agent), Just(Author::Bot)];
    (from, of(some_instant()), some_text(), some_visibility())
        .prop_map(|(from, at, text, visibility)| Message { from, at, text, visibility })
}

fn some_event() -> impl Strategy<Value = Event> {
    let levels = proptest::sample::select(Level::ALL.map(|level| level.to_string()).to_vec());
    let said = prop_oneof![
        (prop_oneof![Just("priority"), Just("severity")], levels.prop_map(Some)),
        (prop_oneof![Just("intent"), Just("tag"), Just("untag")], some_text().prop_map(Some)),
        (prop_oneof![Just("resolve"), Just("advert-click"), Just("our own")], of(some_text())),
    ];
    (said, some_instant()).prop_map(|((kind, value), at)| Event { value, ..Event::new(kind, at) })
}

fn some_spread() -> impl Strategy<Value = Spread> {
    let count = || 0..=i64::MAX as u64;
    let rate = || of((0..=10_000_000_000_000u64).prop_map(PerHour::from_thousandths));
    let sample = (some_instant(), count(), count())
        .prop_map(|(at, reactions, comments)| Sample::new(at, reactions, comments));
    (count(), count(), of(count()), of(count()), count(), rate(), rate(), vec(sample, 0..3)).prop_map(
        |(
            shares,
            followers,
            reach,
            population,
            similar_cases,
            reactions_per_hour,
            comments_per_hour,
            samples,
        )| Spread {
            shares,
            followers,
            reach,
            population,
            similar_cases,
            baseline: Baseline { reactions_per_hour, comments_per_hour },
            samples,
        },
    )
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let fault = prop_oneof![Just(Fault::Unknown), Just(Fault::Ours), Just(Fault::Theirs)];
    let kinds = LossKind::ALL.to_vec();
    let kind = of(proptest::sample::select(kinds));
    (
        (of(some_text()), fault, some_level(), some_level(), of(some_level())),
        (of(some_money()), kind, of(some_money()), of(some_text())),
        (0..=i64::MAX as u64, 0..=i64::MAX as u64, some_spread()),
        any::<[bool; 8]>(),
        vec(some_text(), 0..3),
    )
        .prop_map(|(case, money, spread, is, tags)| {
            let [media, consent, identified, investigated, offered, deadline_passed, fixed, told] = is;
            let (intent, fault, priority, severity, complexity) = case;
            let (loss, loss_kind, offer, approved_by) = money;
            let (reactions, comments, spread) = spread;
            Facts {
                intent,
                fault,
                priority,
                severity,
                loss,
                loss_kind,
                offer,
                approved_by,
                reactions,
                comments,
                spread,
                media,
                consent,
                identified,
                investigated,
                offered,
                deadline_passed,
                fixed,
                told,
                complexity,
                tags,
            }
        })
}

pub(crate) fn some_case() -> impl Strategy<Value = Case> {
    let agent = (of(some_text()), of(some_text()), of(vec(some_text(), 0..3)), of(some_level()));
    (
        (of(some_text()), some_text(), some_visibility(), of(some_text()), of(some_text())),
        vec(some_message(), 0..4),
        vec(some_event(), 0..4),
        some_facts(),
        agent,
    )
        .prop_map(|((id, channel, visibility, language, name), messages, events, facts, agent)| Case {
            id,
            channel,
            visibility,
            language,
            messages,
            events,
            facts,
            customer: Customer { name },
            agent: Agent { name: agent.0, role: agent.1, training: agent.2, level: agent.3 },
        })
}
