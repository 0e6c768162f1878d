//! The codes of what can be wrong with a policy, beyond the writing of its documents, and with a request.

use super::command_codes::COMMAND_CODES;
use super::draft_codes::{DRAFT_CODES, LAW_CODES, TEMPLATE_CODES};
use super::test_codes::{NO_TESTS_CODE, TEST_CODE, TEST_CODES, UNTESTED_CODE};
use crate::sla::clock::{CLOCK_CODES, CLOCK_REQUEST_CODES, CLOCK_WARNINGS};
use crate::source::{Code, page};
use crate::time::{CALENDAR_CODES, CALENDAR_REQUEST_CODES, CALENDAR_WARNINGS};

/// Every code about what a policy says. Each example is a policy: its last document is the layer, those before it are
/// packs under the names they give themselves.
pub static POLICY_CODES: &[Code] = &[
    page(
        "format-version",
        "the document is written for another format version",
        "Write `svar = 1`, or use a release of svar that reads the newer format.",
        &["svar = 2\nname = 'a'\n"],
        &["svar = 1\nname = 'a'\n"],
    ),
    page(
        "unknown-pack",
        "a pack that is not there is extended",
        "Correct the name; a pack of your own is given to the builder, or named by its path on the command line.",
        &["svar = 1\nname = 'a'\nextends = ['svar:caer']\n"],
        &["svar = 1\nname = 'a'\nextends = ['svar:emoji']\n"],
    ),
    page(
        "circular-extends",
        "a pack extends itself, directly or by way of others",
        "Take one of the `extends` out.",
        &["svar = 1\nname = 'b'\nextends = ['b']\n", "svar = 1\nname = 'a'\nextends = ['b']\n"],
        &["svar = 1\nname = 'b'\n", "svar = 1\nname = 'a'\nextends = ['b']\n"],
    ),
    page(
        "unknown-rule",
        "a rule that is not there is switched off",
        "Correct the name: as it stands, the rule that was meant stays on.",
        &["svar = 1\nname = 'a'\n[rules.'tone.slnag']\noff = true\n"],
        &["svar = 1\nname = 'a'\n[rules.'tone.slang']\nforbid = { pattern = 'lol' }\noff = true\n"],
    ),
    page(
        "rule-kind",
        "a rule is none of the five kinds, or several",
        "A rule is exactly one of `forbid`, `require`, `prefer`, `limit` and `order`. A name with a dot needs quotes: `[rules.\"tone.slang\"]`.",
        &["svar = 1\nname = 'a'\n[rules.x]\nseverity = 'error'\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nseverity = 'error'\n"],
    ),
    page(
        "unbreakable",
        "no text can break a rule",
        "Nothing the rule looks for can be heard, or its condition never holds: name what was meant, or take the rule \
         out. As a warning: it cannot be heard in the languages of this policy, only in others.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nwhen = { tag = [] }\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nwhen = { tag = ['vip'] }\n"],
    ),
    page(
        "unkeepable",
        "no text can keep a rule",
        "What the rule asks for cannot be heard: give the act phrases, or ask for something else. As a warning: it \
         cannot be heard in the languages of this policy, only in others.",
        &["svar = 1\nname = 'a'\n[acts.cheer]\ntitle = 'cheers'\n[rules.x]\nrequire = { act = 'cheer' }\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nrequire = { detector = 'emoji' }\n"],
    ),
    page(
        "empty-rule",
        "a rule looks for nothing",
        "Name an act, phrases, a pattern, a detector or a signal; give a limit a `max` or a `min`.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = {}\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { detector = 'shouting' }\n"],
    ),
    page(
        "contradiction",
        "two things that cannot both hold",
        "Decide for one of them.",
        &["svar = 1\nname = 'a'\n[emoji]\nallow = ['🙃']\nambiguous = { '🙃' = 'read as sarcasm' }\n"],
        &["svar = 1\nname = 'a'\n[emoji]\nallow = ['😊']\nambiguous = { '🙃' = 'read as sarcasm' }\n"],
    ),
    page(
        "pattern",
        "a regular expression that cannot be read, is too large, or matches where nothing stands",
        "Patterns are those of the crate `regex`: no look-around, no back-references, linear time.",
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = '(' }\n"],
        &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = '\\(' }\n"],
    ),
    page(
        "phrase",
        "a phrase that cannot be read",
        "`svar explain phrases` tells how phrases are written; `\\` takes the next character as it is.",
        &["svar = 1\nname = 'a'\n[language.en]\n[rules.x]\nforbid = { phrases = ['send ..3'] }\n"],
        &["svar = 1\nname = 'a'\n[language.en]\n[rules.x]\nforbid = { phrases = ['send ..3 now'] }\n"],
    ),
    page(
        "unknown-act",
        "an act that is nearly called like another",
        "Correct the name; an act of your own has a `title`.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:acts']\n[language.en]\n[acts.apologgy.en]\nhear = ['our bad']\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:acts']\n[language.en]\n[acts.apology.en]\nhear = ['our bad']\n",
        ],
    ),
    page(
        "letter",
        "a letter of a language is not one letter",
        "Write one letter for each weight.",
        &["svar = 1\nname = 'a'\n[language.de]\nletters = { 'sch' = 1.0 }\n"],
        &["svar = 1\nname = 'a'\n[language.de]\nletters = { 'ß' = 1.0 }\n"],
    ),
    page(
        "emoji",
        "what should be one emoji is none, or several",
        "Write one emoji; skin tones and variation selectors make no difference.",
        &["svar = 1\nname = 'a'\n[emoji]\nallow = [':)']\n"],
        &["svar = 1\nname = 'a'\n[emoji]\nallow = ['🙂']\n"],
    ),
    page(
        "brand-name",
        "the company is given a name that cannot be said",
        "A name is one: no sentence, no link, no sign that is markup somewhere. Leave it out where there is none.",
        &["svar = 1\nname = 'a'\n[brand]\nname = ''\n"],
        &["svar = 1\nname = 'a'\n[brand]\nname = 'Yahoo!'\n"],
    ),
    page(
        "contact",
        "a contact of the company that nobody takes for one",
        "`email` is one e-mail address, `phone` one telephone number, `more` a list of what else there is. Replies \
         lead customers there.",
        &["svar = 1\nname = 'a'\n[brand.contact]\nphone = 'ask us'\n"],
        &["svar = 1\nname = 'a'\n[brand.contact]\nphone = '+47 21 00 00 00'\n"],
    ),
    page(
        "host",
        "a host that no link leads to",
        "Write the host alone, without `https://` and without a path; what is below it is meant as well.",
        &["svar = 1\nname = 'a'\n[links]\nhosts = ['https://acme.no/help']\n"],
        &["svar = 1\nname = 'a'\n[links]\nhosts = ['acme.no']\n"],
    ),
    page(
        "no-language",
        "a policy speaks no language",
        "Name its languages, or leave `languages` out: then it speaks all that its documents know.",
        &["svar = 1\nname = 'a'\nlanguages = []\n"],
        &["svar = 1\nname = 'a'\n[language.en]\n"],
    ),
    page(
        "duplicate",
        "a language or an act is listed twice",
        "Take one of them out.",
        &["svar = 1\nname = 'a'\nlanguages = ['en', 'en']\n[language.en]\n"],
        &["svar = 1\nname = 'a'\nlanguages = ['en']\n[language.en]\n"],
    ),
    page(
        "unknown-channel",
        "a channel that is not there: in a policy one that says neither kind nor visibility, in a case one that the policy does not know",
        "Correct the name, or describe the channel: `kind` and `visibility` at least.",
        &["svar = 1\nname = 'a'\nextends = ['svar:channels']\n[channels.facebok]\nregister = 'formal'\n"],
        &["svar = 1\nname = 'a'\nextends = ['svar:channels']\n[channels.facebook]\nregister = 'formal'\n"],
    ),
    page(
        "id",
        "a name that cannot be one",
        "Ids are small letters, digits and hyphens: `google-business`.",
        &["svar = 1\nname = 'a'\n[channels.'My Channel']\nkind = 'social'\nvisibility = ['public']\n"],
        &["svar = 1\nname = 'a'\n[channels.my-channel]\nkind = 'social'\nvisibility = ['public']\n"],
    ),
    page(
        "visibility",
        "a channel that nobody can read, or whose default visibility it does not have",
        "Give `visibility` one or both of \"public\" and \"private\", and a `default_visibility` among them.",
        &["svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = []\n"],
        &["svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n"],
    ),
    page(
        "private-route",
        "a private route to a channel where nothing is private",
        "Name a channel with private visibility, or write `{ to = \"none\" }`.",
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nprivate_route = { to = 'wall' }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nprivate_route = { to = 'none' }\n",
        ],
    ),
    page(
        "duration",
        "a duration that cannot be read",
        "Write a whole number and a unit: `15m`, `24h`, `7d`.",
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nedit = { allowed = true, within = '1 day' }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nedit = { allowed = true, within = '1d' }\n",
        ],
    ),
    page(
        "date",
        "a date that cannot be read",
        "Write `2026-11-21`, or `2026-11` where the day is not known.",
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nedit = { allowed = true, source = 'our test', as_of = 'May', grade = 'unverified' }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nedit = { allowed = true, source = 'our test', as_of = '2026-05', grade = 'unverified' }\n",
        ],
    ),
    page(
        "region",
        "a region that cannot be one",
        "Regions are ISO 3166 codes: `DE`, `US-CA`.",
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nbot_disclosure = { required = 'always', regions = ['Germany'] }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\nbot_disclosure = { required = 'always', regions = ['DE'] }\n",
        ],
    ),
    page(
        "unknown-playbook",
        "a playbook that is not there is switched on, or changed",
        "Correct the name; a playbook of your own has `steps`.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:intents/en', 'svar:playbooks']\n[playbooks.haerd]\noff = false\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:intents/en', 'svar:playbooks']\n[playbooks.praise]\nrank = 3\n",
        ],
    ),
    page(
        "empty-playbook",
        "a playbook without a step",
        "Give it a step, or switch it off with `off = true`.",
        &["svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\nsteps = {}\n"],
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\n",
            "[playbooks.x.steps.y]\nclosed_by = [{ said = true }]\n",
        )],
    ),
    page(
        "endless-step",
        "a step that nothing closes, or that closes at once",
        "Name in `closed_by` the acts, the event or the facts after which it is done.",
        &[
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.y]\nclosed_by = []\n",
        ],
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { tag = 'x' }\n",
            "[playbooks.x.steps.y]\nclosed_by = [{ event = 'done' }]\n",
        )],
    ),
    page(
        "unreachable",
        "a playbook nobody can enter, a step that can never be due, or a branch that never holds",
        "Two conditions exclude each other: change one of them, or take the step out.",
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { fault = 'ours' }\n",
            "[playbooks.x.steps.y]\nwhen = { fault = 'theirs' }\nclosed_by = [{ said = true }]\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[playbooks.x]\nwhen = { fault = ['ours', 'theirs'] }\n",
            "[playbooks.x.steps.y]\nwhen = { fault = 'theirs' }\nclosed_by = [{ said = true }]\n",
        )],
    ),
    page(
        "authority-order",
        "whoever decides beyond a role may grant less than it, or is that role itself",
        "Raise the limit of the role above, or name another role in `above`.",
        &[concat!(
            "svar = 1\nname = 'a'\n[authority.agent]\ncase = { NOK = 500 }\nabove = 'manager'\n",
            "[authority.manager]\ncase = { NOK = 200 }\n",
        )],
        &[concat!(
            "svar = 1\nname = 'a'\n[authority.agent]\ncase = { NOK = 200 }\nabove = 'manager'\n",
            "[authority.manager]\ncase = { NOK = 500 }\n",
        )],
    ),
    page(
        "too-many",
        "more of something than a policy holds",
        "The message names the limit; limits are constants of the library.",
        &[concat!(
            "svar = 1\nname = 'a'\nlanguages = ['aa','ab','ac','ad','ae','af','ag','ah','ai','aj','ak','al','am','an','ao','ap','aq','ar','as','at','au','av','aw','ax','ay','az',",
            "'ba','bb','bc','bd','be','bf','bg','bh','bi','bj','bk','bl','bm','bn','bo','bp','bq','br','bs','bt','bu','bv','bw','bx','by','bz',",
            "'ca','cb','cc','cd','ce','cf','cg','ch','ci','cj','ck','cl','cm']\n[language]\n",
            "aa={}\nab={}\nac={}\nad={}\nae={}\naf={}\nag={}\nah={}\nai={}\naj={}\nak={}\nal={}\nam={}\nan={}\nao={}\nap={}\naq={}\nar={}\nas={}\nat={}\nau={}\nav={}\naw={}\nax={}\nay={}\naz={}\n",
            "ba={}\nbb={}\nbc={}\nbd={}\nbe={}\nbf={}\nbg={}\nbh={}\nbi={}\nbj={}\nbk={}\nbl={}\nbm={}\nbn={}\nbo={}\nbp={}\nbq={}\nbr={}\nbs={}\nbt={}\nbu={}\nbv={}\nbw={}\nbx={}\nby={}\nbz={}\n",
            "ca={}\ncb={}\ncc={}\ncd={}\nce={}\ncf={}\ncg={}\nch={}\nci={}\ncj={}\nck={}\ncl={}\ncm={}\n",
        )],
        &["svar = 1\nname = 'a'\nlanguages = ['aa']\n[language.aa]\n"],
    ),
    page(
        "expectation",
        "a curve of what customers expect cannot be one",
        "Write the shortest time first; shares add up and never fall, and with the indifferent they are no more than all.",
        &[
            "svar = 1\nname = 'a'\n[sla.expectation.ours]\npoints = [{ within = '1h', share = 0.5 }, { within = '24h', share = 0.3 }]\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.expectation.ours]\npoints = [{ within = '1h', share = 0.3 }, { within = '24h', share = 0.5 }]\n",
        ],
    ),
    page(
        "thresholds",
        "a higher level of a surge asks for less than a lower one",
        "Give the higher level the higher threshold; as it stands, the lower level is never reached by this measure.",
        &[
            "svar = 1\nname = 'a'\n[sla.surge.levels]\nwatch = { reactions = 100 }\ncrisis = { reactions = 50 }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.surge.levels]\nwatch = { reactions = 50 }\ncrisis = { reactions = 100 }\n",
        ],
    ),
];

/// What an example that does not hold is reported as.
pub static EXAMPLE_CODE: Code = page(
    "example",
    "an example of the policy does not turn out as it says",
    "Mend the rule or the phrases, or the example; `<…>` marks the exact span that is expected.",
    &[concat!(
        "svar = 1\nname = 'a'\n[language.en]\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n",
        "[rules.x]\nforbid = { pattern = 'lol' }\ngood = ['lol']\n",
    )],
    &[concat!(
        "svar = 1\nname = 'a'\n[language.en]\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n",
        "[rules.x]\nforbid = { pattern = 'lol' }\nbad = ['oh <lol>']\n",
    )],
);

/// Every code about a request that none of the others names. Each example is a request to `validate`; a
/// document before it is the policy, where it is not the built-in one.
pub static REQUEST_CODES: &[Code] = &[
    page(
        "unknown-channel",
        "the case names a channel that the policy does not know",
        "Correct the name, or describe the channel in the policy.",
        &[r#"{"case": {"channel": "facebok"}, "reply": "Hi!"}"#],
        &[r#"{"case": {"channel": "facebook"}, "reply": "Hi!"}"#],
    ),
    page(
        "unknown-language",
        "the case names a language that the policy does not speak",
        "Use one of the policy's codes, or a tag that begins with one, such as `en-GB`.",
        &[r#"{"case": {"channel": "facebook", "language": "fi"}, "reply": "Hei!"}"#],
        &[r#"{"case": {"channel": "facebook", "language": "nb"}, "reply": "Hei!"}"#],
    ),
    page(
        "unknown-intent",
        "the case names an intent that is none",
        "Intents are complaint, question, booking, praise, spam, abuse and other; for labels of your own use `tags`.",
        &[r#"{"case": {"channel": "facebook", "facts": {"intent": "complain"}}, "reply": "Hi!"}"#],
        &[r#"{"case": {"channel": "facebook", "facts": {"intent": "complaint"}}, "reply": "Hi!"}"#],
    ),
    page(
        "instant",
        "an instant that cannot be read",
        "Write date, time and offset as in RFC 3339: `2026-11-21T09:30:00+01:00`. The offset may lack its colon.",
        &[r#"{"case": {"channel": "facebook"}, "reply": "Hi!", "now": "yesterday"}"#],
        &[r#"{"case": {"channel": "facebook"}, "reply": "Hi!", "now": "2026-11-21T09:30:00Z"}"#],
    ),
    page(
        "amount",
        "an amount of money that is no decimal number, is less than nothing, or is finer than the currency",
        "Write digits, and after a point no more of them than the currency has: `\"249.50\"`.",
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": "249,50", "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": "249.50", "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
    ),
    page(
        "currency",
        "a currency that is no ISO 4217 code",
        "Write three capital letters: `NOK`.",
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": 249, "currency": "kr"}}}, "reply": "Hi!"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": 249, "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
    ),
    page(
        "unknown-role",
        "the case names a role to which the policy gives no authority",
        "Correct the name of the role, or give it its place under `[authority]`.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:care']\n[authority.agent]\ncase = { NOK = 200 }\n",
            r#"{"case": {"channel": "facebook", "agent": {"role": "agnet"}, "facts": {"offer": {"amount": 100, "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:care']\n[authority.agent]\ncase = { NOK = 200 }\n",
            r#"{"case": {"channel": "facebook", "agent": {"role": "agent"}, "facts": {"offer": {"amount": 100, "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
    ),
    page(
        "currency-mix",
        "amounts of two currencies that would have to be compared or added",
        "Give the loss and the offer in one currency: nothing is ever converted.",
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": 100, "currency": "NOK"}, "offer": {"amount": 10, "currency": "EUR"}}}, "reply": "Hi!"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "facts": {"loss": {"amount": 100, "currency": "NOK"}, "offer": {"amount": 100, "currency": "NOK"}}}, "reply": "Hi!"}"#,
        ],
    ),
];

/// All pages: about the writing of documents, about policies, about requests, about commands.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let calendars = CALENDAR_CODES.iter().chain(CALENDAR_WARNINGS).chain(CALENDAR_REQUEST_CODES);
    let clocks = CLOCK_CODES.iter().chain(CLOCK_WARNINGS).chain(CLOCK_REQUEST_CODES);
    let drafts = TEMPLATE_CODES.iter().chain(LAW_CODES).chain(DRAFT_CODES);
    let policies =
        crate::source::CODES.iter().chain(POLICY_CODES).chain([&EXAMPLE_CODE]).chain(super::LINT_CODES);
    let tests = TEST_CODES.iter().chain([&TEST_CODE, &UNTESTED_CODE, &NO_TESTS_CODE]);
    let requests = REQUEST_CODES.iter().chain(calendars).chain(clocks).chain(drafts);
    policies.chain(tests).chain(requests).chain(COMMAND_CODES)
}
