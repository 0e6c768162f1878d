//! Conditions: for which cases a rule is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::values::{FAULT, Flags, INTENT, PRIORITY, REGISTER, SEVERITY, VISIBILITY, Values};
use crate::case::{self, Case, Fault, Level, LossKind, Visibility};
use crate::lexicon::{ActSet, INTENTS, Register, bit_of};
use crate::source::{Field, TableReader, Value, nearest};

/// What is known of a check before the first rule is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) channel: u16,
    pub(crate) language: Option<u8>,
    pub(crate) values: Values,
    /// Acts heard in the reply.
    pub(crate) heard: ActSet,
    /// Signals heard in the customer's message, as bits.
    pub(crate) signals: u64,
    /// How often the company has answered in public.
    pub(crate) public_turns: u16,
    /// The step that is due.
    pub(crate) stage: Option<Stage>,
    pub(crate) case: &'a Case,
}

/// A compiled `when`. What is left out asks for nothing. Choices are sets of bits, and what few rules ask for stands
/// apart, so that the conditions of a thousand rules are gone through quickly.
#[derive(Clone, Debug, Default)]
pub(crate) struct Condition {
    pub(super) on: Flags,
    pub(super) off: Flags,
    pub(super) visibility: Option<Visibility>,
    pub(super) registers: Option<u8>,
    pub(super) faults: Option<u8>,
    pub(super) priorities: Option<u8>,
    pub(super) severities: Option<u8>,
    pub(super) intents: Option<u16>,
    pub(super) languages: Option<u64>,
    pub(super) channels: Option<Box<[u16]>>,
    pub(super) rare: Option<Box<Rare>>,
    /// The values that it does not allow: all of the above that is a choice among few, for one look.
    barred: Values,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Rare {
    pub(super) tags: Option<Vec<Arc<str>>>,
    pub(super) heard: Option<ActSet>,
    pub(super) signals: Option<u64>,
    pub(super) roles: Option<Vec<Arc<str>>>,
    pub(super) loss_kinds: Option<u8>,
    pub(super) public_turns: Option<u16>,
    pub(super) playbooks: Option<Vec<u8>>,
    /// Steps that may be due, each with its playbook.
    pub(super) steps: Option<Vec<(u8, u8)>>,
    /// Steps that the one that is due must come before, each with its playbook.
    pub(super) before: Option<Vec<(u8, u8)>>,
    pub(super) any: Vec<Condition>,
    pub(super) not: Option<Condition>,
}

/// The names a condition can use.
pub(crate) struct Names<'a> {
    pub(crate) channels: &'a [&'a str],
    pub(crate) languages: &'a [Arc<str>],
    /// All languages the document speaks of, the policy's own among them.
    pub(crate) known_languages: &'a [&'a str],
    pub(crate) signals: &'a [Arc<str>],
    pub(crate) act: &'a dyn Fn(&str) -> Option<u8>,
    pub(crate) acts: &'a [&'a str],
    /// Acts that can be heard in the policy's languages.
    pub(crate) heard: ActSet,
    /// Acts that can be heard in any language the document speaks of.
    pub(crate) heard_anywhere: ActSet,
    /// The rules that are more than a switch.
    pub(crate) rules: &'a [&'a str],
    /// The roles that have authority.
    pub(crate) roles: &'a [&'a str],
    /// The playbooks: those in use first, in their order.
    pub(crate) playbooks: &'a [PlaybookNames<'a>],
}

/// What a playbook and its steps are called.
#[derive(Clone, Debug)]
pub(crate) struct PlaybookNames<'a> {
    pub(crate) id: &'a str,
    /// The playbook it stands in for.
    pub(crate) instead_of: Option<&'a str>,
    /// The steps in use, in their order; none, where the playbook is switched off.
    pub(crate) steps: Vec<&'a str>,
    /// Steps that are switched off: naming one is no mistake.
    pub(crate) off: Vec<&'a str>,
}

/// Where a conversation stands in its playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stage {
    pub(crate) playbook: u8,
    pub(crate) step: u8,
    /// Whether the playbook was chosen by what was heard, and not by what the host knows.
    pub(crate) guessed: bool,
    /// Acts the step does not allow.
    pub(crate) forbidden: ActSet,
}

impl Names<'_> {
    /// A role. Any name can be one; one that is nearly that of a role with authority is a mistake.
    pub(crate) fn role(&self, role: &str, field: Field<'_, '_>) -> Arc<str> {
        let known = || self.roles.iter().copied();
        if known().all(|own| own != role) && nearest(role, known()).is_some() {
            field.unknown_value(role, known());
        }
        Arc::from(role)
    }
}

/// The keys whose lists and tables must hold something.
const MADE_OF: [&str; 17] = [
    "channel",
    "language",
    "intent",
    "register",
    "fault",
    "priority",
    "severity",
    "tag",
    "heard",
    "signal",
    "any",
    "agent_role",
    "loss_kind",
    "playbook",
    "step",
    "before_step",
    "not",
];

impl Condition {
    /// Whether it, or any condition within it, asks for something, one way or the other.
    fn any_part(&self, asks: &dyn Fn(&Condition) -> bool) -> bool {
        let among = |rare: &Rare| rare.any.iter().chain(&rare.not).any(|condition| condition.any_part(asks));
        asks(self) || self.rare.as_deref().is_some_and(among)
    }

    /// Whether it asks what the customer wants: where that was only heard, the rule rests on a guess.
    pub(crate) fn rests_on_intent(&self) -> bool {
        self.asks(Flags::COMPLAINS) || self.any_part(&|part| part.intents.is_some())
    }

    /// Whether what was heard in the customer's message chooses it: signals, what follows from them, or an intent that
    /// nobody gave. What it excepts does not count: a crisis that the host knows of is no guess, though it leaves out
    /// spam.
    pub(crate) fn is_chosen_by_hearing(&self, intent_given: bool) -> bool {
        let intent = !intent_given && (self.intents.is_some() || self.on.has(Flags::COMPLAINS));
        let heard = |rare: &Rare| {
            rare.signals.is_some() || rare.any.iter().any(|own| own.is_chosen_by_hearing(intent_given))
        };
        intent || self.on.meets(Flags::HEARD) || self.rare.as_deref().is_some_and(heard)
    }

    /// Adds the tags and the signals, as bits, that it names.
    pub(crate) fn marks(&self, tags: &mut BTreeSet<Arc<str>>, signals: &mut u64) {
        let Some(rare) = self.rare.as_deref() else { return };
        tags.extend(rare.tags.iter().flatten().cloned());
        *signals |= rare.signals.unwrap_or_default();
        rare.any.iter().chain(&rare.not).for_each(|condition| condition.marks(tags, signals));
    }

    /// Whether it asks where the conversation stands.
    pub(crate) fn rests_on_stage(&self) -> bool {
        let stands = |rare: &Rare| rare.playbooks.is_some() || rare.steps.is_some() || rare.before.is_some();
        self.any_part(&|part| {
            part.on.with(part.off).meets(Flags::OF_THE_STEP) || part.rare.as_deref().is_some_and(stands)
        })
    }

    /// The visibility it asks for, outside its alternatives.
    pub(crate) fn visibility(&self) -> Option<Visibility> {
        self.visibility
    }

    /// The same wherever the text stands.
    pub(crate) fn anywhere(&self) -> Condition {
        Condition { visibility: None, ..self.clone() }.settled()
    }

    /// The same, with the values that it does not allow.
    fn settled(self) -> Condition {
        let wide = |set: Option<u8>| set.map(u16::from);
        let barred = Values::of_flags(self.off, self.on)
            .with(VISIBILITY.beside(self.visibility.map(|own| 1 << own as u8)))
            .with(REGISTER.beside(wide(self.registers)))
            .with(FAULT.beside(wide(self.faults)))
            .with(PRIORITY.beside(wide(self.priorities)))
            .with(SEVERITY.beside(wide(self.severities)))
            .with(INTENT.beside(self.intents));
        Condition { barred, ..self }
    }

    /// Whether it asks for a flag, one way or the other.
    pub(crate) fn asks(&self, flag: Flags) -> bool {
        self.any_part(&|part| part.on.with(part.off).has(flag))
    }

    /// Whether the two can never hold at once, as far as that can be told. A set of nothing tells nothing: it stands
    /// for languages that the policy does not speak, or for names that were not understood.
    pub(crate) fn excludes(&self, other: &Condition) -> bool {
        let apart =
            |a: Option<u64>, b: Option<u64>| a.zip(b).is_some_and(|(a, b)| a != 0 && b != 0 && a & b == 0);
        let wide = |set: Option<u8>| set.map(u64::from);
        let channels = || {
            let (own, others) = (self.channels.as_deref()?, other.channels.as_deref()?);
            let known = !own.is_empty() && !others.is_empty();
            Some(known && !own.iter().any(|channel| others.contains(channel)))
        };
        self.on.meets(other.off)
            || self.off.meets(other.on)
            || self.visibility.zip(other.visibility).is_some_and(|(own, others)| own != others)
            || apart(self.intents.map(u64::from), other.intents.map(u64::from))
            || apart(self.languages, other.languages)
            || apart(wide(self.registers), wide(other.registers))
            || apart(wide(self.faults), wide(other.faults))
            || apart(wide(self.priorities), wide(other.priorities))
            || apart(wide(self.severities), wide(other.severities))
            || channels().unwrap_or(false)
    }

    /// Whether it can never hold, as far as that can be told: none of its alternatives can, beside the rest of it.
    pub(crate) fn is_impossible(&self) -> bool {
        let among = |rare: &Rare| {
            !rare.any.is_empty() && rare.any.iter().all(|own| own.is_impossible() || own.excludes(self))
        };
        self.rare.as_deref().is_some_and(among)
    }

    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        !self.barred.meets(facts.values)
            && self.languages.is_none_or(|set| facts.language.is_some_and(|language| bit(set, language)))
            && self.channels.as_ref().is_none_or(|channels| channels.contains(&facts.channel))
            && self.rare.as_ref().is_none_or(|rare| rare.holds(facts))
    }

    /// Reads a `when`.
    pub(crate) fn read(table: TableReader<'_, '_>, names: &Names<'_>) -> Condition {
        let mut condition =
            Condition { visibility: case::visibility(table.get("visibility")), ..Condition::default() };
        let channels = || names.channels.iter().copied();
        let wanted = choices(table.get("channel"), channels(), |name| number_of(channels(), name));
        condition.channels = wanted.map(Vec::into_boxed_slice);
        condition.languages = read_languages(table.get("language"), names);
        let intents = || INTENTS.into_iter().chain(["other"]);
        let wanted = choices(table.get("intent"), intents(), |name| number_of(intents(), name));
        condition.intents = wanted.map(|list| list.into_iter().fold(0, |set, at| set | 1 << at));
        condition.registers = bits(table.get("register"), Register::WORDS, |register| register as u8);
        condition.faults = bits(table.get("fault"), Fault::WORDS, |fault| fault as u8);
        condition.priorities = bits(table.get("priority"), Level::WORDS, |level| level as u8);
        condition.severities = bits(table.get("severity"), Level::WORDS, |level| level as u8);
        let mut rare = Rare::read(&table, names);
        for (name, flag) in Flags::NAMES {
            match table.get(name).bool() {
                Some(true) => condition.on.set(flag, true),
                Some(false) => condition.off.set(flag, true),
                None => {}
            }
        }
        for key in MADE_OF {
            report_empty(table.get(key));
        }
        for field in table.get("any").array().into_iter().flatten() {
            rare.any.extend(field.table().map(|table| Condition::read(table, names)));
        }
        rare.not = table.get("not").table().map(|table| Condition::read(table, names));
        table.finish();
        condition.rare = (!rare.is_empty()).then(|| Box::new(rare));
        condition.settled()
    }
}

impl Rare {
    /// What stands in a `when` itself, and not in a condition within it.
    fn read(table: &TableReader<'_, '_>, names: &Names<'_>) -> Rare {
        let tags = strings(table.get("tag"));
        let heard = choices(table.get("heard"), names.acts.iter().copied(), names.act);
        let signals = names.signals.iter().map(|name| &**name);
        let signals = choices(table.get("signal"), signals, |name| bit_of(names.signals, name));
        let roles = strings(table.get("agent_role"));
        let loss_kinds = bits(table.get("loss_kind"), LossKind::WORDS, |kind| kind as u8);
        let public_turns = table.get("min_public_turns").integer(1..=1000);
        Rare {
            tags: tags.map(|tags| tags.into_iter().map(|(tag, _)| Arc::from(tag)).collect()),
            heard: heard.map(|list| {
                let mut set = ActSet::default();
                list.into_iter().for_each(|act| set.insert(act));
                set
            }),
            signals: signals.map(|list| list.into_iter().fold(0, |set, bit| set | bit)),
            roles: roles
                .map(|roles| roles.into_iter().map(|(role, field)| names.role(role, field)).collect()),
            loss_kinds,
            public_turns: public_turns.and_then(|turns| u16::try_from(turns).ok()),
            playbooks: read_playbooks(table.get("playbook"), names),
            steps: read_steps(table.get("step"), names),
            before: read_steps(table.get("before_step"), names),
            ..Rare::default()
        }
    }

    fn is_empty(&self) -> bool {
        self.tags.is_none()
            && self.heard.is_none()
            && self.signals.is_none()
            && self.roles.is_none()
            && self.loss_kinds.is_none()
            && self.public_turns.is_none()
            && self.playbooks.is_none()
            && self.steps.is_none()
            && self.before.is_none()
            && self.any.is_empty()
            && self.not.is_none()
    }

    fn holds(&self, facts: &Facts<'_>) -> bool {
        self.heard.is_none_or(|acts| acts.intersects(facts.heard))
            && self.signals.is_none_or(|signals| signals & facts.signals != 0)
            && self.roles.as_ref().is_none_or(|roles| {
                let role = facts.case.agent.role.as_deref();
                roles.iter().any(|own| Some(&**own) == role)
            })
            && self.loss_kinds.is_none_or(|set| {
                facts.case.facts.loss_kind().is_some_and(|kind| bit(u64::from(set), kind as u8))
            })
            && self.public_turns.is_none_or(|least| facts.public_turns >= least)
            && self.stage_holds(facts.stage)
            && self.tags.as_ref().is_none_or(|tags| {
                tags.iter().any(|tag| facts.case.facts.tags.iter().any(|other| **other == **tag))
            })
            && (self.any.is_empty() && self.not.is_none() || self.others_hold(facts))
    }

    /// Whether the conditions hold that it is made of. Apart, so that the way of those without any stays short.
    #[inline(never)]
    fn others_hold(&self, facts: &Facts<'_>) -> bool {
        (self.any.is_empty() || self.any.iter().any(|condition| condition.holds(facts)))
            && self.not.as_ref().is_none_or(|condition| !condition.holds(facts))
    }
}

impl Rare {
    /// A condition on the step never holds where no step is due.
    fn stage_holds(&self, stage: Option<Stage>) -> bool {
        let is = |wanted: &dyn Fn(Stage) -> bool| stage.is_some_and(wanted);
        self.playbooks.as_ref().is_none_or(|list| is(&|stage| list.contains(&stage.playbook)))
            && self
                .steps
                .as_ref()
                .is_none_or(|list| is(&|stage| list.contains(&(stage.playbook, stage.step))))
            && self.before.as_ref().is_none_or(|list| {
                is(&|stage| {
                    list.iter().any(|&(playbook, step)| playbook == stage.playbook && stage.step < step)
                })
            })
    }
}

/// A list of nothing is met by nothing, and the opposite of nothing is never met.
fn report_empty(field: Field<'_, '_>) {
    let is_empty = match field.node().map(|node| &node.value) {
        Some(Value::Array(list)) => list.is_empty(),
        Some(Value::Table(table)) => table.is_empty(),
        _ => false,
    };
    if is_empty {
        field.error("unbreakable", "no reply can meet a condition of nothing");
    }
}

/// The playbooks that are named, and those that stand in for them.
fn read_playbooks(field: Field<'_, '_>, names: &Names<'_>) -> Option<Vec<u8>> {
    let mut list = Vec::new();
    for (name, field) in strings(field)? {
        let is_meant = |own: &PlaybookNames<'_>| own.id == name || own.instead_of == Some(name);
        let meant = (0u8..).zip(names.playbooks).filter(|(_, own)| is_meant(own));
        let known = list.len();
        list.extend(meant.map(|(at, _)| at));
        if list.len() == known {
            field.unknown_value(name, names.playbooks.iter().map(|own| own.id));
        }
    }
    Some(list)
}

/// The steps that are named: `identify` in every playbook that has such a step, or `complaint.identify`.
fn read_steps(field: Field<'_, '_>, names: &Names<'_>) -> Option<Vec<(u8, u8)>> {
    let mut steps = Vec::new();
    for (name, field) in strings(field)? {
        let mut known = false;
        for (number, own) in (0u8..).zip(names.playbooks) {
            let wanted = match name.split_once('.') {
                Some((playbook, step)) => (playbook == own.id).then_some(step),
                None => Some(name),
            };
            let Some(wanted) = wanted else { continue };
            known |= own.off.contains(&wanted);
            let at = (0u8..).zip(&own.steps).find(|(_, step)| **step == wanted);
            known |= at.is_some();
            steps.extend(at.map(|(step, _)| (number, step)));
        }
        if !known {
            report_step(name, field, names);
        }
    }
    Some(steps)
}

/// Reports a step that no playbook has: a name without a playbook may be nearly that of some step, and any other name
/// is told what the steps are called in full.
fn report_step(name: &str, field: Field<'_, '_>, names: &Names<'_>) {
    let steps = || names.playbooks.iter().flat_map(|own| own.steps.iter().copied());
    if nearest(name, steps()).is_some() {
        return field.unknown_value(name, steps());
    }
    let playbook = name.split(['.', '/']).next();
    let is_known = names.playbooks.iter().any(|own| Some(own.id) == playbook);
    let meant = names.playbooks.iter().filter(|own| !is_known || Some(own.id) == playbook);
    let full: Vec<String> =
        meant.flat_map(|own| own.steps.iter().map(|step| format!("{}.{step}", own.id))).collect();
    field.unknown_value(name, full.iter().map(String::as_str));
}

fn bit(set: u64, at: u8) -> bool {
    set.checked_shr(u32::from(at)).unwrap_or(0) & 1 == 1
}

/// A string, or a list of strings, with the place of each.
pub(crate) fn strings<'n, 'a>(field: Field<'n, 'a>) -> Option<Vec<(&'n str, Field<'n, 'a>)>> {
    if field.node()?.as_str().is_some() {
        return field.string().map(|text| vec![(text, field)]);
    }
    let elements = field.array()?;
    Some(elements.filter_map(|element| element.string().map(|text| (text, element))).collect())
}

/// The number of a name among few enough for it, as channels are.
fn number_of<'w>(names: impl Iterator<Item = &'w str>, name: &str) -> Option<u16> {
    (0..=u16::MAX).zip(names).find(|(_, own)| *own == name).map(|(at, _)| at)
}

/// What each of the names stands for that a list gives.
fn choices<'w, T, I>(field: Field<'_, '_>, known: I, find: impl Fn(&str) -> Option<T>) -> Option<Vec<T>>
where
    I: IntoIterator<Item = &'w str, IntoIter: Clone>,
{
    let known = known.into_iter();
    let list = strings(field)?.into_iter().filter_map(|(name, field)| {
        let found = find(name);
        if found.is_none() {
            field.unknown_value(name, known.clone());
        }
        found
    });
    Some(list.collect())
}

/// The set of the values that are named, each by its number.
fn bits<T: Copy>(field: Field<'_, '_>, words: &[(&str, T)], number: impl Fn(T) -> u8) -> Option<u8> {
    let list = strings(field)?.into_iter().filter_map(|(_, field)| field.one_of(words));
    Some(list.fold(0, |set, value| set | 1 << number(value)))
}

/// Languages that the policy does not speak are no mistake, if the document knows them: the rule is for others.
fn read_languages(field: Field<'_, '_>, names: &Names<'_>) -> Option<u64> {
    let mut set = 0u64;
    for (code, field) in strings(field)? {
        match bit_of(names.languages, code) {
            Some(bit) => set |= bit,
            None if names.known_languages.contains(&code) => {}
            None => field.unknown_value(code, names.known_languages.iter().copied()),
        }
    }
    Some(set)
}
