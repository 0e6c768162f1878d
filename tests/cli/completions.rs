//! `svar completions`.

use crate::svar;

#[test]
fn completions_know_every_command() {
    let helps = svar(&["--help"]).out;
    let listed = helps.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.contains(&"validate") && commands.contains(&"completions"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = svar(&["completions", shell]).out;
        for command in &commands {
            assert!(script.contains(command), "{shell} knows {command}");
        }
    }
}
