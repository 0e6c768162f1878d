//! What is remembered of an archive while its conversations pass by, one at a time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::HealthPolicy;
use super::timeline::{Timeline, earlier};
use crate::case::{Case, Visibility};
use crate::channel::{Badge, Channel};
use crate::sla::Share;

/// So many conversations are named as evidence, those that are worst.
const NAMED: usize = 10;
/// A longer id is cut, so that evidence stays small.
const LONGEST_ID: usize = 200;

/// Everything that is remembered. It does not depend on the order in which conversations are fed, and grows by four
/// bytes for each response time and a time for each tag, no more.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pub(super) now: DateTime<Utc>,
    pub(super) tallies: BTreeMap<usize, Tally>,
    pub(super) tags: BTreeMap<String, Vec<DateTime<Utc>>>,
    /// For each channel those whose badge its conversations count for.
    feeds: Vec<Vec<usize>>,
}

/// What became of the answer that a conversation was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It came in time.
    Met,
    /// It did not.
    Missed,
    /// It still can.
    Open,
}

/// A conversation, and what the rooms above know of it.
pub(crate) struct Seen<'a> {
    /// Its channel, by number.
    pub(crate) channel: usize,
    /// What the host calls it, or its number.
    pub(crate) id: &'a str,
    pub(crate) case: &'a Case,
    /// What the customer wants.
    pub(crate) intent: &'a str,
    /// What became of the answer it was promised, where one was.
    pub(crate) answer: Option<Answer>,
}

/// What is remembered of one channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) conversations: u64,
    pub(super) posts: u64,
    pub(super) replies: u64,
    /// Conversations in which a customer asked for something.
    pub(super) asked: u64,
    pub(super) answered: u64,
    /// Not answered, though the target has passed or there is none.
    pub(super) unanswered: Worst,
    pub(super) met: u64,
    pub(super) missed: Worst,
    /// First responses, in seconds.
    pub(super) responses: Vec<u32>,
    pub(super) satisfied: Satisfied,
    pub(super) complaints: u64,
    pub(super) unanswered_complaints: Worst,
    pub(super) spam: u64,
    pub(super) visible_spam: Worst,
    pub(super) began_at: Option<DateTime<Utc>>,
    pub(super) spoke_at: Option<DateTime<Utc>>,
    pub(super) badge: BadgeTally,
}

/// The sum of the shares of customers whom each response time satisfied.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Satisfied {
    pub(super) millionths: u64,
    pub(super) of: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct BadgeTally {
    pub(super) answered: u64,
    pub(super) unanswered: Worst,
    pub(super) responses: Vec<u32>,
}

/// How many there are, and the names of the worst: those with the lowest key.
#[derive(Clone, Debug, Default)]
pub(super) struct Worst {
    pub(super) count: u64,
    named: BTreeSet<(i64, String)>,
}

impl Worst {
    fn add(&mut self, key: i64, id: &str) {
        self.count += 1;
        self.name(key, id);
    }

    fn name(&mut self, key: i64, id: &str) {
        let id = id.char_indices().nth(LONGEST_ID).map_or(id, |(end, _)| id.get(..end).unwrap_or(id));
        let last = self.named.last();
        if self.named.len() >= NAMED && last.is_some_and(|(worst, name)| (*worst, name.as_str()) <= (key, id))
        {
            return;
        }
        self.named.insert((key, id.to_owned()));
        if self.named.len() > NAMED {
            self.named.pop_last();
        }
    }

    fn absorb(&mut self, other: &Worst) {
        self.count += other.count;
        other.named.iter().for_each(|(key, id)| self.name(*key, id));
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.named.iter().map(|(_, id)| id.clone()).collect()
    }
}

impl Tally {
    /// Takes in what another channel has.
    pub(super) fn absorb(&mut self, other: &Tally) {
        self.conversations += other.conversations;
        self.posts += other.posts;
        self.replies += other.replies;
        self.asked += other.asked;
        self.answered += other.answered;
        self.unanswered.absorb(&other.unanswered);
        self.met += other.met;
        self.missed.absorb(&other.missed);
        self.responses.extend(&other.responses);
        self.satisfied.millionths = self.satisfied.millionths.saturating_add(other.satisfied.millionths);
        self.satisfied.of += other.satisfied.of;
        self.complaints += other.complaints;
        self.unanswered_complaints.absorb(&other.unanswered_complaints);
        self.spam += other.spam;
        self.visible_spam.absorb(&other.visible_spam);
        self.began_at = earlier(self.began_at, other.began_at);
        self.spoke_at = self.spoke_at.max(other.spoke_at);
    }
}

impl Ledger {
    pub(crate) fn new(channels: &[Channel], now: DateTime<Utc>) -> Ledger {
        let mut feeds = vec![Vec::new(); channels.len()];
        for (at, channel) in channels.iter().enumerate().filter(|(_, channel)| channel.badge().is_some()) {
            let route = channel.private_route().map(|route| &*route.to);
            for (feed, from) in feeds.iter_mut().zip(channels) {
                if from.id() == channel.id() || route == Some(from.id()) {
                    feed.push(at);
                }
            }
        }
        Ledger { now, tallies: BTreeMap::new(), tags: BTreeMap::new(), feeds }
    }

    /// The instant as of which it is read.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Takes in one conversation.
    pub(crate) fn add(&mut self, policy: &HealthPolicy, channels: &[Channel], seen: &Seen<'_>) {
        let Some(channel) = channels.get(seen.channel) else { return };
        let (case, now) = (seen.case, self.now);
        let timeline = Timeline::of(case, now);
        let is_public = case.visibility.unwrap_or(channel.default_visibility()) == Visibility::Public;
        self.add_tags(case, timeline.began_at);
        if seen.intent != "spam" && !is_public {
            for &badge in self.feeds.get(seen.channel).into_iter().flatten() {
                if let Some(figures) = channels.get(badge).and_then(Channel::badge) {
                    let tally = &mut self.tallies.entry(badge).or_default().badge;
                    tally.add(figures, &timeline, seen.id, now);
                }
            }
        }
        let tally = self.tallies.entry(seen.channel).or_default();
        tally.conversations += 1;
        tally.began_at = earlier(tally.began_at, timeline.began_at);
        tally.spoke_at = tally.spoke_at.max(timeline.spoke_at);
        tally.posts += u64::from(timeline.is_post);
        let oldest_first = timeline.asked_at.map_or(i64::MAX, |at| at.timestamp());
        if seen.intent == "spam" && timeline.asked {
            tally.spam += 1;
            let settled = |kind: &String| policy.settled.contains(kind);
            let gone = case.events.iter().any(|event| event.at <= now && settled(&event.kind));
            if is_public && !gone {
                tally.visible_spam.add(oldest_first, seen.id);
            }
        } else if timeline.asked {
            tally.replies += timeline.replies;
            let satisfied = |time| Some(policy.expectation.as_ref()?.satisfied_at(time));
            tally.ask(&timeline, seen, oldest_first, satisfied);
        }
    }

    fn add_tags(&mut self, case: &Case, began_at: Option<DateTime<Utc>>) {
        let Some(at) = began_at else { return };
        let tags: BTreeSet<&String> = case.facts.tags.iter().collect();
        for tag in tags {
            match self.tags.get_mut(tag) {
                Some(times) => times.push(at),
                None => drop(self.tags.insert(tag.clone(), vec![at])),
            }
        }
    }
}

impl Tally {
    /// A customer asked for something.
    fn ask(
        &mut self,
        timeline: &Timeline,
        seen: &Seen<'_>,
        oldest_first: i64,
        satisfied: impl Fn(TimeDelta) -> Option<Share>,
    ) {
        let is_complaint = seen.intent == "complaint";
        let is_overdue = !timeline.answered && matches!(seen.answer, None | Some(Answer::Missed));
        self.asked += 1;
        self.complaints += u64::from(is_complaint);
        self.answered += u64::from(timeline.answered);
        if is_overdue {
            self.unanswered.add(oldest_first, seen.id);
            if is_complaint {
                self.unanswered_complaints.add(oldest_first, seen.id);
            }
        }
        let seconds = timeline.response.map(|response| response.num_seconds());
        match seen.answer {
            Some(Answer::Met) => self.met += 1,
            // Those that never came are worse than the slowest.
            Some(Answer::Missed) => self.missed.add(seconds.map_or(i64::MIN, |seconds| -seconds), seen.id),
            Some(Answer::Open) | None => {}
        }
        self.responses.extend(seconds.map(saturated));
        let share = timeline.response.map_or(is_overdue.then_some(Share::NONE), &satisfied);
        if let Some(share) = share.filter(|_| satisfied(TimeDelta::zero()).is_some()) {
            self.satisfied.millionths += u64::from(share.millionths());
            self.satisfied.of += 1;
        }
    }
}

impl BadgeTally {
    fn add(&mut self, badge: &Badge, timeline: &Timeline, id: &str, now: DateTime<Utc>) {
        let Some(asked_at) = timeline.asked_at.filter(|at| now - *at < badge.window) else { return };
        match timeline.response {
            Some(response) => {
                self.answered += 1;
                self.responses.push(saturated(response.num_seconds()));
            }
            None if timeline.answered || now - asked_at <= badge.time => {}
            None => self.unanswered.add(asked_at.timestamp(), id),
        }
    }
}

/// A response time in seconds; more than 136 years are as bad as 136.
fn saturated(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}
