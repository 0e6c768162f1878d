//! The section `channels` of a policy document.

use std::collections::HashMap;

use super::{
    Alternative, Badge, BadgeCounts, BotDisclosure, Channel, ChannelKind, ClientMark, Courtesy,
    CustomerFirst, DisclosureRequired, EmojiPolicy, Fact, Limit, Links, Markup, MarkupKind, Permission,
    PrivateRoute, Rate, Replies, ReviewerRequest, RouteAfter, RouteNeeds, Tags, Window, WindowSender,
    WindowStart, WindowThen, duration,
};
use crate::case::{Visibility, visibility};
use crate::lexicon::{ADDRESS_FORMS, Register};
use crate::source::{Diagnostic, Field, IdLetters, Key, TableReader, Value, nearest, quoted};
use crate::text::{EmojiSet, Unit};

/// The most channels a policy knows.
pub const MOST_CHANNELS: usize = 1_000;
/// Larger counts are slips.
const MANY: i64 = 1_000_000_000;
/// The share of a limit from which on a text is near it, where the limit does not say.
const NEAR: f64 = 0.95;
/// Stands in `private_route.to` where no way leads to a private conversation.
const NOWHERE: &str = "none";

/// Reads all channels of a document, in its order.
///
/// A channel with mistakes in it is given all the same, so that what names it elsewhere is not reported as well.
pub(crate) fn read_channels(section: Option<TableReader<'_, '_>>) -> Vec<Channel> {
    let mut entries: Vec<_> = section.into_iter().flat_map(TableReader::entries).collect();
    if let Some((_, field)) = entries.get(MOST_CHANNELS) {
        field.error("too-many", format!("a policy has at most {MOST_CHANNELS} channels"));
        entries.truncate(MOST_CHANNELS);
    }
    let ids: Vec<&str> = entries.iter().map(|(entry, _)| &*entry.key.text).collect();
    let mut channels = Vec::new();
    let mut routes = Vec::new();
    for (entry, field) in &entries {
        let Some(table) = field.table() else { continue };
        routes.extend(route_of(&table));
        let (of, such_as, mistakes) = ("a channel", "`web-chat`", table.mistakes());
        if entry.key.text == NOWHERE {
            IdLetters::Small.refuse(&entry.key, of, such_as, mistakes);
        } else {
            IdLetters::Small.check(&entry.key, of, such_as, mistakes);
        }
        let is_slip = report_slip(&entry.key, &table, &ids);
        channels.push(read_channel(&entry.key.text, table, is_slip));
    }
    let mut by_id: HashMap<&str, Option<&Channel>> = ids.iter().map(|id| (*id, None)).collect();
    by_id.extend(channels.iter().map(|channel| (channel.id(), Some(channel))));
    for to in routes {
        check_route(to, &ids, &by_id);
    }
    channels
}

/// Where the private route of a channel leads.
fn route_of<'n, 'a>(table: &TableReader<'n, 'a>) -> Option<Field<'n, 'a>> {
    let route = table.get("private_route");
    // What is no table is reported when the channel is read.
    route.node()?.as_table()?;
    Some(route.table()?.get("to"))
}

/// A policy that misspells a channel has begun a new one without noticing: it says nothing of what a new one needs.
fn report_slip(key: &Key<'_>, table: &TableReader<'_, '_>, ids: &[&str]) -> bool {
    let id = &*key.text;
    if table.get("kind").is_present() || table.get("visibility").is_present() {
        return false;
    }
    let Some(near) = nearest(id, ids.iter().copied().filter(|other| *other != id)) else { return false };
    let mistakes = table.mistakes();
    let message = format!("the channel {} is described nowhere", quoted(id));
    let help = format!("did you mean {}? A new channel gives its `kind` and `visibility`", quoted(near));
    mistakes
        .report(Diagnostic::error("unknown-channel", message).at(mistakes.locate(key.place)).with_help(help));
    true
}

fn check_route(to: Field<'_, '_>, ids: &[&str], channels: &HashMap<&str, Option<&Channel>>) {
    let Some(target) = to.node().and_then(|node| node.as_str()).filter(|target| *target != NOWHERE) else {
        return;
    };
    match channels.get(target) {
        None => to.unknown_value(target, ids.iter().copied()),
        // One that is no table was reported.
        Some(None) => {}
        Some(Some(channel)) if channel.visibilities.contains(&Visibility::Private) => {}
        Some(_) => {
            let message = format!("the channel {} has nothing private", quoted(target));
            let help = "name a channel whose `visibility` has `private`";
            to.report(Diagnostic::error("private-route", message).with_help(help));
        }
    }
}

/// Reads one channel; of one that `is_slip` it is not asked what it is.
fn read_channel(id: &str, table: TableReader<'_, '_>, is_slip: bool) -> Channel {
    let essential = |key| if is_slip { table.get(key) } else { table.need(key) };
    let visibilities = read_visibilities(essential("visibility"));
    let default_visibility = read_default_visibility(&table, &visibilities);
    let alternatives: Vec<_> =
        list(table.get("alternatives"), |field| read_alternative(field, &visibilities));
    let limits = read_limits(table.get("limits"), &alternatives, &visibilities);
    let switch = |key| table.get(key).bool().unwrap_or(true);
    let channel = Channel {
        id: id.to_owned(),
        name: table.get("name").string().unwrap_or(id).to_owned(),
        kind: essential("kind").one_of(ChannelKind::WORDS).unwrap_or(ChannelKind::Social),
        default_visibility,
        official: switch("official"),
        monitored: switch("monitored"),
        inbound: switch("inbound"),
        register: table.get("register").one_of(Register::WORDS).unwrap_or_default(),
        address: table
            .get("address")
            .table()
            .into_iter()
            .flat_map(TableReader::entries)
            .filter_map(|(entry, field)| Some((entry.key.text.to_string(), field.one_of(&ADDRESS_FORMS)?)))
            .collect(),
        limits,
        alternatives,
        private_route: read_route(table.get("private_route")),
        links: read_links(table.get("links")),
        mentions: read_tags(table.get("mentions")),
        hashtags: read_tags(table.get("hashtags")),
        max_links: count(table.get("max_links")),
        max_mentions: count(table.get("max_mentions")),
        max_hashtags: count(table.get("max_hashtags")),
        emoji: read_emoji(table.get("emoji")).unwrap_or_default(),
        frame: table
            .get("frame")
            .array()
            .map(|list| list.filter_map(|it| it.one_of(Courtesy::WORDS)).collect()),
        max_parts: table.get("max_parts").integer(2..=9).and_then(|most| usize::try_from(most).ok()),
        markup: read_markup(table.get("markup")),
        edit: read_permission(table.get("edit")),
        delete: read_permission(table.get("delete")),
        replies: read_replies(table.get("replies")),
        windows: list(table.get("windows"), read_window),
        customer_first: read_customer_first(table.get("customer_first")),
        rate: read_rate(table.get("rate")),
        bot_disclosure: read_bot_disclosure(table.get("bot_disclosure")),
        badge: read_badge(table.get("badge")),
        reviewer_request: read_reviewer_request(table.get("reviewer_request")),
        notes: table.get("notes").string().map(str::to_owned),
        visibilities,
    };
    table.finish();
    channel
}

fn list<'n, 'a: 'n, T>(field: Field<'n, 'a>, read: impl Fn(Field<'n, 'a>) -> Option<T>) -> Vec<T> {
    field.array().into_iter().flatten().filter_map(read).collect()
}

fn count(field: Field<'_, '_>) -> Option<usize> {
    field.integer(0..=MANY).and_then(|count| usize::try_from(count).ok())
}

fn read_visibilities(field: Field<'_, '_>) -> Vec<Visibility> {
    let mut all = Vec::new();
    for field in field.array().into_iter().flatten() {
        match visibility(field) {
            Some(it) if all.contains(&it) => field.error("visibility", "a visibility stands here twice"),
            Some(it) => all.push(it),
            None => {}
        }
    }
    if field.node().is_some_and(|node| matches!(&node.value, Value::Array(nodes) if nodes.is_empty())) {
        let help = "write `public`, `private` or both";
        field.report(Diagnostic::error("visibility", "nobody can read what stands here").with_help(help));
    }
    all
}

/// A visibility, which must be one the channel has. Where it is not known what the channel has, anything goes.
fn one_of_its_own(field: Field<'_, '_>, all: &[Visibility]) -> Option<Visibility> {
    let found = visibility(field)?;
    if !all.is_empty() && !all.contains(&found) {
        field.error("visibility", "the channel does not have this visibility");
    }
    Some(found)
}

fn read_default_visibility(table: &TableReader<'_, '_>, all: &[Visibility]) -> Visibility {
    let field =
        if all.len() > 1 { table.need("default_visibility") } else { table.get("default_visibility") };
    one_of_its_own(field, all).or(all.first().copied()).unwrap_or(Visibility::Public)
}

/// Limits as a list, or the name of an alternative.
fn read_limits(field: Field<'_, '_>, alternatives: &[Alternative], all: &[Visibility]) -> Vec<Limit> {
    let Some(Value::String(name)) = field.node().map(|node| &node.value) else {
        return list(field, |field| {
            let table = field.table()?;
            let limit = read_limit(&table, all);
            table.finish();
            limit
        });
    };
    if alternatives.is_empty() {
        return field.wrong_type("an array").unwrap_or_default();
    }
    let chosen = alternatives.iter().filter(|alternative| alternative.name == *name);
    let limits: Vec<_> = chosen.map(|alternative| alternative.limit.clone()).collect();
    if limits.is_empty() {
        field.unknown_value(name, alternatives.iter().map(|alternative| &*alternative.name));
    }
    limits
}

fn read_alternative(field: Field<'_, '_>, all: &[Visibility]) -> Option<Alternative> {
    let table = field.table()?;
    let name = table.need("name").string().map(str::to_owned);
    let limit = read_limit(&table, all);
    table.finish();
    Some(Alternative { name: name?, limit: limit? })
}

fn read_limit(table: &TableReader<'_, '_>, all: &[Visibility]) -> Option<Limit> {
    let unit = table.need("unit").one_of(&Unit::ALL.map(|unit| (unit.as_str(), unit)));
    let max = table.need("max").integer(1..=MANY).and_then(|max| usize::try_from(max).ok());
    let warn_at = table.get("warn_at").number(0.0..=1.0).unwrap_or(NEAR);
    let visibility = one_of_its_own(table.get("visibility"), all);
    let fact = Fact::read(table);
    Some(Limit { unit: unit?, max: max?, warn_at, visibility, fact })
}

fn read_route(field: Field<'_, '_>) -> Option<PrivateRoute> {
    let table = field.table()?;
    let to = table.need("to").string();
    let within = duration::read(table.get("within"));
    let replies = count(table.get("replies"));
    let after = table.get("after").one_of(RouteAfter::WORDS);
    let needs = table.get("needs").one_of(RouteNeeds::WORDS);
    let fact = Fact::read(&table);
    table.finish();
    let to = to.filter(|to| *to != NOWHERE)?.to_owned();
    Some(PrivateRoute { to, within, replies, after, needs, fact })
}

fn read_links(field: Field<'_, '_>) -> Option<Links> {
    let table = field.table()?;
    let links = Links {
        clickable: table.get("clickable").bool(),
        max: count(table.get("max")),
        needs: table.get("needs").one_of(ClientMark::WORDS),
        fact: Fact::read(&table),
    };
    table.finish();
    Some(links)
}

fn read_tags(field: Field<'_, '_>) -> Option<Tags> {
    let table = field.table()?;
    let tags = Tags {
        max: count(table.get("max")),
        needs: table.get("needs").one_of(ClientMark::WORDS),
        fact: Fact::read(&table),
    };
    table.finish();
    Some(tags)
}

fn read_emoji(field: Field<'_, '_>) -> Option<EmojiPolicy> {
    let table = field.table()?;
    let max = count(table.get("max"));
    let mirror = table.get("mirror").bool().unwrap_or(true);
    let allow = table.get("allow").array().map(|fields| {
        let mut set = EmojiSet::default();
        let one_emoji = |field: Field<'_, '_>| {
            let text = field.string()?;
            match set.insert(text) {
                Ok(()) => return Some(text.to_owned()),
                Err(error) => field.error("emoji", error.to_string()),
            }
            None
        };
        fields.filter_map(one_emoji).collect()
    });
    table.finish();
    Some(EmojiPolicy { max, mirror, allow })
}

fn read_markup(field: Field<'_, '_>) -> Option<Markup> {
    let table = field.table()?;
    let is = table.need("is").one_of(MarkupKind::WORDS);
    let fact = Fact::read(&table);
    table.finish();
    Some(Markup { is: is?, fact })
}

fn read_permission(field: Field<'_, '_>) -> Option<Permission> {
    let table = field.table()?;
    let allowed = table.need("allowed").bool();
    let within = duration::read(table.get("within"));
    let fact = Fact::read(&table);
    table.finish();
    Some(Permission { allowed: allowed?, within, fact })
}

fn read_replies(field: Field<'_, '_>) -> Option<Replies> {
    let table = field.table()?;
    let max = count(table.need("max"));
    let overwrites = table.get("overwrites").bool().unwrap_or(false);
    let fact = Fact::read(&table);
    table.finish();
    Some(Replies { max: max?, overwrites, fact })
}

fn read_window(field: Field<'_, '_>) -> Option<Window> {
    let table = field.table()?;
    let sender = table.need("sender").one_of(WindowSender::WORDS);
    let within = duration::read(table.need("within"));
    let from = table.need("from").one_of(WindowStart::WORDS);
    let then = table.need("then").one_of(WindowThen::WORDS);
    let fact = Fact::read(&table);
    table.finish();
    Some(Window { sender: sender?, within: within?, from: from?, then: then?, fact })
}

fn read_customer_first(field: Field<'_, '_>) -> Option<CustomerFirst> {
    let table = field.table()?;
    let required = table.need("required").bool();
    let fact = Fact::read(&table);
    table.finish();
    Some(CustomerFirst { required: required?, fact })
}

fn read_rate(field: Field<'_, '_>) -> Option<Rate> {
    let table = field.table()?;
    let max = count(table.need("max"));
    let within = duration::read(table.need("within"));
    let counts = table.need("counts").string().map(str::to_owned);
    let fact = Fact::read(&table);
    table.finish();
    Some(Rate { max: max?, within: within?, counts: counts?, fact })
}

fn read_bot_disclosure(field: Field<'_, '_>) -> Option<BotDisclosure> {
    let table = field.table()?;
    let required = table.need("required").one_of(DisclosureRequired::WORDS);
    let regions = list(table.get("regions"), |field| {
        let region = field.string()?;
        if !is_region(region) {
            let message = format!("{} is not a region", quoted(region));
            let help = "write its code of ISO 3166, such as `DE` or `US-CA`";
            field.report(Diagnostic::error("region", message).with_help(help));
        }
        Some(region.to_owned())
    });
    let fact = Fact::read(&table);
    table.finish();
    Some(BotDisclosure { required: required?, regions, fact })
}

fn is_region(code: &str) -> bool {
    let (country, part) = code.split_once('-').unwrap_or((code, "0"));
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=3).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn read_badge(field: Field<'_, '_>) -> Option<Badge> {
    let table = field.table()?;
    let name = table.need("name").string().map(str::to_owned);
    let rate = table.need("rate").number(0.0..=1.0);
    let time = duration::read(table.need("time"));
    let window = duration::read(table.need("window"));
    let counts = table.need("counts").one_of(BadgeCounts::WORDS);
    let fact = Fact::read(&table);
    table.finish();
    Some(Badge { name: name?, rate: rate?, time: time?, window: window?, counts: counts?, fact })
}

fn read_reviewer_request(field: Field<'_, '_>) -> Option<ReviewerRequest> {
    let table = field.table()?;
    let answer_within = duration::read(table.need("answer_within"));
    let fact = Fact::read(&table);
    table.finish();
    Some(ReviewerRequest { answer_within: answer_within?, fact })
}
