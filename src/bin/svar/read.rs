//! `svar read`

use std::path::{Path, PathBuf};

use clap::Args;
use svar::request::{ReadRequest, to_json};
use svar::source::{Diagnostic, Diagnostics, Location};
use svar::{Reading, Scratch, Span};

use crate::args::{OutputArgs, PolicyArgs, Told};
use crate::lines::lines;
use crate::load;
use crate::outcome::{Failure, Outcome};
use crate::paint::{BOLD, DIM, paint};
use crate::stream::{self, Lines};

#[derive(Args)]
pub(crate) struct Read {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// The text, or files of requests, one JSON object a line: what there is a file of, and what ends like one (.jsonl,
    /// .json, .toml, .txt). `-` or none is standard input: a text, or with --jsonl requests
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
        self.output.jsonl || self.texts.iter().any(|text| is_file_name(text))
    }
}

/// Whether a text is rather the name of a file, be it a mistyped one.
fn is_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 4] = [".jsonl", ".json", ".toml", ".txt"];
    Path::new(text).exists() || ENDINGS.iter().any(|ending| text.ends_with(ending))
}

pub(crate) fn run(command: &Read) -> Result<Outcome, Failure> {
    let policy = load::policy(&command.policy)?;
    let mut scratch = Scratch::default();
    let is_json = command.output.told() == Told::Json;
    if command.is_of_files() {
        let files: Vec<PathBuf> = command.texts.iter().map(PathBuf::from).collect();
        if !command.output.jsonl {
            hold_requests(&files)?;
        }
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
            outln!("{}", paint(DIM, line.heading(None)));
            print(&request.text, &reading);
            Ok(Outcome::Pass)
        })?);
    }
    let standard = ["-".to_owned()];
    for text in if command.texts.is_empty() { &standard[..] } else { &command.texts } {
        let text = &if text == "-" { standard_input()? } else { text.clone() };
        let reading = policy.read(text, command.language.as_deref()).map_err(Diagnostics::from)?;
        match is_json {
            true => outln!("{}", to_json(&reading)),
            false => print(text, &reading),
        }
    }
    Ok(Outcome::Pass)
}

/// Of a file that holds something else, how it is heard.
fn helped(line: &str, error: Diagnostics) -> Diagnostics {
    if is_request(line) { error } else { no_requests(error.first().location().cloned()) }
}

fn is_request(line: &str) -> bool {
    line.trim_start().starts_with('{')
}

fn no_requests(at: Option<Location>) -> Diagnostics {
    let message = "a file holds requests, one JSON object a line";
    let help = "to hear a file as one text, give it as standard input: `svar read < FILE`";
    Diagnostic::error("syntax", message).at(at).with_help(help).into()
}

/// A file that begins with anything else holds no requests at all, which is told once.
fn hold_requests(files: &[PathBuf]) -> Result<(), Failure> {
    // A pipe can be read once, and not beforehand.
    for file in files.iter().filter(|file| file.is_file()) {
        for line in lines(std::slice::from_ref(file))? {
            let line = line?;
            let text = line.text.as_deref().unwrap_or_default();
            if line.text.is_ok() && text.trim_ascii().is_empty() {
                continue;
            }
            if !is_request(text) {
                return Err(no_requests(None).in_file(&line.file, line.number, text).into());
            }
            break;
        }
    }
    Ok(())
}

fn standard_input() -> Result<String, Failure> {
    let text = load::text(Path::new("-"))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

fn print(text: &str, reading: &Reading) {
    let row = |name: &str, what: String| {
        if !what.is_empty() {
            outln!("{}  {what}", paint(DIM, format!("{name:>13}")));
        }
    };
    let quoted = |span: Span| format!("“{}”", span.of(text));
    let list = |spans: &[Span]| spans.iter().map(|&span| quoted(span)).collect::<Vec<_>>().join(", ");
    outln!("{}", paint(BOLD, text));
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
        row(data.kind.as_str(), quoted(data.span));
    }
    for hidden in &reading.hidden {
        row("hidden", hidden.describe(text));
    }
    row("placeholder", list(&reading.placeholders));
    row("markup", list(&reading.markup.iter().map(|sign| sign.span).collect::<Vec<_>>()));
    let length = &reading.length;
    let lengths = format!(
        "{} graphemes, {} bytes, {} on X, {} on Threads, {} on Mastodon",
        length.graphemes, length.bytes, length.x, length.threads, length.mastodon
    );
    row("length", lengths);
    outln!("");
}
