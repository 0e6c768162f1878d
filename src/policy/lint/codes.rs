//! The codes of what is contradictory or dead in a policy.

use crate::source::{Code, page};

/// Every code about contradictions and dead wood, as [`check`](crate::testing::check) tells of them. Each example is a
/// policy, as in [`POLICY_CODES`](crate::policy::POLICY_CODES).
pub static LINT_CODES: &[Code] = &[
    page(
        "rules-at-odds",
        "one rule forbids what another one asks for, or two want the same acts in opposite orders, and a case can be of both",
        "Narrow the `when` of one of the two, or let what is asked for excuse it with `excused_by`. An error where both are errors and one forbids: then nothing can be answered.",
        &[
            "svar = 1\nname = 'a'\n[rules.x]\norder = { act = 'thanks', before = ['closing'] }\n[rules.y]\norder = { act = 'closing', before = ['thanks'] }\n",
            concat!(
                "svar = 1\nname = 'a'\n[language.en]\n[acts.sorry]\ntitle = 'apologises'\n[acts.sorry.en]\nhear = ['sorry']\n",
                "[rules.never]\nforbid = { act = 'sorry' }\nwhen = { visibility = 'public' }\n",
                "[rules.always]\nrequire = { act = 'sorry' }\nwhen = { intent = 'complaint' }\n",
            ),
        ],
        &[
            "svar = 1\nname = 'a'\n[rules.x]\norder = { act = 'thanks', before = ['closing'] }\n[rules.y]\norder = { act = 'closing', before = ['signature'] }\n",
            concat!(
                "svar = 1\nname = 'a'\n[language.en]\n[acts.sorry]\ntitle = 'apologises'\n[acts.sorry.en]\nhear = ['sorry']\n",
                "[rules.never]\nforbid = { act = 'sorry' }\nwhen = { visibility = 'public', not = { intent = 'complaint' } }\n",
                "[rules.always]\nrequire = { act = 'sorry' }\nwhen = { intent = 'complaint' }\n",
            ),
        ],
    ),
    page(
        "asks-forbidden",
        "a step of a playbook asks for an act that a rule forbids there",
        "Take the act out of `asks`, or let the `when` of the rule leave the step out. It weighs what the rule weighs.",
        &[concat!(
            "svar = 1\nname = 'a'\n[language.en]\n[acts.offer]\ntitle = 'offers'\n[acts.offer.en]\nhear = ['a refund']\nsay.any = ['We offer a refund.']\n",
            "[rules.quiet]\nforbid = { act = 'offer' }\nwhen = { visibility = 'public' }\n",
            "[playbooks.all]\nwhen = { intent = 'complaint' }\n[playbooks.all.steps.mend]\nasks = ['offer']\nclosed_by = [{ all = ['offer'] }]\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[language.en]\n[acts.offer]\ntitle = 'offers'\n[acts.offer.en]\nhear = ['a refund']\nsay.any = ['We offer a refund.']\n",
            "[rules.quiet]\nforbid = { act = 'offer' }\nwhen = { visibility = 'public' }\n",
            "[playbooks.all]\nwhen = { intent = 'complaint' }\n[playbooks.all.steps.mend]\nvisibility = 'private'\nasks = ['offer']\nclosed_by = [{ all = ['offer'] }]\n",
        )],
    ),
    page(
        "twin-rule",
        "two rules find exactly the same",
        "Take one of them out: whatever breaks one breaks the other, and is told of twice.",
        &[
            "svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\n[rules.y]\nforbid = { pattern = 'lol' }\nseverity = 'error'\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\n[rules.y]\nforbid = { pattern = 'rofl' }\nseverity = 'error'\n",
        ],
    ),
    page(
        "emoji-never",
        "a channel lists the emoji it allows, and allows none",
        "Give `max` another number, or take `allow` out.",
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nemoji = { allow = ['😊'], max = 0 }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nemoji = { allow = ['😊'], max = 1 }\n",
        ],
    ),
    page(
        "never-said",
        "templates for a case that there cannot be",
        "Change their `when`, or take them out.",
        &[concat!(
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi']\nsay.any = ['Hi.']\n",
            "say.late = { when = { closed = true, not = { closed = true } }, any = ['Hi, so late.'] }\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi']\nsay.any = ['Hi.']\n",
            "say.late = { when = { closed = true }, any = ['Hi, so late.'] }\n",
        )],
    ),
    page(
        "unknown-override",
        "something that is not there is changed, or switched off or on",
        "Correct the name: as it stands, what was meant stays as it is.",
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.answer]\nclosed_by = [{ said = true }]\n",
            "[playbooks.x.steps.anwser]\noff = true\n[playbooks.x.steps.close]\nclosed_by = [{ event = 'done' }]\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\n",
            "[playbooks.x.steps.answer]\nclosed_by = [{ said = true }]\noff = true\n[playbooks.x.steps.close]\nclosed_by = [{ event = 'done' }]\n",
        )],
    ),
    page(
        "shadowed-phrase",
        "a phrase is never heard as what it stands for",
        "The longest phrase wins, and a `not` wins over what it covers: take one of the two out, or make this one longer.",
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi', 'hello']\nnot = ['hello']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi', 'hello']\nnot = ['hello kitty']\n",
        ],
    ),
    page(
        "phrase-twice",
        "a phrase stands in a list twice",
        "Take one of them out.",
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi', 'hello', 'hi']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi', 'hello']\n",
        ],
    ),
    page(
        "layers-differ",
        "two documents say different things of the same, and neither extends the other",
        "Take one of the two out, or let the one that shall win extend the other: then it does so on purpose. A warning where one switches on again what the other has switched off, advice elsewhere.",
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\noff = true\n",
            "svar = 1\nname = 'c'\n[rules.x]\noff = false\n",
            "svar = 1\nname = 'a'\nextends = ['b', 'c']\n",
        ],
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\noff = true\n",
            "svar = 1\nname = 'c'\nextends = ['b']\n[rules.x]\noff = false\n",
            "svar = 1\nname = 'a'\nextends = ['b', 'c']\n",
        ],
    ),
    page(
        "list-replaced",
        "a list of phrases takes the place of a built-in one",
        "Write `\"+\"` first to add to what is built in; without it, only the phrases of this list are heard.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:intents/en']\n[signals.urgent.en]\nhear = ['before noon']\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:intents/en']\n[signals.urgent.en]\nhear = ['+', 'before noon']\n",
        ],
    ),
    page(
        "joined-not",
        "a `not` is laid over another one, and the two are one",
        "Tables of two documents become one, and all that stands in a `not` must be met at once. For an exception beside the one below, write `any = [{ not = { … } }]`.",
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\nwhen = { not = { tag = 'vip' } }\n",
            "svar = 1\nname = 'a'\nextends = ['b']\n[rules.x]\nwhen = { not = { intent = 'praise' } }\n",
        ],
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\nwhen = { not = { tag = 'vip' } }\n",
            "svar = 1\nname = 'a'\nextends = ['b']\n[rules.x]\nwhen = { any = [{ not = { intent = 'praise' } }] }\n",
        ],
    ),
    page(
        "empty-text",
        "a text that people are to read is empty",
        "Write it, or take the key out: a rule without a `message` has one of its own, and one without a `why` gives no reason.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nmessage = ''\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nmessage = 'laughs'\n"],
    ),
    page(
        "no-contact",
        "customers can reach the company in no other way than in public",
        "Give `[brand]` a `contact`: where a channel has no private messages, a complaint is led to it.",
        &[
            "svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\ncontact = { email = 'help@acme.example' }\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n",
        ],
    ),
    page(
        "made-up-contact",
        "a contact of the company that reaches nobody",
        "Give the company's own: what a new policy begins with, and hosts such as `example.com`, are nobody's. What ends \
         in `.example` is taken for an example that is meant to be one.",
        &["svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\ncontact = { email = 'help@example.com' }\n"],
        &["svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\ncontact = { email = 'help@acme.example' }\n"],
    ),
    page(
        "no-hours",
        "what is done while the team is closed is never done",
        "Give a calendar the hours of the team, and name it under `[sla]`.",
        &[concat!(
            "svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n[playbooks.x]\nwhen = { tag = 'x' }\n",
            "[playbooks.x.steps.wait]\nwhen = { closed = true }\nclosed_by = [{ said = true }]\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n[playbooks.x]\nwhen = { tag = 'x' }\n",
            "[playbooks.x.steps.wait]\nwhen = { closed = true }\nclosed_by = [{ said = true }]\n",
            "[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['08:00-16:00'] }\n[sla]\ncalendar = 'office'\n",
        )],
    ),
    page(
        "unnamed",
        "a policy without a name of its own is called like the document below it",
        "Write `name`, and `version` beside it: each report says by whose rules it goes.",
        &["svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\n", "svar = 1\nextends = ['b']\n"],
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\n",
            "svar = 1\nname = 'a'\nextends = ['b']\n",
        ],
    ),
    page(
        "no-crisis-contact",
        "nobody is named to be called in a crisis",
        "Write `crisis_contact` under `[sla.surge]`; when it is needed there is no time to find out.",
        &["svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n[sla.surge.levels.crisis]\nreactions = 1000\n"],
        &[
            "svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n[sla.surge]\ncrisis_contact = '+47 21 00 00 00'\n[sla.surge.levels.crisis]\nreactions = 1000\n",
        ],
    ),
    page(
        "phrase-expression",
        "a regular expression stands where a phrase is expected",
        "Phrases are read to the letter; regular expressions stand in the `pattern` of a rule. A phrase has `(a|b)`, `[optional]`, `stem*` and `..3`, and `\\` takes the next character as it is.",
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[rules.x]\nforbid = { phrases.en = ['no.*refund'] }\nwhy = 'It shuts the door.'\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[rules.x]\nforbid = { phrases.en = ['no ..3 refund'] }\nwhy = 'It shuts the door.'\n",
        ],
    ),
    page(
        "pattern-control",
        "a pattern looks for a control character",
        "Write patterns in single quotes: in double quotes TOML itself reads `\\b`, as a character that no text holds.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = \"\\blol\" }\nwhy = 'It laughs.'\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = '\\blol' }\nwhy = 'It laughs.'\n"],
    ),
    page(
        "no-why",
        "a rule does not say why it is there",
        "Write `why`: every finding carries it, for whoever has to mend the reply.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nwhy = 'It sounds careless.'\n"],
    ),
    page(
        "no-rules",
        "a policy judges nothing",
        "Write `extends = [\"svar:care\"]` for all that is built in, or rules of its own.",
        &["svar = 1\nname = 'a'\n[brand]\nname = 'Acme'\n"],
        &["svar = 1\nname = 'a'\nextends = ['svar:care']\n[brand]\nname = 'Acme'\n"],
    ),
];
