//! `svar explain`

use clap::Args;
use svar::policy::built_in_packs;
use svar::reference::{Family, Page, Reference};

use crate::args::PolicyArgs;
use crate::paint::{BOLD, DIM, GOOD, paint};
use crate::{Failure, Outcome, load};

#[derive(Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    policy: PolicyArgs,
    /// A rule, an act, a detector, a playbook or a step of one (complaint/acknowledge), a channel, an intent, a signal, a
    /// remedy, a code of a mistake, or a built-in pack (svar:care); all rules without it
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(crate) fn run(command: &Explain) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.policy.policy, &command.policy.packs)?;
    let reference = Reference::of(&builder)?;
    let Some(name) = command.name.as_deref() else {
        list(&reference, Family::Rules);
        return Ok(Outcome::Pass);
    };
    if let Some((_, text)) = built_in_packs().find(|(pack, _)| *pack == name) {
        anstream::print!("{text}");
        return Ok(Outcome::Pass);
    }
    let mut pages = reference.pages_of(name).peekable();
    if pages.peek().is_none() {
        if let Some(family) = Family::ALL.into_iter().find(|family| family.as_str() == name) {
            anstream::println!("{}\n", family.about());
            list(&reference, family);
            return Ok(Outcome::Pass);
        }
        return Err(unknown(&reference, name).into());
    }
    let mut is_first = true;
    for page in pages {
        if !is_first {
            anstream::println!();
        }
        is_first = false;
        print(page);
    }
    Ok(Outcome::Pass)
}

fn list(reference: &Reference, family: Family) {
    for page in reference.pages().iter().filter(|page| page.family() == family) {
        anstream::println!("{} {}", paint(BOLD, format!("{:32}", page.name())), page.title());
    }
}

fn unknown(reference: &Reference, name: &str) -> String {
    let near = reference.near(name);
    let hint = match near.as_slice() {
        [] => {
            let families: Vec<&str> = Family::ALL.iter().map(|family| family.as_str()).collect();
            format!("these are lists: {}", families.join(", "))
        }
        near => {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            format!("did you mean {}?", near.join(", "))
        }
    };
    format!("nothing is called `{name}`; {hint}")
}

fn print(page: &Page) {
    anstream::println!("{}  {}: {}", paint(BOLD, page.name()), page.family().one(), page.title());
    if !page.why().is_empty() {
        anstream::println!("\n  {}", page.why());
    }
    if let Some(source) = page.source() {
        anstream::println!("  {}", paint(DIM, format!("Source: {source}")));
    }
    if page.facts().next().is_some() {
        anstream::println!();
    }
    let width = page.facts().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, fact) in page.facts() {
        anstream::println!("  {}  {}", paint(DIM, format!("{label:>width$}")), fact.replace('`', ""));
    }
    let is_document = page.family() == Family::Mistakes;
    if !is_document && !page.samples().is_empty() {
        anstream::println!();
    }
    for sample in page.samples() {
        if is_document {
            let text = sample.text.replace('\n', "\n    ");
            anstream::println!("\n  {}\n    {text}", paint(DIM, sample.label));
        } else {
            let label = format!("{:>10} {:2}", sample.label, sample.language);
            anstream::println!(
                "  {}  {}",
                paint(DIM, label),
                sample.text.replace('\n', "\n                 ")
            );
        }
    }
    if let Some(location) = page.location() {
        anstream::println!("\n  {}", paint(DIM, format!("defined at {location}")));
    }
    if let Some(change) = page.change() {
        anstream::println!("\n  {}\n", paint(DIM, "to change it, in a policy of your own:"));
        for line in change.lines() {
            anstream::println!("    {}", paint(GOOD, line));
        }
    }
}
