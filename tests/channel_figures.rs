//! The figures of the built-in channels, against those written down here by hand, and where each of them comes from.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use chrono::{NaiveDate, TimeDelta};
use svar::Policy;
use svar::case::Visibility;
use svar::channel::{
    BadgeCounts, Channel, ChannelKind, ClientMark, DisclosureRequired, Grade, MarkupKind, Permission,
    RouteAfter, RouteNeeds, WindowSender, WindowStart, WindowThen,
};
use svar::lexicon::{AddressForm, Register};
use svar::text::Unit;
use toml::{Table, Value};

const IDS: [&str; 20] = [
    "facebook",
    "messenger",
    "instagram",
    "instagram-dm",
    "x",
    "x-dm",
    "linkedin",
    "linkedin-message",
    "tiktok",
    "youtube",
    "threads",
    "bluesky",
    "mastodon",
    "whatsapp",
    "google-business",
    "trustpilot",
    "google-play",
    "app-store",
    "reddit",
    "email",
];

fn channels() -> Vec<Channel> {
    let policy = Policy::from_toml("svar = 1\nname = 'channels'\nextends = ['svar:channels']").unwrap();
    policy.channels().to_vec()
}

fn of<'c>(channels: &'c [Channel], id: &str) -> &'c Channel {
    channels.iter().find(|channel| channel.id() == id).unwrap()
}

fn minutes(text: &str) -> TimeDelta {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: i64 = number.parse().unwrap();
    match unit {
        "m" => TimeDelta::minutes(number),
        "h" => TimeDelta::hours(number),
        "d" => TimeDelta::days(number),
        _ => unreachable!(),
    }
}

#[test]
fn the_built_in_channels_are_these() {
    let channels = channels();
    let ids: Vec<_> = channels.iter().map(Channel::id).collect();
    assert_eq!(ids, IDS);
    for channel in &channels {
        assert!(!channel.name().is_empty());
        assert!(channel.is_official() && channel.is_monitored() && channel.is_inbound());
        assert!(channel.emoji().max.is_some() && channel.emoji().allow.is_none(), "{}", channel.id());
        assert!(channel.visibilities().contains(&channel.default_visibility()));
        let formal = channel.register() == Register::Formal;
        assert_eq!(channel.address("de"), formal.then_some(AddressForm::Formal), "{}", channel.id());
        let private_only = channel.visibilities() == [Visibility::Private];
        let talk = matches!(channel.kind(), ChannelKind::Message | ChannelKind::Mail);
        assert_eq!(private_only, talk, "{}", channel.id());
    }
    for (id, kind, register) in [
        ("facebook", ChannelKind::Social, Register::Informal),
        ("instagram", ChannelKind::Social, Register::Informal),
        ("linkedin", ChannelKind::Social, Register::Formal),
        ("linkedin-message", ChannelKind::Message, Register::Formal),
        ("trustpilot", ChannelKind::Review, Register::Neutral),
        ("email", ChannelKind::Mail, Register::Neutral),
    ] {
        assert_eq!((of(&channels, id).kind(), of(&channels, id).register()), (kind, register), "{id}");
    }
}

#[test]
fn lengths() {
    use Grade::{Official, PlatformSource, Secondary};
    use Unit::{Bytes, Graphemes, Mastodon, Threads, Utf16, X};
    use Visibility::{Private, Public};
    #[allow(clippy::type_complexity, reason = "a table, read once")]
    let expected: &[(&str, Visibility, &[(Unit, usize, Grade)])] = &[
        ("facebook", Public, &[(Utf16, 8000, Secondary)]),
        ("messenger", Private, &[(Utf16, 2000, Official)]),
        ("instagram", Public, &[(Utf16, 2200, Secondary)]),
        ("instagram-dm", Private, &[(Bytes, 1000, Official)]),
        ("x", Public, &[(X, 280, PlatformSource)]),
        ("x-dm", Private, &[(Utf16, 10_000, Official)]),
        ("linkedin", Public, &[(Utf16, 1250, Secondary)]),
        ("linkedin-message", Private, &[(Utf16, 8000, Secondary)]),
        ("tiktok", Public, &[(Utf16, 150, Secondary)]),
        ("youtube", Public, &[(Utf16, 10_000, Secondary)]),
        ("threads", Public, &[(Threads, 500, Official)]),
        ("bluesky", Public, &[(Graphemes, 300, PlatformSource), (Bytes, 3000, PlatformSource)]),
        ("bluesky", Private, &[(Graphemes, 1000, PlatformSource), (Bytes, 10_000, PlatformSource)]),
        ("mastodon", Public, &[(Mastodon, 500, PlatformSource)]),
        ("mastodon", Private, &[(Mastodon, 500, PlatformSource)]),
        ("whatsapp", Private, &[(Utf16, 4096, Official)]),
        ("google-business", Public, &[(Bytes, 4096, Official)]),
        ("trustpilot", Public, &[]),
        ("google-play", Public, &[(Utf16, 350, Official)]),
        ("app-store", Public, &[(Utf16, 5970, Secondary)]),
        ("reddit", Public, &[(Utf16, 10_000, PlatformSource)]),
        ("reddit", Private, &[(Utf16, 10_000, PlatformSource)]),
        ("email", Private, &[]),
    ];
    let channels = channels();
    for (id, visibility, figures) in expected {
        let channel = of(&channels, id);
        assert!(channel.visibilities().contains(visibility), "{id}");
        let limits: Vec<_> =
            channel.limits(*visibility).map(|limit| (limit.unit, limit.max, limit.fact.grade)).collect();
        assert_eq!(limits, *figures, "{id}");
    }
    // Google says "approximately 350": the first length that is near the limit is 340.
    let play = of(&channels, "google-play").limits(Public).next().unwrap();
    let near = |length: f64| length > play.max as f64 * play.warn_at;
    assert!(near(340.0) && !near(339.0));
    assert!(of(&channels, "x").limits(Public).all(|limit| limit.warn_at == 0.95));

    let alternative = |id| {
        let [one] = of(&channels, id).alternatives() else { panic!("{id}") };
        (one.name.clone(), one.limit.unit, one.limit.max, one.limit.fact.grade)
    };
    assert_eq!(alternative("x"), ("premium".to_owned(), X, 25_000, Official));
    assert_eq!(alternative("threads"), ("text-attachment".to_owned(), Utf16, 10_000, Official));
}

#[test]
fn private_routes() {
    use Grade::{Official, PlatformSource};
    use RouteNeeds::{CustomerFirst, RecipientAllows};
    let week = Some(minutes("7d"));
    let answer = Some(RouteAfter::CustomerAnswer);
    let expected = [
        ("facebook", "messenger", week, Some(1), answer, None, Official),
        ("instagram", "instagram-dm", week, Some(1), answer, None, Official),
        ("x", "x-dm", None, None, None, Some(RecipientAllows), Official),
        ("linkedin", "linkedin-message", None, None, None, Some(CustomerFirst), Official),
        ("bluesky", "bluesky", None, None, None, Some(RecipientAllows), PlatformSource),
        ("mastodon", "mastodon", None, None, None, None, Official),
        ("reddit", "reddit", None, None, None, Some(RecipientAllows), Official),
    ];
    let channels = channels();
    let found: Vec<_> = channels
        .iter()
        .filter_map(|channel| {
            let route = channel.private_route()?;
            let grade = route.fact.grade;
            Some((channel.id(), &*route.to, route.within, route.replies, route.after, route.needs, grade))
        })
        .collect();
    assert_eq!(found, expected);
    let dated = |id| of(&channels, id).private_route().unwrap().fact.as_of.unwrap().to_string();
    assert_eq!((dated("facebook"), dated("instagram")), ("2026-04-16".to_owned(), "2026-07-02".to_owned()));
}

#[test]
fn windows() {
    use WindowSender::{Any, Human};
    use WindowStart::{AdvertClick, LastCustomerMessage};
    use WindowThen::{Closed, Templates};
    #[allow(clippy::type_complexity, reason = "a table, read once")]
    let expected: &[(&str, &[(WindowSender, &str, WindowStart, WindowThen)])] = &[
        (
            "messenger",
            &[
                (Any, "24h", LastCustomerMessage, Closed),
                (Any, "7d", AdvertClick, Closed),
                (Human, "7d", LastCustomerMessage, Closed),
            ],
        ),
        (
            "instagram-dm",
            &[(Any, "24h", LastCustomerMessage, Closed), (Human, "7d", LastCustomerMessage, Closed)],
        ),
        ("whatsapp", &[(Any, "24h", LastCustomerMessage, Templates)]),
    ];
    let channels = channels();
    for channel in &channels {
        let windows: Vec<_> = channel
            .windows()
            .iter()
            .map(|window| (window.sender, window.within, window.from, window.then))
            .collect();
        let figures =
            expected.iter().find(|(id, _)| *id == channel.id()).map_or(&[][..], |(_, figures)| figures);
        let figures: Vec<_> = figures
            .iter()
            .map(|(sender, within, from, then)| (*sender, minutes(within), *from, *then))
            .collect();
        assert_eq!(windows, figures, "{}", channel.id());
    }
    let customer_first: Vec<_> = channels
        .iter()
        .filter(|channel| channel.customer_first().is_some_and(|first| first.required))
        .map(Channel::id)
        .collect();
    assert_eq!(customer_first, ["messenger", "instagram-dm", "linkedin-message"]);
}

#[test]
fn edits_deletions_and_replies() {
    let expected = [
        ("facebook", Some((true, None)), Some((true, None))),
        ("instagram", Some((false, None)), Some((true, None))),
        ("instagram-dm", Some((true, Some("15m"))), Some((true, None))),
        // What a care team writes there is an answer to somebody else.
        ("x", Some((false, None)), Some((true, None))),
        ("x-dm", None, Some((true, None))),
        ("linkedin", Some((true, None)), Some((true, None))),
        ("linkedin-message", Some((true, Some("60m"))), None),
        ("tiktok", None, Some((true, None))),
        ("youtube", Some((true, None)), Some((true, None))),
        ("threads", Some((true, Some("15m"))), Some((true, None))),
        ("bluesky", Some((false, None)), Some((true, None))),
        ("mastodon", Some((true, None)), Some((true, None))),
        ("whatsapp", Some((true, Some("15m"))), None),
        ("google-business", Some((true, None)), Some((true, None))),
        ("trustpilot", Some((true, None)), None),
        ("google-play", Some((true, None)), None),
        ("app-store", Some((true, None)), Some((true, None))),
        ("reddit", Some((true, None)), Some((true, None))),
    ];
    let channels = channels();
    for (id, edit, delete) in expected {
        let is = |permission: Option<&Permission>| permission.map(|it| (it.allowed, it.within));
        let should =
            |it: Option<(bool, Option<&str>)>| it.map(|(allowed, within)| (allowed, within.map(minutes)));
        assert_eq!(is(of(&channels, id).edit()), should(edit), "{id}: edit");
        assert_eq!(is(of(&channels, id).delete()), should(delete), "{id}: delete");
    }
    for channel in &channels {
        let one = ["google-business", "google-play", "app-store"].contains(&channel.id());
        let replies = channel.replies().map(|replies| (replies.max, replies.overwrites));
        assert_eq!(replies, one.then_some((1, true)), "{}", channel.id());
        let request = channel.reviewer_request().map(|request| request.answer_within);
        assert_eq!(request, (channel.id() == "trustpilot").then(|| minutes("3d")), "{}", channel.id());
    }
}

#[test]
fn links_mentions_hashtags_and_markup() {
    let channels = channels();
    let clickable = |id| of(&channels, id).links_clickable();
    for id in ["facebook", "messenger", "instagram-dm", "x", "x-dm", "linkedin", "youtube", "threads"]
        .into_iter()
        .chain(["bluesky", "mastodon", "whatsapp", "reddit"])
    {
        assert_eq!(clickable(id), Some(true), "{id}");
    }
    assert_eq!(
        (clickable("instagram"), clickable("tiktok"), clickable("email")),
        (Some(false), Some(false), None)
    );
    let threads = of(&channels, "threads");
    assert_eq!(threads.links().unwrap().max, Some(5));
    assert_eq!(threads.hashtags().unwrap().max, Some(1));
    assert_eq!(threads.max_links(), Some(2));
    assert_eq!(of(&channels, "bluesky").links().unwrap().needs, Some(ClientMark::Facet));
    assert_eq!(of(&channels, "bluesky").mentions().unwrap().needs, Some(ClientMark::Facet));
    assert_eq!(of(&channels, "bluesky").hashtags().unwrap().needs, Some(ClientMark::Facet));
    assert_eq!(of(&channels, "linkedin").mentions().unwrap().needs, Some(ClientMark::Annotation));
    for (id, is) in [
        ("facebook", MarkupKind::None),
        ("youtube", MarkupKind::Youtube),
        ("whatsapp", MarkupKind::Whatsapp),
        ("google-play", MarkupKind::None),
        ("reddit", MarkupKind::Markdown),
    ] {
        assert_eq!(of(&channels, id).markup().unwrap().is, is, "{id}");
    }
}

#[test]
fn badge_rates_and_machines() {
    let channels = channels();
    let badges: Vec<_> =
        channels.iter().filter_map(|channel| Some((channel.id(), channel.badge()?))).collect();
    let [("facebook", badge)] = badges[..] else { panic!("{badges:?}") };
    assert_eq!(badge.name, "Very responsive to messages");
    assert_eq!((badge.rate, badge.time, badge.window), (0.9, minutes("15m"), minutes("7d")));
    assert_eq!(badge.counts, BadgeCounts::FirstReply);

    let rates: Vec<_> = channels
        .iter()
        .filter_map(|channel| channel.rate().map(|rate| (channel.id(), rate.max, rate.within)))
        .collect();
    let expected =
        [("x", 100, minutes("15m")), ("x-dm", 15, minutes("15m")), ("threads", 250, minutes("24h"))];
    assert_eq!(rates, expected);

    for channel in &channels {
        let meta = ["messenger", "instagram-dm"].contains(&channel.id());
        let found = channel.bot_disclosure().map(|it| (it.required, &*it.regions));
        let regions = ["US-CA".to_owned(), "DE".to_owned()];
        assert_eq!(
            found,
            meta.then_some((DisclosureRequired::WhereLawDemands, &regions[..])),
            "{}",
            channel.id()
        );
    }
}

fn facts(path: &str, value: &Value, out: &mut Vec<(String, Table)>) {
    match value {
        Value::Table(table) => {
            out.push((path.to_owned(), table.clone()));
            table.iter().for_each(|(key, value)| facts(&format!("{path}.{key}"), value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| facts(path, item, out)),
        _ => {}
    }
}

#[test]
fn no_figure_stands_without_source_date_and_grade() {
    let document: Table = include_str!("../src/packs/channels.toml").parse().unwrap();
    let mut all = Vec::new();
    for (id, channel) in document["channels"].as_table().unwrap() {
        channel
            .as_table()
            .unwrap()
            .iter()
            .for_each(|(key, value)| facts(&format!("{id}.{key}"), value, &mut all));
    }
    // Habits, and that there is nothing, need no source.
    let nothing = |table: &Table, key: &str| table.get(key).and_then(Value::as_str) == Some("none");
    all.retain(|(path, table)| {
        let unsourced = table.get("source").is_none();
        !(path.ends_with(".emoji")
            || path.ends_with(".address")
            || unsourced && (nothing(table, "to") || nothing(table, "is")))
    });
    assert!(all.len() > 80, "{}", all.len());
    let read = NaiveDate::from_ymd_opt(2025, 12, 1)..=NaiveDate::from_ymd_opt(2026, 11, 30);
    for (path, fact) in all {
        let source = fact["source"].as_str().unwrap();
        assert!(source.len() > 8, "{path}");
        let as_of = fact["as_of"].as_str().unwrap();
        let day = if as_of.len() == 7 { format!("{as_of}-01") } else { as_of.to_owned() };
        assert!(read.contains(&Some(day.parse().unwrap())), "{path}: {as_of}");
        let grade = fact["grade"].as_str().unwrap();
        assert!(
            ["official", "platform-source", "secondary", "unverified"].contains(&grade),
            "{path}: {grade}"
        );
        let unknown = ["not looked up", "not found"].iter().any(|words| source.starts_with(words));
        assert_eq!(unknown, grade == "unverified", "{path}");
    }
}
