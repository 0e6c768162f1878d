//! The codes of what can be wrong with a test, and of what it can find. They stand here because all codes are listed
//! here.

use crate::source::{Code, page};

/// A small policy with these tests.
macro_rules! tested {
    ($tests:literal) => {
        concat!(
            "svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\n",
            "[channels.wall]\nkind = 'social'\nvisibility = ['public']\n[[tests]]\n",
            $tests
        )
    };
}

/// Every code about `[[tests]]`. Each example is a policy: what breaks it is told by
/// [`Suite::load`](crate::testing::Suite::load); its last document is the layer, those before it are packs.
pub static TEST_CODES: &[Code] = &[
    page(
        "test-name",
        "a test is called nothing, or by more than one line",
        "Give it a name by which somebody can tell what broke.",
        &[tested!("name = ' '\ncase = { channel = 'wall' }\nreply = 'oh <lol>'\n")],
        &[tested!("name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh <lol>'\n")],
    ),
    page(
        "test-question",
        "a test asks nothing of the policy, or several things",
        "Give it one of `reply`, `replies`, `draft`, `next` and `clock`; make a test of each.",
        &[tested!("name = 'laughing'\ncase = { channel = 'wall' }\nexpect = { present = 'x' }\n")],
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { present = 'x' }\n"
        )],
    ),
    page(
        "test-expectation",
        "a test expects something that the answer to its question does not tell",
        "Ask for what the message names, or take the expectation out.",
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { contains = 'lol' }\n"
        )],
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { spans = { x = 'lol' } }\n"
        )],
    ),
    page(
        "no-expectation",
        "a test expects nothing, and so would never fail",
        "Say what the answer is to be: `expect = { verdict = \"pass\" }`.",
        &[tested!("name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\n")],
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { present = 'x' }\n"
        )],
    ),
    page(
        "unbreakable-test",
        "a test expects what holds whatever the policy answers",
        "Correct the name, or expect something that could be otherwise: as it stands, the test proves nothing.",
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { absent = 'y.*' }\n"
        )],
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh well'\nexpect = { absent = 'x*' }\n"
        )],
    ),
    page(
        "unkeepable-test",
        "a test expects what no answer can be",
        "Correct the expectation, or give the policy what it speaks of.",
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { verdict = 'fail' }\n"
        )],
        &[
            "svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\nseverity = 'error'\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n[[tests]]\nname = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { verdict = 'fail' }\n",
        ],
    ),
    page(
        "duplicate-test",
        "two tests have one name",
        "Give each a name of its own. A test of a document further down is switched off by its name and `off = true`.",
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = '<lol>'\n[[tests]]\nname = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh <lol>'\n"
        )],
        &[tested!(
            "name = 'laughing'\ncase = { channel = 'wall' }\nreply = '<lol>'\n[[tests]]\nname = 'laughing again'\ncase = { channel = 'wall' }\nreply = 'oh <lol>'\n"
        )],
    ),
    page(
        "unknown-test",
        "a test that is not there is switched off",
        "Correct the name: as it stands, the test that was meant is still run.",
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n[[tests]]\nname = 'laughing'\ncase = { channel = 'wall' }\nreply = '<lol>'\n",
            "svar = 1\nname = 'a'\nextends = ['b']\n[[tests]]\nname = 'laughin'\noff = true\n",
        ],
        &[
            "svar = 1\nname = 'b'\n[rules.x]\nforbid = { pattern = 'lol' }\n[channels.wall]\nkind = 'social'\nvisibility = ['public']\n[[tests]]\nname = 'laughing'\ncase = { channel = 'wall' }\nreply = '<lol>'\n",
            "svar = 1\nname = 'a'\nextends = ['b']\n[[tests]]\nname = 'laughing'\noff = true\n",
        ],
    ),
];

/// What a test that does not hold is reported as.
pub static TEST_CODE: Code = page(
    "test",
    "the policy answers a test otherwise than it expects",
    "Mend the policy, or the test; the failure shows what was expected, and what was found where.",
    &[tested!(
        "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh lol'\nexpect = { absent = 'x' }\n"
    )],
    &[tested!(
        "name = 'laughing'\ncase = { channel = 'wall' }\nreply = 'oh well'\nexpect = { absent = 'x' }\n"
    )],
);

/// What a rule that nothing breaks is warned of as.
pub static UNTESTED_CODE: Code = page(
    "untested-rule",
    "no example and no test shows a reply that breaks the rule, or none in one of the languages it has phrases for",
    "Give the rule `bad = [\"…\"]` and `good = [\"…\"]`, or such lists for each language: without them nobody notices when it stops to work.",
    &["svar = 1\nname = 'a'\n[rules.x]\nforbid = { pattern = 'lol' }\n"],
    &[
        "svar = 1\nname = 'a'\n[language.en]\n[channels.facebook]\nkind = 'social'\nvisibility = ['public']\n[rules.x]\nforbid = { pattern = 'lol' }\nbad = ['oh <lol>']\n",
    ],
);

/// What a file of tests without a test is reported as. Each example is such a file.
pub static NO_TESTS_CODE: Code = page(
    "no-tests",
    "there is nothing to run",
    "Write `[[tests]]`, or examples beside the rules; a run that tests nothing proves nothing.",
    &["svar = 1\n"],
    &[
        "svar = 1\n[[tests]]\nname = 'no blame'\ncase = { channel = 'facebook', language = 'en' }\nreply = 'You should have read the terms.'\nexpect = { present = 'tone.blame' }\n",
    ],
);
