//! The law: what svar says svar hears, and every draft passes.
//!
//! All templates are said, and all drafts written that the policy's playbooks can ask for: on every channel, for every
//! visibility, language, form of address and step, in several wordings, with samples for values and with the longest
//! values there can be. Where a playbook's conditions name tags or signals, it is gone through with each of them, too.

mod judge;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::plan::{Plan, Setting};
use super::validate::Conversation;
use super::{Inner, Policy, Scratch, read};
use crate::case::{Case, Fault, Message, Visibility};
use crate::channel::Channel;
use crate::draft::{Draft, Samples, Template, Voice};
use crate::lexicon::{ActSet, AddressForm, INTENTS};
use crate::playbook::{RemedyKind, Timing};
use crate::source::{Diagnostic, Location, Place, Severity, quoted};

/// So many wordings of each draft are tried.
const WORDINGS: usize = 3;
/// The longest conversation that is gone through, in turns.
const LONGEST_WALK: usize = 8;

/// What came of holding a policy to the law.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Law {
    /// How many templates were said.
    pub templates: usize,
    /// How many drafts were written.
    pub drafts: usize,
    /// What breaks the law, each with the template's place: an error where svar does not hear what it says or a draft
    /// does not pass, a warning where a draft passes with one, or where something cannot be said at all.
    pub broken: Vec<Diagnostic>,
    /// Where the templates stand that drafts said.
    pub(crate) said: BTreeSet<Place>,
}

impl Law {
    /// Whether nothing breaks it.
    pub fn holds(&self) -> bool {
        self.broken.iter().all(|diagnostic| diagnostic.severity() != Severity::Error)
    }
}

impl Policy {
    /// Holds the policy to the law that every template is heard as its act and that every draft passes. It takes
    /// seconds for a large policy; `svar check` does it.
    pub fn law(&self) -> Law {
        let mut court = Court {
            whole: self,
            policy: &self.0,
            law: Law::default(),
            found: BTreeMap::new(),
            reached: BTreeSet::new(),
            marks: marks_of(&self.0),
        };
        let mut scratch = Scratch::default();
        court.hear_templates(&mut scratch);
        for channel in &self.0.channels {
            for &visibility in channel.visibilities() {
                for language in 0..self.0.languages.len() {
                    court.walk_all(channel, visibility, language, &mut scratch);
                }
            }
        }
        court.draft_unreached(&mut scratch);
        court.close()
    }
}

/// Something that breaks the law, and how often.
struct Breach {
    diagnostic: Diagnostic,
    times: usize,
}

struct Court<'a> {
    whole: &'a Policy,
    policy: &'a Inner,
    law: Law,
    /// By what is wrong and where, so that a thousand drafts of one template are one breach.
    found: BTreeMap<(String, String), Breach>,
    /// The steps that a conversation came to, each with its playbook.
    reached: BTreeSet<(String, String)>,
    marks: Vec<Mark>,
}

/// A tag or a signal that playbooks go by.
struct Mark {
    tag: Option<Arc<str>>,
    /// As bits.
    signals: u64,
    /// The playbooks whose conditions name it.
    playbooks: BTreeSet<String>,
}

impl Court<'_> {
    fn breach(&mut self, key: (String, String), diagnostic: impl FnOnce() -> Diagnostic) {
        self.found.entry(key).or_insert_with(|| Breach { diagnostic: diagnostic(), times: 0 }).times += 1;
    }

    fn close(mut self) -> Law {
        for Breach { diagnostic, times } in self.found.into_values() {
            let more = if times > 1 { format!(" (so in {times} drafts)") } else { String::new() };
            self.law.broken.push(diagnostic.adding(&more));
        }
        self.law.broken.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity()));
        self.law
    }

    /// Every template is heard as its act, and as no other form of address than its own.
    fn hear_templates(&mut self, scratch: &mut Scratch) {
        let policy = self.policy;
        for (act, language, template) in policy.sayings.templates() {
            self.law.templates += 1;
            let Some((id, _)) = policy.lexicons.acts.get(act) else { continue };
            for samples in Samples::ALL {
                let values = policy.sayings.values(language, samples);
                for &address in addresses_of(template) {
                    let voice = Voice::with(&policy.sayings, language, address, &values);
                    for text in voice.sayings_of(template) {
                        let code = policy.languages.get(language).map(|code| code.as_str());
                        let Scratch { read, reply: reading, .. } = &mut *scratch;
                        read::read(policy, &text, code, read::Aim::Acts, read, reading);
                        if !reading.hears(id.as_str()) {
                            let key = ("template-unheard".to_owned(), place(template.location()));
                            self.breach(key, || unheard(template, id.as_str(), &text));
                        }
                        let form = reading.address.form;
                        if form == AddressForm::Mixed || is_other(address, form) && template.has_choice() {
                            let key = ("template-address".to_owned(), place(template.location()));
                            self.breach(key, || mixed(template, address, form, &text));
                        }
                    }
                }
            }
        }
    }

    /// Goes through conversations from their first message on: each step that is due is drafted, said, and answered.
    fn walk_all(
        &mut self,
        channel: &Channel,
        visibility: Visibility,
        language: usize,
        scratch: &mut Scratch,
    ) {
        let Some(code) = self.policy.languages.get(language) else { return };
        let addresses = self.policy.sayings.addresses(language, channel.address(code.as_str()));
        for case in situations(channel.id(), visibility, code.as_str()) {
            for at in 0..self.marks.len() {
                self.walk_marked(at, &case, &addresses, scratch);
            }
            self.walk(case, &addresses, true, scratch);
        }
    }

    /// Goes through the same conversation with a tag or a signal, if that is one of a playbook that goes by it. Rules
    /// about what the customer wants ask there for what the playbook leaves out on purpose, so that only errors count.
    fn walk_marked(&mut self, at: usize, case: &Case, addresses: &[AddressForm], scratch: &mut Scratch) {
        let Some(mark) = self.marks.get(at) else { return };
        let case = mark.put_on(case, scratch);
        let next = self.whole.next_with(&case, None, &Timing::default(), scratch).ok();
        let playbook = next.and_then(|next| next.playbook);
        if playbook.is_some_and(|playbook| mark.playbooks.contains(playbook.as_str())) {
            self.walk(case, addresses, false, scratch);
        }
        scratch.presumed_signals = 0;
    }

    fn walk(&mut self, mut case: Case, addresses: &[AddressForm], is_plain: bool, scratch: &mut Scratch) {
        let mut been = Vec::new();
        for turn in 0..LONGEST_WALK {
            let Ok(next) = self.whole.next_with(&case, None, &Timing::default(), scratch) else { return };
            // A playbook that begins anew with each message, or another one after it, is another conversation.
            let here = (next.playbook.clone(), next.step_id().map(str::to_owned));
            if been.contains(&here) || been.first().is_some_and(|(playbook, _)| *playbook != here.0) {
                return;
            }
            been.push(here);
            if let Ok(plan) = Plan::of(&next) {
                self.reached.extend(plan.playbook.clone().zip(plan.step.clone()));
                if let Some(said) = self.draft_all(&case, &plan, addresses, is_plain, scratch) {
                    let mut reply = Message::agent(said.text);
                    reply.visibility = Some(said.visibility);
                    case.messages.push(reply);
                    case.messages.push(Message::customer("1"));
                }
            } else if next.step.is_none() {
                return;
            }
            // Something comes to be known after each turn, so that the next step is due.
            let facts = &mut case.facts;
            let known = [
                &mut facts.identified,
                &mut facts.investigated,
                &mut facts.offered,
                &mut facts.fixed,
                &mut facts.told,
            ];
            if let Some(fact) = known.into_iter().nth(turn) {
                *fact = true;
            }
        }
    }

    /// Steps of playbooks that only certain words lead to. Rules that ask which step is due judge another one there, so
    /// that only errors count.
    fn draft_unreached(&mut self, scratch: &mut Scratch) {
        let policy = self.policy;
        for channel in &policy.channels {
            let visibility = channel.default_visibility();
            for (language, code) in policy.languages.iter().enumerate() {
                let addresses = policy.sayings.addresses(language, channel.address(code.as_str()));
                for case in situations(channel.id(), visibility, code.as_str()) {
                    self.draft_plans(&case, language, &addresses, scratch);
                    for at in 0..self.marks.len() {
                        let Some(mark) = self.marks.get(at) else { continue };
                        let case = mark.put_on(&case, scratch);
                        self.draft_plans(&case, language, &addresses, scratch);
                        scratch.presumed_signals = 0;
                    }
                }
            }
        }
    }

    fn draft_plans(
        &mut self,
        case: &Case,
        language: usize,
        addresses: &[AddressForm],
        scratch: &mut Scratch,
    ) {
        for plan in plans(self.policy, case, language, scratch) {
            let step = plan.playbook.clone().zip(plan.step.clone());
            if step.is_none_or(|step| !self.reached.contains(&step)) {
                self.draft_all(case, &plan, addresses, false, scratch);
            }
        }
    }

    /// Drafts a step in every form of address and in several wordings; gives one of them.
    fn draft_all(
        &mut self,
        case: &Case,
        plan: &Plan,
        addresses: &[AddressForm],
        is_due: bool,
        scratch: &mut Scratch,
    ) -> Option<Draft> {
        let policy = self.policy;
        let mut said = None;
        for &address in addresses {
            for (seed, remedy) in (0..).zip(wordings(policy, plan)) {
                let samples = if seed == 0 { Samples::Longest } else { Samples::Usual };
                let setting = Setting {
                    timing: &Timing::default(),
                    seed,
                    now: None,
                    remedy,
                    canned: None,
                    address: Some(address),
                    samples: Some(samples),
                };
                self.law.drafts += 1;
                let draft = policy.draft(case, &Default::default(), plan, &setting, scratch);
                self.judge(&draft, &case.channel, plan, samples, is_due);
                let templates = draft.iter().flat_map(|draft| &draft.templates);
                self.law.said.extend(templates.filter_map(|used| Some(used.location.as_ref()?.place())));
                said = draft.ok().or(said);
            }
        }
        said
    }
}

impl Mark {
    /// The case with the tag, and the signal taken for heard.
    fn put_on(&self, case: &Case, scratch: &mut Scratch) -> Case {
        let mut case = case.clone();
        case.facts.tags.extend(self.tag.as_deref().map(str::to_owned));
        scratch.presumed_signals = self.signals;
        case
    }
}

/// The tags and signals that the conditions of playbooks name, each once.
fn marks_of(policy: &Inner) -> Vec<Mark> {
    let mut marks: BTreeMap<(Option<Arc<str>>, u64), BTreeSet<String>> = BTreeMap::new();
    for playbook in policy.playbooks.iter() {
        let (tags, signals) = playbook.marks();
        let each = (0..u64::BITS).map(|bit| 1 << bit).filter(|bit| signals & bit != 0);
        let all = tags.into_iter().map(|tag| (Some(tag), 0)).chain(each.map(|bit| (None, bit)));
        for mark in all {
            marks.entry(mark).or_default().insert(playbook.id.as_str().to_owned());
        }
    }
    marks.into_iter().map(|((tag, signals), playbooks)| Mark { tag, signals, playbooks }).collect()
}

/// The wordings to be tried, each with a kind of compensation: all of them where one is offered.
fn wordings(policy: &Inner, plan: &Plan) -> Vec<Option<&'static str>> {
    let offer = policy.lexicons.acts.index("compensation-offer");
    let offers = offer.is_some_and(|act| plan.asked.contains(&act) || plan.optional.contains(&act));
    let mut all = vec![None; WORDINGS];
    if offers {
        all.extend(RemedyKind::ALL.map(|kind| Some(kind.as_str())));
    }
    all
}

fn place(location: Option<&Location>) -> String {
    location.map(ToString::to_string).unwrap_or_default()
}

/// The forms in which a template is tried: both it says itself, or the one that is heard.
fn addresses_of(template: &Template) -> &'static [AddressForm] {
    if template.has_choice() { &[AddressForm::Formal, AddressForm::Informal] } else { &[AddressForm::None] }
}

fn is_other(wanted: AddressForm, heard: AddressForm) -> bool {
    heard != AddressForm::None && heard != wanted
}

fn unheard(template: &Template, act: &str, text: &str) -> Diagnostic {
    let message = format!("{} is not heard as {}", quoted(text), quoted(act));
    let help =
        format!("let the act hear it: add a phrase to its `hear`; the template is {}", template.written());
    Diagnostic::error("template-unheard", message).with_help(help).at(template.location().cloned())
}

fn mixed(template: &Template, wanted: AddressForm, heard: AddressForm, text: &str) -> Diagnostic {
    let word = |form| match form {
        AddressForm::Formal => "formal",
        AddressForm::Informal => "informal",
        AddressForm::Mixed => "mixed",
        AddressForm::None => "no",
    };
    let message = format!("{} is heard with {} address", quoted(text), word(heard));
    let help = format!("it is for {} address; write `<formal|informal>` where the two differ", word(wanted));
    Diagnostic::error("template-address", message).with_help(help).at(template.location().cloned())
}

/// The kinds of case a policy is tried with: each intent, and whoever's fault it is.
fn situations(channel: &str, visibility: Visibility, language: &str) -> Vec<Case> {
    let mut all = Vec::new();
    for intent in INTENTS.into_iter().chain(["other"]) {
        let faults: &[Fault] = match intent {
            "complaint" => &[Fault::Unknown, Fault::Ours, Fault::Theirs],
            _ => &[Fault::Unknown],
        };
        for &fault in faults {
            let mut case = Case::new(channel);
            case.visibility = Some(visibility);
            case.language = Some(language.to_owned());
            case.messages.push(Message::customer("1"));
            case.facts.intent = Some(intent.to_owned());
            case.facts.fault = fault;
            case.agent.name = Some("Lise".to_owned());
            all.push(case);
        }
    }
    all
}

/// What the steps of the playbooks for a case ask for.
fn plans(policy: &Inner, case: &Case, language: usize, scratch: &mut Scratch) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let opened = Conversation::open(policy, case, None, &Timing::default(), scratch);
    let Ok(conversation) = opened else { return plans };
    let facts = conversation.facts(Some(language), ActSet::default());
    for playbook in policy.playbooks.iter().filter(|playbook| playbook.when.holds(&facts)) {
        for step in playbook.steps.iter().filter(|step| step.when.holds(&facts)) {
            let part = step.settle(&facts).part;
            if part.action.unwrap_or_default().is_silent() || part.asks.is_empty() && part.optional.is_empty()
            {
                continue;
            }
            plans.push(Plan {
                playbook: Some(playbook.id.as_str().to_owned()),
                step: Some(step.id.as_str().to_owned()),
                asked: part.asks,
                optional: part.optional,
                besides: Vec::new(),
                forbidden: part.forbidden,
                visibility: part.visibility.or(case.visibility),
                remedy: None,
                next_opening: None,
            });
        }
    }
    plans
}
