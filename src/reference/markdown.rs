//! Pages as Markdown: what is committed, and shown by rustdoc.

use std::fmt::Write as _;

use super::Reference;
use super::page::{Family, Page};

/// What a document says to change one of a family, and in which words that is introduced.
fn change(family: Family) -> (&'static str, &'static str) {
    const CHANGE: &str = "To change one, in a policy of your own:";
    match family {
        Family::Rules => (
            CHANGE,
            "[rules.\"tone.slang\"]\noff = true                    # or severity = \"error\", \"warning\", \"advice\"",
        ),
        Family::Acts => (CHANGE, "[acts.apology.en]\nhear = [\"+\", \"our bad\"]       # and not, say"),
        Family::Detectors => {
            ("To use one:", "[rules.\"acme.no-numbers\"]\nforbid = { detector = \"number\" }")
        }
        Family::Playbooks => {
            (CHANGE, "[playbooks.complaint.steps.remedy]\noff = true                    # or any other key")
        }
        Family::Remedies => (CHANGE, "[remedies.credit]\noff = true"),
        Family::Channels => {
            (CHANGE, "[channels.facebook]\nregister = \"formal\"           # or any other key")
        }
        Family::Intents => (
            CHANGE,
            "[intents.complaint.en]\n\"still no signal\" = 1.0       # a phrase and its weight; heard from 1.0 on",
        ),
        Family::Signals => (CHANGE, "[signals.urgent.en]\nhear = [\"+\", \"before noon\"]"),
        Family::Health => (
            CHANGE,
            "[sla.health.rules.badge]\noff = true                    # or another limit, another severity",
        ),
        Family::Surge => (CHANGE, "[sla.surge.levels.watch]\nreactions = 500"),
        Family::Expectation => {
            ("To hold channels against one:", "[sla.health]\nexpectation = \"hutter-2010\"")
        }
        Family::Notations | Family::Mistakes => ("", ""),
        Family::Packs => {
            ("To build on one:", "extends = [\"svar:care\"]       # which extends all the others")
        }
    }
}

pub(super) fn index(reference: &Reference) -> String {
    let mut out = String::from(
        "Everything that has a name in the built-in policy, and every mistake svar can find in a document.\n\n\
         The same pages, for a policy of your own, are told by `svar explain NAME`.\n\n\
         | pages | | |\n|---|---|---|\n",
    );
    for family in Family::ALL {
        let count = pages(reference, family).count();
        let _ = writeln!(out, "| [`{0}`] | {count} | {1} |", family.as_str(), prose(family.about()));
    }
    out
}

pub(super) fn family(reference: &Reference, family: Family) -> String {
    let mut out = format!("{}\n", prose(family.about()));
    let (lead, lines) = change(family);
    if !lines.is_empty() {
        let _ = write!(out, "\n{lead}\n\n```toml\n{lines}\n```\n");
    }
    out.push('\n');
    let names = names(reference, family);
    contents(family, &names, &mut out);
    for name in names {
        let _ = write!(out, "\n# {name}\n");
        for page in reference.pages_of(name).filter(|page| page.family() == family) {
            out.push('\n');
            write(page, &mut out);
        }
    }
    out
}

/// The names of a family, each once.
fn names(reference: &Reference, family: Family) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for page in pages(reference, family) {
        if !names.contains(&page.name()) {
            names.push(page.name());
        }
    }
    names
}

fn pages(reference: &Reference, family: Family) -> impl Iterator<Item = &Page> {
    reference.pages().iter().filter(move |page| page.family() == family)
}

/// A line of links for each group of names that begin alike.
fn contents(family: Family, names: &[&str], out: &mut String) {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for name in names {
        let group = match family {
            Family::Rules => name.split('.').next().unwrap_or_default(),
            Family::Playbooks => name.split('/').next().unwrap_or_default(),
            _ => "",
        };
        let link = format!("[{name}](#{})", anchor(name));
        match groups.iter_mut().find(|(own, _)| *own == group) {
            Some((_, links)) => links.push(link),
            None => groups.push((group, vec![link])),
        }
    }
    let lines: Vec<String> = groups.into_iter().map(|(_, links)| links.join(" · ")).collect();
    out.push_str(&lines.join("\n\n"));
    out.push('\n');
}

/// The anchor of a heading: small letters, digits, hyphens and underscores.
fn anchor(name: &str) -> String {
    let kept = name.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    kept.flat_map(char::to_lowercase).collect()
}

fn write(page: &Page, out: &mut String) {
    if !page.title().is_empty() {
        let _ = writeln!(out, "**{}**", prose(page.title()));
    }
    if !page.why().is_empty() {
        let _ = write!(out, "\n{}\n", prose(page.why()));
    }
    if !page.text().is_empty() {
        let _ = write!(out, "\n{}", page.text());
    }
    if let Some(source) = page.source() {
        let _ = write!(out, "\n*Source: {}*\n", prose(source));
    }
    if page.facts().next().is_some() {
        out.push('\n');
    }
    for (label, fact) in page.facts() {
        let _ = writeln!(out, "- {label}: {}", prose(fact));
    }
    if page.family() == Family::Mistakes {
        for sample in page.samples() {
            let language = match sample.text.chars().next() {
                Some('{') => "json",
                Some('$') => "console",
                _ => "toml",
            };
            let _ = write!(out, "\n{}:\n\n```{language}\n{}\n```\n", sample.label, sample.text);
        }
    } else if !page.samples().is_empty() {
        out.push_str("\n```text\n");
        let width = page.samples().iter().map(|sample| sample.label.len()).max().unwrap_or(0);
        for sample in page.samples() {
            let text = sample.text.replace('\n', &format!("\n{:width$}  ", ""));
            let _ = writeln!(out, "{:>width$}  {}", sample.label, text);
        }
        out.push_str("```\n");
    }
}

/// Text as Markdown shows it as it is; what stands in backticks stays code.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for word in text.split_inclusive(' ') {
        if !in_code && (word.starts_with("https://") || word.starts_with("http://")) {
            let trimmed = word.trim_end_matches([' ', ',', '.', ')', ';']);
            let _ = write!(out, "<{trimmed}>{}", word.get(trimmed.len()..).unwrap_or_default());
            continue;
        }
        for letter in word.chars() {
            in_code ^= letter == '`';
            if !in_code && matches!(letter, '[' | ']' | '<' | '>' | '*' | '_' | '|' | '#') {
                out.push('\\');
            }
            out.push(if letter == '\n' { ' ' } else { letter });
        }
    }
    out
}
