//! Everything there is to run, in the order of the documents.

use std::collections::{HashMap, VecDeque};

use super::example::{self, Example, Expectation, Section};
use super::names::Names;
use super::outcome::Outcome;
use super::pattern::Pattern;
use super::read_test::read_test;
use super::runner::Runner;
use super::test::Test;
use crate::policy::{Policy, PolicyBuilder, TESTS, check_version};
use crate::source::{
    Diagnostic, Diagnostics, Document, Entry, Field, Location, Mistakes, Node, Severity, Sources, Table,
    TableReader, nearest, quoted,
};

/// What makes an entry under `rules` a rule of its own, and not a change to another.
const KINDS: [&str; 5] = ["forbid", "require", "prefer", "limit", "order"];

/// One thing to run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Item {
    /// An example beside a rule, an act or another part of the policy.
    Example(Example),
    /// A test.
    Test(Test),
}

impl Item {
    /// What it is called; no two items of a suite are called the same.
    pub fn name(&self) -> &str {
        match self {
            Item::Example(example) => example.name(),
            Item::Test(test) => test.name(),
        }
    }

    /// Where it stands.
    pub fn location(&self) -> Option<&Location> {
        match self {
            Item::Example(example) => example.location(),
            Item::Test(test) => test.location(),
        }
    }

    /// Whether it is one of those that a filter asks for: a part of its name, or the whole name with `*` for anything.
    pub fn is_meant_by(&self, filter: &str) -> bool {
        let pattern = Pattern::new(filter);
        if pattern.is_exact() { self.name().contains(filter) } else { pattern.matches(self.name()) }
    }

    /// Runs it.
    pub fn run(&self, runner: &mut Runner<'_>) -> Outcome {
        match self {
            Item::Example(example) => {
                let failures = example.run_with(runner).err().map(|failure| *failure);
                let text = Some(example.text().to_owned());
                Outcome { failures: failures.into_iter().collect(), text }
            }
            Item::Test(test) => test.run(runner),
        }
    }
}

/// The examples and tests of a policy.
///
/// ```
/// use svar::testing::{Runner, Suite};
///
/// let builder = svar::Policy::builder().layer("acme.toml", r#"
///     svar = 1
///     name = "acme"
///     extends = ["svar:care"]
///     languages = ["en"]
///
///     [[tests]]
///     name = "nobody is blamed"
///     case = { channel = "facebook", language = "en", customer = "It broke again!" }
///     reply = "Hi Kim. You should <have read the terms>."
///     expect = { verdict = "fail", present = ["tone.blame"] }
/// "#);
/// let (policy, suite) = Suite::load(&builder)?;
/// let mut runner = Runner::new(&policy);
/// let test = suite.items().last().unwrap();
/// assert_eq!(test.name(), "tests/nobody is blamed");
/// // The span that is marked is not the one that is found.
/// let failures = test.run(&mut runner).failures;
/// assert!(failures[0].message().starts_with("expected a finding at `have read the terms`, found "));
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Suite {
    items: Vec<Item>,
    elsewhere: usize,
    rules: Vec<OwnRule>,
}

/// A rule that a document of the author's own defines.
#[derive(Clone, Debug)]
struct OwnRule {
    id: String,
    location: Option<Location>,
    /// Those of the policy's languages in which it looks for phrases of their own.
    languages: Vec<String>,
}

impl Suite {
    /// Builds a policy, and takes in all examples and tests that stand in its documents.
    ///
    /// # Errors
    /// Every mistake in the documents, those in the examples and tests included.
    pub fn load(builder: &PolicyBuilder) -> Result<(Policy, Suite), Diagnostics> {
        builder.build_and(|root, policy| Suite::read_from(builder, root, policy))
    }

    /// The examples and tests of a merged document.
    pub(crate) fn read_from(builder: &PolicyBuilder, root: &TableReader<'_, '_>, policy: &Policy) -> Suite {
        let languages: Vec<String> = policy.languages().iter().map(ToString::to_string).collect();
        let examples = example::read_examples(root, &languages);
        let mut suite = Suite { rules: own_rules(root, &languages), ..Suite::default() };
        suite.items.extend(examples.into_iter().map(Item::Example));
        let described = keys(root.table(), "language");
        let is_own = |at: &Location| builder.has_layer(at.source().name());
        suite.read(root.get(TESTS), &Names { policy, described: &described, is_own: &is_own });
        suite
    }

    /// Takes in the tests of a file that holds nothing else: `svar = 1`, and `[[tests]]`. `name` is what diagnostics
    /// call it, usually its path.
    ///
    /// # Errors
    /// Every mistake in the file; a file without a test is one. The suite is then as it was.
    pub fn add(&mut self, policy: &Policy, name: &str, text: &str) -> Result<(), Diagnostics> {
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, name.to_owned(), text)?;
        let mistakes = Mistakes::new(&sources);
        let reader = mistakes.table(&document.root, document.place());
        check_version(&reader);
        let tests = reader.get(TESTS);
        let mut all = self.clone();
        all.read(tests, &Names { policy, described: &[], is_own: &|_| true });
        reader.finish();
        if all.items.len() == self.items.len() && !mistakes.failed() {
            let help = "write `[[tests]]`, each with a `name`, a `case`, a `reply` and what to `expect`";
            let diagnostic = Diagnostic::error("no-tests", "there is no test in this file").with_help(help);
            mistakes.report(diagnostic.at(mistakes.locate(document.place())));
        }
        mistakes.finish()?;
        *self = all;
        Ok(())
    }

    /// What there is to run, in the order in which it is run: always the same.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The examples among the items.
    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.items.iter().filter_map(|item| match item {
            Item::Example(example) => Some(example),
            Item::Test(_) => None,
        })
    }

    /// The tests among the items.
    pub fn tests(&self) -> impl Iterator<Item = &Test> {
        self.items.iter().filter_map(|item| match item {
            Item::Test(test) => Some(test),
            Item::Example(_) => None,
        })
    }

    /// How many tests of documents further down are in languages that this policy does not speak, and are not run.
    pub fn elsewhere(&self) -> usize {
        self.elsewhere
    }

    /// The rules that the author's own documents define and that nothing shows broken: no example under `bad`, no test
    /// that expects them by their name. The same for each language in which a rule looks for phrases of their own;
    /// where its examples show it kept in one of these languages, they do so in all of them. Each is a warning with the
    /// place of the rule.
    pub fn untested_rules(&self, policy: &Policy) -> Vec<Diagnostic> {
        let mut untested = Vec::new();
        for rule in self.rules.iter().filter(|rule| policy.rule(&rule.id).is_some()) {
            let mut tell = |message: String, help: String| {
                let told = Diagnostic::new(Severity::Warning, "untested-rule", message);
                untested.push(told.at(rule.location.clone()).with_help(help));
            };
            let name = quoted(&rule.id);
            if !self.breaks(&rule.id, None) {
                let help = "give it `bad = [\"…\"]`, a reply that breaks it, and `good`, one that keeps it";
                tell(format!("no example and no test breaks the rule {name}"), help.to_owned());
                continue;
            }
            for language in rule.languages.iter().filter(|code| !self.breaks(&rule.id, Some(code))) {
                let message =
                    format!("no example and no test breaks the rule {name} in {}", quoted(language));
                tell(message, format!("give it `bad.{language} = [\"…\"]`, a reply that breaks it"));
            }
            let (kept, open): (Vec<_>, Vec<_>) = rule
                .languages
                .iter()
                .partition(|code| self.has_example(&rule.id, Expectation::NotFound, Some(code)));
            for language in open.into_iter().filter(|_| !kept.is_empty()) {
                let message = format!("no example keeps the rule {name} in {}", quoted(language));
                tell(message, format!("give it `good.{language} = [\"…\"]`, a reply that keeps it"));
            }
        }
        untested
    }

    /// The rules of the author's own that do not say why they are there.
    pub fn unexplained_rules(&self, policy: &Policy) -> Vec<Diagnostic> {
        let is_bare = |id: &str| policy.rule(id).is_some_and(|rule| rule.why().is_empty());
        let bare = self.rules.iter().filter(|rule| is_bare(&rule.id));
        let told = bare.map(|rule| {
            let message = format!("the rule {} does not say why it is there", quoted(&rule.id));
            Diagnostic::new(Severity::Advice, "no-why", message)
                .at(rule.location.clone())
                .with_help("write `why = \"…\"`: every finding carries it, for whoever has to mend the reply")
        });
        told.collect()
    }

    /// Whether anything shows a rule broken, in a language or in any.
    fn breaks(&self, rule: &str, language: Option<&str>) -> bool {
        let is_in = |test: &Test| match (language, &test.case().language) {
            (Some(wanted), Some(own)) => wanted == own,
            _ => true,
        };
        self.has_example(rule, Expectation::Found, language)
            || self.tests().any(|test| is_in(test) && test.breaks(rule))
    }

    fn has_example(&self, rule: &str, expectation: Expectation, language: Option<&str>) -> bool {
        self.examples().any(|example| {
            example.section() == Section::Rule
                && example.subject() == rule
                && example.expectation() == expectation
                && language.is_none_or(|code| example.language() == code)
        })
    }

    fn read(&mut self, list: Field<'_, '_>, names: &Names<'_>) {
        let mut known: HashMap<String, Option<Location>> =
            self.items.iter().map(|item| (item.name().to_owned(), item.location().cloned())).collect();
        for (name, field) in switched_on(list) {
            let Some(table) = field.table() else { continue };
            table.get("name");
            table.get("off");
            let read = read_test(name, table, field, names);
            self.elsewhere += read.elsewhere;
            let double = read.tests.iter().find_map(|test| known.get_key_value(&test.name));
            if let Some((double, first)) = double {
                let place = field.place().and_then(|place| field.mistakes().locate(place));
                let message =
                    format!("there is another test {}", quoted(double.trim_start_matches("tests/")));
                let diagnostic = Diagnostic::error("duplicate-test", message)
                    .at(place)
                    .with_related(first.clone(), "it stands here already")
                    .with_help("give each a name of its own; one of a document below is switched off with `off = true`");
                field.mistakes().report(diagnostic);
                continue;
            }
            known.extend(read.tests.iter().map(|test| (test.name.clone(), test.location.clone())));
            self.items.extend(read.tests.into_iter().map(Item::Test));
        }
    }
}

/// The tests that no document above switches off, in order.
fn switched_on<'n, 'a>(list: Field<'n, 'a>) -> Vec<(&'n str, Field<'n, 'a>)> {
    let mut live: Vec<Option<(&'n str, Field<'n, 'a>)>> = Vec::new();
    // Where those of each name stand, in order.
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for field in list.array().into_iter().flatten() {
        let Some(table) = field.table() else { continue };
        let name = table.need("name");
        let Some(written) = name.string() else { continue };
        let off = table.get("off").bool() == Some(true);
        let earlier = places.get(written).and_then(VecDeque::front).copied();
        match earlier {
            Some(at) if off => {
                live.get_mut(at).map(Option::take);
                places.entry(written).or_default().pop_front();
                table.finish();
            }
            None if off => {
                name.report_with(|| {
                    let message = format!("there is no test {} to switch off", quoted(written));
                    let near = nearest(written, live.iter().flatten().map(|(name, _)| *name));
                    let help = near.map_or_else(
                        || "a test is switched off by a document above the one it stands in".to_owned(),
                        |near| format!("did you mean {}?", quoted(near)),
                    );
                    Diagnostic::error("unknown-test", message).with_help(help)
                });
            }
            _ if written.trim().is_empty() || written.contains(char::is_control) => {
                let help = "a name is one line, by which the test is asked for and reported";
                let message = format!("{} is no name for a test", quoted(written));
                name.report(Diagnostic::error("test-name", message).with_help(help));
            }
            _ => {
                places.entry(written).or_default().push_back(live.len());
                live.push(Some((written, field)));
            }
        }
    }
    live.into_iter().flatten().collect()
}

fn keys<'t>(root: &'t Table<'_>, section: &str) -> Vec<&'t str> {
    entries(root, section).map(|entry| &*entry.key.text).collect()
}

fn entries<'t, 'a>(root: &'t Table<'a>, section: &str) -> impl Iterator<Item = &'t Entry<'a>> {
    root.get(section).and_then(Node::as_table).into_iter().flat_map(Table::iter)
}

/// The rules that documents of the author's own define. What is missing in those that ship with svar is no concern of
/// whoever extends them.
fn own_rules(root: &TableReader<'_, '_>, spoken: &[String]) -> Vec<OwnRule> {
    let mistakes = root.mistakes();
    let own = entries(root.table(), "rules").filter_map(|entry| {
        let table = entry.node.as_table()?;
        let kind = KINDS.iter().find_map(|kind| table.get(kind))?;
        let at = mistakes.locate(kind.place)?;
        let phrases = kind.as_table().and_then(|kind| kind.get("phrases")).and_then(Node::as_table);
        let listed = phrases.into_iter().flat_map(Table::iter).map(|entry| entry.key.text.to_string());
        let languages = listed.filter(|code| spoken.contains(code)).collect();
        let location = mistakes.locate(entry.key.place);
        (!at.source().is_built_in()).then(|| OwnRule { id: entry.key.text.to_string(), location, languages })
    });
    own.collect()
}
