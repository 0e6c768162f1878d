//! Coverage: which parts of a policy its tests reach, counted from what really ran.
//!
//! Where each kind of place tells of itself: phrases to a probe that listens beside the scanner, rules and channels to
//! a watch beside the judge, templates and steps in the answers themselves. All of it is there only while somebody
//! wants to know.

mod survey;

pub(super) use survey::joined;

use std::collections::{BTreeSet, HashMap};

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::draft::Draft;
use crate::lexicon::Probe;
use crate::playbook::Next;
use crate::policy::{Law, PolicyBuilder, Scratch};
use crate::sla::clock::Clocks;
use crate::sla::health::HealthReport;
use crate::sla::surge::Surge;
use crate::source::{Diagnostics, Hop, Location, Place};

words! {
    /// What kind of part of a policy a place is.
    #[non_exhaustive]
    CoveredKind {
        /// A rule.
        Rule = "rule",
        /// A phrase of an act, a signal or a rule: an entry of a list.
        Phrase = "phrase",
        /// A phrase with a weight, which speaks for a form of address, a register or an intent.
        Cue = "cue",
        /// A template.
        Template = "template",
        /// A step of a playbook.
        Step = "step",
        /// A channel in one of the policy's languages.
        Channel = "channel",
        /// A ladder that somebody is told by.
        Ladder = "ladder",
        /// A level that a case can reach by spreading.
        Surge = "surge",
        /// A rule of a channel's health.
        Health = "health",
    }
}

impl CoveredKind {
    /// Whether such a place can pass, beside firing.
    pub const fn can_pass(self) -> bool {
        matches!(self, CoveredKind::Rule | CoveredKind::Channel | CoveredKind::Health)
    }
}

words! {
    /// How far a place is tested.
    CoverageState {
        /// It did all that it can.
        Tested = "tested",
        /// It passed, and never fired.
        NeverFired = "never-fired",
        /// It fired, and never passed.
        NeverPassed = "never-passed",
        /// It did nothing at all.
        NeverTested = "never-tested",
    }
}

/// A place of a policy, and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// What kind of part it is.
    pub kind: CoveredKind,
    /// The keys of the document by which one comes to it: `acts.apology.nb.hear`.
    pub path: String,
    /// What it is there: the phrase, the template, the name.
    pub name: String,
    /// Where it stands.
    pub location: Option<Location>,
    /// Whether a document of the author's has a part in it, and not only the packs that ship built in.
    pub own: bool,
    /// How often it fired.
    pub fired: u32,
    /// How often it passed.
    pub passed: u32,
}

impl Covered {
    /// How far it is tested.
    pub fn state(&self) -> CoverageState {
        match (self.fired > 0, self.passed > 0 || !self.kind.can_pass()) {
            (true, true) => CoverageState::Tested,
            (true, false) => CoverageState::NeverPassed,
            (false, _) if self.passed > 0 => CoverageState::NeverFired,
            (false, _) => CoverageState::NeverTested,
        }
    }
}

impl Serialize for Covered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut place = serializer.serialize_struct("Covered", 9)?;
        place.serialize_field("kind", self.kind.as_str())?;
        place.serialize_field("path", &self.path)?;
        place.serialize_field("name", &self.name)?;
        place.serialize_field("state", self.state().as_str())?;
        place.serialize_field("fired", &self.fired)?;
        place.serialize_field("passed", &self.passed)?;
        place.serialize_field("source", &self.location.as_ref().map(|at| at.source().name()))?;
        place.serialize_field("line", &self.location.as_ref().map(Location::line))?;
        place.serialize_field("column", &self.location.as_ref().map(Location::column))?;
        place.end()
    }
}

/// How many places there are, and how many of them are tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Tally {
    /// How many there are.
    pub places: usize,
    /// How many are tested.
    pub tested: usize,
    /// How many never fired.
    pub never_fired: usize,
    /// How many never passed.
    pub never_passed: usize,
    /// How many did nothing at all.
    pub never_tested: usize,
}

impl Tally {
    fn add(&mut self, state: CoverageState) {
        self.places += 1;
        let count = match state {
            CoverageState::Tested => &mut self.tested,
            CoverageState::NeverFired => &mut self.never_fired,
            CoverageState::NeverPassed => &mut self.never_passed,
            CoverageState::NeverTested => &mut self.never_tested,
        };
        *count += 1;
    }

    /// How many of a hundred places are tested, rounded down so that only all of them are a hundred. Where there is
    /// nothing to test, everything is tested.
    pub fn percent(&self) -> u8 {
        let percent = (self.tested * 100).checked_div(self.places).unwrap_or(100);
        u8::try_from(percent).unwrap_or(100)
    }
}

/// The places of a policy that tests can reach, and what they did so far.
///
/// ```
/// use svar::Policy;
/// use svar::testing::{Coverage, CoverageState, CoveredKind, Runner, Suite};
///
/// let builder = Policy::builder().layer("acme.toml", r#"
/// svar = 1
/// name = "acme"
/// extends = ["svar:care"]
/// languages = ["en"]
///
/// [rules."acme.no-jargon"]
/// forbid = { phrases = ["ticket number", "service desk"] }
/// bad = ["What is the <ticket number>?"]
/// "#);
/// let (policy, suite) = Suite::load(&builder)?;
/// let mut runner = Runner::covering(&policy, Coverage::of(&builder)?);
/// for item in suite.items() {
///     assert!(item.run(&mut runner).passes());
/// }
/// let coverage = runner.into_coverage().unwrap().own();
/// let untested: Vec<_> = coverage.untested().map(|place| (&*place.name, place.state())).collect();
/// assert_eq!(untested, [
///     ("acme.no-jargon", CoverageState::NeverPassed),
///     ("service desk", CoverageState::NeverTested),
/// ]);
/// assert_eq!(coverage.tally(CoveredKind::Phrase).percent(), 50);
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    places: Vec<Covered>,
    /// Who listens for the phrases; with the runner while it runs.
    probe: Box<Probe>,
    index: Index,
    /// The places that did something since this was asked last.
    touched: BTreeSet<usize>,
}

/// The numbers of places, by what a run tells of them.
#[derive(Clone, Debug, Default)]
struct Index {
    rules: HashMap<String, usize>,
    /// Phrases, cues and templates.
    written: HashMap<Place, usize>,
    /// By playbook and step.
    steps: HashMap<(String, String), usize>,
    /// By the numbers of channel and language.
    channels: HashMap<(usize, usize), usize>,
    ladders: HashMap<String, usize>,
    /// By level.
    surges: HashMap<String, usize>,
    /// By rule.
    health: HashMap<String, usize>,
}

impl Coverage {
    /// The places of the policy that these documents make. None has done anything yet.
    ///
    /// # Errors
    /// Every mistake in the documents.
    pub fn of(builder: &PolicyBuilder) -> Result<Coverage, Diagnostics> {
        survey::survey(builder)
    }

    /// Only what the author's own documents say, without what is only in the packs that ship built in. Nothing more is
    /// noted in it.
    #[must_use]
    pub fn own(mut self) -> Coverage {
        self.index = Index::default();
        self.places.retain(|place| place.own);
        self
    }

    /// All places: by kind, and in the order of the documents.
    pub fn places(&self) -> &[Covered] {
        &self.places
    }

    /// The places that are not, or not wholly, tested.
    pub fn untested(&self) -> impl Iterator<Item = &Covered> {
        self.places.iter().filter(|place| place.state() != CoverageState::Tested)
    }

    /// How many places of a kind are tested.
    pub fn tally(&self, kind: CoveredKind) -> Tally {
        self.count(|place| place.kind == kind)
    }

    /// How many places are tested, of all kinds together.
    pub fn total(&self) -> Tally {
        self.count(|_| true)
    }

    fn count(&self, wanted: impl Fn(&Covered) -> bool) -> Tally {
        let mut tally = Tally::default();
        self.places.iter().filter(|place| wanted(place)).for_each(|place| tally.add(place.state()));
        tally
    }

    /// Notes the templates that drafts said when the policy was held to its law.
    pub fn note_law(&mut self, law: &Law) {
        for template in &law.said {
            self.touch(self.index.written.get(template).copied(), true);
        }
    }

    /// Begins to listen.
    pub(super) fn begin(&mut self, scratch: &mut Scratch) {
        scratch.watch(std::mem::take(&mut self.probe));
    }

    /// Notes what was heard and judged since this was called last.
    pub(super) fn note(&mut self, scratch: &mut Scratch) {
        let Some((probe, watch)) = scratch.watched() else { return };
        for phrase in probe.take_heard() {
            self.touch(self.index.written.get(&phrase).copied(), true);
        }
        for (rule, fired) in watch.rules.drain(..) {
            self.touch(self.index.rules.get(rule.as_str()).copied(), fired);
        }
        for reply in watch.replies.drain(..) {
            let Some(language) = reply.language else { continue };
            let place =
                self.index.channels.get(&(usize::from(reply.channel), usize::from(language))).copied();
            if reply.found {
                self.touch(place, true);
            }
            if reply.passes {
                self.touch(place, false);
            }
        }
    }

    pub(super) fn note_step(&mut self, next: &Next) {
        let playbook = next.playbook.as_ref().map(|id| id.as_str().to_owned());
        self.touch_step(playbook.zip(next.step_id().map(str::to_owned)));
    }

    pub(super) fn note_draft(&mut self, draft: &Draft) {
        for template in &draft.templates {
            let place = template.location.as_ref().and_then(|at| self.index.written.get(&at.place()));
            self.touch(place.copied(), true);
        }
        self.touch_step(draft.playbook.clone().zip(draft.step.clone()));
    }

    pub(super) fn note_clocks(&mut self, clocks: &Clocks) {
        for level in clocks.escalations.iter().filter(|level| level.due) {
            self.touch(self.index.ladders.get(&*level.ladder).copied(), true);
        }
    }

    pub(super) fn note_surge(&mut self, surge: &Surge) {
        self.touch(self.index.surges.get(surge.level.as_str()).copied(), true);
    }

    /// A rule passes when an archive was looked at and it found nothing.
    pub(super) fn note_health(&mut self, report: &HealthReport) {
        let found = |rule: &str| report.of(rule).next().is_some();
        let all: Vec<_> = self.index.health.iter().map(|(rule, at)| (*at, found(rule))).collect();
        for (at, found) in all {
            self.touch(Some(at), found);
        }
    }

    /// The places that one comes to by a way through the documents, or that stand at a place: by their numbers.
    pub(super) fn near(&self, way: &[Hop], place: Place) -> BTreeSet<usize> {
        let keys: Vec<&str> = way.iter().map_while(Hop::as_key).collect();
        let named = |kind: CoveredKind, wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let places = self.places.iter().enumerate();
            places.filter(|(_, at)| at.kind == kind && wanted(&at.name)).map(|(at, _)| at).collect()
        };
        let mut near: BTreeSet<usize> = match *keys.as_slice() {
            ["rules", rule, ..] => self.index.rules.get(rule).copied().into_iter().collect(),
            ["playbooks", playbook, "steps", step, ..] => {
                self.index.steps.get(&(playbook.to_owned(), step.to_owned())).copied().into_iter().collect()
            }
            ["sla", "escalation", ladder, ..] => {
                self.index.ladders.get(ladder).copied().into_iter().collect()
            }
            ["sla", "surge", "levels", level, ..] => {
                self.index.surges.get(level).copied().into_iter().collect()
            }
            ["sla", "surge", ..] => self.index.surges.values().copied().collect(),
            ["sla", "health", ..] => self.index.health.values().copied().collect(),
            ["channels", channel, ..] => {
                let is_of = |name: &str| name.strip_prefix(channel).is_some_and(|rest| rest.starts_with(' '));
                named(CoveredKind::Channel, &is_of).into_iter().collect()
            }
            _ => BTreeSet::new(),
        };
        near.extend(self.index.written.get(&place));
        near
    }

    fn touch_step(&mut self, step: Option<(String, String)>) {
        let place = step.and_then(|step| self.index.steps.get(&step).copied());
        self.touch(place, true);
    }

    fn touch(&mut self, place: Option<usize>, fired: bool) {
        let Some(at) = place else { return };
        if let Some(place) = self.places.get_mut(at) {
            let count = if fired { &mut place.fired } else { &mut place.passed };
            *count = count.saturating_add(1);
            self.touched.insert(at);
        }
    }

    /// Stops to listen.
    pub(super) fn end(&mut self, scratch: &mut Scratch) {
        self.probe = scratch.unwatch().unwrap_or_default();
    }

    /// The places that did something since this was asked last, by their numbers.
    pub(super) fn take_touched(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.touched)
    }
}

impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Row {
            percent: u8,
            #[serde(flatten)]
            tally: Tally,
        }
        struct Kinds<'c>(&'c Coverage);
        impl Serialize for Kinds<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut kinds = serializer.serialize_map(Some(CoveredKind::ALL.len()))?;
                for kind in CoveredKind::ALL {
                    let tally = self.0.tally(kind);
                    kinds.serialize_entry(kind.as_str(), &Row { percent: tally.percent(), tally })?;
                }
                kinds.end()
            }
        }
        let tally = self.total();
        let mut whole = serializer.serialize_struct("Coverage", 3)?;
        whole.serialize_field("total", &Row { percent: tally.percent(), tally })?;
        whole.serialize_field("kinds", &Kinds(self))?;
        whole.serialize_field("untested", &self.untested().collect::<Vec<_>>())?;
        whole.end()
    }
}
