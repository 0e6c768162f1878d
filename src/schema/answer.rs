//! What a program is answered, so that it has types of it in its own language.

use super::written;
use crate::case::schema::answer as case;
use crate::draft::schema::answer as draft;
use crate::lexicon::schema::answer as lexicon;
use crate::playbook::schema::answer as playbook;
use crate::request::schema::answer as request;
use crate::rule::schema::answer as rule;
use crate::sla::schema::answer as sla;
use crate::source::Diagnostics;
use crate::source::schema::Schema;
use crate::source::schema::answer as source;
use crate::time::schema::answer as time;

words! {
    /// Something that is answered in JSON.
    #[non_exhaustive]
    Answer {
        /// A [`Report`](crate::rule::Report).
        Validate = "validate",
        /// [`Next`](crate::playbook::Next)
        Next = "next",
        /// A [`Draft`](crate::draft::Draft), or a [`Pair`](crate::draft::Pair) where that was asked for.
        Draft = "draft",
        /// [`Clocks`](crate::sla::clock::Clocks)
        Clock = "clock",
        /// A [`Reading`](crate::lexicon::Reading).
        Read = "read",
        /// What [`calendar`](crate::request::calendar) answers: to each `op` another thing.
        Calendar = "calendar",
        /// A [`Surge`](crate::sla::surge::Surge).
        Surge = "surge",
        /// A [`HealthReport`](crate::sla::health::HealthReport), with `systemic` behind it.
        Health = "health",
        /// What [`expectation`](crate::request::expectation) answers.
        Expectation = "expectation",
        /// What stands in place of any of these where a request cannot be answered, see
        /// [`error_json`](crate::request::error_json).
        Error = "error",
    }
}

impl Answer {
    /// What stands in it, in a few words: the title of its schema.
    pub const fn title(self) -> &'static str {
        match self {
            Answer::Validate => "What svar says of a reply",
            Answer::Next => "The next step of a case",
            Answer::Draft => "A reply that svar wrote",
            Answer::Clock => "The clocks of a case",
            Answer::Read => "What svar heard in a text",
            Answer::Calendar => "What svar answers about hours, turns or holidays",
            Answer::Surge => "How far a case has spread",
            Answer::Health => "How well channels are looked after",
            Answer::Expectation => "What a survey says",
            Answer::Error => "Why svar gives no answer",
        }
    }
}

/// The schema of an answer, as JSON. It is exact: an answer holds what it says and nothing else.
///
/// ```
/// let schema = svar::schema::answer(svar::schema::Answer::Validate)?;
/// assert!(schema.contains(r#""enum": ["#) && schema.contains("Whether the reply may be published."));
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
///
/// # Errors
/// As [`policy`](super::policy).
pub fn answer(answer: Answer) -> Result<String, Diagnostics> {
    let about = |answer| Schema::from(case::about(answer));
    let schema = match answer {
        Answer::Validate => about(rule::report()),
        Answer::Next => about(playbook::next()),
        Answer::Draft => request::draft(),
        Answer::Clock => about(sla::clocks()),
        Answer::Read => lexicon::reading().into(),
        Answer::Calendar => request::calendar(),
        Answer::Surge => about(sla::surge()),
        Answer::Health => sla::archive::health().into(),
        Answer::Expectation => request::expectation().into(),
        Answer::Error => request::error().into(),
    };
    written(answer.title(), &schema, &definitions())
}

/// What is defined once and used often.
fn definitions() -> Vec<(&'static str, Schema)> {
    vec![
        ("amount", sla::archive::amount()),
        ("clock", sla::clock().into()),
        ("cue", lexicon::cue().into()),
        ("diagnostic", source::diagnostic().into()),
        ("draft", case::about(draft::draft()).into()),
        ("finding", rule::finding().into()),
        ("instant", time::instant()),
        ("money", case::money().into()),
        ("policy", rule::policy().into()),
        ("span", lexicon::span().into()),
        ("stretch", request::stretch().into()),
    ]
}
