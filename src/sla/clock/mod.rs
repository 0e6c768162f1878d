//! Clocks: which promises run for a conversation, when each is due, what has been missed, and who must be told.
//!
//! ```
//! use svar::{Case, Policy};
//!
//! let policy = Policy::from_toml(r#"
//!     svar = 1
//!     name = "fjordmobil"
//!     extends = ["svar:care"]
//!     languages = ["nb"]
//!     [calendars.office]
//!     time_zone = "Europe/Oslo"
//!     open = { mon = ["09:00-16:00"], tue = ["09:00-16:00"], wed = ["09:00-16:00"], thu = ["09:00-16:00"], fri = ["09:00-15:00"] }
//!     [sla]
//!     calendar = "office"
//!     serious = "as-promised"
//!     [sla.targets.first-response]
//!     preset = "strict"
//!     time = "business"
//!     [sla.escalation.unanswered]
//!     metric = "first-response"
//!     levels = [
//!         { at = "80%", notify = { role = "agent" } },
//!         { at = "due", notify = { role = "manager" }, remind = { every = "30m", at_most = 3 } },
//!     ]
//! "#)?;
//! let case = Case::from_json(r#"{
//!     "channel": "facebook",
//!     "messages": [{"from": "customer", "at": "2026-11-20T14:50:00+01:00", "text": "Nettet er nede!"}]
//! }"#)?;
//! let now = "2026-11-20T14:58:00+01:00".parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap();
//!
//! let clocks = policy.clocks(&case, now).unwrap();
//! let first = &clocks.clocks[0];
//! // Ten minutes are left of Friday, five are taken from Monday.
//! assert_eq!(first.due_at.unwrap().to_rfc3339(), "2026-11-23T08:05:00+00:00");
//! assert_eq!(first.remaining_seconds.num_minutes(), 7);
//! // The host needs one timer: at 80 % somebody is told.
//! assert_eq!(clocks.next_change.unwrap().to_rfc3339(), "2026-11-23T08:02:00+00:00");
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! # What a policy says
//!
//! ```toml
//! [sla]                                 # for all targets
//! calendar = "office"                   # whose opening hours count
//! rota = "watch"                        # who is on call outside them
//! answered_by = "people"                # or "anyone": then what a machine writes is an answer, to rules and steps, too
//! serious = "covered"                   # or "as-promised", see below
//!
//! [sla.presets.strict]                  # terms to be used by name; `svar:sla` has four
//! duration = "15m"
//!
//! [sla.targets.complaints]
//! metric = "first-response"             # next-response, resolution, periodic-update
//! when = { intent = "complaint", channel = ["facebook", "x"] }
//! preset = "strict"                     # what the target says itself wins over its preset
//! duration = "15m"                      # or "30s", "5h", "2d"
//! time = "business"                     # opening hours; "covered": and hours on call; "calendar": every hour
//! calendar = "office"
//! rota = "watch"
//! at_risk = "80%"                       # or "due-5m"
//! reopen = "resume"                     # "first-only", "new-cycle"
//! pauses = ["pause"]                    # kinds of events
//! resumes = ["resume"]
//! counts_first_message = false          # next-response only, see below
//!
//! [sla.targets.first-response]          # a target of a document below is switched off by its name
//! off = true
//!
//! [sla.escalation.unanswered]           # every ladder that fits is climbed
//! metric = "first-response"             # one or several; all of them, where it is left out
//! when = { severity = ["high", "critical"] }
//! levels = [                            # a point on the way: "80%", "due-10m", "due", "due+1h"
//!     { at = "80%", notify = { role = "agent" } },
//!     { at = "due", notify = { rota = "watch", person = "Lise" }, remind = { every = "30m", at_most = 3 } },
//! ]
//! ```
//!
//! A day is 24 hours of the target's own time: three office days of eight hours. For one office day write `"8h"`.
//!
//! ## Which target holds
//!
//! One for each metric: of those whose `when` holds, the one that asks for the most things (keys of `when`, each
//! counted once, also inside `any` and `not`); of several that ask for equally many, the last one in the order of the
//! documents. So a target without `when` is what holds for everything else, and a policy's own wins over the built-in
//! one, whatever it is called. A `when` asks for what is known before there is a reply: `channel`, `visibility`,
//! `intent`, `priority`, `severity`, `language`, `tag`, `register`, `fault`, `signal`, `private_route`, `media`,
//! `fixed`, `consent`, `intent_given`, `any`, `not`. What is not given but heard (intent, language, signals) is heard
//! in the message that started the clock, so that a later "hello?" does not turn a complaint into something else.
//!
//! ## What holds unless a policy says otherwise
//!
//! `svar:sla`, which `svar:care` extends, promises a first and a next response within 24 hours of calendar time. It is
//! the only bound that none of the texts svar grew from disagrees with: one calls it reasonable, one the latest, two
//! tell of customers who will not wait longer. Fifteen minutes are a wish ("preferably"), an hour and five hours are
//! what single companies do; they are presets (`strict`, `hour`, `large-organisation`), and choosing one is choosing
//! hours, too, which only the company knows.
//!
//! # Exactly
//!
//! Time is counted in whole seconds; fractions are dropped, but decide what came first. Hours are those of
//! [`Calendar`](crate::time::Calendar), half-open.
//!
//! **Starting and stopping**
//!
//! | case | what holds | example |
//! |---|---|---|
//! | first response | from the customer's first message to the first answer of a person | asked 10:00, answered 10:10: 10 minutes |
//! | the company wrote first | answers nothing; the customer's first message starts the clocks | written 09:00, asked 10:00, 15 minutes: due 10:15 |
//! | an automatic reply | is no answer, unless `answered_by = "anyone"` | bot 10:01: still due 10:15 |
//! | an answer in private | is an answer, like one in public | – |
//! | next response | from the *oldest* message without an answer | asked 10:00 and 10:10, an hour: due 11:00 |
//! | the first message | belongs to the first response where one is promised, else (or with `counts_first_message`) to the next response as well | – |
//! | resolution | from the customer's first message until `resolve` | – |
//! | periodic update | from each message of the company to its next, while the case is open and the customer has written | answered 10:00, 4 hours: due 14:00 |
//! | `resolve` | stops every clock, and leaves no message waiting | – |
//! | a message to a closed case | starts nothing until `reopen`; hosts that reopen by themselves say so with an event | "thanks!" needs no answer |
//! | at one instant | stopping wins over pausing, pausing over starting; what was done counts after opening again | asked and answered at 10:00: met after 0 seconds |
//! | the order of the list | is of no importance; what is out of order is sorted, with a warning | – |
//! | after `now` | left out, with a warning | – |
//! | a message without a time | is an error: leaving it out could turn a kept promise into a broken one | – |
//! | things listed twice | change nothing | – |
//!
//! **Being due**
//!
//! | case | what holds | example |
//! |---|---|---|
//! | the due instant | the earliest instant at which the time has run, so closing time | Friday 16:00, office until 17:00, an hour: due Friday 17:00; `next_opening` Monday 09:00 |
//! | at that instant | still met; breached one second later, also when nothing is open then | 10:15:00 met, 10:15:01 breached |
//! | `elapsed_seconds` and `remaining_seconds` | the clock's own time; together always what was promised | answered 17:30 on that Friday: breached, 0 remaining |
//! | after a late answer | stays breached, with the time it had taken | – |
//! | `due_at` of a paused clock | none: it moves with the pause. A breached one keeps it | – |
//! | `due_at` of a met clock | when it would have been due | – |
//! | at risk | from `at_risk` on, until it ends or is breached | 15 minutes: at risk from 12:00 minutes on |
//!
//! **Pausing**
//!
//! | case | what holds |
//! |---|---|
//! | `pause`, `resume` | cut the time to the second; elapsed time before and after counts |
//! | paused twice, resumed unpaused | the second is without effect, with a warning |
//! | created while paused | the clock stands at nothing until `resume` |
//! | created while closed | no clock until `reopen`; the time before does not count |
//! | `pause` and `resume` at one instant | paused |
//! | paused at the very instant at which it is due | paused with nothing left, and due as soon as it goes on |
//! | a pause while closed | is without effect; `resolve` ends a pause |
//! | a changed policy | keeps old pauses, for they are events of the case |
//!
//! **Opening again** (`reopen`)
//!
//! | | first response | next response | resolution | periodic update |
//! |---|---|---|---|---|
//! | `resume` | goes on if nobody has answered | each new message starts one | goes on | goes on |
//! | `first-only` | never again | never again | never again | never again |
//! | `new-cycle` | a new one from there | each new message starts one | a new one | a new one |
//!
//! The time in which the case was closed never counts. A clock that goes on after it had been breached is breached.
//!
//! **What changes on the way.** Facts are those of the case; events of the kinds `priority`, `severity`, `intent`,
//! `tag`, `untag` and `fixed` change them from their instant on, as they do for every other question
//! ([`Case::as_of`](crate::Case::as_of)); what was fixed is forgotten when the case is opened again. A running clock
//! then goes by the target that fits now: elapsed time stays, counted in the hours that held while it ran; a stretch in
//! which no target held is counted in the hours of the next. `due_at` is when the new duration has run, but not before
//! the change: raising the priority at 11:00 with an hour promised for what was asked at 09:00 makes it due at 11:00. A
//! deadline that had passed before the change stays missed, and a level of a ladder that had been reached before it is
//! told as of the change. A clock that has ended is judged by the target it ended under; one that goes on when the case
//! is opened again goes by the target that fits then.
//!
//! **Serious cases.** While the severity is `high` or `critical`, or once so many have taken a case up that it is a
//! [`surge`](super::surge) (by its counts; growth passes, and a clock must not run backwards when it does), a target in
//! business time that has a rota counts the
//! hours on call, too: it runs also when the team is closed and somebody is on call. Without a rota that is a finding
//! when the policy is checked (`no-cover`).
//!
//! **Ladders.** A level comes when so much of the clock's own time has run; a clock that has ended has none. A level
//! that has nobody at that instant (an empty one, or a rota with a gap) tells the next level's people. A reminder comes
//! each time `every` has run again, in the clock's own time, and waits while the team is closed (with a serious case:
//! while nobody is on call, either); reminders that would come together are one. Ladders are derived from the case
//! alone, so that asking twice gives the same.
//!
//! **Windows.** What a channel allows (24 hours to write, 7 days for a person, one private reply to a comment within
//! 7 days) counts every hour from the customer's last message, or from an event `advert-click`, and is open strictly
//! before its end.
//!
//! # Where helpdesks differ
//!
//! | | Zendesk | Zammad | Chatwoot | svar |
//! |---|---|---|---|---|
//! | time runs out at closing time | – | next opening | closing time | both: `due_at`, `next_opening` |
//! | the first message starts the next response | no | yes | no | no; `counts_first_message = true` |
//! | pausing | by status | cut to minutes | none | by events, to the second |
//! | reopening | – | goes on | one SLA a case | goes on; two others by choice |
//! | a changed priority | applied to all of the time | recalculated | – | elapsed time stays; no due date in the past |
//! | a deadline missed before the change | forgotten | forgotten | – | stays missed |
//! | an automatic reply | is none | by article | is none | is none, unless the policy says so |
//! | resolved late, found out after | – | late | hit | breached |
//!
//! Zendesk's *agent work time* is a resolution that pauses on `pending` and on `on-hold` (`pauses = ["pending",
//! "on-hold"]`, `resumes = ["open"]`); *requester wait time* one that pauses on `pending` alone (`resumes = ["open",
//! "on-hold"]`); *pausable update* a periodic update with such words; *periodic update* one with `pauses = []`.

mod answer;
mod codes;
mod cycle;
mod document;
mod ear;
mod escalation;
mod fold;
mod ladder;
mod lint;
mod mark;
mod oddities;
mod policy;
mod target;
mod timeline;
mod window;

use chrono::{DateTime, Utc};

pub use answer::{Clock, Clocks, State};
pub use codes::{CLOCK_CODES, CLOCK_REQUEST_CODES, CLOCK_WARNINGS};
pub(crate) use document::ClockNames;
pub(crate) use ear::{Ear, Heard};
pub use escalation::{Escalation, Recipient};
pub use mark::Mark;
pub(crate) use policy::ClockPolicy;
pub use target::{Metric, Reopen, Target, TimeKind};
pub use timeline::UndatedMessage;
pub use window::{WindowClock, WindowKind};

use crate::case::Case;
use crate::channel::Channel;
use crate::time::{TimeError, whole_second};
use answer::next_change;
use fold::Fold;
use oddities::Oddities;

/// Why there are no clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Undated(UndatedMessage),
    Time(TimeError),
}

impl From<TimeError> for Failure {
    fn from(error: TimeError) -> Self {
        Failure::Time(error)
    }
}

impl ClockPolicy {
    /// The clocks of a case at an instant.
    pub(crate) fn clocks(
        &self,
        case: &Case,
        channel: &Channel,
        now: DateTime<Utc>,
        ear: &mut impl Ear,
    ) -> Result<Clocks, Failure> {
        let mut odd = Oddities::default();
        let moments =
            timeline::timeline(case, now, &self.words, self.answerers, &mut odd).map_err(Failure::Undated)?;
        let mut fold = Fold::new(self, case, ear, &mut odd);
        for moment in &moments {
            fold.take(moment)?;
        }
        let (cycles, missed, known) = fold.finish();
        let second = whole_second(now);
        let mut clocks = Vec::new();
        let mut escalations = Vec::new();
        for cycle in cycles.iter().flatten() {
            let track = cycle.track(&self.targets)?;
            let Some(clock) = cycle.clock(&track, second, &self.targets)? else { continue };
            if cycle.is_running() && !self.ladders.is_empty() {
                let facts = ear.facts(&known, cycle.message, cycle.heard);
                let out = &mut escalations;
                ladder::escalations(&self.ladders, cycle, &track, &self.targets, &facts, second, out)?;
            }
            clocks.push(clock);
        }
        escalations.sort_by_key(|escalation| escalation.at);
        let windows = window::windows(case, channel, now);
        let next_change = next_change(second, &clocks, &escalations, &windows);
        let serious = ear.is_serious(&known);
        let warnings = odd.warnings(&escalations);
        Ok(Clocks { now: second, clocks, escalations, windows, missed, next_change, serious, warnings })
    }
}
