//! Tests: one element of a document, spread over the channels, the languages and the questions it names.

use chrono::{DateTime, FixedOffset};

use super::names::Spoken;
use super::test::{Question, Test};
use super::wanted::Expected;
use crate::case::Case;
use crate::source::Location;

/// What one element of `[[tests]]` comes to.
pub(super) struct Read {
    /// What can be run.
    pub(super) tests: Vec<Test>,
    /// How many there would be in languages that the policy does not speak.
    pub(super) elsewhere: usize,
}

/// A question, with what is expected of this one alone.
pub(super) struct Asking {
    /// What tells it from the other questions of the test.
    pub(super) name: Option<String>,
    pub(super) language: Option<(String, Spoken)>,
    pub(super) question: Question,
    pub(super) marks: Vec<Expected>,
    pub(super) own: Vec<Expected>,
    pub(super) location: Option<Location>,
}

/// What one element of `[[tests]]` says.
pub(super) struct Element {
    pub(super) location: Option<Location>,
    pub(super) case: Case,
    pub(super) now: Option<DateTime<FixedOffset>>,
    pub(super) channels: Vec<String>,
    pub(super) languages: Vec<Option<(String, Spoken)>>,
    pub(super) questions: Vec<Asking>,
    /// What is expected of each question that does not expect it otherwise.
    pub(super) common: Vec<Expected>,
}

impl Element {
    /// A test for each question, on each channel and in each language.
    pub(super) fn spread(&self, name: &str) -> Read {
        let Element { location, case, now, channels, languages, questions, common } = self;
        let mut read = Read { tests: Vec::new(), elsewhere: 0 };
        let (many_channels, many_languages) = (channels.len() > 1, languages.len() > 1);
        for channel in channels {
            for language in languages {
                for asked in questions {
                    let own = asked.language.as_ref().or(language.as_ref());
                    if own.is_some_and(|(_, spoken)| *spoken == Spoken::Elsewhere) {
                        read.elsewhere += 1;
                        continue;
                    }
                    let mut parts = vec![format!("tests/{name}")];
                    parts.extend(many_channels.then(|| channel.clone()));
                    let several = many_languages || asked.language.is_some();
                    parts.extend(own.filter(|_| several).map(|(code, _)| code.clone()));
                    parts.extend(asked.name.clone());
                    let mut case = case.clone();
                    case.channel.clone_from(channel);
                    case.language = own.map(|(code, _)| code.clone());
                    let kept =
                        common.iter().filter(|common| asked.own.iter().all(|own| own.key != common.key));
                    read.tests.push(Test {
                        name: parts.join("/"),
                        location: asked.location.clone().or_else(|| location.clone()),
                        case,
                        now: *now,
                        question: asked.question.clone(),
                        expected: asked.marks.iter().chain(&asked.own).chain(kept).cloned().collect(),
                    });
                }
            }
        }
        read
    }
}
