//! Mutation: whether the tests of a policy would notice if it were weaker.
//!
//! A test that passes whatever the policy says protects nothing. So the author's documents are weakened one place at
//! a time – a rule, a phrase, a condition, a template, a step or a setting is left out, a limit is lifted by one, a
//! severity lowered – and all tests run against what is left. A change that some test notices is *killed*; one that
//! no test notices *survives*, and is a place where the policy could be broken and nobody would know.
//!
//! A mutant is built from the documents as they were read once, with those below the changed one laid over one another
//! beforehand. The tests that touched the place run first, so that most mutants cost one test.

mod weaken;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use thiserror::Error;

use super::coverage::Coverage;
use super::runner::Runner;
use super::suite::Suite;
use crate::policy::{Documents, Laid, PolicyBuilder};
use crate::source::{Diagnostics, Edit, Hop, Location, Mistakes, Place, Sources, Table, edited, only};

/// Why nothing can be learnt from weakening a policy.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum MutationError {
    /// The documents have mistakes.
    #[error(transparent)]
    Documents(#[from] Diagnostics),
    /// Tests fail as it is, those of these names.
    #[error("{} of the tests fail before anything is changed, the first is {}", .0.len(), .0.first().map_or("", String::as_str))]
    Failing(Vec<String>),
    /// There is no test.
    #[error("there is no test to notice anything")]
    NoTests,
}

/// A policy that is weaker in one place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mutant {
    /// What was changed, in words: ``without `max = 2` in channels.facebook.emoji``.
    pub change: String,
    /// The keys of the document that lead there.
    pub path: String,
    /// Where it stands.
    pub location: Option<Location>,
    /// The number of the document.
    document: usize,
    way: Vec<Hop>,
    edit: Edit,
    place: Place,
}

/// As a change in one place: `change`, `path`, `source`, `line`, `column`.
impl Serialize for Mutant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut mutant = serializer.serialize_struct("Mutant", 5)?;
        mutant.serialize_field("change", &self.change)?;
        mutant.serialize_field("path", &self.path)?;
        mutant.serialize_field("source", &self.location.as_ref().map(|at| at.source().name()))?;
        mutant.serialize_field("line", &self.location.as_ref().map(Location::line))?;
        mutant.serialize_field("column", &self.location.as_ref().map(Location::column))?;
        mutant.end()
    }
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// A test noticed, the one of this name.
    Killed(String),
    /// It is no policy any more: whoever builds it notices.
    Unbuilt,
    /// No test noticed.
    Survived,
}

/// What came of weakening a policy.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Mutations {
    /// How many changes some test noticed.
    pub killed: usize,
    /// How many the checker noticed: what was left was no policy.
    pub unbuilt: usize,
    /// The changes that no test noticed, in the order of the documents.
    pub survivors: Vec<Mutant>,
}

impl Mutations {
    /// Notes what became of a mutant.
    pub fn add(&mut self, mutant: &Mutant, fate: &Fate) {
        match fate {
            Fate::Killed(_) => self.killed += 1,
            Fate::Unbuilt => self.unbuilt += 1,
            Fate::Survived => self.survivors.push(mutant.clone()),
        }
    }
}

/// The ways to weaken a policy, and the tests that should notice.
///
/// ```
/// use svar::testing::{Fate, Mutation, Suite};
///
/// let builder = svar::Policy::builder().layer("acme.toml", r#"
/// svar = 1
/// name = "acme"
/// extends = ["svar:care"]
/// languages = ["en"]
///
/// [rules."acme.no-jargon"]
/// forbid = { phrases = ["ticket number", "service desk"] }
/// severity = "error"
/// bad = ["What is the <ticket number>?"]
/// "#);
/// let (_, suite) = Suite::load(&builder)?;
/// let mutation = Mutation::of(&builder, &suite)?;
/// let fates = mutation.mutants().iter().map(|mutant| (&*mutant.change, mutation.fate(mutant)));
/// let survived: Vec<_> = fates.filter(|(_, fate)| *fate == Fate::Survived).map(|(change, _)| change).collect();
/// assert_eq!(survived, [
///     "without `\"service desk\"` in rules.\"acme.no-jargon\".forbid.phrases",
///     "with `severity = \"warning\"` instead of `severity = \"error\"` in rules.\"acme.no-jargon\"",
/// ]);
/// # Ok::<(), svar::testing::MutationError>(())
/// ```
#[derive(Debug)]
pub struct Mutation<'b> {
    suite: &'b Suite,
    sources: Sources,
    documents: Vec<(Table<'b>, Place)>,
    /// What is below each document that is weakened.
    below: BTreeMap<usize, Laid<'b>>,
    mutants: Vec<Mutant>,
    coverage: Coverage,
    /// By the number of a test: the places that did something while it ran.
    touched: Vec<BTreeSet<usize>>,
}

impl<'b> Mutation<'b> {
    /// Every way to weaken the author's own documents, and not those that ship built in. The tests run once, to see
    /// that they pass and what each of them touches.
    ///
    /// # Errors
    /// Mistakes in the documents, tests that fail as it is, or no test at all.
    pub fn of(builder: &'b PolicyBuilder, suite: &'b Suite) -> Result<Self, MutationError> {
        Self::find(builder, suite, false)
    }

    /// The same, with the documents that ship built in.
    ///
    /// # Errors
    /// As [`of`](Mutation::of).
    pub fn of_all(builder: &'b PolicyBuilder, suite: &'b Suite) -> Result<Self, MutationError> {
        Self::find(builder, suite, true)
    }

    fn find(builder: &'b PolicyBuilder, suite: &'b Suite, all: bool) -> Result<Self, MutationError> {
        let (coverage, touched) = run(builder, suite)?;
        let Documents { sources, layers } = builder.documents()?;
        let roots: Vec<_> = layers.into_iter().map(|layer| (layer.table, layer.place)).collect();
        let mut mutation = Mutation {
            suite,
            sources,
            documents: roots,
            below: BTreeMap::new(),
            mutants: Vec::new(),
            coverage,
            touched,
        };
        let mut laid = Laid::default();
        for number in 0..mutation.documents.len() {
            laid = mutation.weaken(builder, number, laid, all);
        }
        Ok(mutation)
    }

    /// Adds the ways to weaken a document that change anything. Gives what is `below` it, with it on top.
    fn weaken(&mut self, builder: &PolicyBuilder, number: usize, below: Laid<'b>, all: bool) -> Laid<'b> {
        let mistakes = Mistakes::new(&self.sources);
        let Some((root, at)) = self.documents.get(number) else { return below };
        if !all && !builder.is_own(self.sources.name(at.source)) {
            return below.over(root.clone(), *at, &mistakes);
        }
        self.below.insert(number, below.clone());
        let mutants = weaken::weaken(root, &self.sources).into_iter().map(|change| Mutant {
            location: self.sources.locate(change.place),
            change: change.says,
            path: change.path,
            document: number,
            way: change.way,
            edit: change.edit,
            place: change.place,
        });
        let mut originals = HashMap::new();
        let effective: Vec<_> =
            mutants.filter(|mutant| self.changes_anything(mutant, &mut originals)).collect();
        let laid = below.over(root.clone(), *at, &mistakes);
        self.mutants.extend(effective);
        laid
    }

    /// Whether anything is different once all documents are laid over one another. Only the section is looked at in
    /// which the change is.
    fn changes_anything(&self, mutant: &Mutant, originals: &mut HashMap<String, Table<'b>>) -> bool {
        let Some(Hop::Key(section)) = mutant.way.first() else { return false };
        let as_it_is = originals
            .entry(section.clone())
            .or_insert_with(|| self.stack(mutant, |root, _| only(root, section)).root);
        let weaker = self.stack(mutant, |root, is_weaker| {
            let root = only(root, section);
            if is_weaker { edited(root, &mutant.way, &mutant.edit) } else { root }
        });
        match (as_it_is.get(section), weaker.root.get(section)) {
            (Some(one), Some(other)) => !one.value.same(&other.value),
            (one, other) => one.is_some() != other.is_some(),
        }
    }

    /// Lays over one another what `part` makes of each document; it is told which of them the mutant weakens.
    fn stack(&self, mutant: &Mutant, part: impl Fn(&Table<'b>, bool) -> Table<'b>) -> Laid<'b> {
        let mistakes = Mistakes::new(&self.sources);
        let below = self.below.get(&mutant.document).map(|laid| laid.with_root(part(&laid.root, false)));
        let documents = self.documents.iter().enumerate().skip(mutant.document);
        documents.fold(below.unwrap_or_default(), |laid, (number, (root, at))| {
            laid.over(part(root, number == mutant.document), *at, &mistakes)
        })
    }

    /// The ways to weaken it, in the order of the documents.
    pub fn mutants(&self) -> &[Mutant] {
        &self.mutants
    }

    /// So many of them at the most, spread evenly over the documents; always the same.
    pub fn sample(&self, most: usize) -> Vec<&Mutant> {
        let all = self.mutants.len().max(1);
        let most = most.min(all);
        let chosen = self.mutants.iter().enumerate();
        chosen.filter(|(at, _)| at * most / all != (at + 1) * most / all).map(|(_, mutant)| mutant).collect()
    }

    /// What becomes of a mutant: the tests that touched what it changes run first, and the first that fails settles it.
    pub fn fate(&self, mutant: &Mutant) -> Fate {
        let laid = self.stack(mutant, |root, is_weaker| {
            if is_weaker { edited(root.clone(), &mutant.way, &mutant.edit) } else { root.clone() }
        });
        let Ok((policy, ())) = laid.build(Mistakes::new(&self.sources), false, |_, _| ()) else {
            return Fate::Unbuilt;
        };
        let mut runner = Runner::new(&policy);
        let places = self.coverage.near(&mutant.way, mutant.place);
        let tests = self.suite.items().iter().zip(&self.touched);
        let (near, far): (Vec<_>, Vec<_>) = tests.partition(|(_, touched)| !touched.is_disjoint(&places));
        let mut tests = near.into_iter().chain(far).map(|(item, _)| item);
        match tests.find(|item| !item.run(&mut runner).passes()) {
            Some(item) => Fate::Killed(item.name().to_owned()),
            None => Fate::Survived,
        }
    }
}

/// Runs the tests against the policy as it is, and notes what each of them touches.
fn run(builder: &PolicyBuilder, suite: &Suite) -> Result<(Coverage, Vec<BTreeSet<usize>>), MutationError> {
    let policy = builder.build()?;
    let mut runner = Runner::covering(&policy, Coverage::of(builder)?);
    let (mut touched, mut failing) = (Vec::new(), Vec::new());
    for item in suite.items() {
        if !item.run(&mut runner).passes() {
            failing.push(item.name().to_owned());
        }
        touched.push(runner.take_touched());
    }
    match runner.into_coverage() {
        _ if !failing.is_empty() => Err(MutationError::Failing(failing)),
        Some(coverage) if !touched.is_empty() => Ok((coverage, touched)),
        _ => Err(MutationError::NoTests),
    }
}
