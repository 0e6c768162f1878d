//! What the law says of a draft.

use super::super::Inner;
use super::super::draft_error::{DraftError, Rejected};
use super::super::plan::Plan;
use super::{Court, place};
use crate::draft::{Draft, Samples};
use crate::source::{Diagnostic, Location, Severity, quoted};

impl Court<'_> {
    pub(super) fn judge(
        &mut self,
        draft: &Result<Draft, DraftError>,
        channel: &str,
        plan: &Plan,
        samples: Samples,
        is_due: bool,
    ) {
        let step = plan.step.as_deref().unwrap_or_default();
        match draft {
            Ok(_) if !is_due => {}
            Ok(draft) => self.warn(draft, channel, step),
            Err(DraftError::Rejected(rejected)) => self.reject(rejected, channel, step),
            // What is too long for a channel may be too long for it; a sample is not.
            Err(DraftError::TooLong(_)) if samples == Samples::Longest => {}
            Err(error) => self.regret(error, channel, step),
        }
    }

    /// A draft that passes with warnings.
    fn warn(&mut self, draft: &Draft, channel: &str, step: &str) {
        let policy = self.policy;
        for finding in draft.report.findings.iter().filter(|found| found.severity == Severity::Warning) {
            let location = draft.template_at(finding.span).and_then(|template| template.location.as_ref());
            let at = location.map_or_else(|| format!("{step} {}", draft.language), |at| place(Some(at)));
            let rule = finding.rule.as_str();
            let message = format!(
                "a draft for {} on {} in {} is warned of by {}: {}",
                quoted(step),
                quoted(channel),
                quoted(draft.language.as_str()),
                quoted(rule),
                finding.message
            );
            let help = shown(&draft.text);
            let breach = Diagnostic::new(Severity::Warning, "draft-warned", message).with_help(help);
            self.breach((rule.to_owned(), at), || placed(breach, location, weighed_at(policy, rule)));
        }
    }

    /// A draft that does not pass.
    fn reject(&mut self, rejected: &Rejected, channel: &str, step: &str) {
        let policy = self.policy;
        for (finding, template) in rejected.errors() {
            let location = template.and_then(|template| template.location.as_ref());
            let rule = finding.rule.as_str();
            let message = format!(
                "a draft for {} on {} breaks {}: {}",
                quoted(step),
                quoted(channel),
                quoted(rule),
                finding.message
            );
            let help = shown(rejected.text());
            let at = location.map_or_else(|| step.to_owned(), |at| place(Some(at)));
            let breach = Diagnostic::error("draft-rejected", message).with_help(help);
            self.breach((rule.to_owned(), at), || placed(breach, location, weighed_at(policy, rule)));
        }
    }

    /// A draft that there is not.
    fn regret(&mut self, error: &DraftError, channel: &str, step: &str) {
        let message = format!("nothing can be drafted for {} on {}: {error}", quoted(step), quoted(channel));
        let key = ("draft".to_owned(), error.to_string());
        let is_too_long = matches!(error, DraftError::TooLong(_));
        let code = if is_too_long { "draft-too-long" } else { "no-template" };
        let limits = || self.policy.channels.iter().zip(&self.policy.channel_limits);
        let location = limits().find(|(own, _)| own.id() == channel).and_then(|(_, at)| at.clone());
        let location = location.filter(|_| is_too_long);
        self.breach(key, || Diagnostic::new(Severity::Warning, code, message).at(location));
    }
}

/// Where a document says how bad it is not to keep a rule: whoever changed that is to see what it comes to.
fn weighed_at<'p>(policy: &'p Inner, rule: &str) -> Option<&'p Location> {
    policy.rules.get(rule)?.severity_at.as_ref()
}

/// What is told at the template it is about, and of the severity of the rule; at that, where it is about no template.
fn placed(breach: Diagnostic, template: Option<&Location>, weighed: Option<&Location>) -> Diagnostic {
    let breach = breach.at(template.or(weighed).cloned());
    breach.with_related(weighed.filter(|_| template.is_some()).cloned(), "its severity is set here")
}

/// A draft as it is shown: long links and answers are cut.
fn shown(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", word.get(..at).unwrap_or_default()),
        None => word.to_owned(),
    });
    format!("the draft: {}", words.collect::<Vec<_>>().join(" "))
}
