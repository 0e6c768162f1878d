//! The rules of a policy, and how a reply is judged by all of them.

use std::cmp::Reverse;

use regex::RegexSet;

use super::condition::Facts;
use super::detect::Detection;
use super::excuse::Excuses;
use super::finding::{Finding, Fix};
use super::insert::Place;
use super::rule::{Kind, Rule};
use super::scene::Scene;
use super::trigger::{Inputs, Triggers, numbers};
use super::watch::Watch;
use crate::Span;

/// All rules of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// What must be there for a rule to find anything.
    triggers: Triggers,
    /// All patterns at once: one look tells whether any of them can match.
    patterns: Option<RegexSet>,
    /// Whether any of them asks where the conversation stands.
    staged: bool,
}

/// Memory that judging works in.
#[derive(Clone, Debug, Default)]
pub(crate) struct JudgeScratch {
    detections: Vec<Detection>,
    hits: Vec<(u32, Span)>,
    excuses: Excuses,
    /// The rules that may find something.
    met: Vec<u64>,
    /// Who wants to know what each rule did, if anybody does.
    pub(crate) watch: Option<Box<Watch>>,
}

impl Rules {
    pub(crate) fn new(rules: Vec<Rule>) -> Result<Rules, regex::Error> {
        let target = |rule: &Rule| match &rule.kind {
            Kind::Forbid(target) | Kind::Require(target) | Kind::Prefer(target) => {
                target.pattern.as_ref().map(|pattern| pattern.as_str().to_owned())
            }
            Kind::Limit { .. } | Kind::Order { .. } => None,
        };
        let patterns: Vec<String> = rules.iter().filter_map(target).collect();
        let patterns = if patterns.is_empty() { None } else { Some(RegexSet::new(patterns)?) };
        let triggers = Triggers::of(&rules);
        let staged = rules.iter().any(Rule::rests_on_stage);
        Ok(Rules { rules, triggers, patterns, staged })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// Whether any of them asks where the conversation stands.
    pub(crate) fn rest_on_stage(&self) -> bool {
        self.staged
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    /// Judges a reply. `rule_hits` are the rules' own phrases that were heard: the rule's number and the place.
    pub(crate) fn judge(
        &self,
        scene: &Scene<'_>,
        facts: &Facts<'_>,
        rule_hits: &[(u32, Span)],
        say: &dyn Fn(u8, Place) -> Option<Fix>,
        scratch: &mut JudgeScratch,
        findings: &mut Vec<Finding>,
    ) {
        let any_pattern = self.patterns.as_ref().is_some_and(|patterns| patterns.is_match(scene.reply));
        let present = Inputs::of(scene, any_pattern, !rule_hits.is_empty());
        let JudgeScratch { detections, hits, excuses, met, watch } = scratch;
        hits.clear();
        hits.extend_from_slice(rule_hits);
        if hits.len() > 1 {
            // By rule, and as they were heard: by start, the longer first.
            hits.sort_unstable_by_key(|&(rule, span)| (rule, span.start, Reverse(span.end)));
        }
        excuses.forget();
        self.triggers.met(present, scene.reading, met);
        for number in numbers(met) {
            let Some(rule) = self.rules.get(number as usize).filter(|rule| rule.when.holds(facts)) else {
                continue;
            };
            let own = match hits.as_slice() {
                [] => &[],
                hits => {
                    let own = hits.get(hits.partition_point(|hit| hit.0 < number)..).unwrap_or_default();
                    own.get(..own.partition_point(|hit| hit.0 == number)).unwrap_or_default()
                }
            };
            rule.find(scene, own, any_pattern, excuses, detections);
            if !detections.is_empty() {
                let found = detections.drain(..);
                findings.extend(found.map(|detection| rule.finding(scene, facts, detection, say)));
            }
        }
        if let Some(watch) = watch {
            // Those that were not worth asking held nothing against the reply either.
            let asked = self.rules.iter().filter(|rule| rule.when.holds(facts));
            watch.see(facts, asked.map(Rule::id), findings);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::detect::DETECTORS;
    use crate::money::Money;
    use crate::{Case, Message, Policy};

    const TEXTS: [&str; 13] = [
        "",
        "👍",
        "Hei Kari! Vi beklager, men dette er DIN EGEN FEIL!!! Sååå dumt 😂 http://bit.ly/x www.fjord.no",
        "Se http://intern.example/x og skriv til kari@fjord.no eller ring 912 34 567, takk {navn} 🙏🏽",
        "Vi svarer deg snart. Du får svar før fredag. “Vi beklager det som skjedde”, sa du.",
        "Sehr geehrte Frau Kowalska, könnten Sie uns bitte schreiben? Hast du schon geschaut, Alter?",
        "Dzień dobry, przepraszam za kłopot, czy może Pani podać numer? Daj znać, siema, nara!",
        "We are so sorry, but it's not our fault. We will get back to you as soon as possible.",
        "ра\u{443}раl be\u{AD}ta\u{200B}ling \u{202E}abc",
        "Hei! Takk for meldingen din. Ha en fin dag!",
        "hei hei hei!!! yo lol hahaha digg kjempegreit ass 😜😜😜 https://t.co/abc",
        "I am writing to inform you that, pursuant to our terms, the aforementioned request has been denied.",
        "Hi! We are refunding you 500 kroner.",
    ];

    /// A rule that names one more detector is always looked at: `window-closed` finds nothing without a time.
    #[test]
    fn a_detector_that_is_not_asked_would_have_found_nothing() {
        let mut pack = "svar = 1\nname = \"test\"\nextends = [\"svar:care\"]\n".to_owned();
        for detector in DETECTORS {
            let name = detector.name;
            pack += &format!("[rules.\"a.{name}\"]\nforbid = {{ detector = \"{name}\" }}\n");
            pack +=
                &format!("[rules.\"b.{name}\"]\nforbid = {{ detector = [\"{name}\", \"window-closed\"] }}\n");
        }
        let policy = Policy::from_toml(&pack).unwrap();
        let mut found = 0;
        for text in TEXTS {
            for (channel, language) in [("facebook", "nb"), ("linkedin", "de"), ("tiktok", "en"), ("x", "pl")]
            {
                let mut case = Case::new(channel);
                case.language = Some(language.to_owned());
                case.messages.push(Message::customer("Min adresse er kari@fjord.no, 912 34 567"));
                case.messages.push(Message::agent(TEXTS[3]));
                case.facts.offer = Money::parse("500", "NOK").ok();
                case.facts.loss = Money::parse("100", "NOK").ok();
                let report = policy.validate(&case, text, None).unwrap();
                for detector in DETECTORS.iter().filter(|detector| detector.name != "window-closed") {
                    let spans =
                        |rule: String| report.of(&rule).map(|finding| finding.span).collect::<Vec<_>>();
                    let asked = spans(format!("b.{}", detector.name));
                    assert_eq!(spans(format!("a.{}", detector.name)), asked, "{}: {text}", detector.name);
                    found += asked.len();
                }
            }
        }
        assert!(found > 100, "the texts are there to be found fault with: {found}");
    }
}
