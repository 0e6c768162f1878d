//! The document format, the requests and their answers as [JSON Schema](https://json-schema.org): for editors that
//! complete and explain, and for programs in other languages that want types of what they ask and are answered.
//!
//! What each part accepts is said beside the code that reads it, and what an answer holds of it beside the code that
//! writes it, with the very lists of words that code has; the tests hold them against each other. In TOML a first line
//! `#:schema PATH` tells an editor where the schema is.
//!
//! ```
//! let schema = svar::schema::policy()?;
//! assert!(schema.contains("https://json-schema.org/draft/2020-12/schema"));
//! assert!(schema.contains("Switches off a rule of a document below."));
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::policy::schema as policy_schema;
use crate::request::schema as request_schema;
use crate::source::schema::{InOrder, Schema, TableSchema, list};
use crate::source::{Diagnostic, Diagnostics};
use crate::testing::schema::{expect, test};

mod answer;
#[cfg(test)]
mod tests;

pub use answer::{Answer, answer};

words! {
    /// Something that is asked of a policy in JSON.
    #[non_exhaustive]
    Request {
        /// A case alone, as an archive has it.
        Case = "case",
        /// [`ValidateRequest`](crate::request::ValidateRequest)
        Validate = "validate",
        /// [`NextRequest`](crate::request::NextRequest)
        Next = "next",
        /// [`DraftRequest`](crate::request::DraftRequest)
        Draft = "draft",
        /// [`ClockRequest`](crate::request::ClockRequest)
        Clock = "clock",
        /// [`ReadRequest`](crate::request::ReadRequest)
        Read = "read",
        /// What [`calendar`](crate::request::calendar) is asked
        Calendar = "calendar",
        /// [`SurgeRequest`](crate::request::SurgeRequest)
        Surge = "surge",
        /// [`HealthRequest`](crate::request::HealthRequest)
        Health = "health",
        /// [`ExpectationRequest`](crate::request::ExpectationRequest)
        Expectation = "expectation",
    }
}

impl Request {
    /// What stands in it, in a few words: the title of its schema.
    pub const fn title(self) -> &'static str {
        match self {
            Request::Case => "A case of svar",
            Request::Validate => "A reply for svar to judge",
            Request::Next => "A case whose next step svar is asked for",
            Request::Draft => "A reply for svar to write",
            Request::Clock => "A case whose clocks svar is asked for",
            Request::Read => "A text for svar to hear",
            Request::Calendar => "A question about hours, turns or holidays for svar to answer",
            Request::Surge => "A case of which svar is asked how far it has spread",
            Request::Health => "Cases that say how well channels are looked after",
            Request::Expectation => "A survey that svar is asked about",
        }
    }
}

/// The schema of a policy document, as JSON.
///
/// It holds for one document, which may be laid over others: what a document below can give is not demanded of it.
///
/// # Errors
/// A schema that is no JSON. There is none; should that ever change, nobody takes nothing for one.
pub fn policy() -> Result<String, Diagnostics> {
    let definitions: Vec<_> = definitions().into_iter().map(|(name, own)| (name, own.layered())).collect();
    written("A policy of svar", &Schema::from(document()).layered(), &definitions)
}

/// The schema of a request, as JSON.
///
/// # Errors
/// As [`policy`].
pub fn request(request: Request) -> Result<String, Diagnostics> {
    let schema = match request {
        Request::Case => crate::case::schema::case(),
        Request::Validate => request_schema::validate(),
        Request::Next => request_schema::next(),
        Request::Draft => request_schema::draft(),
        Request::Clock => request_schema::clock(),
        Request::Read => request_schema::read(),
        Request::Calendar => request_schema::calendar(),
        Request::Surge => request_schema::surge(),
        Request::Health => request_schema::health(),
        Request::Expectation => request_schema::expectation(),
    };
    written(request.title(), &schema.into(), &definitions())
}

fn document() -> TableSchema {
    policy_schema::document().key(
        "tests",
        list(test()),
        "What the policy must answer, asked and checked by `svar test`.",
    )
}

/// What is defined once and used often.
fn definitions() -> Vec<(&'static str, Schema)> {
    let mut all = policy_schema::definitions();
    all.push(("expectation", expect().into()));
    all
}

fn written(
    title: &'static str,
    of: &Schema,
    definitions: &[(&'static str, Schema)],
) -> Result<String, Diagnostics> {
    let schema = Whole { title, of, definitions: &needed(of, definitions) };
    match serde_json::to_string_pretty(&schema) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Diagnostic::error("json", error.to_string()).into()),
    }
}

/// The definitions that are used, directly or by others.
fn needed<'d>(of: &Schema, all: &'d [(&'static str, Schema)]) -> Vec<(&'d str, &'d Schema)> {
    let mut used: Vec<&str> = Vec::new();
    of.uses(&mut used);
    let mut at = 0;
    while let Some(name) = used.get(at).copied() {
        if let Some((_, schema)) = all.iter().find(|(own, _)| *own == name) {
            schema.uses(&mut used);
        }
        at += 1;
    }
    all.iter().filter(|(name, _)| used.contains(name)).map(|(name, schema)| (*name, schema)).collect()
}

/// A schema that stands for itself.
struct Whole<'s> {
    title: &'static str,
    of: &'s Schema,
    definitions: &'s [(&'s str, &'s Schema)],
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("$schema", "https://json-schema.org/draft/2020-12/schema")?;
        out.serialize_entry("title", self.title)?;
        self.of.serialize_into(&mut out)?;
        if !self.definitions.is_empty() {
            out.serialize_entry("$defs", &InOrder(self.definitions))?;
        }
        out.end()
    }
}
