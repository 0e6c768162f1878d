//! The whole document: from the merged tree to a policy.

use std::sync::Arc;

use regex::Regex;

use super::company::{read_brand, read_links};
use super::compiled_packs::SCANNERS;
use super::{Inner, Policy};
use crate::channel::{Channel, read_channels};
use crate::draft::{Company, DraftSections, Sayings};
use crate::lexicon::{ActSet, EVERY_LANGUAGE, LanguageId, Lexicons, MOST_KNOWN_LANGUAGES, Sections};
use crate::playbook::{PlaybookFields, read_authority, read_remedies, report_lonely};
use crate::rule::{Brand, LinkPolicy, Names, PolicyLabel, RuleFields, Rules, pattern, strings};
use crate::sla::Sla;
use crate::sla::clock::ClockNames;
use crate::source::{
    Diagnostic, Field, Location, Mistakes, Node, Place, Table, TableReader, Value, nearest, quoted,
};
use crate::text::EmojiSet;
use crate::time::{Holidays, Zones, read_calendars, read_rotas};

/// The list that documents add to and do not replace: what was tested below is tested above, too.
pub(crate) const TESTS: &str = "tests";

/// The most languages a policy speaks.
pub const MOST_LANGUAGES: usize = 64;
/// Acts of courtesy: a reply of nothing else answers nothing.
const COURTESIES: [&str; 6] = ["greeting", "thanks", "closing", "signature", "empathy", "apology"];

/// `versioned`: whether the version is that of the document that gives the name, and not of one below it.
pub(super) fn compile(root: &Table<'_>, place: Place, versioned: bool, mistakes: &Mistakes<'_>) -> Policy {
    let reader = mistakes.table(root, place);
    let label = read_head(&reader, versioned);
    mistakes.at_top(&TOP_KEYS);
    if root.get("extends").is_none() {
        mistakes.when_nothing_is_known("this policy extends nothing: write `extends = [\"svar:care\"]`");
    }
    let known_languages = known_languages(root, mistakes);
    let languages = read_languages(reader.get("languages"), &known_languages);
    let mut zones = Zones::default();
    let holidays = Holidays::read(reader.get("holidays").table());
    let calendars = read_calendars(reader.get("calendars").table(), &holidays, &mut zones);
    let rotas = read_rotas(reader.get("rotas").table(), &calendars, &mut zones);
    let channels = read_channels(reader.get("channels").table());
    let (emoji_allowed, emoji_ambiguous) = read_emoji(reader.get("emoji"));
    let links = reader.get("links").table().map(read_links).unwrap_or_default();
    let brand = reader.get("brand").table().map(read_brand).unwrap_or_default();
    let references = reader.get("references").table().map(read_references).unwrap_or_default();
    report_lonely_switches(root, mistakes);
    let remedies = read_remedies(reader.get("remedies").table());
    let authority = read_authority(reader.get("authority").table());
    report_lonely(reader.get("playbooks").table());
    let playbook_fields = PlaybookFields::of(reader.get("playbooks").table());
    let rule_fields = RuleFields::of(reader.get("rules").table());
    let sections = DraftSections::of(&reader);
    let mut phrases = rule_fields.phrases();
    phrases.extend(sections.keywords());
    let lexicons = Lexicons::read(Sections::of(&reader), &languages, &phrases, SCANNERS);
    let sla = reader.get("sla");
    reader.finish();
    let channel_names: Vec<&str> = channels.iter().map(Channel::id).collect();
    let act_names: Vec<&str> = lexicons.acts.names().collect();
    let heard_in = |spoken: &dyn Fn(&str) -> bool| act_set(&lexicons, heard_acts(root, spoken).into_iter());
    let defined = defined_rules(root);
    let roles: Vec<&str> = authority.roles().collect();
    let playbook_names = playbook_fields.names();
    let names = Names {
        channels: &channel_names,
        languages: &languages,
        known_languages: &known_languages,
        signals: &lexicons.signals,
        act: &|name| lexicons.acts.index(name),
        acts: &act_names,
        heard: heard_in(&|code| {
            languages.iter().any(|language| **language == *code || code == EVERY_LANGUAGE)
        }),
        heard_anywhere: heard_in(&|_| true),
        rules: &defined,
        roles: &roles,
        playbooks: &playbook_names,
    };
    let playbooks = playbook_fields.read(&names);
    let rules = Rules::new(rule_fields.read(&names)).unwrap_or_else(|error| {
        mistakes.error("pattern", format!("the patterns together are too large: {error}"), place);
        Rules::default()
    });
    let clock_names =
        ClockNames { conditions: &names, channels: &channels, calendars: &calendars, rotas: &rotas };
    let sla = Sla::read(sla, &clock_names);
    let sayings = Sayings::read(sections, &languages, &names, &lexicons.acts, company(&brand, &links));
    let courtesies = act_set(&lexicons, COURTESIES.into_iter());
    let channel_emoji = channels.iter().map(|channel| channel_set(channel, mistakes, place)).collect();
    let channel_limits = channels.iter().map(|channel| limits_at(root, channel.id(), mistakes)).collect();
    Policy(Arc::new(Inner {
        label,
        languages: languages.iter().map(|code| LanguageId(Arc::clone(code))).collect(),
        channels,
        channel_emoji,
        channel_limits,
        emoji_allowed,
        emoji_ambiguous,
        links,
        brand,
        references,
        calendars,
        rotas,
        holidays,
        lexicons,
        rules,
        playbooks,
        remedies,
        authority,
        sayings,
        courtesies,
        sla,
        warnings: Vec::new(),
    }))
}

/// Keys that stand at the top of a document. `name` is not among them: much else has a name.
const TOP_KEYS: [&str; 4] = ["svar", "version", "extends", "languages"];

/// What a document says of itself. Its format, what it extends and its tests are read elsewhere.
fn read_head(reader: &TableReader<'_, '_>, versioned: bool) -> PolicyLabel {
    for elsewhere in ["svar", "extends", TESTS] {
        reader.get(elsewhere);
    }
    reader.get("description").string();
    let named =
        reader.need_for("name", Some("write `name = \"…\"`: each report says by whose rules it goes"));
    PolicyLabel {
        name: Arc::from(named.string().unwrap_or_default()),
        version: Arc::from(reader.get("version").string().filter(|_| versioned).unwrap_or_default()),
    }
}

/// The company, as far as templates are tried out with it.
fn company<'p>(brand: &'p Brand, links: &'p LinkPolicy) -> Company<'p> {
    Company {
        name: brand.name.as_deref(),
        email: brand.email.as_deref(),
        phone: brand.phone.as_deref(),
        host: links.hosts.first().map(String::as_str),
    }
}

fn act_set<'n>(lexicons: &Lexicons, names: impl Iterator<Item = &'n str>) -> ActSet {
    let mut set = ActSet::default();
    names.filter_map(|name| lexicons.acts.index(name)).for_each(|act| set.insert(act));
    set
}

fn known_languages<'t>(root: &'t Table<'_>, mistakes: &Mistakes<'_>) -> Vec<&'t str> {
    let section = root.get("language").and_then(Node::as_table);
    if let Some(entry) = section.and_then(|languages| languages.iter().nth(MOST_KNOWN_LANGUAGES)) {
        let message = format!("a policy knows at most {MOST_KNOWN_LANGUAGES} languages");
        mistakes.error("too-many", message, entry.key.place);
    }
    let languages = section.into_iter().flat_map(Table::iter).take(MOST_KNOWN_LANGUAGES);
    languages.map(|entry| &*entry.key.text).collect()
}

/// All languages the document knows, unless it says which of them the policy speaks.
fn read_languages(field: Field<'_, '_>, known: &[&str]) -> Vec<Arc<str>> {
    let all = || known.iter().take(MOST_LANGUAGES).map(|&code| Arc::from(code)).collect();
    let Some(list) = field.array() else { return all() };
    if list.len() == 0 {
        let message = "a policy that speaks no language hears nothing";
        let help = "name its languages, or leave `languages` out: then it speaks all that it knows";
        field.report(Diagnostic::error("no-language", message).with_help(help));
    }
    let before = field.mistakes().count();
    let mut languages: Vec<Arc<str>> = Vec::new();
    for field in list {
        let Some(code) = field.string() else { continue };
        if !known.contains(&code) {
            field.unknown_value(code, known.iter().copied());
        } else if languages.iter().any(|language| **language == *code) {
            field.error("duplicate", format!("{} stands here twice", quoted(code)));
        } else if languages.len() == MOST_LANGUAGES {
            field.error("too-many", format!("a policy speaks at most {MOST_LANGUAGES} languages"));
        } else {
            languages.push(Arc::from(code));
        }
    }
    // What is wrong was reported; that nothing is heard in a language that is missing now is not to be told as well.
    if languages.is_empty() || field.mistakes().count() > before { all() } else { languages }
}

/// The acts that have phrases in the languages that are `spoken`.
fn heard_acts<'t>(root: &'t Table<'_>, spoken: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
    let hears = |node: &Node<'_>| {
        let list = node.as_table().and_then(|table| table.get("hear"));
        list.is_some_and(|list| matches!(&list.value, Value::Array(list) if !list.is_empty()))
    };
    let acts = root.get("acts").and_then(Node::as_table).into_iter().flat_map(Table::iter);
    let heard = acts.filter(|act| {
        let languages = act.node.as_table().into_iter().flat_map(Table::iter);
        languages.into_iter().any(|language| spoken(&language.key.text) && hears(&language.node))
    });
    heard.map(|act| &*act.key.text).collect()
}

/// The rules that are of a kind, and so more than a switch for one.
fn defined_rules<'t>(root: &'t Table<'_>) -> Vec<&'t str> {
    let rules = root.get("rules").and_then(Node::as_table).into_iter().flat_map(Table::iter);
    rules.filter(|entry| is_defined(&entry.node)).map(|entry| &*entry.key.text).collect()
}

fn is_defined(rule: &Node<'_>) -> bool {
    let kinds = ["forbid", "require", "prefer", "limit", "order"];
    rule.as_table().is_some_and(|table| kinds.iter().any(|kind| table.get(kind).is_some()))
}

/// `[rules.x] off = true` for a rule that nothing defines does nothing, and its author should know.
fn report_lonely_switches(root: &Table<'_>, mistakes: &Mistakes<'_>) {
    let Some(rules) = root.get("rules").and_then(Node::as_table) else { return };
    let defined = defined_rules(root);
    for entry in rules.iter().filter(|entry| !is_defined(&entry.node)) {
        let off = entry.node.as_table().and_then(|table| table.get("off"));
        if off.is_some_and(|node| matches!(node.value, Value::Boolean(true))) {
            mistakes.report_with(|| {
                let message = format!("there is no rule {} to switch off", quoted(&entry.key.text));
                let diagnostic =
                    Diagnostic::error("unknown-rule", message).at(mistakes.locate(entry.key.place));
                match nearest(&entry.key.text, defined.iter().copied()) {
                    Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(near))),
                    None => diagnostic,
                }
            });
        }
    }
}

fn read_emoji(field: Field<'_, '_>) -> (EmojiSet, EmojiSet) {
    let (mut allowed, mut ambiguous) = (EmojiSet::default(), EmojiSet::default());
    let Some(table) = field.table() else { return (allowed, ambiguous) };
    for (emoji, field) in strings(table.get("allow")).unwrap_or_default() {
        add_emoji(&mut allowed, emoji, field);
    }
    for (entry, reason) in table.get("ambiguous").table().into_iter().flat_map(TableReader::entries) {
        // `"🙏" = false` takes back what a document below says of it.
        if matches!(reason.node().map(|node| &node.value), Some(Value::Boolean(false))) {
            continue;
        }
        reason.string();
        add_emoji(&mut ambiguous, &entry.key.text, reason);
    }
    for (emoji, field) in strings(table.get("allow")).unwrap_or_default() {
        if ambiguous.contains(emoji) {
            let help = format!("take it out of `allow`, or write `ambiguous = {{ \"{emoji}\" = false }}`");
            let message = format!("{emoji} is allowed and ambiguous");
            field.report(Diagnostic::error("contradiction", message).with_help(help));
        }
    }
    table.finish();
    (allowed, ambiguous)
}

fn add_emoji(set: &mut EmojiSet, emoji: &str, field: Field<'_, '_>) {
    if set.insert(emoji).is_err() {
        field.error("emoji", format!("{} is not one emoji", quoted(emoji)));
    }
}

fn channel_set(channel: &Channel, mistakes: &Mistakes<'_>, place: Place) -> Option<EmojiSet> {
    let allow = channel.emoji().allow.as_ref()?;
    let mut set = EmojiSet::default();
    for emoji in allow {
        if set.insert(emoji).is_err() {
            mistakes.error(
                "emoji",
                format!("channel `{}`: {} is not one emoji", channel.id(), quoted(emoji)),
                place,
            );
        }
    }
    Some(set)
}

/// Where a channel says how much it carries, or else where it is described.
fn limits_at(root: &Table<'_>, channel: &str, mistakes: &Mistakes<'_>) -> Option<Location> {
    let entry = root.get("channels")?.as_table()?.entry(channel)?;
    let limits = entry.node.as_table().and_then(|table| table.get("limits"));
    mistakes.locate(limits.map_or(entry.key.place, |limits| limits.place))
}

fn read_references(table: TableReader<'_, '_>) -> Vec<Regex> {
    let patterns = table.get("patterns").array().into_iter().flatten().filter_map(pattern).collect();
    table.finish();
    patterns
}
