//! The parts of the section `sla` of a policy document that say what is promised, and who is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;

use super::ladder::{Ladder, Level, Notify, Remind};
use super::mark::Mark;
use super::target::{Metric, PauseWords, Reopen, Target, TimeKind};
use crate::case::{ADVERT_CLICK, Answerers, FACT_KINDS, REOPEN, RESOLVE};
use crate::channel::{Channel, duration};
use crate::rule::{Condition, Names, strings};
use crate::source::{Diagnostic, Field, Severity, Table, TableReader, Value, quoted};
use crate::time::{Calendar, Rota};

/// A clock is at risk when so much of its time has run, unless its target says otherwise.
const AT_RISK: Mark = Mark::Share(80);
/// No ladder is longer.
const MOST_LEVELS: usize = 16;
/// Nobody is reminded more often.
const MOST_REMINDERS: i64 = 100;

/// What a condition of a target or a ladder can ask for: what is known before anything has been answered.
const ASKABLE: [&str; 17] = [
    "channel",
    "visibility",
    "language",
    "intent",
    "register",
    "fault",
    "priority",
    "severity",
    "tag",
    "signal",
    "private_route",
    "media",
    "fixed",
    "consent",
    "intent_given",
    "any",
    "not",
];

/// The names that targets and ladders can use.
pub(crate) struct ClockNames<'a> {
    pub(crate) conditions: &'a Names<'a>,
    pub(crate) channels: &'a [Channel],
    /// Each with its name; one that has mistakes in it has only that.
    pub(crate) calendars: &'a [(String, Option<Calendar>)],
    pub(crate) rotas: &'a [(String, Option<Rota>)],
}

/// Something that was named, and what it is, if it is without mistakes.
#[derive(Clone)]
struct Named<T> {
    id: Arc<str>,
    found: Option<T>,
}

impl<T: Clone> Named<T> {
    fn read(field: Field<'_, '_>, known: &[(String, Option<T>)]) -> Option<Self> {
        let id = field.string()?;
        let found = known.iter().find(|(known, _)| known == id);
        if found.is_none() {
            field.unknown_value(id, known.iter().map(|(id, _)| id.as_str()));
        }
        Some(Named { id: Arc::from(id), found: found.and_then(|(_, found)| found.clone()) })
    }
}

/// What stands for all targets.
pub(super) struct Common {
    calendar: Option<Named<Calendar>>,
    rota: Option<Named<Rota>>,
    pub(super) serious_is_covered: bool,
    pub(super) answerers: Answerers,
}

impl Common {
    pub(super) fn read(table: &TableReader<'_, '_>, names: &ClockNames<'_>) -> Self {
        let serious = [("covered", true), ("as-promised", false)];
        let answers = [("people", Answerers::People), ("anyone", Answerers::Anyone)];
        Common {
            calendar: Named::read(table.get("calendar"), names.calendars),
            rota: Named::read(table.get("rota"), names.rotas),
            serious_is_covered: table.get("serious").one_of(&serious).unwrap_or(true),
            answerers: table.get("answered_by").one_of(&answers).unwrap_or_default(),
        }
    }
}

/// A target with the place it was read at.
pub(super) struct Read<'n, 'a> {
    pub(super) target: Target,
    pub(super) field: Field<'n, 'a>,
    pub(super) asks: Asks,
}

/// What a condition asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    pub(super) keys: BTreeSet<String>,
    /// The labels it names.
    pub(super) tags: BTreeSet<String>,
}

impl Asks {
    /// Whether it asks for what may have to be heard.
    pub(super) fn listens(&self) -> bool {
        ["intent", "language", "signal"].iter().any(|key| self.keys.contains(*key))
    }

    pub(super) fn join(&mut self, other: &Asks) {
        self.keys.extend(other.keys.iter().cloned());
        self.tags.extend(other.tags.iter().cloned());
    }

    fn name_tags(&mut self, value: &Value<'_>) {
        match value {
            Value::String(tag) => {
                self.tags.insert(tag.to_string());
            }
            Value::Array(list) => {
                self.tags.extend(list.iter().filter_map(|node| node.as_str()).map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// What a target says; a preset may say it, too.
#[derive(Clone, Default)]
struct Terms {
    duration: Option<TimeDelta>,
    time: Option<TimeKind>,
    calendar: Option<Named<Calendar>>,
    rota: Option<Named<Rota>>,
    at_risk: Option<Mark>,
    reopen: Option<Reopen>,
    pauses: Option<Vec<Arc<str>>>,
    resumes: Option<Vec<Arc<str>>>,
    counts_first_message: Option<bool>,
}

impl Terms {
    fn read(table: &TableReader<'_, '_>, names: &ClockNames<'_>) -> Self {
        Terms {
            duration: duration::read(table.get("duration")),
            time: table.get("time").one_of(TimeKind::WORDS),
            calendar: Named::read(table.get("calendar"), names.calendars),
            rota: Named::read(table.get("rota"), names.rotas),
            at_risk: Mark::read(table.get("at_risk")),
            reopen: table.get("reopen").one_of(Reopen::WORDS),
            pauses: kinds(table.get("pauses")),
            resumes: kinds(table.get("resumes")),
            counts_first_message: table.get("counts_first_message").bool(),
        }
    }

    /// These terms, and those of a preset where they leave something open.
    fn or(self, preset: Self) -> Self {
        Terms {
            duration: self.duration.or(preset.duration),
            time: self.time.or(preset.time),
            calendar: self.calendar.or(preset.calendar),
            rota: self.rota.or(preset.rota),
            at_risk: self.at_risk.or(preset.at_risk),
            reopen: self.reopen.or(preset.reopen),
            pauses: self.pauses.or(preset.pauses),
            resumes: self.resumes.or(preset.resumes),
            counts_first_message: self.counts_first_message.or(preset.counts_first_message),
        }
    }
}

/// Kinds of events that pause a clock or let it go on. Those that have a meaning of their own cannot.
fn kinds(field: Field<'_, '_>) -> Option<Vec<Arc<str>>> {
    let kinds = strings(field)?.into_iter().filter_map(|(kind, field)| {
        let taken = [RESOLVE, REOPEN, ADVERT_CLICK].contains(&kind) || FACT_KINDS.contains(&kind);
        if taken {
            field.error("pause", format!("{} has a meaning of its own and pauses nothing", quoted(kind)));
        }
        (!taken).then(|| Arc::from(kind))
    });
    Some(kinds.collect())
}

/// Reads `targets`, with the `presets` they use. Gives the words that pause them, too.
pub(super) fn read_targets<'n, 'a>(
    table: &TableReader<'n, 'a>,
    common: &Common,
    names: &ClockNames<'_>,
) -> (Vec<Read<'n, 'a>>, Vec<PauseWords>) {
    let presets = entries(table.get("presets")).into_iter();
    let presets: Vec<(&str, Terms)> = presets.map(|(id, field)| (id, read_preset(field, names))).collect();
    let mut words = vec![PauseWords::default()];
    let targets = entries(table.get("targets"));
    if !targets.is_empty() && targets.iter().all(|(_, field)| field.is_off()) {
        let help =
            "have a rule for how fast you answer: give one target, or leave one of the built-in ones on";
        let warning = Diagnostic::new(Severity::Warning, "no-target", "every target is switched off");
        table.get("targets").report(warning.with_help(help));
    }
    let targets = targets.into_iter();
    let read = targets.filter_map(|(id, field)| read_target(id, field, &presets, common, names, &mut words));
    (read.collect(), words)
}

/// One with mistakes in it is there all the same, so that what uses it is not reported as well.
fn read_preset(field: Field<'_, '_>, names: &ClockNames<'_>) -> Terms {
    let Some(table) = field.table() else { return Terms::default() };
    let terms = Terms::read(&table, names);
    if terms.duration.is_none() {
        table.need("duration");
    }
    table.get("title").string();
    table.get("source").string();
    table.finish();
    terms
}

fn entries<'n, 'a>(field: Field<'n, 'a>) -> Vec<(&'n str, Field<'n, 'a>)> {
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    entries.map(|(entry, field)| (&*entry.key.text, field)).collect()
}

fn read_target<'n, 'a>(
    id: &str,
    field: Field<'n, 'a>,
    presets: &[(&str, Terms)],
    common: &Common,
    names: &ClockNames<'_>,
    words: &mut Vec<PauseWords>,
) -> Option<Read<'n, 'a>> {
    let table = field.table()?;
    let off = table.get("off").bool().unwrap_or(false);
    let metric = table.need("metric").one_of(Metric::WORDS);
    let mut terms = Terms::read(&table, names);
    let preset = table.get("preset");
    match preset.string() {
        Some(name) => match presets.iter().find(|(id, _)| *id == name) {
            Some((_, preset)) => terms = terms.or(preset.clone()),
            None => preset.unknown_value(name, presets.iter().map(|(id, _)| *id)),
        },
        None if preset.is_present() => {}
        None => {
            table.need("duration");
        }
    }
    let (when, asks) = read_condition(table.get("when"), names);
    table.finish();
    if off {
        return None;
    }
    let promised = terms.duration?;
    let time = terms.time.unwrap_or(TimeKind::Business);
    let hours = Hours::read(time, &terms, common, field)?;
    let at_risk = terms.at_risk.unwrap_or(AT_RISK);
    if at_risk.of(promised) > promised {
        table_error(field, "at_risk", "mark", "a clock cannot be at risk after it is due");
    }
    let pauses = read_pauses(&mut terms, field, words);
    let target = Target {
        id: Arc::from(id),
        metric: metric?,
        duration: promised,
        time,
        calendar_id: hours.calendar_id,
        rota_id: hours.rota_id,
        hours: hours.own,
        serious_hours: hours.serious,
        reminder_hours: hours.reminders,
        serious_reminder_hours: hours.serious_reminders,
        can_be_serious: hours.can_be_serious,
        when,
        specificity: asks.keys.len(),
        at_risk,
        reopen: terms.reopen.unwrap_or(Reopen::Resume),
        pauses,
        counts_first_message: terms.counts_first_message.unwrap_or(false),
    };
    Some(Read { target, field, asks })
}

/// What pauses a clock and lets it go on, by its number among those that are known.
fn read_pauses(terms: &mut Terms, field: Field<'_, '_>, words: &mut Vec<PauseWords>) -> usize {
    let defaults = PauseWords::default();
    let pauses = PauseWords {
        pause: terms.pauses.take().unwrap_or(defaults.pause),
        resume: terms.resumes.take().unwrap_or(defaults.resume),
    };
    if let Some(both) = pauses.pause.iter().find(|kind| pauses.resume.contains(kind)) {
        let message = format!("{} pauses the clock and lets it go on", quoted(both));
        table_error(field, "pauses", "contradiction", message);
    }
    words.iter().position(|known| *known == pauses).unwrap_or_else(|| {
        words.push(pauses);
        words.len() - 1
    })
}

/// Reports something about a key of a table, or about the table where it has no such key.
fn table_error(field: Field<'_, '_>, key: &str, code: &'static str, message: impl Into<String>) {
    let own = field.node().and_then(|node| node.as_table()).and_then(|table| table.get(key));
    let place = own.map(|node| node.place).or(field.place());
    if let Some(place) = place {
        field.mistakes().error(code, message, place);
    }
}

/// The hours a target is counted in.
struct Hours {
    calendar_id: Option<Arc<str>>,
    rota_id: Option<Arc<str>>,
    own: Calendar,
    serious: Calendar,
    reminders: Calendar,
    serious_reminders: Calendar,
    can_be_serious: bool,
}

impl Hours {
    fn read(time: TimeKind, terms: &Terms, common: &Common, target: Field<'_, '_>) -> Option<Hours> {
        let calendar = terms.calendar.as_ref().or(common.calendar.as_ref());
        let rota = terms.rota.as_ref().or(common.rota.as_ref());
        let missing = |what: &str, help: &str| {
            let message = format!("a target in {time} time needs {what}");
            target.report(Diagnostic::error("target-calendar", message).with_help(help));
        };
        if time != TimeKind::Calendar && calendar.is_none() {
            missing("a calendar", "name one with `calendar`, or write `time = \"calendar\"` for every hour");
        }
        if time == TimeKind::Covered && rota.is_none() {
            missing("a rota", "name one with `rota`, or write `time = \"business\"`");
        }
        let ids = (calendar.map(|named| named.id.clone()), rota.map(|named| named.id.clone()));
        let calendar = calendar.and_then(|named| named.found.clone());
        let rota = rota.and_then(|named| named.found.clone());
        let covered = |calendar: &Calendar| rota.as_ref().map(|rota| calendar.covered_by(rota));
        // What is counted, and when somebody is there to be reminded.
        let (own, team) = match time {
            TimeKind::Calendar => (Calendar::always(), calendar),
            TimeKind::Business => (calendar.clone()?, calendar),
            TimeKind::Covered => (covered(&calendar?)?, None),
        };
        let reminders = team.clone().unwrap_or_else(|| own.clone());
        let with_watch = team.as_ref().filter(|_| common.serious_is_covered).and_then(covered);
        let can_be_serious = with_watch.is_some();
        let serious_reminders = with_watch.unwrap_or_else(|| reminders.clone());
        let serious = if time == TimeKind::Business { serious_reminders.clone() } else { own.clone() };
        let (calendar_id, rota_id) = ids;
        Some(Hours { calendar_id, rota_id, own, serious, reminders, serious_reminders, can_be_serious })
    }
}

/// A condition, and what it asks for.
fn read_condition(field: Field<'_, '_>, names: &ClockNames<'_>) -> (Condition, Asks) {
    let Some(table) = field.table() else { return Default::default() };
    let mut asks = Asks::default();
    collect_asked(table.table(), &table, &mut asks);
    (Condition::read(table, names.conditions), asks)
}

fn collect_asked(table: &Table<'_>, reader: &TableReader<'_, '_>, asks: &mut Asks) {
    for entry in table.iter() {
        let key = &*entry.key.text;
        match &entry.node.value {
            Value::Table(inner) if key == "not" => collect_asked(inner, reader, asks),
            Value::Array(list) if key == "any" => {
                let inner = list.iter().filter_map(|node| node.as_table());
                inner.for_each(|inner| collect_asked(inner, reader, asks));
            }
            _ if ASKABLE.contains(&key) => {
                asks.keys.insert(key.to_owned());
                if key == "tag" {
                    asks.name_tags(&entry.node.value);
                }
            }
            _ => {
                let message = format!("a clock cannot depend on {}", quoted(key));
                let help = "a clock runs before there is a reply; it can ask for `channel`, `visibility`, `intent`, \
                            `priority`, `severity`, `language`, `tag` and other things known of the case";
                let mistakes = reader.mistakes();
                let at = mistakes.locate(entry.key.place);
                mistakes.report(Diagnostic::error("clock-condition", message).at(at).with_help(help));
            }
        }
    }
}

/// Reads `escalation`, and what its conditions ask for.
pub(super) fn read_ladders(
    table: &TableReader<'_, '_>,
    targets: &[Read<'_, '_>],
    names: &ClockNames<'_>,
) -> (Vec<Ladder>, Asks) {
    let mut all = Asks::default();
    let ladders = entries(table.get("escalation")).into_iter();
    let ladders = ladders.filter_map(|(id, field)| {
        let (ladder, asks) = read_ladder(id, field, targets, names)?;
        all.join(&asks);
        Some(ladder)
    });
    (ladders.collect(), all)
}

fn read_ladder(
    id: &str,
    field: Field<'_, '_>,
    targets: &[Read<'_, '_>],
    names: &ClockNames<'_>,
) -> Option<(Ladder, Asks)> {
    let table = field.table()?;
    let off = table.get("off").bool().unwrap_or(false);
    let metrics = strings(table.get("metric"))
        .map(|list| list.into_iter().filter_map(|(_, field)| field.one_of(Metric::WORDS)).collect());
    let (when, asks) = read_condition(table.get("when"), names);
    let list = if off { table.get("levels") } else { table.need("levels") };
    let levels: Vec<Level> =
        list.array().into_iter().flatten().filter_map(|field| read_level(field, names)).collect();
    table.finish();
    if off {
        return None;
    }
    if levels.len() > MOST_LEVELS {
        list.error("too-many", format!("a ladder has at most {MOST_LEVELS} levels"));
    }
    let ladder = Ladder { id: Arc::from(id), metrics, when, levels };
    if list.is_present() && ladder.levels.iter().all(|level| level.notify.is_empty()) {
        let help = "give its last level a `role`, a `person` or a `rota`";
        list.report(Diagnostic::error("ladder", "nobody is told anything by this ladder").with_help(help));
    } else if ladder.levels.last().is_some_and(|level| level.notify.is_empty()) {
        let help = "an empty level goes on to the next, and the last has none";
        list.report(Diagnostic::error("ladder", "the last level tells nobody").with_help(help));
    }
    let promised = targets.iter().map(|read| &read.target).filter(|target| ladder.is_for(target.metric));
    for target in promised {
        let steps: Vec<TimeDelta> = ladder.levels.iter().map(|level| level.at.of(target.duration)).collect();
        if !steps.is_sorted() {
            let message = format!("the levels are not in order for the target {}", quoted(&target.id));
            let help =
                "each level comes when as much of the clock's time has run as at the one before, or more";
            list.report(Diagnostic::error("ladder-order", message).with_help(help));
            break;
        }
    }
    Some((ladder, asks))
}

fn read_level(field: Field<'_, '_>, names: &ClockNames<'_>) -> Option<Level> {
    let table = field.table()?;
    let at = Mark::read(table.need("at"));
    let mut notify = Vec::new();
    if let Some(people) = table.get("notify").table() {
        for (name, _) in strings(people.get("role")).unwrap_or_default() {
            notify.push(Notify::Role(Arc::from(name)));
        }
        for (name, _) in strings(people.get("person")).unwrap_or_default() {
            notify.push(Notify::Person(Arc::from(name)));
        }
        for (_, field) in strings(people.get("rota")).unwrap_or_default() {
            if let Some(Named { id, found: Some(rota) }) = Named::read(field, names.rotas) {
                notify.push(Notify::Rota(id, rota));
            }
        }
        people.finish();
    }
    let remind = table.get("remind").table().and_then(|table| {
        let every = duration::read(table.need("every"));
        let at_most = table.need("at_most").integer(1..=MOST_REMINDERS);
        table.finish();
        Some(Remind { every: every?, at_most: u32::try_from(at_most?).ok()? })
    });
    table.finish();
    Some(Level { at: at?, notify, remind })
}
