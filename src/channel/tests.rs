//! What a document says of a channel, what a policy lays over it, and documents that are wrong.

use serde_json::{Map, Value, json};

use super::*;
use crate::source::{Diagnostic, Document, Mistakes, Sources, Table, merge};

const PACK: &str = include_str!("../packs/channels.toml");

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

fn of<'c>(channels: &'c [Channel], id: &str) -> &'c Channel {
    channels.iter().find(|channel| channel.id() == id).unwrap()
}

/// One channel laid over the built-in ones.
fn over(id: &str, text: &str) -> Channel {
    let channels = sound(&[PACK, &format!("[channels.{id}]\n{text}")]);
    of(&channels, id).clone()
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
    again.sort_by_key(|channel| channels.iter().position(|own| own.id() == channel.id()));
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
fn of_a_habit_and_a_platforms_figure_the_smaller_holds() {
    assert_eq!(over("threads", "max_links = 2").max_links(), Some(2));
    assert_eq!(over("threads", "max_links = 9").max_links(), Some(5));
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
