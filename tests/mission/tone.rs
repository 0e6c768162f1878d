//! How a company sounds: rows 6, 33, 37, 46, 47, 67, 68, 69, 82 and 106.

use svar::lexicon::{AddressForm, Register};
use svar::{Message, Policy};

use super::{case, check, complaint, finds, is_fine, is_free_of, policy};

#[test]
fn row_06_explaining_is_welcome_and_defending_oneself_is_not() {
    let angry = complaint("facebook", "nb", "Dere nekter meg angrerett, det er jo svindel!");
    finds(&angry, "Vi har ikke gjort noe galt her.", "tone.defensiveness");
    let report = check(&angry, "Fristen er 14 dager fra du fikk varen, se https://www.example.com/angrerett");
    assert!(report.findings.iter().all(|finding| !finding.rule.as_str().starts_with("tone.")), "{report:#?}");

    let polish = complaint("facebook", "pl", "Odmawiacie mi zwrotu, to jakaś kpina!");
    finds(&polish, "Nie zrobiliśmy nic złego.", "tone.defensiveness");
    is_free_of(&polish, "Na zwrot jest 14 dni od odbioru paczki.", "tone.defensiveness");
}

#[test]
fn row_33_the_same_reply_under_two_policies_gets_two_verdicts() {
    let strict = Policy::from_toml(
        "svar = 1\nname = 'strict'\nextends = ['svar:care']\nlanguages = ['nb', 'pl']\n\
         [rules.'tone.slang']\nseverity = 'error'\n[rules.'strict.no-discount']\nforbid = { phrases = ['rabatt'] }\nseverity = 'error'\n",
    )
    .unwrap();
    let customer = case("facebook", "nb", "Har dere noe på salg?");
    let reply = "Ja, alle jakker har 20 prosent rabatt denne uka.";
    assert!(check(&customer, reply).passes());
    let report = strict.validate(&customer, reply, None).unwrap();
    assert!(!report.passes());
    assert_eq!(report.of("strict.no-discount").next().unwrap().evidence, "rabatt");
    assert_eq!((&*report.policy.name, policy().name()), ("strict", "svar:builtin"));

    // And nothing is hard-wired: a policy that extends nothing forbids nothing.
    let bare = "svar = 1\nname = 'bare'\n[channels.wall]\nname = 'Wall'\nkind = 'social'\nvisibility = ['public']\nregister = 'neutral'\nprivate_route = { to = 'none' }\n";
    let bare = Policy::from_toml(bare).unwrap();
    let shouted =
        bare.validate(&svar::Case::new("wall"), "RO DEG NED!!! Det er din egen feil.", None).unwrap();
    assert!(shouted.findings.is_empty());
}

#[test]
fn row_37_your_company_in_the_plural_is_no_formal_address() {
    for text in [
        "A jak to wygląda u Was? Czy Wasza firma odpisuje klientom wieczorem?",
        "Czy wiecie, ile osób pisze do Waszej firmy w weekend?",
        "W Twojej firmie też można to zrobić, wystarczy jedna osoba na dyżurze.",
    ] {
        let reading = policy().read(text, Some("pl")).unwrap();
        assert!(
            !matches!(reading.address.form, AddressForm::Formal | AddressForm::Mixed),
            "{text}: {:?}",
            reading.address
        );
        assert_ne!(reading.register.label, Register::Formal, "{text}: {:?}", reading.register);
    }
    let formal = policy().read("Czy może Pani podać, kiedy zgłosiła Pani awarię?", Some("pl")).unwrap();
    assert_eq!(formal.address.form, AddressForm::Formal);
}

#[test]
fn row_46_every_channel_has_a_tone_and_a_policy_can_give_it_another() {
    let register =
        |id: &str| policy().channels().iter().find(|channel| channel.id() == id).unwrap().register();
    assert_eq!(register("facebook"), Register::Informal);
    assert_eq!(register("instagram"), Register::Informal);
    assert_eq!(register("linkedin"), Register::Formal);

    let casual = "svar = 1\nname = 'casual'\nextends = ['svar:care']\nlanguages = ['nn']\n[channels.linkedin]\nregister = 'informal'\n";
    let casual = Policy::from_toml(casual).unwrap();
    let reply = "Hei hei! Kult at du spør, det fiksar me kjapt.";
    let case = case("linkedin", "nn", "Kan de hjelpe oss med dette?");
    finds(&case, reply, "tone.register-too-low");
    let report = casual.validate(&case, reply, None).unwrap();
    assert!(report.of("tone.register-too-low").next().is_none(), "{report:#?}");
}

#[test]
fn row_47_facebook_is_more_oral_and_linkedin_a_bit_more_formal() {
    for (language, customer, oral, formal) in [
        (
            "nb",
            "Kan dere bytte abonnementet mitt?",
            "Heisann! Null stress, det fikser vi kjapt.",
            "God dag. Vi viser til din henvendelse og vil med dette opplyse at abonnementet kan byttes. Med vennlig hilsen Fjordmobil",
        ),
        (
            "de",
            "Können Sie meinen Tarif ändern?",
            "Hey! Na klar, kriegen wir hin, mega easy.",
            "Sehr geehrte Frau Lund, vielen Dank für Ihre Anfrage. Gerne ändern wir Ihren Tarif. Mit freundlichen Grüßen",
        ),
    ] {
        finds(&case("linkedin", language, customer), oral, "tone.register-too-low");
        is_free_of(&case("facebook", language, customer), oral, "tone.register-too-low");
        is_free_of(&case("linkedin", language, customer), formal, "tone.register-too-low");
        finds(&case("facebook", language, customer), formal, "tone.register-too-high");
    }
}

#[test]
fn row_67_the_one_who_answers_never_gets_angry() {
    let customer = complaint("facebook", "nb", "Dette er tredje gangen, dere er ubrukelige!!");
    for rule in ["tone.shouting", "tone.exclamation-marks", "tone.anger"] {
        finds(&customer, "RO DEG NED!!", rule);
    }
    // What is written in capitals anyway shouts at nobody.
    is_free_of(&case("facebook", "de", "?"), "Das HDMI-USB-Kabel liegt bei.", "tone.shouting");
    is_free_of(&case("facebook", "en", "?"), "Our REST-API is open to all.", "tone.shouting");
    for (language, reply, rule) in [
        ("nb", "Nå får du gi deg!", "tone.anger"),
        ("nb", "Lykke til med det, da.", "tone.sarcasm"),
        ("de", "Jetzt reicht es uns aber!", "tone.anger"),
        ("de", "Na dann viel Glück damit.", "tone.sarcasm"),
        ("pl", "Mamy już tego dość!", "tone.anger"),
        ("da", "Nu må du styre dig!", "tone.anger"),
        ("en", "We are sick of your messages!", "tone.anger"),
    ] {
        finds(&complaint("facebook", language, "?"), reply, rule);
    }
    // An angry customer who is answered calmly.
    is_fine(
        &customer,
        "Hei! Vi beklager at dette har skjedd igjen. Vi tar det på alvor og ser på saken nå. Send oss en melding på Messenger, så hjelper vi deg videre.",
    );
}

#[test]
fn row_68_every_turn_of_a_conversation_is_polite() {
    let mut long = complaint("facebook", "nb", "Nettet er nede.");
    long.messages.push(Message::agent("Vi beklager! Vi undersøker saken."));
    long.messages.push(Message::customer("Det er fortsatt nede."));
    long.messages.push(Message::agent("Det tar litt lenger enn ventet, vi melder oss i kveld."));
    long.messages.push(Message::customer("Nå er det kveld."));
    long.messages.push(Message::agent("Feilen er funnet, det tar en time til."));
    long.messages.push(Message::customer("Så når kommer det tilbake?"));
    finds(&long, "Som vi allerede har sagt, tar det en time.", "tone.defensiveness");
    finds(&long, "Det er din egen feil.", "tone.blame");
    // What belongs to the first answer is not asked for again.
    is_fine(&long, "Klokka 20 er det oppe igjen. Takk for tålmodigheten!");
}

#[test]
fn row_69_the_customer_is_not_blamed_even_where_the_fault_is_theirs() {
    for (language, blame, kind) in [
        ("nb", "Du burde ha lest vilkårene.", "Angrefristen er 14 dager. Vi ser hva vi kan gjøre for deg."),
        ("nn", "Du burde ha lese vilkåra.", "Angrefristen er 14 dagar. Me ser kva me kan gjere for deg."),
        (
            "de",
            "Sie hätten die Bedingungen lesen sollen.",
            "Die Frist beträgt 14 Tage. Wir schauen, was wir tun können.",
        ),
        ("pl", "Trzeba było przeczytać regulamin.", "Termin to 14 dni. Sprawdzimy, co da się zrobić."),
        ("da", "Du burde have læst betingelserne.", "Fristen er 14 dage. Vi ser, hvad vi kan gøre for dig."),
        ("en", "You should have read the terms.", "The limit is 14 days. Let us see what we can do for you."),
    ] {
        let mut case = complaint("facebook", language, "?");
        case.facts.fault = svar::case::Fault::Theirs;
        finds(&case, blame, "tone.blame");
        assert!(!check(&case, blame).passes(), "{blame}");
        is_free_of(&case, kind, "tone.blame");
    }
}

#[test]
fn row_82_nobody_is_brushed_aside() {
    for (language, reply) in [
        ("da", "Det er jo kun én kundes mening."),
        ("nb", "Det er bare din mening."),
        ("en", "That's just one customer's opinion."),
        ("de", "Das ist nicht unser Problem."),
        ("pl", "To nie nasz problem."),
    ] {
        finds(&complaint("facebook", language, "?"), reply, "tone.indifference");
    }
}

#[test]
fn row_106_sie_is_formal_address() {
    for text in ["Was können wir für Sie tun?", "Melden Sie sich"] {
        let reading = policy().read(text, Some("de")).unwrap();
        assert_eq!(reading.address.form, AddressForm::Formal, "{text}: {:?}", reading.address);
    }
    let they = policy().read("Unsere Technikerin ist unterwegs. Sie kommt um 12 Uhr.", Some("de")).unwrap();
    assert_eq!(they.address.form, AddressForm::None, "{:?}", they.address);
    let informal = policy().read("Was können wir für dich tun? Melde dich gern.", Some("de")).unwrap();
    assert_eq!(informal.address.form, AddressForm::Informal, "{:?}", informal.address);
}
