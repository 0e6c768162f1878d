//! What level a case has reached, and by what.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, Serializer};

use super::{Asks, Growth, Level, LevelPolicy, Measure, Quantity, SurgePolicy};
use crate::case::{Case, Level as CaseLevel, PerHour};

/// How far a case has spread, and what that asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Surge {
    /// How serious that is.
    pub level: Level,
    /// Whether it cannot wait for business hours: the level is at least [`Level::Surge`], or the host says that the
    /// case's severity is high.
    pub serious: bool,
    /// What was crossed, the highest level first. Nothing, where the level is none.
    pub evidence: Vec<Evidence>,
    /// How many people have seen it.
    pub reach: Reach,
    /// How fast it grows.
    pub velocity: Velocity,
    /// What the level asks for.
    #[serde(serialize_with = "shared")]
    pub asks: Arc<Asks>,
}

/// A threshold that was reached: of each measure the highest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// What was measured.
    pub measure: Measure,
    /// The level whose threshold it is.
    pub level: Level,
    /// What there is.
    pub value: Quantity,
    /// What the level asks for.
    pub threshold: Quantity,
    /// Both in words.
    pub message: String,
}

/// How many people have seen something: a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reach {
    /// Surely so many.
    pub at_least: u64,
    /// An upper bound, not an estimate: contacts overlap, and few of them are shown a post.
    pub at_most: u64,
    /// The upper bound before it is held against how many people there are.
    pub unbounded: u64,
    /// How many people there are, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
}

/// How fast something grows; nothing, where no time is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Velocity {
    /// Reactions.
    pub reactions_per_hour: Option<Quantity>,
    /// Comments.
    pub comments_per_hour: Option<Quantity>,
}

impl SurgePolicy {
    /// Measures a case.
    pub(crate) fn judge(&self, case: &Case, now: DateTime<Utc>) -> Surge {
        let reach = self.reach(case);
        let velocity = velocity(case, now, self.window);
        let evidence = self.evidence(&Scene { case, reach, velocity });
        let level = evidence.first().map_or(Level::None, |highest| highest.level);
        let asks = Level::REACHED.into_iter().zip(&self.levels).find(|(of, _)| *of == level);
        Surge {
            level,
            serious: level >= Level::Surge || case.facts.severity >= CaseLevel::High,
            evidence,
            reach,
            velocity,
            asks: asks.map(|(_, policy)| Arc::clone(&policy.asks)).unwrap_or_default(),
        }
    }

    /// The level that growth has no part in: one that does not pass, so that a clock can go by it.
    pub(crate) fn lasting(&self, case: &Case) -> Level {
        let scene = Scene { case, reach: self.reach(case), velocity: Velocity::default() };
        self.evidence(&scene).first().map_or(Level::None, |highest| highest.level)
    }

    fn evidence(&self, scene: &Scene<'_>) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = Vec::new();
        for (level, policy) in Level::REACHED.into_iter().zip(&self.levels).rev() {
            for found in scene.crossed(level, policy) {
                if !evidence.iter().any(|higher| higher.measure == found.measure) {
                    evidence.push(found);
                }
            }
        }
        evidence
    }

    fn reach(&self, case: &Case) -> Reach {
        let (facts, spread) = (&case.facts, &case.facts.spread);
        let people = facts.reactions.max(facts.comments).max(spread.shares);
        let known = || case.language.as_deref().and_then(|language| self.populations.get(language));
        let population = spread.population.or_else(|| known().map(|population| population.people));
        let bounded = |count: u64| population.map_or(count, |population| count.min(population));
        let at_least = bounded(people.max(spread.reach.unwrap_or(0)));
        let contacts = self.contacts.as_ref().map_or(0, |contacts| contacts.each);
        let unbounded = people.saturating_mul(contacts).saturating_add(spread.followers).max(at_least);
        Reach { at_least, at_most: bounded(unbounded), unbounded, population }
    }
}

/// Growth since the last count that is as old as the window, or as the oldest there is. Where no count is older than
/// the conversation, that began with nothing.
fn velocity(case: &Case, now: DateTime<Utc>, window: TimeDelta) -> Velocity {
    let since_then = now - window.min(now - DateTime::<Utc>::MIN_UTC);
    let samples = case.facts.spread.samples.iter();
    let samples = samples.map(|sample| (sample.at.to_utc(), sample.reactions, sample.comments));
    let mut counts: Vec<_> = samples.filter(|(at, ..)| *at <= now).collect();
    let begun = case.messages.iter().filter_map(|message| message.at).min().map(|at| at.to_utc());
    let begun = begun.filter(|begun| *begun <= now && counts.iter().all(|(at, ..)| at > begun));
    counts.extend(begun.map(|at| (at, 0, 0)));
    let old_enough = counts.iter().filter(|(at, ..)| *at <= since_then).max();
    let Some((at, reactions, comments)) = old_enough.or_else(|| counts.iter().min()) else {
        return Velocity::default();
    };
    let seconds = (now - at).max(window).num_seconds();
    let per_hour = |count: u64, before: u64| {
        let thousandths = u128::from(count.saturating_sub(before)) * Quantity::ONE * 3600;
        Some(Quantity(thousandths / u128::from(seconds.unsigned_abs().max(1))))
    };
    Velocity {
        reactions_per_hour: per_hour(case.facts.reactions, *reactions),
        comments_per_hour: per_hour(case.facts.comments, *comments),
    }
}

struct Scene<'a> {
    case: &'a Case,
    reach: Reach,
    velocity: Velocity,
}

impl Scene<'_> {
    fn crossed<'s>(&'s self, level: Level, policy: &'s LevelPolicy) -> impl Iterator<Item = Evidence> + 's {
        let counts = policy.counts.iter().filter_map(move |&(measure, least)| {
            let (value, threshold) = (self.count(measure), Quantity::whole(least));
            (value >= threshold).then(|| evidence(measure, level, value, threshold))
        });
        let growth = policy.growth.iter().filter_map(move |&(measure, growth)| {
            let (value, usual) = self.growth(measure);
            let (value, threshold) = (value?, growth.threshold(usual)?);
            (value >= threshold).then(|| evidence(measure, level, value, threshold))
        });
        let media = policy.media && self.case.facts.media;
        let media = media.then(|| evidence(Measure::Media, level, Quantity::whole(1), Quantity::whole(1)));
        media.into_iter().chain(counts).chain(growth)
    }

    fn count(&self, measure: Measure) -> Quantity {
        let facts = &self.case.facts;
        Quantity::whole(match measure {
            Measure::Reactions => facts.reactions,
            Measure::Comments => facts.comments,
            Measure::Shares => facts.spread.shares,
            Measure::SimilarCases => facts.spread.similar_cases,
            Measure::Reach => self.reach.at_least,
            Measure::PotentialReach => self.reach.at_most,
            Measure::ReactionsPerHour | Measure::CommentsPerHour | Measure::Media => 0,
        })
    }

    /// How fast it grows, and how fast is usual.
    fn growth(&self, measure: Measure) -> (Option<Quantity>, Option<PerHour>) {
        let usual = self.case.facts.spread.baseline;
        match measure {
            Measure::ReactionsPerHour => (self.velocity.reactions_per_hour, usual.reactions_per_hour),
            Measure::CommentsPerHour => (self.velocity.comments_per_hour, usual.comments_per_hour),
            _ => (None, None),
        }
    }
}

impl Growth {
    fn threshold(self, usual: Option<PerHour>) -> Option<Quantity> {
        let Some(usual) = usual else {
            return self.without_baseline.map(|least| Quantity(u128::from(least)));
        };
        // Both are in thousandths; what is left over counts as one more.
        let times = (u128::from(self.times) * u128::from(usual.thousandths())).div_ceil(Quantity::ONE);
        Some(Quantity(times.max(u128::from(self.at_least))))
    }
}

fn evidence(measure: Measure, level: Level, value: Quantity, threshold: Quantity) -> Evidence {
    let message = match measure {
        Measure::Media => format!("media have taken it up, which makes it a {level}"),
        _ => {
            let tenths = value.0.saturating_mul(10).checked_div(threshold.0).unwrap_or(0);
            let times = Quantity(tenths.saturating_mul(100));
            format!("{value} {}, {times} times the {threshold} of `{level}`", measure.noun())
        }
    };
    Evidence { measure, level, value, threshold, message }
}

fn shared<S: Serializer>(asks: &Arc<Asks>, serializer: S) -> Result<S::Ok, S::Error> {
    asks.serialize(serializer)
}
