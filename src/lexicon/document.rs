//! The lexicon's part of a policy document: `language`, `acts`, `address`, `register`, `intents`, `signals`.
//!
//! ```toml
//! [acts.apology]                       # what holds in every language
//! title = "says sorry for something"
//! negatable = true
//!
//! [acts.apology.nb]                    # what it sounds like in one
//! hear = ["vi beklager", "beklager (så mye|veldig)"]
//! not  = ["beklager, men"]
//! say.formal = ["Vi beklager det som har skjedd."]
//!
//! [register.nb]                        # cue tables: phrase = weight
//! "mvh" = 0.5
//! ```
//!
//! Under `"*"` stands what holds for all languages of the policy alike: what is heard, for nothing is said in all of
//! them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::act::{ActTraits, Acts, MOST_ACTS, MOST_SIGNALS};
use super::identify::{Identifier, IdentifierBuilder};
use super::lexicon::{Lexicon, Part};
use super::probe::Probe;
use super::reading::LanguageId;
use super::ready::Ready;
use super::settle::INTENTS;
use super::sheet::{Meaning, Sheet, Weight};
use crate::source::{Diagnostic, Field, TableReader, Value, nearest, quoted};
use crate::text::phrase::{Kind, PhraseProblem};

/// What stands for every language.
pub(crate) const EVERY_LANGUAGE: &str = "*";
/// The most languages a policy knows, whether it speaks them or not: more than ISO 639-1 has codes for.
pub const MOST_KNOWN_LANGUAGES: usize = 256;
/// The largest weight of a cue.
const HEAVIEST: f64 = 100.0;

/// The lexicons of a policy, compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicons {
    pub(crate) acts: Acts,
    pub(crate) intents: Vec<Arc<str>>,
    pub(crate) signals: Vec<Arc<str>>,
    pub(crate) languages: Vec<Lexicon>,
    pub(crate) identifier: Identifier,
}

/// A phrase that a rule listens for: language (or every one), phrase, and the rule's number.
pub(crate) struct RulePhrase<'n, 'a> {
    pub(crate) language: Option<&'n str>,
    pub(crate) phrase: Field<'n, 'a>,
    pub(crate) rule: u32,
}

/// The sections of the document that the lexicons are read from.
pub(crate) struct Sections<'n, 'a> {
    pub(crate) language: Option<TableReader<'n, 'a>>,
    pub(crate) acts: Option<TableReader<'n, 'a>>,
    pub(crate) address: Option<TableReader<'n, 'a>>,
    pub(crate) register: Option<TableReader<'n, 'a>>,
    pub(crate) intents: Option<TableReader<'n, 'a>>,
    pub(crate) signals: Option<TableReader<'n, 'a>>,
}

impl<'n, 'a> Sections<'n, 'a> {
    pub(crate) fn of(root: &TableReader<'n, 'a>) -> Self {
        Sections {
            language: root.get("language").table(),
            acts: root.get("acts").table(),
            address: root.get("address").table(),
            register: root.get("register").table(),
            intents: root.get("intents").table(),
            signals: root.get("signals").table(),
        }
    }
}

/// One entry of a table of languages: the code and what stands there.
type ByLanguage<'n, 'a> = Vec<(&'n str, Field<'n, 'a>)>;

struct Act<'n, 'a> {
    index: u8,
    languages: ByLanguage<'n, 'a>,
}

/// What the document says in its languages.
struct Spoken<'n, 'a> {
    acts: Vec<Act<'n, 'a>>,
    address: ByLanguage<'n, 'a>,
    register: ByLanguage<'n, 'a>,
    intents: Named<'n, 'a>,
    signals: Named<'n, 'a>,
}

impl<'n, 'a> Spoken<'n, 'a> {
    /// Reads the tables of languages that are meant, by their codes and themselves.
    fn read(&self, is_meant: &dyn Fn(&str, Field<'n, 'a>) -> bool, draft: &mut Draft<'n, 'a>) {
        for act in &self.acts {
            for field in of_language(&act.languages, is_meant) {
                read_act(field, act.index, draft);
            }
        }
        for field in of_language(&self.address, is_meant) {
            read_address(field, draft);
        }
        for field in of_language(&self.register, is_meant) {
            cue_table(field, draft, Meaning::Register);
        }
        for (name, _, languages) in &self.intents {
            let Some((index, _)) = (0u8..).zip(INTENTS).find(|(_, intent)| intent == name) else { continue };
            for field in of_language(languages, is_meant) {
                cue_table(field, draft, |weight| Meaning::Intent(index, weight));
            }
        }
        for (index, (_, _, languages)) in (0u8..).zip(&self.signals) {
            for field in of_language(languages, is_meant) {
                read_signal(field, index, draft);
            }
        }
    }
}

/// A sheet, and where in the document its members and phrases stand.
struct Draft<'n, 'a> {
    sheet: Sheet<'n>,
    members: Vec<Field<'n, 'a>>,
    phrases: Vec<Field<'n, 'a>>,
}

impl<'n, 'a> Draft<'n, 'a> {
    fn new(language: &Arc<str>) -> Self {
        Draft { sheet: Sheet::new(Arc::clone(language)), members: Vec::new(), phrases: Vec::new() }
    }

    fn class(&mut self, name: &'n str, members: Field<'n, 'a>) {
        for member in members.array().into_iter().flatten() {
            if let Some(phrase) = member.string() {
                self.sheet.members.push(phrase);
                self.members.push(member);
            }
        }
        self.sheet.classes.push((name, self.members.len()));
    }

    fn hear(&mut self, phrase: &'n str, field: Field<'n, 'a>, meaning: Meaning) {
        self.sheet.phrases.push((phrase, meaning));
        self.phrases.push(field);
    }
}

impl Lexicons {
    /// Reads the lexicons of `languages` and compiles those whose scanner is not there already.
    pub(crate) fn read<'n, 'a>(
        sections: Sections<'n, 'a>,
        languages: &[Arc<str>],
        rule_phrases: &[RulePhrase<'n, 'a>],
        ready: Ready,
    ) -> Lexicons {
        let (mut lexicons, drafts) = Lexicons::gather(sections, languages, rule_phrases);
        lexicons.compile(drafts, ready);
        lexicons
    }

    /// A file of the scanners of `languages`, compiled ahead.
    #[cfg(test)]
    pub(crate) fn store<'n, 'a>(
        sections: Sections<'n, 'a>,
        languages: &[Arc<str>],
        rule_phrases: &[RulePhrase<'n, 'a>],
    ) -> Vec<u8> {
        let (lexicons, drafts) = Lexicons::gather(sections, languages, rule_phrases);
        let mut file = Vec::new();
        drafts.iter().for_each(|draft| draft.sheet.store(&lexicons.acts, &mut file));
        file
    }

    /// A probe for the phrases of these languages.
    pub(crate) fn probe<'n, 'a>(
        sections: Sections<'n, 'a>,
        languages: &[Arc<str>],
        rule_phrases: &[RulePhrase<'n, 'a>],
    ) -> Probe {
        let (lexicons, drafts) = Lexicons::gather(sections, languages, rule_phrases);
        let mut probe = Probe::default();
        for Draft { sheet, phrases, .. } in drafts {
            probe.add(&sheet, phrases.into_iter().map(Field::place).collect(), &lexicons.acts);
        }
        probe
    }

    /// All that the languages listen for, not yet compiled.
    fn gather<'n, 'a>(
        sections: Sections<'n, 'a>,
        languages: &[Arc<str>],
        rule_phrases: &[RulePhrase<'n, 'a>],
    ) -> (Lexicons, Vec<Draft<'n, 'a>>) {
        let mut facts: ByLanguage<'n, 'a> = by_language(sections.language);
        facts.truncate(MOST_KNOWN_LANGUAGES);
        let mut lexicons = Lexicons::default();
        let acts = read_acts(sections.acts, &facts, &mut lexicons.acts);
        let address = known(by_language(sections.address), &facts);
        let register = known(by_language(sections.register), &facts);
        let intents = named(sections.intents, &facts);
        for (name, field, _) in &intents {
            if !INTENTS.contains(name) {
                field.unknown_value(name, INTENTS);
            }
        }
        lexicons.intents = INTENTS.iter().map(|&name| Arc::from(name)).collect();
        let mut signals = named(sections.signals, &facts);
        for (_, field, _) in signals.drain(MOST_SIGNALS.min(signals.len())..) {
            field.error("too-many", format!("a policy has at most {MOST_SIGNALS} signals"));
        }
        lexicons.signals = signals.iter().map(|(name, ..)| Arc::from(*name)).collect();
        let spoken = Spoken { acts, address, register, intents, signals };
        let mut typical = IdentifierBuilder::default();
        let mut drafts = Vec::new();
        for language in languages {
            let code: &str = language;
            let mut draft = Draft::new(language);
            read_facts(language, &facts, &mut draft, &mut typical);
            spoken.read(&|of, _| of == code || of == EVERY_LANGUAGE, &mut draft);
            for phrase in rule_phrases.iter().filter(|phrase| phrase.language.is_none_or(|of| of == code)) {
                hear(phrase.phrase, &mut draft, Meaning::Rule(phrase.rule));
            }
            drafts.push(draft);
        }
        // What an author says of languages that the policy does not speak is read for its mistakes alone.
        for (code, field) in facts.iter().filter(|(code, _)| languages.iter().all(|own| **own != **code)) {
            let language = Arc::from(*code);
            let mut draft = Draft::new(&language);
            if is_own(*field) {
                read_facts(&language, &facts, &mut draft, &mut IdentifierBuilder::default());
            }
            spoken.read(&|of, field| of == *code && is_own(field), &mut draft);
        }
        lexicons.identifier = typical.build();
        (lexicons, drafts)
    }

    /// The number of a language, by its code.
    pub(crate) fn number(&self, code: &str) -> Option<usize> {
        self.languages.iter().position(|lexicon| lexicon.language.as_str() == code)
    }

    /// Compiles the lexicons and reports the phrases that cannot be read.
    fn compile(&mut self, drafts: Vec<Draft<'_, '_>>, ready: Ready) {
        // What stands under every language is told of once.
        let mut told = BTreeSet::new();
        let (sheets, places): (Vec<_>, Vec<_>) =
            drafts.into_iter().map(|draft| (draft.sheet, (draft.members, draft.phrases))).unzip();
        for (sheet, (members, phrases)) in sheets.iter().zip(places) {
            let (lexicon, faults) = sheet.compile(&self.acts, ready);
            for fault in faults {
                let (field, phrase) = match fault.part {
                    Part::Member(at) => (members.get(at), sheet.members.get(at)),
                    Part::Phrase(at) => (phrases.get(at), sheet.phrases.get(at).map(|(phrase, _)| phrase)),
                };
                if let (Some(field), Some(phrase)) = (field, phrase) {
                    if told.insert(field.place()) {
                        report_phrase(*field, phrase, &fault.error.problem, sheet);
                    }
                }
            }
            self.languages.push(lexicon);
        }
    }
}

/// Reports a phrase that cannot be read, with what helps.
fn report_phrase(field: Field<'_, '_>, phrase: &str, problem: &PhraseProblem, sheet: &Sheet<'_>) {
    const HELP: &str = "`svar explain phrases` tells how phrases are written";
    field.report_with(|| {
        let help = match problem {
            PhraseProblem::UnknownClass(name) => {
                let known = sheet.classes.iter().map(|(name, _)| *name);
                let known = known.chain(Kind::ALL.iter().map(|(name, _)| *name));
                let meant = field.mistakes().meant(name, known).unwrap_or_default();
                format!("{meant}; `[language.{}.classes]` defines others: `{name} = [\"…\"]`", sheet.language)
            }
            _ => HELP.to_owned(),
        };
        Diagnostic::error("phrase", format!("`{phrase}`: {problem}")).with_help(help)
    });
}

fn by_language<'n, 'a>(section: Option<TableReader<'n, 'a>>) -> ByLanguage<'n, 'a> {
    let entries = section.into_iter().flat_map(TableReader::entries);
    entries.map(|(entry, field)| (&*entry.key.text, field)).collect()
}

/// Reports languages that no `[language.…]` introduces.
fn known<'n, 'a>(entries: ByLanguage<'n, 'a>, facts: &ByLanguage<'n, 'a>) -> ByLanguage<'n, 'a> {
    for (code, field) in &entries {
        if *code != EVERY_LANGUAGE && !facts.iter().any(|(known, _)| known == code) {
            field.unknown_value(code, facts.iter().map(|(known, _)| *known));
        }
    }
    entries
}

type Named<'n, 'a> = Vec<(&'n str, Field<'n, 'a>, ByLanguage<'n, 'a>)>;

fn named<'n, 'a>(section: Option<TableReader<'n, 'a>>, facts: &ByLanguage<'n, 'a>) -> Named<'n, 'a> {
    let entries = by_language(section).into_iter();
    entries.map(|(name, field)| (name, field, known(by_language(field.table()), facts))).collect()
}

fn of_language<'n, 'a>(
    entries: &ByLanguage<'n, 'a>,
    is_meant: &dyn Fn(&str, Field<'n, 'a>) -> bool,
) -> impl Iterator<Item = Field<'n, 'a>> {
    entries.iter().filter(move |(of, field)| is_meant(of, *field)).map(|(_, field)| *field)
}

/// Whether something was written by an author, and does not ship with svar. What ships is tested in every language, and
/// need not be read again by those who speak one.
pub(crate) fn is_own(field: Field<'_, '_>) -> bool {
    let source = field.place().and_then(|place| field.mistakes().sources().get(place.source));
    source.is_some_and(|source| !source.is_built_in())
}

fn read_acts<'n, 'a>(
    section: Option<TableReader<'n, 'a>>,
    facts: &ByLanguage<'n, 'a>,
    acts: &mut Acts,
) -> Vec<Act<'n, 'a>> {
    let mut read = Vec::new();
    let section = by_language(section);
    let has_title = |field: &Field<'n, 'a>| {
        field.node().and_then(|node| node.as_table()).is_some_and(|table| table.get("title").is_some())
    };
    let titled: Vec<&str> =
        section.iter().filter(|(_, field)| has_title(field)).map(|(name, _)| *name).collect();
    for (name, field) in section {
        let Some(table) = field.table() else { continue };
        // An act of an author's own need not have a title, unless it looks like a slip. One too many is none at all.
        let is_new = has_title(&field) || read.len() == MOST_ACTS;
        let near = if is_new { None } else { nearest(name, titled.iter().copied()) };
        if let Some(near) = near {
            let message = format!("there is no act {}", quoted(name));
            let help = format!("did you mean {}? an act of your own says so with a `title`", quoted(near));
            field.report(Diagnostic::error("unknown-act", message).with_help(help));
        }
        let traits = ActTraits {
            title: table.get("title").string().unwrap_or_default().to_owned(),
            overlaps: table.get("overlaps").bool().unwrap_or(false),
            negatable: table.get("negatable").bool().unwrap_or(false),
            retractable: table.get("retractable").bool().unwrap_or(false),
            helps: table.get("helps").bool().unwrap_or(false),
        };
        // The emoji that go with it, and whether it may be said unasked, are for drafts to read.
        table.get("emoji").string_list();
        table.get("free").bool();
        let languages = table.rest().into_iter().map(|(entry, field)| (&*entry.key.text, field)).collect();
        let languages = known(languages, facts);
        match acts.add(name, traits) {
            Some(index) => read.push(Act { index, languages }),
            None => field.error("too-many", format!("a policy has at most {MOST_ACTS} acts")),
        }
    }
    read
}

fn read_act<'n, 'a>(field: Field<'n, 'a>, act: u8, draft: &mut Draft<'n, 'a>) {
    let Some(table) = field.table() else { return };
    phrases(table.get("hear"), draft, Meaning::Act(act));
    phrases(table.get("not"), draft, Meaning::NotAct(act));
    table.get("heard").string_list();
    table.get("unheard").string_list();
    // What says it is for drafts to read.
    table.get("say");
    table.finish();
}

fn read_address<'n, 'a>(field: Field<'n, 'a>, draft: &mut Draft<'n, 'a>) {
    let Some(table) = field.table() else { return };
    cue_table(table.get("formal"), draft, Meaning::Formal);
    cue_table(table.get("informal"), draft, Meaning::Informal);
    table.get("examples");
    table.finish();
}

fn read_signal<'n, 'a>(field: Field<'n, 'a>, signal: u8, draft: &mut Draft<'n, 'a>) {
    let Some(table) = field.table() else { return };
    table.get("heard").string_list();
    table.get("unheard").string_list();
    phrases(table.get("hear"), draft, Meaning::Signal(signal));
    phrases(table.get("not"), draft, Meaning::NotSignal(signal));
    table.finish();
}

/// Reads what is said of a language itself.
fn read_facts<'n, 'a>(
    language: &Arc<str>,
    facts: &ByLanguage<'n, 'a>,
    draft: &mut Draft<'n, 'a>,
    typical: &mut IdentifierBuilder,
) {
    let Some((_, field)) = facts.iter().find(|(known, _)| **known == **language) else { return };
    let Some(table) = field.table() else { return };
    table.get("name").string();
    table.get("examples").string_list();
    // How it writes and addresses people is for drafts to read.
    for key in ["format", "address", "mirror_address"] {
        table.get(key);
    }
    for abbreviation in table.get("abbreviations").string_list().unwrap_or_default() {
        draft.sheet.abbreviation(abbreviation);
    }
    for unit in table.get("units").string_list().unwrap_or_default() {
        draft.sheet.unit(unit);
    }
    for word in table.get("after_ordinal").string_list().unwrap_or_default() {
        draft.sheet.after_ordinal(word);
    }
    for word in table.get("salutations").string_list().unwrap_or_default() {
        draft.sheet.salutation(word);
    }
    phrases(table.get("but"), draft, Meaning::But);
    for word in table.get("negation").string_list().unwrap_or_default() {
        draft.sheet.negation(word);
    }
    for word in table.get("and").string_list().unwrap_or_default() {
        draft.sheet.and(word);
    }
    for (name, field) in by_language(table.get("classes").table()) {
        draft.class(name, field);
    }
    typical.language(LanguageId(Arc::clone(language)));
    for (word, field) in by_language(table.get("words").table()) {
        if let Some(weight) = weight(field) {
            typical.word(word, weight);
            // What speaks against a language is a word of another.
            if weight > 0 {
                draft.sheet.typical(word);
            }
        }
    }
    for (letter, field) in by_language(table.get("letters").table()) {
        let mut chars = letter.chars();
        match (chars.next(), chars.next(), weight(field)) {
            (Some(letter), None, Some(weight)) => typical.letter(letter, weight),
            (_, _, None) => {}
            _ => field.error("letter", format!("`{letter}` is not one letter")),
        }
    }
    table.finish();
}

/// A table of phrases and their weights; examples that stand among them are left to the tests.
fn cue_table<'n, 'a>(field: Field<'n, 'a>, draft: &mut Draft<'n, 'a>, meaning: impl Fn(Weight) -> Meaning) {
    for (phrase, field) in by_language(field.table()) {
        let examples = matches!(phrase, "heard" | "unheard" | "examples")
            && field.node().is_some_and(|node| matches!(node.value, Value::Array(_) | Value::Table(_)));
        if examples {
            continue;
        }
        if let Some(weight) = weight(field) {
            draft.hear(phrase, field, meaning(weight));
        }
    }
}

fn weight(field: Field<'_, '_>) -> Option<Weight> {
    field.number(-HEAVIEST..=HEAVIEST).map(|number| (number * 100.0).round() as Weight)
}

fn phrases<'n, 'a>(field: Field<'n, 'a>, draft: &mut Draft<'n, 'a>, meaning: Meaning) {
    for phrase in field.array().into_iter().flatten() {
        hear(phrase, draft, meaning);
    }
}

fn hear<'n, 'a>(field: Field<'n, 'a>, draft: &mut Draft<'n, 'a>, meaning: Meaning) {
    if let Some(phrase) = field.string() {
        draft.hear(phrase, field, meaning);
    }
}
