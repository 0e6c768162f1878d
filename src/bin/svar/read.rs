//! `svar read`

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use svar::request::{self, to_json};
use svar::source::Diagnostics;
use svar::{Reading, Scratch, Span};

use crate::args::{Format, OutputArgs, PolicyArgs};
use crate::paint::{BOLD, DIM, paint};
use crate::{Failure, Outcome, load, stream};

#[derive(Args)]
pub(crate) struct Read {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// The text; with --jsonl, files of requests. Standard input without it
    #[arg(value_name = "TEXT")]
    texts: Vec<String>,
    /// The language of the text
    #[arg(long)]
    language: Option<String>,
}

pub(crate) fn run(command: &Read) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let mut scratch = Scratch::default();
    if command.output.jsonl {
        let files: Vec<PathBuf> = command.texts.iter().map(PathBuf::from).collect();
        return stream::run(&files, |line| {
            request::read(&policy, line, &mut scratch).map(|answer| (answer, Outcome::Pass))
        });
    }
    let texts = if command.texts.is_empty() { vec![standard_input()?] } else { command.texts.clone() };
    for text in &texts {
        let reading = policy.read(text, command.language.as_deref()).map_err(Diagnostics::from)?;
        match command.output.format {
            Format::Json => anstream::println!("{}", to_json(&reading)),
            Format::Text => print(text, &reading),
        }
    }
    Ok(Outcome::Pass)
}

fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("standard input is not UTF-8 at byte {}", error.utf8_error().valid_up_to())
    })?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

fn print(text: &str, reading: &Reading) {
    let row = |name: &str, what: String| {
        if !what.is_empty() {
            anstream::println!("{}  {what}", paint(DIM, format!("{name:>13}")));
        }
    };
    let quoted = |span: Span| format!("“{}”", span.of(text));
    let list = |spans: &[Span]| spans.iter().map(|&span| quoted(span)).collect::<Vec<_>>().join(", ");
    anstream::println!("{}", paint(BOLD, text));
    row("language", reading.language.as_ref().map_or("unknown".to_owned(), ToString::to_string));
    for heard in &reading.acts {
        let note = match (heard.quoted, heard.taken_back) {
            (true, _) => ", quoted",
            (_, Some(_)) => ", taken back",
            _ => "",
        };
        row(heard.act.as_str(), format!("{}{note}", quoted(heard.span)));
    }
    let address = &reading.address;
    let evidence: Vec<Span> = address.formal.iter().chain(&address.informal).copied().collect();
    row("address", format!("{:?} {}", address.form, list(&evidence)).to_lowercase());
    row("register", format!("{:?} ({:+.2})", reading.register.label, reading.register.score).to_lowercase());
    row("intent", format!("{} ({:.2})", reading.intent.kind(), reading.intent.score));
    for heard in &reading.signals {
        row(&heard.signal, quoted(heard.span));
    }
    row("emoji", list(&reading.emoji.iter().map(|emoji| emoji.span).collect::<Vec<_>>()));
    for entity in &reading.entities {
        row(&format!("{:?}", entity.kind).to_lowercase(), quoted(entity.span));
    }
    for data in &reading.personal_data {
        row(data.kind.id(), quoted(data.span));
    }
    for hidden in &reading.hidden {
        row("hidden", hidden.describe(text));
    }
    row("placeholder", list(&reading.placeholders));
    let length = &reading.length;
    let lengths = format!(
        "{} graphemes, {} bytes, {} on X, {} on Threads, {} on Mastodon",
        length.graphemes, length.bytes, length.x, length.threads, length.mastodon
    );
    row("length", lengths);
    anstream::println!();
}
