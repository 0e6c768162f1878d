//! Whatever a case says, the plain structs and JSON say it alike.

use std::ptr;

use proptest::prelude::*;

use super::*;
use crate::capi::{svar_author, svar_fault, svar_level, svar_loss_kind, svar_visibility};
use crate::case::arbitrary::some_case;
use crate::case::{Author, Fault, LossKind, Visibility};

/// What a struct points to.
#[derive(Default)]
struct Kept {
    messages: Vec<svar_message>,
    events: Vec<svar_event>,
    samples: Vec<svar_sample>,
    tags: Vec<svar_str>,
    training: Vec<svar_str>,
}

fn instant(at: DateTime<FixedOffset>) -> svar_instant {
    let offset_seconds = at.offset().local_minus_utc();
    svar_instant { unix_seconds: at.timestamp(), offset_seconds, given: 1 }
}

fn money(money: Option<Money>) -> svar_money {
    match money {
        Some(money) => svar_money { minor_units: money.minor(), currency: money.currency().code().into() },
        None => svar_money { minor_units: 0, currency: svar_str::NONE },
    }
}

fn visibility(visibility: Option<Visibility>) -> u32 {
    let named = match visibility {
        None => svar_visibility::Default,
        Some(Visibility::Public) => svar_visibility::Public,
        Some(Visibility::Private) => svar_visibility::Private,
    };
    named as u32
}

fn level(level: Level) -> u32 {
    let named = match level {
        Level::Low => svar_level::Low,
        Level::Normal => svar_level::Normal,
        Level::High => svar_level::High,
        Level::Critical => svar_level::Critical,
    };
    named as u32
}

fn author(author: Author) -> u32 {
    let named = match author {
        Author::Customer => svar_author::Customer,
        Author::Agent => svar_author::Agent,
        Author::Bot => svar_author::Bot,
    };
    named as u32
}

fn fault(fault: Fault) -> u32 {
    let named = match fault {
        Fault::Unknown => svar_fault::Unknown,
        Fault::Ours => svar_fault::Ours,
        Fault::Theirs => svar_fault::Theirs,
    };
    named as u32
}

fn loss_kind(kind: Option<LossKind>) -> u32 {
    let named = match kind {
        None => svar_loss_kind::Unsaid,
        Some(LossKind::Money) => svar_loss_kind::Money,
        Some(LossKind::Goods) => svar_loss_kind::Goods,
        Some(LossKind::Service) => svar_loss_kind::Service,
        Some(LossKind::Time) => svar_loss_kind::Time,
        Some(LossKind::Trouble) => svar_loss_kind::Trouble,
    };
    named as u32
}

/// The case as a host in C would write it. Names every field, so that a new one cannot be forgotten.
fn plain(case: &Case, kept: &mut Kept) -> svar_case {
    let Case { id, channel, visibility: seen_by, language, messages, events, facts, customer, agent } = case;
    let Facts {
        intent,
        fault: whose,
        priority,
        severity,
        loss,
        loss_kind: kind,
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
    } = facts;
    let Spread { shares, followers, reach, population, similar_cases, baseline, samples } = spread;
    let Baseline { reactions_per_hour, comments_per_hour } = baseline;
    let Agent { name: agent_name, role, training, level: agent_level } = agent;
    let Customer { name: customer_name } = customer;
    kept.messages = messages
        .iter()
        .map(|Message { from, at, text, visibility: seen_by }| svar_message {
            text: text.as_str().into(),
            at: at.map(instant).unwrap_or_default(),
            from: author(*from),
            visibility: visibility(*seen_by),
        })
        .collect();
    let event = |Event { at, kind, value }: &Event| svar_event {
        kind: kind.as_str().into(),
        value: value.as_deref().into(),
        at: instant(*at),
    };
    kept.events = events.iter().map(event).collect();
    let sample = |Sample { at, reactions, comments }: &Sample| svar_sample {
        at: instant(*at),
        reactions: *reactions,
        comments: *comments,
    };
    kept.samples = samples.iter().map(sample).collect();
    kept.tags = tags.iter().map(|tag| tag.as_str().into()).collect();
    kept.training = training.iter().flatten().map(|name| name.as_str().into()).collect();
    let bits = |bits: &[(bool, u32)]| bits.iter().filter(|(on, _)| *on).map(|(_, bit)| bit).sum();
    svar_case {
        size: size_of::<svar_case>(),
        channel: channel.as_str().into(),
        language: language.as_deref().into(),
        messages: kept.messages.as_ptr(),
        message_count: kept.messages.len(),
        message_size: size_of::<svar_message>(),
        intent: intent.as_deref().into(),
        tags: kept.tags.as_ptr(),
        tag_count: kept.tags.len(),
        customer_name: customer_name.as_deref().into(),
        agent_name: agent_name.as_deref().into(),
        agent_role: role.as_deref().into(),
        reactions: *reactions,
        comments: *comments,
        visibility: visibility(*seen_by),
        fault: fault(*whose),
        priority: level(*priority),
        severity: level(*severity),
        flags: bits(&[
            (*media, SVAR_FACT_MEDIA),
            (*consent, SVAR_FACT_CONSENT),
            (*fixed, SVAR_FACT_FIXED),
            (*identified, SVAR_FACT_IDENTIFIED),
            (*investigated, SVAR_FACT_INVESTIGATED),
            (*offered, SVAR_FACT_OFFERED),
            (*deadline_passed, SVAR_FACT_DEADLINE_PASSED),
            (*told, SVAR_FACT_TOLD),
        ]),
        reserved: 0,
        id: id.as_deref().into(),
        events: kept.events.as_ptr(),
        event_count: kept.events.len(),
        event_size: size_of::<svar_event>(),
        loss: money(*loss),
        offer: money(*offer),
        approved_by: approved_by.as_deref().into(),
        training: kept.training.as_ptr(),
        training_count: kept.training.len(),
        samples: kept.samples.as_ptr(),
        sample_count: kept.samples.len(),
        sample_size: size_of::<svar_sample>(),
        shares: *shares,
        followers: *followers,
        similar_cases: *similar_cases,
        reach: reach.unwrap_or(0),
        population: population.unwrap_or(0),
        usual_reactions: reactions_per_hour.map_or(0, PerHour::thousandths),
        usual_comments: comments_per_hour.map_or(0, PerHour::thousandths),
        loss_kind: loss_kind(*kind),
        complexity: complexity.map_or(0, level),
        agent_level: agent_level.map_or(0, level),
        given: bits(&[
            (reach.is_some(), SVAR_GIVEN_REACH),
            (population.is_some(), SVAR_GIVEN_POPULATION),
            (reactions_per_hour.is_some(), SVAR_GIVEN_USUAL_REACTIONS),
            (comments_per_hour.is_some(), SVAR_GIVEN_USUAL_COMMENTS),
            (complexity.is_some(), SVAR_GIVEN_COMPLEXITY),
            (agent_level.is_some(), SVAR_GIVEN_AGENT_LEVEL),
            (training.is_some(), SVAR_GIVEN_TRAINING),
        ]),
    }
}

fn read(plain: &svar_case) -> Result<Case, svar_status> {
    // SAFETY: what it points to lives in the test that calls this.
    unsafe { read_case(plain) }.map_err(|failure| failure.status)
}

proptest! {
    /// The same case by structs, by JSON and by hand: so every verb that takes one gives the same answer.
    #[test]
    fn structs_and_json_say_the_same(case in some_case()) {
        let mut kept = Kept::default();
        let read = read(&plain(&case, &mut kept)).unwrap();
        prop_assert_eq!(&read, &case);
        let json = serde_json::to_string(&case).unwrap();
        prop_assert_eq!(Case::from_json(&json).unwrap(), case);
    }

    /// A program of the first version gives a shorter struct: what stands behind it is not looked at.
    #[test]
    fn an_older_struct_knows_less(case in some_case()) {
        let mut kept = Kept::default();
        let size = svar_case::LEAST;
        let newer = plain(&case, &mut kept);
        let mut older = vec![0u64; size / size_of::<u64>()];
        let flags = SVAR_FACT_MEDIA | SVAR_FACT_CONSENT | SVAR_FACT_FIXED;
        // SAFETY: `older` has so many bytes, which is less than a struct has.
        unsafe { ptr::copy_nonoverlapping((&raw const newer).cast::<u8>(), older.as_mut_ptr().cast(), size) };
        older[0] = size as u64;
        // SAFETY: it says its own size.
        let read = unsafe { read_case(older.as_ptr().cast()) }.map_err(|failure| failure.status).unwrap();
        prop_assert_eq!(newer.flags & flags != 0, read.facts.media || read.facts.consent || read.facts.fixed);
        let known = Facts {
            loss: None,
            loss_kind: None,
            offer: None,
            approved_by: None,
            spread: Spread::default(),
            complexity: None,
            ..case.facts
        };
        let agent = Agent { training: None, level: None, ..case.agent };
        prop_assert_eq!(read, Case { id: None, events: Vec::new(), facts: known, agent, ..case });
    }
}

/// The fields of the first version stay where they were.
#[test]
#[cfg(target_pointer_width = "64")]
fn a_program_of_the_first_version_finds_its_fields() {
    assert_eq!(svar_case::LEAST, 184);
    assert_eq!((size_of::<svar_message>(), size_of::<svar_event>(), size_of::<svar_sample>()), (40, 48, 32));
}

fn facebook() -> svar_case {
    svar_case { channel: "facebook".into(), ..plain(&Case::default(), &mut Kept::default()) }
}

#[test]
fn what_json_refuses_the_structs_refuse() {
    let nok = |minor_units| svar_money { minor_units, currency: "NOK".into() };
    let event = |kind: &'static str, value: Option<&'static str>| svar_event {
        kind: kind.into(),
        value: value.into(),
        at: svar_instant { unix_seconds: 0, offset_seconds: 0, given: 1 },
    };
    let timeless = svar_event { at: svar_instant::default(), ..event("pause", None) };
    let events = [
        (event("severity", Some("hihg")), svar_status::BadArgument),
        (event("severity", None), svar_status::NullArgument),
        (event("tag", None), svar_status::NullArgument),
        (timeless, svar_status::BadArgument),
    ];
    for (event, status) in &events {
        let case =
            svar_case { events: event, event_count: 1, event_size: size_of::<svar_event>(), ..facebook() };
        assert_eq!(read(&case), Err(*status), "{event:?}");
    }
    let euro = svar_money { minor_units: 1, currency: "EURO".into() };
    let nameless = svar_money { minor_units: 1, currency: svar_str::NONE };
    for (case, status) in [
        (svar_case { loss: nok(-1), ..facebook() }, svar_status::BadArgument),
        (svar_case { offer: euro, ..facebook() }, svar_status::BadArgument),
        (svar_case { offer: nameless, ..facebook() }, svar_status::NullArgument),
        (svar_case { loss_kind: 6, ..facebook() }, svar_status::BadArgument),
        (svar_case { complexity: 4, given: SVAR_GIVEN_COMPLEXITY, ..facebook() }, svar_status::BadArgument),
        (svar_case { given: 1 << 7, ..facebook() }, svar_status::BadArgument),
        (svar_case { flags: 1 << 8, ..facebook() }, svar_status::BadArgument),
        (svar_case { reserved: 1, ..facebook() }, svar_status::BadArgument),
    ] {
        assert_eq!(read(&case), Err(status), "{case:?}");
    }
}

/// Who sets a field and forgets its bit is told, for the field would say nothing.
#[test]
fn a_value_needs_its_bit() {
    for case in [
        svar_case { reach: 1, ..facebook() },
        svar_case { population: 1, ..facebook() },
        svar_case { usual_reactions: 1, ..facebook() },
        svar_case { usual_comments: 1, ..facebook() },
        svar_case { complexity: 1, ..facebook() },
        svar_case { agent_level: 1, ..facebook() },
        svar_case { training_count: 1, ..facebook() },
    ] {
        assert_eq!(read(&case), Err(svar_status::BadArgument), "{case:?}");
    }
}

#[test]
fn nobody_was_trained_for_nothing_unless_the_host_says_so() {
    assert_eq!(read(&facebook()).unwrap().agent.training, None);
    let untrained = svar_case { given: SVAR_GIVEN_TRAINING, ..facebook() };
    assert_eq!(read(&untrained).unwrap().agent.training, Some(Vec::new()));
}
