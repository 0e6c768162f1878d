//! The section `sla.expectation` of a policy document.

use super::{Expectation, Point};
use crate::channel::{Fact, duration};
use crate::sla::Share;
use crate::source::{Diagnostic, Field, TableReader, Value, quoted};

/// More people than that nobody asks.
const EVERYBODY: i64 = 10_000_000_000;

/// Reads every curve, in the order of the document. One with mistakes in it is given all the same, so that what names
/// it elsewhere is not reported as well.
pub(in crate::sla) fn read_expectations(field: Field<'_, '_>) -> Vec<Expectation> {
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    entries.filter_map(|(entry, field)| Some(read(&entry.key.text, field.table()?))).collect()
}

fn read(id: &str, table: TableReader<'_, '_>) -> Expectation {
    let at_once = Share::read(table.get("at_once")).unwrap_or_default();
    let expectation = Expectation {
        id: id.to_owned(),
        title: table.get("title").string().unwrap_or(id).to_owned(),
        at_once,
        points: read_points(table.need("points"), at_once),
        indifferent: Share::read(table.get("indifferent")).unwrap_or_default(),
        sample: table.get("sample").integer(1..=EVERYBODY).and_then(|sample| u64::try_from(sample).ok()),
        caveats: table
            .get("caveats")
            .string_list()
            .unwrap_or_default()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        fact: Fact::read(&table),
    };
    let last = expectation.points.last().map_or(at_once, |point| point.share);
    if last > expectation.indifferent.rest() {
        let message =
            format!("{last} expect an answer within a time, and {} do not care", expectation.indifferent);
        let help = "of those who were asked, nobody is in both shares";
        table.get("indifferent").report(Diagnostic::error("expectation", message).with_help(help));
    }
    table.finish();
    expectation
}

/// Points in the order of time, with shares that never fall.
fn read_points(field: Field<'_, '_>, at_once: Share) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for field in field.array().into_iter().flatten() {
        let Some(table) = field.table() else { continue };
        let (within, share) = (table.need("within"), table.need("share"));
        let label = table.get("label").string().map(str::to_owned);
        let read = (duration::read(within), Share::read(share));
        table.finish();
        let (Some(time), Some(part)) = read else { continue };
        let before = points.last().map(|point| point.within);
        if before.is_some_and(|before| time <= before) {
            let message = format!("the time {} does not come after the one before it", written(within));
            within
                .report(Diagnostic::error("expectation", message).with_help("write the shortest time first"));
            continue;
        }
        let least = points.last().map_or(at_once, |point| point.share);
        if part < least {
            let message = format!("the share falls from {least} to {part}");
            let help = "shares add up: whoever expects an answer within an hour expects it within a day, too";
            share.report(Diagnostic::error("expectation", message).with_help(help));
            continue;
        }
        points.push(Point { within: time, share: part, label });
    }
    // One with mistakes in it was reported.
    if field.node().is_some_and(|node| matches!(&node.value, Value::Array(list) if list.is_empty())) {
        let help = "write at least one, such as `{ within = \"24h\", share = 0.5 }`";
        field.report(Diagnostic::error("expectation", "a curve has at least one point").with_help(help));
    }
    points
}

fn written(field: Field<'_, '_>) -> String {
    quoted(field.node().and_then(|node| node.as_str()).unwrap_or_default())
}
