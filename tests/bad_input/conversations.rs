//! Conversations of any length.

use chrono::{DateTime, FixedOffset, TimeDelta};
use svar::case::Event;
use svar::draft::SlotValues;
use svar::policy::DraftOptions;
use svar::{Case, Message};

use super::{builtin, growth};

/// What happens as the so-manieth thing.
type Happening = fn(&mut Case, i64);

fn at(number: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T08:00:00+01:00").unwrap() + TimeDelta::seconds(number * 20)
}

fn talk(case: &mut Case, number: i64) {
    let message =
        if number % 2 == 0 { Message::customer("Still broken!") } else { Message::agent("We look at it.") };
    case.messages.push(message.at(at(number)));
}

fn event(case: &mut Case, kind: &str, number: i64) {
    case.events.push(Event::new(kind, at(number)));
}

/// Conversations in which each thing that happens could be made to cost as much as all that came before it.
const HAPPENINGS: [(&str, Happening); 9] = [
    ("messages", talk),
    ("questions", |case, number| case.messages.push(Message::customer("Still broken?").at(at(number)))),
    ("thanks", |case, number| case.messages.push(Message::customer("Thanks!").at(at(number)))),
    ("messages and notes", |case, number| {
        talk(case, number);
        event(case, "noted", number);
    }),
    ("messages and deeds", |case, number| {
        talk(case, number);
        event(case, if number % 3 == 0 { "fixed" } else { "told" }, number);
    }),
    ("messages and pauses", |case, number| {
        talk(case, number);
        event(case, if number % 2 == 0 { "pause" } else { "resume" }, number);
    }),
    ("messages and endings", |case, number| {
        talk(case, number);
        event(case, if number % 2 == 0 { "resolve" } else { "reopen" }, number);
    }),
    ("messages and labels", |case, number| {
        talk(case, number);
        case.events.push(Event::new("tag", at(number)).with_value(format!("tag {number}")));
    }),
    ("messages and urgency", |case, number| {
        talk(case, number);
        let level = if number % 2 == 0 { "high" } else { "normal" };
        case.events.push(Event::new("priority", at(number)).with_value(level));
    }),
];

fn conversation(happens: Happening, many: i64) -> Case {
    let mut case = Case::new("facebook");
    case.language = Some("en".to_owned());
    case.messages.push(Message::customer("Nothing works, terrible!").at(at(0)));
    (1..many).for_each(|number| happens(&mut case, number));
    case
}

#[test]
fn eight_times_the_conversation_takes_eight_times_as_long() {
    for (what, happens) in HAPPENINGS {
        for intent in ["complaint", "question"] {
            let ask = |many: i64| {
                let mut case = conversation(happens, many);
                case.facts.intent = Some(intent.to_owned());
                let options = DraftOptions::default().at(at(many));
                assert!(builtin().next(&case, at(many)).is_ok());
                assert!(
                    builtin().draft(&case, &SlotValues::new(), &options.clone().acts(["thanks"])).is_ok()
                );
                // Whatever is due, for which something may be missing.
                drop(builtin().draft(&case, &SlotValues::new(), &options));
            };
            growth::is_linear(what, || ask(1_500), || ask(12_000));
        }
    }
}
