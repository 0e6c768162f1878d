//! What each kind of rule finds, and what it says.

use svar::request::to_json;
use svar::source::Severity;
use svar::{Case, Message, Policy, Verdict};

use super::{builtin, found, world};

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
fn a_limit_points_at_the_first_one_too_many() {
    let policy = world(
        "[rules.links]\nlimit = { of = 'links', max = 1 }\n[rules.marks]\nlimit = { of = 'exclamation-marks', max = 3 }\n",
    );
    let evidence = |rule: &str, reply: &str| {
        let report = policy.validate(&Case::new("wall"), reply, None).unwrap();
        report.of(rule).map(|finding| (finding.span.start, finding.evidence.clone())).collect::<Vec<_>>()
    };
    for (reply, beyond) in [
        ("See https://a.no and https://b.no now", "https://b.no"),
        // Hosts that no top-level domain vouches for.
        ("See https://a.no and https://intern/b now", "https://intern/b"),
        ("See https://intern/b and https://a.no now", "https://a.no"),
        ("See https://one/a, https://b.no, https://two/c now", "https://b.no"),
    ] {
        assert_eq!(evidence("links", reply), [(reply.find(beyond).unwrap(), beyond.to_owned())], "{reply}");
    }
    for (reply, at) in
        [("Hi! Oh!! No! Yes!", 11), ("Hi!!!! Yes!", 2), ("Hi! A! B! C! D! E!", 11), ("!!! A! B!", 5)]
    {
        let found = evidence("marks", reply);
        assert!(
            matches!(found.as_slice(), [(start, marks)] if *start == at && marks.starts_with('!')),
            "{reply} {found:?}"
        );
    }
    assert!(evidence("marks", "Hi! Oh!!").is_empty());
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
fn a_reply_can_confirm_what_was_only_heard() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'a'\nextends = ['svar:care']\n[rules.'a.b']\nwhen = { intent = 'complaint' }\n\
         forbid = { pattern = 'xyz' }\nconfirmed_by = ['apology']\nseverity = 'error'\n",
    );
    let policy = policy.unwrap();
    let mut case = Case::new("email");
    case.messages.push(Message::customer("Nettet er nede igjen, og ingen svarer. Jeg er skikkelig lei!"));
    let verdict = |reply: &str| {
        let report = policy.validate(&case, reply, None).unwrap();
        report.of("a.b").map(|finding| (finding.severity, finding.guessed)).next().unwrap()
    };
    assert_eq!(verdict("Hei! xyz"), (Severity::Warning, true));
    assert_eq!(verdict("Vi beklager! xyz"), (Severity::Error, false));
    assert_eq!(verdict("“Vi beklager!” står det. xyz"), (Severity::Warning, true), "other people's words");
}

#[test]
fn who_is_only_taken_to_complain_is_guessed_to() {
    let policy = Policy::from_toml(
        "svar = 1\nname = 'a'\nextends = ['svar:care']\n[rules.'a.b']\nwhen = { customer_complains = true }\n\
         forbid = { pattern = 'xyz' }\nseverity = 'error'\n",
    );
    let policy = policy.unwrap();
    let mut case = Case::new("email");
    case.messages.push(Message::customer("Nettet er nede igjen, og ingen svarer. Jeg er skikkelig lei!"));
    let mut verdict = |intent: Option<&str>| {
        case.facts.intent = intent.map(str::to_owned);
        let report = policy.validate(&case, "Hei! xyz", None).unwrap();
        report.of("a.b").map(|finding| (finding.severity, finding.guessed)).next().unwrap()
    };
    assert_eq!(verdict(Some("complaint")), (Severity::Error, false));
    assert_eq!(verdict(None), (Severity::Warning, true));
}

#[test]
fn who_is_only_taken_not_to_complain_is_guessed_to_as_well() {
    for when in [
        "not = { intent = 'complaint' }",
        "customer_complains = false",
        "not = { any = [{ intent = 'complaint' }] }",
        "intent = ['question', 'praise', 'booking', 'spam', 'abuse', 'other']",
    ] {
        let policy = Policy::from_toml(&format!(
            "svar = 1\nname = 'a'\nextends = ['svar:care']\n[rules.'a.b']\nwhen = {{ {when} }}\n\
             forbid = {{ pattern = 'xyz' }}\nseverity = 'error'\n"
        ));
        let policy = policy.unwrap();
        let mut case = Case::new("email");
        case.messages.push(Message::customer("Når åpner dere på lørdag?"));
        let mut verdict = |intent: Option<&str>| {
            case.facts.intent = intent.map(str::to_owned);
            let report = policy.validate(&case, "Hei! xyz", None).unwrap();
            report.of("a.b").map(|finding| (finding.severity, finding.guessed)).next().unwrap()
        };
        assert_eq!(verdict(Some("question")), (Severity::Error, false), "{when}");
        assert_eq!(verdict(None), (Severity::Warning, true), "{when}");
    }
}

#[test]
fn a_policy_is_printed_by_its_name() {
    let printed = format!("{:?}", builtin());
    assert!(printed.contains("svar:builtin") && printed.len() < 1_000, "{printed}");
}
