//! What each answer tells, in the shape of its JSON.

use super::asked::Asked;
use super::shape::{Keys, Shape};
use crate::lexicon::{ADDRESS_FORMS, Register};
use crate::playbook::{Ground, RemedyKind};
use crate::sla::clock::TimeKind;
use crate::sla::surge::{Level, Measure};
use crate::source::Severity;

use Shape::{
    Acts, Channel, Count, Flag, Instant, List, Metric, Money, Named, Quantity, Rotas, Share, Table, Text,
    Texts, Words,
};

/// A key of `expect` that has the shape of the same key of an answer.
pub(super) struct Told {
    pub(super) key: &'static str,
    /// The questions whose answers it is about.
    pub(super) of: &'static [Asked],
    pub(super) shape: Shape,
}

pub(super) const TOLD: &[Told] = {
    use Asked::{Clock, Draft, Health, Next, Reply, Surge};
    &[
        Told { key: "policy", of: &[Reply, Draft, Next, Health], shape: Table(POLICY) },
        Told { key: "register", of: &[Draft], shape: Words(registers) },
        Told { key: "address", of: &[Draft], shape: Words(forms) },
        Told { key: "optional", of: &[Next], shape: Acts },
        Told { key: "clock", of: &[Next], shape: Metric },
        Told { key: "remedy", of: &[Next], shape: Named(REMEDY) },
        Told { key: "remedies", of: &[Next], shape: List(REMEDY) },
        Told { key: "escalations", of: &[Clock], shape: List(ESCALATION) },
        Told { key: "on_call", of: &[Clock], shape: Rotas },
        Told { key: "level", of: &[Surge], shape: Words(levels) },
        Told { key: "serious", of: &[Surge], shape: Flag },
        Told { key: "evidence", of: &[Surge], shape: List(EVIDENCE) },
        Told { key: "reach", of: &[Surge], shape: Table(REACH) },
        Told { key: "velocity", of: &[Surge], shape: Table(VELOCITY) },
        Told { key: "asks", of: &[Surge], shape: Table(ASKS) },
        Told { key: "channels", of: &[Health], shape: List(CHANNEL) },
        Told { key: "total", of: &[Health], shape: Table(FIGURES) },
        Told { key: "systemic", of: &[Health], shape: List(SYSTEMIC) },
    ]
};

/// What a finding in a reply says, beside its rule.
pub(super) const FINDING: Keys = &[
    ("severity", Words(severities), "How bad it is."),
    ("message", Text, "What is wrong, in one line."),
    ("why", Text, "Why the rule exists."),
    ("start", Count, "Where it begins, in bytes."),
    ("end", Count, "Where it ends, in bytes."),
    ("guessed", Flag, "Whether it is one step milder, for the intent was only heard."),
    ("fix", Table(FIX), "What would pass."),
];

const FIX: Keys = &[
    ("text", Text, "What stands there afterwards."),
    ("start", Count, "Where what is replaced begins, in bytes."),
    ("end", Count, "Where it ends, in bytes."),
];

/// What a finding about channels says, beside its rule.
pub(super) const HEALTH_FINDING: Keys = &[
    ("severity", Words(severities), "How bad it is."),
    ("channel", Channel, "The channel it is about."),
    ("message", Text, "What is wrong, in one line."),
    ("why", Text, "Why the rule exists."),
    ("evidence", Table(HEALTH_EVIDENCE), "What it was seen by."),
];

const HEALTH_EVIDENCE: Keys = &[
    ("value", Table(AMOUNT), "What there is."),
    ("limit", Table(AMOUNT), "What the rule allows."),
    ("count", Count, "In how many conversations it was seen…"),
    ("of", Count, "…of how many."),
    ("ids", Texts, "The ids of the worst of them."),
    ("tag", Text, "The tag they have in common."),
];

const AMOUNT: Keys =
    &[("share", Share, "A part of all."), ("seconds", Count, "A time."), ("count", Count, "A number.")];

const POLICY: Keys = &[("name", Text, "What the policy is called."), ("version", Text, "Its version.")];

const REMEDY: Keys = &[
    ("id", Text, "Its name."),
    ("kind", Words(remedies), "What sort it is."),
    ("title", Text, "One line for people."),
    ("ground", Words(grounds), "Why it is offered."),
    ("amount", Money, "How much."),
    ("extra", Money, "How much of that goes beyond the loss."),
    ("approval", Table(APPROVAL), "Who must agree first."),
    ("why", Text, "Why this one."),
];

const APPROVAL: Keys = &[
    ("role", Text, "The role that may grant it."),
    ("amount", Money, "What is to be granted."),
    ("limit", Money, "What whoever answers may still grant."),
];

/// Levels of ladders; of one that has not come yet, `due` is false.
const ESCALATION: Keys = &[
    ("ladder", Text, "The ladder."),
    ("level", Count, "Its level, from 1 on."),
    ("reminder", Count, "How often the level has been repeated."),
    ("metric", Metric, "The metric of the clock."),
    ("cycle", Count, "The run of the clock."),
    ("at", Instant, "When."),
    ("due", Flag, "Whether that instant has come; it has, where this is left out."),
    ("notify", List(RECIPIENT), "Who is told."),
    ("passed_on_to", Count, "The level these people are of, where the level itself had nobody."),
];

const RECIPIENT: Keys = &[
    ("role", Text, "Whoever has a role."),
    ("person", Text, "One person."),
    ("rota", Table(ON_CALL), "Whoever is on call."),
];

const ON_CALL: Keys = &[("id", Text, "The rota."), ("on_call", Texts, "Who is on call then.")];

const EVIDENCE: Keys = &[
    ("measure", Words(measures), "What was measured."),
    ("level", Words(levels), "The level whose threshold it is."),
    ("value", Quantity, "What there is."),
    ("threshold", Quantity, "What the level asks for."),
    ("message", Text, "Both in words."),
];

const REACH: Keys = &[
    ("at_least", Count, "Surely so many."),
    ("at_most", Count, "An upper bound."),
    ("unbounded", Count, "The same, before it is held against how many people there are."),
    ("population", Count, "How many people there are."),
];

const VELOCITY: Keys = &[
    ("reactions_per_hour", Quantity, "How fast reactions grow."),
    ("comments_per_hour", Quantity, "How fast comments grow."),
];

const ASKS: Keys = &[
    ("tell", Texts, "Who is told."),
    ("crisis_contact", Text, "Whom to call."),
    ("playbook", Text, "What is done."),
    ("time", Words(times), "The time targets are counted in."),
    ("update_every_seconds", Count, "How often something is said in public."),
];

/// What was counted, behind keys of its own.
macro_rules! figures {
    ($($own:expr),*) => {
        &[
            $($own,)*
            ("conversations", Count, "Conversations."),
            ("asked", Count, "Those in which a customer asked for something."),
            ("answered", Count, "Those of them that somebody answered."),
            ("unanswered", Count, "Those that nobody answered, though the target has passed."),
            ("answered_share", Share, "The answered among those two."),
            ("within_target", Count, "Those that were answered within the target."),
            ("past_target", Count, "Those that were answered later, or not at all."),
            ("within_target_share", Share, "Those within the target among those two."),
            ("median_seconds", Count, "The first response, for half of them."),
            ("p90_seconds", Count, "The first response, for nine tenths of them."),
            ("satisfied_share", Share, "How many customers these times satisfied."),
            ("complaints", Count, "Complaints."),
            ("unanswered_complaints", Count, "Those of them that nobody answered."),
            ("spam", Count, "Spam."),
            ("visible_spam", Count, "Spam that stands in public."),
            ("posts", Count, "What the company began itself."),
            ("replies", Count, "How often somebody of the company answered a customer."),
            ("silent_seconds", Count, "How long nobody of the company has written."),
        ]
    };
}

const FIGURES: Keys = figures!();

const CHANNEL: Keys =
    figures!(("channel", Channel, "The channel."), ("badge", Table(BADGE), "Whether it earns its badge."));

const BADGE: Keys = &[
    ("name", Text, "What the badge says."),
    ("earned", Flag, "Whether it is earned."),
    ("conversations", Count, "The conversations that count."),
    ("answered_share", Share, "The share of them that was answered."),
    ("needed_share", Share, "The share that the platform asks for."),
    ("median_seconds", Count, "The first response, for half of them."),
    ("needed_seconds", Count, "The time that the platform asks for."),
];

const SYSTEMIC: Keys = &[
    ("tag", Text, "The tag that the cases have in common."),
    ("cases", Texts, "Their ids; a case without one is called by its number, from `#1`."),
    ("from", Instant, "When the first of them began."),
    ("to", Instant, "When the last of them began."),
];

fn names<T>(words: &'static [(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

fn severities() -> Vec<&'static str> {
    names(Severity::WORDS)
}

fn registers() -> Vec<&'static str> {
    names(Register::WORDS)
}

fn forms() -> Vec<&'static str> {
    names(&ADDRESS_FORMS)
}

fn remedies() -> Vec<&'static str> {
    names(RemedyKind::WORDS)
}

fn grounds() -> Vec<&'static str> {
    names(Ground::WORDS)
}

fn times() -> Vec<&'static str> {
    names(TimeKind::WORDS)
}

fn levels() -> Vec<&'static str> {
    [Level::None].into_iter().chain(Level::REACHED).map(Level::as_str).collect()
}

fn measures() -> Vec<&'static str> {
    names(Measure::WORDS)
}
