//! From what is remembered to figures and findings.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::HealthPolicy;
use super::ledger::{BadgeTally, Ledger, Tally};
use super::rules::{Check, HealthRule};
use crate::channel::{AsOf, Badge, Channel};
use crate::rule::{PolicyLabel, RuleId, Verdict};
use crate::sla::Share;
use crate::sla::surge::{SystemicLimit, crowded};
use crate::source::{Severity, quoted};
use crate::time::in_words;

/// How well the channels of an archive are looked after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HealthReport {
    /// Whether it is bearable: no finding is an error.
    pub verdict: Verdict,
    /// The instant at which it was so.
    pub now: DateTime<Utc>,
    /// Each channel that has conversations, in the order of the policy.
    pub channels: Vec<ChannelHealth>,
    /// All channels together.
    pub total: Figures,
    /// What is not as the policy wants it: the worse first, then in the order of channels and rules.
    pub findings: Vec<Finding>,
    /// Who says so.
    pub policy: PolicyLabel,
}

impl HealthReport {
    /// Whether no finding is an error.
    pub fn passes(&self) -> bool {
        self.verdict == Verdict::Pass
    }

    /// The findings of a rule, such as `health.silent`.
    pub fn of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule == *rule)
    }
}

/// How well one channel is looked after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelHealth {
    /// Its id.
    pub channel: String,
    /// What people call it.
    #[serde(skip)]
    pub name: String,
    /// What was counted.
    #[serde(flatten)]
    pub figures: Figures,
    /// Whether it earns its badge, where it has one and conversations that count for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<BadgeState>,
}

/// What was counted. A share or time is nothing where there is nothing to take it of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Figures {
    /// Conversations.
    pub conversations: u64,
    /// Those in which a customer asked for something; spam is none of them.
    pub asked: u64,
    /// Those of them that somebody answered.
    pub answered: u64,
    /// Those that nobody answered, though the target has passed.
    pub unanswered: u64,
    /// The answered among those two.
    pub answered_share: Option<Share>,
    /// Those that were answered within the target.
    pub within_target: u64,
    /// Those that were answered later, or not at all, though the target has passed.
    pub past_target: u64,
    /// Those within the target among those two.
    pub within_target_share: Option<Share>,
    /// The first response, for half of those that have one.
    #[serde(rename = "median_seconds", serialize_with = "crate::sla::seconds::serialize_optional")]
    pub median: Option<TimeDelta>,
    /// The first response, for nine tenths of them.
    #[serde(rename = "p90_seconds", serialize_with = "crate::sla::seconds::serialize_optional")]
    pub p90: Option<TimeDelta>,
    /// How many customers these times satisfied, by the survey of the policy. Who was not answered was not satisfied.
    pub satisfied_share: Option<Share>,
    /// Complaints.
    pub complaints: u64,
    /// Those of them that nobody answered, though the target has passed.
    pub unanswered_complaints: u64,
    /// Spam.
    pub spam: u64,
    /// Spam that stands in public.
    pub visible_spam: u64,
    /// What the company began itself.
    pub posts: u64,
    /// How often somebody of the company answered a customer.
    pub replies: u64,
    /// How long nobody of the company has written.
    #[serde(rename = "silent_seconds", serialize_with = "crate::sla::seconds::serialize_optional")]
    pub silent: Option<TimeDelta>,
}

/// Whether a channel earns its badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BadgeState {
    /// What the badge says.
    pub name: String,
    /// Whether it is earned.
    pub earned: bool,
    /// The conversations that count.
    pub conversations: u64,
    /// The share of them that was answered, and…
    pub answered_share: Share,
    /// …the share that the platform asks for.
    pub needed_share: Share,
    /// The first response, for half of those that have one, and…
    #[serde(rename = "median_seconds", serialize_with = "crate::sla::seconds::serialize_optional")]
    pub median: Option<TimeDelta>,
    /// …the time that the platform asks for.
    #[serde(rename = "needed_seconds", serialize_with = "crate::sla::seconds::serialize")]
    pub needed: TimeDelta,
    /// Where the platform says so.
    pub source: Option<String>,
    /// When it said so.
    pub as_of: Option<AsOf>,
}

/// One rule not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// The channel it is about; nothing, where it is about all of them.
    pub channel: Option<String>,
    /// What is wrong, in one line.
    pub message: String,
    /// Why the rule exists.
    pub why: Arc<str>,
    /// What it was seen by.
    pub evidence: Evidence,
}

/// What a finding was seen by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// What there is.
    pub value: Option<Amount>,
    /// What the rule allows.
    pub limit: Option<Amount>,
    /// How many conversations (for `health.same-tag` with the tag) it was seen in…
    pub count: u64,
    /// …of how many.
    pub of: u64,
    /// The ids of the worst ten of them.
    pub ids: Vec<String>,
    /// The tag they have in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// What is held against a limit. In JSON `{"share": 0.5}`, `{"seconds": 900}` or `{"count": 3}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Amount {
    /// A part of all.
    Share(Share),
    /// A time.
    Time(TimeDelta),
    /// A number.
    Count(u64),
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Share(share) => share.fmt(f),
            Amount::Time(time) => f.pad(&in_words(*time)),
            Amount::Count(count) => count.fmt(f),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Amount::Share(share) => map.serialize_entry("share", share)?,
            Amount::Time(time) => map.serialize_entry("seconds", &time.num_seconds())?,
            Amount::Count(count) => map.serialize_entry("count", count)?,
        }
        map.end()
    }
}

/// What the whole policy says, beside its health rules.
pub(crate) struct Company<'a> {
    pub(crate) channels: &'a [Channel],
    pub(crate) systemic: Option<SystemicLimit>,
    /// The policy speaks for a company that has a name.
    pub(crate) is_named: bool,
    pub(crate) has_contact: bool,
    pub(crate) has_crisis_contact: bool,
    pub(crate) label: PolicyLabel,
}

/// Judges what was remembered.
pub(crate) fn judge(policy: &HealthPolicy, company: &Company<'_>, ledger: &Ledger) -> HealthReport {
    let mut total = Tally::default();
    let mut channels = Vec::new();
    let mut findings = Vec::new();
    for (number, channel) in company.channels.iter().enumerate() {
        let tally = ledger.tallies.get(&number);
        if let Some(tally) = tally {
            total.absorb(tally);
            let figures = Figures::of(tally, ledger.now);
            let badge = channel.badge().and_then(|badge| BadgeState::of(badge, &tally.badge));
            let seen = Scene { name: channel.name(), tally, figures: &figures, badge: badge.as_ref() };
            let found = policy.rules.iter().filter_map(|rule| seen.check(rule));
            findings
                .extend(found.map(|finding| Finding { channel: Some(channel.id().to_owned()), ..finding }));
            let (channel, name) = (channel.id().to_owned(), channel.name().to_owned());
            // A badge may be all that conversations elsewhere have left here.
            if figures.conversations > 0 || badge.is_some() {
                channels.push(ChannelHealth { channel, name, figures, badge });
            }
        }
        if channel.is_monitored() && !channel.is_inbound() {
            let closed = of_check(policy, Check::Closed).map(|rule| {
                let finding = rule.finding(channel.name(), Evidence::default());
                Finding { channel: Some(channel.id().to_owned()), ..finding }
            });
            findings.extend(closed);
        }
    }
    findings.extend(of_company(policy, company, ledger));
    // Stable: channels and rules stay in their order.
    findings.sort_by_key(|finding| Reverse(finding.severity));
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    HealthReport {
        verdict: if failed { Verdict::Fail } else { Verdict::Pass },
        now: ledger.now,
        channels,
        total: Figures::of(&total, ledger.now),
        findings,
        policy: company.label.clone(),
    }
}

fn of_check(policy: &HealthPolicy, check: Check) -> Option<&HealthRule> {
    policy.rules.iter().find(|rule| rule.check == check)
}

/// What is about the company, not about one of its channels.
fn of_company(policy: &HealthPolicy, company: &Company<'_>, ledger: &Ledger) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(rule), Some(limit)) = (of_check(policy, Check::SameTag), company.systemic) {
        for (tag, times) in &ledger.tags {
            let mut times = times.clone();
            times.sort_unstable();
            let count = crowded(&times, limit).into_iter().filter(|crowded| *crowded).count() as u64;
            if count > 0 {
                let evidence = Evidence {
                    value: Some(Amount::Count(count)),
                    limit: Some(Amount::Time(limit.within)),
                    count,
                    of: times.len() as u64,
                    ids: Vec::new(),
                    tag: Some(tag.clone()),
                };
                findings.push(rule.finding("", evidence));
            }
        }
    }
    let lacks =
        [(Check::NoOtherContact, company.has_contact), (Check::NoCrisisContact, company.has_crisis_contact)];
    for (check, has) in lacks {
        if company.is_named && !has {
            findings.extend(of_check(policy, check).map(|rule| rule.finding("", Evidence::default())));
        }
    }
    findings
}

impl Figures {
    fn of(tally: &Tally, now: DateTime<Utc>) -> Figures {
        let mut responses = tally.responses.clone();
        let (unanswered, past_target) = (tally.unanswered.count, tally.missed.count);
        let satisfied = tally.satisfied;
        let satisfied = satisfied.millionths.checked_div(satisfied.of);
        Figures {
            conversations: tally.conversations,
            asked: tally.asked,
            answered: tally.answered,
            unanswered,
            answered_share: Share::of(tally.answered, tally.answered + unanswered),
            within_target: tally.met,
            past_target,
            within_target_share: Share::of(tally.met, tally.met + past_target),
            median: nearest_rank(&mut responses, 50),
            p90: nearest_rank(&mut responses, 90),
            satisfied_share: satisfied.and_then(|mean| Share::from_millionths(u32::try_from(mean).ok()?)),
            complaints: tally.complaints,
            unanswered_complaints: tally.unanswered_complaints.count,
            spam: tally.spam,
            visible_spam: tally.visible_spam.count,
            posts: tally.posts,
            replies: tally.replies,
            silent: tally.spoke_at.or(tally.began_at).map(|at| now - at),
        }
    }
}

/// The least of the times within which at least so many percent of them lie.
fn nearest_rank(times: &mut [u32], percent: usize) -> Option<TimeDelta> {
    let rank = (times.len() * percent).div_ceil(100).checked_sub(1)?;
    let (_, time, _) = times.select_nth_unstable(rank);
    Some(TimeDelta::seconds(i64::from(*time)))
}

impl BadgeState {
    fn of(badge: &Badge, tally: &BadgeTally) -> Option<BadgeState> {
        let conversations = tally.answered + tally.unanswered.count;
        let answered_share = Share::of(tally.answered, conversations)?;
        let needed_share = Share::from_ratio(badge.rate).unwrap_or(Share::ALL);
        let median = nearest_rank(&mut tally.responses.clone(), 50);
        let is_fast = median.is_some_and(|median| median <= badge.time);
        Some(BadgeState {
            name: badge.name.clone(),
            earned: answered_share >= needed_share && is_fast,
            conversations,
            answered_share,
            needed_share,
            median,
            needed: badge.time,
            source: badge.fact.source.clone(),
            as_of: badge.fact.as_of,
        })
    }
}

/// A channel as its rules see it.
struct Scene<'a> {
    name: &'a str,
    tally: &'a Tally,
    figures: &'a Figures,
    badge: Option<&'a BadgeState>,
}

impl Scene<'_> {
    fn check(&self, rule: &HealthRule) -> Option<Finding> {
        let (figures, tally) = (self.figures, self.tally);
        let (value, count, of, ids) = match rule.check {
            Check::Unanswered => {
                let of = figures.answered + figures.unanswered;
                (figures.answered_share.map(Amount::Share), figures.unanswered, of, tally.unanswered.ids())
            }
            Check::Late => {
                let of = figures.within_target + figures.past_target;
                let share = figures.within_target_share.map(Amount::Share);
                (share, figures.past_target, of, tally.missed.ids())
            }
            Check::Median | Check::P90 => {
                let time = if rule.check == Check::Median { figures.median } else { figures.p90 };
                let of = tally.responses.len() as u64;
                (time.map(Amount::Time), of, of, Vec::new())
            }
            Check::UnansweredComplaints => {
                let count = figures.unanswered_complaints;
                (Some(Amount::Count(count)), count, figures.complaints, tally.unanswered_complaints.ids())
            }
            Check::VisibleSpam => {
                let count = figures.visible_spam;
                (Some(Amount::Count(count)), count, figures.spam, tally.visible_spam.ids())
            }
            Check::Silent => {
                (figures.silent.map(Amount::Time), figures.conversations, figures.conversations, Vec::new())
            }
            Check::BroadcastOnly => {
                let share = Share::of(figures.replies, figures.posts).map(Amount::Share);
                (share, figures.replies, figures.posts, Vec::new())
            }
            Check::Badge => return self.check_badge(rule),
            Check::Closed | Check::SameTag | Check::NoOtherContact | Check::NoCrisisContact => return None,
        };
        let broken = match (value?, rule.limit?) {
            (Amount::Share(value), Amount::Share(least)) => value < least,
            (Amount::Time(value), Amount::Time(most)) => value > most,
            (Amount::Count(value), Amount::Count(most)) => value > most,
            _ => false,
        };
        let evidence = Evidence { value, limit: rule.limit, count, of, ids, tag: None };
        (broken && of >= rule.from).then(|| rule.finding(self.name, evidence))
    }

    fn check_badge(&self, rule: &HealthRule) -> Option<Finding> {
        let badge = self.badge.filter(|badge| !badge.earned)?;
        let is_slow = badge.median.is_none_or(|median| median > badge.needed);
        let (value, limit) = if badge.answered_share < badge.needed_share || !is_slow {
            (Some(Amount::Share(badge.answered_share)), Amount::Share(badge.needed_share))
        } else {
            (badge.median.map(Amount::Time), Amount::Time(badge.needed))
        };
        let unanswered = &self.tally.badge.unanswered;
        let evidence = Evidence {
            value,
            limit: Some(limit),
            count: unanswered.count,
            of: badge.conversations,
            ids: unanswered.ids(),
            tag: None,
        };
        Some(rule.finding(self.name, evidence))
    }
}

impl HealthRule {
    fn finding(&self, channel: &str, evidence: Evidence) -> Finding {
        let amount = |amount: Option<Amount>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        let tag = evidence.tag.as_deref().map(quoted).unwrap_or_default();
        // What is filled in is never looked through for something to fill in.
        let mut message = String::new();
        let mut rest = self.message.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            message.push_str(before);
            message.push_str(&match slot {
                "channel" => channel.to_owned(),
                "value" => amount(evidence.value),
                "limit" => amount(evidence.limit),
                "count" => evidence.count.to_string(),
                "of" => evidence.of.to_string(),
                "tag" => tag.clone(),
                _ => String::new(),
            });
            rest = after;
        }
        message.push_str(rest);
        Finding {
            rule: self.id.clone(),
            severity: self.severity,
            channel: None,
            message,
            why: Arc::clone(&self.why),
            evidence,
        }
    }
}
