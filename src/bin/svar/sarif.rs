//! Findings as SARIF 2.1.0, which code hosts and editors show beside the lines they are about.
//!
//! What stands here follows the OASIS standard of 2020 and its schema, `sarif-schema-2.1.0.json`. Columns and
//! characters are code points, as everywhere in svar.

use std::collections::BTreeMap;

use serde::Serialize;
use svar::Policy;
use svar::policy::codes;
use svar::rule::Finding;
use svar::source::{Diagnostic, Location, Severity, Source};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// A log of one run.
#[derive(Serialize)]
pub(crate) struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Text,
    help: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    /// Behind the last character.
    end_column: usize,
    char_offset: usize,
    char_length: usize,
    byte_offset: usize,
    byte_length: usize,
}

/// Collects what a run found.
#[derive(Default)]
pub(crate) struct Collector {
    rules: Vec<Descriptor>,
    numbers: BTreeMap<String, usize>,
    results: Vec<SarifResult>,
    failed: bool,
}

impl Collector {
    /// A mistake in a document or a request.
    pub(crate) fn diagnostic(&mut self, diagnostic: &Diagnostic, location: Option<&Location>) {
        let page = codes().find(|page| page.code == diagnostic.code());
        let title = page.map_or(diagnostic.code(), |page| page.title);
        let advice = page.map_or("Run `svar explain` with the code.", |page| page.advice);
        let rule_index = self.rule(diagnostic.code(), title, advice);
        let mut message = diagnostic.message().to_owned();
        if let Some(help) = diagnostic.help() {
            message = format!("{message}; {help}");
        }
        let related = diagnostic.related().iter().zip(1..).map(|(other, id)| Place {
            id: Some(id),
            message: Some(Text { text: other.label().to_owned() }),
            ..place(other.location())
        });
        self.results.push(SarifResult {
            rule_id: diagnostic.code().to_owned(),
            rule_index,
            level: level(diagnostic.severity()),
            message: Text { text: message },
            locations: location.map(place).into_iter().collect(),
            related_locations: related.collect(),
        });
    }

    /// What a rule found in a reply that stands at a place.
    pub(crate) fn finding(&mut self, finding: &Finding, policy: &Policy, location: Option<&Location>) {
        let id = finding.rule.as_str();
        let source = policy.rule(id).and_then(|rule| rule.source());
        let help = match source {
            Some(source) => format!("{} Source: {source}.", finding.why),
            None => finding.why.to_string(),
        };
        let title = policy.rule(id).map_or(id, |rule| rule.message());
        let rule_index = self.rule(id, title, &help);
        let mut message = finding.message.to_string();
        if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.text.is_empty()) {
            message = format!("{message}; this would pass: {}", fix.text.trim());
        }
        self.results.push(SarifResult {
            rule_id: id.to_owned(),
            rule_index,
            level: level(finding.severity),
            message: Text { text: message },
            locations: location.map(place).into_iter().collect(),
            related_locations: Vec::new(),
        });
    }

    /// Says that not everything could be read.
    pub(crate) fn fail(&mut self) {
        self.failed = true;
    }

    pub(crate) fn log(self) -> Log {
        let driver = Driver { name: "svar", version: env!("CARGO_PKG_VERSION"), rules: self.rules };
        Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: Tool { driver },
                column_kind: "unicodeCodePoints",
                invocations: [Invocation { execution_successful: !self.failed }],
                results: self.results,
            }],
        }
    }

    /// The number of a rule's description; it is written once.
    fn rule(&mut self, id: &str, title: &str, help: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let text = |text: &str, or: &str| Text { text: if text.is_empty() { or } else { text }.to_owned() };
        self.rules.push(Descriptor {
            id: id.to_owned(),
            short_description: text(title, id),
            help: text(help, title),
        });
        let number = self.rules.len() - 1;
        self.numbers.insert(id.to_owned(), number);
        number
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn place(location: &Location) -> Place {
    let (source, span) = (location.source(), location.span());
    let (end_line, end_column) = source.line_column(span.end);
    let before = source.text().get(..span.start).unwrap_or_default();
    let region = Region {
        start_line: location.line(),
        start_column: location.column(),
        end_line,
        end_column,
        char_offset: before.chars().count(),
        char_length: span.of(source.text()).chars().count(),
        byte_offset: span.start,
        byte_length: span.len(),
    };
    let physical_location = Physical { artifact_location: Artifact { uri: uri(source) }, region };
    Place { id: None, physical_location, message: None }
}

/// A path as a relative or absolute reference; what ships built in (`svar:care`) is one already.
fn uri(source: &Source) -> String {
    if source.is_built_in() {
        return source.name().to_owned();
    }
    let name = source.name().replace('\\', "/");
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use svar::Span;
    use svar::source::{Place as At, Sources};

    #[test]
    fn a_region_counts_bytes_and_code_points() {
        let mut sources = Sources::new();
        let id = sources.add("a b/å.toml", "# æ\nnøkkel = 1\n").unwrap();
        let location = sources.locate(At::new(id, Span::new(5, 12))).unwrap();
        let mut collector = Collector::default();
        let diagnostic = Diagnostic::error("unknown-key", "unknown key").with_help("did you mean `x`?");
        collector.diagnostic(&diagnostic, Some(&location));
        let log = serde_json::to_value(collector.log()).unwrap();
        let result = &log["runs"][0]["results"][0];
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "a%20b/%C3%A5.toml");
        let region = &physical["region"];
        let keys = ["startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength"];
        let numbers: Vec<u64> = keys.iter().map(|key| region[key].as_u64().unwrap()).collect();
        assert_eq!(numbers, [2, 1, 2, 7, 4, 6]);
        assert_eq!((region["byteOffset"].as_u64(), region["byteLength"].as_u64()), (Some(5), Some(7)));
        assert_eq!(result["message"]["text"], "unknown key; did you mean `x`?");
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["id"], "unknown-key");
        assert_eq!(uri(&Source::new("svar:care", "")), "svar:care");
        assert_eq!(uri(&Source::new("svar:x", "")), "svar%3Ax", "it does not ship with svar");
    }
}
