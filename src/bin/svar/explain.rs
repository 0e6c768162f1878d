//! `svar explain`

use clap::Args;
use svar::policy::{Layers, Setting, built_in_packs};
use svar::reference::{Family, Page, Reference};

use crate::args::PolicyArgs;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, GOOD, paint};
use crate::{layers, load};

#[derive(Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    policy: PolicyArgs,
    /// A rule, an act, a detector, a playbook or a step of one (complaint/acknowledge), a channel, an intent, a signal,
    /// a remedy, a notation (phrases, templates), a code of a mistake, a slot, a canned reply, a calendar, a rota, a
    /// target, an escalation, or a built-in pack (svar:care); all rules without it
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// So many places at which something is changed are shown.
const CHANGES: usize = 5;

pub(crate) fn run(command: &Explain) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.policy.policy, &command.policy.packs)?;
    let reference = Reference::of(&builder)?;
    let Some(name) = command.name.as_deref() else {
        list(&reference, Family::Rules);
        return Ok(Outcome::Pass);
    };
    if let Some((_, text)) = built_in_packs().find(|(pack, _)| *pack == name) {
        out!("{text}");
        return Ok(Outcome::Pass);
    }
    let values = values(&builder.layers()?, name);
    let mut is_first = true;
    let mut gap = || match std::mem::take(&mut is_first) {
        true => {}
        false => outln!(""),
    };
    for page in reference.pages_of(name) {
        gap();
        print(page);
    }
    for (what, settings) in &values {
        gap();
        outln!("{}  {what}", paint(BOLD, name));
        for setting in settings {
            outln!("");
            layers::show(setting);
        }
    }
    if reference.pages_of(name).next().is_none() && values.is_empty() {
        if let Some(family) = Family::of(name) {
            outln!("{}\n", family.about());
            list(&reference, family);
            return Ok(Outcome::Pass);
        }
        return Err(unknown(&reference, name).into());
    }
    Ok(Outcome::Pass)
}

/// What has no page, but values of its own, each with where it is written.
const VALUES: [(&str, &str); 6] = [
    ("slots", "a slot: a value that templates ask for"),
    ("canned", "a canned reply"),
    ("calendars", "a calendar; `svar calendar` shows its week"),
    ("rotas", "a rota; `svar calendar` shows its week"),
    ("sla.targets", "a target: a promise that `svar clock` counts"),
    ("sla.escalation", "an escalation: who is told when"),
];

fn values(layers: &Layers, name: &str) -> Vec<(&'static str, Vec<Setting>)> {
    let found = VALUES.iter().filter_map(|(section, what)| {
        let settings = layers.under(&format!("{section}.{name}")).ok()?;
        Some((*what, settings.into_iter().cloned().collect()))
    });
    found.collect()
}

fn list(reference: &Reference, family: Family) {
    for page in reference.pages().iter().filter(|page| page.family() == family) {
        outln!("{} {}", paint(BOLD, format!("{:32}", page.name())), page.title());
    }
}

fn unknown(reference: &Reference, name: &str) -> String {
    let hint = meant(&reference.near(name)).unwrap_or_else(|| {
        let families: Vec<&str> = Family::ALL.iter().map(|family| family.as_str()).collect();
        format!("these are lists: {}", families.join(", "))
    });
    format!("nothing is called `{name}`; {hint}")
}

/// What was perhaps meant, where anything is near.
pub(crate) fn meant(near: &[&str]) -> Option<String> {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", ")))
}

fn print(page: &Page) {
    outln!("{}  {}: {}", paint(BOLD, page.name()), page.family().one(), page.title());
    if !page.why().is_empty() {
        outln!("\n  {}", page.why());
    }
    if !page.text().is_empty() {
        outln!("\n{}", page.text().trim_end());
    }
    if let Some(source) = page.source() {
        outln!("  {}", paint(DIM, format!("Source: {source}")));
    }
    if page.facts().next().is_some() {
        outln!("");
    }
    let width = page.facts().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, fact) in page.facts() {
        outln!("  {}  {}", paint(DIM, format!("{label:>width$}")), fact.replace('`', ""));
    }
    let is_document = page.family() == Family::Mistakes;
    if !is_document && !page.samples().is_empty() {
        outln!("");
    }
    for sample in page.samples() {
        if is_document {
            let text = sample.text.replace('\n', "\n    ");
            outln!("\n  {}\n    {text}", paint(DIM, sample.label));
        } else {
            let label = format!("{:>10} {:2}", sample.label, sample.language);
            outln!("  {}  {}", paint(DIM, label), sample.text.replace('\n', "\n                 "));
        }
    }
    if let Some(location) = page.location() {
        outln!("\n  {}", paint(DIM, format!("defined at {location}")));
    }
    for change in page.changes().iter().take(CHANGES) {
        outln!("  {}", paint(DIM, format!("changed at {change}")));
    }
    if let Some(more) = page.changes().len().checked_sub(CHANGES).filter(|more| *more > 0) {
        let all = "`svar check --explain-layers` tells all";
        outln!("  {}", paint(DIM, format!("changed at {more} more places; {all}")));
    }
    if let Some(change) = page.change() {
        outln!("\n  {}\n", paint(DIM, "to change it, in a policy of your own:"));
        for line in change.lines() {
            outln!("    {}", paint(GOOD, line));
        }
    }
}
