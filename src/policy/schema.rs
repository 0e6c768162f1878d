//! What the whole document accepts, but for its tests.

use super::FORMAT_VERSION;
use crate::packs::BUILT_IN;
use crate::source::schema::*;
use crate::source::{Document, Node, Sources, Table};
use crate::{channel, draft, lexicon, playbook, rule, sla, time};

/// A policy document; what its own tests accept is for the room that runs them.
pub(crate) fn document() -> TableSchema {
    let names = Names::of_the_packs();
    let known = |section: &str| names.of(section);
    let channel_id = || matching("^[a-z0-9]+(-[a-z0-9]+)*$");
    table()
        .need("svar", within(FORMAT_VERSION..=FORMAT_VERSION), "The version of the document format.")
        .key("name", text(), "What the policy is called; reports say it.")
        .key("version", text(), "The version of the policy; reports say it.")
        .key("description", text(), "What the policy is for.")
        .key("extends", list(any([words(BUILT_IN.iter().map(|(name, _)| *name)), text()])), "The packs below this document, which wins over them; `svar:care` is the whole of what ships built in. `./tone.toml` is a file beside it.")
        .key("languages", list(defined("language")), "The languages the policy speaks; all that its documents know, where it is left out.")
        .key("brand", brand(), "The company.")
        .key("links", links(), "Where a reply may link to.")
        .key("emoji", emoji(), "Safe emoji, and ambiguous ones.")
        .key("references", table().key("patterns", list(text()), "Regular expressions."), "What the company's own order and customer numbers look like.")
        .key("calendars", map(time::schema::id(), time::schema::calendar()), "When the team is there.")
        .key("rotas", map(time::schema::id(), time::schema::rota()), "Who is on call outside that.")
        .key("holidays", map(time::schema::region_id(), defined("region")).known(known("holidays")), "Public holidays by region.")
        .key("channels", map(channel_id(), defined("channel")).known(known("channels")), "Where texts stand: limits, windows, register, emoji.")
        .key("language", map(defined("language"), defined("language-facts")).known(known("language")), "What is to be known of each language.")
        .key("acts", map(text(), defined("act")).known(known("acts")), "What a reply is made of: greeting, apology, promise…")
        .key("slots", map(draft::schema::slot_id(), defined("slot")).known(known("slots")), "What templates leave open.")
        .key("draft", draft::schema::draft(), "How replies are drafted.")
        .key("canned", map(text(), draft::schema::canned()), "Replies that are kept ready.")
        .key("address", map(defined("language-or-every"), lexicon::schema::address()), "What addresses people formally and informally, by language.")
        .key("register", map(defined("language-or-every"), lexicon::schema::register()), "What is formal and informal, by language: a phrase and its weight.")
        .key("intents", map(lexicon::schema::intent_id(), lexicon::schema::intent()), "What says what a customer wants, by intent and language: a phrase and its weight.")
        .key("signals", map(text(), defined("signal")).known(known("signals")), "What else can be heard, by language: urgency, threats.")
        .key("rules", map(text(), defined("rule")).known(known("rules")), "What is asked of a reply.")
        .key("sla", sla::schema::sla(), "What is promised by when.")
        .key("playbooks", map(text(), defined("playbook")).known(known("playbooks")), "What a kind of case goes through.")
        .key("remedies", map(text(), defined("remedy")).known(known("remedies")), "What makes good what was lost.")
        .key("authority", map(text(), playbook::schema::tier()), "Who may grant how much, by role.")
}

/// What is defined once, for documents and requests.
pub(crate) fn definitions() -> Vec<(&'static str, Schema)> {
    let names = Names::of_the_packs();
    // Names an author can add to: the built-in ones for completion, and any other.
    let open = |section: &str| any([words(names.of(section).into_iter().map(|(name, _)| name)), text()]);
    vec![
        ("act", lexicon::schema::act().into()),
        ("act-id", open("acts")),
        ("calendar-id", time::schema::id()),
        ("case", crate::case::schema::case().into()),
        ("channel", channel::schema::channel().into()),
        ("channel-id", open("channels")),
        ("clock-condition", rule::schema::clock_condition().into()),
        ("condition", rule::schema::condition().into()),
        ("duration", channel::schema::duration()),
        ("example-case", crate::case::schema::example_case().into()),
        ("entry-condition", rule::schema::entry_condition().into()),
        ("format", draft::schema::format().into()),
        ("instant", time::schema::instant()),
        ("language", open("language")),
        ("language-facts", lexicon::schema::language().into()),
        ("language-or-every", any([defined("language"), words(["*"]).says("Every language.")])),
        ("money", crate::case::schema::money().into()),
        ("playbook", playbook::schema::playbook().into()),
        ("region", time::schema::region().into()),
        ("region-id", open("holidays")),
        ("remedy", playbook::schema::remedy().into()),
        ("rota-id", time::schema::id()),
        ("rule", rule::schema::rule().into()),
        ("say", draft::schema::say().into()),
        ("signal", lexicon::schema::signal().into()),
        ("signal-id", open("signals")),
        ("slot", draft::schema::slot().into()),
        ("visibility", crate::case::schema::visibility()),
    ]
}

/// How a reply is drafted.
pub(crate) fn draft_options() -> TableSchema {
    table()
        .key("seed", from(0..), "Which wording.")
        .key("acts", list(defined("act-id")), "Say these acts instead of those of the step that is due.")
        .key("optional", list(defined("act-id")), "Say these, too, where there is room.")
        .key("remedy", text(), "The remedy to offer.")
        .key("canned", text(), "The canned reply to give.")
}

fn brand() -> TableSchema {
    let contact = table()
        .key("email", text(), "Its e-mail address.")
        .key("phone", text(), "Its telephone number.")
        .key("more", some(text()), "Other contact data that may stand in public.");
    table()
        .key("name", text(), "What it is called.")
        .key("domains", list(text()), "Its own domains: every address there is the company's.")
        .key("mailboxes", list(text()), "Names of mailboxes that no private person has, such as `support`.")
        .key("private_hosts", list(text()), "Hosts where private people have their mailboxes.")
        .key(
            "contact",
            contact,
            "How it is reached where a channel has no private route; may stand in public.",
        )
}

fn links() -> TableSchema {
    table().key("hosts", list(text()), "The hosts a reply may link to; any, where there is none.").key(
        "shorteners",
        list(text()),
        "Hosts that hide where a link leads.",
    )
}

fn emoji() -> TableSchema {
    let taken_back = flag().says("`false`: takes back what a document below says.");
    let reason = any([text().says("The reason."), taken_back]);
    table().key("allow", some(text()), "The emoji a reply may have.").key(
        "ambiguous",
        map(text(), reason),
        "Emoji that are misread, and the reason of each; `false` takes one back.",
    )
}

/// The names that stand in the built-in packs, by section, each with what it stands for.
struct Names(Vec<(&'static str, Vec<(String, String)>)>);

impl Names {
    const SECTIONS: [&str; 9] =
        ["acts", "channels", "holidays", "language", "playbooks", "remedies", "rules", "signals", "slots"];

    fn of_the_packs() -> Names {
        let mut sources = Sources::new();
        let mut names = Names(Self::SECTIONS.map(|section| (section, Vec::new())).into());
        for (pack, text) in BUILT_IN {
            // The tests read every pack.
            let Ok(document) = Document::parse_static(&mut sources, *pack, text) else { continue };
            for (section, known) in &mut names.0 {
                let table = document.root.get(section).and_then(Node::as_table);
                for entry in table.into_iter().flat_map(Table::iter) {
                    let name = &*entry.key.text;
                    let says = entry.node.as_table().map(explained).unwrap_or_default();
                    match known.iter_mut().find(|(own, _)| own == name) {
                        Some((_, own)) if own.is_empty() => *own = says,
                        Some(_) => {}
                        None => known.push((name.to_owned(), says)),
                    }
                }
            }
        }
        names
    }

    fn of(&self, section: &str) -> Vec<(String, String)> {
        self.0.iter().find(|(own, _)| *own == section).map(|(_, names)| names.clone()).unwrap_or_default()
    }
}

/// What a table says about itself.
fn explained(table: &Table<'_>) -> String {
    let said = |key: &str| table.get(key).and_then(Node::as_str);
    ["title", "why", "name"].into_iter().find_map(said).unwrap_or_default().to_owned()
}
