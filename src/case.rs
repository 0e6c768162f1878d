//! The case: a conversation and what is known of it.
//!
//! A host builds a [`Case`] in Rust or hands one over as JSON:
//!
//! ```
//! use svar::{Case, Message};
//!
//! let mut case = Case::new("facebook");
//! case.messages.push(Message::customer("Hei, dette er tredje gang nettet er nede!!"));
//!
//! let same = Case::from_json(r#"{
//!     "channel": "facebook",
//!     "messages": [{"from": "customer", "text": "Hei, dette er tredje gang nettet er nede!!"}]
//! }"#)?;
//! assert_eq!(case, same);
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! What is written of a case can be read again, and is the same case: what is not given is left out. What a reader
//! would refuse is not written either, but an error of the serializer: an amount below nothing, and an [`Event`]
//! without the value that its kind asks for. No count is beyond 9223372036854775807, which stands for whatever is more.
//! Instants are those that RFC 3339 writes: of the years 0 to 9999, with offsets of whole minutes.

mod answer;
#[cfg(test)]
pub(crate) mod arbitrary;
mod event;
mod figures;
mod known;
pub(crate) mod schema;
mod spread;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, TimeZone};
use serde::Serialize;

use crate::money::{self, Money};
use crate::source::{Diagnostic, Diagnostics, Field, TableReader, Value, read_object};
use crate::time::parse_instant;
pub(crate) use answer::Answerers;
pub use event::Event;
pub(crate) use event::{ADVERT_CLICK, EVENT_KINDS, EventValue, FACT_KINDS, REOPEN, RESOLVE};
pub use figures::NegativeAmount;
pub use spread::{Baseline, PerHour, Sample, Spread};

words! {
    /// Who can read a text.
    Visibility {
        /// Everybody.
        Public = "public",
        /// The customer only.
        Private = "private",
    }
}

words! {
    /// Who wrote a message.
    Author {
        /// The customer.
        Customer = "customer",
        /// Somebody of the company.
        Agent = "agent",
        /// A machine of the company.
        Bot = "bot",
    }
}

words! {
    /// Whose fault it is.
    #[derive(Default)]
    Fault {
        /// The company's.
        Ours = "ours",
        /// Somebody else's, the customer's own included.
        Theirs = "theirs",
        /// Not known yet.
        #[default]
        Unknown = "unknown",
    }
}

words! {
    /// How urgent a case is, and how serious.
    #[derive(Default)]
    Level {
        /// Can wait.
        Low = "low",
        /// As most.
        #[default]
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// A crisis.
        Critical = "critical",
    }
}

words! {
    /// What a customer lost.
    #[non_exhaustive]
    LossKind {
        /// Money.
        Money = "money",
        /// Goods that do not do what they should, or never came.
        Goods = "goods",
        /// A service that was not rendered, or not as it should have been.
        Service = "service",
        /// Time.
        Time = "time",
        /// Nothing but trouble.
        Trouble = "trouble",
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// Who wrote it.
    pub from: Author,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<FixedOffset>>,
    /// What.
    pub text: String,
    /// For whom; the case's visibility where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

impl Message {
    /// A message of anybody.
    pub fn new(from: Author, text: impl Into<String>) -> Self {
        Message { from, at: None, text: text.into(), visibility: None }
    }

    /// A message of the customer.
    pub fn customer(text: impl Into<String>) -> Self {
        Message::new(Author::Customer, text)
    }

    /// A message of somebody of the company.
    pub fn agent(text: impl Into<String>) -> Self {
        Message::new(Author::Agent, text)
    }

    /// The same message, written at an instant.
    pub fn at(self, at: DateTime<impl TimeZone>) -> Self {
        Message { at: Some(at.fixed_offset()), ..self }
    }
}

/// What is known of a case beside what was written: at its beginning, where events change it later, else all the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facts {
    /// What the customer wants, if the host knows; it wins over what svar hears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// Whose fault it is.
    pub fault: Fault,
    /// How urgent it is.
    pub priority: Level,
    /// How serious it is.
    pub severity: Level,
    /// What the customer lost, in money.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "figures::write_amount")]
    pub loss: Option<Money>,
    /// What sort of loss it is; money, where only an amount is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_kind: Option<LossKind>,
    /// What the reply offers, in money.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "figures::write_amount")]
    pub offer: Option<Money>,
    /// The role that agreed to the offer, where somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// Reactions (likes and the like) to the customer's message.
    #[serde(serialize_with = "figures::write_count")]
    pub reactions: u64,
    /// Comments on it.
    #[serde(serialize_with = "figures::write_count")]
    pub comments: u64,
    /// How far it has spread otherwise.
    #[serde(flatten)]
    pub spread: Spread,
    /// Whether media have taken it up.
    pub media: bool,
    /// Whether the customer agreed to be named.
    pub consent: bool,
    /// Whether it is known who writes, and about which order, contract or visit.
    pub identified: bool,
    /// Whether it is known what happened.
    pub investigated: bool,
    /// Whether compensation was offered, whatever the messages say.
    pub offered: bool,
    /// Whether the time in which something can be returned or exchanged is over.
    pub deadline_passed: bool,
    /// Whether the trouble has been fixed.
    pub fixed: bool,
    /// Whether the public has been told what was mended.
    pub told: bool,
    /// How hard the case is to solve, if the host knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complexity: Option<Level>,
    /// Labels of the host's own.
    pub tags: Vec<String>,
}

impl Facts {
    /// What sort of loss it is, as far as that is known.
    pub fn loss_kind(&self) -> Option<LossKind> {
        self.loss_kind.or(self.loss.as_ref().map(|_| LossKind::Money))
    }
}

/// The customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Customer {
    /// The name they go by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Who writes the reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Agent {
    /// The name the reply is signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they may do: `agent`, `manager`, `bot`, or a role of the policy's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What they were trained for, if the host knows; an empty list is somebody who was not trained at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training: Option<Vec<String>>,
    /// How hard a case they can solve, if the host knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

/// A conversation and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Case {
    /// What the host calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The channel's id, such as `facebook`.
    pub channel: String,
    /// For whom the reply is meant. Where it is not given, a private message is answered in private, and anything else
    /// as the channel does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// The language to answer in; the customer's where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The messages so far, oldest first. Where each has a time, that decides what came first, whatever the order here.
    pub messages: Vec<Message>,
    /// What happened besides.
    pub events: Vec<Event>,
    /// What is known.
    pub facts: Facts,
    /// The customer.
    pub customer: Customer,
    /// Who replies.
    pub agent: Agent,
}

impl Case {
    /// A conversation on a channel, with nothing in it yet.
    pub fn new(channel: impl Into<String>) -> Self {
        Case { channel: channel.into(), ..Case::default() }
    }

    /// The customer's last message.
    pub fn last_customer_message(&self) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.from == Author::Customer)
    }

    /// Whether the company has not answered yet. What a machine wrote is no answer, unless a machine replies now, too.
    pub fn is_first_reply(&self) -> bool {
        !Answerers::People.of(self).have_answered(self)
    }

    /// Whether the customer wrote after the last answer. What a machine wrote is none, unless a machine replies now,
    /// too.
    pub fn customer_waits(&self) -> bool {
        Answerers::People.of(self).are_awaited(self)
    }

    /// For whom the reply is meant: as the case says, else as the customer's last message was, else `default`.
    pub fn reply_visibility(&self, default: Visibility) -> Visibility {
        let last = || self.last_customer_message().and_then(|message| message.visibility);
        self.visibility.or_else(last).unwrap_or(default)
    }

    /// Whether a machine writes the reply.
    pub fn is_by_bot(&self) -> bool {
        self.agent.role.as_deref().is_some_and(|role| role.eq_ignore_ascii_case("bot"))
    }

    /// Reads a case from JSON in the shape of the command line and the C interface.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn from_json(text: &str) -> Result<Case, Diagnostics> {
        read_object("case", text, Case::read)
    }

    /// Reads the case of a request. One that stands there bare is told of once, and not key by key.
    pub(crate) fn requested(request: &TableReader<'_, '_>) -> Option<Case> {
        if request.table().get("case").is_none() && request.table().get("channel").is_some() {
            let message = "the key `case` is missing, and what belongs into it stands beside it";
            let mistakes = request.mistakes();
            let diagnostic = Diagnostic::error("missing-key", message).at(mistakes.locate(request.place()));
            mistakes.report(diagnostic.with_help("write `{\"case\": …}` around it"));
            for key in CASE_KEYS {
                request.get(key);
            }
            return None;
        }
        request.need("case").table().map(Case::read)
    }

    /// Reads a case from a table; mistakes go where the table's go.
    pub(crate) fn read(table: TableReader<'_, '_>) -> Case {
        table.need("channel");
        Case::read_keys(table, read_customer)
    }

    /// [`read`](Case::read), in an example or a test: there the customer's only message can stand for the customer.
    pub(crate) fn read_example(table: TableReader<'_, '_>) -> Case {
        table.need("channel");
        Case::read_anywhere(table)
    }

    /// [`read_example`](Case::read_example), where the channel may be said elsewhere.
    pub(crate) fn read_anywhere(table: TableReader<'_, '_>) -> Case {
        Case::read_keys(table, read_spoken_customer)
    }

    fn read_keys(table: TableReader<'_, '_>, customer: fn(&TableReader<'_, '_>, &mut Case)) -> Case {
        let text = |key| table.get(key).string().map(str::to_owned);
        let mut case = Case {
            id: text("id"),
            channel: table.get("channel").string().unwrap_or_default().to_owned(),
            visibility: visibility(table.get("visibility")),
            language: text("language"),
            ..Case::default()
        };
        for message in table.get("messages").array().into_iter().flatten() {
            case.messages.extend(read_message(message));
        }
        for event in table.get("events").array().into_iter().flatten() {
            case.events.extend(read_event(event));
        }
        if let Some(facts) = table.get("facts").table() {
            case.facts = read_facts(facts);
        }
        customer(&table, &mut case);
        if let Some(agent) = table.get("agent").table() {
            case.agent.name = agent.get("name").string().map(str::to_owned);
            case.agent.role = agent.get("role").string().map(str::to_owned);
            let training = agent.get("training").string_list();
            case.agent.training = training.map(|list| list.into_iter().map(str::to_owned).collect());
            case.agent.level = agent.get("level").one_of(Level::WORDS);
            agent.finish();
        }
        table.finish();
        case
    }
}

pub(crate) fn visibility(field: Field<'_, '_>) -> Option<Visibility> {
    field.one_of(Visibility::WORDS)
}

/// The keys of a case.
const CASE_KEYS: [&str; 9] =
    ["id", "channel", "visibility", "language", "messages", "events", "facts", "customer", "agent"];

/// An instant with its offset.
pub(crate) fn instant(field: Field<'_, '_>) -> Option<DateTime<FixedOffset>> {
    let text = field.instant()?;
    let at = parse_instant(text);
    if at.is_none() {
        let message = format!("{} is not an instant", crate::source::quoted(text));
        let help = "write date, time and offset, such as `2026-11-21T09:30:00+01:00`";
        field.report(Diagnostic::error("instant", message).with_help(help));
    }
    at
}

/// Reads who the customer is.
fn read_customer(table: &TableReader<'_, '_>, case: &mut Case) {
    let field = table.get("customer");
    if field.node().is_some_and(|node| node.as_str().is_some()) {
        // What stands there is not repeated: it may be somebody's name.
        let message = "`customer` must be an object, not a string";
        let help = "write `{ \"name\": … }`; what the customer wrote stands in `messages`";
        field.report(Diagnostic::error("wrong-type", message).with_help(help));
    } else if let Some(customer) = field.table() {
        case.customer.name = customer.get("name").string().map(str::to_owned);
        customer.finish();
    }
}

/// Reads who the customer is, or the only message they wrote.
fn read_spoken_customer(table: &TableReader<'_, '_>, case: &mut Case) {
    let field = table.get("customer");
    match field.node().map(|node| &node.value) {
        Some(Value::String(_)) if table.get("messages").is_present() => {
            let message =
                "text as `customer` is the customer's only message, and `messages` stands here, too";
            let help = "a name is written `{ name = … }`";
            field.report(Diagnostic::error("contradiction", message).with_help(help));
        }
        Some(Value::String(text)) => case.messages.push(Message::customer(text.to_string())),
        _ => read_customer(table, case),
    }
}

fn read_message(field: Field<'_, '_>) -> Option<Message> {
    let table = field.table()?;
    let from = table.need("from").one_of(Author::WORDS);
    let text = table.need("text").string().map(str::to_owned);
    let at = instant(table.get("at"));
    let visibility = visibility(table.get("visibility"));
    table.finish();
    Some(Message { from: from?, at, text: text?, visibility })
}

fn read_event(field: Field<'_, '_>) -> Option<Event> {
    let table = field.table()?;
    let at = instant(table.need("at"));
    let kind = table.need("kind").string();
    let value = match kind.map_or(EventValue::Anything, EventValue::of) {
        EventValue::Level => {
            let value = table.need("value");
            value.one_of(Level::WORDS).and(value.string())
        }
        EventValue::Text => table.need("value").string(),
        EventValue::Anything => table.get("value").string(),
    };
    table.finish();
    Some(Event { at: at?, kind: kind?.to_owned(), value: value.map(str::to_owned) })
}

fn read_facts(table: TableReader<'_, '_>) -> Facts {
    let count = |key| spread::count(table.get(key)).unwrap_or(0);
    let flag = |key| table.get(key).bool().unwrap_or(false);
    let facts = Facts {
        intent: table.get("intent").string().map(str::to_owned),
        fault: table.get("fault").one_of(Fault::WORDS).unwrap_or_default(),
        priority: table.get("priority").one_of(Level::WORDS).unwrap_or_default(),
        severity: table.get("severity").one_of(Level::WORDS).unwrap_or_default(),
        loss: money::read(table.get("loss")),
        loss_kind: table.get("loss_kind").one_of(LossKind::WORDS),
        offer: money::read(table.get("offer")),
        approved_by: table.get("approved_by").string().map(str::to_owned),
        reactions: count("reactions"),
        comments: count("comments"),
        spread: Spread::read(&table),
        media: flag("media"),
        consent: flag("consent"),
        identified: flag("identified"),
        investigated: flag("investigated"),
        offered: flag("offered"),
        deadline_passed: flag("deadline_passed"),
        fixed: flag("fixed"),
        told: flag("told"),
        complexity: table.get("complexity").one_of(Level::WORDS),
        tags: table.get("tags").string_list().unwrap_or_default().into_iter().map(str::to_owned).collect(),
    };
    table.finish();
    facts
}
