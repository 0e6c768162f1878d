//! Two policies side by side: what a change would change, before it is released.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::{Serialize, Serializer};

use crate::Span;
use crate::case::{Case, instant};
use crate::draft::SlotValues;
use crate::playbook::Next;
use crate::policy::{DraftOptions, Policy, Scratch};
use crate::rule::{Finding, Report, RuleId, Verdict};
use crate::sla::clock::{Clocks, Metric, State};
use crate::source::{Diagnostic, Diagnostics, Severity, read_object};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Aspect {
    /// May the reply be published?
    Verdict,
    /// What is found in the reply.
    Findings,
    /// What is to be done.
    Steps,
    /// What is said; asked for where there is no reply.
    Drafts,
    /// How the clocks stand; asked for where there is an instant.
    Clocks,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Aspect; 5] =
        [Aspect::Verdict, Aspect::Findings, Aspect::Steps, Aspect::Drafts, Aspect::Clocks];
}

/// A case to be put to both policies. A request for a verdict, a step, a draft or a clock is one, too.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// The conversation.
    pub case: Case,
    /// A reply to be judged; a draft is asked for where there is none.
    pub reply: Option<String>,
    /// Values for slots.
    pub slots: SlotValues,
    /// How a reply is drafted, and the instant at which everything is asked.
    pub options: DraftOptions,
}

impl Question {
    /// Reads `{"case", "reply"?, "now"?, "slots"?, "seed"?, "acts"?, "optional"?, "remedy"?, "canned"?}`.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        read_object("question", text, |table| {
            let mut options = DraftOptions::read(&table);
            options.now = instant(table.get("now"));
            // Whether a pair is wanted changes nothing of its drafts.
            table.get("pair").bool();
            let question = Question {
                case: Case::requested(&table).unwrap_or_default(),
                reply: table.get("reply").string().map(str::to_owned),
                slots: table.get("slots").table().map(SlotValues::read).unwrap_or_default(),
                options,
            };
            table.finish();
            question
        })
    }
}

/// An answer, or the code of the error there is instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said<T> {
    /// The answer.
    Answer(T),
    /// The code of the error.
    Error(String),
}

impl<T> Said<T> {
    fn of<U>(answer: Result<U, Diagnostics>, read: impl FnOnce(&U) -> T) -> Said<T> {
        match answer {
            Ok(answer) => Said::Answer(read(&answer)),
            Err(error) => Said::Error(error.first().code().to_owned()),
        }
    }
}

impl<T: Serialize> Serialize for Said<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Said::Answer(answer) => answer.serialize(serializer),
            Said::Error(code) => serializer.collect_map([("error", code)]),
        }
    }
}

/// What the old policy says, and what the new one says instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed<T> {
    /// What the old policy says.
    pub old: T,
    /// What the new policy says.
    pub new: T,
}

impl<T: PartialEq> Changed<T> {
    fn between(old: T, new: T) -> Option<Changed<T>> {
        (old != new).then_some(Changed { old, new })
    }
}

/// A finding that only one of the policies has, or has with another severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FindingChange {
    /// The rule.
    pub rule: RuleId,
    /// The place in the reply.
    pub span: Span,
    /// How bad it is by the old policy; nothing where that does not find it.
    pub old: Option<Severity>,
    /// How bad it is by the new policy; nothing where that does not find it.
    pub new: Option<Severity>,
    /// What the finding says.
    pub message: String,
}

impl FindingChange {
    fn of(old: Option<Severity>, new: Option<Severity>, finding: Finding) -> Self {
        let Finding { rule, span, message, .. } = finding;
        FindingChange { rule, span, old, new, message }
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepView {
    /// `reply`, `hide`, `wait`…
    pub action: String,
    /// The playbook.
    pub playbook: Option<String>,
    /// The step.
    pub step: Option<String>,
    /// The acts it asks for.
    pub asks: Vec<String>,
}

impl StepView {
    fn of(next: &Next) -> Self {
        let step = next.step.as_ref();
        StepView {
            action: next.action.to_string(),
            playbook: next.playbook.as_ref().map(ToString::to_string),
            step: step.map(|step| step.id.to_string()),
            asks: step.into_iter().flat_map(|step| &step.asks).map(ToString::to_string).collect(),
        }
    }
}

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClockView {
    /// What it measures.
    pub metric: Metric,
    /// How it stands.
    pub state: State,
    /// When it is due.
    pub due_at: Option<String>,
}

impl ClockView {
    fn of(clocks: &Clocks) -> Vec<Self> {
        let view = |clock: &crate::sla::clock::Clock| ClockView {
            metric: clock.metric,
            state: clock.state,
            due_at: clock.due_at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        };
        clocks.clocks.iter().map(view).collect()
    }
}

/// What would change for one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Changed<Said<Verdict>>>,
    /// The findings, in the order of their places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingChange>,
    /// The step that is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Changed<Said<StepView>>>,
    /// The draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Changed<Said<String>>>,
    /// The clocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clocks: Option<Changed<Said<Vec<ClockView>>>>,
}

impl Difference {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }
}

/// Two policies, and the memory to ask them with.
///
/// ```
/// use svar::Policy;
/// use svar::testing::{Comparer, Question};
///
/// let old = Policy::builtin();
/// let new = svar::PolicyBuilder::builtin()
///     .layer("new.toml", "svar = 1\n[rules.'tone.blame']\nseverity = 'warning'\n")
///     .build()?;
/// let question = r#"{"case": {"channel": "facebook", "language": "en"}, "reply": "You should have read the terms."}"#;
/// let difference = Comparer::new(&old, &new).compare(&Question::from_json(question)?)?;
/// assert_eq!(difference.findings[0].rule.as_str(), "tone.blame");
/// assert!(difference.verdict.is_some());
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Debug)]
pub struct Comparer<'p> {
    old: &'p Policy,
    new: &'p Policy,
    aspects: Vec<Aspect>,
    scratch: (Scratch, Scratch),
}

impl<'p> Comparer<'p> {
    /// Compares everything.
    pub fn new(old: &'p Policy, new: &'p Policy) -> Self {
        Comparer { old, new, aspects: Aspect::ALL.to_vec(), scratch: Default::default() }
    }

    /// Compares these only.
    #[must_use]
    pub fn only(self, aspects: impl Into<Vec<Aspect>>) -> Self {
        Comparer { aspects: aspects.into(), ..self }
    }

    /// Puts a question to both policies.
    ///
    /// # Errors
    /// Why neither of them can be asked.
    pub fn compare(&mut self, question: &Question) -> Result<Difference, Diagnostics> {
        let aspects = self.aspects.clone();
        let wanted = |aspect| aspects.contains(&aspect);
        let (old, new) = (self.old, self.new);
        let now = question.options.now;
        let mut difference = Difference::default();
        let steps = match (next(old, question, &mut self.scratch.0), next(new, question, &mut self.scratch.1))
        {
            // What keeps both from telling a step keeps them from telling anything.
            (Err(why), Err(_)) => return Err(why),
            steps => steps,
        };
        if wanted(Aspect::Steps) {
            let said = |next| Said::of(next, StepView::of);
            difference.step = Changed::between(said(steps.0), said(steps.1));
        }
        let judged = wanted(Aspect::Verdict) || wanted(Aspect::Findings);
        if let Some(reply) = question.reply.as_deref().filter(|_| judged) {
            let validate = |policy: &Policy, scratch: &mut Scratch| {
                policy.validate_with(&question.case, reply, now, scratch).map_err(Diagnostics::from)
            };
            let reports = (validate(old, &mut self.scratch.0), validate(new, &mut self.scratch.1));
            if wanted(Aspect::Findings) {
                difference.findings = findings(reports.0.as_ref().ok(), reports.1.as_ref().ok());
            }
            if wanted(Aspect::Verdict) {
                let said = |report| Said::of(report, |report: &Report| report.verdict);
                difference.verdict = Changed::between(said(reports.0), said(reports.1));
            }
        }
        if question.reply.is_none() && wanted(Aspect::Drafts) {
            let draft = |policy: &Policy, scratch: &mut Scratch| {
                let draft = policy.draft_with(&question.case, &question.slots, &question.options, scratch);
                Said::of(draft.map_err(Diagnostics::from), |draft| draft.text.clone())
            };
            difference.draft =
                Changed::between(draft(old, &mut self.scratch.0), draft(new, &mut self.scratch.1));
        }
        if let Some(now) = now.filter(|_| wanted(Aspect::Clocks)) {
            let clocks = |policy: &Policy| {
                Said::of(policy.clocks(&question.case, now).map_err(Diagnostics::from), ClockView::of)
            };
            difference.clocks = Changed::between(clocks(old), clocks(new));
        }
        Ok(difference)
    }
}

fn next(policy: &Policy, question: &Question, scratch: &mut Scratch) -> Result<Next, Diagnostics> {
    let (case, now): (_, Option<DateTime<FixedOffset>>) = (&question.case, question.options.now);
    Ok(policy.next_with(case, now, &policy.timing(case, now), scratch)?)
}

/// What is not found alike by both, in the order of the places.
fn findings(old: Option<&Report>, new: Option<&Report>) -> Vec<FindingChange> {
    let list = |report: Option<&Report>| -> Vec<Finding> {
        let mut findings = report.map(|report| report.findings.clone()).unwrap_or_default();
        findings.sort_by(|a, b| place(a).cmp(&place(b)));
        findings
    };
    let only_new = |is: Finding| FindingChange::of(None, Some(is.severity), is);
    let mut new = list(new).into_iter().peekable();
    let mut changes = Vec::new();
    for was in list(old) {
        while let Some(is) = new.next_if(|is| place(is) < place(&was)) {
            changes.push(only_new(is));
        }
        let is = new.next_if(|is| place(is) == place(&was)).map(|is| is.severity);
        if is != Some(was.severity) {
            changes.push(FindingChange::of(Some(was.severity), is, was));
        }
    }
    changes.extend(new.map(only_new));
    changes
}

/// By what a finding of one policy is known again among those of the other.
fn place(finding: &Finding) -> (usize, &str, Span) {
    (finding.span.start, finding.rule.as_str(), finding.span)
}

/// How often a rule is found that was not, and the other way round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleChange {
    /// So often it is found newly.
    pub raised: usize,
    /// So often it is no longer found.
    pub gone: usize,
    /// So often it is found with another severity.
    pub severity: usize,
    /// The lines concerned.
    pub lines: BTreeSet<usize>,
}

/// What would change for many questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// How many questions were asked.
    pub asked: usize,
    /// Those for which something would change, by their line.
    pub changed: BTreeMap<usize, Difference>,
    /// By rule, what changes of its findings.
    pub rules: BTreeMap<String, RuleChange>,
    /// Those that neither policy can answer, by their line, and why.
    pub unanswered: BTreeMap<usize, Diagnostic>,
}

impl Comparison {
    /// Takes in what came of a question; its line is what it is known by.
    pub fn add(&mut self, line: usize, difference: Result<Difference, Diagnostics>) {
        self.asked += 1;
        let difference = match difference {
            Ok(difference) if difference.is_empty() => return,
            Ok(difference) => difference,
            Err(why) => {
                self.unanswered.insert(line, why.first().clone());
                return;
            }
        };
        for change in &difference.findings {
            let rule = self.rules.entry(change.rule.as_str().to_owned()).or_default();
            match (change.old, change.new) {
                (None, _) => rule.raised += 1,
                (_, None) => rule.gone += 1,
                _ => rule.severity += 1,
            }
            rule.lines.insert(line);
        }
        self.changed.insert(line, difference);
    }
}
