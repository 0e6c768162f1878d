//! The `playbooks` of a policy document.

use std::sync::Arc;

use super::next::{ACTIONS, Action, PlaybookId, StepId};
use super::plan::{Branch, Closing, MOST, Part, Playbook, Playbooks, Scope, StepPlan};
use crate::case::Author;
use crate::lexicon::ActSet;
use crate::rule::{Condition, Names, PlaybookNames, strings};
use crate::sla::clock::Metric;
use crate::source::{Diagnostic, Field, Place, TableReader, Value, nearest, quoted};

pub(super) const SCOPES: [(&str, Scope); 2] = [("conversation", Scope::Conversation), ("turn", Scope::Turn)];

/// The playbooks of a document that are not switched off, with their steps in order: what conditions need to know
/// before any of them is read.
pub(crate) struct PlaybookFields<'n, 'a> {
    used: Vec<PlaybookField<'n, 'a>>,
    /// Those that are switched off, to be named all the same.
    off: Vec<PlaybookNames<'n>>,
}

struct PlaybookField<'n, 'a> {
    id: &'n str,
    /// Where its name stands.
    key: Place,
    field: Field<'n, 'a>,
    steps: Vec<(&'n str, Field<'n, 'a>)>,
    off: Vec<&'n str>,
}

impl<'n, 'a> PlaybookFields<'n, 'a> {
    pub(crate) fn of(section: Option<TableReader<'n, 'a>>) -> Self {
        let (mut used, mut off) = (Vec::new(), Vec::new());
        for (entry, field) in section.into_iter().flat_map(TableReader::entries) {
            let id = &*entry.key.text;
            // What is no playbook is told of by `report_lonely`.
            if field.node().and_then(|node| node.as_table()).is_some_and(|table| table.get("steps").is_none())
            {
                continue;
            }
            if field.is_off() {
                if off.len() == MOST {
                    field.error("too-many", format!("at most {MOST} playbooks can be switched off"));
                    break;
                }
                let steps = field.table().map(|table| table.get("steps")).and_then(Field::table);
                let steps = steps.into_iter().flat_map(TableReader::entries);
                let names = steps.map(|(entry, _)| &*entry.key.text).collect();
                off.push(PlaybookNames { id, instead_of: None, steps: Vec::new(), off: names });
                continue;
            }
            if used.len() == MOST {
                field.error("too-many", format!("a policy has at most {MOST} playbooks"));
                break;
            }
            let steps = field.table().map(|table| ordered_steps(table.get("steps"))).unwrap_or_default();
            let (steps, off) = steps;
            used.push(PlaybookField { id, key: entry.key.place, field, steps, off });
        }
        PlaybookFields { used, off }
    }

    /// What every playbook and its steps are called, those in use first.
    pub(crate) fn names(&self) -> Vec<PlaybookNames<'n>> {
        let text = |field: Field<'n, '_>, key: &str| field.node()?.as_table()?.get(key)?.as_str();
        let used = self.used.iter().map(|own| PlaybookNames {
            id: own.id,
            instead_of: text(own.field, "instead_of"),
            steps: own.steps.iter().map(|(step, _)| *step).collect(),
            off: own.off.clone(),
        });
        used.chain(self.off.iter().cloned()).collect()
    }

    /// Reads every playbook.
    pub(crate) fn read(&self, names: &Names<'_>) -> Playbooks {
        let mut list: Vec<(Option<&str>, Playbook)> = Vec::new();
        for own in &self.used {
            list.extend(own.read(names));
        }
        self.settle_alternatives(&mut list);
        Playbooks::new(list.into_iter().map(|(_, playbook)| playbook).collect())
    }

    /// An alternative is entered when the playbook it stands in for would be.
    fn settle_alternatives(&self, list: &mut [(Option<&str>, Playbook)]) {
        for at in 0..list.len() {
            let Some(&(Some(wanted), _)) = list.get(at) else { continue };
            let Some(own) = self.used.iter().find(|own| list.get(at).is_some_and(|(_, p)| p.id == *own.id))
            else {
                continue;
            };
            let instead = own.field.table().map(|table| table.get("instead_of"));
            let original = list.iter().position(|(of, playbook)| of.is_none() && playbook.id == *wanted);
            let Some(original) = original else {
                let known =
                    list.iter().filter(|(of, _)| of.is_none()).map(|(_, playbook)| playbook.id.as_str());
                if let Some(field) = instead {
                    field.unknown_value(wanted, known.collect::<Vec<_>>());
                }
                continue;
            };
            let Some((_, playbook)) = list.get_mut(original) else { continue };
            if playbook.replaced {
                let message = format!("two playbooks stand in for {}", quoted(wanted));
                if let Some(field) = instead {
                    field.report(
                        Diagnostic::error("contradiction", message).with_help("switch one of them off"),
                    );
                }
                continue;
            }
            playbook.replaced = true;
            let (when, rank) = (playbook.when.clone(), playbook.rank);
            if let Some((_, own)) = list.get_mut(at) {
                (own.when, own.rank) = (when, rank);
            }
        }
    }
}

impl<'n> PlaybookField<'n, '_> {
    fn read(&self, names: &Names<'_>) -> Option<(Option<&'n str>, Playbook)> {
        let table = self.field.table()?;
        let others = names.playbooks.iter().map(|own| own.id).filter(|id| *id != self.id);
        let is_new = ["when", "instead_of"].iter().any(|key| table.get(key).is_present());
        if let Some(near) = nearest(self.id, others).filter(|_| !is_new) {
            report_unknown(self.field, self.id, self.key, Some(near));
            return None;
        }
        table.get("off").bool();
        table.get("steps");
        let instead_of = table.get("instead_of").string();
        if instead_of.is_none() {
            table.need("when");
        } else {
            for key in ["when", "rank"] {
                let message = "an alternative is entered when the playbook it stands in for would be";
                table.get(key).error("contradiction", message);
            }
        }
        let title = table.get("title").string().unwrap_or_default();
        // Which step is due cannot be asked before a playbook is chosen.
        let unstaged = Names { playbooks: &[], ..*names };
        let when = table.get("when").table().map(|when| Condition::read(when, &unstaged));
        let rank = table.get("rank").integer(-1_000..=1_000).unwrap_or(0);
        let scope = table.get("scope").one_of(&SCOPES).unwrap_or_default();
        table.get("source").string();
        table.finish();
        if self.steps.is_empty() {
            self.field.error("empty-playbook", format!("the playbook {} has no steps", quoted(self.id)));
        }
        let entered = when.unwrap_or_default();
        if entered.is_impossible() {
            let message =
                format!("nobody can enter the playbook {}: its condition never holds", quoted(self.id));
            table_of(self.field, "when").error("unreachable", message);
        }
        let mut steps = Vec::new();
        for (id, field) in &self.steps {
            let Some(step) = read_step(id, *field, &unstaged) else { continue };
            report_unreachable(&step, &entered, *field);
            steps.push(step);
        }
        let playbook = Playbook {
            id: PlaybookId(Arc::from(self.id)),
            title: Arc::from(title),
            when: entered,
            rank,
            scope,
            steps,
            replaced: false,
        };
        Some((instead_of, playbook))
    }
}

/// A key of a table.
fn table_of<'n, 'a>(field: Field<'n, 'a>, key: &'n str) -> Field<'n, 'a> {
    field.table().map_or(field, |table| table.get(key))
}

/// A step, or a branch of it, whose condition and the playbook's never hold at once.
fn report_unreachable(step: &StepPlan, entered: &Condition, field: Field<'_, '_>) {
    let id = quoted(step.id.as_str());
    let when = table_of(field, "when");
    if step.when.is_impossible() || step.when.excludes(entered) {
        let message = format!("the step {id} can never be due: its condition never holds in this playbook");
        when.error("unreachable", message);
    }
    let same = |other: &Condition, own: Field<'_, '_>| {
        let both = own.node().zip(when.node());
        !other.is_impossible() && both.is_some_and(|(own, when)| own.value.same(&when.value))
    };
    let closings = table_of(field, "closed_by").array().into_iter().flatten();
    for (closing, own) in step.closed_by.iter().zip(closings) {
        let at_once =
            closing.all.is_empty() && closing.any.is_empty() && closing.events.is_empty() && !closing.said;
        if at_once && same(&closing.when, table_of(own, "when")) {
            own.error("unreachable", format!("the step {id} can never be due: what it is for closes it"));
        }
    }
    for branch in &step.branches {
        let never =
            branch.when.is_impossible() || branch.when.excludes(entered) || branch.when.excludes(&step.when);
        if never {
            let mut branches = table_of(field, "branches").table().into_iter().flat_map(TableReader::entries);
            if let Some((_, own)) = branches.find(|(entry, _)| *entry.key.text == *branch.id) {
                let message = format!("the branch {} of {id} can never hold", quoted(&branch.id));
                own.error("unreachable", message);
            }
        }
    }
}

/// The steps of a playbook that are not switched off, each behind the one it names in `after`; and those that are.
fn ordered_steps<'n, 'a>(section: Field<'n, 'a>) -> (Vec<(&'n str, Field<'n, 'a>)>, Vec<&'n str>) {
    let entries = section.table().into_iter().flat_map(TableReader::entries);
    let all: Vec<(&str, Field<'_, '_>)> = entries.map(|(entry, field)| (&*entry.key.text, field)).collect();
    let mut steps: Vec<(&str, Field<'_, '_>)> = Vec::new();
    for &(id, field) in &all {
        let after = field.node().and_then(|node| node.as_table()).and_then(|table| table.get("after"));
        let after = after.and_then(|node| node.as_str());
        let Some(after) = after else {
            steps.push((id, field));
            continue;
        };
        match steps.iter().position(|(own, _)| *own == after) {
            Some(at) => steps.insert(at + 1, (id, field)),
            None => {
                let others = all.iter().map(|(own, _)| *own).filter(|own| *own != id);
                let after = field.table().map(|table| table.get("after"));
                let wanted = after.and_then(Field::string).unwrap_or_default();
                if let Some(after) = after {
                    after.unknown_value(wanted, others.collect::<Vec<_>>());
                }
                steps.push((id, field));
            }
        }
    }
    let off = steps.iter().filter(|(_, field)| field.is_off()).map(|(id, _)| *id).collect();
    steps.retain(|(_, field)| !field.is_off());
    if let Some((_, field)) = steps.get(MOST) {
        field.error("too-many", format!("a playbook has at most {MOST} steps"));
    }
    steps.truncate(MOST);
    (steps, off)
}

fn read_step(id: &str, field: Field<'_, '_>, names: &Names<'_>) -> Option<StepPlan> {
    let table = field.table()?;
    table.get("off").bool();
    table.get("after").string();
    let text = |key| table.get(key).string().map(Arc::<str>::from);
    let when = table.get("when").table().map(|when| Condition::read(when, names)).unwrap_or_default();
    let part = read_part(&table, names);
    report_contradictions(&table, &part, names);
    let mut closed_by = Vec::new();
    let closings = table.need("closed_by");
    for closing in closings.array().into_iter().flatten() {
        closed_by.extend(read_closing(closing, names));
    }
    if closings.is_present() && closed_by.is_empty() {
        closings.error("endless-step", format!("nothing ever closes the step {}", quoted(id)));
    }
    let mut branches = Vec::new();
    for (entry, branch) in table.get("branches").table().into_iter().flat_map(TableReader::entries) {
        if !branch.is_off() {
            branches.extend(read_branch(&entry.key.text, branch, names));
        }
    }
    let step = StepPlan {
        id: StepId(Arc::from(id)),
        title: text("title").unwrap_or_default(),
        why: text("why").unwrap_or_default(),
        source: text("source"),
        when,
        required: table.get("required").bool().unwrap_or(false),
        part,
        closed_by,
        branches,
    };
    table.finish();
    Some(step)
}

fn read_part(table: &TableReader<'_, '_>, names: &Names<'_>) -> Part {
    let text = |key| table.get(key).string().map(Arc::<str>::from);
    Part {
        asks: acts(table.get("asks"), names),
        optional: acts(table.get("optional"), names),
        forbidden: acts(table.get("forbidden"), names),
        visibility: crate::case::visibility(table.get("visibility")),
        role: table.get("role").string().map(|role| names.role(role, table.get("role"))),
        training: text("training"),
        clock: table.get("clock").one_of(Metric::WORDS),
        action: table.get("action").one_of(ACTIONS),
    }
}

fn read_branch(id: &str, field: Field<'_, '_>, names: &Names<'_>) -> Option<Branch> {
    let table = field.table()?;
    table.get("off").bool();
    let when = table.need("when").table().map(|when| Condition::read(when, names));
    let part = read_part(&table, names);
    report_contradictions(&table, &part, names);
    let without = acts(table.get("without"), names);
    let behind = acts(table.get("behind"), names).first().copied();
    let why = table.get("why").string().map(Arc::from);
    table.finish();
    Some(Branch { id: Arc::from(id), when: when?, part, behind, without, why })
}

/// A step that asks for what it forbids can never be done, and one that says nothing asks for no acts.
fn report_contradictions(table: &TableReader<'_, '_>, part: &Part, names: &Names<'_>) {
    let name = |act: u8| names.acts.get(usize::from(act)).copied().unwrap_or_default();
    for act in part.asks.iter().chain(&part.optional).filter(|act| part.forbidden.contains(act)) {
        let message = format!("{} is asked for and forbidden", quoted(name(*act)));
        table.get("forbidden").error("contradiction", message);
    }
    if part.action.is_some_and(Action::is_silent) && !part.asks.is_empty() {
        let message = "nothing is said at this step, and still it asks for acts";
        table.get("asks").error("contradiction", message);
    }
}

fn acts(field: Field<'_, '_>, names: &Names<'_>) -> Vec<u8> {
    let mut list = Vec::new();
    for (name, field) in strings(field).unwrap_or_default() {
        match (names.act)(name) {
            Some(act) if !list.contains(&act) => list.push(act),
            Some(_) => field.error("duplicate", format!("{} stands here twice", quoted(name))),
            None => field.unknown_value(name, names.acts.iter().copied()),
        }
    }
    list
}

fn read_closing(field: Field<'_, '_>, names: &Names<'_>) -> Option<Closing> {
    let table = field.table()?;
    let set = |key| {
        let mut set = ActSet::default();
        acts(table.get(key), names).into_iter().for_each(|act| set.insert(act));
        set
    };
    let texts = |key| -> Vec<Arc<str>> {
        strings(table.get(key)).unwrap_or_default().into_iter().map(|(text, _)| Arc::from(text)).collect()
    };
    let by = strings(table.get("by"))
        .map(|by| by.into_iter().filter_map(|(_, field)| field.one_of(Author::WORDS)).collect());
    let closing = Closing {
        all: set("all"),
        any: set("any"),
        by,
        visibility: crate::case::visibility(table.get("visibility")),
        answered: table.get("answered").bool().unwrap_or(false),
        said: table.get("said").bool().unwrap_or(false),
        after: set("after"),
        since: texts("since"),
        unless: set("unless"),
        events: texts("event"),
        when: table.get("when").table().map(|when| Condition::read(when, names)).unwrap_or_default(),
        words: Arc::from(in_words(&table)),
    };
    let asks = ["all", "any", "said", "event", "when"];
    if !asks.iter().any(|key| table.get(key).is_present()) {
        field.error(
            "endless-step",
            "this closes at once: name `all` or `any` acts, `said`, an `event`, or a `when`",
        );
    }
    table.finish();
    Some(closing)
}

/// What closes a step, as a person reads it: `apology or responsibility, in public`.
fn in_words(table: &TableReader<'_, '_>) -> String {
    let list = |key: &'static str, between: &str| {
        let words: Vec<_> = strings_quietly(table, key);
        (!words.is_empty()).then(|| words.join(between))
    };
    let acts: Vec<String> = [list("all", " and "), list("any", " or ")].into_iter().flatten().collect();
    let mut parts = Vec::new();
    if !acts.is_empty() {
        parts.push(acts.join(", with "));
    }
    let is_on = |key| matches!(table.table().get(key).map(|node| &node.value), Some(Value::Boolean(true)));
    if is_on("said") {
        parts.push("any answer".to_owned());
    }
    parts.extend(list("unless", " or ").map(|acts| format!("without {acts}")));
    parts.extend(list("after", " or ").map(|acts| format!("not before {acts}")));
    parts.extend(list("since", " or ").map(|events| format!("since the event {events}")));
    if let Some(visibility) = list("visibility", "") {
        parts.push(format!("in {visibility}"));
    }
    if is_on("answered") {
        parts.push("answered by the customer".to_owned());
    }
    parts.extend(list("event", " or ").map(|events| format!("the event {events}")));
    if let Some(when) = table.table().get("when").and_then(|node| node.as_table()) {
        let keys = when.iter().map(|entry| match &entry.node.value {
            Value::Boolean(true) => entry.key.text.to_string(),
            Value::Boolean(false) => format!("not {}", entry.key.text),
            Value::String(text) => format!("{} {text}", entry.key.text),
            Value::Array(list) => {
                let words: Vec<_> = list.iter().filter_map(|node| node.as_str()).collect();
                format!("{} {}", entry.key.text, words.join(" or "))
            }
            _ => format!("another {}", entry.key.text),
        });
        parts.push(format!("known: {}", keys.collect::<Vec<_>>().join(", ")));
    }
    parts.join(", ")
}

fn strings_quietly<'n>(table: &TableReader<'n, '_>, key: &str) -> Vec<&'n str> {
    match table.table().get(key).map(|node| &node.value) {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(|node| node.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// `[playbooks.x] off = false` for a playbook that nothing defines is a misspelt name.
pub(crate) fn report_lonely(section: Option<TableReader<'_, '_>>) {
    let entries: Vec<_> = section.into_iter().flat_map(TableReader::entries).collect();
    let defined = |field: &Field<'_, '_>| {
        let table = field.node().and_then(|node| node.as_table());
        table.is_some_and(|table| table.get("steps").is_some())
    };
    let known: Vec<&str> =
        entries.iter().filter(|(_, field)| defined(field)).map(|(entry, _)| &*entry.key.text).collect();
    for (entry, field) in entries.iter().filter(|(_, field)| !defined(field)) {
        let near = nearest(&entry.key.text, known.iter().copied());
        report_unknown(*field, &entry.key.text, entry.key.place, near);
    }
}

fn report_unknown(field: Field<'_, '_>, id: &str, key: Place, near: Option<&str>) {
    field.mistakes().report_with(|| {
        let message = format!("there is no playbook {}", quoted(id));
        let diagnostic = Diagnostic::error("unknown-playbook", message).at(field.mistakes().locate(key));
        match near {
            Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(near))),
            None => diagnostic.with_help("a playbook has `steps`"),
        }
    });
}
