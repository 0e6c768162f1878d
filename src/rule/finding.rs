//! What a check says: findings, fixes, the report.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::mask::{MASK, Origin, Veil};
use crate::Span;
use crate::case::Case;
use crate::source::{Severity, quoted};

name! {
    /// The name of a rule, such as `complaint.apology-first`. Cheap to clone.
    RuleId
}

words! {
    /// Whether a reply may be published.
    #[derive(Default)]
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    Verdict {
        /// No error was found; there may be warnings and advice.
        #[default]
        Pass = "pass",
        /// At least one error was found.
        Fail = "fail",
    }
}

/// A change to the reply after which the rule is kept: what stands at `span` becomes `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What is replaced; empty where something is added.
    pub span: Span,
    /// What stands there afterwards; empty where something is taken out.
    pub text: String,
}

impl Fix {
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Fix {
        Fix { span, text: text.into() }
    }

    /// The reply with the fix in it.
    pub fn apply(&self, reply: &str) -> String {
        let before = reply.get(..self.span.start).unwrap_or(reply);
        let after = reply.get(self.span.end..).unwrap_or("");
        format!("{before}{}{after}", self.text)
    }
}

impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("start", &self.span.start)?;
        map.serialize_entry("end", &self.span.end)?;
        map.serialize_entry("text", &self.text)?;
        map.end()
    }
}

/// One rule not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it rests on a guess and is therefore one step milder than the rule says: the rule is for an intent, or
    /// for a step, and svar heard the intent itself, and no act of the reply confirms it. With [`Facts::intent`](crate::case::Facts::intent) it is what the
    /// rule says.
    pub guessed: bool,
    /// Where: byte offsets into the reply. Where something is missing, the empty span at which it belongs.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// Why the rule exists.
    pub why: Arc<str>,
    /// What would pass.
    pub fix: Option<Fix>,
    /// The text at the span.
    pub evidence: String,
}

impl Finding {
    fn masked(&self, veil: &Veil<'_>) -> Finding {
        let evidence = veil.part(&self.evidence, self.span.start);
        // A message quotes the evidence cut short, and what was cut can no longer be told for what it is.
        let mut message = self.message.replace(&quoted(&self.evidence), &quoted(&evidence));
        if evidence != self.evidence {
            message = message.replace(&self.evidence, &evidence);
        }
        let mut fix = self.fix.clone();
        // What is made of something masked says what it was.
        let is_made_of_it = |fix: &Fix| !matches!(&*fix.text, "" | MASK) && veil.meets(fix.span);
        if let Some(fix) = fix.take_if(|fix| is_made_of_it(fix) || veil.text(&fix.text) != fix.text) {
            message = message.replace(&fix.text, MASK);
        }
        Finding { message: veil.text(&message), evidence, fix, ..self.clone() }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("severity", &self.severity)?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("start", &self.span.start)?;
        map.serialize_entry("end", &self.span.end)?;
        map.serialize_entry("why", &*self.why)?;
        if self.guessed {
            map.serialize_entry("guessed", &true)?;
        }
        if let Some(fix) = &self.fix {
            map.serialize_entry("fix", fix)?;
        }
        map.end()
    }
}

/// Name and version of the policy that judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyLabel {
    /// The name.
    pub name: Arc<str>,
    /// The version, empty where the policy gives none.
    pub version: Arc<str>,
}

/// The findings of one check, in the order of the reply: by place, then the worse first, then by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// May it be published?
    pub verdict: Verdict,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Who says so.
    pub policy: PolicyLabel,
    /// What it is masked by.
    #[serde(skip)]
    origin: Origin,
}

impl Report {
    pub(crate) fn new(mut findings: Vec<Finding>, policy: PolicyLabel, reply: &str, case: &Case) -> Report {
        findings.sort_by(|a, b| {
            let place = a.span.cmp(&b.span);
            place.then_with(|| b.severity.cmp(&a.severity)).then_with(|| a.rule.cmp(&b.rule))
        });
        let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
        let verdict = if failed { Verdict::Fail } else { Verdict::Pass };
        // Where nothing was found there is nothing to mask.
        let origin = if findings.is_empty() { Origin::default() } else { Origin::of(reply, case) };
        Report { verdict, findings, policy, origin }
    }

    /// Whether the reply may be published.
    pub fn passes(&self) -> bool {
        self.verdict == Verdict::Pass
    }

    /// The findings of a rule.
    pub fn of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule == *rule)
    }

    /// The same report with nothing in it that could identify somebody, so that it can be logged: what is masked in the
    /// reply, see [`Masked`](super::Masked::in_case), is `•••` in messages, evidence and fixes, in whole and in part. A
    /// fix that would no longer be one is left out.
    pub fn masked(&self) -> Report {
        let veil = self.origin.veil();
        let findings = self.findings.iter().map(|finding| finding.masked(&veil)).collect();
        Report { findings, origin: Origin::default(), ..self.clone() }
    }
}
