//! Examples: read from the documents, and run.

use super::marked::Marked;
use super::runner::Runner;
use crate::case::{Case, instant};
use crate::lexicon::EVERY_LANGUAGE;
use crate::policy::{CaseError, Policy};
use crate::source::{Diagnostic, Field, Location, Node, Severity, Table, TableReader, Value, quoted};
use chrono::{DateTime, FixedOffset};

/// Which part of a document an example belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// An act.
    Act,
    /// An intent of a customer's message.
    Intent,
    /// A signal.
    Signal,
    /// A form of address.
    Address,
    /// A register.
    Register,
    /// A language.
    Language,
    /// A rule.
    Rule,
}

/// What an example expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// Heard, or found by the rule.
    Found,
    /// Not heard, or fine by the rule.
    NotFound,
}

/// One example of a policy.
#[derive(Clone, Debug)]
pub struct Example {
    name: String,
    section: Section,
    subject: String,
    expectation: Expectation,
    language: String,
    marked: Marked,
    /// The text as the rule corrects it, where the author says so.
    fixed: Option<String>,
    case: Option<Case>,
    now: Option<DateTime<FixedOffset>>,
    location: Option<Location>,
}

impl Example {
    /// What it is called: `rules/tone.blame/en/bad/2` is the second of a list.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The part of the document it stands in.
    pub fn section(&self) -> Section {
        self.section
    }

    /// The name of the act, intent, signal, form, register, language or rule.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether it must be found.
    pub fn expectation(&self) -> Expectation {
        self.expectation
    }

    /// The language of the text, `*` where it holds for all.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The text, without marks.
    pub fn text(&self) -> &str {
        &self.marked.text
    }

    /// Where it stands.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// Runs the example alone; [`run_with`](Example::run_with) is for many.
    ///
    /// # Errors
    /// What turned out differently, with the place of the example.
    pub fn run(&self, policy: &Policy) -> Result<(), Box<Diagnostic>> {
        self.run_with(&mut Runner::new(policy))
    }

    /// Runs the example.
    ///
    /// # Errors
    /// What turned out differently, with the place of the example.
    pub fn run_with(&self, runner: &mut Runner<'_>) -> Result<(), Box<Diagnostic>> {
        let outcome =
            if self.section == Section::Rule { self.run_rule(runner) } else { self.run_reading(runner) };
        let what = match outcome {
            Ok(None) => return Ok(()),
            Ok(Some(what)) => what,
            Err(error) => error.to_string(),
        };
        let section = format!("{:?}", self.section).to_lowercase();
        let message = format!("{section} {} in `{}`: {what}", quoted(&self.subject), self.language);
        let diagnostic = Diagnostic::error("example", message).at(self.location.clone());
        Err(Box::new(diagnostic.with_help(format!("the example is {}", quoted(&self.marked.text)))))
    }

    /// The language to hear it in; what holds for all languages is heard in the policy's first.
    fn hearing<'a>(&'a self, policy: &'a Policy) -> Option<&'a str> {
        if self.language == EVERY_LANGUAGE {
            policy.languages().first().map(|language| language.as_str())
        } else {
            Some(&self.language)
        }
    }

    fn run_reading(&self, runner: &mut Runner<'_>) -> Result<Option<String>, CaseError> {
        let text = &self.marked.text;
        let language = self.hearing(runner.policy()).filter(|_| self.section != Section::Language);
        let reading = runner.read(text, language)?;
        let (found, spans) = match self.section {
            Section::Act => {
                let heard = reading.acts.iter().filter(|heard| heard.act == *self.subject);
                let own = heard.clone().any(|heard| !heard.quoted && heard.taken_back.is_none());
                (own, heard.map(|heard| heard.span).collect())
            }
            Section::Signal => {
                let heard = reading.signals.iter().filter(|heard| *heard.signal == *self.subject);
                let spans: Vec<_> = heard.map(|heard| heard.span).collect();
                (!spans.is_empty(), spans)
            }
            Section::Intent => (reading.intent.kind() == self.subject, Vec::new()),
            Section::Address => {
                (format!("{:?}", reading.address.form).eq_ignore_ascii_case(&self.subject), Vec::new())
            }
            Section::Register => {
                (format!("{:?}", reading.register.label).eq_ignore_ascii_case(&self.subject), Vec::new())
            }
            Section::Language => (
                reading.language.as_ref().is_some_and(|language| language.as_str() == self.subject),
                Vec::new(),
            ),
            Section::Rule => (false, Vec::new()),
        };
        let wanted = self.expectation == Expectation::Found;
        if found != wanted {
            let got = match self.section {
                Section::Intent => format!("heard as {}", reading.intent.kind()),
                Section::Address => format!("heard as {:?}", reading.address.form),
                Section::Register => format!("heard as {:?}", reading.register.label),
                Section::Language => format!("heard as {:?}", reading.language),
                _ if found => {
                    format!("heard by `{}`", spans.first().map_or("", |span: &crate::Span| span.of(text)))
                }
                _ => "not heard".to_owned(),
            };
            return Ok(Some(got));
        }
        Ok(self.missing_span(text, &spans))
    }

    fn run_rule(&self, runner: &mut Runner<'_>) -> Result<Option<String>, CaseError> {
        let mut case = self.case.clone().unwrap_or_else(|| Case::new("facebook"));
        if case.language.is_none() {
            case.language = self.hearing(runner.policy()).map(str::to_owned);
        }
        let text = &self.marked.text;
        let report = runner.validate(&case, text, self.now)?;
        let findings: Vec<_> = report.of(&self.subject).collect();
        if self.expectation == Expectation::NotFound {
            let error = report.findings.iter().find(|finding| finding.severity == Severity::Error);
            return Ok(match (findings.first(), error) {
                (Some(finding), _) => Some(format!("found `{}`: {}", finding.evidence, finding.message)),
                (None, Some(error)) => Some(format!("an error of {}: {}", error.rule, error.message)),
                (None, None) => None,
            });
        }
        let Some(finding) = findings.first() else {
            let asked = runner.asks(&self.subject, &case, text, self.now)?;
            let why = if asked {
                "not found"
            } else {
                "the rule's `when` does not hold here: give the example a `case`"
            };
            return Ok(Some(why.to_owned()));
        };
        let spans: Vec<_> = findings.iter().map(|finding| finding.span).collect();
        if let Some(missing) = self.missing_span(text, &spans) {
            return Ok(Some(missing));
        }
        let Some(fix) = &finding.fix else {
            return Ok(self.fixed.as_ref().map(|_| "the rule proposes no fix".to_owned()));
        };
        let fixed = fix.apply(text);
        if self.fixed.as_ref().is_some_and(|wanted| *wanted != fixed) {
            return Ok(Some(format!("the fix makes of it: {fixed}")));
        }
        let after = runner.validate(&case, &fixed, self.now)?;
        let silenced = after.of(&self.subject).count() < findings.len();
        let raised = after
            .findings
            .iter()
            .find(|new| new.severity >= Severity::Warning && report.of(new.rule.as_str()).next().is_none());
        Ok(match raised {
            _ if !silenced => Some(format!("the fix does not silence the rule: {fixed}")),
            Some(new) => Some(format!("the fix raises {}: {} in: {fixed}", new.rule, new.message)),
            None => None,
        })
    }

    fn missing_span(&self, text: &str, found: &[crate::Span]) -> Option<String> {
        let missing = self.marked.spans.iter().find(|span| !found.contains(span))?;
        let list: Vec<_> = found.iter().map(|span| format!("`{}`", span.of(text))).collect();
        Some(format!("`{}` was expected, {} found", missing.of(text), list.join(", ")))
    }
}

/// Collects all examples of a document for the languages a policy speaks.
pub(super) fn read_examples(root: &TableReader<'_, '_>, languages: &[String]) -> Vec<Example> {
    let mut reader = Reader { languages, examples: Vec::new() };
    let sections = [("acts", Section::Act), ("intents", Section::Intent), ("signals", Section::Signal)];
    for (key, section) in sections {
        for (subject, by_language) in tables(root.get(key)) {
            for (language, field) in tables(by_language) {
                for (list, expectation) in [("heard", Expectation::Found), ("unheard", Expectation::NotFound)]
                {
                    reader.list(section, subject, language, expectation, inner(field, list));
                }
            }
        }
    }
    for (key, section) in [("address", Section::Address), ("register", Section::Register)] {
        for (language, field) in tables(root.get(key)) {
            for (subject, list) in inner(field, "examples").into_iter().flat_map(tables) {
                reader.list(section, subject, language, Expectation::Found, Some(list));
            }
        }
    }
    for (language, field) in tables(root.get("language")) {
        reader.list(Section::Language, language, language, Expectation::Found, inner(field, "examples"));
    }
    for (rule, field) in tables(root.get("rules")) {
        reader.rule(rule, field);
    }
    reader.examples
}

struct Reader<'l> {
    languages: &'l [String],
    examples: Vec<Example>,
}

impl Reader<'_> {
    fn speaks(&self, language: &str) -> bool {
        language == EVERY_LANGUAGE || self.languages.iter().any(|known| known == language)
    }

    fn list(
        &mut self,
        section: Section,
        subject: &str,
        language: &str,
        expectation: Expectation,
        list: Option<Field<'_, '_>>,
    ) {
        let elements = list.filter(|_| self.speaks(language)).and_then(Field::array);
        for (number, field) in (1..).zip(elements.into_iter().flatten()) {
            let Some(written) = field.string() else { continue };
            self.examples.push(Example {
                name: name(section, subject, language, expectation, number),
                section,
                subject: subject.to_owned(),
                expectation,
                language: language.to_owned(),
                marked: Marked::parse(written),
                fixed: None,
                case: None,
                now: None,
                location: field.place().and_then(|place| field.mistakes().locate(place)),
            });
        }
    }

    fn rule(&mut self, rule: &str, field: Field<'_, '_>) {
        let case = inner(field, "case").and_then(Field::table).map(Case::read_example);
        let now = inner(field, "now").and_then(instant);
        for (key, expectation) in [("good", Expectation::NotFound), ("bad", Expectation::Found)] {
            let Some(given) = inner(field, key) else { continue };
            let first = self.languages.first().map_or(EVERY_LANGUAGE, String::as_str).to_owned();
            let lists = match given.node().map(|node| &node.value) {
                Some(Value::Table(_)) => tables(given),
                _ => vec![(first.as_str(), given)],
            };
            for (language, list) in lists {
                if !self.speaks(language) {
                    continue;
                }
                for (number, field) in (1..).zip(list.array().into_iter().flatten()) {
                    let name = name(Section::Rule, rule, language, expectation, number);
                    self.rule_example(name, rule, language, expectation, (&case, now), field);
                }
            }
        }
    }

    fn rule_example(
        &mut self,
        name: String,
        rule: &str,
        language: &str,
        expectation: Expectation,
        (case, now): (&Option<Case>, Option<DateTime<FixedOffset>>),
        field: Field<'_, '_>,
    ) {
        let (written, own_case, fixed) = match field.node().map(|node| &node.value) {
            Some(Value::Table(_)) => {
                let Some(table) = field.table() else { return };
                let reply = table.need("reply").string();
                let case = table.get("case").table().map(Case::read_example);
                let corrected = table.get("fixed");
                let fixed = corrected.string().map(str::to_owned);
                if fixed.is_some() && expectation == Expectation::NotFound {
                    corrected.error("contradiction", "a good reply has nothing to be fixed");
                }
                table.finish();
                (reply, case, fixed)
            }
            _ => (field.string(), None, None),
        };
        let Some(written) = written else { return };
        self.examples.push(Example {
            name,
            section: Section::Rule,
            subject: rule.to_owned(),
            expectation,
            language: language.to_owned(),
            marked: Marked::parse(written),
            fixed,
            case: own_case.or_else(|| case.clone()),
            now,
            location: field.place().and_then(|place| field.mistakes().locate(place)),
        });
    }
}

/// The keys of the document by which one comes to an example, and its number in the list.
fn name(section: Section, subject: &str, language: &str, expectation: Expectation, number: usize) -> String {
    let found = expectation == Expectation::Found;
    let (section, list) = match section {
        Section::Act => ("acts", if found { "heard" } else { "unheard" }),
        Section::Intent => ("intents", if found { "heard" } else { "unheard" }),
        Section::Signal => ("signals", if found { "heard" } else { "unheard" }),
        Section::Rule => ("rules", if found { "bad" } else { "good" }),
        Section::Address => ("address", "examples"),
        Section::Register => ("register", "examples"),
        Section::Language => ("language", "examples"),
    };
    format!("{section}/{subject}/{language}/{list}/{number}")
}

/// The entries of a table, if it is one; what is wrong was reported when the policy was read.
fn tables<'n, 'a>(field: Field<'n, 'a>) -> Vec<(&'n str, Field<'n, 'a>)> {
    let is_table = field.node().and_then(Node::as_table).is_some();
    let entries = field.table().filter(|_| is_table).into_iter().flat_map(TableReader::entries);
    entries.map(|(entry, field)| (&*entry.key.text, field)).collect()
}

fn inner<'n, 'a>(field: Field<'n, 'a>, key: &'n str) -> Option<Field<'n, 'a>> {
    let table: &Table<'_> = field.node()?.as_table()?;
    table.get(key)?;
    Some(field.table()?.get(key))
}
