//! By when: the clocks of a case.

use chrono::{DateTime, FixedOffset, TimeZone};
use thiserror::Error;

use super::validate::{check_case, flags_of, intent_index};
use super::{CaseError, Inner, Policy, Scratch, read};
use crate::case::{Case, Level, Message};
use crate::channel::Channel;
use crate::lexicon::ActSet;
use crate::playbook::Timing;
use crate::rule::{Facts, OTHER_INTENT, Values};
use crate::sla::clock::{Clocks, Ear, Failure, Heard, State, Target, UndatedMessage};
use crate::sla::surge::Level as SurgeLevel;
use crate::source::{Diagnostic, Diagnostics, Member};
use crate::time::{Now, TimeError};

/// Why the clocks of a case cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClockError {
    /// The case does not fit the policy.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A message has no time.
    #[error(transparent)]
    Undated(#[from] UndatedMessage),
    /// An instant or a duration that no calendar can answer for.
    #[error(transparent)]
    Time(#[from] TimeError),
}

impl From<ClockError> for Diagnostic {
    fn from(error: ClockError) -> Self {
        let message = error.to_string();
        match error {
            ClockError::Case(error) => error.into(),
            ClockError::Undated(undated) => Diagnostic::error("undated-message", message)
                .about_member(Member::new("messages.*").number(undated.index()))
                .with_help("give every message its `at`: without it nobody knows how long anything took"),
            ClockError::Time(error) => Diagnostic::error(error.code(), message),
        }
    }
}

impl From<ClockError> for Diagnostics {
    fn from(error: ClockError) -> Self {
        Diagnostic::from(error).into()
    }
}

impl Policy {
    /// What the policy promises, in the order of its documents.
    pub fn targets(&self) -> &[Target] {
        self.0.sla.clocks.targets()
    }

    /// The ladders by which somebody is told, in the order of the documents.
    pub(crate) fn ladders(&self) -> impl Iterator<Item = &str> {
        self.0.sla.clocks.ladders()
    }

    /// Which promises run for a case at an instant, when each is due, what was missed, and who must be told. See
    /// [`sla::clock`](crate::sla::clock) for what exactly holds.
    ///
    /// # Errors
    /// A case that does not fit the policy, a message without a time, an instant outside the years 2000 to 2100.
    pub fn clocks(&self, case: &Case, now: DateTime<impl TimeZone>) -> Result<Clocks, ClockError> {
        let mut clocks = self.0.clocks(case, now.fixed_offset())?;
        clocks.warnings.extend(self.0.odd_events(case));
        Ok(clocks)
    }

    /// What the clocks of a case say of opening hours and of when an answer is due, as far as anything is known.
    /// Nothing is where [`clocks`](Policy::clocks) has no answer: where a message has no time, or one for which no
    /// calendar has an answer. A case that does not fit the policy is told of when its conversation is opened.
    pub fn timing(&self, case: &Case, now: impl Into<Now>) -> Timing {
        self.0.timing(case, now.into().get())
    }
}

impl Inner {
    pub(super) fn timing(&self, case: &Case, now: Option<DateTime<FixedOffset>>) -> Timing {
        let mut timing = Timing::default();
        let Some(now) = now.filter(|_| case.messages.iter().any(|message| message.at.is_some())) else {
            return timing;
        };
        let clocks = match self.clocks(case, now) {
            Ok(clocks) => clocks,
            // What does not fit is an error wherever the timing is used, for that opens the conversation.
            Err(ClockError::Case(_) | ClockError::Undated(_) | ClockError::Time(_)) => return timing,
        };
        let zone = *now.offset();
        let running =
            clocks.clocks.iter().filter(|clock| matches!(clock.state, State::Running | State::Breached));
        for clock in running.filter(|clock| clock.ended_at.is_none()) {
            let due = clock.due_at.map(|due| (clock.metric, due.with_timezone(&zone)));
            timing.due.extend(due);
            let target = self.sla.clocks.targets().iter().find(|target| *target.id() == *clock.target);
            let hours = target.map(|target| target.hours(clock.serious));
            if let (None, Some(Ok(open))) = (timing.open, hours.map(|hours| hours.is_open(now))) {
                timing.open = Some(open);
                let opening = hours.and_then(|hours| hours.next_open(now).ok().flatten());
                timing.next_opening = opening.map(|opening| opening.with_timezone(&zone));
            }
        }
        timing
    }

    fn clocks(&self, case: &Case, now: DateTime<FixedOffset>) -> Result<Clocks, ClockError> {
        let (number, channel) = self.find_channel(&case.channel)?;
        let language = case.language.as_deref().map(|code| self.find_language(code)).transpose()?;
        check_case(case)?;
        let language = language.and_then(|language| u8::try_from(language).ok());
        let surges = self.sla.surge.lasting(case) >= SurgeLevel::Surge;
        let known = case.as_of(now);
        let answerers = self.sla.clocks.answerers.of(&known);
        let public_turns = answerers.public_turns(&known, channel.default_visibility());
        let mut ear =
            PolicyEar { policy: self, channel, number, language, public_turns, surges, scratch: None };
        let clocks = self.sla.clocks.clocks(case, channel, now.to_utc(), &mut ear);
        clocks.map_err(|failure| match failure {
            Failure::Undated(error) => error.into(),
            Failure::Time(error) => error.into(),
        })
    }
}

/// Hears for the clocks, if they ask.
struct PolicyEar<'p> {
    policy: &'p Inner,
    channel: &'p Channel,
    number: u16,
    /// The language the case names.
    language: Option<u8>,
    /// How often the company has answered in public: counted once, not again for every message.
    public_turns: u16,
    /// Whether many have taken the case up.
    surges: bool,
    scratch: Option<Box<Scratch>>,
}

impl Ear for PolicyEar<'_> {
    fn hear(&mut self, message: &Message) -> Heard {
        let scratch = self.scratch.get_or_insert_default();
        let Scratch { read, earlier: reading, .. } = &mut **scratch;
        read::read(
            self.policy,
            &message.text,
            self.language.and_then(|language| self.policy.code(language.into())),
            read::Aim::Everything,
            read,
            reading,
        );
        let language = reading.language.as_ref().and_then(|id| self.policy.find_language(id.as_str()).ok());
        Heard {
            intent: intent_index(reading.intent.kind()).unwrap_or(OTHER_INTENT),
            language: language.and_then(|language| u8::try_from(language).ok()),
            signals: self.policy.signals_in(reading),
        }
    }

    fn facts<'c>(&self, case: &'c Case, message: Option<&Message>, heard: Heard) -> Facts<'c> {
        let given = case.facts.intent.as_deref().and_then(|intent| intent_index(intent).ok());
        let intent = given.unwrap_or(heard.intent);
        let visibility = message.and_then(|message| message.visibility).or(case.visibility);
        let visibility = visibility.unwrap_or_else(|| self.channel.default_visibility());
        let flags = flags_of(case, self.channel);
        Facts {
            channel: self.number,
            public_turns: self.public_turns,
            stage: None,
            language: self.language.or(heard.language),
            values: Values::new(visibility, self.channel.register(), intent, flags, &case.facts),
            heard: ActSet::default(),
            signals: heard.signals,
            case,
        }
    }

    fn is_serious(&self, case: &Case) -> bool {
        self.surges || case.facts.severity >= Level::High
    }
}
