//! What is doubtful about the targets of a policy, though no error.

use std::collections::BTreeSet;

use super::document::Read;
use super::target::{Metric, Target, TimeKind};
use crate::case::{Case, Level, Visibility};
use crate::channel::{Channel, ChannelKind, duration};
use crate::lexicon::{ActSet, INTENTS};
use crate::rule::{Facts, Flags, OTHER_INTENT, Values};
use crate::source::{Diagnostic, Severity, quoted};

/// From so long on, an answer on social media is slow, whatever is promised: a day, as four of the five texts have it.
const SLOW_HOURS: i64 = 24;
/// Channels beyond that are not gone through: a policy has a few dozen.
const MOST_CHANNELS: usize = 200;

/// A kind of case that the targets tell from others.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Probe {
    channel: usize,
    visibility: Visibility,
    intent: u8,
    priority: Level,
    severity: Level,
}

pub(super) struct Lint<'l, 'n, 'a> {
    targets: &'l [Read<'n, 'a>],
    by_metric: &'l [Vec<usize>; 4],
    channels: &'l [Channel],
    case: Case,
    /// Whether serious cases are to be answered out of hours.
    wants_cover: bool,
    /// Pairs that were reported.
    told: BTreeSet<(usize, usize, &'static str)>,
}

impl<'l, 'n, 'a> Lint<'l, 'n, 'a> {
    pub(super) fn new(
        targets: &'l [Read<'n, 'a>],
        by_metric: &'l [Vec<usize>; 4],
        channels: &'l [Channel],
        wants_cover: bool,
    ) -> Self {
        Lint { targets, by_metric, channels, case: Case::default(), wants_cover, told: BTreeSet::new() }
    }

    /// Looks at every kind of case that the targets tell apart.
    pub(super) fn run(mut self) {
        for probe in self.probes() {
            let first = self.chosen(Metric::FirstResponse, probe);
            for later in [Metric::Resolution] {
                if let (Some(a), Some(b)) = (first, self.chosen(later, probe)) {
                    self.compare(a, b, "a case would have to be solved before it is answered");
                }
            }
            for metric in [Metric::FirstResponse, Metric::NextResponse] {
                let Some(own) = self.chosen(metric, probe) else { continue };
                self.report_slow(own, probe);
                for (other, why) in self.slower_by_right(probe) {
                    if let Some(other) = self.chosen(metric, other) {
                        self.compare(own, other, why);
                    }
                }
            }
        }
        for read in self.targets {
            if self.wants_cover && read.target.time == TimeKind::Business && !read.target.can_be_serious {
                let message = format!(
                    "a serious case out of hours waits until the team is back: the target {} has nobody on call",
                    quoted(&read.target.id)
                );
                let help = "name a `rota`, for the target or for all of `sla`, whose hours count for serious cases; \
                            or write `serious = \"as-promised\"` under `sla`";
                warn(read, Severity::Warning, "no-cover", message, help);
            }
        }
    }

    fn probes(&self) -> Vec<Probe> {
        let asked = |key: &str| self.targets.iter().any(|read| read.asks.keys.contains(key));
        let channels = if asked("channel") || asked("private_route") || asked("register") {
            self.channels.len().min(MOST_CHANNELS)
        } else {
            self.channels.len().min(1)
        };
        let only = |asked: bool, all: Vec<u8>| if asked { all } else { vec![OTHER_INTENT] };
        let intents = only(asked("intent"), (0..=OTHER_INTENT).collect());
        let levels = |asked: bool| {
            let normal = |level: &Level| asked || *level == Level::Normal;
            Level::WORDS.iter().copied().map(|(_, level)| level).filter(normal).collect::<Vec<_>>()
        };
        let mut probes = Vec::new();
        for channel in 0..channels {
            let visibilities = self.channels.get(channel).map_or(&[][..], Channel::visibilities);
            let visibilities =
                visibilities.get(..if asked("visibility") { 2 } else { 1 }).unwrap_or(visibilities);
            for &visibility in visibilities {
                for &intent in &intents {
                    for &priority in &levels(asked("priority")) {
                        for &severity in &levels(asked("severity")) {
                            probes.push(Probe { channel, visibility, intent, priority, severity });
                        }
                    }
                }
            }
        }
        probes
    }

    /// Cases like this one that may well wait longer.
    fn slower_by_right(&self, probe: Probe) -> Vec<(Probe, &'static str)> {
        let mut others = Vec::new();
        let kind = |channel: usize| self.channels.get(channel).map(Channel::kind);
        if kind(probe.channel) == Some(ChannelKind::Social) {
            let mail = (0..self.channels.len()).find(|channel| kind(*channel) == Some(ChannelKind::Mail));
            let why = "customers expect faster answers in social media than by mail";
            others.extend(mail.map(|channel| {
                let visibility =
                    self.channels.get(channel).map_or(probe.visibility, Channel::default_visibility);
                (Probe { channel, visibility, ..probe }, why)
            }));
        }
        let intent = |name: &str| INTENTS.iter().position(|intent| *intent == name).map(|at| at as u8);
        if Some(probe.intent) == intent("complaint") {
            let question = intent("question").into_iter();
            others.extend(question.map(|intent| {
                (Probe { intent, ..probe }, "a complaint should not wait longer than a question")
            }));
        }
        for (_, level) in Level::WORDS.iter().copied().filter(|(_, level)| *level < probe.priority) {
            others.push((
                Probe { priority: level, ..probe },
                "what is more urgent should not wait longer than what is less",
            ));
        }
        for (_, level) in Level::WORDS.iter().copied().filter(|(_, level)| *level < probe.severity) {
            others.push((
                Probe { severity: level, ..probe },
                "what is more serious should not wait longer than what is less",
            ));
        }
        others
    }

    fn chosen(&mut self, metric: Metric, probe: Probe) -> Option<usize> {
        let channel = self.channels.get(probe.channel)?;
        self.case.facts.priority = probe.priority;
        self.case.facts.severity = probe.severity;
        let mut flags = Flags::default();
        flags.set(Flags::PRIVATE_ROUTE, channel.private_route().is_some());
        let facts = Facts {
            channel: u16::try_from(probe.channel).ok()?,
            language: None,
            values: Values::new(probe.visibility, channel.register(), probe.intent, flags, &self.case.facts),
            heard: ActSet::default(),
            signals: 0,
            public_turns: 0,
            stage: None,
            case: &self.case,
        };
        let numbers = self.by_metric.get(metric as usize)?.iter().copied();
        let mut fitting = numbers
            .filter(|number| self.targets.get(*number).is_some_and(|read| read.target.when.holds(&facts)));
        fitting.next()
    }

    fn target(&self, number: usize) -> Option<&'l Read<'n, 'a>> {
        self.targets.get(number)
    }

    /// Reports a target that promises more time than another that may take longer. Hours of different calendars are
    /// not compared.
    fn compare(&mut self, faster: usize, slower: usize, why: &'static str) {
        let (Some(a), Some(b)) = (self.target(faster), self.target(slower)) else { return };
        let comparable = |target: &Target| (target.time, target.calendar_id.clone());
        let is_wrong = a.target.duration > b.target.duration
            && (a.target.time == TimeKind::Calendar && b.target.time == TimeKind::Calendar
                || comparable(&a.target) == comparable(&b.target));
        if !is_wrong || !self.told.insert((faster, slower, why)) {
            return;
        }
        let message = format!(
            "the target {} promises {}, and {} promises {}: {why}",
            quoted(&a.target.id),
            duration::written(a.target.duration),
            quoted(&b.target.id),
            duration::written(b.target.duration),
        );
        warn(
            a,
            Severity::Warning,
            "target-order",
            message,
            "exchange the two, or make the first one shorter",
        );
    }

    fn report_slow(&mut self, number: usize, probe: Probe) {
        let kind = self.channels.get(probe.channel).map(Channel::kind);
        let Some(read) = self.target(number) else { return };
        let is_slow = read.target.duration.num_hours() > SLOW_HOURS;
        if kind != Some(ChannelKind::Social) || !is_slow || !self.told.insert((number, number, "slow")) {
            return;
        }
        let message = format!(
            "the target {} promises an answer on social media within {}",
            quoted(&read.target.id),
            duration::written(read.target.duration)
        );
        let help = "people expect hours there, or minutes; a day is the most that is thought reasonable";
        warn(read, Severity::Advice, "target-slow", message, help);
    }
}

fn warn(read: &Read<'_, '_>, severity: Severity, code: &'static str, message: String, help: &str) {
    read.field.report(Diagnostic::new(severity, code, message).with_help(help));
}
