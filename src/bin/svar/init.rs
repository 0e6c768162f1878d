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
    let words = Document::parse(&mut sources, "languages.toml", LANGUAGES)?.root;
    let languages =
        known("language", &command.languages, words.iter().map(|entry| entry.key.text.to_string()))?;
    let policy = Policy::builtin();
    let channels = policy.channels().iter().map(|channel| channel.id().to_owned());
    let channels = known("channel", &command.channels, channels)?;
    let (Some(first_language), Some(first_channel)) = (languages.first(), channels.first()) else {
        return Err("a policy has a language and a channel".into());
    };
    let name = command.name.clone().unwrap_or_else(|| directory_name(&command.directory));
    let brand = command.brand.as_ref().unwrap_or(&name);
    let form = Form {
        words: &words,
        first_language,
        first_channel,
        languages: &languages,
        channels: &channels,
        name: &name,
        brand,
    };
    Ok(tidy("policy.toml", &form.fill(TEMPLATE))?)
}

/// What is filled into the template.
struct Form<'f> {
    /// What is said in each language.
    words: &'f Table<'f>,
    first_language: &'f str,
    first_channel: &'f str,
    languages: &'f [String],
    channels: &'f [String],
    name: &'f str,
    brand: &'f str,
}

impl Form<'_> {
    /// The template, with what stands between `((each …))` and `((end))` once for each language or channel.
    fn fill(&self, template: &str) -> String {
        let mut out = String::new();
        let mut lines = template.lines();
        while let Some(line) = lines.next() {
            let all = match line {
                "((each language))" => self.languages,
                "((each channel))" => self.channels,
                _ => {
                    out.push_str(&filled(line, |key| self.common(key).unwrap_or_default()));
                    out.push('\n');
                    continue;
                }
            };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "((end))").collect();
            for one in all {
                for line in &block {
                    out.push_str(&filled(line, |key| self.of_one(one, key)));
                    out.push('\n');
                }
            }
        }
        out
    }

    /// What is the same all over the policy.
    fn common(&self, key: &str) -> Option<String> {
        let list = |all: &[String]| all.iter().map(|one| text(one)).collect::<Vec<_>>().join(", ");
        let said = |key| self.said(self.first_language, key);
        Some(match key {
            "name" => text(self.name),
            "id" => id_of(self.name),
            "brand" => text(self.brand),
            "languages" => list(self.languages),
            "channels" => list(self.channels),
            "first_language" => text(self.first_language),
            "first_channel" => text(self.first_channel),
            "zone" | "region" => text(said(key)),
            "offset" => said(key).to_owned(),
            "bad_reply" => text(&said("bad").replace(['<', '>'], "")),
            "patience_message" => {
                text(&format!("{} asks for patience, and does not say for how long", found(said("bad"))))
            }
            "one_emoji" => text(&format!("{} 👍", said("thanks"))),
            "two_emoji" => text(&format!("{} 👍 👍", said("thanks"))),
            _ => return None,
        })
    }

    /// What is another for each language or channel.
    fn of_one(&self, one: &str, key: &str) -> String {
        if let Some(common) = self.common(key) {
            return common;
        }
        match key {
            "language" | "channel" => one.to_owned(),
            "good_name" => text(&format!("a good answer to a complaint ({one})")),
            "hours_name" => text(&format!("who asks for the opening hours is told ({one})")),
            key => text(self.said(one, key)),
        }
    }

    fn said(&self, language: &str, key: &str) -> &str {
        let own = self.words.get(language).and_then(Node::as_table);
        own.and_then(|own| own.get(key)).and_then(Node::as_str).unwrap_or_default()
    }
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
