//! The codes of what can be wrong with calendars, holidays and rotas, and with a question about them.

use crate::source::{Code, page};

/// Mistakes in a policy. Each example is a policy.
pub static CALENDAR_CODES: &[Code] = &[
    page(
        "hours",
        "hours that cannot be read, or that are empty",
        "Write two times of day: `09:00-17:00`. Hours that end earlier than they begin go on after midnight; around the \
         clock is `00:00-24:00`, and a day without hours is `[]`.",
        &["svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'UTC'\nopen = { mon = ['09:61-17:00'] }\n"],
        &["svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'UTC'\nopen = { mon = ['09:00-17:00'] }\n"],
    ),
    page(
        "never-opens",
        "a calendar that is closed for ever",
        "Give a weekday hours that breaks, closed days and holidays leave something of; asked about an instant, the \
         calendar must open some time after it.",
        &[
            "svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'UTC'\nopen = { mon = ['09:00-17:00'] }\nbreaks = { mon = ['08:00-18:00'] }\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[calendars.office]\ntime_zone = 'UTC'\nopen = { mon = ['09:00-17:00'] }\nbreaks = { mon = ['12:00-13:00'] }\n",
        ],
    ),
    page(
        "rota",
        "a rota with nobody in it, or one that cannot be followed",
        "A layer has at least one person with a name; turns that change on a weekday last whole weeks; an override ends \
         after it begins.",
        &[
            "svar = 1\nname = 'a'\n[rotas.watch]\ntime_zone = 'UTC'\nlayers = [{ people = [], start = '2026-01-05', every = '1w' }]\n",
        ],
        &[
            "svar = 1\nname = 'a'\n[rotas.watch]\ntime_zone = 'UTC'\nlayers = [{ people = ['kari'], start = '2026-01-05', every = '1w' }]\n",
        ],
    ),
];

/// What is doubtful in a policy. Each example is a policy.
pub static CALENDAR_WARNINGS: &[Code] = &[page(
    "rota-gap",
    "there are times at which nobody is on call",
    "Add a layer for these hours. Where the team is at work anyway, name its calendar: `beside = \"office\"`.",
    &[
        "svar = 1\nname = 'a'\n[rotas.watch]\ntime_zone = 'UTC'\nlayers = [{ people = ['kari'], start = '2026-01-05', every = '1w', hours = { sat = ['00:00-24:00'] } }]\n",
    ],
    &[
        "svar = 1\nname = 'a'\n[rotas.watch]\ntime_zone = 'UTC'\nlayers = [{ people = ['kari', 'ola'], start = '2026-01-05', every = '1w' }]\n",
    ],
)];

/// Mistakes in a request. Each example is a request to `calendar`.
pub static CALENDAR_REQUEST_CODES: &[Code] = &[
    page(
        "instant-range",
        "an instant that no calendar knows",
        "Calendars know the years 2000 to 2100: laws on holidays and clocks further away are anybody's guess.",
        &[
            r#"{"calendar": {"time_zone": "UTC", "open": {"mon": ["09:00-17:00"]}}, "op": "is-open", "at": "1999-11-22T10:00:00Z"}"#,
        ],
        &[
            r#"{"calendar": {"time_zone": "UTC", "open": {"mon": ["09:00-17:00"]}}, "op": "is-open", "at": "2026-11-23T10:00:00Z"}"#,
        ],
    ),
    page(
        "too-long",
        "more open time than there is up to the year 2100",
        "Durations are in seconds; look for milliseconds.",
        &[
            r#"{"calendar": {"time_zone": "UTC", "open": {"mon": ["09:00-17:00"]}}, "op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 28800000000}"#,
        ],
        &[
            r#"{"calendar": {"time_zone": "UTC", "open": {"mon": ["09:00-17:00"]}}, "op": "add", "at": "2026-11-23T10:00:00Z", "seconds": 28800}"#,
        ],
    ),
];
