//! Durations in whole seconds.

use chrono::TimeDelta;
use serde::Serializer;

/// A duration in JSON: whole seconds.
pub(super) fn serialize<S: Serializer>(time: &TimeDelta, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(time.num_seconds())
}

/// The same for what may be left out.
pub(super) fn serialize_optional<S: Serializer>(
    time: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serialize(time, serializer),
        None => serializer.serialize_none(),
    }
}
