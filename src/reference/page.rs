//! One page.

use crate::source::Location;

words! {
    /// What sort of thing a page is about.
    #[non_exhaustive]
    Family {
        /// Rules.
        Rules = "rules",
        /// Acts.
        Acts = "acts",
        /// Detectors.
        Detectors = "detectors",
        /// Playbooks and their steps.
        Playbooks = "playbooks",
        /// Remedies.
        Remedies = "remedies",
        /// Channels.
        Channels = "channels",
        /// Intents of a customer's message.
        Intents = "intents",
        /// Signals.
        Signals = "signals",
        /// Rules of a channel's health.
        Health = "health",
        /// Levels of a surge.
        Surge = "surge",
        /// Surveys of what customers expect.
        Expectation = "expectation",
        /// The notations of phrases and of templates.
        Notations = "notations",
        /// Codes of mistakes.
        Mistakes = "mistakes",
        /// Documents, the policy's own among them.
        Packs = "packs",
    }
}

impl Family {
    /// What is told there, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Family::Rules => "What a reply must, should and must not do, and why.",
            Family::Acts => {
                "What a sentence does; rules forbid acts, playbooks ask for them, drafts are made of them."
            }
            Family::Detectors => {
                "What rules find that needs more than words: `forbid = { detector = \"…\" }`."
            }
            Family::Playbooks => "What a kind of case goes through, step by step.",
            Family::Remedies => "What makes good what was lost.",
            Family::Channels => {
                "Where a text stands: who can read it, how much it carries, how one writes there."
            }
            Family::Intents => "What a customer wants, as it is heard in the message.",
            Family::Signals => {
                "What else is heard in a message: urgency, threats, and what rules need to know."
            }
            Family::Health => "Whether anybody looks after a channel, as `svar health` tells of it.",
            Family::Surge => "When many take a case up at once: from what on, and what is asked for then.",
            Family::Expectation => "What customers who were asked expect of the time an answer takes.",
            Family::Notations => "How what is heard and what is said are written in a policy.",
            Family::Mistakes => {
                "What can be wrong with a policy, a request or a command, each with an example of it and the same put right."
            }
            Family::Packs => "The documents a policy is made of.",
        }
    }

    /// What one of them is called in running text: `a rule`.
    pub const fn one(self) -> &'static str {
        match self {
            Family::Rules => "a rule",
            Family::Acts => "an act",
            Family::Detectors => "a detector",
            Family::Playbooks => "a playbook or a step",
            Family::Remedies => "a remedy",
            Family::Channels => "a channel",
            Family::Intents => "an intent",
            Family::Signals => "a signal",
            Family::Health => "a rule of a channel's health",
            Family::Surge => "a level of a surge",
            Family::Expectation => "a survey",
            Family::Notations => "a notation",
            Family::Mistakes => "a mistake",
            Family::Packs => "a document",
        }
    }
}

/// An example: a text, and how it turns out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sample {
    /// How it turns out: `found` or `fine`, `heard` or `not heard`.
    pub label: &'static str,
    /// The code of its language; empty where it has none.
    pub language: String,
    /// The text, or a whole document.
    pub text: String,
}

/// What there is to tell about one name.
#[derive(Clone, Debug)]
pub struct Page {
    pub(super) family: Family,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) why: String,
    pub(super) source: Option<String>,
    pub(super) text: &'static str,
    pub(super) facts: Vec<(String, String)>,
    pub(super) samples: Vec<Sample>,
    pub(super) location: Option<Location>,
    /// Where it stands in the merged document.
    pub(super) path: Vec<String>,
    pub(super) changes: Vec<Location>,
    pub(super) change: Option<String>,
}

impl Page {
    pub(super) fn new(family: Family, name: impl Into<String>, title: impl Into<String>) -> Page {
        Page {
            family,
            name: name.into(),
            title: title.into(),
            why: String::new(),
            source: None,
            text: "",
            facts: Vec::new(),
            samples: Vec::new(),
            location: None,
            path: Vec::new(),
            changes: Vec::new(),
            change: None,
        }
    }

    /// What sort of thing it is about.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The name: `tone.blame`, `complaint/acknowledge`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it goes by a name; a step has two.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.family == Family::Playbooks && self.name.split('/').eq(name.split('.'))
    }

    /// What it is, in a few words.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Why it is there; empty where nothing is to be said.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Where it was taken from.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// All there is to say of it at length, as Markdown; empty where nothing is.
    pub fn text(&self) -> &str {
        self.text
    }

    /// What else is known of it, each with its label: `when`, `asks for`, `length`.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.facts.iter().map(|(label, fact)| (label.as_str(), fact.as_str()))
    }

    /// Examples.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Where it is defined: in the lowest document that says anything of it but examples.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// Where other documents of the policy's own change it, the lowest first.
    pub fn changes(&self) -> &[Location] {
        &self.changes
    }

    /// How to switch it off, or to change it: lines of a policy document.
    pub fn change(&self) -> Option<&str> {
        self.change.as_deref()
    }
}
