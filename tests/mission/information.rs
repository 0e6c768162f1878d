//! Questions and bookings: rows 21, 51, 52, 53, 54 and 55.

use svar::Policy;

use super::{case, check, finds, intent, is_fine, is_free_of, with_intent};

#[test]
fn row_21_an_answer_carries_the_answer_or_a_dated_next_step() {
    let price = case("facebook", "pl", "Ile kosztuje abonament na 12 miesięcy?");
    assert_eq!(intent(&price), "question");
    finds(&price, "Dziękujemy za wiadomość!", "information.no-answer");
    finds(&price, "Dzień dobry! Dziękujemy za kontakt. Pozdrawiamy!", "information.no-answer");
    is_free_of(&price, "Abonament kosztuje 49 zł miesięcznie.", "information.no-answer");
    is_free_of(&price, "Sprawdzimy cenę i odpiszemy jutro do 12:00.", "information.no-answer");
    // A next step without a date is one nobody can rely on.
    finds(&price, "Wkrótce odpowiemy.", "promise.deadline-undated");
    is_free_of(&price, "Odpowiemy jutro do godziny 12.", "promise.deadline-undated");

    let english = case("x", "en", "How much is the 12 month plan?");
    assert_eq!(intent(&english), "question");
    finds(&english, "Hi! Thank you for your message.", "information.no-answer");
    // However many words it takes to say nothing.
    let asked = |language| with_intent(case("facebook", language, "?"), "question");
    for (language, reply) in [
        ("nb", "Tusen takk for spørsmålet ditt, det setter vi stor pris på."),
        ("de", "Hallo Sina, vielen Dank für deine Frage und dein Interesse!"),
        ("pl", "Dzień dobry, dziękujemy za kontakt, pozdrawiamy i życzymy udanego odpoczynku!"),
        ("en", "Hi Tim, thank you so much for getting in touch with us today."),
    ] {
        finds(&asked(language), reply, "information.no-answer");
    }
    for (language, reply) in [
        ("en", "Thanks for asking, yes, there is parking behind the house for all our guests."),
        ("nb", "Takk for spørsmålet, vi har åpent til klokka åtte i kveld og i morgen."),
        ("de", "Danke für die Frage, die blaue gibt es nur noch in klein."),
    ] {
        is_free_of(&asked(language), reply, "information.no-answer");
    }
    is_free_of(&english, "Hi! It is £20 a month.", "information.no-answer");
}

#[test]
fn row_51_practical_questions_need_no_apology() {
    let hours = case("facebook", "nn", "Når opnar de i morgon?");
    assert_eq!(intent(&hours), "question");
    finds(&hours, "Me beklagar ventetida. Me opnar klokka 10.", "information.needless-apology");
    is_free_of(&hours, "Me opnar klokka 10.", "information.needless-apology");
    for rule in
        ["complaint.apology-missing", "complaint.reassurance-missing", "complaint.private-invitation-missing"]
    {
        is_free_of(&hours, "Me opnar klokka 10.", rule);
    }
    // Who has to say no may be sorry about it.
    is_free_of(
        &hours,
        "Me beklagar, men me har dessverre ikkje ope i morgon.",
        "information.needless-apology",
    );

    let german = case("facebook", "de", "Wann habt ihr morgen geöffnet?");
    assert_eq!(intent(&german), "question");
    finds(&german, "Wir bitten um Entschuldigung. Wir öffnen um 10 Uhr.", "information.needless-apology");
}

#[test]
fn row_52_a_pleasant_answer_fast_and_clear() {
    is_fine(
        &case("facebook", "nn", "Har de dei blå skoa i storleik 38?"),
        "Hei! Ja, me har tre par igjen i butikken i Bergen.",
    );
    is_fine(
        &case("linkedin", "da", "Hvad koster et kursus?"),
        "Goddag, tak for din henvendelse. Kurset koster 2.400 kr. Venlig hilsen Fjordmobil",
    );
    finds(
        &case("linkedin", "da", "Hvad koster et kursus?"),
        "Kurset koster 2.400 kr.",
        "reply.greeting-missing",
    );
    // How short clear is, is for a policy to say.
    let short = Policy::from_toml(
        "svar = 1\nname = 'short'\nextends = ['svar:care']\nlanguages = ['nb']\n\
         [rules.'acme.short']\nwhen = { intent = 'question' }\nlimit = { of = 'sentences', max = 3 }\n",
    )
    .unwrap();
    let question = case("facebook", "nb", "Når åpner dere?");
    let long = "Hei! Takk for at du spør. Det kommer an på dagen. Mandag er det klokka 10. Ellers klokka 9.";
    assert_eq!(short.validate(&question, long, None).unwrap().of("acme.short").count(), 1);
    assert_eq!(short.validate(&question, "Hei! Klokka 10.", None).unwrap().of("acme.short").count(), 0);
}

#[test]
fn row_53_a_link_where_it_can_be_clicked() {
    let reply = "Hei! Alle prisar står på https://www.example.com/prisar";
    finds(&case("instagram", "nn", "Kva kostar det?"), reply, "reply.link-not-clickable");
    is_free_of(&case("facebook", "nn", "Kva kostar det?"), reply, "reply.link-not-clickable");
    assert!(check(&case("facebook", "nn", "Kva kostar det?"), reply).passes());
}

#[test]
fn row_54_who_wants_to_book_is_one_step_from_it() {
    let booking = case("facebook", "nn", "Har de ledig bord til fire på fredag kveld?");
    assert_eq!(intent(&booking), "booking");
    finds(&booking, "Ja, det har me.", "information.no-next-step");
    for reply in [
        "Her er lenkje til bookingsida om du vil bestille.",
        "Ja, det har me. Her er lenkje til bookingsida om du vil bestille: https://booking.example.com/bord",
    ] {
        is_free_of(&booking, reply, "information.no-next-step");
        is_free_of(&booking, reply, "information.no-answer");
    }
    let polish = case("facebook", "pl", "Chciałbym zarezerwować stolik na piątek.");
    assert_eq!(intent(&polish), "booking");
    finds(&polish, "Tak, mamy wolne miejsca.", "information.no-next-step");
    is_free_of(&polish, "Mamy wolne miejsca: https://www.example.com/rezerwacja", "information.no-next-step");
}

#[test]
fn row_55_or_the_company_books_for_them() {
    for (language, customer, reply) in [
        ("nn", "Eg vil gjerne bestille bord til to.", "Så fint! Skal eg registrere bestillinga for deg?"),
        ("nb", "Jeg vil gjerne bestille time.", "Så fint! Skal jeg legge inn bestillingen for deg?"),
        ("en", "I'd like to book a table for two.", "Lovely! Shall I make the booking for you?"),
    ] {
        let booking = with_intent(case("facebook", language, customer), "booking");
        is_free_of(&booking, reply, "information.no-next-step");
        is_free_of(&booking, reply, "information.no-answer");
    }
}
