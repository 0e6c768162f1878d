//! `svar check --explain-layers`

use serde::Serialize;
use svar::policy::{Change, PolicyBuilder, Setting, Written};
use svar::request::to_json;
use svar::source::Diagnostics;

use crate::args::FindingFormat;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, paint};

/// A longer value is cut.
const LONGEST: usize = 72;

#[derive(Serialize)]
struct Explained<'l> {
    documents: Vec<&'l str>,
    settings: Vec<&'l Setting>,
}

pub(crate) fn run(
    builder: &PolicyBuilder,
    paths: &[String],
    format: FindingFormat,
) -> Result<Outcome, Failure> {
    if format == FindingFormat::Sarif {
        return Err("layers are no findings: use `--format text` or `--format json`".into());
    }
    let layers = builder.layers()?;
    let mut settings: Vec<&Setting> = Vec::new();
    for path in paths {
        settings.extend(layers.under(path).map_err(|error| Diagnostics::from(*error))?);
    }
    if paths.is_empty() {
        settings.extend(layers.own());
    }
    if format == FindingFormat::Json {
        outln!("{}", to_json(&Explained { documents: layers.documents().collect(), settings }));
        return Ok(Outcome::Pass);
    }
    let documents: Vec<&str> = layers.documents().collect();
    outln!("{}", paint(DIM, format!("lowest first: {}", documents.join(", "))));
    for setting in settings {
        outln!("");
        show(setting);
    }
    Ok(Outcome::Pass)
}

/// A value, where it is written, and what is written below it.
pub(crate) fn show(setting: &Setting) {
    let what = match setting.change() {
        Change::Add => "+ ",
        Change::Remove => "- ",
        _ => "",
    };
    outln!("{} = {}", paint(BOLD, setting.path()), paint(GOOD, format!("{what}{}", cut(setting.value()))));
    let place = setting.location().map(ToString::to_string).unwrap_or_default();
    outln!("    {place}");
    let mut holds = setting.change() == Change::Set;
    for below in setting.replaced().iter().rev() {
        let Written { value, change, location, .. } = below;
        let what = match (holds, change) {
            (true, _) => "instead of",
            (false, Change::Remove) => "without",
            (false, _) => "beside",
        };
        let place = location.as_ref().map(ToString::to_string).unwrap_or_default();
        outln!("    {}", paint(DIM, format!("{what} {}  {place}", cut(value))));
        holds |= *change == Change::Set;
    }
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}
