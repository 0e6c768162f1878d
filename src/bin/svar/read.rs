//! `svar read`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use svar::request::{ReadRequest, to_json};
use svar::source::{Diagnostic, Diagnostics};
use svar::{Reading, Scratch, Span};

use crate::args::{OutputArgs, PolicyArgs, Told};
use crate::paint::{BOLD, DIM, paint};
use crate::stream::{self, Lines};
use crate::{Failure, Outcome, load};

#[derive(Args)]
pub(crate) struct Read {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// The text, or files of requests, one JSON object a line. Standard input without it: a text, or with --jsonl
    /// requests
    #[arg(value_name = "TEXT|FILE")]
    texts: Vec<String>,
    /// The language of the text
    #[arg(long)]
    language: Option<String>,
}

impl Read {
    pub(crate) fn output(&self) -> &OutputArgs {
        &self.output
    }

    /// What is asked for are requests: they are said to be, or what is named are files.
    fn is_of_files(&self) -> bool {
        let is_file = |text: &String| Path::new(text).is_file();
        self.output.jsonl || (!self.texts.is_empty() && self.texts.iter().all(is_file))
    }
}

pub(crate) fn run(command: &Read) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let mut scratch = Scratch::default();
    let is_json = command.output.told() == Told::Json;
    if command.is_of_files() {
        let files: Vec<PathBuf> = command.texts.iter().map(PathBuf::from).collect();
        let mut reading = Reading::default();
        let mut hear = |line: &str, reading: &mut Reading| {
            let request = ReadRequest::from_json(line).map_err(|error| helped(line, error))?;
            let language = request.language.as_deref().or(command.language.as_deref());
            policy.read_into(&request.text, language, &mut scratch, reading)?;
            Ok::<ReadRequest, Diagnostics>(request)
        };
        if is_json {
            return Lines::of(&files).run(|line| {
                hear(line, &mut reading)?;
                Ok((to_json(&reading), Outcome::Pass))
            });
        }
        return stream::shown(Lines::of(&files).show(|line| {
            let request = hear(line.text(), &mut reading)?;
            anstream::println!("{}", paint(DIM, line.heading(None)));
            print(&request.text, &reading);
            Ok(Outcome::Pass)
        })?);
    }
    let texts = if command.texts.is_empty() { vec![standard_input()?] } else { command.texts.clone() };
    for text in &texts {
        let reading = policy.read(text, command.language.as_deref()).map_err(Diagnostics::from)?;
        match is_json {
            true => anstream::println!("{}", to_json(&reading)),
            false => print(text, &reading),
        }
    }
    Ok(Outcome::Pass)
}

/// Of a file that holds something else, how it is heard.
fn helped(line: &str, error: Diagnostics) -> Diagnostics {
    if line.trim_start().starts_with('{') {
        return error;
    }
    let message = "a file holds requests, one JSON object a line";
    let help = "to hear a file as one text, give it as standard input: `svar read < FILE`";
    Diagnostic::error("syntax", message).at(error.first().location().cloned()).with_help(help).into()
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
    let form = format!("{:?}", address.form).to_lowercase();
    row("address", format!("{form} {}", list(&evidence)).trim_end().to_owned());
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
