//! One rule, compiled: what it finds in a reply, and what it says of it.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::condition::{Condition, Facts};
use super::detect::Detection;
use super::excuse::Excuses;
use super::finding::{Finding, Fix, RuleId};
use super::insert::Place;
use super::measure::Measure;
use super::order::out_of_order;
use super::scene::Scene;
use super::target::Target;
use super::values::Flags;
use crate::Span;
use crate::lexicon::{ActSet, Heard, Reading};
use crate::source::{Location, Severity, quoted};

/// The five kinds.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Forbid(Target),
    Require(Target),
    Prefer(Target),
    Limit { measure: Measure, max: Option<usize>, min: usize },
    Order { act: u8, before: ActSet, within_sentences: Option<usize> },
}

/// A rule of a policy.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) id: RuleId,
    pub(crate) kind: Kind,
    pub(crate) when: Condition,
    /// Not where one of these stands in the same sentence or the one beside it.
    pub(crate) excused_by: ActSet,
    /// Where the reply has one of these, its writer took the customer's message for what svar heard in it.
    pub(crate) confirmed_by: ActSet,
    pub(crate) severity: Severity,
    /// Where a document says so.
    pub(crate) severity_at: Option<Location>,
    pub(crate) message: Arc<str>,
    pub(crate) why: Arc<str>,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) fix: FixPolicy,
}

/// What would pass, as far as a rule can say.
#[derive(Clone, Debug, Default)]
pub(crate) enum FixPolicy {
    /// What the detector proposes, if anything.
    #[default]
    Own,
    /// This instead of what was found.
    Replace(Box<str>),
    /// A sentence that says an act, at a place.
    Say { act: u8, place: Place },
}

impl Rule {
    /// The name.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// `forbid`, `require`, `prefer`, `limit` or `order`.
    pub fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Forbid(_) => "forbid",
            Kind::Require(_) => "require",
            Kind::Prefer(_) => "prefer",
            Kind::Limit { .. } => "limit",
            Kind::Order { .. } => "order",
        }
    }

    /// How bad it is when the rule is not kept.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What a finding says; `{text}`, `{found}` and `{limit}` stand for what was found.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why the rule exists.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Where it was taken from, if it says so.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    pub(super) fn find(
        &self,
        scene: &Scene<'_>,
        hits: &[(u32, Span)],
        any_pattern: bool,
        excuses: &mut Excuses,
        out: &mut Vec<Detection>,
    ) {
        match &self.kind {
            Kind::Forbid(target) => {
                let mut excused = |span| excuses.cover(scene, self.excused_by, span);
                let _ = target.places(scene, hits, any_pattern, |span, found| {
                    if !excused(span) {
                        out.push(Detection::at(span).found(found));
                    }
                    ControlFlow::Continue(())
                });
                let from = out.len();
                target.detect(scene, out);
                if out.len() > from {
                    out.retain(|detection| !excused(detection.span));
                }
            }
            Kind::Require(target) | Kind::Prefer(target) => {
                if scene.reading.words > 0 && !target.stands(scene, hits, any_pattern, out) {
                    out.push(Detection::at(Span::default()));
                }
            }
            Kind::Limit { measure, max, min } => {
                let count = measure.of(scene);
                let max = max.or_else(|| measure.channel_max(scene)).unwrap_or(usize::MAX);
                if count > max {
                    out.push(Detection::at(measure.first_beyond(scene, max)).found(count).limit(max));
                } else if count < *min {
                    out.push(Detection::at(Span::default()).found(count).limit(*min));
                }
            }
            Kind::Order { act, before, within_sentences } => {
                out.extend(out_of_order(scene, *act, *before, *within_sentences));
            }
        }
    }

    /// Whether it asks where the conversation stands.
    pub(super) fn rests_on_stage(&self) -> bool {
        let looks = matches!(&self.kind, Kind::Forbid(target) | Kind::Require(target) | Kind::Prefer(target)
            if target.detectors.iter().any(|detector| detector.name == "step-forbidden"));
        looks || self.when.rests_on_stage()
    }

    /// What rests on a guess is one step milder than what is known: a rule for complaints, where it was svar that
    /// took the message for one and the reply does not show that its writer did so, too.
    fn severity_for(&self, facts: &Facts<'_>, reading: &Reading) -> Severity {
        match self.severity {
            Severity::Error if self.rests_on_guess(facts, reading) => Severity::Warning,
            Severity::Warning if self.rests_on_guess(facts, reading) => Severity::Advice,
            severity => severity,
        }
    }

    fn rests_on_guess(&self, facts: &Facts<'_>, reading: &Reading) -> bool {
        let only_heard = self.when.rests_on_intent() && !facts.values.has(Flags::INTENT_GIVEN);
        only_heard && !self.is_confirmed(reading)
            || self.rests_on_stage() && facts.stage.is_some_and(|stage| stage.guessed)
    }

    fn is_confirmed(&self, reading: &Reading) -> bool {
        let own = |heard: &Heard| !heard.quoted && self.confirmed_by.contains(heard.act.index());
        reading.acts.iter().any(own)
    }

    pub(super) fn finding(
        &self,
        scene: &Scene<'_>,
        facts: &Facts<'_>,
        detection: Detection,
        say: &dyn Fn(u8, Place) -> Option<Fix>,
    ) -> Finding {
        let fix = match &self.fix {
            FixPolicy::Own => detection.fix,
            FixPolicy::Replace(text) => Some(Fix::new(detection.span, &**text)),
            FixPolicy::Say { act, place } => say(*act, *place),
        };
        // Where something is missing, the finding stands where it belongs.
        let missing = matches!(self.kind, Kind::Require(_) | Kind::Prefer(_));
        let span = match &fix {
            Some(fix) if missing => Span::new(fix.span.start, fix.span.start),
            _ => detection.span,
        };
        let evidence = span.of(scene.reply).to_owned();
        let message = self.message_for(&detection.found, &detection.limit, &evidence);
        let severity = self.severity_for(facts, scene.reading);
        Finding {
            rule: self.id.clone(),
            severity,
            guessed: severity != self.severity,
            span,
            message,
            why: Arc::clone(&self.why),
            fix,
            evidence,
        }
    }

    /// The message with what was found. What stands in a reply is never taken for a part of it.
    fn message_for(&self, found: &str, limit: &str, evidence: &str) -> String {
        let mut message = String::with_capacity(self.message.len() + found.len() + limit.len());
        let mut rest = &*self.message;
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            rest = if let Some(after) = after.strip_prefix("found}") {
                message.push_str(found);
                after
            } else if let Some(after) = after.strip_prefix("limit}") {
                message.push_str(limit);
                after
            } else if let Some(after) = after.strip_prefix("text}") {
                message.push_str(&quoted(evidence));
                after
            } else {
                message.push('{');
                after
            };
        }
        message.push_str(rest);
        message
    }
}

#[cfg(test)]
mod tests {
    use crate::{Case, Policy};

    #[test]
    fn what_stands_in_a_reply_is_no_part_of_the_message() {
        let pack = "svar = 1\nname = \"test\"\nextends = [\"svar:channels\"]\n\
                    [rules.braces]\nforbid = { pattern = '\\{\\w+\\}' }\n\
                    message = \"{{found}} is {text} {o f} {limit}{\"\n";
        let policy = Policy::from_toml(pack).unwrap();
        let report = policy.validate(&Case::new("facebook"), "Hi {text}, {limit}!", None).unwrap();
        let messages: Vec<_> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["{{text}} is `{text}` {o f} {", "{{limit}} is `{limit}` {o f} {"]);
    }
}
