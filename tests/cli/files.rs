//! What the command line says of files: of those that are not there, that are no text, and of directories.

use serde_json::json;

use crate::{ACME, Ran, asked, folder, svar};

const TESTS: &str = "svar = 1\n\n[[tests]]\nname = \"thanks pass\"\ncase = { channel = \"facebook\", language = \"en\" }\nreply = \"Hi Kim, thank you!\"\nexpect = { verdict = \"pass\" }\n";

#[test]
fn what_is_no_text_and_what_is_not_there_is_told_like_everything_else() {
    let latin = [ACME.as_bytes(), b"[brand]\nname = \"Kj\xf8kken\"\n"].concat();
    let wide: Vec<u8> = ACME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".to_vec(), wide].concat();
    let folder = folder("unreadable");
    let (latin, wide) = (folder.file("latin.toml", latin), folder.file("wide.toml", wide));
    let (missing, acme) = (folder.path_of("no-such.toml"), folder.file("acme.toml", ACME));
    let directory = folder.path();
    for (file, code, line, ends) in
        [(&latin, "not-utf8", 6, 1), (&wide, "not-utf8", 1, 1), (&missing, "unreadable", 1, 2)]
    {
        let text = svar(&["check", file]);
        assert_eq!(text.code, ends, "{file}: {}", text.err);
        assert!(text.err.starts_with(&format!("error[{code}]: ")), "{file}: {}", text.err);
        assert!(text.err.contains(&format!("--> {file}:{line}:")), "{file}: {}", text.err);
        assert!(text.err.contains("help: "), "{file}: {}", text.err);
        // `check` prints one array, whatever there is to tell.
        let checked = svar(&["check", "--format", "json", file]);
        let told = &checked.json()[0][0];
        assert_eq!((checked.code, &told["code"], &told["source"]), (ends, &json!(code), &json!(file)));
        for arguments in [
            &["test", "--format", "json", file][..],
            &["validate", "--format", "json", "--reply", "Hi", "--policy", file],
            &["draft", "--format", "json", "--customer", "Hi", "--pack", file],
        ] {
            let told = &svar(arguments).json()[0]["error"];
            assert_eq!((&told["code"], &told["source"]), (&json!(code), &json!(file)), "{arguments:?}");
        }
        let sarif = svar(&["check", "--format", "sarif", file]).json();
        assert_eq!(sarif[0]["runs"][0]["results"][0]["ruleId"], code);
    }
    for arguments in [
        &["validate", "--jsonl", &missing][..],
        &["clock", "--format", "json", &missing],
        &["health", "--format", "json", &missing],
        &["score", "--format", "json", &missing],
        &["diff", "--format", "json", "--new", &missing, "examples/replies.jsonl"],
        // A directory is no file of requests, and its name is not lost.
        &["validate", "--jsonl", directory],
        &["validate", "--format", "sarif", directory],
        &["next", "--format", "json", directory],
        &["draft", "--format", "json", directory],
        &["clock", "--format", "json", directory],
        &["read", "--jsonl", directory],
        &["health", "--format", "json", directory],
        &["score", "--format", "json", directory],
        &["diff", "--format", "json", &acme, &acme, directory],
    ] {
        let ran = svar(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        let file = if ran.err.contains(&missing) { missing.as_str() } else { directory };
        assert!(ran.err.starts_with("error[unreadable]: "), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("--> {file}:1:1")), "{arguments:?}: {}", ran.err);
        if !arguments.contains(&"sarif") {
            let told = &ran.json()[0]["error"];
            assert_eq!(
                (&told["code"], &told["source"]),
                (&json!("unreadable"), &json!(file)),
                "{arguments:?}"
            );
        }
    }
}

#[test]
fn a_mistyped_file_is_not_heard_as_a_text() {
    let folder = folder("mistyped");
    let energi = folder.file("energi.toml", ACME);
    for name in ["nosuch.jsonl", "nosuch.json", "nosuch.toml", "nosuch.txt", "."] {
        let path = folder.path_of(name);
        let ran = svar(&["read", &path]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}: {}", ran.err);
        assert!(ran.err.starts_with("error[unreadable]: ") && ran.err.contains(&path), "{}", ran.err);
    }
    let policy = svar(&["read", &energi]);
    assert_eq!((policy.code, policy.out.as_str()), (2, ""));
    assert_eq!(policy.err.matches("error").count(), 1, "once, and not for every line: {}", policy.err);
    assert!(policy.err.contains("svar read < FILE"), "{}", policy.err);
    assert!(svar(&["read", "See you at 10.30"]).out.contains("length"));
    assert!(asked(&["read", "-"], "Hei, takk!\n").out.contains("greeting  “Hei”"));
}

#[test]
fn a_directory_is_read_as_what_is_in_it() {
    let cargo = "[package]\nname   =   \"acme\"\n";
    let untidy = ACME.replace(" = ", "=");
    let own = folder("own");
    own.file("policy.toml", untidy);
    own.file("policy.tests.toml", TESTS);
    let foreign = own.file("Cargo.toml", cargo);
    let formatted = svar(&["fmt", own.path()]);
    assert_eq!(formatted.code, 0, "{}", formatted.err);
    assert_eq!(own.text("Cargo.toml"), cargo, "it is none of ours");
    assert_eq!(own.text("policy.toml"), ACME);
    let named = svar(&["fmt", "--check", &foreign]);
    assert_eq!(named.code, 1, "what is named is formatted");

    std::fs::remove_file(&foreign).unwrap();
    let checked = svar(&["check", own.path()]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    let tested = svar(&["test", "--no-law", own.path()]);
    assert!(tested.code == 0 && tested.out.contains("thanks pass"), "{}{}", tested.out, tested.err);
    for verb in ["check", "test", "fmt"] {
        let help = svar(&[verb, "--help"]).out;
        assert!(help.contains("director") && help.contains("*.tests.toml"), "{verb}: {help}");
    }
    let only = folder("only-tests");
    only.file("policy.tests.toml", TESTS);
    let only = svar(&["check", only.path()]);
    assert!(only.code == 2 && only.err.contains("there is no policy in this directory"), "{}", only.err);
}

#[test]
fn a_policy_is_read_from_standard_input() {
    let broken = ACME.replace("name", "nam");
    let checked = asked(&["check", "-"], &broken);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(checked.err.contains("--> stdin:2:1"), "{}", checked.err);
    let judged =
        asked(&["validate", "--policy", "-", "--reply", "Hi Kim, thank you!", "--language", "en"], ACME);
    assert_eq!(judged.code, 0, "{}", judged.err);
}

#[test]
fn what_is_wrong_in_an_extended_file_is_told_where_that_file_is() {
    let folder = folder("extended");
    std::fs::create_dir(folder.path_of("other")).unwrap();
    let head = |name: &str, extends: &str| format!("svar = 1\nname = '{name}'\nextends = ['{extends}']\n");
    let wrong = head("base", "svar:care") + "[rules.'a.b']\nforbid = { act = 'blaim' }\n";
    let base = folder.file("base.toml", wrong);
    let top = folder.file("no.toml", head("no", "./base.toml"));
    let err = svar(&["check", &top]).err;
    assert!(err.contains(&format!("--> {base}:5:18")), "{err}");

    // Two files of one name are two.
    folder.file("other/base.toml", head("base", "svar:care"));
    let other = folder.file("other/no.toml", head("other", "./base.toml"));
    let err = svar(&["check", &other, &top]).err;
    assert!(err.contains(&format!("--> {base}:5:18")), "{err}");

    let p = folder.file("p.toml", head("p", "./other/q.toml"));
    let q = folder.file("other/q.toml", head("q", "../p.toml"));
    let err = svar(&["check", &p]).err;
    assert!(err.contains("extends itself: ") && !err.contains("`../p.toml` extends"), "{err}");
    assert!(err.contains(&format!("--> {q}:3:12")), "{err}");
}

#[test]
fn a_file_that_is_not_there_is_told_where_it_is_extended() {
    let folder = folder("not-there");
    folder.file("base.toml", "svar = 1\nname = 'base'\n");
    let top = folder.file("a.toml", "svar = 1\nname = 'a'\nextends = ['./bse.toml']\n");
    let Ran { code, err, .. } = svar(&["check", &top]);
    assert_eq!(code, 2, "{err}");
    for part in [
        format!("`{}`: there is no such file", folder.path_of("bse.toml")),
        format!("--> {top}:3:12"),
        "did you mean `base.toml`?".to_owned(),
    ] {
        assert!(err.contains(&part), "{part} is not in\n{err}");
    }
    let top = folder.file("a.toml", "svar = 1\nname = 'a'\nextends = ['./qqqqqqqqqqqq.toml']\n");
    let err = svar(&["check", &top]).err;
    assert!(err.contains("beside it there are `a.toml`, `base.toml`"), "{err}");
}
