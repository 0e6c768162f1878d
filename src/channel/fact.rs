//! Where a figure comes from.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::Grade;
use crate::source::{Diagnostic, Field, TableReader, quoted};

/// The years a figure can have been read in.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Where a figure comes from, and how well it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Fact {
    /// A short title, and the address or document it was read in. Only what is [`Grade::Own`] can be without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The date of that document, or the month in which it was read. Only what is [`Grade::Own`] can be without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    /// How well it is known.
    pub grade: Grade,
}

impl Fact {
    /// What the policy itself decides.
    pub(crate) const OWN: Fact = Fact { source: None, as_of: None, grade: Grade::Own };

    /// Reads where the figures of `table` come from.
    ///
    /// A figure that is written without a source is the policy's own; so is one that a policy lays over a figure of
    /// the document below without saying where it has it from, for the source below speaks of another figure.
    pub(crate) fn read(table: &TableReader<'_, '_>) -> Fact {
        let (source, as_of) = (table.get("source"), table.get("as_of"));
        let written = [source, as_of, table.get("grade")].into_iter().any(Field::is_present);
        if !written {
            return Fact::OWN;
        }
        let grade = table.need("grade").one_of(Grade::WORDS);
        if grade != Some(Grade::Own) {
            table.need("source");
            table.need("as_of");
        }
        let fact = Fact {
            source: source.string().map(str::to_owned),
            as_of: AsOf::read(as_of),
            grade: grade.unwrap_or(Grade::Unverified),
        };
        if is_overlaid(table) { Fact::OWN } else { fact }
    }
}

/// Whether a figure of the table was written in another document than its source, by a policy that gave no source.
fn is_overlaid(table: &TableReader<'_, '_>) -> bool {
    let Some(source) = table.table().get("source").map(|node| node.place.source) else { return false };
    let mut figures =
        table.table().iter().filter(|entry| !matches!(&*entry.key.text, "source" | "as_of" | "grade"));
    // A table stands where its uppermost document has it.
    table.place().source != source && figures.any(|entry| entry.node.place.source != source)
}

/// A day or a month, as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    first: NaiveDate,
    day_is_known: bool,
}

impl AsOf {
    /// The day; the first of the month where the day is not known.
    pub const fn date(self) -> NaiveDate {
        self.first
    }

    /// Whether the day is known, not the month only.
    pub const fn day_is_known(self) -> bool {
        self.day_is_known
    }

    fn read(field: Field<'_, '_>) -> Option<AsOf> {
        let text = field.datetime()?;
        let as_of = AsOf::parse(text);
        if as_of.is_none() {
            let message = format!("{} is neither a day nor a month", quoted(text));
            let help = "write `2026-11` or `2026-11-21`";
            field.report(Diagnostic::error("date", message).with_help(help));
        }
        as_of
    }

    fn parse(text: &str) -> Option<AsOf> {
        let mut parts = text.splitn(3, '-');
        let mut part = |length: usize| {
            let digits = parts.next()?;
            (digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| digits.parse::<u32>().ok())
                .flatten()
        };
        let (year, month) = (part(4)?, part(2)?);
        let (day, day_is_known) = match text.len() {
            7 => (1, false),
            _ => (part(2)?, true),
        };
        let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        YEARS.contains(&first.year()).then_some(AsOf { first, day_is_known })
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format(if self.day_is_known { "%Y-%m-%d" } else { "%Y-%m" }))
    }
}

impl Serialize for AsOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months() {
        for text in ["2026-11", "2026-04-16", "2000-01", "2100-12-31", "2028-02-29"] {
            assert_eq!(AsOf::parse(text).unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "2026",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "1999-12",
            "2101-01",
            "2026-1",
            "26-11",
            "2026-11-",
        ]
        .into_iter()
        .chain(["2026-11-21T10:00:00Z", "2026-+1", "2026-11-2", "November"])
        {
            assert_eq!(AsOf::parse(wrong), None, "{wrong}");
        }
        assert!(AsOf::parse("2026-11").unwrap() < AsOf::parse("2026-11-02").unwrap());
    }
}
