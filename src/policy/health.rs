//! Surges, and the health of channels.

use chrono::{DateTime, TimeZone, Utc};
use serde::Serialize;

use super::{CaseError, ClockError, Policy, Scratch};
use crate::case::Case;
use crate::sla::clock::{Metric, State};
use crate::sla::expectation::Expectation;
use crate::sla::health::{self, Answer, Company, HealthReport, Ledger, Seen};
use crate::sla::surge::{self, CaseRef, Level, Surge, Systemic};
use crate::source::{Diagnostics, Severity};

impl Policy {
    /// The surveys the policy knows, in the order of its documents.
    pub fn expectations(&self) -> &[Expectation] {
        &self.0.sla.expectations
    }

    /// A survey by its id.
    ///
    /// ```
    /// use chrono::TimeDelta;
    /// use svar::sla::Share;
    ///
    /// let policy = svar::Policy::builtin();
    /// let survey = policy.expectation("hutter-2010").unwrap();
    /// assert_eq!(survey.share_within(TimeDelta::hours(2)).to_string(), "8.3 %");
    /// // To please 70 %, answer within…
    /// let most = survey.to_satisfy(Share::from_ratio(0.7).unwrap()).unwrap();
    /// assert_eq!(most.num_hours(), 20);
    /// ```
    pub fn expectation(&self, id: &str) -> Option<&Expectation> {
        self.0.sla.expectations.iter().find(|expectation| expectation.id() == id)
    }

    /// Is this getting out of hand? The level a case has reached, by what, and what that asks for.
    ///
    /// ```
    /// use chrono::DateTime;
    /// use svar::{Case, Policy, sla::surge::Level};
    ///
    /// let mut case = Case::new("facebook");
    /// case.facts.reactions = 30_000;
    /// let now = DateTime::parse_from_rfc3339("2026-11-21T17:00:00+01:00").unwrap();
    /// let surge = Policy::builtin().surge(&case, now)?;
    /// assert_eq!(surge.level, Level::Crisis);
    /// assert_eq!(surge.evidence[0].message, "30000 reactions, 3 times the 10000 of `crisis`");
    /// # Ok::<(), svar::policy::CaseError>(())
    /// ```
    ///
    /// # Errors
    /// A channel the policy does not know.
    pub fn surge(&self, case: &Case, now: DateTime<impl TimeZone>) -> Result<Surge, CaseError> {
        self.0.find_channel(&case.channel)?;
        Ok(self.0.sla.surge.judge(&case.as_of(now.fixed_offset()), now.to_utc()))
    }

    /// The troubles that several of these cases have in common: tags under which as many cases began within as long as
    /// `sla.surge.systemic` says.
    pub fn systemic<'a>(&self, cases: impl IntoIterator<Item = CaseRef<'a>>) -> Vec<Systemic> {
        match self.0.sla.surge.systemic() {
            Some(limit) => surge::systemic(cases, limit),
            None => Vec::new(),
        }
    }

    /// What an archive that is all there says: [`health`](Policy::health) and [`systemic`](Policy::systemic) in one. A
    /// case without an id is called by its number, from `#1`.
    pub(crate) fn survey(
        &self,
        cases: &[Case],
        now: DateTime<impl TimeZone>,
    ) -> Result<Surveyed, Diagnostics> {
        let mut health = self.health(now);
        let numbers: Vec<String> = (1..=cases.len()).map(|number| format!("#{number}")).collect();
        for (number, case) in cases.iter().enumerate() {
            health.add(case).map_err(|why| Diagnostics::from(why).of_case(number))?;
        }
        let known: Vec<_> = cases.iter().map(|case| case.as_of(health.now().fixed_offset())).collect();
        let named = known.iter().zip(&numbers);
        let refs = named.filter_map(|(case, number)| CaseRef::of(case.id.as_ref().unwrap_or(number), case));
        Ok(Surveyed { report: health.report(), systemic: self.systemic(refs) })
    }

    /// The rules of a channel's health, each with how bad it is not to keep it.
    pub(crate) fn health_rules(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.0.sla.health.rules()
    }

    /// Whether a case can reach a level.
    pub(crate) fn watches(&self, level: Level) -> bool {
        self.0.sla.surge.reaches(level)
    }

    /// Starts to look through an archive, as of `now`.
    pub fn health(&self, now: DateTime<impl TimeZone>) -> Health {
        Health {
            ledger: Ledger::new(self.channels(), now.to_utc()),
            policy: self.clone(),
            scratch: Scratch::default(),
            fed: 0,
        }
    }
}

/// What an archive says.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Surveyed {
    /// How well its channels are looked after.
    #[serde(flatten)]
    pub(crate) report: HealthReport,
    /// The tags that several of its cases have in common.
    pub(crate) systemic: Vec<Systemic>,
}

/// Looks through an archive, one conversation after another, and says how well its channels are looked after.
///
/// Conversations are forgotten as soon as they have been counted; what stays are a few figures for each channel, four
/// bytes for each response time and a time for each tag. The order in which they come makes no difference.
///
/// ```
/// use chrono::DateTime;
/// use svar::{Case, Policy};
///
/// let now = DateTime::parse_from_rfc3339("2026-11-21T12:00:00Z").unwrap();
/// let mut health = Policy::builtin().health(now);
/// health.add(&Case::from_json(r#"{"id": "7", "channel": "facebook", "facts": {"intent": "complaint"},
///     "messages": [{"from": "customer", "at": "2026-11-18T09:00:00Z", "text": "Nettet er nede!"}]}"#)?)?;
/// let report = health.report();
/// let found = report.of("health.unanswered-complaints").next().unwrap();
/// assert_eq!(found.evidence.ids, ["7"]);
/// assert!(!report.passes());
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Health {
    policy: Policy,
    ledger: Ledger,
    scratch: Scratch,
    fed: u64,
}

impl Health {
    /// Takes in a conversation. One that has no id is called by its number, from `#1`.
    ///
    /// # Errors
    /// A conversation that does not fit the policy, or an instant that no calendar can answer for, so that nobody can
    /// tell whether an answer came in time; it is left out.
    pub fn add(&mut self, case: &Case) -> Result<(), ClockError> {
        self.fed += 1;
        let answer = self.answer(case)?;
        let conversation = self.policy.open(case, self.now().fixed_offset(), &mut self.scratch)?;
        let number;
        let id = match &case.id {
            Some(id) => id,
            None => {
                number = format!("#{}", self.fed);
                &number
            }
        };
        let seen = Seen {
            channel: conversation.channel_number(),
            id,
            case: &conversation.case,
            intent: conversation.intent(),
            answer,
        };
        self.ledger.add(&self.policy.0.sla.health, &self.policy.0.channels, &seen);
        conversation.close(&mut self.scratch);
        Ok(())
    }

    /// What became of the first answer that was promised.
    fn answer(&self, case: &Case) -> Result<Option<Answer>, ClockError> {
        let clocks = match self.policy.clocks(case, self.now()) {
            Ok(clocks) => clocks,
            // Without times no clock runs.
            Err(ClockError::Undated(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        if clocks.missed.iter().any(|clock| clock.metric == Metric::FirstResponse) {
            return Ok(Some(Answer::Missed));
        }
        Ok(clocks.of(Metric::FirstResponse).map(|clock| match clock.state {
            State::Met => Answer::Met,
            State::Breached => Answer::Missed,
            State::Running | State::Paused => Answer::Open,
        }))
    }

    /// The instant of the report.
    pub fn now(&self) -> DateTime<Utc> {
        self.ledger.now()
    }

    /// What there is to say so far.
    pub fn report(&self) -> HealthReport {
        let policy = &self.policy.0;
        let company = Company {
            channels: &policy.channels,
            systemic: policy.sla.surge.systemic(),
            is_named: policy.brand.name.is_some(),
            has_contact: policy.brand.email.is_some() || policy.brand.phone.is_some(),
            has_crisis_contact: policy.sla.surge.crisis_contact.is_some(),
            label: policy.label.clone(),
        };
        health::judge(&policy.sla.health, &company, &self.ledger)
    }
}
