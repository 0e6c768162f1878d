//! Which parts of the policy the tests reach.

use std::fmt::Display;

use anstyle::Style;
use svar::testing::{Coverage, CoverageState, Covered, CoveredKind, Tally};

use crate::paint::{BAD, BOLD, DIM, GOOD, paint};

/// From so many of a hundred on a figure is shown as good, below so many as bad.
const GOOD_FROM: u8 = 90;
const BAD_BELOW: u8 = 60;

/// What the tests reached, and how much of it was asked for.
pub(super) struct Reached {
    pub(super) coverage: Coverage,
    pub(super) least: Option<u8>,
}

impl Reached {
    /// Whether as much is tested as was asked for.
    pub(super) fn is_enough(&self) -> bool {
        self.least.is_none_or(|least| self.coverage.total().percent() >= least)
    }

    /// What is missing, in words.
    pub(super) fn shortage(&self) -> Option<String> {
        let (least, percent) = (self.least?, self.coverage.total().percent());
        (percent < least).then(|| format!("{percent} % of the policy are tested, {least} % are asked for"))
    }
}

/// A table of the kinds, then every place that no test reaches.
pub(super) fn print(reached: &Reached, quiet: bool) {
    let coverage = &reached.coverage;
    if coverage.places().is_empty() {
        outln!("\nthe documents say nothing that a test could reach; --all is for the built-in packs");
        return;
    }
    let heads = ["tested", "of", "%", "never fired", "never passed", "never tested"];
    let heads: Vec<String> =
        heads.iter().map(|head| format!("{head:>width$}", width = width(head))).collect();
    outln!("\n{}", paint(BOLD, format!("{:<10}{}", "coverage", heads.concat())));
    for kind in CoveredKind::ALL {
        let tally = coverage.tally(kind);
        if tally.places > 0 {
            outln!("{}", row(&plural(kind), tally, kind.can_pass()));
        }
    }
    outln!("{}", row("all", coverage.total(), true));
    if !quiet {
        let mut before = None;
        for place in coverage.untested() {
            if before != Some(place.kind) {
                outln!("");
                before = Some(place.kind);
            }
            outln!("{}", line(place));
        }
    }
    if let Some(shortage) = reached.shortage() {
        outln!("\n{} {shortage}", paint(BAD, "FAIL"));
    }
}

fn width(head: &str) -> usize {
    head.len().max(4) + 2
}

fn row(name: &str, tally: Tally, can_pass: bool) -> String {
    let percent = tally.percent();
    let style = match percent {
        GOOD_FROM.. => GOOD,
        ..BAD_BELOW => BAD,
        _ => Style::new(),
    };
    let cell = |head: &str, value: &dyn Display| format!("{value:>width$}", width = width(head));
    let only = |count: usize| if can_pass { count.to_string() } else { "–".to_owned() };
    format!(
        "{name:<10}{}{}{}{}{}{}",
        cell("tested", &tally.tested),
        cell("of", &tally.places),
        paint(style, cell("%", &percent)),
        cell("never fired", &only(tally.never_fired)),
        cell("never passed", &only(tally.never_passed)),
        cell("never tested", &tally.never_tested),
    )
}

fn plural(kind: CoveredKind) -> String {
    match kind {
        CoveredKind::Surge | CoveredKind::Health => kind.as_str().to_owned(),
        kind => format!("{}s", kind.as_str()),
    }
}

fn line(place: &Covered) -> String {
    let at = place.location.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
    let state = match place.state() {
        CoverageState::NeverFired => "never fired",
        CoverageState::NeverPassed => "never passed",
        CoverageState::NeverTested | CoverageState::Tested => "never tested",
    };
    let name = match place.kind {
        CoveredKind::Phrase | CoveredKind::Cue | CoveredKind::Template => {
            format!("`{}` {}", place.name, paint(DIM, format!("in {}", place.path)))
        }
        _ => place.name.clone(),
    };
    let what = match place.kind {
        CoveredKind::Surge => "level",
        CoveredKind::Health => "rule",
        kind => kind.as_str(),
    };
    format!("{}{state}: {what} {name}", paint(DIM, at))
}
