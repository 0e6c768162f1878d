//! Documents of many mistakes: what is told of each is looked for among a bounded number of names, and only where it is
//! listed.

use svar::testing::Suite;
use svar::{Policy, PolicyBuilder};

use super::growth;

const HEAD: &str = "svar = 1\nname = 'a'\n";

/// So many times a piece of a document, `@` being its number.
fn many(count: usize, piece: &str) -> String {
    (0..count).map(|number| piece.replace('@', &format!("{number:05}"))).collect()
}

#[test]
fn time_grows_with_the_document_and_no_faster() {
    for (what, head, pieces) in [
        (
            "rules switched off",
            "[language.en]\n",
            &[
                "[rules.'defined-@']\nforbid = { pattern = 'z' }\noff = true\n",
                "[rules.'devined-@']\noff = true\n",
            ][..],
        ),
        ("rules of no kind", "[language.en]\n", &["[rules.'a-rule-@']\nwhy = 'x'\n"]),
        (
            "acts without a title",
            "[language.en]\n",
            &["[acts.'an-act-@'.en]\nhear = ['a']\n", "[acts.'the-act-@']\ntitle = 'x'\n"],
        ),
        (
            "playbooks without steps",
            "",
            &["[playbooks.'a-book-@']\noff = true\nsteps = {}\n", "[playbooks.'a-bok-@']\noff = true\n"],
        ),
        (
            "channels",
            "",
            &[
                "[channels.'wall-@']\nname = 'x'\n",
                "[channels.'hall-@']\nprivate_route = { to = 'ball-@' }\n",
            ],
        ),
        ("languages", "", &["[language.'xx-@']\nname = 'x'\n", "[acts.'act-@'.'xx-@']\nhear = ['a']\n"]),
        (
            "signals",
            "[language.en]\n",
            &["[signals.'signal-@'.en]\nhear = ['a']\n", "[rules.'r-@']\nforbid = { signal = 'sgnal-@' }\n"],
        ),
        (
            "roles",
            "",
            &[
                "[authority.'role-@']\ncase = { NOK = 5 }\n",
                "[rules.'r-@']\nforbid = { pattern = 'z' }\nwhen = { agent_role = 'rola-@' }\noff = true\n",
            ],
        ),
    ] {
        let document = |count| {
            let pieces: String = pieces.iter().map(|piece| many(count, piece)).collect();
            format!("{HEAD}{head}{pieces}")
        };
        let (small, large) = (document(500), document(4_000));
        growth::is_linear(what, || drop(Policy::from_toml(&small)), || drop(Policy::from_toml(&large)));
    }
}

#[test]
fn tests_that_are_switched_off_are_found_among_many() {
    let document = |count| {
        let there = many(
            count,
            "[[tests]]\nname = 'a test @'\ncase = { channel = 'wall' }\nreply = 'a'\nexpect = { verdict = 'pass' }\n",
        );
        let off = many(count, "[[tests]]\nname = 'a test @'\noff = true\n");
        let lonely = many(count, "[[tests]]\nname = 'no test @'\noff = true\n");
        format!("{HEAD}[channels.wall]\nkind = 'social'\nvisibility = ['public']\n{there}{lonely}{off}")
    };
    let builder = |count| PolicyBuilder::default().layer("a.toml", document(count));
    let (small, large) = (builder(500), builder(4_000));
    growth::is_linear("tests", || drop(Suite::load(&small)), || drop(Suite::load(&large)));
}
