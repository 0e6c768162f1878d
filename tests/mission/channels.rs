//! Which channel: rows 62 and 104.

use svar::case::Visibility;

use super::{case, complaint, finds, is_free_of, policy};

#[test]
fn row_62_where_there_are_no_private_messages_another_way_is_named() {
    let route = |id: &str| {
        let channel = policy().channels().iter().find(|channel| channel.id() == id).unwrap();
        channel.private_route().map(|route| route.to.to_string())
    };
    assert_eq!(route("facebook").as_deref(), Some("messenger"));
    for none in ["youtube", "google-business", "google-play", "app-store"] {
        assert_eq!(route(none), None, "{none}");
    }
    for (language, without, with) in [
        ("nb", "Vi beklager. Vi ser på saken.", "Vi beklager. Ring oss på 21 00 00 00, så ordner vi det."),
        (
            "en",
            "We're sorry. We're on it.",
            "We're sorry. Write to help@fjord.example and we will sort it out.",
        ),
        ("pl", "Przepraszamy. Zajmiemy się tym.", "Przepraszamy. Prosimy o e-mail na pomoc@fjord.example."),
    ] {
        let case = complaint("youtube", language, "?");
        finds(&case, without, "complaint.other-contact-missing");
        is_free_of(&case, without, "complaint.private-invitation-missing");
        is_free_of(&case, with, "complaint.other-contact-missing");
    }
    // Asking to get in touch is no way; a form, a page or a place that is named is one.
    for (language, vague, named) in [
        (
            "nb",
            "Vi beklager. Ta kontakt med kundeservice.",
            "Vi beklager. Bruk kontaktskjemaet på nettsidene våre.",
        ),
        ("nn", "Vi beklagar. Ring oss gjerne.", "Vi beklagar. Kom gjerne innom butikken, så byter vi ho."),
        ("da", "Vi beklager. Kontakt vores kundeservice.", "Vi beklager. Ring til os på 70 20 30 40."),
        (
            "de",
            "Das tut uns leid. Bitte wenden Sie sich an unseren Kundenservice.",
            "Das tut uns leid. Schreiben Sie uns über das Kontaktformular auf unserer Website.",
        ),
        (
            "pl",
            "Przepraszamy. Prosimy o kontakt z infolinią.",
            "Przepraszamy. Prosimy o kontakt pod numerem 22 123 45 67.",
        ),
        (
            "en",
            "We're sorry. Please get in touch with us.",
            "We're sorry. Message us under Settings > Help in the app.",
        ),
    ] {
        let case = complaint("trustpilot", language, "?");
        finds(&case, vague, "complaint.other-contact-missing");
        is_free_of(&case, named, "complaint.other-contact-missing");
        // What one rule asks for, no other speaks against.
        is_free_of(&case, named, "privacy.contact-data");
    }
    // Where there are private messages, they are the way.
    let facebook = complaint("facebook", "nb", "?");
    is_free_of(&facebook, "Vi beklager. Vi ser på saken.", "complaint.other-contact-missing");
}

#[test]
fn row_104_nobody_is_sent_away_from_the_channel_they_came_by() {
    for (language, customer, away, here) in [
        (
            "de",
            "Meine Rechnung stimmt nicht.",
            "Bitte rufen Sie unsere Hotline an.",
            "Schicken Sie uns bitte eine Direktnachricht, dann prüfen wir die Rechnung.",
        ),
        (
            "nb",
            "Regningen min er feil.",
            "Ring kundeservice på telefon, så hjelper de deg.",
            "Send oss en DM, så ser vi på regningen.",
        ),
        (
            "en",
            "My bill is wrong.",
            "Please call our hotline.",
            "Please send us a DM and we'll check the bill.",
        ),
        (
            "pl",
            "Mam błąd na rachunku.",
            "Prosimy zadzwonić na infolinię.",
            "Prosimy o wiadomość prywatną, sprawdzimy rachunek.",
        ),
    ] {
        let mut first = case("facebook", language, customer);
        finds(&first, away, "complaint.channel-bounce");
        is_free_of(&first, here, "complaint.channel-bounce");
        // Both ways at once leave the choice to the customer.
        is_free_of(&first, &format!("{here} {away}"), "complaint.channel-bounce");
        first.visibility = Some(Visibility::Private);
        is_free_of(&first, away, "complaint.channel-bounce");
    }
}
