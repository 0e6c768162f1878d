//! Tests: the document form.

use super::asked::{Asked, no_expectation};
use super::contradiction::report_contradictions;
use super::expect::read_expect;
use super::marked::Marked;
use super::names::{Names, Spoken, inner};
use super::spread::{Asking, Element, Read};
use super::test::Question;
use super::wanted::{Expected, Wanted};
use crate::case::{Case, Message, instant};
use crate::channel::Channel;
use crate::draft::SlotValues;
use crate::lexicon::LanguageId;
use crate::policy::DraftOptions;
use crate::source::{Diagnostic, Field, TableReader, Value, nearest, quoted};

/// Reads one test. `name` was read before, to see whether it is the only one of that name.
pub(super) fn read_test(
    name: &str,
    table: TableReader<'_, '_>,
    field: Field<'_, '_>,
    names: &Names<'_>,
) -> Read {
    let before = field.mistakes().count();
    let channels = table.get("channels");
    let is_of_many = table.get("health").is_present();
    let has_channels = channels.is_present() || is_of_many;
    let case_field = if has_channels { table.get("case") } else { table.need("case") };
    let mut case = case_field
        .table()
        .map(|table| if has_channels { Case::read_anywhere(table) } else { Case::read_example(table) });
    if let Some(case) = &mut case {
        names.case(case, case_field);
    }
    let mut case = case.unwrap_or_default();
    case.messages.extend(table.get("message").string().map(Message::customer));
    let now = instant(table.get("now"));
    let channels = read_channels(channels, case_field, &case, names);
    let listed = table.get("languages");
    let languages = read_languages(listed, case_field, &case, names);
    let expect = table.get("expect");
    let (questions, common) = read_questions(&table, field, expect, names);
    if listed.is_present() && questions.iter().any(|asked| asked.language.is_some()) {
        listed.error("contradiction", "the languages are given here, and by the replies");
    }
    let needs_now = |asked| matches!(asked, Asked::Clock | Asked::Surge | Asked::Health);
    if questions.first().is_some_and(|asked| needs_now(asked.question.asked())) && now.is_none() {
        table.need("now");
    }
    if !is_of_many && is_known_question(&table) {
        let cases = table.get("cases");
        let message = "several cases are for a test that asks for `health`";
        cases.report(Diagnostic::error("test-question", message).with_help("give it one `case`"));
    }
    table.finish();
    if field.mistakes().count() > before {
        return Read { tests: Vec::new(), elsewhere: 0 };
    }
    let location = field.place().and_then(|place| field.mistakes().locate(place));
    Element { location, case, now, channels, languages, questions, common }.spread(name)
}

/// The channels to ask on; with a star, all of the policy's.
fn read_channels(
    list: Field<'_, '_>,
    case_field: Field<'_, '_>,
    case: &Case,
    names: &Names<'_>,
) -> Vec<String> {
    let given = inner(case_field, "channel");
    if !list.is_present() {
        if let Some(channel) = given {
            names.channel(&case.channel, channel);
        }
        return vec![case.channel.clone()];
    }
    report_twice(given, "channel");
    let all = names.policy.channels().iter().map(Channel::id);
    each_of(list, all)
        .into_iter()
        .filter(|(channel, field)| field.is_none_or(|field| names.channel(channel, field)))
        .map(|(channel, _)| channel.to_owned())
        .collect()
}

/// The languages to ask in, each with whether the policy speaks it.
fn read_languages(
    list: Field<'_, '_>,
    case_field: Field<'_, '_>,
    case: &Case,
    names: &Names<'_>,
) -> Vec<Option<(String, Spoken)>> {
    let given = inner(case_field, "language");
    if !list.is_present() {
        let language = case.language.as_ref().zip(given);
        return vec![language.map(|(code, field)| (code.clone(), names.language(code, field)))];
    }
    report_twice(given, "language");
    let all = names.policy.languages().iter().map(LanguageId::as_str);
    let spoken = |(code, field): (&str, Option<Field<'_, '_>>)| {
        (code.to_owned(), field.map_or(Spoken::Yes, |field| names.language(code, field)))
    };
    each_of(list, all).into_iter().map(spoken).map(Some).collect()
}

/// The list gives what the case gives as well.
fn report_twice(given: Option<Field<'_, '_>>, what: &str) {
    if let Some(given) = given {
        given.error("contradiction", format!("the {what} is given here, and by `{what}s`"));
    }
}

/// The names in a list, each with where it stands; of a star all there are, and those stand nowhere.
fn each_of<'n, 'a: 'n>(
    list: Field<'n, 'a>,
    all: impl Iterator<Item = &'n str> + Clone,
) -> Vec<(&'n str, Option<Field<'n, 'a>>)> {
    let mut names: Vec<(&str, Option<Field<'_, '_>>)> = Vec::new();
    for field in list.array().into_iter().flatten() {
        let Some(name) = field.string() else { continue };
        let meant: Vec<_> = match name {
            "*" => all.clone().map(|name| (name, None)).collect(),
            name => vec![(name, Some(field))],
        };
        let again = meant.iter().find(|(name, _)| names.iter().any(|(own, _)| own == name));
        match again {
            Some((name, _)) => field.error("duplicate", format!("{} stands here twice", quoted(name))),
            None => names.extend(meant),
        }
    }
    if matches!(list.node().map(|node| &node.value), Some(Value::Array(all)) if all.is_empty()) {
        let help = "name some, or `\"*\"` for all of the policy's";
        list.report(Diagnostic::error("unbreakable-test", "an empty list: nothing is run").with_help(help));
    }
    names
}

impl Asking {
    fn of(question: Question) -> Self {
        Asking { name: None, language: None, question, marks: Vec::new(), own: Vec::new(), location: None }
    }
}

pub(super) const QUESTIONS: [&str; 7] = ["reply", "replies", "draft", "next", "clock", "surge", "health"];
/// The other keys of a test.
const KEYS: [&str; 9] = ["name", "case", "cases", "message", "channels", "languages", "now", "expect", "off"];
/// Those that a test of several cases has no use for.
const OF_ONE_CASE: [&str; 4] = ["case", "message", "channels", "languages"];

/// The questions of a test, and what is expected of the answers to all of them.
fn read_questions(
    table: &TableReader<'_, '_>,
    test: Field<'_, '_>,
    expect: Field<'_, '_>,
    names: &Names<'_>,
) -> (Vec<Asking>, Vec<Expected>) {
    let given: Vec<_> =
        QUESTIONS.iter().map(|&key| (key, table.get(key))).filter(|(_, field)| field.is_present()).collect();
    let &[(key, field)] = given.as_slice() else {
        if given.is_empty() && is_misspelt(table, &QUESTIONS) {
            return Default::default();
        }
        let list = "`reply`, `replies`, `draft`, `next`, `clock`, `surge` and `health`";
        let message = format!("a test asks exactly one thing of {list}");
        let help = if given.is_empty() {
            "give it a `reply` to be judged, or ask for a `draft`, for `next`, a `clock`, a `surge` or `health`"
        } else {
            "make a test of each"
        };
        let at = given.get(1).map_or(test, |(_, field)| *field);
        at.report(Diagnostic::error("test-question", message).with_help(help));
        return Default::default();
    };
    let asked = match key {
        "draft" => Asked::Draft,
        "next" => Asked::Next,
        "clock" => Asked::Clock,
        "surge" => Asked::Surge,
        "health" => Asked::Health,
        _ => Asked::Reply,
    };
    let common = if expect.is_present() { read_expect(expect, asked, names) } else { Vec::new() };
    let plain = |question| is_asked(key, field).then(|| Asking::of(question)).into_iter().collect();
    let questions: Vec<Asking> = match asked {
        Asked::Reply => read_replies(key, field, names),
        Asked::Draft => read_draft(field, names).map(Asking::of).into_iter().collect(),
        Asked::Next => plain(Question::Next),
        Asked::Clock => plain(Question::Clock),
        Asked::Surge => plain(Question::Surge),
        Asked::Health => plain(Question::Health(read_cases(table, names))),
    };
    for asking in &questions {
        if !expect.is_present()
            && !is_misspelt(table, &["expect"])
            && asking.own.is_empty()
            && asking.marks.is_empty()
        {
            test.report(no_expectation(asked));
            break;
        }
    }
    if questions.iter().any(|asking| asking.own.is_empty()) {
        report_contradictions(&common, asked, test, names);
    }
    for asking in questions.iter().filter(|asking| !asking.own.is_empty()) {
        let kept = common.iter().filter(|common| asking.own.iter().all(|own| own.key != common.key));
        let all: Vec<Expected> = asking.own.iter().chain(kept).cloned().collect();
        report_contradictions(&all, asked, test, names);
    }
    (questions, common)
}

/// Whether it asks something, be it only one thing or not.
fn is_known_question(table: &TableReader<'_, '_>) -> bool {
    QUESTIONS.iter().any(|key| table.table().get(key).is_some())
}

/// `cases`: an archive.
fn read_cases(table: &TableReader<'_, '_>, names: &Names<'_>) -> Vec<Case> {
    for key in OF_ONE_CASE {
        let message = format!("a test that asks for `health` is about `cases`, and not told {}", quoted(key));
        let help = "each of its `cases` has its messages, its channel and its language";
        table.get(key).report(Diagnostic::error("test-question", message).with_help(help));
    }
    let mut cases = Vec::new();
    for field in table.need("cases").array().into_iter().flatten() {
        let Some(case) = field.table().map(Case::read_example) else { continue };
        names.case(&case, field);
        if let Some(channel) = inner(field, "channel") {
            names.channel(&case.channel, channel);
        }
        if let (Some(code), Some(language)) = (&case.language, inner(field, "language")) {
            names.language(code, language);
        }
        cases.push(case);
    }
    cases
}

/// Whether a key that nobody knows is nearly one of these: then it is told as such, and nothing is said to be missing.
fn is_misspelt(table: &TableReader<'_, '_>, keys: &[&str]) -> bool {
    let unknown = |key: &str| !QUESTIONS.contains(&key) && !KEYS.contains(&key);
    let near = |key: &str| nearest(key, keys.iter().copied()).is_some();
    table.table().iter().any(|entry| unknown(&entry.key.text) && near(&entry.key.text))
}

/// `next = true`
fn is_asked(key: &str, field: Field<'_, '_>) -> bool {
    let asked = field.bool();
    if asked == Some(false) {
        let message = format!("`{key} = false` asks nothing");
        field.report(Diagnostic::error("test-question", message).with_help(format!("write `{key} = true`")));
    }
    asked == Some(true)
}

/// `draft = true`, or `{ slots, seed, acts, optional, remedy, canned }`.
fn read_draft(field: Field<'_, '_>, names: &Names<'_>) -> Option<Question> {
    if matches!(field.node().map(|node| &node.value), Some(Value::Boolean(_))) {
        return is_asked("draft", field).then(|| Question::Draft(Box::default()));
    }
    let table = field.table()?;
    let slots = table.get("slots");
    for (entry, _) in slots.table().into_iter().flat_map(TableReader::entries) {
        let known: Vec<&str> = names.policy.slots().map(|(slot, _, _)| slot).collect();
        if !known.contains(&&*entry.key.text) {
            let message = format!("there is no slot {}", quoted(&entry.key.text));
            let diagnostic =
                Diagnostic::error("unknown-slot", message).at(field.mistakes().locate(entry.key.place));
            let near = nearest(&entry.key.text, known);
            let help = near.map_or("slots stand under `[slots]`".to_owned(), |near| {
                format!("did you mean {}?", quoted(near))
            });
            field.mistakes().report(diagnostic.with_help(help));
        }
    }
    let slots = slots.table().map(SlotValues::read).unwrap_or_default();
    for key in ["acts", "optional"] {
        for act in table.get(key).array().into_iter().flatten() {
            if let Some(name) = act.string() {
                names.act(name, act);
            }
        }
    }
    let options = DraftOptions::read(&table);
    table.finish();
    Some(Question::Draft(Box::new((slots, options))))
}

/// `reply`: a text, or one for each language. `replies`: a list of them, or one list for each language.
fn read_replies(key: &str, field: Field<'_, '_>, names: &Names<'_>) -> Vec<Asking> {
    let is_table = matches!(field.node().map(|node| &node.value), Some(Value::Table(_)));
    let mut all = Vec::new();
    if is_table {
        for (entry, field) in field.table().into_iter().flat_map(TableReader::entries) {
            let code = &*entry.key.text;
            let spoken = names.language(code, field);
            let of_language = all.len();
            read_list(key, field, names, &mut all);
            for asking in all.iter_mut().skip(of_language) {
                asking.language = Some((code.to_owned(), spoken));
            }
        }
    } else {
        read_list(key, field, names, &mut all);
    }
    if all.is_empty() {
        let help = "write a reply to be judged";
        field.report(Diagnostic::error("test-question", "there is no reply to be judged").with_help(help));
    }
    all
}

fn read_list(key: &str, field: Field<'_, '_>, names: &Names<'_>, all: &mut Vec<Asking>) {
    if key == "reply" {
        all.extend(field.string().map(|written| reply(written, field)));
        return;
    }
    for (number, field) in (1..).zip(field.array().into_iter().flatten()) {
        let asking = match field.node().map(|node| &node.value) {
            Some(Value::Table(_)) => reply_table(field, names),
            _ => field.string().map(|written| reply(written, field)),
        };
        if let Some(mut asking) = asking {
            let name = asking.name.take().unwrap_or_else(|| number.to_string());
            asking.name = Some(name);
            all.push(asking);
        }
    }
}

/// `{ reply, name, expect }`
fn reply_table(field: Field<'_, '_>, names: &Names<'_>) -> Option<Asking> {
    let table = field.table()?;
    let text = table.need("reply");
    let asking = text.string().map(|written| reply(written, text));
    let name = table.get("name").string().map(str::to_owned);
    let expect = table.get("expect");
    let own = if expect.is_present() { read_expect(expect, Asked::Reply, names) } else { Vec::new() };
    table.finish();
    Some(Asking { name, own, ..asking? })
}

fn reply(written: &str, field: Field<'_, '_>) -> Asking {
    let Marked { text, spans } = Marked::parse(written);
    let location = field.place().and_then(|place| field.mistakes().locate(place));
    let mark = |span| Expected { key: "reply", wanted: Wanted::Marked(span), location: location.clone() };
    let marks = spans.into_iter().map(mark).collect();
    Asking { marks, location: location.clone(), ..Asking::of(Question::Reply(text)) }
}
