//! What belongs to the company, and when it may write.

use chrono::{DateTime, FixedOffset, TimeDelta};
use svar::case::Event;
use svar::channel::{WindowSender, WindowStart};
use svar::{Case, Message, Policy};

use super::{at, builtin, care};

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

/// The policy that is built in names no hosts, so that these cannot stand beside the rule.
#[test]
fn links_to_foreign_hosts_are_found_in_sentences_of_every_language() {
    let head = "svar = 1\nname = 'ours'\nextends = ['svar:care']\nlanguages = ['en', 'nb', 'nn', 'da', 'de', 'pl']\n";
    let policy = Policy::from_toml(&format!("{head}[links]\nhosts = ['fjordmobil.no']\n")).unwrap();
    for (language, good, bad) in [
        (
            "en",
            [
                "You'll find the opening hours at https://fjordmobil.no/shops.",
                "Book a time at help.fjordmobil.no, any day you like.",
            ],
            [
                "Your parcel is here: <https://fjordmobil-no.com/track>.",
                "See <www.fjordmobil.no.example.com> for the opening hours.",
            ],
        ),
        (
            "nb",
            [
                "Åpningstidene finner du på https://fjordmobil.no/butikker.",
                "Bestill time på hjelp.fjordmobil.no når det passer deg.",
            ],
            [
                "Pakken din ligger her: <https://fjordmobil-no.com/spor>.",
                "Se <www.fjordmobil.no.example.com> for åpningstider.",
            ],
        ),
        (
            "nn",
            [
                "Opningstidene finn du på https://fjordmobil.no/butikkar.",
                "Bestill time på hjelp.fjordmobil.no når det passar deg.",
            ],
            [
                "Pakka di ligg her: <https://fjordmobil-no.com/spor>.",
                "Sjå <www.fjordmobil.no.example.com> for opningstider.",
            ],
        ),
        (
            "da",
            [
                "Åbningstiderne finder du på https://fjordmobil.no/butikker.",
                "Bestil en tid på hjaelp.fjordmobil.no, når det passer dig.",
            ],
            [
                "Din pakke ligger her: <https://fjordmobil-no.com/spor>.",
                "Se <www.fjordmobil.no.example.com> for åbningstider.",
            ],
        ),
        (
            "de",
            [
                "Die Öffnungszeiten stehen auf https://fjordmobil.no/laeden.",
                "Einen Termin bekommen Sie jederzeit auf hilfe.fjordmobil.no.",
            ],
            [
                "Ihr Paket liegt hier: <https://fjordmobil-no.com/paket>.",
                "Die Öffnungszeiten stehen auf <www.fjordmobil.no.example.com>.",
            ],
        ),
        (
            "pl",
            [
                "Godziny otwarcia są na https://fjordmobil.no/sklepy.",
                "Wizytę można umówić na pomoc.fjordmobil.no w dowolnym dniu.",
            ],
            [
                "Pani paczka jest tutaj: <https://fjordmobil-no.com/paczka>.",
                "Godziny otwarcia są na <www.fjordmobil.no.example.com>.",
            ],
        ),
    ] {
        let mut case = Case::new("facebook");
        case.language = Some(language.to_owned());
        let found = |reply: &str| {
            let report = policy.validate(&case, reply, None).unwrap();
            let spans = report.of("reply.link-host").map(|finding| finding.span.of(reply).to_owned());
            spans.collect::<Vec<_>>()
        };
        for reply in good {
            assert!(found(reply).is_empty(), "{reply}");
        }
        for marked in bad {
            let (_, rest) = marked.split_once('<').unwrap();
            let (link, _) = rest.split_once('>').unwrap();
            assert_eq!(found(&marked.replace(['<', '>'], "")), [link], "{marked}");
        }
    }
}

#[test]
fn the_own_name_is_not_counted_as_a_link() {
    let policy =
        care("[brand]\nname = 'Booking.com'\n[rules.'acme.links']\nlimit = { of = 'links', max = 1 }\n");
    let beyond = |reply: &str| {
        let report = policy.validate(&Case::new("facebook"), reply, None).unwrap();
        report.of("acme.links").map(|finding| finding.span.start).collect::<Vec<_>>()
    };
    let one = "Hi, this is Booking.com. Read https://help.example/a";
    assert!(beyond(one).is_empty());
    let two = format!("{one} and https://help.example/b");
    assert_eq!(beyond(&two), [two.rfind("https").unwrap()]);
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

/// An address is compared as it is written: what only ends like one of the company's, or is spelt nearly so, is
/// another's.
#[test]
fn addresses_that_look_like_the_companys_are_somebody_elses() {
    let policy = care(
        "[brand]\ncontact = { email = 'info@fjord.no', phone = '21000000', more = ['Help@Fjord-Care.no', '+47 800 40 500'] }\n",
    );
    let check = |reply: &str| {
        let report = policy.validate(&Case::new("facebook"), reply, None).unwrap();
        report.of("privacy.contact-data").map(|finding| finding.evidence.clone()).collect::<Vec<_>>()
    };
    for own in [
        "info@fjord.no",
        "Info@Fjord.NO",
        "help@fjord-care.no",
        "21 00 00 00",
        "+47 21 00 00 00",
        "0047 21000000",
        "80040500",
    ] {
        assert!(check(&format!("Reach us: {own} today")).is_empty(), "{own}");
    }
    for other in [
        "jens@info-fjord.no",
        "jens.info@fjord.no",
        "in.fo@fjord.no",
        "info@fjo-rd.no",
        "fo@fjord.no",
        "help@fjordcare.no",
        "+47 91 23 45 67",
    ] {
        assert_eq!(check(&format!("Reach us: {other} today")), [other]);
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

#[test]
fn a_window_is_as_open_as_the_clock_says() {
    let noon = at("2026-11-20T12:00:00Z");
    let hours = |hours: i64| noon - TimeDelta::hours(hours);
    let mut case = Case::new("messenger");
    case.agent.role = Some("bot".to_owned());
    case.messages.push(Message::customer("Hei?").at(hours(34)));
    let closed = |case: &Case| {
        let closed = builtin().validate(case, "Hei!", noon).unwrap().of("window.closed").count() == 1;
        let mut windows = builtin().clocks(case, noon).unwrap().windows;
        windows.retain(|window| window.sender != WindowSender::Human);
        assert_eq!(closed, !windows.iter().any(|window| window.open), "{windows:?}");
        closed
    };
    assert!(closed(&case));
    // Of several messages the latest counts, wherever it stands.
    let newest = Message::customer("Hallo?").at(hours(2));
    case.messages.insert(0, newest);
    assert!(!closed(&case));
    case.messages.remove(0);
    // Who came by an advert can be written to for a week, whatever they wrote.
    case.events.push(Event::new("advert-click", hours(34)));
    assert!(!closed(&case));
    case.events[0].at = hours(24 * 7);
    assert!(closed(&case));
    case.events[0].at = noon + TimeDelta::hours(1);
    assert!(closed(&case), "what is still to come opens nothing");
}

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
