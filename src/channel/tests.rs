//! The built-in channels against figures written down by hand, and documents that are wrong.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::*;
use crate::source::{Diagnostic, Document, Mistakes, Sources, Table, merge};
use crate::text::Unit;

const PACK: &str = include_str!("../packs/channels.toml");

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

/// Lays the documents over one another and reads their channels.
fn read(documents: &[&str]) -> (Vec<Channel>, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let layers: Vec<_> =
        documents.iter().map(|text| Document::parse(&mut sources, "channels", text).unwrap()).collect();
    let mistakes = Mistakes::new(&sources);
    let mut root = Table::default();
    let mut place = None;
    for layer in layers {
        place = Some(layer.place());
        root = merge(root, layer.root, &mistakes);
    }
    let channels = read_channels(mistakes.table(&root, place.unwrap()).get("channels").table());
    let found = match mistakes.finish() {
        Ok(found) => found,
        Err(found) => found.into_vec(),
    };
    (channels, found)
}

/// The channels of documents in which nothing is wrong.
fn sound(documents: &[&str]) -> Vec<Channel> {
    let (channels, found) = read(documents);
    assert_eq!(found, [], "{documents:?}");
    channels
}

fn built_in() -> Vec<Channel> {
    sound(&[PACK])
}

fn of<'c>(channels: &'c [Channel], id: &str) -> &'c Channel {
    channels.iter().find(|channel| channel.id() == id).unwrap()
}

/// One channel laid over the built-in ones.
fn over(id: &str, text: &str) -> Channel {
    let channels = sound(&[PACK, &format!("[channels.{id}]\n{text}")]);
    of(&channels, id).clone()
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
    let channels = built_in();
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
        ("whatsapp", Private, &[(Utf16, 4096, Secondary)]),
        ("google-business", Public, &[(Bytes, 4096, Official)]),
        ("trustpilot", Public, &[]),
        ("google-play", Public, &[(Utf16, 350, Official)]),
        ("app-store", Public, &[(Utf16, 5970, Secondary)]),
        ("reddit", Public, &[(Utf16, 10_000, Secondary)]),
        ("reddit", Private, &[(Utf16, 10_000, Secondary)]),
        ("email", Private, &[]),
    ];
    let channels = built_in();
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
        (one.name.clone(), one.limit.unit, one.limit.max)
    };
    assert_eq!(alternative("x"), ("premium".to_owned(), X, 25_000));
    assert_eq!(alternative("threads"), ("text-attachment".to_owned(), Utf16, 10_000));
}

#[test]
fn private_routes() {
    use Grade::{Official, PlatformSource, Unverified};
    use RouteNeeds::{CustomerFirst, RecipientAllows};
    let week = Some(minutes("7d"));
    let answer = Some(RouteAfter::CustomerAnswer);
    let expected = [
        ("facebook", "messenger", week, Some(1), answer, None, Official),
        ("instagram", "instagram-dm", week, Some(1), answer, None, Official),
        ("x", "x-dm", None, None, None, Some(RecipientAllows), Unverified),
        ("linkedin", "linkedin-message", None, None, None, Some(CustomerFirst), Official),
        ("bluesky", "bluesky", None, None, None, Some(RecipientAllows), PlatformSource),
        ("mastodon", "mastodon", None, None, None, None, Unverified),
        ("reddit", "reddit", None, None, None, None, Unverified),
    ];
    let channels = built_in();
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
    let channels = built_in();
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
        ("x", Some((true, Some("30m"))), None),
        ("x-dm", None, Some((true, None))),
        ("linkedin", Some((true, None)), Some((true, None))),
        ("linkedin-message", Some((true, Some("60m"))), None),
        ("tiktok", None, Some((true, None))),
        ("youtube", Some((true, None)), Some((true, None))),
        ("threads", None, Some((true, None))),
        ("bluesky", Some((false, None)), Some((true, None))),
        ("mastodon", Some((true, None)), Some((true, None))),
        ("whatsapp", Some((true, Some("15m"))), None),
        ("google-business", Some((true, None)), None),
        ("trustpilot", Some((true, None)), None),
        ("app-store", None, Some((true, None))),
        ("reddit", Some((true, None)), Some((true, None))),
    ];
    let channels = built_in();
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
    let channels = built_in();
    let clickable = |id| of(&channels, id).links_clickable();
    for id in
        ["facebook", "messenger", "x", "linkedin", "youtube", "threads", "bluesky", "mastodon", "reddit"]
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
    assert_eq!(threads.max_links(), Some(2), "the habit is smaller");
    assert_eq!(over("threads", "max_links = 9").max_links(), Some(5), "the platform's figure is smaller");
    assert_eq!(of(&channels, "bluesky").links().unwrap().needs, Some(ClientMark::Facet));
    assert_eq!(of(&channels, "bluesky").mentions().unwrap().needs, Some(ClientMark::Facet));
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
    let channels = built_in();
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
    assert_eq!(rates, [("x-dm", 5, minutes("24h")), ("threads", 250, minutes("24h"))]);

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

#[test]
fn every_fact_has_a_source_and_a_plausible_date() {
    fn walk(path: &str, value: &Value, seen: &mut usize) {
        match value {
            Value::Object(object) => {
                let grade = object.get("grade").and_then(Value::as_str);
                match grade {
                    Some("own") => assert!(path.ends_with(".markup"), "{path}"),
                    Some(_) => {
                        *seen += 1;
                        assert!(object["source"].as_str().unwrap().len() > 8, "{path}");
                        let as_of = object["as_of"].as_str().unwrap();
                        let day = if as_of.len() == 7 { format!("{as_of}-01") } else { as_of.to_owned() };
                        let day: NaiveDate = day.parse().unwrap();
                        let read =
                            NaiveDate::from_ymd_opt(2025, 12, 1)..=NaiveDate::from_ymd_opt(2026, 11, 30);
                        assert!(read.contains(&Some(day)), "{path}: {as_of}");
                    }
                    None => {
                        let habit =
                            path.ends_with(".emoji") || path.ends_with(".address") || !path.contains('.');
                        assert!(habit, "{path} has no source");
                    }
                }
                object.iter().for_each(|(key, value)| walk(&format!("{path}.{key}"), value, seen));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(path, item, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    for channel in built_in() {
        walk(channel.id(), &serde_json::to_value(&channel).unwrap(), &mut seen);
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn what_is_written_is_read_again() {
    let channels = sound(&[
        PACK,
        "[channels.facebook]\nofficial = false\nmonitored = false\ninbound = false\nnotes = 'x'\n\
         emoji = { allow = ['😊'], mirror = true }\naddress = { de = 'formal', pl = 'informal', en = 'none' }\n",
    ]);
    let map: Map<String, Value> = channels
        .iter()
        .map(|channel| (channel.id().to_owned(), serde_json::to_value(channel).unwrap()))
        .collect();
    let text = json!({ "channels": map }).to_string();
    let mut again = sound(&[&text]);
    again.sort_by_key(|channel| IDS.iter().position(|id| *id == channel.id()));
    assert_eq!(again, channels);
    let limit = &map["x"]["limits"][0];
    assert_eq!(
        (&limit["unit"], &limit["max"], &limit["grade"]),
        (&json!("x"), &json!(280), &json!("platform-source"))
    );
    assert_eq!(map["facebook"]["badge"]["time"], json!("15m"));
    assert_eq!(map["facebook"]["private_route"]["within"], json!("7d"));
    assert_eq!(map["facebook"]["official"], json!(false));
}

#[test]
fn a_channel_of_ones_own_says_what_it_is_and_who_reads_it() {
    let channels = sound(&[PACK, "[channels.web-chat]\nkind = 'message'\nvisibility = ['private']\n"]);
    let chat = of(&channels, "web-chat");
    assert_eq!((chat.name(), chat.register()), ("web-chat", Register::Neutral));
    assert_eq!(chat.default_visibility(), Visibility::Private);
    assert_eq!(chat.limits(Visibility::Private).count(), 0);
    assert_eq!((chat.private_route(), chat.links_clickable(), chat.max_links()), (None, None, None));
    assert_eq!(chat.emoji(), &EmojiPolicy::default());
    assert_eq!(channels.last().unwrap().id(), "web-chat", "behind those of the documents below");
}

#[test]
fn a_policy_lays_its_own_over_what_is_built_in() {
    let facebook = over(
        "facebook",
        "register = 'formal'\nofficial = false\nmonitored = false\ninbound = false\n\
         emoji = { allow = ['😊'], max = 1, mirror = true }\naddress = { de = 'formal', pl = 'none' }\n",
    );
    assert_eq!(facebook.register(), Register::Formal);
    assert!(!facebook.is_official() && !facebook.is_monitored() && !facebook.is_inbound());
    assert_eq!(
        facebook.emoji(),
        &EmojiPolicy { max: Some(1), mirror: true, allow: Some(vec!["😊".to_owned()]) }
    );
    assert_eq!(facebook.address("de"), Some(AddressForm::Formal));
    assert_eq!(facebook.address("pl"), Some(AddressForm::None));
    assert_eq!(facebook.addresses().count(), 2);
    assert_eq!(facebook.name(), "Facebook", "the rest stays");

    let premium = over("x", "limits = 'premium'");
    let limits: Vec<_> = premium.limits(Visibility::Public).map(|limit| limit.max).collect();
    assert_eq!(limits, [25_000]);

    assert_eq!(over("facebook", "private_route = { to = 'none' }").private_route(), None);
    let tiktok = over("tiktok", "private_route = { to = 'email' }");
    assert_eq!(
        tiktok.private_route().map(|route| (&*route.to, route.fact.grade)),
        Some(("email", Grade::Own))
    );
    assert_eq!(over("reddit", "markup = { is = 'none' }").markup().unwrap().is, MarkupKind::None);
}

#[test]
fn a_figure_of_the_policy_does_not_appear_under_the_platforms_name() {
    let grade = |text: &str| over("facebook", text).badge().unwrap().fact.grade;
    assert_eq!(grade("badge = { time = '5m' }"), Grade::Own);
    assert_eq!(grade("register = 'formal'"), Grade::Official);
    assert_eq!(grade("badge = { as_of = '2026-12' }"), Grade::Official, "looked up again");
    let sourced =
        "badge = { time = '5m', source = 'Facebook, help', as_of = '2026-12', grade = 'secondary' }";
    assert_eq!(grade(sourced), Grade::Secondary);
    let own = over("facebook", "limits = [{ unit = 'graphemes', max = 500 }]");
    let limit = own.limits(Visibility::Public).next().unwrap();
    assert_eq!((limit.max, &limit.fact), (500, &Fact::OWN));
}

/// The mistakes of a document, each as `code: message | help`.
fn wrong(text: &str) -> Vec<String> {
    let line = |it: &Diagnostic| {
        assert!(it.location().is_some(), "{it}");
        let help = it.help().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{}: {}{help}", it.code(), it.message())
    };
    read(&[text]).1.iter().map(line).collect()
}

/// The mistakes of a channel with one more line.
fn wrong_line(line: &str) -> Vec<String> {
    wrong(&format!("[channels.chat]\nkind = 'message'\nvisibility = ['private']\n{line}\n"))
}

#[test]
fn each_mistake_is_named() {
    for (line, expected) in [
        ("registr = 'formal'", "unknown-key: unknown key `registr` | did you mean `register`?"),
        (
            "register = 'formel'",
            "unknown-value: `formel` is not known for `register` | did you mean `formal`?",
        ),
        ("name = 3", "wrong-type: `name` must be a string, not an integer"),
        ("official = 'yes'", "wrong-type: `official` must be `true` or `false`, not a string"),
        ("max_links = -1", "out-of-range: `max_links` is -1, outside the range 0 to 1000000000"),
        (
            "address = { de = 'formall' }",
            "unknown-value: `formall` is not known for `de` | did you mean `formal`?",
        ),
        ("emoji = { maxx = 1 }", "unknown-key: unknown key `maxx` | did you mean `max`?"),
        ("emoji = { allow = [':)'] }", "emoji: `:)` is not one emoji"),
        ("default_visibility = 'public'", "visibility: the channel does not have this visibility"),
        ("limits = 'premium'", "wrong-type: `limits` must be an array, not a string"),
        (
            "limits = 'premum'\nalternatives = [{ name = 'premium', unit = 'x', max = 9 }]",
            "unknown-value: `premum` is not known for `limits` | did you mean `premium`?",
        ),
        ("limits = [{ unit = 'utf16' }]", "missing-key: the key `max` is missing"),
        (
            "limits = [{ unit = 'grapheme', max = 9 }]",
            "unknown-value: `grapheme` is not known for `unit` | did you mean `graphemes`?",
        ),
        ("limits = [{ unit = 'x', max = 0 }]", "out-of-range: `max` is 0, outside the range 1 to 1000000000"),
        (
            "limits = [{ unit = 'x', max = 9, warn_at = 95 }]",
            "out-of-range: `warn_at` is 95, outside the range 0 to 1",
        ),
        (
            "limits = [{ unit = 'x', max = 9, visibility = 'public' }]",
            "visibility: the channel does not have this visibility",
        ),
        (
            "limits = [{ unit = 'x', max = 9, visibility = 'privat' }]",
            "unknown-value: `privat` is not known for `visibility` | did you mean `private`?",
        ),
        (
            "delete = { allowed = true, source = 's', as_of = '2026-11', grade = 'offical' }",
            "unknown-value: `offical` is not known for `grade` | did you mean `official`?",
        ),
        (
            "delete = { allowed = true, source = 's', grade = 'official' }",
            "missing-key: the key `as_of` is missing",
        ),
        (
            "delete = { allowed = true, source = 's', as_of = '2026-11' }",
            "missing-key: the key `grade` is missing",
        ),
        (
            "delete = { allowed = true, source = 's', as_of = '2026-13', grade = 'official' }",
            "date: `2026-13` is neither a day nor a month | write `2026-11` or `2026-11-21`",
        ),
        (
            "edit = { allowed = true, within = '1w' }",
            "duration: `1w` is not a duration | \
             write a whole number and a unit, such as `30s`, `15m`, `24h` or `7d`: a second at least, ten years at most",
        ),
        ("private_route = 'none'", "wrong-type: `private_route` must be a table, not a string"),
        ("private_route = { within = '7d' }", "missing-key: the key `to` is missing"),
        (
            "private_route = { to = 'chatt' }",
            "unknown-value: `chatt` is not known for `to` | did you mean `chat`?",
        ),
        (
            "private_route = { to = 'chat', needs = 'customer' }",
            "unknown-value: `customer` is not known for `needs` | it can be `customer-first`, `recipient-allows`",
        ),
        (
            "bot_disclosure = { required = 'always', regions = ['Germany'] }",
            "region: `Germany` is not a region | write its code of ISO 3166, such as `DE` or `US-CA`",
        ),
        (
            "windows = [{ sender = 'bots', within = '24h', from = 'advert-click', then = 'closed' }]",
            "unknown-value: `bots` is not known for `sender` | did you mean `bot`?",
        ),
    ] {
        assert_eq!(wrong_line(line), [expected], "{line}");
    }
}

#[test]
fn what_a_channel_must_say() {
    let other = "[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n";
    assert_eq!(
        wrong(&format!("{other}[channels.facebok]\nregister = 'formal'\n")),
        ["unknown-channel: the channel `facebok` is described nowhere | \
             did you mean `facebook`? A new channel gives its `kind` and `visibility`",]
    );
    let with =
        |visibility: &str| wrong(&format!("[channels.chat]\nkind = 'social'\nvisibility = {visibility}\n"));
    assert_eq!(with("['public', 'private']"), ["missing-key: the key `default_visibility` is missing"]);
    assert_eq!(with("['public', 'public']"), ["visibility: a visibility stands here twice"]);
    assert_eq!(
        with("[]"),
        ["visibility: nobody can read what stands here | write `public`, `private` or both"]
    );
    assert_eq!(
        with("['pubic']"),
        ["unknown-value: `pubic` is not known for an element of `visibility` | did you mean `public`?"]
    );
    assert_eq!(with("'public'"), ["wrong-type: `visibility` must be an array, not a string"]);
    for id in ["'Web Chat'", "web--chat", "-chat", "none", "''"] {
        let found = wrong(&format!("[channels.{id}]\nkind = 'mail'\nvisibility = ['private']\n"));
        assert!(matches!(&found[..], [one] if one.starts_with("id: ")), "{id}: {found:?}");
    }
    assert_eq!(wrong("channels = { x = 3 }"), ["wrong-type: `x` must be a table, not an integer"]);
}

#[test]
fn a_private_route_leads_to_something_private() {
    let text = "[channels.a]\nkind = 'social'\nvisibility = ['public']\nprivate_route = { to = 'b' }\n\
                [channels.b]\nkind = 'social'\nvisibility = ['public']\nprivate_route = { to = 'b' }\n";
    let expected = "private-route: the channel `b` has nothing private | name a channel whose `visibility` has `private`";
    assert_eq!(wrong(text), [expected, expected]);
    assert_eq!(wrong(&text.replace("['public']", "['private']")), [""; 0]);
}

#[test]
fn every_mistake_is_found_and_the_channels_are_there_all_the_same() {
    let (channels, found) =
        read(&["[channels.one]\nregister = 'x'\nedit = {}\n[channels.other]\nkind = 1\n"]);
    assert_eq!(channels.iter().map(Channel::id).collect::<Vec<_>>(), ["one", "other"]);
    // The visibilities and the kinds of both, the register of the one, what can be edited there.
    assert_eq!(found.len(), 6, "{found:?}");
}
