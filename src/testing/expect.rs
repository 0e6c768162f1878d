//! What a test expects: the document form.

use serde_json::Value as Json;

use super::asked::{Asked, no_expectation};
use super::names::Names;
use super::shape::{each, keys_of, spelled};
use super::told::{FINDING, HEALTH_FINDING, TOLD};
use super::wanted::{ClockFact, Expected, Fact, NO_CLOCK, Wanted, Wish};
use crate::case::{instant, visibility};
use crate::playbook::ACTIONS;
use crate::policy::codes;
use crate::rule::{Verdict, strings};
use crate::sla::clock::{Metric, State};
use crate::sla::surge::Level;
use crate::source::{Diagnostic, Field, Severity, TableReader, Value, quoted};

/// Every key with a meaning of its own, and the questions whose answers it is about.
const KEYS: [(&str, &[Asked]); 26] = {
    use Asked::{Clock, Draft, Health, Next, Reply};
    [
        ("verdict", &[Reply, Draft, Health]),
        ("no_errors", &[Reply, Draft, Health]),
        ("no_warnings", &[Reply, Draft, Health]),
        ("present", &[Reply, Draft, Health]),
        ("absent", &[Reply, Draft, Health]),
        ("only", &[Reply, Draft, Health]),
        ("spans", &[Reply, Draft]),
        ("severity", &[Reply, Draft, Health]),
        ("acts", &[Reply, Draft]),
        ("not_acts", &[Reply, Draft]),
        ("contains", &[Draft]),
        ("not_contains", &[Draft]),
        ("text", &[Draft]),
        ("channel", &[Draft]),
        ("language", &[Draft]),
        ("canned", &[Draft]),
        ("playbook", &[Draft, Next]),
        ("step", &[Draft, Next]),
        ("visibility", &[Draft, Next]),
        ("action", &[Next]),
        ("asks", &[Next]),
        ("not_asks", &[Next]),
        ("forbids", &[Next]),
        ("role", &[Next]),
        ("due_at", &[Next]),
        ("clocks", &[Clock]),
    ]
};
/// The key for why there is no answer.
const ERROR: (&str, &[Asked]) = ("error", &[Asked::Draft, Asked::Clock, Asked::Health]);

/// Every key, each once, and all the questions whose answers it is about.
pub(super) fn keys() -> Vec<(&'static str, Vec<Asked>)> {
    let own = KEYS.into_iter().chain([ERROR]);
    let mut all: Vec<(&str, Vec<Asked>)> = own.map(|(key, of)| (key, of.to_vec())).collect();
    for told in TOLD {
        match all.iter_mut().find(|(key, _)| *key == told.key) {
            Some((_, of)) => of.extend(told.of),
            None => all.push((told.key, told.of.to_vec())),
        }
    }
    all
}

/// Reads `expect`.
pub(super) fn read_expect(field: Field<'_, '_>, asked: Asked, names: &Names<'_>) -> Vec<Expected> {
    let Some(table) = field.table() else { return Vec::new() };
    let mut reader = Reader { table: &table, asked, names, found: Vec::new() };
    let before = field.mistakes().count();
    reader.foreign_keys();
    if matches!(asked, Asked::Reply | Asked::Draft | Asked::Health) {
        reader.findings();
    }
    match asked {
        Asked::Reply => {}
        Asked::Draft => reader.draft(),
        Asked::Next => reader.next(),
        Asked::Clock => reader.clocks(),
        Asked::Surge => reader.surge(),
        Asked::Health => reader.error(),
    }
    reader.told();
    let Reader { found, .. } = reader;
    table.finish();
    if found.is_empty() && field.mistakes().count() == before {
        field.report(no_expectation(asked));
    }
    found
}

struct Reader<'r, 'n, 'a> {
    table: &'r TableReader<'n, 'a>,
    asked: Asked,
    names: &'r Names<'r>,
    found: Vec<Expected>,
}

impl<'n, 'a> Reader<'_, 'n, 'a> {
    fn expect(&mut self, key: &'static str, field: Field<'_, '_>, wanted: Wanted) {
        let location = field.place().and_then(|place| field.mistakes().locate(place));
        self.found.push(Expected { key, wanted, location });
    }

    fn foreign_keys(&self) {
        for (key, whom) in keys() {
            let field = self.table.get(key);
            if whom.contains(&self.asked) || !field.is_present() {
                continue;
            }
            let asked = self.asked.as_str();
            let questions: Vec<String> = whom.iter().map(|asked| quoted(Asked::as_str(*asked))).collect();
            let message = match (key, self.asked) {
                ("contains" | "not_contains" | "text", Asked::Reply) => {
                    format!("`{key}` says nothing of the policy: the test itself wrote the reply")
                }
                _ => format!("a test that asks for `{asked}` is not told {}", quoted(key)),
            };
            let help = format!("it is for tests that ask for {}", questions.join(" or "));
            field.report(Diagnostic::error("test-expectation", message).with_help(help));
        }
    }

    /// Reports an expectation that no answer could break.
    fn idle(&self, field: Field<'_, '_>, message: impl Into<String>, help: &str) {
        field.report(Diagnostic::error("unbreakable-test", message).with_help(help));
    }

    /// Reports an expectation that no answer could meet.
    fn hopeless(&self, field: Field<'_, '_>, message: impl Into<String>, help: &str) {
        field.report(Diagnostic::error("unkeepable-test", message).with_help(help));
    }

    /// An element or a list of elements that has to hold something.
    fn elements(&self, key: &'n str) -> Vec<Field<'n, 'a>> {
        let field = self.table.get(key);
        let list = each(field);
        if list.is_empty() && field.is_present() {
            self.idle(field, format!("{} is empty", quoted(key)), "name something, or leave it out");
        }
        list
    }

    /// A string or a list of strings that has to hold something.
    fn list(&self, key: &'n str) -> Vec<(&'n str, Field<'n, 'a>)> {
        let text = |field: Field<'n, 'a>| Some((field.string()?, field));
        self.elements(key).into_iter().filter_map(text).collect()
    }

    fn findings(&mut self) {
        self.verdict();
        self.quiet("no_errors", Severity::Error);
        self.quiet("no_warnings", Severity::Warning);
        for field in self.elements("present") {
            if let Some(wish) = self.wish(field) {
                self.expect("present", field, Wanted::Present(wish));
            }
        }
        for (written, field) in self.list("absent") {
            if let Some(pattern) = self.names.pattern(written, self.asked, field) {
                self.expect("absent", field, Wanted::Absent(pattern));
            }
        }
        let field = self.table.get("only");
        if field.is_present() {
            let list = each(field);
            let wishes: Vec<_> = list.iter().filter_map(|field| self.wish(*field)).collect();
            if wishes.len() == list.len() {
                self.expect("only", field, Wanted::Only(wishes));
            }
        }
        for (entry, field) in self.table.get("spans").table().into_iter().flat_map(TableReader::entries) {
            let texts: Vec<String> =
                strings(field).unwrap_or_default().into_iter().map(|(text, _)| text.to_owned()).collect();
            if let Some(rule) = self.names.rule(&entry.key.text, self.asked, field) {
                self.expect("spans", field, Wanted::Spans(rule, texts));
            }
        }
        for (entry, field) in self.table.get("severity").table().into_iter().flat_map(TableReader::entries) {
            let severity = field.one_of(Severity::WORDS);
            let rule = self.names.rule(&entry.key.text, self.asked, field);
            if let (Some(rule), Some(severity)) = (rule, severity) {
                self.expect("severity", field, Wanted::Severity(rule, severity));
            }
        }
        self.acts("acts", Wanted::Act);
        self.acts("not_acts", Wanted::NoAct);
    }

    /// A rule by its name, or `{ rule, message, … }`: a finding as the answer has it.
    fn wish(&self, field: Field<'n, 'a>) -> Option<Wish> {
        let keys = if self.asked == Asked::Health { HEALTH_FINDING } else { FINDING };
        if !matches!(field.node().map(|node| &node.value), Some(Value::Table(_))) {
            let rule = self.names.pattern(field.string()?, self.asked, field)?;
            return Some(Wish { rule, keys, told: None });
        }
        let table = field.table()?;
        let rule = table.need("rule");
        let told = keys_of(keys, &table, self.asked, self.names);
        table.finish();
        let rule = self.names.pattern(rule.string()?, self.asked, rule)?;
        Some(Wish { rule, keys, told: Some(told.into()) })
    }

    /// What the answer tells in the shape of its JSON.
    fn told(&mut self) {
        let asked = self.asked;
        for told in TOLD.iter().filter(|told| told.of.contains(&asked)) {
            let field = self.table.get(told.key);
            if let Some(wanted) = told.shape.read(field, self.asked, self.names) {
                let wanted = if told.key == "escalations" { due_unless_said(wanted) } else { wanted };
                self.expect(told.key, field, Wanted::Told(told.key, &told.shape, wanted));
            }
        }
    }

    fn acts(&mut self, key: &'static str, wanted: fn(String) -> Wanted) {
        for (act, field) in self.list(key) {
            if self.names.act(act, field) {
                self.expect(key, field, wanted(act.to_owned()));
            }
        }
    }

    fn verdict(&mut self) {
        let field = self.table.get("verdict");
        let verdict = field.one_of(&[("pass", Verdict::Pass), ("fail", Verdict::Fail)]);
        let Some(verdict) = verdict else { return };
        let errors = self.names.any_rule(self.asked, Severity::Error);
        let one = if self.asked == Asked::Health { "archive" } else { "reply" };
        match (self.asked, verdict) {
            (Asked::Draft, Verdict::Fail) => self.hopeless(
                field,
                "no draft fails: one that would is an error instead",
                "write `error = \"draft-rejected\"`",
            ),
            (Asked::Draft, _) => self.expect("verdict", field, Wanted::Verdict(verdict)),
            (_, Verdict::Pass) if !errors => {
                self.idle(
                    field,
                    format!("every {one} passes: no rule of the policy is an error"),
                    NO_ERROR_HELP,
                );
            }
            (_, Verdict::Fail) if !errors => {
                self.hopeless(
                    field,
                    format!("no {one} fails: no rule of the policy is an error"),
                    NO_ERROR_HELP,
                );
            }
            _ => self.expect("verdict", field, Wanted::Verdict(verdict)),
        }
    }

    /// `no_errors = true`
    fn quiet(&mut self, key: &'static str, severity: Severity) {
        let field = self.table.get(key);
        match field.bool() {
            Some(false) => {
                self.idle(field, format!("`{key} = false` expects nothing"), "write `true`, or leave it out");
            }
            Some(true) if !self.names.any_rule(self.asked, severity) => {
                self.idle(field, format!("no rule of the policy is ever {}", named(severity)), NO_ERROR_HELP);
            }
            Some(true) => self.expect(key, field, Wanted::Below(severity)),
            None => {}
        }
    }

    fn fact(&mut self, key: &'static str, fact: Fact) -> Option<(&'n str, Field<'n, 'a>)> {
        let field = self.table.get(key);
        let value = field.string()?;
        self.expect(key, field, Wanted::Is(fact, value.to_owned()));
        Some((value, field))
    }

    fn draft(&mut self) {
        let text = |text: &str| !text.is_empty();
        for (piece, field) in self.list("contains") {
            if text(piece) {
                self.expect("contains", field, Wanted::Contains(piece.to_owned()));
            } else {
                self.idle(field, "every text contains nothing", "write what it should contain");
            }
        }
        for (piece, field) in self.list("not_contains") {
            if text(piece) {
                self.expect("not_contains", field, Wanted::ContainsNot(piece.to_owned()));
            } else {
                self.hopeless(field, "every text contains nothing", "write what it should not contain");
            }
        }
        self.fact("text", Fact::Text);
        self.fact("canned", Fact::Canned);
        if let Some((channel, field)) = self.fact("channel", Fact::Channel) {
            self.names.channel(channel, field);
        }
        if let Some((language, field)) = self.fact("language", Fact::Language) {
            self.names.language(language, field);
        }
        self.step();
        self.error();
    }

    fn step(&mut self) {
        let names = self.names;
        let playbooks = || names.policy.playbooks().map(|(id, _)| id.as_str());
        let playbook = self.fact("playbook", Fact::Playbook);
        if let Some((name, field)) = playbook {
            names.known(name, field, playbooks());
        }
        let playbook = playbook.map(|(name, _)| name);
        if let Some((step, field)) = self.fact("step", Fact::Step) {
            let within = playbooks().filter(|own| playbook.is_none_or(|playbook| playbook == *own));
            let steps = within.flat_map(|playbook| names.policy.steps(playbook));
            names.known(step, field, steps.map(|step| step.id.as_str()));
        }
        let field = self.table.get("visibility");
        if visibility(field).is_some() {
            self.fact("visibility", Fact::Visibility);
        }
    }

    fn next(&mut self) {
        self.step();
        let actions: Vec<(&str, ())> =
            ACTIONS.iter().map(|(word, _)| (*word, ())).chain([("wait", ())]).collect();
        if self.table.get("action").one_of(&actions).is_some() {
            self.fact("action", Fact::Action);
        }
        self.fact("role", Fact::Role);
        let field = self.table.get("due_at");
        if let Some(at) = instant(field) {
            self.expect("due_at", field, Wanted::Is(Fact::DueAt, spelled(at)));
        }
        self.acts("asks", Wanted::Asks);
        self.acts("not_asks", Wanted::AsksNot);
        self.acts("forbids", Wanted::Forbids);
    }

    fn clocks(&mut self) {
        for (entry, field) in self.table.get("clocks").table().into_iter().flat_map(TableReader::entries) {
            match Metric::of(&entry.key.text) {
                Some(metric) => self.clock(metric, field),
                None => field.unknown_value(&entry.key.text, Metric::ALL.map(Metric::as_str)),
            }
        }
        self.error();
    }

    /// A level that no case can reach is expected in vain, and none where there is no other, too.
    fn surge(&mut self) {
        let field = self.table.get("level");
        let level = |word: &str| Level::REACHED.into_iter().find(|level| level.as_str() == word);
        let Some(word) = field.node().and_then(|node| node.as_str()) else { return };
        let help = "give the level thresholds under `[sla.surge.levels]`";
        match level(word) {
            Some(level) if !self.names.policy.watches(level) => {
                self.hopeless(field, format!("no case reaches {}: it has no threshold", quoted(word)), help);
            }
            None if word == Level::None.as_str()
                && !Level::REACHED.into_iter().any(|level| self.names.policy.watches(level)) =>
            {
                self.idle(field, "no case ever reaches a level: none has a threshold", help);
            }
            _ => {}
        }
    }

    /// `"running"`, or `{ state, due_at, remaining_seconds, at_risk }`.
    fn clock(&mut self, metric: Metric, field: Field<'_, '_>) {
        let promised = self.names.policy.targets().iter().any(|target| target.metric() == metric);
        let Some(Value::Table(_)) = field.node().map(|node| &node.value) else {
            return self.clock_state(metric, promised, field);
        };
        let Some(table) = field.table() else { return };
        self.clock_state(metric, promised, table.get("state"));
        let due = table.get("due_at");
        if let Some(at) = instant(due) {
            self.expect("clocks", due, Wanted::Clock(metric, ClockFact::DueAt, spelled(at)));
        }
        let remaining = table.get("remaining_seconds");
        if let Some(seconds) = remaining.integer(i64::MIN..=i64::MAX) {
            let wanted = Wanted::Clock(metric, ClockFact::Remaining, seconds.to_string());
            self.expect("clocks", remaining, wanted);
        }
        let risk = table.get("at_risk");
        if let Some(at_risk) = risk.bool() {
            self.expect("clocks", risk, Wanted::Clock(metric, ClockFact::AtRisk, at_risk.to_string()));
        }
        if ["state", "due_at", "remaining_seconds", "at_risk"].iter().all(|key| !table.get(key).is_present())
        {
            field.report(no_expectation(Asked::Clock));
        }
        table.finish();
    }

    fn clock_state(&mut self, metric: Metric, promised: bool, field: Field<'_, '_>) {
        let states = [State::Running, State::Paused, State::Met, State::Breached].map(State::as_str);
        let states = states.map(|word| (word, word));
        let states: Vec<_> = states.into_iter().chain([(NO_CLOCK, NO_CLOCK)]).collect();
        let Some(state) = field.one_of(&states) else { return };
        let help = "give the policy a target with this `metric` under `[sla.targets]`";
        match (state, promised) {
            (NO_CLOCK, false) => {
                self.idle(field, format!("no target promises {metric}: there never is such a clock"), help)
            }
            (_, false) => self.hopeless(
                field,
                format!("no target promises {metric}: there never is such a clock"),
                help,
            ),
            _ => self.expect("clocks", field, Wanted::Clock(metric, ClockFact::State, state.to_owned())),
        }
    }

    fn error(&mut self) {
        let field = self.table.get("error");
        let Some(code) = field.string() else { return };
        if self.names.known(code, field, codes().map(|code| code.code)) {
            self.expect("error", field, Wanted::Error(code.to_owned()));
        }
    }
}

/// A level of a ladder has come, unless a test says otherwise.
fn due_unless_said(mut wanted: Json) -> Json {
    for level in wanted.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
        level.entry("due").or_insert(true.into());
    }
    wanted
}

const NO_ERROR_HELP: &str = "give a rule that weight, or expect findings by their rules";

fn named(severity: Severity) -> &'static str {
    if severity == Severity::Error { "an error" } else { "a warning or an error" }
}
