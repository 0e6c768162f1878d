//! The law: what svar says svar hears, and every draft passes.
//!
//! All templates are said, and all drafts written that the policy's playbooks can ask for: on every channel, for every
//! visibility, language, form of address and step, in several wordings, with samples for values and with the longest
//! values there can be.

use std::collections::BTreeMap;

use super::draft::{Plan, Setting};
use super::draft_error::DraftError;
use super::validate::Conversation;
use super::{Inner, Policy, Scratch, read};
use crate::case::{Case, Fault, Message, Visibility};
use crate::channel::Channel;
use crate::draft::{Samples, Template, Voice};
use crate::lexicon::{ActSet, AddressForm, INTENTS};
use crate::playbook::Timing;
use crate::source::{Diagnostic, Location, Severity, quoted};

/// So many wordings of each draft are tried.
const WORDINGS: u64 = 3;

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
        let mut court = Court { policy: &self.0, law: Law::default(), found: BTreeMap::new() };
        let mut scratch = Scratch::default();
        court.hear_templates(&mut scratch);
        for channel in &self.0.channels {
            for &visibility in channel.visibilities() {
                for language in 0..self.0.languages.len() {
                    court.draft_all(channel, visibility, language, &mut scratch);
                }
            }
        }
        court.close()
    }
}

/// Something that breaks the law, and how often.
struct Breach {
    diagnostic: Diagnostic,
    times: usize,
}

struct Court<'a> {
    policy: &'a Inner,
    law: Law,
    /// By what is wrong and where, so that a thousand drafts of one template are one breach.
    found: BTreeMap<(String, String), Breach>,
}

impl Court<'_> {
    fn breach(&mut self, key: (String, String), diagnostic: impl FnOnce() -> Diagnostic) {
        self.found.entry(key).or_insert_with(|| Breach { diagnostic: diagnostic(), times: 0 }).times += 1;
    }

    fn close(mut self) -> Law {
        for Breach { diagnostic, times } in self.found.into_values() {
            let more = if times > 1 { format!(" (so in {times} drafts)") } else { String::new() };
            let message = format!("{}{more}", diagnostic.message());
            let mut told = Diagnostic::new(diagnostic.severity(), diagnostic.code().to_owned(), message);
            if let Some(help) = diagnostic.help() {
                told = told.with_help(help);
            }
            self.law.broken.push(told.at(diagnostic.location().cloned()));
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
                        let mut reading = std::mem::take(&mut scratch.reply);
                        read::read(policy, &text, code, scratch, &mut reading);
                        if !reading.hears(id.as_str()) {
                            let key = ("template-unheard".to_owned(), place(template.location()));
                            self.breach(key, || unheard(template, id.as_str(), &text));
                        }
                        let form = reading.address.form;
                        if form == AddressForm::Mixed || is_other(address, form) && template.has_choice() {
                            let key = ("template-address".to_owned(), place(template.location()));
                            self.breach(key, || mixed(template, address, form, &text));
                        }
                        scratch.reply = reading;
                    }
                }
            }
        }
    }

    fn draft_all(&mut self, channel: &Channel, visibility: Visibility, language: usize, scratch: &mut Scratch) {
        let policy = self.policy;
        let Some(code) = policy.languages.get(language) else { return };
        let addresses = policy.sayings.addresses(language, channel.address(code.as_str()));
        for case in situations(channel.id(), visibility, code.as_str()) {
            for plan in plans(policy, &case, language, scratch) {
                for &address in &addresses {
                    for seed in 0..WORDINGS {
                        let samples = if seed == 0 { Samples::Longest } else { Samples::Usual };
                        let setting = Setting {
                            timing: &Timing::default(),
                            seed,
                            now: None,
                            remedy: None,
                            canned: None,
                            address: Some(address),
                            samples: Some(samples),
                        };
                        self.law.drafts += 1;
                        let draft = policy.draft(&case, &Default::default(), &plan, &setting, scratch);
                        self.judge(draft, channel.id(), &plan, samples);
                    }
                }
            }
        }
    }

    fn judge(
        &mut self,
        draft: Result<crate::draft::Draft, DraftError>,
        channel: &str,
        plan: &Plan,
        samples: Samples,
    ) {
        let step = plan.step.as_deref().unwrap_or_default();
        match draft {
            Ok(draft) => {
                let doubtful = draft.report.findings.iter().filter(|found| found.severity == Severity::Warning);
                for finding in doubtful {
                    let template = draft.template_at(finding.span);
                    let location = template.and_then(|template| template.location.as_ref());
                    let at = location.map_or_else(|| format!("{step} {}", draft.language), |at| place(Some(at)));
                    let rule = finding.rule.as_str();
                    let message = format!(
                        "a draft for {} on {} in {} is warned of by {}: {}",
                        quoted(step),
                        quoted(channel),
                        quoted(draft.language.as_str()),
                        quoted(rule),
                        finding.message
                    );
                    let help = format!("the draft: {}", draft.text);
                    self.breach((rule.to_owned(), at), || {
                        Diagnostic::new(Severity::Warning, "draft-warned", message)
                            .with_help(help)
                            .at(location.cloned())
                    });
                }
            }
            Err(DraftError::Rejected(rejected)) => {
                for (finding, template) in rejected.errors() {
                    let location = template.and_then(|template| template.location.as_ref());
                    let rule = finding.rule.as_str();
                    let message = format!(
                        "a draft for {} on {} breaks {}: {}",
                        quoted(step),
                        quoted(channel),
                        quoted(rule),
                        finding.message
                    );
                    let help = format!("the draft: {}", rejected.text());
                    let at = location.map_or_else(|| step.to_owned(), |at| place(Some(at)));
                    self.breach((rule.to_owned(), at), || {
                        Diagnostic::error("draft-rejected", message).with_help(help).at(location.cloned())
                    });
                }
            }
            // What is too long for a channel may be too long for it; a sample is not.
            Err(DraftError::TooLong(_)) if samples == Samples::Longest => {}
            Err(error) => {
                let message = format!("nothing can be drafted for {} on {}: {error}", quoted(step), quoted(channel));
                let key = ("draft".to_owned(), error.to_string());
                let code = if matches!(error, DraftError::TooLong(_)) { "draft-too-long" } else { "no-template" };
                self.breach(key, || Diagnostic::new(Severity::Warning, code, message));
            }
        }
    }
}

fn place(location: Option<&Location>) -> String {
    location.map(ToString::to_string).unwrap_or_default()
}

/// The forms in which a template is tried: both it says itself, or the one that is heard.
fn addresses_of(template: &Template) -> &'static [AddressForm] {
    if template.has_choice() {
        &[AddressForm::Formal, AddressForm::Informal]
    } else {
        &[AddressForm::None]
    }
}

fn is_other(wanted: AddressForm, heard: AddressForm) -> bool {
    heard != AddressForm::None && heard != wanted
}

fn unheard(template: &Template, act: &str, text: &str) -> Diagnostic {
    let message = format!("{} is not heard as {}", quoted(text), quoted(act));
    let help = format!("let the act hear it: add a phrase to its `hear`; the template is {}", template.written());
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

/// The kinds of case a policy is tried with: each intent, whoever's fault it is, at the beginning and later.
fn situations(channel: &str, visibility: Visibility, language: &str) -> Vec<Case> {
    let mut all = Vec::new();
    for intent in INTENTS.into_iter().chain(["other"]) {
        let faults: &[Fault] = match intent {
            "complaint" => &[Fault::Unknown, Fault::Ours, Fault::Theirs],
            _ => &[Fault::Unknown],
        };
        for &fault in faults {
            for later in [false, true] {
                let mut case = Case::new(channel);
                case.visibility = Some(visibility);
                case.language = Some(language.to_owned());
                case.messages.push(Message::customer("1"));
                if later {
                    case.messages.push(Message::agent("2"));
                    case.messages.push(Message::customer("3"));
                    case.facts.fixed = true;
                }
                case.facts.intent = Some(intent.to_owned());
                case.facts.fault = fault;
                case.agent.name = Some("Lise".to_owned());
                all.push(case);
            }
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
            if part.action.unwrap_or_default().is_silent() || part.asks.is_empty() && part.optional.is_empty() {
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
                next_opening: None,
            });
        }
    }
    plans
}
