//! A policy: the whole document, compiled, and the questions it answers.
//!
//! # The document
//!
//! TOML, or JSON with the same keys. Whatever is wrong is reported at once, each mistake with its place.
//!
//! | key | what stands there |
//! |---|---|
//! | `svar` | the format version, [`FORMAT_VERSION`] |
//! | `name`, `version`, `description` | echoed in every report |
//! | `extends` | packs below this document; `svar:care` is the whole of what ships built in |
//! | `languages` | the languages the policy speaks; all that its documents know, where it is left out |
//! | `[brand]` | `name`, `domains`, `contact = { email, phone, more = [] }`, `mailboxes`: contacts that may stand in public, each what a reader takes for one; `private_hosts`: where private people have theirs |
//! | `[links]` | `hosts` a reply may link to (any, where empty), `shorteners` |
//! | `[emoji]` | `allow = []`, and `ambiguous`, a table of emoji and the reason each is misread |
//! | `[references]` | `patterns = []`: what the company's own order and customer numbers look like |
//! | `[calendars.ID]`, `[rotas.ID]`, `[holidays.ID]` | when the team is open and who is on call, see [`time`](crate::time) |
//! | `[channels.ID]` | a channel, see [`channel`](crate::channel) |
//! | `[language.XX]` | a language: `abbreviations`, `after_ordinal`, `but`, `negation`, `classes`, typical `words` and `letters`, `format`, `address` |
//! | `[acts.ID]` | an act: `title`, `overlaps`, `negatable`, `retractable`, `free` to be said unasked, `emoji` that go with it |
//! | `[acts.ID.XX]` | what it sounds like: `hear`, `not`; and what says it: `say`, see [`draft`](crate::draft) |
//! | `[slots.ID]`, `[draft]`, `[canned.ID]` | what drafts are made of, see [`draft`](crate::draft) |
//! | `[address.XX]` | cue tables `formal` and `informal` |
//! | `[register.XX]` | a cue table, positive weights formal, negative informal |
//! | `[intents.ID.XX]` | a cue table for `complaint`, `question`, `booking`, `praise`, `spam`, `abuse` |
//! | `[signals.ID.XX]` | `hear` and `not`: urgency, threats, or signals of the policy's own |
//! | `[rules."ID"]` | a rule, see [`rule`](crate::rule) |
//! | `[sla]` | what is promised by when, see [`sla::clock`](crate::sla::clock) |
//! | `[sla.expectation.ID]`, `[sla.surge]`, `[sla.health]` | see [`sla::expectation`](crate::sla::expectation), [`sla::surge`](crate::sla::surge), [`sla::health`](crate::sla::health) |
//! | `[playbooks.ID]` | what a kind of case goes through, see [`playbook`](crate::playbook) |
//! | `[remedies.ID]` | what makes good what was lost, see [`playbook`](crate::playbook) |
//! | `[authority.ROLE]` | who may grant how much, likewise |
//! | `[[tests]]` | cases, replies and what is expected of them, see [`testing`](crate::testing) |
//!
//! `XX` is the code of a language, or `"*"` for every language. A cue table is a table of phrases and their weights;
//! weights sum up, and what they speak for is heard from 1.0 on. Phrases are written in the
//! [phrase notation](crate::text::phrase).
//!
//! # Layers
//!
//! A document wins over those it extends, key by key. A list replaces the list below it, unless it begins with `"+"`
//! (the rest is added) or `"-"` (the rest is taken out):
//!
//! ```
//! let policy = svar::Policy::from_toml(r#"
//!     svar = 1
//!     name = "acme"
//!     extends = ["svar:care"]
//!     languages = ["en"]
//!     [acts.apology.en]
//!     hear = ["+", "our bad"]
//!     [rules."tone.blame"]
//!     severity = "warning"
//! "#)?;
//! assert!(policy.read("Our bad, Sam.", Some("en")).unwrap().hears("apology"));
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! A rule is switched off by its name, `[rules."tone.slang"] off = true`; a name that no rule has is a mistake.
//! [`PolicyBuilder::layers`] tells where each value comes from, and what it replaced.
//!
//! `[[tests]]` replace nothing: the tests of all documents are kept.
//!
//! A condition is a table like any other: what a layer writes into the `when` of a rule, a target or a step comes *on
//! top of* what stands there, and a key that stands there already is replaced.
//! `when = { not = { channel = "tiktok" } }` over `{ first_reply = true }` asks for both; over
//! `{ not = { intent = "praise" } }` it makes one `not` of the two, which excludes praise on TikTok only. Where both
//! are meant, write `any = [{ not = { channel = "tiktok" } }]`.

mod builder;
mod case_error;
mod clocks;
mod codes;
mod command_codes;
mod company;
mod compile;
mod compiled_packs;
mod content;
mod counting;
mod draft;
mod draft_codes;
mod draft_error;
mod drafting;
mod events;
mod health;
mod law;
mod layers;
mod lint;
mod next;
mod plan;
mod read;
pub(crate) mod schema;
mod shout;
mod signed;
mod test_codes;
mod validate;

use std::fmt;
use std::sync::Arc;

use regex::Regex;

pub use crate::rule::Rule;
pub(crate) use builder::{Documents, Laid, check_version};
pub use builder::{FORMAT_VERSION, MOST_DOCUMENTS, PolicyBuilder, beside};
pub use case_error::{CaseError, TextTooLong, UnknownName};
pub use clocks::ClockError;
pub use codes::{EXAMPLE_CODE, POLICY_CODES, REQUEST_CODES, codes};
pub use command_codes::COMMAND_CODES;
pub use compile::MOST_LANGUAGES;
pub(crate) use compile::TESTS;
pub use counting::MOST_HEARD;
pub use draft::DraftOptions;
pub use draft_codes::{DRAFT_CODES, LAW_CODES, TEMPLATE_CODES};
pub use draft_error::{
    BadValue, BadValues, DraftError, DraftTooLong, MissingSlot, MissingSlots, NoPair, NoTemplate,
    NothingToSay, Rejected, UnknownSaying,
};
pub use health::Health;
pub(crate) use health::Surveyed;
pub use law::Law;
pub use layers::{Change, Layers, Setting, Written};
pub use lint::LINT_CODES;
pub use test_codes::{NO_TESTS_CODE, TEST_CODE, TEST_CODES, UNTESTED_CODE};
pub use validate::Conversation;

use crate::Span;
use crate::case::Case;
use crate::channel::Channel;
use crate::draft::{Sayings, Template};
use crate::lexicon::{ActId, ActSet, HearScratch, IdentifyScratch, LanguageId, Lexicons, Probe, Reading};
use crate::packs;
use crate::playbook::{Authority, Plans, Playbooks, Timing, Turn};
use crate::rule::{Brand, DETECTORS, JudgeScratch, LinkPolicy, PolicyLabel, Report, Rules, Watch};
use crate::sla::Sla;
use crate::source::{Diagnostic, Diagnostics, Location, TableReader};
use crate::text::token::Tokens;
use crate::text::{EmojiSet, Marks};
use crate::time::{Calendar, Holiday, Holidays, Now, Rota, Zones, read_calendar};

/// The longest text that is read, in bytes. Longer than any channel carries, and short enough that nothing a stranger
/// sends can cost much.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// A compiled policy: immutable, `Send` and `Sync`, cheap to clone. One serves a whole program.
#[derive(Clone)]
pub struct Policy(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    label: PolicyLabel,
    languages: Vec<LanguageId>,
    channels: Vec<Channel>,
    /// The emoji a channel allows, where it has a set of its own.
    channel_emoji: Vec<Option<EmojiSet>>,
    /// Where each channel says how much it carries.
    channel_limits: Vec<Option<Location>>,
    emoji_allowed: EmojiSet,
    emoji_ambiguous: EmojiSet,
    links: LinkPolicy,
    brand: Brand,
    references: Vec<Regex>,
    calendars: Vec<(String, Option<Calendar>)>,
    rotas: Vec<(String, Option<Rota>)>,
    holidays: Holidays,
    lexicons: Lexicons,
    rules: Rules,
    playbooks: Playbooks,
    remedies: Plans,
    authority: Authority,
    sayings: Sayings,
    courtesies: ActSet,
    sla: Sla,
    warnings: Vec<Diagnostic>,
}

/// Memory that reading and judging work in. Keep one for each thread and hand it to every call: a check of a reply
/// without findings then allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    read: ReadScratch,
    judge: JudgeScratch,
    reply: Reading,
    customer: Listened,
    /// Messages before the last.
    earlier: Reading,
    turns: Vec<Turn>,
    /// Signals, as bits, that are taken for heard: the law tries what they lead to without words that say them.
    presumed_signals: u64,
}

/// What was heard in the customer's last message.
#[derive(Clone, Debug, Default)]
struct Listened {
    reading: Reading,
    /// The phrases of rules and canned replies that stand in it, by number.
    hits: Vec<(u32, Span)>,
}

/// Memory that reading works in.
#[derive(Clone, Debug, Default)]
struct ReadScratch {
    tokens: Tokens,
    marks: Marks,
    emoji: Vec<Span>,
    hear: HearScratch,
    identify: IdentifyScratch,
}

impl Scratch {
    /// From now on every phrase that is heard is told to the probe, and every rule that is asked is noted.
    pub(crate) fn watch(&mut self, probe: Box<Probe>) {
        self.read.hear.probe = Some(probe);
        self.judge.watch = Some(Box::default());
    }

    /// What was heard and judged, if somebody wants to know.
    pub(crate) fn watched(&mut self) -> Option<(&mut Probe, &mut Watch)> {
        Some((self.read.hear.probe.as_mut()?, self.judge.watch.as_mut()?))
    }

    /// From now on nobody wants to know.
    pub(crate) fn unwatch(&mut self) -> Option<Box<Probe>> {
        self.judge.watch = None;
        self.read.hear.probe.take()
    }
}

/// The documents of the built-in policy with all their examples: what `svar check` runs and `svar explain` quotes.
pub fn builtin_with_examples() -> PolicyBuilder {
    let names: Vec<String> = packs::EXAMPLES.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let name = packs::BUILTIN.0;
    let examples = format!("svar = 1\nname = \"{name}\"\nextends = [{}]\n", names.join(", "));
    PolicyBuilder::builtin().layer(packs::ALL_EXAMPLES, examples)
}

/// The packs that ship with svar: name and text, as a policy author would write them.
pub fn built_in_packs() -> impl Iterator<Item = (&'static str, &'static str)> {
    packs::BUILT_IN.iter().chain(packs::EXAMPLES).copied()
}

/// Names it, for to print it would fill a book.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { label, languages, channels, .. } = &*self.0;
        f.debug_struct("Policy")
            .field("name", &label.name)
            .field("version", &label.version)
            .field("languages", languages)
            .field("channels", &channels.len())
            .field("rules", &self.rules().count())
            .finish_non_exhaustive()
    }
}

impl Policy {
    /// The policy that ships with svar: care in six languages, for every channel.
    ///
    /// Loading takes some milliseconds; do it once.
    pub fn builtin() -> Policy {
        let built = PolicyBuilder::builtin().build();
        #[expect(
            clippy::expect_used,
            reason = "no input reaches the built-in documents; the tests load them"
        )]
        built.expect("the built-in policy is without mistakes")
    }

    /// Reads a policy from one TOML (or JSON) document. What it extends must be built in; see [`Policy::builder`] for
    /// documents of several layers.
    ///
    /// # Errors
    /// Every mistake in the document, each with its place.
    pub fn from_toml(text: &str) -> Result<Policy, Diagnostics> {
        PolicyBuilder::default().layer("policy", text).build()
    }

    /// Starts to put a policy together from layers.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// The policy's name.
    pub fn name(&self) -> &str {
        &self.0.label.name
    }

    /// The policy's version; empty where it gives none.
    pub fn version(&self) -> &str {
        &self.0.label.version
    }

    /// The languages the policy speaks.
    pub fn languages(&self) -> &[LanguageId] {
        &self.0.languages
    }

    /// The channels the policy knows.
    pub fn channels(&self) -> &[Channel] {
        &self.0.channels
    }

    /// A calendar by its name.
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars().find(|(name, _)| *name == id).map(|(_, calendar)| calendar)
    }

    /// The calendars of the policy and their names, in the order of the documents.
    pub fn calendars(&self) -> impl Iterator<Item = (&str, &Calendar)> + Clone {
        self.0.calendars.iter().filter_map(|(name, calendar)| Some((name.as_str(), calendar.as_ref()?)))
    }

    /// A rota by its name.
    pub fn rota(&self, id: &str) -> Option<&Rota> {
        self.rotas().find(|(name, _)| *name == id).map(|(_, rota)| rota)
    }

    /// The rotas of the policy and their names, in the order of the documents.
    pub fn rotas(&self) -> impl Iterator<Item = (&str, &Rota)> + Clone {
        self.0.rotas.iter().filter_map(|(name, rota)| Some((name.as_str(), rota.as_ref()?)))
    }

    /// The public holidays of a region in a year, in order. `None` if the policy does not know the region, or the year
    /// is not one from 2000 to 2100.
    pub fn holidays(&self, region: &str, year: i32) -> Option<Vec<Holiday>> {
        self.0.holidays.in_year(region, year)
    }

    /// The regions whose holidays the policy knows: id and name.
    pub fn regions(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.0.holidays.regions()
    }

    /// Reads a calendar that stands in a request; it may name the policy's regions.
    pub(crate) fn read_calendar(&self, table: TableReader<'_, '_>) -> Option<Calendar> {
        read_calendar(table, &self.0.holidays, &mut Zones::default())
    }

    /// What is doubtful in the documents, though no error. Contradictions and dead wood take longer to find, and are
    /// told by [`check`](crate::testing::check).
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.0.warnings
    }

    /// The rules, in the order of the documents.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.0.rules.iter()
    }

    /// The templates, in a fixed order.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        self.0.sayings.templates().into_iter().map(|(_, _, template)| template)
    }

    /// A rule by its name.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.0.rules.get(id)
    }

    /// The acts the policy hears: name and one line for people.
    pub fn acts(&self) -> impl Iterator<Item = (&ActId, &str)> {
        self.0.lexicons.acts.iter().map(|(id, traits)| (id, traits.title.as_str()))
    }

    /// The detectors a rule can name: name and one line for people.
    pub fn detectors() -> impl Iterator<Item = (&'static str, &'static str)> {
        DETECTORS.iter().map(|detector| (detector.name, detector.title))
    }

    /// The company's name, if the policy gives it.
    pub fn brand(&self) -> Option<&str> {
        self.0.brand.name.as_deref()
    }

    /// Hears one text. `language` is the code of its language, if that is known, or a tag such as `en-GB`; it must be
    /// one of the policy's.
    ///
    /// # Errors
    /// An unknown language, or a text of more than [`LONGEST_TEXT`] bytes.
    pub fn read(&self, text: &str, language: Option<&str>) -> Result<Reading, CaseError> {
        let mut reading = Reading::default();
        self.read_into(text, language, &mut Scratch::default(), &mut reading)?;
        Ok(reading)
    }

    /// [`read`](Policy::read) with memory to reuse.
    ///
    /// # Errors
    /// As [`read`](Policy::read).
    pub fn read_into(
        &self,
        text: &str,
        language: Option<&str>,
        scratch: &mut Scratch,
        reading: &mut Reading,
    ) -> Result<(), CaseError> {
        case_error::check_length(case_error::Text::Alone, text)?;
        let language = language.map(|tag| self.0.find_language(tag)).transpose()?;
        let code = language.and_then(|language| self.0.code(language));
        read::read(&self.0, text, code, read::Aim::Everything, &mut scratch.read, reading);
        Ok(())
    }

    /// May this reply be published? `now` matters to messaging windows, opening hours and deadlines; without it nothing
    /// is said of them.
    ///
    /// # Errors
    /// A case that does not fit the policy, or a text that is too long.
    ///
    /// ```
    /// use svar::{Case, Message, Policy};
    ///
    /// let policy = Policy::builtin();
    /// let mut case = Case::new("facebook");
    /// case.messages.push(Message::customer("Hei, dette er tredje gang nettet er nede!!"));
    ///
    /// let report = policy.validate(&case, "Det er din egen feil.", None)?;
    /// assert!(!report.passes());
    /// assert!(report.of("tone.blame").next().is_some());
    /// # Ok::<(), svar::policy::CaseError>(())
    /// ```
    pub fn validate(&self, case: &Case, reply: &str, now: impl Into<Now>) -> Result<Report, CaseError> {
        self.validate_with(case, reply, now, &mut Scratch::default())
    }

    /// [`validate`](Policy::validate) with memory to reuse.
    ///
    /// # Errors
    /// As [`validate`](Policy::validate).
    pub fn validate_with(
        &self,
        case: &Case,
        reply: &str,
        now: impl Into<Now>,
        scratch: &mut Scratch,
    ) -> Result<Report, CaseError> {
        let conversation = self.open(case, now, scratch)?;
        let report = conversation.validate(reply, scratch);
        conversation.close(scratch);
        report
    }

    /// Opens a conversation: looks up what the case names and hears the customer's last message, once, for any number
    /// of replies to be judged, with this scratch or another.
    ///
    /// # Errors
    /// A case that does not fit the policy.
    pub fn open<'a>(
        &'a self,
        case: &'a Case,
        now: impl Into<Now>,
        scratch: &mut Scratch,
    ) -> Result<Conversation<'a>, CaseError> {
        let now = now.into();
        self.open_at(case, now, &self.timing(case, now), scratch)
    }

    /// [`open`](Policy::open) with what is known of opening hours and clocks.
    ///
    /// # Errors
    /// As [`open`](Policy::open).
    pub fn open_at<'a>(
        &'a self,
        case: &'a Case,
        now: impl Into<Now>,
        timing: &Timing,
        scratch: &mut Scratch,
    ) -> Result<Conversation<'a>, CaseError> {
        Conversation::open(&self.0, case, now.into().get(), timing, scratch)
    }

    /// The same with what is doubtful in its documents. Whoever keeps a clone from before keeps one without.
    pub(crate) fn with_warnings(mut self, warnings: Vec<Diagnostic>) -> Policy {
        if !warnings.is_empty() {
            Arc::make_mut(&mut self.0).warnings = warnings;
        }
        self
    }
}
