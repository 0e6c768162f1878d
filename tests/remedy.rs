//! What makes good what was lost, how much, and who may grant it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::OnceLock;

use proptest::prelude::*;
use svar::case::Fault;
use svar::money::{Currency, Money};
use svar::playbook::{ApprovalNeeded, Ground, Remedy, RemedyKind};
use svar::policy::CaseError;
use svar::source::Severity;
use svar::{Case, Message, Policy};

const AUTHORITY: &str = "
[authority.agent]
case = { NOK = 200, EUR = '20.00', JPY = 2500 }
day = { NOK = 500, EUR = 50, JPY = 9000 }
goodwill = { NOK = 100, EUR = 10, JPY = 1000 }
goodwill_share = 50
above = 'manager'
[authority.manager]
case = { NOK = 2000, EUR = 200, JPY = 25000 }
above = 'director'
[authority.director]
";

fn acme(extra: &str) -> Policy {
    let text = format!(
        "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en', 'nb', 'nn', 'da', 'de', 'pl']\n{AUTHORITY}{extra}"
    );
    Policy::from_toml(&text).unwrap_or_else(|errors| panic!("{}", errors.render()))
}

fn policy() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| acme(""))
}

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::parse(amount, currency).unwrap()
}

fn case(fault: Fault, loss: &str, role: &str) -> Case {
    let mut case = Case::new("messenger");
    case.language = Some("en".to_owned());
    case.facts.intent = Some("complaint".to_owned());
    case.facts.fault = fault;
    case.facts.loss = (!loss.is_empty()).then(|| money(loss));
    case.agent.role = (!role.is_empty()).then(|| role.to_owned());
    case.messages.push(Message::customer("It never came."));
    case.messages.push(Message::agent("We're so sorry about this."));
    case.messages.push(Message::customer("And now?"));
    case
}

fn first(case: &Case, today: &[Money]) -> Remedy {
    policy().remedy(case, today).unwrap().unwrap()
}

#[test]
fn our_fault_is_the_loss_and_a_little_more() {
    for (loss, amount, extra) in [
        ("100 NOK", "110.00 NOK", "10.00 NOK"),
        ("99.95 NOK", "109.95 NOK", "10.00 NOK"),
        ("0.05 EUR", "0.06 EUR", "0.01 EUR"),
        ("1005 JPY", "1106 JPY", "101 JPY"),
    ] {
        let remedy = first(&case(Fault::Ours, loss, "director"), &[]);
        assert_eq!((remedy.kind, remedy.ground), (RemedyKind::Refund, Ground::Fault));
        assert_eq!(remedy.amount.unwrap().to_string(), amount);
        assert_eq!(remedy.extra.unwrap().to_string(), extra);
        assert_eq!(remedy.approval, None);
    }
}

#[test]
fn the_extra_has_a_floor_and_a_ceiling_and_amounts_can_be_made_pleasant() {
    let policy = acme(
        "[remedies.refund]\nround_up_to = { NOK = 10 }\n\
         [remedies.refund.ours]\nextra = 10\nextra_fixed = { NOK = 5 }\nextra_least = { NOK = 30 }\n\
         extra_most = { NOK = 60 }\nmost = 150\n",
    );
    for (loss, amount) in [
        // 10 % and 5 kroner are 15, the floor is 30: 130.
        ("100 NOK", "130.00 NOK"),
        // 10 % and 5 kroner are 45: 445, and the next ten.
        ("400 NOK", "450.00 NOK"),
        // 10 % and 5 kroner are 105, the ceiling of the extra is 60: 1060.
        ("1000 NOK", "1060.00 NOK"),
        // The floor would be 50, one and a half times 20 is 30.
        ("20 NOK", "30.00 NOK"),
        // A pleasant 40 would be more than one and a half times 25.
        ("25 NOK", "37.50 NOK"),
        // No step and no floor in this currency.
        ("20 EUR", "22.00 EUR"),
    ] {
        let remedy = policy.remedy(&case(Fault::Ours, loss, "director"), &[]).unwrap().unwrap();
        assert_eq!(remedy.amount.unwrap().to_string(), amount, "{loss}");
    }
}

#[test]
fn goodwill_stays_within_authority() {
    for fault in [Fault::Theirs, Fault::Unknown] {
        for (loss, role, amount) in [
            ("100 NOK", "agent", "20.00 NOK"),
            ("900 NOK", "agent", "100.00 NOK"),
            ("900 NOK", "manager", "180.00 NOK"),
            ("900 NOK", "", "100.00 NOK"),
        ] {
            let remedy = first(&case(fault, loss, role), &[]);
            assert_eq!(remedy.ground, Ground::Goodwill);
            assert_eq!(remedy.amount.unwrap().to_string(), amount, "{loss} {role}");
            assert_eq!((remedy.approval, remedy.extra), (None, None));
        }
    }
}

#[test]
fn beyond_the_limit_somebody_else_must_agree() {
    let needed = |loss: &str, role: &str, today: &[Money]| {
        let approval = first(&case(Fault::Ours, loss, role), today).approval;
        approval.map(|ApprovalNeeded { role, amount, limit, .. }| {
            (role.map(|role| role.to_string()), amount.to_string(), limit.to_string())
        })
    };
    let of = |role: &str, amount: &str, limit: &str| {
        Some((Some(role.to_owned()), amount.to_owned(), limit.to_owned()))
    };
    assert_eq!(needed("100 NOK", "agent", &[]), None);
    assert_eq!(needed("300 NOK", "agent", &[]), of("manager", "330.00 NOK", "200.00 NOK"));
    assert_eq!(needed("3000 NOK", "agent", &[]), of("director", "3300.00 NOK", "200.00 NOK"));
    // 500 a day, of which 450 are gone; what was granted in euros counts in euros.
    let today = [money("400 NOK"), money("50 NOK"), money("49 EUR")];
    assert_eq!(needed("100 NOK", "agent", &today), of("manager", "110.00 NOK", "50.00 NOK"));
    assert_eq!(needed("10 EUR", "agent", &today), of("manager", "11.00 EUR", "1.00 EUR"));
    // A currency in which nobody named a limit.
    assert_eq!(needed("10 SEK", "agent", &[]), of("director", "11.00 SEK", "0.00 SEK"));
    // A machine may grant nothing.
    assert_eq!(needed("10 NOK", "bot", &[]), of("agent", "11.00 NOK", "0.00 NOK"));
    assert_eq!(needed("99999 NOK", "director", &[]), None);
    let small = Policy::from_toml(
        "svar = 1\nname = 'a'\nextends = ['svar:remedies']\n[authority.agent]\ncase = { NOK = 5 }\n",
    );
    let nobody = small.unwrap().remedy(&case(Fault::Ours, "100 NOK", "agent"), &[]).unwrap().unwrap();
    assert_eq!(nobody.approval.unwrap().role, None);
}

#[test]
fn without_tiers_it_is_the_host_who_knows() {
    let remedy = Policy::builtin().remedy(&case(Fault::Ours, "99999 NOK", "anybody"), &[]).unwrap().unwrap();
    assert_eq!(remedy.approval, None);
}

#[test]
fn the_kind_matches_the_loss() {
    for (kind, late, fault, expected) in [
        ("money", false, "ours", "refund credit gesture"),
        ("goods", false, "ours", "refund exchange free-item gesture"),
        ("goods", true, "theirs", "exchange free-item gesture"),
        ("goods", true, "ours", "refund exchange free-item gesture"),
        ("service", false, "ours", "re-performance credit free-item gesture"),
        ("time", false, "ours", "credit free-item gesture"),
        ("trouble", false, "unknown", "free-item gesture"),
    ] {
        let text = format!(
            r#"{{"channel": "messenger", "facts": {{"loss_kind": "{kind}", "deadline_passed": {late}, "fault": "{fault}"}}}}"#
        );
        let remedies = policy().remedies(&Case::from_json(&text).unwrap(), &[]).unwrap();
        let ids: Vec<&str> = remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        assert_eq!(ids.join(" "), expected, "{kind} {late} {fault}");
        assert!(remedies.iter().all(|remedy| remedy.amount.is_none()));
    }
    let nothing = policy().remedies(&Case::new("messenger"), &[]).unwrap();
    assert_eq!(nothing.iter().map(|remedy| remedy.id.as_str()).collect::<Vec<_>>(), ["gesture"]);
}

#[test]
fn kinds_have_names() {
    for kind in ["refund", "credit", "exchange", "re-performance", "free-item", "gesture"] {
        assert_eq!(RemedyKind::of(kind).unwrap().as_str(), kind);
    }
    assert_eq!(RemedyKind::of("hug"), None);
}

fn judged(fault: Fault, loss: &str, offer: &str, reply: &str) -> Vec<(String, Severity, String)> {
    let mut case = case(fault, loss, "agent");
    case.facts.offer = Some(money(offer));
    let report = policy().validate(&case, reply, None).unwrap();
    let of = ["complaint.extra-missing", "complaint.offer-beyond-reason", "complaint.approval-needed"];
    let found = report.findings.into_iter().filter(|finding| of.contains(&finding.rule.as_str()));
    found.map(|finding| (finding.rule.to_string(), finding.severity, finding.message)).collect()
}

#[test]
fn an_offer_in_a_reply_is_weighed() {
    let reply = "We'll refund you today.";
    let extra = judged(Fault::Ours, "100 NOK", "100 NOK", reply);
    assert_eq!(extra.len(), 1);
    assert_eq!((extra[0].0.as_str(), extra[0].1), ("complaint.extra-missing", Severity::Advice));
    assert!(extra[0].2.contains("100.00 NOK for a loss of 100.00 NOK"));
    assert!(judged(Fault::Ours, "100 NOK", "110 NOK", reply).is_empty());
    assert!(judged(Fault::Theirs, "100 NOK", "40 NOK", reply).is_empty());
    let beyond = judged(Fault::Ours, "100 NOK", "160 NOK", reply);
    assert_eq!(beyond[0].0, "complaint.offer-beyond-reason");
    let too_much = judged(Fault::Ours, "250 NOK", "300 NOK", reply);
    assert_eq!((too_much[0].0.as_str(), too_much[0].1), ("complaint.approval-needed", Severity::Error));
    assert!(too_much[0].2.contains("`manager` decides"), "{}", too_much[0].2);
    // A reply that offers nothing says nothing of the offer.
    assert!(judged(Fault::Ours, "250 NOK", "300 NOK", "We're very sorry.").is_empty());
}

/// The policy that is built in gives nobody authority, so that these cannot stand beside the rule.
#[test]
fn who_may_not_grant_it_needs_approval_in_every_language() {
    let rule = "complaint.approval-needed";
    for (language, offers, near) in [
        (
            "en",
            ["<We'll refund you> today.", "We're sorry. We <can refund your> order right away."],
            "We're very sorry. We're looking into your refund now.",
        ),
        (
            "nb",
            [
                "<Vi refunderer hele> beløpet i dag.",
                "Beklager. <Vi vil gjerne refundere beløpet> med en gang.",
            ],
            "Vi beklager, og sjekker nå hvor refusjonen din er.",
        ),
        (
            "nn",
            [
                "<Vi refunderer heile> beløpet i dag.",
                "Orsak. <Vi vil gjerne refundere beløpet> med ein gong.",
            ],
            "Vi beklagar, og sjekkar no kvar refusjonen din er.",
        ),
        (
            "da",
            [
                "<Vi refunderer hele> beløbet i dag.",
                "Undskyld. <Vi vil gerne refundere> beløbet med det samme.",
            ],
            "Vi beklager og undersøger nu, hvor din refusion er.",
        ),
        (
            "de",
            [
                "<Wir erstatten Ihnen> heute den Betrag.",
                "Entschuldigung. <Wir möchten Ihnen das Geld erstatten>, und zwar sofort.",
            ],
            "Das tut uns leid. Wir prüfen gerade, wo Ihre Erstattung bleibt.",
        ),
        (
            "pl",
            ["Dziś <zwrócimy Pani całą kwotę>.", "Przepraszamy. <Zwrócimy pieniądze> od razu."],
            "Przepraszamy. Sprawdzamy, co się dzieje ze zwrotem.",
        ),
    ] {
        let found = |loss: &str, offer: &str, reply: &str| {
            let mut case = case(Fault::Ours, loss, "agent");
            case.language = Some(language.to_owned());
            case.facts.offer = Some(money(offer));
            let report = policy().validate(&case, reply, None).unwrap();
            report.of(rule).map(|finding| finding.span.of(reply).to_owned()).collect::<Vec<_>>()
        };
        for marked in offers {
            let (_, rest) = marked.split_once('<').unwrap();
            let (offer, _) = rest.split_once('>').unwrap();
            let reply = marked.replace(['<', '>'], "");
            assert_eq!(found("250 NOK", "300 NOK", &reply), [offer], "{reply}");
            // The same words for as much as an agent may grant.
            assert!(found("180 NOK", "200 NOK", &reply).is_empty(), "{reply}");
        }
        // What is owed already is spoken of, and nothing is offered.
        assert!(found("250 NOK", "300 NOK", near).is_empty(), "{near}");
    }
}

#[test]
fn what_somebody_agreed_to_may_be_offered() {
    let mut case = case(Fault::Ours, "250 NOK", "agent");
    case.facts.offer = Some(money("300 NOK"));
    let approval = |case: &Case| policy().judge_offer(case, &[]).unwrap().unwrap().approval;
    assert!(approval(&case).is_some());
    case.facts.approved_by = Some("manager".to_owned());
    assert_eq!(approval(&case), None);
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let mut case = case(Fault::Ours, "100 NOK", "agent");
    case.facts.offer = Some(money("100 EUR"));
    let error = policy().judge_offer(&case, &[]).unwrap_err();
    assert!(matches!(error, CaseError::Money(_)));
    assert_eq!(
        error.to_string(),
        "NOK and EUR cannot be compared or added".replace("NOK and EUR", "EUR and NOK")
    );
    assert!(policy().validate(&case, "We'll refund you.", None).is_err());
    case.facts.offer = Some(money("100 NOK"));
    case.agent.role = Some("agnet".to_owned());
    let error = policy().judge_offer(&case, &[]).unwrap_err();
    assert_eq!(error.to_string(), "unknown role `agnet`, did you mean `agent`?");
}

#[test]
fn money_in_a_case_is_exact_or_refused() {
    let case = |money: &str| Case::from_json(&format!(r#"{{"channel": "x", "facts": {{"loss": {money}}}}}"#));
    let read = case(r#"{"amount": "249.5", "currency": "NOK"}"#).unwrap();
    assert_eq!(
        serde_json::to_value(read.facts.loss).unwrap(),
        serde_json::json!({"amount": "249.50", "currency": "NOK"})
    );
    for (wrong, code) in [
        (r#"{"amount": "1.005", "currency": "NOK"}"#, "amount"),
        (r#"{"amount": "-1", "currency": "NOK"}"#, "amount"),
        (r#"{"amount": "1.5", "currency": "JPY"}"#, "amount"),
        (r#"{"amount": "1e3", "currency": "NOK"}"#, "amount"),
        (r#"{"amount": 1, "currency": "KRO"}"#, "currency"),
        (r#"{"amount": 1}"#, "missing-key"),
    ] {
        assert_eq!(case(wrong).unwrap_err().first().code(), code, "{wrong}");
    }
}

#[test]
fn tiers_in_the_wrong_order_are_told() {
    let errors = |extra: &str| {
        let text = format!("svar = 1\nname = 'a'\n{extra}");
        Policy::from_toml(&text).unwrap_err().render()
    };
    for (extra, message) in [
        (
            "[authority.agent]\ncase = { NOK = 500 }\nabove = 'manager'\n[authority.manager]\ncase = { NOK = 200 }\n",
            "`agent` may grant 500.00 NOK a case, and `manager` above it only 200.00 NOK",
        ),
        (
            "[authority.agent]\ncase = { NOK = 500 }\nabove = 'manager'\n[authority.manager]\ncase = { EUR = 200 }\n",
            "`agent` may grant 500.00 NOK a case, and `manager` above it only 0.00 NOK",
        ),
        (
            "[authority.agent]\nday = { NOK = 500 }\nabove = 'manager'\n[authority.manager]\nday = { NOK = 200 }\n",
            "`agent` may grant 500.00 NOK a day, and `manager` above it only 200.00 NOK",
        ),
        (
            "[authority.agent]\ngoodwill = { NOK = 100 }\nabove = 'manager'\n[authority.manager]\ngoodwill = { NOK = 50 }\n",
            "`agent` may grant 100.00 NOK as goodwill, and `manager` above it only 50.00 NOK",
        ),
        (
            "[authority.agent]\ngoodwill_share = 50\nabove = 'manager'\n[authority.manager]\ngoodwill_share = 20\n",
            "`agent` may grant 50 hundredths of the loss as goodwill, and `manager` above it only 20",
        ),
        (
            "[authority.agent]\nabove = 'boss'\n[authority.boss]\nabove = 'agent'\n",
            "`agent` decides beyond itself",
        ),
        ("[authority.agent]\ncase = { NOK = '5,00' }\n", "`5,00` is not an amount"),
        ("[authority.agent]\ncase = { kr = 5 }\n", "`kr` is no ISO 4217 code"),
        (
            "[remedies.x]\nkind = 'refund'\nours = { cover = 100, most = 90 }\n",
            "`ours` covers 100 and is at most 90 hundredths",
        ),
        (
            "[remedies.x]\nkind = 'refund'\nours = { extra_least = { NOK = 9 }, extra_most = { NOK = 5 } }\n",
            "the extra is at least 9.00 NOK and at most 5.00 NOK",
        ),
    ] {
        let rendered = errors(extra);
        assert!(rendered.contains(message), "{extra}\n{rendered}");
    }
}

#[test]
fn of_a_currency_that_is_none_no_smallest_unit_is_told() {
    let told = |amount: &str| -> Vec<String> {
        let case =
            format!(r#"{{"channel": "x", "facts": {{"loss": {{"amount": "{amount}", "currency": "kr"}}}}}}"#);
        let errors = Case::from_json(&case).unwrap_err();
        errors.iter().map(|error| error.message().to_owned()).collect()
    };
    let no_code = "`kr` is no ISO 4217 code";
    assert_eq!(told("1.00001"), [no_code]);
    assert_eq!(told("-0.00"), [no_code]);
    assert_eq!(told("5,00"), ["`5,00` is not an amount", no_code]);
    assert_eq!(told("-0.00001"), ["`-0.00001` is less than nothing", no_code]);
}

proptest! {
    #[test]
    fn an_amount_keeps_its_laws(
        minor in 1i64..100_000_000_000,
        code in prop::sample::select(vec!["NOK", "EUR", "JPY", "KWD"]),
        cover in 50u32..=100, extra in 0u32..=60, most in 100u32..=200, step in 0i64..10_000,
    ) {
        let currency = Currency::of(code).unwrap();
        let loss = Money::new(minor, currency);
        let step = Money::new(step, currency);
        let policy = Policy::from_toml(&format!(
            "svar = 1\nname = 'a'\n[remedies.x]\nkind = 'refund'\nround_up_to = {{ {code} = '{}' }}\n\
             ours = {{ cover = {cover}, extra = {extra}, most = {most} }}\n", step.amount(),
        )).unwrap();
        let mut case = case(Fault::Ours, "", "");
        case.facts.loss = Some(loss);
        let amount = policy.remedy(&case, &[]).unwrap().unwrap().amount;
        let least = loss.percent(cover).unwrap().minor();
        let ceiling = loss.percent(most).unwrap().minor();
        prop_assert!(amount.is_none_or(|amount| amount.currency() == currency));
        let amount = amount.map_or(0, Money::minor);
        prop_assert!(least <= amount && amount <= ceiling, "{least} {amount} {ceiling}");
    }

    #[test]
    fn money_reads_what_it_writes(minor in any::<i32>(), code in prop::sample::select(vec!["NOK", "JPY", "KWD", "CLF"])) {
        let money = Money::new(i64::from(minor), Currency::of(code).unwrap());
        prop_assert_eq!(Money::parse(&money.amount(), code).unwrap(), money);
    }
}

#[test]
fn what_covers_the_loss_says_how_much_is_wise() {
    let beyond = |extra: &str, offer: &str| {
        let mut case = case(Fault::Ours, "100 EUR", "director");
        case.facts.offer = Some(money(offer));
        let verdict = acme(extra).judge_offer(&case, &[]).unwrap().unwrap();
        verdict.beyond.map(|most| most.to_string())
    };
    let most = |amount: &str| Some(format!("{amount} EUR"));
    let strict = "[remedies.refund]\nours = { cover = 100, extra = 5, most = 110 }\n";
    let alone = format!("{strict}[remedies.credit]\noff = true\n");
    assert_eq!(beyond(&alone, "145 EUR"), most("110.00"), "a small kindness covers nothing");
    assert_eq!(beyond(&alone, "110 EUR"), None);
    assert_eq!(beyond(strict, "145 EUR"), None, "credit may be more");
    assert_eq!(beyond(strict, "151 EUR"), most("150.00"));
    let none = "[remedies.refund]\noff = true\n[remedies.credit]\noff = true\n";
    assert_eq!(beyond(none, "151 EUR"), most("150.00"), "where nothing covers it, what is wise anywhere");
}
