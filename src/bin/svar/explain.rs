//! `svar explain`

use svar::Policy;
use svar::policy::{Rule, built_in_packs, codes};
use svar::source::{Code, Example};
use svar::testing::{Expectation, Section, build_with_examples};

use crate::args::Explain;
use crate::paint::{BOLD, DIM, paint, severity};
use crate::{Failure, Outcome, load};

/// So many examples of each kind are enough to see what is meant.
const EXAMPLES: usize = 3;

pub(crate) fn run(command: &Explain) -> Result<Outcome, Failure> {
    let builder = load::builder(&command.policy.policy, &command.policy.packs)?;
    let (policy, examples) = build_with_examples(&builder)?;
    let Some(name) = command.name.as_deref() else {
        for rule in policy.rules() {
            anstream::println!("{:36} {}", paint(BOLD, rule.id()), heading(rule));
        }
        return Ok(Outcome::Pass);
    };
    let print_examples = |section: Section| {
        for (expectation, title) in [(Expectation::NotFound, "fine"), (Expectation::Found, "found")] {
            let fitting = examples.iter().filter(|example| {
                example.section() == section
                    && example.subject() == name
                    && example.expectation() == expectation
            });
            for example in fitting.take(EXAMPLES) {
                anstream::println!(
                    "  {}  {}",
                    paint(DIM, format!("{title:>5} {:2}", example.language())),
                    example.text()
                );
            }
        }
    };
    if let Some(rule) = policy.rule(name) {
        anstream::println!("{}  {}", paint(BOLD, rule.id()), heading(rule));
        anstream::println!("\n  {}", rule.why());
        if let Some(source) = rule.source() {
            anstream::println!("  {}", paint(DIM, format!("Source: {source}")));
        }
        anstream::println!();
        print_examples(Section::Rule);
        anstream::println!("\n  To switch it off: {}", paint(BOLD, format!("[rules.\"{name}\"] off = true")));
        return Ok(Outcome::Pass);
    }
    if let Some((act, title)) = policy.acts().find(|(act, _)| **act == *name) {
        anstream::println!("{}  an act: {title}\n", paint(BOLD, act));
        print_examples(Section::Act);
        return Ok(Outcome::Pass);
    }
    if let Some((detector, title)) = Policy::detectors().find(|(detector, _)| *detector == name) {
        anstream::println!("{}  a detector: {title}", paint(BOLD, detector));
        return Ok(Outcome::Pass);
    }
    if let Some((playbook, title)) = policy.playbooks().find(|(playbook, _)| **playbook == *name) {
        anstream::println!("{}  a playbook: {title}", paint(BOLD, playbook));
        for step in policy.steps(name) {
            anstream::println!("\n  {}  {} ({})", paint(BOLD, step.id), step.title, step.action);
            anstream::println!("    {}", step.why);
            if let Some(source) = step.source {
                anstream::println!("    {}", paint(DIM, format!("Source: {source}")));
            }
        }
        return Ok(Outcome::Pass);
    }
    if let Some(code) = codes().find(|code| code.code == name) {
        print_code(code);
        return Ok(Outcome::Pass);
    }
    if let Some((_, text)) = built_in_packs().find(|(pack, _)| *pack == name) {
        anstream::print!("{text}");
        return Ok(Outcome::Pass);
    }
    let rules = policy.rules().map(|rule| rule.id().as_str());
    let acts = policy.acts().map(|(act, _)| act.as_str());
    let known: Vec<&str> = rules.chain(acts).chain(codes().map(|code| code.code)).collect();
    let near = known.iter().filter(|other| other.contains(name) || name.contains(**other)).copied();
    let near: Vec<_> = near.take(5).collect();
    let hint = if near.is_empty() { "svar explain lists all rules".to_owned() } else { near.join(", ") };
    Err(format!("there is no rule, act, playbook or code `{name}`; {hint}").into())
}

/// The page of a code; examples too long to read are left to its advice.
fn print_code(code: &Code) {
    anstream::println!("{}  {}\n\n  {}", paint(BOLD, code.code), code.title, code.advice);
    for (title, example) in [("found", &code.breaks), ("fine", &code.keeps)] {
        if let Example::Documents(texts) = example {
            for text in texts.iter().filter(|text| text.len() < 500) {
                anstream::println!(
                    "\n  {}\n    {}",
                    paint(DIM, title),
                    text.trim_end().replace('\n', "\n    ")
                );
            }
        }
    }
}

fn heading(rule: &Rule) -> String {
    format!("{} ({})  {}", paint(severity(rule.severity()), rule.severity()), rule.kind(), rule.message())
}
