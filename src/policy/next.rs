//! What is due: the conversation so far, heard, and the step that its playbook comes to.

use super::case_error::UnknownName;
use super::counting::counting;
use super::validate::{COMPLAINT, Conversation};
use super::{CaseError, Inner, Policy, Scratch, read};
use crate::case::{Author, Case, Visibility};
use crate::lexicon::INTENTS;
use crate::money::Money;
use crate::playbook::{
    Action, GrantProblem, History, Next, OfferVerdict, Playbook, PlaybookId, Progress, Question, Remedy,
    Step, StepId, StepOutline, StepPlan, Timing, Turn, names, progress,
};
use crate::rule::{Facts, Flags, OTHER_INTENT, Offer, Stage};
use crate::time::Now;

/// The act that offers a remedy.
const OFFER: &str = "compensation-offer";

/// What the whole conversation holds, beside its turns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    intent: u8,
    signals: u64,
}

/// Where a conversation stands, and how that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    playbook: u8,
    progress: Progress,
    guessed: bool,
}

impl Inner {
    /// The remedies that fit, the one to be thought of first in front.
    fn remedies(&self, case: &Case, granted_today: &[Money]) -> Result<Vec<Remedy>, CaseError> {
        case.facts.check_amounts()?;
        let question = Question { case, authority: &self.authority, today: granted_today };
        self.remedies.fitting(&question).map_err(|problem| self.grant_problem(problem))
    }

    fn verdict(&self, case: &Case, granted_today: &[Money]) -> Result<Option<OfferVerdict>, CaseError> {
        case.facts.check_amounts()?;
        let question = Question { case, authority: &self.authority, today: granted_today };
        self.remedies.judge(&question).map_err(|problem| self.grant_problem(problem))
    }

    fn grant_problem(&self, problem: GrantProblem) -> CaseError {
        match problem {
            GrantProblem::Unknown(role) => {
                CaseError::UnknownRole(UnknownName::new(&role, self.authority.roles()))
            }
            GrantProblem::Money(error) => CaseError::Money(error),
        }
    }

    /// What rules can ask of the offer a case names.
    pub(super) fn judge_offer(&self, case: &Case) -> Result<Option<Box<Offer>>, CaseError> {
        let Some(verdict) = self.verdict(case, &[])? else { return Ok(None) };
        let approval = verdict.approval.map(|needed| match needed.role {
            Some(role) => format!("{}, beyond which `{role}` decides", needed.limit),
            None => format!("{}, and nobody may grant more", needed.limit),
        });
        Ok(Some(Box::new(Offer {
            amount: verdict.offer.to_string(),
            loss: case.facts.loss.map(|loss| loss.to_string()).unwrap_or_default(),
            without_extra: verdict.below_loss || verdict.without_extra,
            beyond: verdict.beyond.map(|most| most.to_string()),
            approval,
        })))
    }
}

impl Policy {
    /// What can make good what the customer lost: every remedy of the policy that fits, the one to be thought of first
    /// in front, each with its amount and who must agree to it. `granted_today` is what whoever answers has granted in
    /// other cases today.
    ///
    /// # Errors
    /// A role to which the policy gives no authority, or amounts that cannot be compared.
    ///
    /// ```
    /// use svar::{Case, Policy, case::Fault, money::Money};
    ///
    /// let mut case = Case::new("messenger");
    /// case.facts.fault = Fault::Ours;
    /// case.facts.loss = Some(Money::parse("249.50", "NOK")?);
    /// let remedies = Policy::builtin().remedies(&case, &[])?;
    /// let refund = remedies.first().unwrap();
    /// assert_eq!((refund.id.as_str(), refund.amount), ("refund", Some(Money::parse("274.45", "NOK")?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remedies(&self, case: &Case, granted_today: &[Money]) -> Result<Vec<Remedy>, CaseError> {
        self.0.remedies(case, granted_today)
    }

    /// The remedy to be thought of first, if any fits.
    ///
    /// # Errors
    /// As [`remedies`](Policy::remedies).
    pub fn remedy(&self, case: &Case, granted_today: &[Money]) -> Result<Option<Remedy>, CaseError> {
        Ok(self.remedies(case, granted_today)?.into_iter().next())
    }

    /// What is to be said of the offer that a case names in `facts.offer`; nothing, where it names none.
    ///
    /// # Errors
    /// As [`remedies`](Policy::remedies); an offer and a loss of two currencies are an error, too.
    pub fn judge_offer(
        &self,
        case: &Case,
        granted_today: &[Money],
    ) -> Result<Option<OfferVerdict>, CaseError> {
        self.0.verdict(case, granted_today)
    }

    /// The playbooks in use: name and one line for people.
    pub fn playbooks(&self) -> impl Iterator<Item = (&PlaybookId, &str)> {
        let used = self.0.playbooks.iter().filter(|playbook| !playbook.replaced);
        used.map(|playbook| (&playbook.id, &*playbook.title))
    }

    /// The steps of a playbook, in order; none, where there is no such playbook in use.
    pub fn steps<'p>(&'p self, playbook: &'p str) -> impl Iterator<Item = StepOutline<'p>> {
        let found = self.0.playbooks.iter().filter(move |own| own.id == *playbook && !own.replaced);
        found.flat_map(|own| &own.steps).map(StepPlan::outline)
    }

    /// What is due in a conversation: the playbook, its step, and what the step asks for. It is derived from the case
    /// each time; the same case gives the same answer.
    ///
    /// # Errors
    /// A case that does not fit the policy, or a message that is too long.
    ///
    /// ```
    /// use svar::{Case, Message, Policy};
    ///
    /// let policy = Policy::builtin();
    /// let mut case = Case::new("facebook");
    /// case.messages.push(Message::customer("Terrible service! Waiting three weeks and still no answer."));
    ///
    /// let next = policy.next(&case, None)?;
    /// assert_eq!(next.step_id(), Some("acknowledge"));
    /// assert!(next.asks("apology") && next.asks("private-invitation"));
    /// # Ok::<(), svar::policy::CaseError>(())
    /// ```
    pub fn next(&self, case: &Case, now: impl Into<Now>) -> Result<Next, CaseError> {
        let now = now.into();
        self.next_with(case, now, &self.timing(case, now), &mut Scratch::default())
    }

    /// [`next`](Policy::next) with what is known of opening hours and clocks, and with memory to reuse.
    ///
    /// # Errors
    /// As [`next`](Policy::next).
    pub fn next_with(
        &self,
        case: &Case,
        now: impl Into<Now>,
        timing: &Timing,
        scratch: &mut Scratch,
    ) -> Result<Next, CaseError> {
        let mut conversation = Conversation::open(&self.0, case, now.into().get(), timing, scratch)?;
        let next = conversation.next(timing, scratch);
        conversation.close(scratch);
        next
    }
}

impl Conversation<'_> {
    /// Hears every message since the case was last opened: the turns go to `scratch`.
    fn hear_all(&self, scratch: &mut Scratch) -> Whole {
        let policy = self.policy;
        let code = self.language.and_then(|language| policy.code(language));
        let mut whole = Whole { intent: self.intent, signals: self.signals };
        let Scratch { read, earlier: reading, turns, .. } = scratch;
        turns.clear();
        let last = self.case.last_customer_message();
        for message in counting(&self.case) {
            let mut turn = Turn {
                from: message.from,
                is_answer: self.answerers.answer(message),
                at: message.at,
                visibility: message.visibility.unwrap_or(self.message_visibility()),
                heard: Default::default(),
            };
            let is_last = last.is_some_and(|last| std::ptr::eq(last, message));
            if is_last {
                turn.heard = self.listened.reading.heard;
            } else {
                read::listen(policy, &message.text, code, read, reading);
                turn.heard = reading.heard;
                if message.from == Author::Customer {
                    whole.signals |= self.signals_of(reading);
                    let intent = super::validate::intent_index(reading.intent.kind()).unwrap_or(OTHER_INTENT);
                    whole.take(intent);
                }
            }
            turns.push(turn);
        }
        if self.flags.has(Flags::INTENT_GIVEN) {
            whole.intent = self.intent;
        }
        whole
    }

    /// For whom a message was that does not say so.
    fn message_visibility(&self) -> Visibility {
        self.case.visibility.unwrap_or_else(|| self.channel.default_visibility())
    }

    fn staging_facts(&self, whole: Whole) -> Facts<'_> {
        Facts {
            channel: self.channel_index,
            language: self.language.and_then(|language| u8::try_from(language).ok()),
            values: self.values(whole.intent),
            heard: Default::default(),
            signals: whole.signals,
            public_turns: self.public_turns,
            stage: None,
            case: &self.case,
        }
    }

    /// The playbook with a step due that is tried first; else the one that is tried first of all that fit.
    fn stand(&self, scratch: &mut Scratch) -> Option<(Standing, Whole)> {
        let whole = self.hear_all(scratch);
        let history = History { turns: &scratch.turns, case: &self.case };
        let standing = |whole: Whole| {
            let facts = self.staging_facts(whole);
            let mut first = None;
            for (playbook, own) in self.policy.playbooks.fitting(&facts) {
                let guessed = own.when.is_chosen_by_hearing(self.flags.has(Flags::INTENT_GIVEN));
                let standing = Standing { playbook, progress: progress(own, &facts, &history), guessed };
                if standing.progress.due.is_some() {
                    return Some((standing, whole));
                }
                first = first.or(Some((standing, whole)));
            }
            first
        };
        let found = standing(whole);
        // Where all is done, and the customer comes with something else, that counts.
        let is_done = found.is_none_or(|(standing, _)| standing.progress.due.is_none());
        let other = Whole { intent: self.intent, ..whole };
        if is_done && other.intent != whole.intent && self.flags.has(Flags::CUSTOMER_WAITS) {
            return standing(other).or(found);
        }
        found
    }

    /// Finds out where the conversation stands, for rules to ask.
    pub(super) fn settle_stage(&mut self, scratch: &mut Scratch) {
        let Some((standing, whole)) = self.stand(scratch) else { return };
        let facts = self.staging_facts(whole);
        let Some(step) = standing.progress.due else { return };
        let Some(plan) = self.playbook(standing).and_then(|own| own.steps.get(usize::from(step))) else {
            return;
        };
        let silent = plan.action(&facts).is_silent();
        let training = self.case.agent.training.as_deref();
        let untrained = training.is_some_and(|training| {
            let wanted = plan.training(&facts);
            training.is_empty() || wanted.is_some_and(|wanted| !training.iter().any(|own| own == wanted))
        });
        let forbidden = plan.forbidden(&facts);
        self.stage = Some(Stage { playbook: standing.playbook, step, guessed: standing.guessed, forbidden });
        self.flags.set(Flags::SILENT, silent);
        self.flags.set(Flags::UNTRAINED, untrained);
    }

    fn playbook(&self, standing: Standing) -> Option<&Playbook> {
        self.policy.playbooks.get(standing.playbook)
    }

    fn next(&mut self, timing: &Timing, scratch: &mut Scratch) -> Result<Next, CaseError> {
        let standing = self.stand(scratch);
        let mut next = Next {
            action: Action::Wait,
            playbook: None,
            step: None,
            why: Vec::new(),
            source: None,
            guessed: false,
            remedy: None,
            next_opening: timing.next_opening.filter(|_| self.flags.has(Flags::CLOSED)),
            done: Vec::new(),
            skipped: Vec::new(),
            not_needed: Vec::new(),
            policy: self.policy.label.clone(),
        };
        let Some((standing, whole)) = standing else { return Ok(next) };
        let Some(playbook) = self.playbook(standing) else { return Ok(next) };
        let facts = self.staging_facts(whole);
        let progress = standing.progress;
        let ids = |wanted: &dyn Fn(usize) -> bool| -> Vec<StepId> {
            let steps = playbook.steps.iter().enumerate().filter(|(at, _)| wanted(*at));
            steps.map(|(_, step)| step.id.clone()).collect()
        };
        next.playbook = Some(playbook.id.clone());
        next.guessed = standing.guessed;
        next.done = ids(&|at| progress.is_needed(at) && progress.is_closed(at));
        next.skipped = ids(&|at| progress.is_skipped(at));
        next.not_needed = ids(&|at| !progress.is_needed(at));
        let due = progress.due.and_then(|at| playbook.steps.get(usize::from(at)));
        let Some(plan) = due else { return Ok(next) };
        let settled = plan.settle(&facts);
        let part = settled.part;
        let acts = &self.policy.lexicons.acts;
        next.action = part.action.unwrap_or_default();
        let reasons = settled.branches.iter().filter_map(|branch| branch.why.clone());
        next.why = Some(plan.why.clone()).filter(|why| !why.is_empty()).into_iter().chain(reasons).collect();
        next.source.clone_from(&plan.source);
        let offers = |list: &[u8]| acts.index(OFFER).is_some_and(|offer| list.contains(&offer));
        if offers(&part.asks) || offers(&part.optional) {
            next.remedy = self.policy.remedies(&self.case, &[])?.into_iter().next();
        }
        next.step = Some(Step {
            id: plan.id.clone(),
            title: plan.title.clone(),
            asks: names(acts, &part.asks),
            optional: names(acts, &part.optional),
            forbidden: names(acts, &part.forbidden),
            visibility: part.visibility.unwrap_or(self.visibility),
            role: part.role,
            training: part.training,
            by: part.clock.and_then(|metric| timing.due_at(metric)),
            clock: part.clock,
            closes_by: plan.closed_by.iter().map(|closing| closing.words.clone()).collect(),
            branches: settled.branches.iter().map(|branch| branch.id.clone()).collect(),
        });
        Ok(next)
    }
}

impl Whole {
    /// Takes in what an earlier message wanted. A conversation keeps the complaint that was once heard in it: whoever
    /// complained is not done complaining because the next message holds nothing but a number.
    fn take(&mut self, intent: u8) {
        let is_complaint = INTENTS.get(usize::from(intent)) == Some(&COMPLAINT);
        if is_complaint || self.intent == OTHER_INTENT {
            self.intent = intent;
        }
    }
}
