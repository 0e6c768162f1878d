//! The codes of what can be wrong with templates and drafts.

use crate::source::{Code, page};

/// Every code about templates that is told when a policy is built. Each example is a policy, as in
/// [`POLICY_CODES`](super::POLICY_CODES).
pub static TEMPLATE_CODES: &[Code] = &[
    page(
        "template",
        "a template that cannot be read",
        "`svar explain templates` tells how templates are written; `\\` takes the next character as it is.",
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nsay.any = ['Hi [there.']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nsay.any = ['Hi [there].']\n",
        ],
    ),
    page(
        "said-everywhere",
        "templates stand under `\"*\"`, and nothing is drafted from them",
        "Put `say` under each language: a draft is in one. What is heard may stand under `\"*\"`.",
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.'*']\nhear = ['hi']\nsay.any = ['Hi.']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.'*']\nhear = ['hi']\n[acts.hi.en]\nsay.any = ['Hi.']\n",
        ],
    ),
    page(
        "unknown-slot",
        "a template names a slot, or a form of one, that is not there, or a request a slot that the policy has not",
        "Correct the name, or describe the slot under `[slots]`.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:slots']\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nsay.any = ['Hi {costumer}.']\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:slots']\n[language.en]\n[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nsay.any = ['Hi {customer}.']\n",
        ],
    ),
    page(
        "format",
        "a language does not say how something is written, or says it in a way that cannot be read",
        "See `[language.XX.format]` in the module `draft`.",
        &[
            "svar = 1\nname = 'a'\n[language.en.format]\ntime = { plain = '{hour}:{minutes}', at = 'at {time}', by = 'by {time}' }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[language.en.format]\ntime = { plain = '{hour}:{minute}', at = 'at {time}', by = 'by {time}' }\n",
        ],
    ),
    page(
        "canned",
        "nothing chooses a canned reply",
        "Give it `keywords` in its languages, or a `when`.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:acts']\n[language.en]\n[canned.hours.en]\nsay.any = ['We open at nine.']\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:acts']\n[language.en]\n[canned.hours.en]\nkeywords = ['open*']\nsay.any = ['We open at nine.']\n",
        ],
    ),
];

/// A policy of one act, one step and one channel.
macro_rules! small {
    ($rest:literal) => {
        concat!(
            "svar = 1\nname = 'a'\n[language.en]\n[address.en]\nformal = { '=Thou' = 1.0 }\ninformal = { 'mate' = 1.0 }\n",
            "[acts.hi]\ntitle = 'greets'\n[acts.hi.en]\nhear = ['hi']\n",
            "[playbooks.all]\ntitle = 'whatever it is'\nwhen = { visibility = 'public' }\n",
            "[playbooks.all.steps.greet]\ntitle = 'greet'\nasks = ['hi']\nclosed_by = [{ all = ['hi'] }]\n",
            "[channels.wall]\nkind = 'social'\nvisibility = ['public']\nlimits = [{ unit = 'bytes', max = 20 }]\n",
            $rest
        )
    };
}

/// Every code about a policy that breaks the law of [`Policy::law`](super::Policy::law). Each example is a policy.
pub static LAW_CODES: &[Code] = &[
    page(
        "template-unheard",
        "a template is not heard as the act it says",
        "Let the act hear it: add a phrase to its `hear`, or say it in other words.",
        &[small!("[acts.hi.en.say]\nany = ['Good day.']\n")],
        &[small!("[acts.hi.en.say]\nany = ['Hi.']\n")],
    ),
    page(
        "template-address",
        "a template addresses its reader in another way than it says, or in two ways",
        "Write `<formal|informal>` where the two differ.",
        &[small!("[acts.hi.en.say]\nany = ['Hi mate, hi Thou.']\n")],
        &[small!("[acts.hi.en.say]\nany = ['Hi mate.']\n")],
    ),
    page(
        "draft-rejected",
        "a draft breaks a rule of the policy itself",
        "Say it in other words, or mend the rule.",
        &[small!(
            "[acts.hi.en.say]\nany = ['Hi.']\n[rules.x]\nforbid = { pattern = 'Hi' }\nseverity = 'error'\n"
        )],
        &[small!(
            "[acts.hi.en.say]\nany = ['Hi.']\n[rules.x]\nforbid = { pattern = 'Ho' }\nseverity = 'error'\n"
        )],
    ),
    page(
        "draft-warned",
        "a rule of the policy warns of a draft",
        "It passes, but the policy's own authors would be told to look at it: say it in other words.",
        &[small!(
            "[acts.hi.en.say]\nany = ['Hi.']\n[rules.x]\nforbid = { pattern = 'Hi' }\nseverity = 'warning'\n"
        )],
        &[small!(
            "[acts.hi.en.say]\nany = ['Hi.']\n[rules.x]\nforbid = { pattern = 'Ho' }\nseverity = 'warning'\n"
        )],
    ),
    page(
        "draft-too-long",
        "a draft is too long for its channel with everything left out that may be",
        "Write a shorter template, or let the channel split with `max_parts`.",
        &[small!("[acts.hi.en.say]\nany = ['Hi to everybody who reads this.']\n")],
        &[small!("[acts.hi.en.say]\nany = ['Hi.']\n")],
    ),
    page(
        "no-template",
        "a step asks for an act that cannot be said",
        "Give the act templates in every language and form of address the policy speaks.",
        &[small!("")],
        &[small!("[acts.hi.en.say]\nany = ['Hi.']\n")],
    ),
];

/// Every code about a request for a draft that none of the others names. Each example is a request to `draft`.
pub static DRAFT_CODES: &[Code] = &[
    page(
        "missing-slot",
        "a slot needs a value",
        "Give it one under `slots`; what is missing is told all at once.",
        &[r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["deadline-promise"]}"#],
        &[
            r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["deadline-promise"], "slots": {"deadline": "2026-12-11T14:00:00+01:00"}}"#,
        ],
    ),
    page(
        "slot-value",
        "a value is not what its slot holds, or an instant that has passed",
        "The help says what the slot's type asks for. Nothing is promised until an instant that is not after `now`, nor \
         until a day that is over.",
        &[
            r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["information"], "slots": {"link": "http://fjordmobil.example"}}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["information"], "slots": {"link": "https://fjordmobil.example"}}"#,
        ],
    ),
    page(
        "no-language",
        "nobody says which language to answer in, and it could not be heard",
        "Give the case a `language`.",
        &[r#"{"case": {"channel": "facebook"}, "acts": ["thanks"]}"#],
        &[r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["thanks"]}"#],
    ),
    page(
        "nothing-to-say",
        "the step that is due says nothing, or none is due",
        "Ask `next` what is to be done instead, or name the `acts`.",
        &[r#"{"case": {"channel": "facebook", "language": "en", "facts": {"intent": "spam"}}}"#],
        &[
            r#"{"case": {"channel": "facebook", "language": "en", "facts": {"intent": "spam"}}, "acts": ["thanks"]}"#,
        ],
    ),
    page(
        "no-pair",
        "a pair was asked for where there is no public reply, or nothing to follow it in private",
        "Ask for the reply alone.",
        &[
            r#"{"case": {"channel": "trustpilot", "language": "en", "facts": {"intent": "complaint"}, "messages": [{"from": "customer", "text": "Poor"}]}, "pair": true}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "language": "en", "facts": {"intent": "complaint"}, "messages": [{"from": "customer", "text": "Poor"}]}, "pair": true}"#,
        ],
    ),
    page(
        "draft-rejected",
        "what would be said breaks a rule of the policy",
        "Mostly it is a value that does: say it in other words.",
        &[
            r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["information"], "slots": {"answer": "You should have read the terms."}}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "language": "en"}, "acts": ["information"], "slots": {"answer": "The terms say so."}}"#,
        ],
    ),
];
