//! A rule, compiled, and how it is judged.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::Arc;

use regex::{Regex, RegexSet};

use super::condition::{Condition, Facts};
use super::detect::{Detection, Detector};
use super::finding::{Finding, Fix, RuleId};
use super::insert::Place;
use super::measure::Measure;
use super::scene::Scene;
use super::trigger::{Inputs, Triggers, numbers};
use super::values::Flags;
use super::watch::Watch;
use crate::Span;
use crate::lexicon::{ActSet, Heard};
use crate::source::{Severity, quoted};

/// What a rule looks for: any of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    pub(crate) acts: ActSet,
    /// Acts in somebody else's words count, too.
    pub(crate) quoted: bool,
    /// Signals, by name.
    pub(crate) signals: Vec<Arc<str>>,
    /// Whether phrases of the rule's own are in the lexicons.
    pub(crate) phrases: bool,
    pub(crate) pattern: Option<Regex>,
    pub(crate) detectors: Vec<Detector>,
    /// Kinds of personal data.
    pub(crate) personal: Vec<crate::text::PersonalKind>,
    /// In which texts any of it can be found.
    pub(crate) reach: Reach,
}

/// In which texts a rule can find what it looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In texts the policy judges.
    #[default]
    Policy,
    /// In languages the documents know and the policy does not speak.
    OtherLanguages,
    /// In none.
    Nothing,
}

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
    pub(crate) severity: Severity,
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

/// Which acts stand in each sentence, in the writer's own words; gathered once a rule asks.
#[derive(Clone, Debug, Default)]
struct Excuses {
    sentences: Vec<ActSet>,
    gathered: bool,
}

impl Excuses {
    fn forget(&mut self) {
        self.gathered = false;
    }

    /// Whether one of the acts stands in the sentence of a place, or in one beside it.
    fn cover(&mut self, scene: &Scene<'_>, acts: ActSet, span: Span) -> bool {
        if acts.is_empty() {
            return false;
        }
        if !self.gathered {
            self.gather(scene);
        }
        let sentence = scene.reading.sentences.partition_point(|sentence| sentence.end <= span.start);
        let beside = self.sentences.get(sentence.saturating_sub(1)..).unwrap_or_default();
        let count = if sentence == 0 { 2 } else { 3 };
        beside.iter().take(count).any(|heard| heard.intersects(acts))
    }

    fn gather(&mut self, scene: &Scene<'_>) {
        self.gathered = true;
        self.sentences.clear();
        self.sentences.resize(scene.reading.sentences.len() + 1, ActSet::default());
        for heard in scene.reading.acts.iter().filter(|heard| !heard.quoted) {
            if let Some(acts) = self.sentences.get_mut(heard.sentence) {
                acts.insert(heard.act.index());
            }
        }
    }
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

    fn find(
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
    fn rests_on_stage(&self) -> bool {
        let looks = matches!(&self.kind, Kind::Forbid(target) | Kind::Require(target) | Kind::Prefer(target)
            if target.detectors.iter().any(|detector| detector.name == "step-forbidden"));
        looks || self.when.rests_on_stage()
    }

    /// What rests on a guess is one step milder than what is known: a rule for complaints, where it was svar that
    /// took the message for one.
    fn severity_for(&self, facts: &Facts<'_>) -> Severity {
        match self.severity {
            Severity::Error if self.rests_on_guess(facts) => Severity::Warning,
            Severity::Warning if self.rests_on_guess(facts) => Severity::Advice,
            severity => severity,
        }
    }

    fn rests_on_guess(&self, facts: &Facts<'_>) -> bool {
        self.when.rests_on_intent() && !facts.values.has(Flags::INTENT_GIVEN)
            || self.rests_on_stage() && facts.stage.is_some_and(|stage| stage.guessed)
    }

    fn finding(
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
        let severity = self.severity_for(facts);
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

impl Target {
    /// Whether it looks for acts and nothing else.
    pub(crate) fn is_only_acts(&self) -> bool {
        let others = self.signals.is_empty() && self.detectors.is_empty() && self.personal.is_empty();
        others && !self.phrases && self.pattern.is_none()
    }

    /// Whether nothing but detectors look for it.
    pub(crate) fn is_for_detectors(&self) -> bool {
        self.acts.is_empty()
            && self.signals.is_empty()
            && self.personal.is_empty()
            && !self.phrases
            && self.pattern.is_none()
    }

    /// Whether anything of this stands in the reply. `memory` is empty, before and after.
    fn stands(
        &self,
        scene: &Scene<'_>,
        hits: &[(u32, Span)],
        any_pattern: bool,
        memory: &mut Vec<Detection>,
    ) -> bool {
        if self.places(scene, hits, any_pattern, |_, _| ControlFlow::Break(())).is_break() {
            return true;
        }
        self.detect(scene, memory);
        let stands = !memory.is_empty();
        memory.clear();
        stands
    }

    /// Calls `found` with every place of what is no detector's, and with what stands there, until it breaks off.
    fn places(
        &self,
        scene: &Scene<'_>,
        hits: &[(u32, Span)],
        any_pattern: bool,
        mut found: impl FnMut(Span, &str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let reading = scene.reading;
        if self.acts.intersects(reading.all_heard) {
            let counts = |heard: &&Heard| {
                self.acts.contains(heard.act.index())
                    && (self.quoted || !heard.quoted)
                    && heard.taken_back.is_none()
            };
            for heard in reading.acts.iter().filter(counts) {
                found(heard.span, heard.span.of(scene.reply))?;
            }
        }
        for heard in reading.signals.iter().filter(|heard| self.signals.contains(&heard.signal)) {
            found(heard.span, heard.span.of(scene.reply))?;
        }
        let mut end = 0;
        for &(_, span) in hits {
            if span.start >= end {
                end = span.end;
                found(span, span.of(scene.reply))?;
            }
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|_| any_pattern) {
            for place in pattern.find_iter(scene.reply).filter(|place| !place.is_empty()) {
                found(place.range().into(), place.as_str())?;
            }
        }
        for data in reading.personal_data.iter().filter(|data| self.personal.contains(&data.kind)) {
            found(data.span, data.kind.name())?;
        }
        ControlFlow::Continue(())
    }

    fn detect(&self, scene: &Scene<'_>, out: &mut Vec<Detection>) {
        for detector in &self.detectors {
            (detector.detect)(scene, out);
        }
    }
}

/// The act comes too late: after one that should follow it, or after too many sentences. A greeting is no sentence.
fn out_of_order(
    scene: &Scene<'_>,
    act: u8,
    before: ActSet,
    within_sentences: Option<usize>,
) -> Option<Detection> {
    let own = |heard: &&Heard| !heard.quoted && heard.taken_back.is_none();
    let mut acts = scene.reading.acts.iter().filter(own);
    let first = acts.clone().find(|heard| heard.act.index() == act)?;
    let overtaken = acts.any(|heard| before.contains(heard.act.index()) && heard.sentence < first.sentence);
    let late =
        within_sentences.is_some_and(|most| first.sentence - greetings_before(scene, first.sentence) >= most);
    (overtaken || late).then(|| Detection::at(first.span).found(first.span.of(scene.reply)))
}

/// How many sentences before one hold nothing but a greeting. The acts are in the order of the sentences.
fn greetings_before(scene: &Scene<'_>, sentence: usize) -> usize {
    let greeting = scene.acts.index("greeting");
    let acts = scene.reading.acts.as_slice();
    let sentences = acts.chunk_by(|one, next| one.sentence == next.sentence);
    let before = sentences.take_while(|acts| acts.first().is_some_and(|heard| heard.sentence < sentence));
    before.filter(|acts| acts.iter().all(|heard| Some(heard.act.index()) == greeting)).count()
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
