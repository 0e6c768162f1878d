//! Texts and policies that the benchmarks share.

#![allow(dead_code, reason = "each benchmark uses what it needs")]

pub(crate) mod readings;
pub(crate) mod varied;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset, TimeDelta};
use svar::case::Event;
use svar::policy::DraftOptions;
use svar::{Case, Message, Policy};

/// Replies of about 300 bytes as care teams write them, in the languages of the built-in policy.
pub(crate) const REPLIES: [(&str, &str); 6] = [
    (
        "nb",
        "Hei Kari! Vi beklager at nettet har vært nede igjen denne uka, det er ikke bra nok av oss. Jeg har sett på linja di og meldt feilen videre til teknikerne våre, som allerede er på vei ut. Send oss gjerne en privat melding med adressen din, så holder jeg deg oppdatert utover kvelden. Hilsen Lise i kundeservice",
    ),
    (
        "nn",
        "Hei Kari! Vi orsakar at nettet har vore nede att denne veka, det er ikkje bra nok av oss. Eg har sett på linja di og meldt feilen vidare til teknikarane våre, som alt er på veg ut. Send oss gjerne ei privat melding med adressa di, så held eg deg oppdatert utover kvelden. Helsing Lise i kundeservice",
    ),
    (
        "da",
        "Kære Anders. Vi beklager meget, at du har ventet så længe på din ordre uden at høre fra os. Jeg har fundet din pakke på lageret og bedt kollegerne om at sende den af sted allerede i eftermiddag. Skriv endelig til mig i en privat besked, så følger jeg den helt til døren. Mvh Lise fra kundeservice",
    ),
    (
        "de",
        "Hallo Anna, es tut uns sehr leid, dass du so lange auf dein Paket warten musst. Ich habe gerade mit dem Versand gesprochen, dort ist es gestern in die falsche Tour geraten und geht heute noch raus. Schick uns bitte deine Bestellnummer per DM, dann melde ich mich morgen früh bei dir. Liebe Grüße, Jonas",
    ),
    (
        "pl",
        "Dzień dobry, bardzo przepraszamy za tę sytuację, to nie powinno się wydarzyć. Sprawdziłam już zamówienie i przekazałam sprawę do magazynu, który wyśle brakującą część jeszcze dzisiaj. Prosimy o wiadomość prywatną z numerem zamówienia, a dam znać, gdy paczka wyruszy. Pozdrawiam serdecznie, Ola",
    ),
    (
        "en",
        "Hi Sam, we're so sorry about the wait, that's really not good enough. I've spoken to the warehouse and your parcel was put on the wrong van yesterday, it is going out again this afternoon. Please send us a DM with your order number and I'll keep an eye on it until it reaches you. Best wishes, Jo",
    ),
];

/// A complaint on Facebook, as the host knows it.
pub(crate) fn case(language: &str) -> Case {
    let mut case = Case::new("facebook");
    case.language = Some(language.to_owned());
    case.facts.intent = Some("complaint".to_owned());
    case
}

/// The same complaint with the customer's words, which are heard, too.
pub(crate) fn case_with_message(language: &str) -> Case {
    let mut case = Case::new("facebook");
    case.language = Some(language.to_owned());
    case.messages
        .push(Message::customer("This is the third time this week!! Still no answer, nobody replies 😡"));
    case
}

/// A policy that promises a first and a next response and updates in office hours, and a solution within five days.
pub(crate) fn office() -> Policy {
    let days =
        ["mon", "tue", "wed", "thu", "fri"].map(|day| format!("{day} = ['08:00-12:00', '13:00-17:00']"));
    let text = format!(
        "svar = 1\nname = 'office'\nextends = ['svar:channels', 'svar:holidays']\n\
         [calendars.office]\ntime_zone = 'Europe/Berlin'\nholidays = ['DE-BE']\nopen = {{ {} }}\n\
         [sla]\ncalendar = 'office'\nserious = 'as-promised'\n\
         [sla.targets.first]\nmetric = 'first-response'\nduration = '15m'\n\
         [sla.targets.next]\nmetric = 'next-response'\nduration = '1h'\n\
         [sla.targets.update]\nmetric = 'periodic-update'\nduration = '8h'\n\
         [sla.targets.solution]\nmetric = 'resolution'\nduration = '40h'\n",
        days.join(", ")
    );
    Policy::from_toml(&text).expect("a policy")
}

/// A conversation of so many messages over some weeks: the customer and the company take turns, some answers come at
/// once and some the next day, and once in a while the case waits for somebody else.
pub(crate) fn busy_case(messages: usize) -> Case {
    let mut dice = Dice(11);
    let mut case = Case::new("facebook");
    let mut at: DateTime<FixedOffset> = "2026-03-02T09:00:00+01:00".parse().expect("an instant");
    for number in 0..messages {
        at += TimeDelta::seconds(60 + dice.roll(7_200) as i64);
        let message = if number % 2 == 0 { Message::customer("Hi?") } else { Message::agent("Hi!") };
        case.messages.push(message.at(at));
        if number % 50 == 49 {
            case.events.push(Event::new("pause", at + TimeDelta::seconds(10)));
            case.events.push(Event::new("resume", at + TimeDelta::seconds(40)));
        }
    }
    case
}

/// So many different phrases of two to four words, as a list that grew over the years would hold them: each in one
/// language, from all the words its pack knows, so that they begin like what people write and go on differently.
pub(crate) fn phrases(count: usize) -> Vec<String> {
    let vocabularies = PACKS.map(vocabulary);
    let mut dice = Dice(7);
    let mut seen = HashSet::new();
    let mut phrases = Vec::with_capacity(count);
    while phrases.len() < count {
        let words = &vocabularies[phrases.len() % vocabularies.len()];
        let length = 2 + dice.roll(3);
        let phrase: Vec<&str> = (0..length).map(|_| words[dice.roll(words.len())]).collect();
        let phrase = phrase.join(" ");
        if seen.insert(phrase.clone()) {
            phrases.push(phrase);
        }
    }
    phrases
}

/// So many different phrases of three words out of the fifteen hundred that the packs use most: every word of a text
/// stands in a great many of them.
pub(crate) fn common_phrases(count: usize) -> Vec<String> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for word in PACKS.iter().flat_map(|pack| words(pack)) {
        *uses.entry(word).or_default() += 1;
    }
    let mut common: Vec<(usize, &str)> = uses.into_iter().map(|(word, uses)| (uses, word)).collect();
    common.sort_unstable_by(|a, b| b.cmp(a));
    common.truncate(1_500);
    let mut dice = Dice(7);
    let mut seen = HashSet::new();
    let mut phrases = Vec::with_capacity(count);
    while phrases.len() < count {
        let phrase = [(); 3].map(|()| common[dice.roll(common.len())].1).join(" ");
        if seen.insert(phrase.clone()) {
            phrases.push(phrase);
        }
    }
    phrases
}

const PACKS: [&str; 6] = [
    concat!(
        include_str!("../../src/packs/language/nb.toml"),
        include_str!("../../src/packs/intents/nb.toml")
    ),
    concat!(
        include_str!("../../src/packs/language/nn.toml"),
        include_str!("../../src/packs/intents/nn.toml")
    ),
    concat!(
        include_str!("../../src/packs/language/da.toml"),
        include_str!("../../src/packs/intents/da.toml")
    ),
    concat!(
        include_str!("../../src/packs/language/de.toml"),
        include_str!("../../src/packs/intents/de.toml")
    ),
    concat!(
        include_str!("../../src/packs/language/pl.toml"),
        include_str!("../../src/packs/intents/pl.toml")
    ),
    concat!(
        include_str!("../../src/packs/language/en.toml"),
        include_str!("../../src/packs/intents/en.toml")
    ),
];

/// The words of a pack, each once, without its comments and without what the notation gives a meaning to.
fn vocabulary(pack: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words(pack).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn words(pack: &str) -> impl Iterator<Item = &str> {
    let lines = pack.lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.chars().count() > 1)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// The built-in policy and so many phrases more.
pub(crate) fn policy_with(phrases: usize) -> Policy {
    policy_that_forbids(&self::phrases(phrases))
}

/// The built-in policy and these phrases.
pub(crate) fn policy_that_forbids(phrases: &[String]) -> Policy {
    let list: Vec<String> = phrases.iter().map(|phrase| format!("{phrase:?}")).collect();
    policy(&format!("[rules.\"bench.phrases\"]\nforbid = {{ phrases = [{}] }}\n", list.join(", ")))
}

/// The built-in policy and so many rules more, of the kinds that policies have most of.
pub(crate) fn policy_with_rules(rules: usize) -> Policy {
    let rule = |(number, phrase): (usize, String)| {
        let body = match number % 4 {
            0 => format!("forbid = {{ phrases = [{phrase:?}] }}"),
            1 => "forbid = { act = \"insult\" }\nwhen = { channel = \"x\" }".to_owned(),
            2 => "require = { act = \"apology\" }\nwhen = { intent = \"complaint\" }".to_owned(),
            _ => format!("limit = {{ of = \"emoji\", max = {number} }}"),
        };
        format!("[rules.\"bench.r{number}\"]\n{body}\n")
    };
    policy(&phrases(rules).into_iter().enumerate().map(rule).collect::<String>())
}

fn policy(rules: &str) -> Policy {
    let head = "svar = 1\nname = \"bench\"\nextends = [\"svar:care\"]\n";
    Policy::from_toml(&format!("{head}{rules}")).expect("the rules are sound")
}

/// A reply so many times over: ten times are 3 kB.
pub(crate) fn long_text(times: usize) -> String {
    vec![REPLIES[0].1; times].join("\n")
}

/// Two complaints, to be answered.
pub(crate) fn draft_cases() -> Vec<Case> {
    let one = |language: &str, text: &str| {
        let mut case = Case::new("facebook");
        case.language = Some(language.to_owned());
        case.messages.push(Message::customer(text));
        case.facts.intent = Some("complaint".to_owned());
        case.customer.name = Some("Kari Lunde".to_owned());
        case.agent.name = Some("Lise".to_owned());
        case
    };
    vec![
        one("nb", "Nettet har vært nede i tre dager, og ingen svarer meg. Dette er for dårlig!"),
        one("en", "My internet has been down for three days and nobody answers me. Not good enough!"),
    ]
}

/// What they are answered with.
pub(crate) fn draft_options() -> DraftOptions {
    DraftOptions::default()
        .acts(["apology", "reassurance", "private-invitation"])
        .optional(["thanks"])
        .seed(3)
}
