//! Playbooks, compiled.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::next::{Action, PlaybookId, StepId, StepOutline};
use crate::case::{Author, Visibility};
use crate::lexicon::{ActSet, Acts};
use crate::rule::{Condition, Facts};
use crate::sla::clock::Metric;

/// The most playbooks of a policy, and the most steps of one.
pub(crate) const MOST: usize = 64;

/// Where a playbook begins to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scope {
    /// With the conversation.
    #[default]
    Conversation,
    /// With the customer's last message.
    Turn,
}

/// What a kind of case goes through.
#[derive(Clone, Debug)]
pub(crate) struct Playbook {
    pub(crate) id: PlaybookId,
    pub(crate) title: Arc<str>,
    pub(crate) when: Condition,
    pub(crate) rank: i64,
    pub(crate) scope: Scope,
    pub(crate) steps: Vec<StepPlan>,
    /// Whether another playbook stands in for it.
    pub(crate) replaced: bool,
}

impl Playbook {
    /// The tags and the signals, as bits, by which it is chosen, or goes another way.
    pub(crate) fn marks(&self) -> (BTreeSet<Arc<str>>, u64) {
        let (mut tags, mut signals) = Default::default();
        let mut add = |condition: &Condition| condition.marks(&mut tags, &mut signals);
        add(&self.when);
        for step in &self.steps {
            add(&step.when);
            step.branches.iter().for_each(|branch| add(&branch.when));
            step.closed_by.iter().for_each(|closing| add(&closing.when));
        }
        (tags, signals)
    }
}

/// One step of it.
#[derive(Clone, Debug)]
pub(crate) struct StepPlan {
    pub(crate) id: StepId,
    pub(crate) title: Arc<str>,
    pub(crate) why: Arc<str>,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) when: Condition,
    pub(crate) required: bool,
    pub(crate) part: Part,
    pub(crate) closed_by: Vec<Closing>,
    pub(crate) branches: Vec<Branch>,
}

/// What a step, or a branch of it, says of the reply.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) asks: Vec<u8>,
    pub(crate) optional: Vec<u8>,
    pub(crate) forbidden: Vec<u8>,
    pub(crate) visibility: Option<Visibility>,
    pub(crate) role: Option<Arc<str>>,
    pub(crate) training: Option<Arc<str>>,
    pub(crate) clock: Option<Metric>,
    pub(crate) action: Option<Action>,
}

/// What a step asks besides, or instead, where a condition holds.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) id: Arc<str>,
    pub(crate) when: Condition,
    pub(crate) part: Part,
    /// The act behind which it asks; at the end, where there is none.
    pub(crate) behind: Option<u8>,
    /// Acts that are then not asked for.
    pub(crate) without: Vec<u8>,
    pub(crate) why: Option<Arc<str>>,
}

/// One way in which a step comes to its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closing {
    pub(crate) all: ActSet,
    pub(crate) any: ActSet,
    /// Who must have said it; anybody whose words are an answer, where it is left out.
    pub(crate) by: Option<Vec<Author>>,
    pub(crate) visibility: Option<Visibility>,
    /// The customer must have written after it.
    pub(crate) answered: bool,
    /// Anything that is said will do.
    pub(crate) said: bool,
    /// Messages count from the one in which one of these is heard.
    pub(crate) after: ActSet,
    /// Messages count from one of these events on.
    pub(crate) since: Vec<Arc<str>>,
    /// A message with one of these does not count.
    pub(crate) unless: ActSet,
    pub(crate) events: Vec<Arc<str>>,
    pub(crate) when: Condition,
    /// In words, for people.
    pub(crate) words: Arc<str>,
}

/// All playbooks of a policy, in the order in which they are tried.
#[derive(Clone, Debug, Default)]
pub(crate) struct Playbooks {
    list: Vec<Playbook>,
    /// The numbers of those that can be entered, the highest rank first.
    order: Vec<u8>,
}

impl Playbooks {
    pub(crate) fn new(list: Vec<Playbook>) -> Playbooks {
        let mut order: Vec<u8> =
            (0u8..).zip(&list).filter(|(_, own)| !own.replaced).map(|(at, _)| at).collect();
        order.sort_by_key(|&at| list.get(usize::from(at)).map(|playbook| -playbook.rank));
        Playbooks { list, order }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Playbook> {
        self.list.iter()
    }

    pub(crate) fn get(&self, number: u8) -> Option<&Playbook> {
        self.list.get(usize::from(number))
    }

    /// Those that fit, the one to be tried first in front.
    pub(crate) fn fitting<'p>(&'p self, facts: &Facts<'_>) -> impl Iterator<Item = (u8, &'p Playbook)> {
        let all = self.order.iter().filter_map(|&at| Some((at, self.list.get(usize::from(at))?)));
        all.filter(move |(_, playbook)| playbook.when.holds(facts))
    }
}

/// A step as it is in one conversation: the step itself with every branch that holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settled<'p> {
    pub(crate) part: Part,
    pub(crate) branches: Vec<&'p Branch>,
}

impl StepPlan {
    /// Every act the step forbids where it stands.
    pub(crate) fn forbidden(&self, facts: &Facts<'_>) -> ActSet {
        let branches = self.branches.iter().filter(|branch| branch.when.holds(facts));
        let mut set = ActSet::default();
        let acts = branches.flat_map(|branch| &branch.part.forbidden).chain(&self.part.forbidden);
        acts.for_each(|&act| set.insert(act));
        set
    }

    /// The action where it stands.
    pub(crate) fn action(&self, facts: &Facts<'_>) -> Action {
        let branches = self.branches.iter().filter(|branch| branch.when.holds(facts));
        let last = branches.filter_map(|branch| branch.part.action).next_back();
        last.or(self.part.action).unwrap_or_default()
    }

    pub(crate) fn outline(&self) -> StepOutline<'_> {
        StepOutline {
            id: &self.id,
            title: &self.title,
            why: &self.why,
            source: self.source.as_deref(),
            action: self.part.action.unwrap_or_default(),
        }
    }

    /// The training where it stands.
    pub(crate) fn training(&self, facts: &Facts<'_>) -> Option<&str> {
        let branches = self.branches.iter().filter(|branch| branch.when.holds(facts));
        let last = branches.filter_map(|branch| branch.part.training.as_deref()).next_back();
        last.or(self.part.training.as_deref())
    }

    pub(crate) fn settle(&self, facts: &Facts<'_>) -> Settled<'_> {
        let mut settled = Settled { part: self.part.clone(), branches: Vec::new() };
        for branch in self.branches.iter().filter(|branch| branch.when.holds(facts)) {
            settled.part.add(branch);
            settled.branches.push(branch);
        }
        settled
    }
}

impl Part {
    fn add(&mut self, branch: &Branch) {
        let without = |list: &mut Vec<u8>, acts: &[u8]| list.retain(|act| !acts.contains(act));
        let add = |list: &mut Vec<u8>, acts: &[u8]| {
            for act in acts {
                if !list.contains(act) {
                    list.push(*act);
                }
            }
        };
        let Part { asks, optional, forbidden, visibility, role, training, clock, action } = &branch.part;
        without(&mut self.asks, &branch.without);
        without(&mut self.optional, &branch.without);
        // The last word on an act is the branch's.
        without(&mut self.asks, forbidden);
        without(&mut self.optional, forbidden);
        without(&mut self.forbidden, asks);
        without(&mut self.forbidden, optional);
        without(&mut self.optional, asks);
        let at = branch.behind.and_then(|act| self.asks.iter().position(|own| *own == act));
        let mut tail = at.map(|at| self.asks.split_off(at + 1)).unwrap_or_default();
        add(&mut self.asks, asks);
        tail.retain(|act| !self.asks.contains(act));
        self.asks.append(&mut tail);
        add(&mut self.optional, optional);
        add(&mut self.forbidden, forbidden);
        self.visibility = visibility.or(self.visibility);
        self.action = action.or(self.action);
        self.clock = clock.or(self.clock);
        for (own, other) in [(&mut self.role, role), (&mut self.training, training)] {
            if other.is_some() {
                own.clone_from(other);
            }
        }
    }
}

/// The names of acts, in order.
pub(crate) fn names(acts: &Acts, list: &[u8]) -> Vec<crate::lexicon::ActId> {
    list.iter().filter_map(|&act| Some(acts.get(act)?.0.clone())).collect()
}
