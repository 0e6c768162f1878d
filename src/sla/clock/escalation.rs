//! Who is told of a clock that runs down, and when.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::target::Metric;

/// Somebody who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Recipient {
    /// Whoever has a role.
    Role(Arc<str>),
    /// One person.
    Person(Arc<str>),
    /// Whoever is on call.
    Rota {
        /// The name of the rota.
        id: Arc<str>,
        /// Who is on call when it comes to that.
        on_call: Vec<String>,
    },
}

/// A level of a ladder, due or to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Escalation {
    /// The ladder.
    pub ladder: Arc<str>,
    /// Its level, from 1 on.
    pub level: usize,
    /// How often the level has been repeated; nothing, the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder: Option<u32>,
    /// The metric of the clock.
    pub metric: Metric,
    /// The run of the clock.
    pub cycle: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether that instant has come.
    pub due: bool,
    /// Who is told. Nobody only where no level of the ladder has anybody at that instant.
    pub notify: Vec<Recipient>,
    /// The level these people are of, where the level itself had nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed_on_to: Option<usize>,
}
