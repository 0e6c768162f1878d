//! Rules that never find anything, and rules that no reply can keep together.

use super::{Lint, example};
use crate::rule::{Kind, Measure, Meeting, Rule, Target};
use crate::source::{Diagnostic, Node, Severity, Table, Value, quoted};
use crate::text::Unit;

/// What of a rule says how it is told, and not what it finds.
const WORDS: [&str; 9] = ["message", "why", "source", "severity", "good", "bad", "case", "now", "fix"];

impl Lint<'_, '_> {
    pub(super) fn rules(&self) {
        let rules: Vec<&Rule> = self.policy.rules().collect();
        for rule in &rules {
            self.never_met(rule);
            self.matches_nothing(rule);
            self.limit_beyond_channels(rule);
        }
        for (at, rule) in rules.iter().enumerate() {
            for other in rules.iter().skip(at + 1) {
                self.at_odds(rule, other);
                self.at_odds(other, rule);
                self.crossed(rule, other);
                self.twins(rule, other);
            }
        }
    }

    /// A condition that no case meets.
    fn never_met(&self, rule: &Rule) {
        let id = rule.id().as_str();
        let (severity, why) = match self.world.meet(&[&rule.when], &[], None) {
            Meeting::Contradictory => (Severity::Error, "its condition contradicts itself"),
            Meeting::Nowhere => (Severity::Warning, "no channel of this policy is as its condition asks"),
            Meeting::Met(_) | Meeting::Unknown => return,
        };
        let message = format!("no text can break {}: {why}", quoted(id));
        let help = "change the condition, or take the rule out";
        let at = self.at_value(&["rules", id, "when"]);
        self.report(Diagnostic::new(severity, "unbreakable", message).with_help(help).at(at));
    }

    /// A pattern that matches no text, such as a class of letters that leaves none.
    fn matches_nothing(&self, rule: &Rule) {
        let (Kind::Forbid(target) | Kind::Require(target) | Kind::Prefer(target)) = &rule.kind else {
            return;
        };
        let Some(pattern) = &target.pattern else { return };
        let shortest = regex_syntax::parse(pattern.as_str()).map(|read| read.properties().minimum_len());
        if shortest.is_ok_and(|shortest| shortest.is_none()) {
            let id = rule.id().as_str();
            let message = format!("the pattern of {} matches nothing", quoted(id));
            let help = "a class such as `[a&&b]` has no letter in it; write what shall be found";
            let at = self.at_value(&["rules", id, rule.kind(), "pattern"]);
            self.report(Diagnostic::error("unbreakable", message).with_help(help).at(at));
        }
    }

    /// A limit on length that no channel's own limit leaves room to exceed.
    fn limit_beyond_channels(&self, rule: &Rule) {
        let Kind::Limit { measure: Measure::Length(unit), max: Some(max), min: 0 } = rule.kind else {
            return;
        };
        let longest = self.policy.channels().iter().filter_map(|channel| {
            let visibilities = channel.visibilities().iter();
            let room = visibilities.map(|own| {
                let of_unit = channel.limits(*own).filter(|limit| limit.unit == unit);
                of_unit.map(|limit| limit.max).min().unwrap_or(usize::MAX)
            });
            room.max().map(|room| (channel, room))
        });
        let Some((channel, room)) = longest.max_by_key(|(_, room)| *room) else { return };
        if room > max || unit == Unit::Bytes && max >= super::super::LONGEST_TEXT {
            return;
        }
        let id = rule.id().as_str();
        let message = format!(
            "{} allows {max}, and no channel carries more than {room} (`{}`)",
            quoted(id),
            channel.id()
        );
        let help = "a reply that is too long for its channel is told of as `reply.too-long` already";
        let at = self.at_value(&["rules", id, "limit"]);
        self.report(Diagnostic::new(Severity::Warning, "unbreakable", message).with_help(help).at(at));
    }

    /// One rule asks for what the other forbids, and a case can be of both.
    fn at_odds(&self, forbids: &Rule, asks: &Rule) {
        let Some(what) = self.odds(forbids, asks) else { return };
        let Meeting::Met(case) = self.world.meet(&[&forbids.when, &asks.when], &[], None) else { return };
        let severity = match forbids.severity().min(asks.severity()) {
            Severity::Error => Severity::Error,
            _ => Severity::Warning,
        };
        let (no, yes) = (quoted(forbids.id().as_str()), quoted(asks.id().as_str()));
        let message = format!("no reply keeps both {no} and {yes}: {what}{}", example(&case));
        let help = format!(
            "narrow the `when` of one of them so that they are for different cases; {no} may be excused with `excused_by`"
        );
        let diagnostic = Diagnostic::new(severity, "rules-at-odds", message).with_help(help);
        let (own, other) = (self.rule_at(forbids), self.rule_at(asks));
        self.report(diagnostic.at(own).with_related(other, "the other one"));
    }

    fn odds(&self, forbids: &Rule, asks: &Rule) -> Option<String> {
        match (&forbids.kind, &asks.kind) {
            (Kind::Forbid(no), Kind::Require(yes) | Kind::Prefer(yes)) => {
                let is_odd = forbids.excused_by.is_empty() && covers(no, yes);
                is_odd.then(|| match yes.acts.is_empty() {
                    true => "one forbids all that the other asks for".to_owned(),
                    false => format!(
                        "one forbids {}, the other asks for it",
                        quoted(self.common(yes.acts, no.acts))
                    ),
                })
            }
            (Kind::Limit { measure, max: Some(max), .. }, Kind::Limit { measure: other, min, .. }) => {
                (measure == other && max < min)
                    .then(|| format!("one allows at most {max}, the other asks for at least {min}"))
            }
            (
                Kind::Limit { measure: Measure::Emoji, max: Some(0), .. },
                Kind::Require(yes) | Kind::Prefer(yes),
            ) => {
                let only_emoji =
                    yes.is_for_detectors() && yes.detectors.iter().all(|detector| detector.name == "emoji");
                only_emoji.then(|| "one allows no emoji, the other asks for one".to_owned())
            }
            _ => None,
        }
    }

    /// One rule wants an act before another one, the other rule wants it behind. Acts in one sentence are in no order.
    fn crossed(&self, rule: &Rule, other: &Rule) {
        let (Kind::Order { act, before, .. }, Kind::Order { act: last, before: behind, .. }) =
            (&rule.kind, &other.kind)
        else {
            return;
        };
        if act == last || !before.contains(*last) || !behind.contains(*act) {
            return;
        }
        let Meeting::Met(case) = self.world.meet(&[&rule.when, &other.when], &[], None) else { return };
        let name = |act: u8| quoted(self.act_name(usize::from(act)));
        let message = format!(
            "no reply with {} and {} in two sentences keeps both {} and {}: each of them wants the other act last{}",
            name(*act),
            name(*last),
            quoted(rule.id().as_str()),
            quoted(other.id().as_str()),
            example(&case)
        );
        let help = "take an act out of one `before`, or narrow the `when` of one of them so that they are for different cases";
        let diagnostic = Diagnostic::new(Severity::Warning, "rules-at-odds", message).with_help(help);
        self.report(diagnostic.at(self.rule_at(other)).with_related(self.rule_at(rule), "the other one"));
    }

    /// Two rules that look for the same under the same condition.
    fn twins(&self, rule: &Rule, other: &Rule) {
        let table = |rule: &Rule| self.entry(&["rules", rule.id().as_str()])?.node.as_table();
        let Some((own, others)) = table(rule).zip(table(other)) else { return };
        if !same_but_words(own, others) || !same_but_words(others, own) {
            return;
        }
        let (id, first) = (quoted(other.id().as_str()), quoted(rule.id().as_str()));
        let message = format!("{id} finds exactly what {first} finds");
        let help = "take one of them out: whatever breaks one breaks the other, and is told of twice";
        let diagnostic = Diagnostic::new(Severity::Warning, "twin-rule", message).with_help(help);
        self.report(diagnostic.at(self.rule_at(other)).with_related(self.rule_at(rule), "the same here"));
    }
}

/// Whether whatever a target asks for is among what the other finds.
fn covers(no: &Target, yes: &Target) -> bool {
    let acts = no.acts.contains_all(yes.acts);
    let detectors =
        yes.detectors.iter().all(|wanted| no.detectors.iter().any(|found| found.name == wanted.name));
    let personal = yes.personal.iter().all(|wanted| no.personal.contains(wanted));
    let signals = yes.signals.iter().all(|wanted| no.signals.contains(wanted));
    let pattern = match (&yes.pattern, &no.pattern) {
        (None, _) => true,
        (Some(wanted), Some(found)) => wanted.as_str() == found.as_str(),
        (Some(_), None) => false,
    };
    acts && detectors && personal && signals && pattern && !yes.phrases
}

/// Whether a rule's table says in another one what it says here, apart from words.
fn same_but_words(own: &Table<'_>, other: &Table<'_>) -> bool {
    let is_word = |key: &str| WORDS.contains(&key);
    own.iter().filter(|entry| !is_word(&entry.key.text)).all(|entry| {
        let same =
            other.get(&entry.key.text).is_some_and(|node: &Node<'_>| node.value.same(&entry.node.value));
        let is_default = entry.key.text == "off" && matches!(entry.node.value, Value::Boolean(false));
        same || is_default
    })
}
