//! The author's tests: examples beside what they are about, tests of whole cases, and what runs them.
//!
//! `svar test` runs everything, [`check`] tells of it beside the mistakes of a policy, and [`assert_policy`] and
//! [`main`] bring it into a host's own `cargo test`.
//!
//! # Examples
//!
//! Beside an act stands `heard` and `unheard`, beside a rule `good` and `bad`, each a list of texts, or a table of
//! lists by language; `<…>` marks the exact span that is expected, `\<` is the character itself. A `bad` reply breaks
//! its rule, and the fix that the rule proposes silences it and raises no other. A `good` one keeps the rule and has no
//! error. A reply with a case of its own is a table, and a bad one can say what the fix makes of it:
//! `{ reply = "…", case = { channel = "x" }, fixed = "…" }`.
//!
//! ```
//! use svar::testing::{Runner, Suite};
//!
//! let policy = r#"
//! svar = 1
//! name = "acme"
//! extends = ["svar:care"]
//! languages = ["en"]
//!
//! [rules."acme.no-jargon"]
//! forbid = { phrases = ["ticket number"] }
//! good = ["We have your case in front of us."]
//! bad = ["What is the <ticket number>?"]
//!
//! [[tests]]
//! name = "blame is never published"
//! case = { channel = "facebook", language = "en", customer = "It broke again!" }
//! replies = ["You should have read the terms.", "That is <your own fault>."]
//! expect = { verdict = "fail", present = ["tone.blame"] }
//! "#;
//! let (policy, suite) = Suite::load(&svar::Policy::builder().layer("acme.toml", policy))?;
//! let mut runner = Runner::new(&policy);
//! assert_eq!(suite.items().len(), 4);
//! assert!(suite.items().iter().all(|item| item.run(&mut runner).passes()));
//! # Ok::<(), svar::source::Diagnostics>(())
//! ```
//!
//! # Tests
//!
//! A test is a case, one question about it, and what is expected of the answer.
//!
//! ```toml
//! [[tests]]
//! name = "an angry customer"             # by which it is reported and asked for; no two are called the same
//! case = { channel = "facebook", language = "nb", customer = "Hei, dette er tredje gang nettet er nede!!" }
//! reply = "Hei Kari. Vi beklager …"      # the question: may this be said?
//! expect = { verdict = "pass", absent = ["tone.*"] }
//! ```
//!
//! | key | what stands there |
//! |---|---|
//! | `name` | one line; needed |
//! | `case` | a [case](crate::case) as it is written in JSON. `customer = "…"` is the customer's only message |
//! | `cases` | a list of them, for `health` |
//! | `message` | a message of the customer, put behind those of the case; so `case.customer` can say who they are: `{ name = "Kari" }` |
//! | `channels`, `languages` | lists: the test is run on each channel, in each language, instead of those of the case; `"*"` is all that the policy has |
//! | `now` | the instant at which it is asked: `2026-11-21T09:30:00+01:00` |
//! | `reply` | a reply to be judged, or one for each language: `{ nb = "…", de = "…" }`. `<…>` marks where something is found |
//! | `replies` | many of them, or a list for each language. Each is a text, or `{ reply, name, expect }`: a key of its own `expect` takes the place of the same key of the test's |
//! | `draft` | `true`, or how: `{ slots, seed, acts, optional, remedy, canned }` as in a request |
//! | `next` | `true`: which step is due? |
//! | `clock` | `true`: how do the clocks stand, and who is told? Needs `now` |
//! | `surge` | `true`: how far has the case spread, and what does that ask for? Needs `now` |
//! | `health` | `true`: how well are the channels looked after, as `cases` show? Needs `now` |
//! | `expect` | see below |
//! | `off` | `true` switches off the test of this name that a document further down has |
//!
//! A test has exactly one of `reply`, `replies`, `draft`, `next`, `clock`, `surge` and `health`. What is run has a name
//! made of the test's and, where there are several, of the channel, the language and the reply:
//! `tests/an angry customer/x/nb/2`.
//!
//! ## What can be expected
//!
//! Of a reply, and of what the rules say of a draft. Names of rules may have a `*`:
//!
//! | key | what is expected |
//! |---|---|
//! | `verdict` | `"pass"` or `"fail"`; of a draft `"pass"`, that there is one |
//! | `no_errors`, `no_warnings` | `true`: nothing is found that is an error; that is an error or a warning |
//! | `present` | rules: of each something is found. A rule can be a table, `{ rule = "tone.blame", message = "…" }`, with what the finding says |
//! | `absent` | rules: of none anything is found |
//! | `only` | rules, or tables as for `present`: of each something is found, and nothing else; `[]` for nothing at all |
//! | `spans` | `{ "tone.blame" = ["your own fault"] }`: the rule is found at these texts and nowhere else |
//! | `severity` | `{ "tone.slang" = "warning" }`: the rule is found, and weighs so much |
//! | `acts`, `not_acts` | acts that are heard, and that are not; what is quoted or taken back is not heard |
//!
//! Of a draft: `text`, `contains`, `not_contains`, `channel`, `language`, `register`, `address`, `visibility`,
//! `playbook`, `step`, `canned`, or `error`, the code of why there is none. Of the step that is due: `playbook`,
//! `step`, `action`, `asks`, `not_asks`, `optional`, `forbids` (acts), `visibility`, `role`, `clock`, `remedy`,
//! `due_at`, and `remedies`, all that [can be offered](crate::Policy::remedies). Of clocks:
//!
//! ```toml
//! [tests.expect]
//! clocks.first-response = { state = "running", due_at = 2026-11-23T09:05:00+01:00 }   # also `remaining_seconds`, `at_risk`
//! clocks.resolution = "none"             # a state alone: running, paused, met, breached, or none for no such clock
//! escalations = ["unanswered", { ladder = "serious", level = 2, notify = [{ role = "manager" }] }]   # levels that are due
//! on_call = { watch = ["Kari"] }         # by rota, at `now`
//! ```
//!
//! Of a surge `level`, `serious`, `evidence`, `reach`, `velocity` and `asks`. Of the health of channels `verdict`,
//! `no_errors`, `no_warnings`, `present`, `absent`, `only` and `severity` of `health.…` rules, and `channels`, `total`
//! and `systemic`:
//!
//! ```toml
//! [[tests]]
//! name = "thousands of comments are a crisis"
//! case = { channel = "facebook", facts = { comments = 5000 } }
//! now = 2026-11-21T09:30:00+01:00
//! surge = true
//! expect = { level = "crisis", evidence = ["comments"], asks = { tell = ["lead"], crisis_contact = "Kari, +47 21 00 00 00" } }
//!
//! [[tests]]
//! name = "three days without a word are told of"
//! cases = [{ channel = "facebook", messages = [{ from = "customer", at = 2026-11-18T09:00:00+01:00, text = "Hei?" }] }]
//! now = 2026-11-21T09:30:00+01:00
//! health = true
//! expect = { present = [{ rule = "health.silent", channel = "facebook" }], total = { unanswered = 1 } }
//! ```
//!
//! Tables have the shape of the JSON of the answer, and of `policy` (`{ name, version }`, of everything but clocks and
//! surges), too: the answer has at least the keys and elements that are written, and for an empty list nothing at all.
//! An element can be written as its name alone: `"unanswered"` for `{ ladder = "unanswered" }`. A level of a ladder is
//! due, unless a test says `due = false`.
//!
//! ## What is no test
//!
//! A test that cannot fail proves nothing, and one that cannot hold is no help. Both are mistakes with a place, like a
//! misspelt key: a test that expects nothing, a name with a star that names no rule, a verdict where no rule is an
//! error, an empty list or text, `contains` where the test wrote the reply itself, expectations that exclude each
//! other.
//!
//! ## Layers and files
//!
//! Tests of all documents are run: those of an upper document stand behind those of the ones below and replace none,
//! since whoever extends a pack wants to know what of it no longer holds. A test that shall not hold any more is
//! switched off by its name; a name that no test has is a mistake. A test of a document further down in a language that
//! the policy does not speak is left out and [counted](Suite::elsewhere); in a document of the author's own it is a
//! mistake.
//!
//! Tests can stand apart from the policy, in files that hold `svar = 1` and `[[tests]]` and nothing else:
//! `svar test policy.toml --tests tests.toml`, [`Suite::add`].
//!
//! # In a host's own tests
//!
//! ```no_run
//! #[test]
//! fn our_policy_does_what_we_think() {
//!     svar::testing::assert_policy("policy.toml");
//! }
//! ```
//!
//! For one test for each example and test, see [`main`].
//!
//! # Coverage
//!
//! `svar test policy.toml --coverage` tells which parts of the policy no test reaches, with file and line; with
//! `--min-coverage 80` it fails where fewer than 80 of 100 are reached. It is counted from what really ran: a
//! [`Runner`] that is given a [`Coverage`] notes in it what the policy does while it is asked, and nothing is concluded
//! from what a test says that it tests. No answer is another for being noted.
//!
//! | place | it *fired* when | it *passed* when |
//! |---|---|---|
//! | a rule | it found something | its `when` held for a reply, and it found nothing |
//! | a phrase, a cue | it was heard; not where it was negated, or a longer one took it away | – |
//! | a template | a draft said it, one of a test or of the [law](crate::policy::Law) | – |
//! | a step | it was due | – |
//! | a channel in a language | something was found in a reply there | a reply there may be published |
//! | a ladder | one of its levels was due | – |
//! | a level of a surge | a case reached it | – |
//! | a rule of a channel's health | it found something in an archive | an archive was looked at, and it found nothing |
//!
//! A place is tested when it has done all that its row names. An author is told of what their own documents say;
//! `--all` tells of the packs that ship built in as well.
//!
//! # Mutation
//!
//! A test that passes whatever the policy says protects nothing. `svar test policy.toml --mutate` weakens the author's
//! documents one place at a time: it leaves out a rule, a phrase, one condition, a template, a step or a setting, takes
//! back what is switched off, lifts a limit by one, lowers a severity. All examples and tests are run against what is
//! left, and each change that none of them notices is listed: ``without `max = 2` in channels.facebook.emoji no test
//! fails``. `--limit 100` tries so many, spread evenly. [`Mutation`] does the same for a host.
//!
//! What changes nothing is not tried: a phrase that the documents below have, too, a value that one above overrides.
//! What no longer builds is noticed without any test, and counted apart. The law is not asked: it tells of drafts, not
//! of what the author wants. Texts for people (`why`, `title`; the `message` of a rule counts), what a rule proposes
//! instead (`fix`), and the `words` and `letters` by which a language is told from others are left as they are.

mod asked;
mod compare;
mod contradiction;
mod coverage;
mod example;
mod expect;
mod harness;
mod judge;
mod marked;
mod mutate;
mod names;
mod outcome;
mod pattern;
mod read_test;
mod runner;
pub(crate) mod schema;
mod shape;
mod spread;
mod suite;
mod test;
mod told;
mod wanted;

pub use compare::{
    Aspect, Changed, ClockView, Comparer, Comparison, Difference, FindingChange, Question, RuleChange, Said,
    StepView,
};
pub use coverage::{Coverage, CoverageState, Covered, CoveredKind, Tally};
pub use example::{Example, Expectation, Section};
pub use harness::{assert_policy, main};
pub use mutate::{Fate, Mutant, Mutation, MutationError, Mutations};
pub use outcome::Outcome;
pub use runner::Runner;
pub use suite::{Item, Suite};
pub use test::Test;

use crate::policy::PolicyBuilder;
use crate::source::Diagnostic;

/// Everything there is to say about the documents of a policy: their mistakes, or else what is doubtful in them, the
/// rules that nothing tests or explains, the examples and tests that do not hold, and the drafts that break the
/// policy's own [law](crate::policy::Policy::law). Empty, if all is well.
pub fn check(builder: &PolicyBuilder) -> Vec<Diagnostic> {
    match Suite::load(builder) {
        Ok((policy, suite)) => {
            let mut runner = Runner::new(&policy);
            let failures = suite.items().iter().flat_map(|item| item.run(&mut runner).failures);
            let doubtful = policy.warnings().iter().cloned().chain(suite.untested_rules(&policy));
            let doubtful = doubtful.chain(suite.unexplained_rules(&policy));
            doubtful.chain(failures).chain(policy.law().broken).collect()
        }
        Err(mistakes) => mistakes.into_vec(),
    }
}
