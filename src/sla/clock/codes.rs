//! The codes of what can be wrong with what a policy promises, and with a case whose clocks are asked for.

use crate::source::{Code, page};

/// Mistakes in a policy. Each example is a policy.
pub static CLOCK_CODES: &[Code] = &[
    page(
        "target-calendar",
        "a target is counted in hours that nobody has given",
        "Business time needs a `calendar`, covered time a `rota`, too; for every hour write `time = \"calendar\"`.",
        &["svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\n"],
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\n",
        ],
    ),
    page(
        "mark",
        "a point on the way of a clock that cannot be read, or that comes too late",
        "Write a share of the time such as `80%`, or `due`, `due-10m`, `due+1h`. A clock is at risk before it is due.",
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\nat_risk = '0.8'\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\nat_risk = '80%'\n",
        ],
    ),
    page(
        "pause",
        "a kind of event that means something else is said to pause a clock",
        "`resolve`, `reopen` and the kinds that change facts have their own effect; name another kind.",
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\npauses = ['resolve']\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\npauses = ['on-hold']\n",
        ],
    ),
    page(
        "clock-condition",
        "a clock cannot depend on this",
        "A clock runs before there is a reply: ask for what is known of the case.",
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\nwhen = { first_reply = true }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\nwhen = { priority = 'high' }\n",
        ],
    ),
    page(
        "ladder",
        "a ladder ends with nobody",
        "Give its last level a `role`, a `person` or a `rota` to notify.",
        &["svar = 1\nname = 'a'\n[sla.escalation.late]\nlevels = [{ at = 'due' }]\n"],
        &[
            "svar = 1\nname = 'a'\n[sla.escalation.late]\nlevels = [{ at = 'due', notify = { role = 'manager' } }]\n",
        ],
    ),
    page(
        "ladder-order",
        "the levels of a ladder are not in order",
        "Put the level that comes first in front; `80%` of an hour is before `due-5m`.",
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\n[sla.escalation.late]\nlevels = [{ at = 'due', notify = { role = 'lead' } }, { at = '80%', notify = { role = 'manager' } }]\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\n[sla.escalation.late]\nlevels = [{ at = '80%', notify = { role = 'lead' } }, { at = 'due', notify = { role = 'manager' } }]\n",
        ],
    ),
];

/// What is doubtful in a policy: warnings and advice. Each example is a policy.
pub static CLOCK_WARNINGS: &[Code] = &[
    page(
        "no-cover",
        "a serious case waits until the team is back",
        "Name a `rota` whose hours count for serious cases, or write `serious = \"as-promised\"` under `sla`.",
        &[
            "svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['09:00-16:00'] }\n[sla]\ncalendar = 'office'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '15m'\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'Europe/Oslo'\nopen = { mon = ['09:00-16:00'] }\n[sla]\ncalendar = 'office'\nserious = 'as-promised'\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '15m'\n",
        ],
    ),
    page(
        "no-target",
        "nothing is promised any more",
        "Every target is switched off: give one of your own, or leave a built-in one on.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:sla']\n[sla.targets]\nfirst-response.off = true\nnext-response.off = true\n",
        ],
        &["svar = 1\nname = 'a'\nextends = ['svar:sla']\n[sla.targets]\nnext-response.off = true\n"],
    ),
    page(
        "target-order",
        "a target promises more time than another that may take longer",
        "An answer comes before a solution, social media before mail, complaints before questions, what is urgent or serious before what is not.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:channels']\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '5h'\ntime = 'calendar'\n[sla.targets.solution]\nmetric = 'resolution'\nduration = '1h'\ntime = 'calendar'\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:channels']\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '1h'\ntime = 'calendar'\n[sla.targets.solution]\nmetric = 'resolution'\nduration = '5h'\ntime = 'calendar'\n",
        ],
    ),
    page(
        "target-slow",
        "an answer on social media may take more than a day",
        "People expect hours there, or minutes; 24 hours are the most that is thought reasonable.",
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:channels']\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '2d'\ntime = 'calendar'\n",
        ],
        &[
            "svar = 1\nname = 'a'\nextends = ['svar:channels']\n[sla.targets.answer]\nmetric = 'first-response'\nduration = '24h'\ntime = 'calendar'\n",
        ],
    ),
];

/// What can be wrong or odd with a case whose clocks are asked for. Each example is a request to `clock`; where it can
/// be answered all the same, the code is that of a warning in the answer.
pub static CLOCK_REQUEST_CODES: &[Code] = &[
    page(
        "undated-message",
        "a message has no time",
        "Give every message its `at`: leaving one out could turn a kept promise into a broken one.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "Hi"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "Hi", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "out-of-order",
        "messages or events are not in the order of their times",
        "They are sorted; list them oldest first, and check the clocks of whoever wrote the times.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "agent", "text": "Hi", "at": "2026-11-21T09:30:00Z"}, {"from": "customer", "text": "Hi", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "Hi", "at": "2026-11-21T09:00:00Z"}, {"from": "agent", "text": "Hi", "at": "2026-11-21T09:30:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "in-the-future",
        "something happens after the instant that is asked about",
        "It is left out. Give the `now` that is meant, or check the clocks of whoever wrote the times.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "Hi", "at": "2026-11-21T11:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [{"from": "customer", "text": "Hi", "at": "2026-11-21T10:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "paused-twice",
        "an event pauses what is paused",
        "It is without effect; a `resume` between the two is perhaps missing.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "pause", "at": "2026-11-21T08:00:00Z"}, {"kind": "pause", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "pause", "at": "2026-11-21T08:00:00Z"}, {"kind": "resume", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "not-paused",
        "an event resumes what is not paused",
        "It is without effect; a `pause` before it is perhaps missing.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resume", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "pause", "at": "2026-11-21T07:00:00Z"}, {"kind": "resume", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "resolved-twice",
        "an event resolves what is resolved",
        "It is without effect; a `reopen` between the two is perhaps missing.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resolve", "at": "2026-11-21T08:00:00Z"}, {"kind": "resolve", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resolve", "at": "2026-11-21T08:00:00Z"}, {"kind": "reopen", "at": "2026-11-21T09:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "not-resolved",
        "an event reopens what is open",
        "It is without effect; a `resolve` before it is perhaps missing.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "reopen", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resolve", "at": "2026-11-21T07:00:00Z"}, {"kind": "reopen", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
    page(
        "unknown-event",
        "an event is nearly called like one from which something follows, and no entry of the policy names it",
        "Correct its kind: as it stands, nothing follows from it. An event of your own has a name of its own.",
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resolved", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
        &[
            r#"{"case": {"channel": "facebook", "messages": [], "events": [{"kind": "resolve", "at": "2026-11-21T08:00:00Z"}]}, "now": "2026-11-21T10:00:00Z"}"#,
        ],
    ),
];
