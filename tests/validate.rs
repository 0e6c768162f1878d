//! Judging replies, as a whole.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use svar::case::{Fault, Level, Visibility};
use svar::channel::{WindowSender, WindowStart};
use svar::money::Money;
use svar::request::to_json;
use svar::source::Severity;
use svar::{Case, Message, Policy, Report, Scratch, Verdict};

fn builtin() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(Policy::builtin)
}

/// The small world most tests here live in.
const WORLD: &str = "svar = 1
name = 'world'
languages = ['en', 'nb']
[language.en]
name = 'English'
words = { the = 2.0, you = 2.0 }
but = ['but']
[language.nb]
name = 'Norsk'
words = { vi = 2.0, ikke = 2.0, dere = 2.0 }
[channels.wall]
name = 'Wall'
kind = 'social'
visibility = ['public', 'private']
default_visibility = 'public'
register = 'informal'
private_route = { to = 'wall' }
emoji = { max = 1 }
max_links = 1
[channels.board]
name = 'Board'
kind = 'review'
visibility = ['public']
register = 'formal'
private_route = { to = 'none' }
[acts.greeting.en]
hear = ['hello']
[acts.apology]
retractable = true
[acts.apology.en]
hear = ['sorry']
say.neutral = ['We are sorry.']
[acts.apology.nb]
hear = ['beklager']
say.neutral = ['Vi beklager.']
[acts.private-invitation.en]
hear = ['write to us']
[acts.profanity]
overlaps = true
[acts.profanity.en]
hear = ['damn']
[intents.complaint.en]
'broken' = 1.0
[intents.question.en]
'?' = 1.0
[signals.urgent.en]
hear = ['at once']
";

fn world(rules: &str) -> Policy {
    Policy::from_toml(&format!("{WORLD}{rules}")).unwrap_or_else(|error| panic!("{}", error.render()))
}

fn case(json: &str) -> Case {
    Case::from_json(json).unwrap_or_else(|error| panic!("{json}: {}", error.render()))
}

fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

// --- conditions ------------------------------------------------------------------------------------------------------

const FIRST: &str = r#""messages": [{"from": "customer", "text": "it is broken, mend it at once"}]"#;

#[test]
fn every_fact_can_be_a_condition() {
    let rows = [
        ("channel = 'wall'", r#"{"channel": "wall"}"#, r#"{"channel": "board"}"#),
        ("channel = ['board']", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        (
            "visibility = 'public'",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "visibility": "private"}"#,
        ),
        (
            "visibility = 'private'",
            r#"{"channel": "wall", "visibility": "private"}"#,
            r#"{"channel": "board"}"#,
        ),
        (
            "language = 'nb'",
            r#"{"channel": "wall", "language": "nb"}"#,
            r#"{"channel": "wall", "language": "en"}"#,
        ),
        (
            "intent = 'complaint'",
            r#"{"channel": "wall", "facts": {"intent": "complaint"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        ("intent = 'other'", r#"{"channel": "wall"}"#, r#"{"channel": "wall", "facts": {"intent": "spam"}}"#),
        ("register = 'formal'", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        ("fault = 'ours'", r#"{"channel": "wall", "facts": {"fault": "ours"}}"#, r#"{"channel": "wall"}"#),
        (
            "fault = ['theirs', 'unknown']",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "facts": {"fault": "ours"}}"#,
        ),
        (
            "priority = 'high'",
            r#"{"channel": "wall", "facts": {"priority": "high"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "severity = ['high', 'critical']",
            r#"{"channel": "wall", "facts": {"severity": "critical"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "tag = 'vip'",
            r#"{"channel": "wall", "facts": {"tags": ["new", "vip"]}}"#,
            r#"{"channel": "wall", "facts": {"tags": ["VIP"]}}"#,
        ),
        (
            "first_reply = true",
            r#"{"channel": "wall"}"#,
            r#"{"channel": "wall", "messages": [{"from": "agent", "text": "a"}]}"#,
        ),
        (
            "first_reply = false",
            r#"{"channel": "wall", "messages": [{"from": "bot", "text": "a"}]}"#,
            r#"{"channel": "wall"}"#,
        ),
        ("private_route = true", r#"{"channel": "wall"}"#, r#"{"channel": "board"}"#),
        (
            "bot = true",
            r#"{"channel": "wall", "agent": {"role": "bot"}}"#,
            r#"{"channel": "wall", "agent": {"role": "agent"}}"#,
        ),
        ("media = true", r#"{"channel": "wall", "facts": {"media": true}}"#, r#"{"channel": "wall"}"#),
        ("fixed = true", r#"{"channel": "wall", "facts": {"fixed": true}}"#, r#"{"channel": "wall"}"#),
        ("consent = false", r#"{"channel": "wall"}"#, r#"{"channel": "wall", "facts": {"consent": true}}"#),
        (
            "agent_named = true",
            r#"{"channel": "wall", "agent": {"name": "Kari"}}"#,
            r#"{"channel": "wall", "agent": {"role": "bot"}}"#,
        ),
        (
            "intent_given = true",
            r#"{"channel": "wall", "facts": {"intent": "other"}}"#,
            r#"{"channel": "wall"}"#,
        ),
        (
            "any = [{ fixed = true }, { media = true }]",
            r#"{"channel": "wall", "facts": {"media": true}}"#,
            r#"{"channel": "wall"}"#,
        ),
        ("not = { channel = 'wall' }", r#"{"channel": "board"}"#, r#"{"channel": "wall"}"#),
        (
            "not = { any = [{ fixed = true }, { not = { media = true } }] }",
            r#"{"channel": "wall", "facts": {"media": true}}"#,
            r#"{"channel": "wall"}"#,
        ),
    ];
    for (when, holds, does_not) in rows {
        let policy = world(&format!("[rules.r]\nwhen = {{ {when} }}\nforbid = {{ phrases = ['ping'] }}\n"));
        assert_eq!(found(&policy.validate(&case(holds), "ping", None).unwrap()), ["r"], "{when}: {holds}");
        assert!(
            found(&policy.validate(&case(does_not), "ping", None).unwrap()).is_empty(),
            "{when}: {does_not}"
        );
    }
}

#[test]
fn what_the_customer_wrote_can_be_a_condition() {
    let broken = case(&format!(r#"{{"channel": "wall", "language": "en", {FIRST}}}"#));
    let smiling = case(r#"{"channel": "wall", "messages": [{"from": "customer", "text": "thanks 😊"}]}"#);
    for (when, holds, does_not) in [
        ("intent = 'complaint'", &broken, &smiling),
        ("signal = 'urgent'", &broken, &smiling),
        ("customer_emoji = true", &smiling, &broken),
        ("customer_wrote = true", &broken, &Case::new("wall")),
        ("intent_given = false", &broken, &case(r#"{"channel": "wall", "facts": {"intent": "spam"}}"#)),
    ] {
        let policy = world(&format!("[rules.r]\nwhen = {{ {when} }}\nforbid = {{ phrases = ['ping'] }}\n"));
        assert_eq!(found(&policy.validate(holds, "ping", None).unwrap()), ["r"], "{when}");
        assert!(found(&policy.validate(does_not, "ping", None).unwrap()).is_empty(), "{when}");
    }
    // The customer's last message counts, not the first.
    let mut later = broken.clone();
    later.messages.push(Message::agent("It is mended."));
    later.messages.push(Message::customer("thanks"));
    let policy = world("[rules.r]\nwhen = { signal = 'urgent' }\nforbid = { phrases = ['ping'] }\n");
    assert!(found(&policy.validate(&later, "ping", None).unwrap()).is_empty());
}

#[test]
fn what_the_reply_says_can_be_a_condition() {
    let policy = world("[rules.r]\nwhen = { heard = ['apology'] }\nforbid = { phrases = ['ping'] }\n");
    let wall = Case::new("wall");
    assert_eq!(found(&policy.validate(&wall, "the ping, sorry", None).unwrap()), ["r"]);
    assert!(found(&policy.validate(&wall, "the ping, hello", None).unwrap()).is_empty());
    assert!(found(&policy.validate(&wall, "the ping, “sorry about it”", None).unwrap()).is_empty());
}

#[test]
fn the_hosts_intent_wins_over_the_one_that_is_heard() {
    let policy = world(
        "[rules.c]\nwhen = { intent = 'complaint' }\nforbid = { phrases = ['ping'] }\n[rules.p]\nwhen = { intent = 'praise' }\nforbid = { phrases = ['ping'] }\n",
    );
    let mut case = case(&format!(r#"{{"channel": "wall", "language": "en", {FIRST}}}"#));
    assert_eq!(found(&policy.validate(&case, "ping", None).unwrap()), ["c"]);
    case.facts.intent = Some("praise".to_owned());
    assert_eq!(found(&policy.validate(&case, "ping", None).unwrap()), ["p"]);
}

#[test]
fn the_language_is_the_cases_then_the_customers_then_the_replys() {
    let policy = world(
        "[rules.en]\nwhen = { language = 'en' }\nforbid = { phrases = ['ping'] }\n[rules.nb]\nwhen = { language = 'nb' }\nforbid = { phrases = ['ping'] }\n\
         [rules.sorry]\nrequire = { act = 'apology' }\nfix = { say = 'apology', at = 'end' }\n",
    );
    let language =
        |case: &Case, reply: &str| found(&policy.validate(case, reply, None).unwrap())[..].concat();
    let mut wall = Case::new("wall");
    assert_eq!(language(&wall, "beklager, vi ping ikke"), "nb".to_owned());
    assert_eq!(language(&wall, "sorry, the ping you"), "en".to_owned());
    wall.messages.push(Message::customer("dere er ikke der"));
    assert_eq!(language(&wall, "beklager, the ping you"), "nb".to_owned());
    wall.language = Some("en".to_owned());
    assert_eq!(language(&wall, "sorry, vi ping ikke"), "en".to_owned());
    // What is proposed is in the language of the reply, where nothing else is known.
    let report = policy.validate(&Case::new("wall"), "vi ser ikke det.", None).unwrap();
    assert_eq!(report.findings[0].fix.as_ref().unwrap().text.trim(), "Vi beklager.");
}

// --- kinds -----------------------------------------------------------------------------------------------------------

#[test]
fn the_five_kinds() {
    let policy = world(
        "[rules.forbid]\nforbid = { act = 'profanity', phrases.en = ['bloody'], pattern = '\\bX{3,}\\b', detector = 'link' }\n\
         [rules.require]\nrequire = { act = ['apology', 'greeting'] }\n\
         [rules.prefer]\nprefer = { phrases = ['thank you'] }\n\
         [rules.limit]\nlimit = { of = 'words', min = 3, max = 12 }\n\
         [rules.channel]\nlimit = { of = 'links', max = 'channel' }\n\
         [rules.order]\norder = { act = 'apology', before = ['private-invitation'], within_sentences = 2 }\n",
    );
    let mut case = Case::new("wall");
    case.language = Some("en".to_owned());
    let check = |reply: &str| policy.validate(&case, reply, None).unwrap();
    assert!(found(&check("Hello! We are sorry. Write to us, thank you.")).is_empty());
    assert_eq!(
        found(&check("Hello! Damn, the bloody XXXX thing, thank you.")),
        ["forbid", "forbid", "forbid"]
    );
    assert_eq!(found(&check("We see, and thank you.")), ["require"]);
    assert_eq!(found(&check("We see, sorry.")), ["prefer"]);
    assert_eq!(
        found(&check("Sorry, thank you, one two three four five six seven eight nine ten")),
        ["limit"]
    );
    assert_eq!(found(&check("Thank you. Write to us. Sorry.")), ["order"]);
    assert_eq!(found(&check("Thank you. We look at it. It is odd. Sorry.")), ["order"]);
    let links = check("Hello, see https://a.no and https://b.no, thank you");
    assert_eq!(found(&links), ["forbid", "channel", "forbid"]);
    assert_eq!(links.of("channel").next().unwrap().evidence, "https://b.no");
    // Kinds have their usual severities.
    let severity = |id: &str| policy.rule(id).unwrap().severity();
    assert_eq!(severity("prefer"), Severity::Advice);
    assert!(["forbid", "require", "limit", "order"].iter().all(|id| severity(id) == Severity::Warning));
}

#[test]
fn quoted_and_taken_back_words_are_not_the_writers() {
    let policy = world(
        "[rules.swear]\nforbid = { act = 'profanity' }\n[rules.any]\nforbid = { act = 'profanity', quoted = true }\n[rules.sorry]\nrequire = { act = 'apology' }\n",
    );
    let mut case = Case::new("wall");
    case.language = Some("en".to_owned());
    let check = |reply: &str| policy.validate(&case, reply, None).unwrap();
    assert_eq!(found(&check("You wrote “it is damn late”, sorry")), ["any"]);
    assert_eq!(found(&check("Damn, sorry")), ["any", "swear"]);
    assert_eq!(found(&check("You wrote “sorry about that” yourself")), ["sorry"]);
    assert_eq!(found(&check("Sorry, but no")), ["sorry"]);
    // Even one word: it is mostly the customer's own, or the name of a button.
    assert_eq!(found(&check("You called it a “damn” shame, sorry")), ["any"]);
    assert_eq!(found(&check("> damn\nSorry")), ["any"]);
}

#[test]
fn an_excuse_counts_in_the_same_sentence_and_the_next_ones() {
    let policy = world("[rules.r]\nforbid = { phrases = ['ping'] }\nexcused_by = ['apology']\n");
    let check = |reply: &str| policy.validate(&Case::new("wall"), reply, None).unwrap().findings.len();
    assert_eq!(check("Ping."), 1);
    assert_eq!(check("Ping, sorry."), 0);
    assert_eq!(check("Sorry. Ping."), 0);
    assert_eq!(check("Sorry. Well. Ping."), 1);
    assert_eq!(check("“Sorry about that”, ping."), 1);
}

#[test]
fn only_an_error_fails_and_findings_stand_in_the_order_of_the_reply() {
    let policy = world(
        "[rules.b-advice]\nforbid = { phrases = ['ping'] }\nseverity = 'advice'\n[rules.a-warning]\nforbid = { phrases = ['ping'] }\n\
         [rules.c-error]\nforbid = { phrases = ['ping', 'pong'] }\nseverity = 'error'\n[rules.a-advice]\nforbid = { phrases = ['ping'] }\nseverity = 'advice'\n\
         [rules.first]\nforbid = { phrases = ['well'] }\n",
    );
    let check = |reply: &str| policy.validate(&Case::new("wall"), reply, None).unwrap();
    let report = check("pong, well, ping");
    assert_eq!(found(&report), ["c-error", "first", "c-error", "a-warning", "a-advice", "b-advice"]);
    assert_eq!((report.verdict, report.passes()), (Verdict::Fail, false));
    assert_eq!((check("well").verdict, check("fine").verdict), (Verdict::Pass, Verdict::Pass));
}

#[test]
fn messages_say_what_was_found() {
    let policy = world(
        "[rules.a]\nforbid = { phrases = ['ping'] }\nmessage = '{text} is {found}'\n[rules.b]\nlimit = { of = 'emoji', max = 'channel' }\nmessage = '{found} of {limit}'\n\
         [rules.c]\nforbid = { pattern = 'z+' }\nfix = { replace = 'y' }\n",
    );
    let report = policy.validate(&Case::new("wall"), "ping 😊😊 zz", None).unwrap();
    let messages: Vec<_> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["`ping` is ping", "2 of 1", "`zz` should not stand here"]);
    assert_eq!(report.findings[2].fix.as_ref().unwrap().apply("ping 😊😊 zz"), "ping 😊😊 y");
}

#[test]
fn every_number_is_found() {
    let policy = world("[rules.n]\nforbid = { detector = 'number' }\n");
    let reply = "7 ting, 12 andre og ½ til 345";
    let report = policy.validate(&Case::new("wall"), reply, None).unwrap();
    assert_eq!(
        report.findings.iter().map(|finding| finding.evidence.as_str()).collect::<Vec<_>>(),
        ["7", "12", "½", "345"]
    );
}

// --- the built-in rules over many replies ----------------------------------------------------------------------------

struct Sample {
    case: Case,
    reply: String,
}

fn customer(language: &str, intent: &str) -> &'static str {
    match (language, intent) {
        ("nb", "complaint") => {
            "Nettet er nede for tredje gang, dette er elendig! Kortet mitt 4111 1111 1111 1111 er trukket."
        }
        ("nn", "complaint") => "Nettet er nede for tredje gong, dette er elendig!",
        ("da", "complaint") => "Min pakke er stadig ikke kommet, elendig service 😡",
        ("de", "complaint") => "Mein Paket ist immer noch nicht da, was für ein Saftladen!",
        ("pl", "complaint") => "Paczka nadal nie doszła, fatalna obsługa!",
        ("en", "complaint") => "Still no parcel, terrible service. Mail me at jo@example.com",
        (_, "praise") => "😊😊",
        _ => "Hei",
    }
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("data/replies.txt").lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (head, reply) = line.split_once(" | ").unwrap();
        let [language, channel, intent] = head.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let mut case = Case::new(channel);
        case.language = Some(language.to_owned());
        case.messages.push(Message::customer(customer(language, intent)).at(at("2026-11-20T12:00:00+01:00")));
        case.facts.intent = Some(intent.to_owned());
        case.facts.fault = svar::case::Fault::Ours;
        case.facts.fixed = reply.len() % 2 == 0;
        case.agent.name = Some("Kari".to_owned());
        Sample { case, reply: reply.replace("\\n", "\n") }
    };
    lines.map(sample).collect()
}

/// Every way the samples are judged in: as they are, without a language, in a later turn, by a machine.
fn variants(case: &Case) -> Vec<Case> {
    let mut unknown = case.clone();
    unknown.language = None;
    unknown.facts.intent = None;
    let mut later = case.clone();
    later.messages.push(Message::agent("Vi ser på saken, og vi melder oss igjen i morgen."));
    later.messages.push(Message::customer("Fint 😊"));
    let mut bot = case.clone();
    bot.agent.role = Some("bot".to_owned());
    let mut private = case.clone();
    private.visibility = Some(Visibility::Private);
    private.facts.intent = Some("complaint".to_owned());
    private.agent.training = Some(Vec::new());
    let mut owed = private.clone();
    owed.messages
        .push(Message::agent("Vi beklager. We're so sorry. Wir bitten um Entschuldigung. Przepraszamy."));
    owed.facts.fault = Fault::Ours;
    owed.facts.loss = Money::parse("100", "NOK").ok();
    owed.facts.offer = owed.facts.loss;
    let mut lavish = owed.clone();
    lavish.facts.offer = Money::parse("200", "NOK").ok();
    let mut beyond = case.clone();
    (beyond.facts.complexity, beyond.agent.level) = (Some(Level::High), Some(Level::Low));
    beyond.agent.training = Some(Vec::new());
    vec![case.clone(), unknown, later, bot, private, owed, lavish, beyond]
}

#[track_caller]
fn is_sound(report: &Report, reply: &str) {
    for finding in &report.findings {
        let (start, end) = (finding.span.start, finding.span.end);
        assert!(reply.get(start..end).is_some(), "{} at {start}..{end} in {reply:?}", finding.rule);
        assert_eq!(finding.span.of(reply), finding.evidence);
        assert!(!finding.message.is_empty() && !finding.message.contains('\n'), "{finding:?}");
        assert!(
            !finding.message.contains("{text}")
                && !finding.message.contains("{found}")
                && !finding.message.contains("{limit}"),
            "{finding:?}"
        );
        if let Some(fix) = &finding.fix {
            assert!(reply.get(fix.span.start..fix.span.end).is_some(), "{finding:?}");
        }
    }
    let order = |finding: &svar::rule::Finding| {
        (finding.span, std::cmp::Reverse(finding.severity), finding.rule.clone())
    };
    assert!(report.findings.is_sorted_by_key(order), "{:?}", found(report));
    let failed = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(report.verdict, if failed { Verdict::Fail } else { Verdict::Pass });
}

#[test]
fn findings_are_sound_in_every_reply() {
    let samples = samples();
    assert!(samples.len() >= 150);
    let now = at("2026-11-20T12:30:00+01:00");
    let mut seen = BTreeSet::new();
    for Sample { case, reply } in &samples {
        for case in variants(case) {
            let report = builtin().validate(&case, reply, now).unwrap();
            is_sound(&report, reply);
            seen.extend(report.findings.iter().map(|finding| finding.rule.to_string()));
        }
    }
    // The samples are varied: most rules find something in them.
    let quiet: Vec<_> =
        builtin().rules().map(|rule| rule.id().as_str()).filter(|id| !seen.contains(*id)).collect();
    assert!(quiet.len() * 4 < builtin().rules().count(), "found nowhere: {quiet:?}");
}

#[test]
fn a_fix_silences_its_rule_and_raises_no_other() {
    let now = at("2026-11-20T12:30:00+01:00");
    let mut wrong = Vec::new();
    for Sample { case, reply } in samples() {
        for case in variants(&case) {
            let before = builtin().validate(&case, &reply, now).unwrap();
            for finding in &before.findings {
                let Some(fix) = &finding.fix else { continue };
                let fixed = fix.apply(&reply);
                let after = builtin().validate(&case, &fixed, now).unwrap();
                let count = |report: &Report| report.of(finding.rule.as_str()).count();
                if count(&after) >= count(&before) {
                    wrong.push(format!("{} is not silenced: {reply:?} -> {fixed:?}", finding.rule));
                }
                let raised = after.findings.iter().find(|new| {
                    new.severity > Severity::Advice && before.of(new.rule.as_str()).next().is_none()
                });
                if let Some(new) = raised {
                    wrong.push(format!("{} raises {}: {reply:?} -> {fixed:?}", finding.rule, new.rule));
                }
                if fixed.contains("  ") && !reply.contains("  ") {
                    wrong.push(format!("{} leaves two spaces: {reply:?} -> {fixed:?}", finding.rule));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_a_clear_lead_makes_a_reply_one_in_another_language() {
    let samples = samples();
    let foreign = |reply: &str| {
        ["Hi Kari, we are", "Vi beklager dette. Send oss gjerne", "Our opening hours"]
            .iter()
            .any(|start| reply.starts_with(start))
    };
    let mut known = 0;
    for Sample { case, reply } in &samples {
        let report = builtin().validate(case, reply, None).unwrap();
        let wrong = report.of("reply.wrong-language").count() == 1;
        let expected = foreign(reply);
        known += usize::from(expected);
        assert_eq!(wrong, expected, "{:?}: {reply}", case.language);
    }
    assert_eq!(known, 3);
}

#[test]
fn words_that_two_languages_share_are_no_lead() {
    let mut case = Case::new("instagram");
    case.messages.push(Message::customer("Verdens beste kundeservice!! tusen takk Amina ❤️❤️"));
    let report = builtin().validate(&case, "Tusen takk, så hyggelig å høre!", None).unwrap();
    assert_eq!(report.of("reply.wrong-language").count(), 0, "{:?}", report.findings);
}

#[test]
fn a_conversation_is_judged_with_any_scratch() {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("Nettet er nede igjen! Ring meg på 912 34 567."));
    let mut other = Case::new("facebook");
    other.messages.push(Message::customer("Tusen takk!"));
    let reply = "Hei! Vi beklager. Vi ringer 912 34 567.";
    let (mut one, mut two) = (Scratch::default(), Scratch::default());
    let conversation = builtin().open(&case, None, &mut one).unwrap();
    let expected = conversation.validate(reply, &mut one).unwrap();
    assert_eq!(expected.of("privacy.repeats-customer-data").count(), 1, "{:?}", expected.findings);
    builtin().open(&other, None, &mut one).unwrap().close(&mut one);
    for scratch in [&mut one, &mut two] {
        assert_eq!(conversation.validate(reply, scratch).unwrap(), expected);
    }
}

#[test]
fn what_rests_on_a_guess_says_so_and_is_one_step_milder() {
    let mut case = Case::new("email");
    case.messages.push(Message::customer("Nettet er nede igjen, og ingen svarer. Jeg er skikkelig lei!"));
    let mut found = |intent: Option<&str>| {
        case.facts.intent = intent.map(str::to_owned);
        let report = builtin().validate(&case, "Hei! Prøv igjen i morgen.", None).unwrap();
        let finding = report.of("complaint.apology-missing").next().cloned().unwrap();
        (finding.severity, finding.guessed, to_json(&report).contains("\"guessed\":true"))
    };
    assert_eq!(found(Some("complaint")), (Severity::Warning, false, false));
    assert_eq!(found(None), (Severity::Advice, true, true));
}

#[test]
fn a_policy_is_printed_by_its_name() {
    let printed = format!("{:?}", builtin());
    assert!(printed.contains("svar:builtin") && printed.len() < 1_000, "{printed}");
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let again = Policy::builtin();
    let mut scratch = Scratch::default();
    for Sample { case, reply } in samples().iter().chain(&samples()) {
        let first = to_json(&builtin().validate(case, reply, None).unwrap());
        assert_eq!(first, to_json(&again.validate(case, reply, None).unwrap()));
        assert_eq!(first, to_json(&again.validate_with(case, reply, None, &mut scratch).unwrap()));
    }
}

/// Whether a reply may be parted at a place: where nothing stands, or a sentence, a line or a greeting ends.
fn may_part(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let ends = |c: char| !c.is_alphanumeric() || before.split_whitespace().count() == 1;
    before.chars().next_back().is_none_or(ends) || after.chars().next().is_none_or(|c| !c.is_lowercase())
}

#[test]
fn a_sentence_that_is_added_cuts_none_in_two() {
    let sentences = [
        ("de", "Guten Tag Frau Weber, die Rechnung ist falsch. Mit freundlichen Grüßen, Ihr Kundenservice"),
        ("de", "Hallo, die Rechnung war falsch. Wir wünschen Ihnen ein schönes Wochenende!"),
        ("en", "The bill was wrong. With kind regards, Anna"),
        ("en", "The bill was wrong. Please do not hesitate to contact us"),
        ("pl", "Faktura była błędna. Dziękujemy za wiadomość i życzymy miłego dnia!"),
        ("nb", "Hei, og takk for at du tok kontakt"),
        ("nb", "Hei Kari, fakturaen var feil, ha en fin dag videre"),
        ("da", "Hej Kari, fakturaen var forkert, og vi ønsker dig en god weekend"),
    ];
    let replies = sentences.map(|(language, reply)| {
        let mut case = Case::new("facebook");
        case.language = Some(language.to_owned());
        case.facts.intent = Some("complaint".to_owned());
        case.messages.push(Message::customer("…"));
        Sample { case, reply: reply.to_owned() }
    });
    let mut wrong = Vec::new();
    for Sample { case, reply } in replies.into_iter().chain(samples()) {
        for finding in builtin().validate(&case, &reply, None).unwrap().findings {
            let Some(fix) = finding.fix.filter(|fix| fix.text.len() > 12) else { continue };
            let (before, after) = (&reply[..fix.span.start], &reply[fix.span.end..]);
            if fix.span.is_empty() && !may_part(before, after) {
                wrong.push(format!("{}: {before}«{}»{after}", finding.rule, fix.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_that_is_added_stands_as_one_would_write_it() {
    let policy = world(
        "[rules.sorry]\nrequire = { act = 'apology' }\nfix = { say = 'apology', at = 'after-greeting' }\n\
         [rules.bye]\nprefer = { phrases = ['bye'] }\nfix = { say = 'apology', at = 'end' }\n",
    );
    let mut case = Case::new("wall");
    case.language = Some("en".to_owned());
    let fixed = |reply: &str, rule: &str| {
        let report = policy.validate(&case, reply, None).unwrap();
        report.of(rule).next().unwrap().fix.as_ref().unwrap().apply(reply)
    };
    assert_eq!(fixed("Hello Kari! It is gone.", "sorry"), "Hello Kari! We are sorry. It is gone.");
    assert_eq!(fixed("Hello, it is gone.", "sorry"), "Hello, We are sorry. It is gone.");
    assert_eq!(fixed("Hello, åpent til 10.", "sorry"), "Hello, We are sorry. Åpent til 10.");
    assert_eq!(fixed("Hello, https://a.no has it.", "sorry"), "Hello, We are sorry. https://a.no has it.");
    assert_eq!(fixed("Hello 😊 it is gone", "sorry"), "Hello 😊 We are sorry. It is gone");
    assert_eq!(fixed("@kari it is gone", "sorry"), "@kari We are sorry. It is gone");
    assert_eq!(fixed("Hello Kari", "sorry"), "Hello Kari! We are sorry.");
    assert_eq!(fixed("Hello and thanks for asking", "sorry"), "Hello and thanks for asking. We are sorry.");
    assert_eq!(fixed("It is gone.", "sorry"), "We are sorry. It is gone.");
    assert_eq!(fixed("Sorry, it is gone", "bye"), "Sorry, it is gone. We are sorry.");
    assert_eq!(fixed("Sorry, it is gone!  ", "bye"), "Sorry, it is gone! We are sorry.  ");
    assert_eq!(fixed("Sorry, see https://a.no/x", "bye"), "Sorry, see https://a.no/x We are sorry.");
    assert_eq!(fixed("Sorry 😊", "bye"), "Sorry 😊 We are sorry.");
}

// --- what belongs to the company -------------------------------------------------------------------------------------

fn care(rest: &str) -> Policy {
    let head = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en', 'nb']\n";
    Policy::from_toml(&format!("{head}{rest}")).unwrap_or_else(|error| panic!("{}", error.render()))
}

#[test]
fn links_lead_only_to_the_hosts_of_the_policy() {
    let policy = care("[links]\nhosts = ['fjordmobil.no', 'Booking.example.com']\n");
    let check = |reply: &str| {
        let report = policy.validate(&Case::new("facebook"), reply, None).unwrap();
        report.of("reply.link-host").map(|finding| finding.evidence.clone()).collect::<Vec<_>>()
    };
    for fine in [
        "https://fjordmobil.no/a?b=c",
        "www.fjordmobil.no",
        "HTTPS://HELP.FJORDMOBIL.NO/",
        "booking.example.com/x",
        "https://fjordmobil.no:443/a",
    ] {
        assert!(check(&format!("See {fine} now")).is_empty(), "{fine}");
    }
    for wrong in [
        "https://fjordmobil.no.evil.com/a",
        "https://evilfjordmobil.no",
        "https://example.com/booking.example.com",
        "https://evil.com/?x=fjordmobil.no",
        "bit.ly/abc",
        "https://intern/side",
        "http://10.0.0.1/login",
        "https://fjordmobil.example/x",
    ] {
        assert_eq!(check(&format!("See {wrong} now")), [wrong]);
    }
}

#[test]
fn the_companys_own_contacts_may_stand_in_public() {
    let policy = care(
        "[brand]\nname = 'Fjord'\ndomains = ['fjordmobil.no']\ncontact = { email = 'help@fjord.example.com', phone = '+47 21 00 00 00', more = ['800 40 500'] }\n",
    );
    let contacts = |reply: &str| {
        let report = policy.validate(&Case::new("facebook"), reply, None).unwrap();
        report.of("privacy.contact-data").map(|finding| finding.evidence.clone()).collect::<Vec<_>>()
    };
    for own in [
        "help@fjord.example.com",
        "HELP@fjord.example.com",
        "kari@fjordmobil.no",
        "+47 21 00 00 00",
        "21000000",
        "+4721000000",
    ] {
        assert!(contacts(&format!("Reach us: {own}.")).is_empty(), "{own}");
    }
    for other in
        ["kari@gmail.com", "help@fjord.example.com.evil.no", "+47 91 23 45 67", "kari@notfjordmobil.no"]
    {
        let reply = format!("Reach us: {other} today");
        assert_eq!(contacts(&reply), [other]);
        let report = policy.validate(&Case::new("facebook"), &reply, None).unwrap();
        let own = if other.contains('@') { "help@fjord.example.com" } else { "+47 21 00 00 00" };
        let fixed = report.of("privacy.contact-data").next().unwrap().fix.as_ref().unwrap().apply(&reply);
        assert_eq!(fixed, format!("Reach us: {own} today"));
    }
}

#[test]
fn reference_numbers_are_the_policys_own() {
    let policy = care(
        "[references]\npatterns = ['\\bFM-\\d{6}\\b', '\\bkunde\\s?\\d{5}\\b']\n[rules.'acme.reference']\nwhen = { visibility = 'public' }\nforbid = { detector = 'reference' }\nseverity = 'error'\n",
    );
    let mut case = Case::new("facebook");
    let check = |case: &Case, reply: &str, rule: &str| {
        let report = policy.validate(case, reply, None).unwrap();
        report.of(rule).map(|finding| finding.evidence.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        check(&case, "Order FM-123456, kunde 12345 and FM-12", "acme.reference"),
        ["FM-123456", "kunde 12345"]
    );
    assert_eq!(check(&case, "Order FM-123456", "privacy.personal-data"), ["FM-123456"]);
    case.messages.push(Message::customer("My order is FM 123456 / fm-123456 / FM-123456"));
    assert_eq!(check(&case, "We found FM-123456", "privacy.repeats-customer-data"), ["FM-123456"]);
    assert!(check(&case, "We found FM-654321", "privacy.repeats-customer-data").is_empty());
}

// --- windows ---------------------------------------------------------------------------------------------------------

#[test]
fn a_window_is_open_until_the_second_before_it_ends() {
    let written = at("2026-03-28T12:00:00+01:00");
    let mut tried = 0;
    for channel in builtin().channels() {
        for (role, sender) in [("agent", WindowSender::Human), ("bot", WindowSender::Bot)] {
            let open =
                channel.windows().iter().filter(|window| window.from == WindowStart::LastCustomerMessage);
            let within = open
                .filter(|window| window.sender == sender || window.sender == WindowSender::Any)
                .map(|window| window.within)
                .max();
            let mut case = Case::new(channel.id());
            case.agent.role = Some(role.to_owned());
            case.messages.push(Message::customer("Hei?").at(written));
            let closed = |case: &Case, now: DateTime<FixedOffset>| {
                builtin().validate(case, "Hei!", now).unwrap().of("window.closed").count() == 1
            };
            let Some(within) = within else {
                assert!(!closed(&case, written + TimeDelta::days(999)), "{}", channel.id());
                continue;
            };
            tried += 1;
            let edge = written + within;
            assert!(!closed(&case, edge - TimeDelta::seconds(1)), "{} {role}", channel.id());
            assert!(closed(&case, edge), "{} {role}", channel.id());
            // The same instant said in another offset.
            let utc = edge.with_timezone(&FixedOffset::east_opt(0).unwrap());
            assert!(closed(&case, utc) && !closed(&case, utc - TimeDelta::seconds(1)));
            // A newer message opens it again; without times nobody can tell.
            let mut newer = case.clone();
            newer.messages.push(Message::customer("Hallo?").at(edge - TimeDelta::hours(1)));
            assert!(!closed(&newer, edge));
            let report = builtin().validate(&case, "Hei!", None).unwrap();
            assert_eq!(report.of("window.closed").count(), 0);
            case.messages[0].at = None;
            assert!(!closed(&case, edge));
        }
    }
    assert!(tried >= 4, "{tried} windows");
}

// --- masking ---------------------------------------------------------------------------------------------------------

/// Rules that quote as much as they can.
fn gossip() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| {
        world(
            "[rules.all]\nforbid = { pattern = '(?s).+' }\nmessage = '{text} {found}'\n\
             [rules.end]\nforbid = { pattern = '(?s)\\S.{0,60}$' }\nmessage = 'ends in {text}'\n\
             [rules.data]\nforbid = { detector = ['personal-data', 'contact-data'] }\nmessage = '{text} {found} {limit}'\n\
             [rules.link]\nforbid = { detector = 'link' }\nmessage = '{found}'\n\
             [rules.loud]\nforbid = { detector = 'shouting' }\nmessage = '{found}'\n",
        )
    })
}

fn iban(country: &str, account: &str) -> String {
    let digits = |text: &str| text.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect::<String>();
    let rest = digits(&format!("{account}{country}00"))
        .bytes()
        .fold(0u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{country}{:02}{account}", 98 - rest)
}

fn card(front: &str) -> String {
    let sum: u32 = front
        .chars()
        .rev()
        .enumerate()
        .map(|(at, c)| {
            let digit = c.to_digit(10).unwrap();
            if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{front}{}", (10 - sum % 10) % 10)
}

fn grouped(text: &str, by: usize, with: &str) -> String {
    text.as_bytes()
        .chunks(by.max(1))
        .map(|chunk| std::str::from_utf8(chunk).unwrap())
        .collect::<Vec<_>>()
        .join(with)
}

fn secret() -> impl Strategy<Value = String> {
    let gap = prop_oneof![Just(""), Just(" "), Just("-"), Just("\u{a0}")];
    prop_oneof![
        ("[0-9]{11}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("NO", &account), 4, gap)),
        ("[0-9]{18}", gap.clone()).prop_map(|(account, gap)| grouped(&iban("DE", &account), 4, gap)),
        ("4[0-9]{14}", gap.clone()).prop_map(|(front, gap)| grouped(&card(&front), 4, gap)),
        ("[2-9][0-9]{7}", gap).prop_map(|(number, gap)| format!("+47 {}", grouped(&number, 2, gap))),
        "[a-z]{3,12}\\.[a-z]{3,20}@[a-z]{3,10}\\.(no|com|de)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_that_identifies_survives_masking(
        secret in secret(),
        lead in "([a-z]{1,9} ){0,12}",
        tail in "( [a-z]{1,9}){0,6}[.!]?",
        loud in any::<bool>(),
    ) {
        let secret = if loud { secret.to_uppercase() } else { secret };
        let reply = format!("{lead}{secret}{tail}");
        let report = gossip().validate(&Case::new("wall"), &reply, None).unwrap();
        prop_assert!(report.findings.len() > 1);
        let masked = report.masked();
        prop_assert_eq!(masked.findings.len(), report.findings.len());
        let parts: Vec<String> = match secret.split_once('@') {
            Some((local, host)) => local.split('.').map(str::to_owned).chain([host.to_owned(), local.chars().take(9).collect()]).collect(),
            None => {
                let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
                (0..digits.len() - 5).map(|at| digits[at..at + 5].to_owned()).collect()
            }
        };
        for finding in &masked.findings {
            let fix = finding.fix.as_ref().map_or("", |fix| &fix.text);
            for text in [&*finding.message, &finding.evidence, fix] {
                let bare: String = if secret.contains('@') { text.to_owned() } else { text.chars().filter(char::is_ascii_digit).collect() };
                for part in parts.iter().filter(|part| part.len() > 3 && !lead.contains(part.as_str()) && !tail.contains(part.as_str())) {
                    prop_assert!(!bare.contains(part.as_str()), "{part:?} of {secret:?} is in {text:?} of {}", finding.rule);
                }
            }
        }
        prop_assert_eq!(masked.masked(), masked);
    }
}

// --- one scratch for everything --------------------------------------------------------------------------------------

fn policies() -> &'static [Policy] {
    static POLICIES: OnceLock<Vec<Policy>> = OnceLock::new();
    POLICIES.get_or_init(|| {
        let mute = "svar = 1\nname = 'mute'\n[channels.facebook]\nname = 'F'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\nprivate_route = { to = 'none' }\n\
                    [rules.a]\nforbid = { pattern = 'e' }\n[rules.b]\nforbid = { detector = 'emoji' }\n";
        let words = "[rules.w]\nforbid = { phrases = ['you', 'vi', 'dere', 'sorry ..3 you'] }\n";
        let facebook = WORLD.replace("channels.wall", "channels.facebook").replace("to = 'wall'", "to = 'facebook'");
        vec![
            builtin().clone(),
            Policy::from_toml(mute).unwrap(),
            Policy::from_toml(&format!("{facebook}{words}")).unwrap(),
            care("[rules.w]\nforbid = { phrases.nb = ['vi', 'dere'] }\n"),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn one_scratch_serves_all_policies_and_languages(
        turns in prop::collection::vec((0usize..4, 0usize..153, any::<bool>(), any::<bool>(), "\\PC{0,40}"), 1..12),
    ) {
        static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
        let samples = SAMPLES.get_or_init(samples);
        let mut scratch = Scratch::default();
        for (policy, sample, known, random, text) in turns {
            let policy = &policies()[policy];
            let Sample { case, reply } = &samples[sample];
            let mut case = case.clone();
            case.channel = "facebook".to_owned();
            let speaks = policy.languages().iter().any(|language| Some(language.as_str()) == case.language.as_deref());
            if !known || !speaks {
                case.language = None;
            }
            let reply = if random { &text } else { reply };
            if random {
                case.messages.push(Message::customer(text.chars().rev().collect::<String>()));
            }
            let fresh = policy.validate(&case, reply, None);
            prop_assert_eq!(policy.validate_with(&case, reply, None, &mut scratch), fresh);
            let mut reading = svar::Reading::default();
            policy.read_into(reply, None, &mut scratch, &mut reading).unwrap();
            prop_assert_eq!(to_json(&reading), to_json(&policy.read(reply, None).unwrap()));
        }
    }
}
