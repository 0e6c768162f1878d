//! Good replies as people write them, typing fast, on the channels they are on: nothing to complain about, or what is
//! told is named here with its reason.

use svar::source::Severity;
use svar::{Case, Message};

use super::builtin;

struct Everyday {
    language: &'static str,
    channel: &'static str,
    intent: &'static str,
    customer: &'static str,
    reply: &'static str,
    /// What is more than advice, and right.
    warnings: &'static [&'static str],
}

const REPLIES: &[Everyday] = &[
    Everyday {
        language: "nb",
        channel: "facebook",
        intent: "complaint",
        customer: "Nettet har vært nede siden i går, helt håpløst!!",
        reply: "@Tor Hei Tor! Beklager dette, vi har en feil på linja i området ditt og jobber med den nå. Send oss gjerne en PM så holder vi deg oppdatert. Mvh Ida",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "x",
        intent: "question",
        customer: "Har dere åpent 1. mai?",
        reply: "Nei, da holder vi stengt. Åpner igjen 2. mai kl 10 😊",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "instagram",
        intent: "praise",
        customer: "Verdens beste boller 😍😍",
        reply: "Åååå så hyggelig å høre!! Tusen takk ❤️",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "google-business",
        intent: "complaint",
        customer: "Ventet 40 minutter på maten og den var kald.",
        reply: "Hei Anne, det var virkelig ikke bra, og vi beklager. Ring oss gjerne på 55 12 34 56 eller send en epost til post@bryggakafe.no, så finner vi ut av det. Hilsen Jonas, daglig leder",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "messenger",
        intent: "complaint",
        customer: "hvor blir det av pakka mi",
        reply: "Hei! Så leit at den ikke har kommet ennå. Jeg har sjekket med Posten, og den er på terminalen i Bergen. Du får den på døra i morgen mellom 16 og 20. Gi meg beskjed om den ikke dukker opp, så ordner vi det",
        // Sorry for the customer, and no word of apology.
        warnings: &["complaint.apology-missing"],
    },
    Everyday {
        language: "nn",
        channel: "facebook",
        intent: "question",
        customer: "Når kjem dei nye jakkene?",
        reply: "Hei Marit, dei kjem i butikken på torsdag. Du kan òg tinge dei på nettsida vår: fjellklede.no/jakker",
        warnings: &[],
    },
    Everyday {
        language: "nn",
        channel: "facebook",
        intent: "complaint",
        customer: "Tredje gong bussen ikkje kjem, no er eg lei",
        reply: "Hei Olav. Det skjønar me godt, og me beklagar at bussen ikkje kom. Sjåføren vart sjuk og me fann ingen vikar i tide. Send oss ei melding med kvar du skulle på, så ser me på refusjon.",
        warnings: &[],
    },
    Everyday {
        language: "nn",
        channel: "instagram",
        intent: "praise",
        customer: "Nydeleg middag i går 😊",
        reply: "Tusen takk Siri! Velkomne att 🙂",
        warnings: &[],
    },
    Everyday {
        language: "nn",
        channel: "trustpilot",
        intent: "complaint",
        customer: "Fekk feil vare og ingen svarar på mail",
        reply: "Hei Per. Orsak for rotet! Feil vare skal me sjølvsagt bytte. Ring oss på 57 00 11 22 mellom 9 og 15, så ordnar me det med ein gong. Helsing Ingrid",
        warnings: &[],
    },
    Everyday {
        language: "nn",
        channel: "messenger",
        intent: "question",
        customer: "Kan eg endre tingstaden min til laurdag?",
        reply: "Ja, det går fint! No er han flytta til laurdag kl 18, 4 personar. Velkomen!",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "facebook",
        intent: "complaint",
        customer: "Nu har jeg ventet 3 uger på min sofa. Hvad laver I??",
        reply: "Hej Bente, øv, det er simpelthen for dårligt, og det beklager jeg. Jeg har lige ringet til lageret, og den kommer tirsdag. Skriv til mig i en PB, så aftaler vi et tidspunkt. Vh. Mads",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "facebook",
        intent: "question",
        customer: "Har I åbent på søndag?",
        reply: "Ja, fra 10-15 :-)",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "trustpilot",
        intent: "complaint",
        customer: "Elendig kundeservice, ingen tager telefonen",
        reply: "Hej Karsten. Det må du undskylde, vi har haft rigtig travlt efter jul. Skriv til kundeservice@sengehuset.dk med dit ordrenr. så ringer jeg dig op i morgen. /Lotte",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "instagram",
        intent: "praise",
        customer: "Elsker min nye kjole! 🥰",
        reply: "Hvor er det dejligt at høre!! Den er også bare flot 💛",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "x",
        intent: "complaint",
        customer: "Igen igen ingen S-tog, suk",
        reply: "@karen_h Vi er ærgerlige over, at du må vente. Der er signalfejl ved Svanemøllen, næste tog kører 8.42. Se evt. vores app for de nyeste tider.",
        // Annoyed itself, and not sorry.
        warnings: &["complaint.apology-missing"],
    },
    Everyday {
        language: "de",
        channel: "facebook",
        intent: "complaint",
        customer: "Seit Montag kein Internet, ihr seid echt das letzte",
        reply: "Hallo Jens, das ist mega ärgerlich und tut uns leid! In 50667 gibt es gerade eine größere Störung, die Kollegen sind vor Ort. Schick uns mal ne PN mit deiner Kundennummer, dann schauen wir ob's bei dir auch daran liegt. LG Tina",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "instagram",
        intent: "question",
        customer: "Gibt's die Bluse auch in blau? 😊",
        reply: "Ja klar, ab Freitag im Onlineshop und in allen Filialen 😊",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "google-business",
        intent: "complaint",
        customer: "Zimmer war schmutzig, Personal unfreundlich. Nie wieder.",
        reply: "Guten Tag Frau Keller, vielen Dank für Ihre offenen Worte. Dass das Zimmer nicht sauber war, tut uns sehr leid, so etwas darf nicht passieren. Ich würde gern mit Ihnen sprechen: 030 1234567 oder empfang@hotel-lindenhof.de. Herzliche Grüße, Petra Vogt, Hoteldirektorin",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "x",
        intent: "complaint",
        customer: "Bahn wieder 60 min zu spät",
        reply: "@tomtom Hi! Sorry für die Verspätung. Grund ist ein Notarzteinsatz bei Hanau. Deinen Anschluss um 14:20 erreichst du noch. /mk",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "trustpilot",
        intent: "praise",
        customer: "Schnelle Lieferung, alles top!",
        reply: "Hallo Sabine, danke dir!! Das freut uns riesig.",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "facebook",
        intent: "complaint",
        customer: "Paczka miała być wczoraj, znowu kłamiecie",
        reply: "Dzień dobry Pani Aniu, przepraszamy, że paczka nie dotarła na czas. Kurier miał awarię auta, doręczy ją dzisiaj do 18. Gdyby coś poszło nie tak, proszę do nas napisać na priv. Pozdrawiam, Kuba",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "instagram",
        intent: "praise",
        customer: "Najlepsza kawa w mieście ☕😍",
        reply: "Dziękujemy!! Wpadaj częściej ☕",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "facebook",
        intent: "question",
        customer: "Czy w niedzielę handlową macie otwarte?",
        reply: "Hej! Tak, od 10 do 20 😊",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "google-business",
        intent: "complaint",
        customer: "Obsługa fatalna, czekaliśmy godzinę na rachunek",
        reply: "Dzień dobry, bardzo nam przykro i przepraszamy za tak długie czekanie. W sobotę mieliśmy dwie osoby na zwolnieniu, ale to nas nie tłumaczy. Prosimy o kontakt: kontakt@bistrozielone.pl, chętnie porozmawiamy. Marta, manager",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "messenger",
        intent: "question",
        customer: "Jak zwrócić buty?",
        reply: "Dzień dobry! Proszę wejść na stronę https://butik.pl/zwroty, wydrukować etykietę i nadać paczkę w dowolnym paczkomacie. Zwrot pieniędzy trwa do 5 dni od otrzymania butów.",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "x",
        intent: "complaint",
        customer: "@AcmeRail 45 mins late AGAIN. Joke of a company",
        reply: "@sam_w Hi Sam, really sorry about this. There's a broken down train at Reading, we should be moving in around 10 mins. You can claim for the delay here: https://acmerail.co.uk/delay ^JB",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "facebook",
        intent: "question",
        customer: "do u do gluten free?",
        reply: "Hiya! Yep we do, all our bases come in GF for no extra charge 😊",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "trustpilot",
        intent: "complaint",
        customer: "Sofa arrived with a ripped arm and nobody replies to emails",
        reply: "Hi Mark, I'm so sorry about your sofa. I've just ordered you a new arm and it'll be with you on Thursday. You wrote \"nobody replies\" - you're right, and that's not good enough. You can reach me at care@sofahouse.co.uk, quote your order number. Jess",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "google-play",
        intent: "complaint",
        customer: "Keeps crashing since update",
        reply: "Sorry about the crashes! We've fixed it in 4.2.1 which is out now. If it still crashes pls email help@acmeapp.com so we can take a look.",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "instagram",
        intent: "praise",
        customer: "Just had the best brunch!! 🥞😍",
        reply: "Aww thanks so much, made our day!! See you soon 💛",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "facebook",
        intent: "complaint",
        customer: "Hvor er pengene mine?!",
        reply: "Hei Lise! Beklager at det drøyer. Refusjonen din ble behandlet i går, og pengene er på konto innen fredag. Si fra om de ikke dukker opp 🙂",
        warnings: &["emoji.in-complaint"],
    },
    Everyday {
        language: "nb",
        channel: "trustpilot",
        intent: "complaint",
        customer: "Venta 2 timer i telefonkø",
        reply: "Hei Rune. To timer er altfor lenge, det beklager vi. Vi har satt inn flere folk fra i dag. Ring gjerne 23 45 67 89 direkte så slipper du køen. Mvh Silje, kundesenteret",
        warnings: &[],
    },
    Everyday {
        language: "nb",
        channel: "facebook",
        intent: "booking",
        customer: "Har dere ledig bord til 4 på fredag kl 19?",
        reply: "Hei! Ja, kl 19.30 har vi plass. Skal jeg sette dere opp? Mvh Oda",
        warnings: &[],
    },
    Everyday {
        language: "nn",
        channel: "x",
        intent: "complaint",
        customer: "Straumen er borte igjen!!",
        reply: "@solveig Beklagar! Det er brot på linja ved Sogndal, montørane er på veg. Sjå straumbrot.example.no for status.",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "google-business",
        intent: "complaint",
        customer: "Sur ekspedient i dag",
        reply: "Hej Tina, det lyder ikke rart, og det beklager jeg på hele butikkens vegne. Ring gerne til mig på 60 12 34 56, så jeg kan høre mere. Mvh Henrik, butikschef",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "facebook",
        intent: "complaint",
        customer: "Warte seit 4 Wochen auf meine Rückerstattung!!!",
        reply: "Hi Kevin, sorry, das ist echt zu lang. Ich hab grad nachgeschaut: Die Rückerstattung ist seit gestern raus. Wenn bis Montag nix da ist, schreib uns ne PN. Gruß, Lea",
        warnings: &[],
    },
    Everyday {
        language: "pl",
        channel: "trustpilot",
        intent: "complaint",
        customer: "Zwrot pieniędzy trwa wieki",
        reply: "Panie Tomaszu, przepraszamy za zwłokę. Zwrot wykonaliśmy dziś rano, środki będą na koncie jutro. W razie pytań: zwroty@sklepik.pl lub 22 100 20 30. Kasia",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "google-business",
        intent: "praise",
        customer: "Best fish and chips in Whitby",
        reply: "Cheers Dave!! See you next summer 🐟",
        warnings: &[],
    },
    Everyday {
        language: "en",
        channel: "x",
        intent: "complaint",
        customer: "@bankofacme your app is down AGAIN",
        reply: "Sorry about this Jo, it's back up now. If it's still playing up for you drop us a DM and we'll take a look. ^TS",
        warnings: &[],
    },
    // Where there is danger, how to get out of it comes first.
    Everyday {
        language: "de",
        channel: "facebook",
        intent: "complaint",
        customer: "Gas-Geruch im Keller!! Seit einer Stunde geht bei euch niemand ans Telefon",
        reply: "Bitte verlassen Sie sofort das Haus, schalten Sie kein Licht ein und rufen Sie von draußen die 112 oder unseren Bereitschaftsdienst unter 0800 1234567 an! Es tut uns leid, dass Sie uns nicht erreicht haben. Schreiben Sie uns bitte per PN, sobald Sie in Sicherheit sind. Beispiel-Netze, Team Nacht",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "facebook",
        intent: "complaint",
        customer: "Im Laden hat man mich einfach stehen lassen",
        reply: "Hallo Marie, das tut uns leid, so geht man mit niemandem um. Magst du uns per Nachricht verraten, in welcher Filiale das war? Dann reden wir dort mit dem Team. Viele Grüße, Nora",
        warnings: &[],
    },
    Everyday {
        language: "de",
        channel: "whatsapp",
        intent: "complaint",
        customer: "Wo bleibt mein Geld?",
        reply: "Hallo Herr Stein, es tut mir leid, dass Sie so lange warten mussten. Die Gutschrift über 49,90 € ist gestern raus und sollte spätestens am Freitag auf Ihrem Konto sein. Viele Grüße, Paul",
        warnings: &[],
    },
    Everyday {
        language: "da",
        channel: "facebook",
        intent: "complaint",
        customer: "I har trukket penge to gange!!",
        reply: "Hej Ole. Det skal selvfølgelig ikke ske, og det beklager vi. Skriv til os i en privat besked med dit kundenummer, så får vi det rettet. Lad være med at skrive dit kontonummer her på væggen. Venlig hilsen Jens",
        warnings: &[],
    },
];

#[test]
fn good_replies_pass_as_they_are() {
    let mut wrong = Vec::new();
    for everyday in REPLIES {
        let mut case = Case::new(everyday.channel);
        case.language = Some(everyday.language.to_owned());
        case.facts.intent = Some(everyday.intent.to_owned());
        case.messages.push(Message::customer(everyday.customer));
        let report = builtin().validate(&case, everyday.reply, None).unwrap();
        let loud = report.findings.iter().filter(|finding| finding.severity > Severity::Advice);
        let told: Vec<_> = loud.map(|finding| finding.rule.as_str()).collect();
        if told != everyday.warnings {
            wrong.push(format!("{}\n    {told:?}", everyday.reply));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
