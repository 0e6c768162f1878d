//! Complaints: rows 2, 19, 59, 60, 61, 72, 87, 88, 89, 93 and 94.

use svar::Message;
use svar::case::{Fault, Visibility};
use svar::source::Severity;

use super::{case, check, complaint, finds, intent, is_fine, is_free_of, policy};

#[test]
fn row_02_a_complaint_is_one_whoever_is_right() {
    for (language, text) in [
        ("nb", "Elendig service! Har ventet i tre uker og får ikke svar fra noen."),
        ("pl", "Fatalna obsługa, czekam trzeci tydzień i nikt nie odpisuje!"),
        ("nn", "Elendig service! Eg har venta i tre veker og får ikkje svar."),
        ("da", "Elendig service! Jeg har ventet i tre uger uden svar."),
        ("de", "Unverschämt, seit drei Wochen warte ich und niemand antwortet!"),
        ("en", "Terrible service! Waiting three weeks and still no answer."),
    ] {
        for fault in [Fault::Unknown, Fault::Ours, Fault::Theirs] {
            let mut case = case("facebook", language, text);
            case.facts.fault = fault;
            assert_eq!(intent(&case), "complaint", "{text}");
            let report = check(&case, "OK.");
            assert!(report.of("complaint.apology-missing").next().is_some(), "{text}");
        }
    }
}

#[test]
fn row_19_a_complaint_under_an_advertisement_is_a_complaint() {
    for (language, text) in [
        ("nb", "Fin reklame, men kundeservice svarer jo aldri! Skuffende."),
        ("pl", "Ładna reklama, szkoda tylko, że internet od tygodnia nie działa."),
        ("de", "Schöne Werbung, aber mein Paket ist nach vier Wochen immer noch nicht da."),
    ] {
        let mut comment = case("facebook", language, text);
        comment.facts.tags.push("advertisement".to_owned());
        assert_eq!(intent(&comment), "complaint", "{text}");
        assert!(check(&comment, "😊").of("emoji.in-complaint").next().is_some());
    }
}

#[test]
fn row_59_the_apology_comes_first() {
    for (language, late, early, none) in [
        (
            "nb",
            "Send oss en DM med mer informasjon. Beklager.",
            "Hei Kari! Vi beklager dette. Send oss en DM med mer informasjon.",
            "Send oss en DM med mer informasjon.",
        ),
        (
            "nn",
            "Send oss ei melding på Messenger. Beklagar!",
            "Hei! Me beklagar dette. Send oss ei melding på Messenger.",
            "Send oss ei melding på Messenger.",
        ),
        (
            "pl",
            "Prosimy o wiadomość prywatną. Przepraszamy.",
            "Dzień dobry! Przepraszamy za tę sytuację. Prosimy o wiadomość prywatną.",
            "Prosimy o wiadomość prywatną.",
        ),
        (
            "de",
            "Bitte schreiben Sie uns eine PN. Wir bitten um Entschuldigung.",
            "Guten Tag! Wir bitten um Entschuldigung. Bitte schreiben Sie uns eine PN.",
            "Bitte schreiben Sie uns eine PN.",
        ),
        (
            "da",
            "Send os en privat besked. Vi beklager.",
            "Hej! Vi beklager meget. Send os en privat besked.",
            "Send os en privat besked.",
        ),
        (
            "en",
            "Please DM us. Sorry about that.",
            "Hi! We're sorry about that. Please DM us.",
            "Please DM us.",
        ),
    ] {
        let case = complaint("facebook", language, "?");
        finds(&case, late, "complaint.apology-first");
        is_free_of(&case, late, "complaint.apology-missing");
        is_free_of(&case, early, "complaint.apology-first");
        is_free_of(&case, early, "complaint.apology-missing");
        finds(&case, none, "complaint.apology-missing");
    }
}

#[test]
fn row_59_regret_for_a_feeling_or_with_a_but_is_no_apology() {
    let case = complaint("facebook", "nb", "?");
    finds(&case, "Vi beklager at du føler det sånn.", "complaint.non-apology");
    finds(&case, "Vi beklager at du føler det sånn.", "complaint.apology-missing");
    finds(&case, "Vi beklager, men slik er reglene.", "complaint.apology-taken-back");
    finds(&case, "Vi beklager, men slik er reglene.", "complaint.apology-missing");
    // A “but” may have several words.
    for (language, reply) in [
        ("nb", "Vi beklager forsinkelsen, når det er sagt så sto det i vilkårene."),
        ("da", "Vi beklager forsinkelsen, dog er det jo jul."),
        ("de", "Wir bitten um Entschuldigung, wobei so etwas im Winter normal ist."),
        ("pl", "Przepraszamy za opóźnienie, tyle że nie przesłała nam Pani zdjęć."),
        ("en", "We're sorry for the delay, that said, winter is winter."),
    ] {
        finds(&complaint("facebook", language, "?"), reply, "complaint.apology-taken-back");
    }
    // Acknowledging the fault is worth as much as the word.
    is_free_of(&case, "Dette var vår feil. Send oss en DM, så ordner vi det.", "complaint.apology-missing");
}

#[test]
fn row_59_a_but_takes_back_what_stands_in_the_sentence_before_it() {
    for (language, excuse, help) in [
        ("nb", "Beklager! Men sånn er det i desember.", "Beklager! Men vi ser på saken nå."),
        ("nn", "Orsak! Men slik er det i desember.", "Orsak! Men vi ser på saka no."),
        ("da", "Undskyld! Men det er jo jul.", "Undskyld! Men vi kigger på det nu."),
        (
            "de",
            "Entschuldigung! Aber so sind die Regeln.",
            "Tut uns leid. Aber wir kümmern uns sofort darum.",
        ),
        ("pl", "Przepraszamy! Ale takie są zasady.", "Przepraszamy. Ale już to sprawdzamy."),
        ("en", "Sorry!! But that's how it works.", "Sorry about that! But we're looking into it right now."),
    ] {
        let case = complaint("facebook", language, "?");
        finds(&case, excuse, "complaint.apology-taken-back");
        finds(&case, excuse, "complaint.apology-missing");
        is_free_of(&case, help, "complaint.apology-taken-back");
        is_free_of(&case, help, "complaint.apology-missing");
    }
    // Two sentences on, it is about something else.
    let case = complaint("facebook", "en", "?");
    is_free_of(&case, "Sorry! The van broke down. But that happens.", "complaint.apology-taken-back");
}

#[test]
fn row_59_a_missing_apology_is_proposed_where_it_belongs() {
    let case = complaint("facebook", "nb", "Nettet er nede igjen!");
    let reply = "Hei Kari! Send oss en DM, så ser vi på saken.";
    let report = check(&case, reply);
    let fix = report.of("complaint.apology-missing").next().unwrap().fix.clone().unwrap();
    let fixed = fix.apply(reply);
    assert!(fixed.starts_with("Hei Kari!"), "{fixed}");
    is_free_of(&case, &fixed, "complaint.apology-missing");
    is_free_of(&case, &fixed, "complaint.apology-first");
}

#[test]
fn row_60_and_the_company_takes_it_seriously() {
    for (language, bare, serious) in [
        ("nb", "Vi beklager dette.", "Vi beklager dette. Vi tar saken på alvor."),
        ("nn", "Me beklagar dette.", "Me beklagar dette. Me tek saka på alvor."),
        ("pl", "Bardzo przepraszamy.", "Bardzo przepraszamy. Traktujemy tę sprawę poważnie."),
        ("de", "Wir bitten um Entschuldigung.", "Wir bitten um Entschuldigung. Wir nehmen das sehr ernst."),
        ("da", "Vi beklager meget.", "Vi beklager meget. Vi tager det alvorligt."),
        ("en", "We are very sorry.", "We are very sorry. We take this seriously."),
    ] {
        let case = complaint("facebook", language, "?");
        finds(&case, bare, "complaint.reassurance-missing");
        is_free_of(&case, serious, "complaint.reassurance-missing");
    }
}

#[test]
fn row_61_from_open_to_closed_channels() {
    for (language, open, closed) in [
        (
            "nb",
            "Vi beklager. Vi ser på saken.",
            "Vi beklager. Send oss en privat melding, så ser vi på saken.",
        ),
        ("pl", "Przepraszamy. Sprawdzamy to.", "Przepraszamy. Prosimy o wiadomość prywatną, sprawdzimy to."),
        (
            "de",
            "Das tut uns leid. Wir prüfen das.",
            "Das tut uns leid. Schicken Sie uns bitte eine Direktnachricht.",
        ),
        (
            "da",
            "Vi beklager. Vi ser på sagen.",
            "Vi beklager. Skriv til os i en privat besked, så ser vi på sagen.",
        ),
        ("nn", "Me beklagar. Me ser på saka.", "Me beklagar. Send oss ei privat melding, så ser me på saka."),
        (
            "en",
            "We're sorry. We are looking into it.",
            "We're sorry. Send us a private message and we'll look into it.",
        ),
    ] {
        let mut case = complaint("facebook", language, "?");
        finds(&case, open, "complaint.private-invitation-missing");
        is_free_of(&case, closed, "complaint.private-invitation-missing");
        case.channel = "messenger".to_owned();
        is_free_of(&case, open, "complaint.private-invitation-missing");
        case.channel = "facebook".to_owned();
        case.visibility = Some(Visibility::Private);
        is_free_of(&case, open, "complaint.private-invitation-missing");
    }
}

#[test]
fn row_72_an_unhappy_customer_is_not_asked_for_stars() {
    for (language, reply) in [
        ("nb", "Vi beklager! Gi oss gjerne 5 stjerner når det er ordnet."),
        ("en", "We're sorry! Please leave us a 5 star review once it is fixed."),
        ("de", "Das tut uns leid! Bitte bewerten Sie uns mit 5 Sternen."),
        ("pl", "Przepraszamy! Prosimy o wystawienie nam 5 gwiazdek."),
        ("da", "Vi beklager! Giv os gerne 5 stjerner på Trustpilot."),
    ] {
        let case = complaint("facebook", language, "?");
        finds(&case, reply, "complaint.rating-request");
        assert!(!check(&case, reply).passes());
    }
}

#[test]
fn row_87_first_react_and_then_work_out_what_to_do() {
    for (language, reply) in [
        (
            "da",
            "Hej Mette! Vi beklager meget det, der er sket. Vi undersøger sagen nu. Skriv til os i en privat besked.",
        ),
        (
            "nb",
            "Hei Kari! Vi beklager det som har skjedd. Vi undersøker saken nå. Send oss gjerne en privat melding.",
        ),
        (
            "pl",
            "Dzień dobry! Bardzo przepraszamy za tę sytuację. Wyjaśniamy sprawę. Prosimy o wiadomość prywatną.",
        ),
    ] {
        is_fine(&complaint("facebook", language, "?"), reply);
    }
}

#[test]
fn row_88_people_are_told_that_they_are_heard() {
    let mut case = complaint("facebook", "da", "Jeg venter stadig på svar!");
    let same = "Vi beklager, og vi kigger på din sag så hurtigt som muligt.";
    is_free_of(
        &case,
        "Tak for din besked. Vi har set den, og vi undersøger sagen.",
        "complaint.reassurance-missing",
    );
    case.messages.push(Message::agent(same));
    case.messages.push(Message::customer("Det sagde I også i går."));
    finds(&case, same, "reply.repeats-earlier");
    is_free_of(
        &case,
        "Det forstår jeg godt. Jeg har lige talt med teknikeren, som kommer kl. 14.",
        "reply.repeats-earlier",
    );
}

#[test]
fn row_89_faults_are_admitted() {
    for (language, bare, admitted) in [
        ("da", "Vi beklager ulejligheden.", "Vi beklager ulejligheden. Det er vores fejl."),
        ("nb", "Vi beklager ulempen.", "Vi beklager ulempen. Det var vår feil."),
        ("de", "Wir bitten um Entschuldigung.", "Wir bitten um Entschuldigung. Das war unser Fehler."),
        ("pl", "Przepraszamy za niedogodności.", "Przepraszamy za niedogodności. To nasz błąd."),
        ("nn", "Me beklagar bryet.", "Me beklagar bryet. Det var vår feil."),
        ("en", "Sorry for the inconvenience.", "Sorry for the inconvenience. This was our mistake."),
    ] {
        let mut case = complaint("facebook", language, "?");
        is_free_of(&case, bare, "complaint.responsibility-missing");
        case.facts.fault = Fault::Ours;
        finds(&case, bare, "complaint.responsibility-missing");
        is_free_of(&case, admitted, "complaint.responsibility-missing");
        // Saying so admits no liability.
        is_free_of(&case, admitted, "law.liability-admission");
    }
}

#[test]
fn row_93_whoever_pointed_out_a_fault_is_thanked() {
    let mut case = complaint("facebook", "da", "Nu virker det igen.");
    case.messages.insert(0, Message::agent("Vi beklager. Vi ser på det."));
    case.facts.fixed = true;
    let report = check(&case, "Så er fejlen rettet.");
    let finding = report.of("complaint.thanks-missing").next().unwrap();
    assert_eq!(finding.severity, Severity::Advice);
    is_free_of(
        &case,
        "Så er fejlen rettet. Tak fordi du gjorde os opmærksomme på den!",
        "complaint.thanks-missing",
    );
    case.facts.fixed = false;
    is_free_of(&case, "Vi arbejder stadig på det.", "complaint.thanks-missing");
}

#[test]
fn row_94_thanks_for_the_help_are_thanks() {
    for (language, text) in [
        ("da", "tak for hjælpen"),
        ("nb", "Takk for hjelpen!"),
        ("nn", "Takk for hjelpa!"),
        ("de", "Danke für die Hilfe!"),
        ("pl", "Dziękujemy za pomoc!"),
        ("en", "Thanks for your help!"),
    ] {
        let reading = policy().read(text, Some(language)).unwrap();
        assert!(reading.hears("thanks"), "{text}: {:?}", reading.acts);
    }
}
