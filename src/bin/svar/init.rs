//! `svar init`

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use svar::Policy;
use svar::source::{Document, Node, Sources, Table, quoted, tidy};

use crate::args::{Quiet, trimmed};
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, paint};

/// The policy, with what is to be filled in between double brackets.
const TEMPLATE: &str = include_str!("init/policy.template");
/// What is filled in, by language.
const LANGUAGES: &str = include_str!("init/languages.toml");

#[derive(Args)]
pub(crate) struct Init {
    /// Where the policy is written
    #[arg(value_name = "DIR", default_value = ".")]
    directory: PathBuf,
    /// What the policy is called; as the directory without it
    #[arg(long)]
    name: Option<String>,
    /// What the company is called; as the policy without it
    #[arg(long)]
    brand: Option<String>,
    /// The languages its customers write, with commas between; the first is that of the office
    #[arg(long, value_delimiter = ',', value_parser = trimmed, default_value = "en", value_name = "LANGUAGE")]
    languages: Vec<String>,
    /// The channels it is present on, with commas between
    #[arg(long, value_delimiter = ',', value_parser = trimmed, default_value = "facebook,instagram", value_name = "CHANNEL")]
    channels: Vec<String>,
    #[command(flatten)]
    quiet: Quiet,
}

pub(crate) fn run(command: &Init) -> Result<Outcome, Failure> {
    let quiet = command.quiet.quiet;
    let directory = &command.directory;
    let policy = written(command)?;
    let files = [("policy.toml", policy), ("policy.schema.json", svar::schema::policy()?)];
    let files = files.map(|(name, text)| (directory.join(name), text));
    if let Some((file, _)) = files.iter().find(|(file, _)| file.exists()) {
        return Err(format!("{}: there is one already, and it stays as it is", file.display()).into());
    }
    fs::create_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    for (file, text) in &files {
        create(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        if !quiet {
            outln!("{}: written", paint(BOLD, file.display()));
        }
    }
    if !quiet {
        let directory = directory.display();
        outln!(
            "\nNow: svar check {directory}, svar test {directory}, and read policy.toml from its first line on."
        );
    }
    Ok(Outcome::Pass)
}

/// Writes a file that is not there yet.
fn create(file: &Path, text: &str) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(file)?.write_all(text.as_bytes())
}

/// The policy for these languages and channels.
fn written(command: &Init) -> Result<String, Failure> {
    let mut sources = Sources::new();
    let languages = Document::parse(&mut sources, "languages.toml", LANGUAGES)?.root;
    let spoken =
        known("language", &command.languages, languages.iter().map(|entry| entry.key.text.to_string()))?;
    let policy = Policy::builtin();
    let channels = policy.channels().iter().map(|channel| channel.id().to_owned());
    let channels = known("channel", &command.channels, channels)?;
    let (Some(first), Some(first_channel)) = (spoken.first(), channels.first()) else {
        return Err("a policy has a language and a channel".into());
    };
    let said = |language: &str, key: &str| {
        let own = languages.get(language).and_then(Node::as_table);
        own.and_then(|own: &Table<'_>| own.get(key)).and_then(Node::as_str).unwrap_or_default().to_owned()
    };
    let name = match &command.name {
        Some(name) => name.clone(),
        None => directory_name(&command.directory),
    };
    let id = id_of(&name);
    let brand = command.brand.clone().unwrap_or_else(|| name.clone());
    let list = |all: &[String]| all.iter().map(|one| text(one)).collect::<Vec<_>>().join(", ");
    let common = |key: &str| match key {
        "name" => Some(text(&name)),
        "id" => Some(id.clone()),
        "brand" => Some(text(&brand)),
        "languages" => Some(list(&spoken)),
        "channels" => Some(list(&channels)),
        "first_language" => Some(text(first)),
        "first_channel" => Some(text(first_channel)),
        "zone" | "region" => Some(text(&said(first, key))),
        "offset" => Some(said(first, key)),
        "bad_reply" => Some(text(&said(first, "bad").replace(['<', '>'], ""))),
        "patience_message" => Some(text(&format!(
            "{} asks for patience, and does not say for how long",
            found(&said(first, "bad"))
        ))),
        "one_emoji" => Some(text(&format!("{} 👍", said(first, "thanks")))),
        "two_emoji" => Some(text(&format!("{} 👍 👍", said(first, "thanks")))),
        _ => None,
    };
    let of_language = |language: &str, key: &str| match key {
        "language" => language.to_owned(),
        "good_name" => text(&format!("a good answer to a complaint ({language})")),
        "hours_name" => text(&format!("who asks for the opening hours is told ({language})")),
        key => text(&said(language, key)),
    };
    let mut out = String::new();
    let mut lines = TEMPLATE.lines();
    while let Some(line) = lines.next() {
        let all = match line {
            "((each language))" => &spoken,
            "((each channel))" => &channels,
            _ => {
                out.push_str(&filled(line, |key| common(key).unwrap_or_default()));
                out.push('\n');
                continue;
            }
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "((end))").collect();
        for one in all {
            for line in &block {
                let own = |key: &str| match key {
                    "channel" => one.clone(),
                    key => common(key).unwrap_or_else(|| of_language(one, key)),
                };
                out.push_str(&filled(line, own));
                out.push('\n');
            }
        }
    }
    Ok(tidy("policy.toml", &out)?)
}

/// A line with its double brackets filled in.
fn filled(line: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, (key, after))) =
        rest.split_once("((").and_then(|(before, after)| Some((before, after.split_once("))")?)))
    {
        out.push_str(before);
        out.push_str(&value(key));
        rest = after;
    }
    out + rest
}

/// What is marked in an example, as a finding quotes it.
fn found(marked: &str) -> String {
    let inner = marked.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    quoted(inner.map_or(marked, |(inner, _)| inner))
}

/// Text in quotes: TOML reads what JSON writes.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Names that are known, each once.
fn known(what: &str, asked: &[String], known: impl Iterator<Item = String>) -> Result<Vec<String>, Failure> {
    let known: Vec<String> = known.collect();
    let mut all: Vec<String> = Vec::new();
    for name in asked {
        if !known.iter().any(|own| own == name) {
            let list = known.join(", ");
            return Err(format!("there is no {what} {}; there are {list}", quoted(name)).into());
        }
        if !all.iter().any(|own| own == name) {
            all.push(name.clone());
        }
    }
    Ok(all)
}

fn directory_name(directory: &Path) -> String {
    let whole = std::path::absolute(directory).ok();
    let name = whole.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    name.unwrap_or("policy").to_owned()
}

/// A name as a part of ids: small letters, digits and hyphens.
fn id_of(name: &str) -> String {
    let letters = name.to_lowercase();
    let words: Vec<&str> = letters
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() { "own".to_owned() } else { words.join("-") }
}
