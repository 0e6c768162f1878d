//! `svar init` makes a policy that passes its own tests, and breaking any line of it is noticed.

use svar::Policy;
use svar::source::{Severity, tidy};
use svar::testing::{Runner, Suite, check};

use crate::{Folder, folder, svar};

/// The policy for these languages and channels, in a directory that is called by the languages.
fn policy(folder: &Folder, languages: &str, channels: &str) -> String {
    let name = languages.replace(',', "-");
    let directory = folder.path_of(&name);
    let arguments = ["init", &directory, "--name", "acme", "--brand", "Acme \"Nord\" AS"];
    let ran = svar(&[&arguments[..], &["--languages", languages, "--channels", channels]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder.text(&format!("{name}/policy.toml"))
}

#[test]
fn a_new_policy_passes_its_own_tests_in_every_language_and_on_every_channel() {
    let folder = folder("init-all");
    let builtin = Policy::builtin();
    let names = |list: Vec<&str>| list.join(",");
    let channels = names(builtin.channels().iter().map(|channel| channel.id()).collect());
    let languages: Vec<&str> = builtin.languages().iter().map(|language| language.as_str()).collect();
    let single = languages.iter().map(|language| (*language, "facebook"));
    for (languages, channels) in single.chain([(&*languages.join(","), &*channels)]) {
        let policy = policy(&folder, languages, channels);
        let found = check(&Policy::builder().layer("policy.toml", policy.clone()));
        // It is not yet the company's own in two places, and in no other.
        let told: Vec<_> = found.iter().map(|found| (found.code(), found.severity())).collect();
        assert_eq!(told, [("made-up-contact", Severity::Advice); 2], "{languages}: {found:#?}");
        let lines: Vec<&str> = policy.lines().collect();
        for found in &found {
            let line = lines[found.location().expect("it has a place").line() - 1];
            assert!(["email = ", "phone = "].iter().any(|key| line.starts_with(key)), "{line}");
        }
        let owned = check(&Policy::builder().layer("policy.toml", owned(&policy)));
        assert!(owned.is_empty(), "{languages}: {owned:#?}");
        assert_eq!(tidy("policy.toml", &policy).expect("it is sound"), policy, "{languages} is tidy");
        assert!(policy.starts_with("#:schema ./policy.schema.json\n"));
    }
}

#[test]
fn the_commands_that_it_names_pass() {
    let folder = folder("init-commands");
    policy(&folder, "nb,en", "facebook,x");
    let directory = folder.path_of("nb-en");
    for command in ["check", "test"] {
        let ran = svar(&[command, &directory]);
        assert!(ran.code == 0 && !ran.err.contains("warning"), "{command}: {}", ran.err);
    }
    assert_eq!(svar(&["fmt", "--check", &folder.path_of("nb-en/policy.toml")]).code, 0);
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder("init-twice");
    let within = || std::fs::read_dir(folder.path()).unwrap().count();
    for own in ["policy.toml", "policy.schema.json"] {
        let mine = folder.file(own, "# mine\n");
        assert_eq!(svar(&["init", folder.path()]).code, 2);
        assert_eq!(folder.text(own), "# mine\n");
        assert_eq!(within(), 1, "nothing else is written");
        std::fs::remove_file(mine).unwrap();
    }
    for wrong in [["--languages", "en,fi"], ["--channels", "faceboook"]] {
        let ran = svar(&[&["init", folder.path()][..], &wrong].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("there is no"), "{wrong:?}: {}", ran.err);
        assert_eq!(within(), 0);
    }
}

/// The policy once the company has given its own contacts.
fn owned(policy: &str) -> String {
    policy
        .replace("help@your-company.example", "help@fjordmobil.no")
        .replace("+47 00 00 00 00", "+47 21 00 00 00")
}

/// Whether anything tells that something is wrong.
fn is_noticed(policy: &str) -> bool {
    let Ok((policy, suite)) = Suite::load(&Policy::builder().layer("policy.toml", policy)) else {
        return true;
    };
    let mut runner = Runner::new(&policy);
    !policy.warnings().is_empty()
        || !suite.untested_rules(&policy).is_empty()
        || suite.items().iter().any(|item| !item.run(&mut runner).passes())
        || !policy.law().holds()
}

/// The line without its key, misspelt.
fn misspelt(line: &str) -> String {
    match line.rfind("\"]").or_else(|| line.find(']')).filter(|_| line.starts_with('[')) {
        Some(end) => format!("{}x{}", &line[..end], &line[end..]),
        None => {
            let end = line.find([' ', '.']).expect("a key ends");
            format!("{}x{}", &line[..end], &line[end..])
        }
    }
}

/// The line with its first text emptied, else its first number one greater, else its truth turned around.
fn changed(line: &str) -> Option<String> {
    if line.starts_with('[') {
        return None;
    }
    let (key, value) = line.split_once(" = ").unwrap_or(("", line));
    let value = match (value.find('"'), value.find(|letter: char| letter.is_ascii_digit())) {
        (Some(start), _) => {
            let end = start + 1 + value[start + 1..].replace("\\\"", "__").find('"').expect("text ends");
            format!("{}\"\"{}", &value[..start], &value[end + 1..])
        }
        (None, Some(at)) => {
            let digit = value[at..=at].parse::<u8>().expect("a digit");
            format!("{}{}{}", &value[..at], digit + 1, &value[at + 1..])
        }
        (None, None) => value.replace("true", "false"),
    };
    Some(if key.is_empty() { value } else { format!("{key} = {value}") }).filter(|changed| changed != line)
}

/// What holds the policy to something, and is held to nothing itself: that an example or a test is gone, or asks less,
/// only its author can know. Of a rule's examples one in each language must be there, unless a test stands in for it.
const HOLDS: [&str; 2] = ["bad.en", "languages = [\"*\"]"];
/// What a test asks for, beside other things: without its line it asks for less.
const ASKS: [&str; 4] = ["expect.policy = ", "severity = \"advice\"", "message = \"`be patient`", "why = "];
/// A name of the author's own choice, which nothing else names.
const OWN_NAME: &str = "[sla.targets.solution]";
/// What is doubtful without its line; `svar check` is asked, and not this test.
const DOUBTFUL: &str = "serious = \"as-promised\"";

#[test]
fn breaking_any_line_is_noticed() {
    let folder = folder("init-lines");
    let policy = owned(&policy(&folder, "en,nb", "facebook,x"));
    let lines: Vec<&str> = policy.lines().collect();
    let first_test = lines.iter().position(|line| *line == "[[tests]]").expect("there are tests");
    assert!(!is_noticed(&policy), "nothing is wrong to begin with");
    let mut unnoticed = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let with = |own: Option<&str>| {
            let before = lines.iter().take(at).copied();
            let all: Vec<&str> = before.chain(own).chain(lines.iter().skip(at + 1).copied()).collect();
            all.join("\n") + "\n"
        };
        let begins = |all: &[&str]| all.iter().any(|start| line.starts_with(start));
        let asks = at > first_test && begins(&ASKS);
        if !asks && !begins(&HOLDS) && !begins(&[DOUBTFUL]) && !is_noticed(&with(None)) {
            unnoticed.push(format!("gone: {line}"));
        }
        // Lines that go on with a list have no key.
        let has_key = !line.starts_with([' ', ']']);
        if has_key && *line != OWN_NAME && !is_noticed(&with(Some(&misspelt(line)))) {
            unnoticed.push(format!("misspelt: {line}"));
        }
        if let Some(changed) = changed(line) {
            if !is_noticed(&with(Some(&changed))) {
                unnoticed.push(format!("changed to {changed}: {line}"));
            }
        }
    }
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}
