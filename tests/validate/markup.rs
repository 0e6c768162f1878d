//! Markdown and HTML, which most channels show as they are written.

use svar::rule::Finding;
use svar::{Case, Policy};

use super::builtin;

const RULE: &str = "reply.raw-markup";

fn told(policy: &Policy, channel: &str, reply: &str) -> Vec<Finding> {
    let report = policy.validate(&Case::new(channel), reply, None).unwrap();
    report.of(RULE).cloned().collect()
}

#[test]
fn what_a_channel_makes_something_of_is_no_fault_there() {
    let reply = "## Hi\n**Sorry**, see [status](https://example.com).<br>\n```\nping\n```";
    let policy = builtin();
    let signs = |channel: &str| told(policy, channel, reply).len();
    for (channel, expected) in
        [("facebook", 6), ("x", 6), ("email", 6), ("youtube", 6), ("whatsapp", 4), ("reddit", 0)]
    {
        assert_eq!(signs(channel), expected, "{channel}");
    }
}

#[test]
fn of_a_channel_that_does_not_say_what_it_makes_of_them_nothing_is_known() {
    let own = "[channels.forum]\nkind = 'social'\nvisibility = ['public']\n";
    assert_eq!(told(&super::care(own), "forum", "**Sorry**").len(), 0);
    let html = format!("{own}markup = {{ is = 'html' }}\n");
    let evidence: Vec<_> = told(&super::care(&html), "forum", "<b>**Sorry**</b> &nbsp;")
        .into_iter()
        .map(|it| it.evidence)
        .collect();
    assert_eq!(evidence, ["**Sorry**"]);
}

#[test]
fn the_fix_leaves_the_words() {
    for (written, meant) in [
        ("We are **truly sorry**.", "We are truly sorry."),
        (
            "See [status](https://example.com/status) and [write](mailto:help@example.com).",
            "See status: https://example.com/status and write: help@example.com.",
        ),
        ("## Next steps\nWe call.", "Next steps\nWe call."),
        ("Sorry!<br/>We&#39;ll call.", "Sorry!\nWe'll call."),
    ] {
        let mut reply = written.to_owned();
        for finding in told(builtin(), "facebook", written).iter().rev() {
            let fix = finding.fix.as_ref().unwrap();
            reply.replace_range(fix.span.start..fix.span.end, &fix.text);
        }
        assert_eq!(reply, meant);
        assert!(told(builtin(), "facebook", &reply).is_empty(), "{reply}");
    }
}

#[test]
fn where_only_a_person_can_mend_it_no_fix_is_told() {
    let findings = told(builtin(), "facebook", "<a href=\"https://example.com\">status</a>");
    let fixes: Vec<_> = findings.iter().map(|finding| finding.fix.is_some()).collect();
    assert_eq!(fixes, [false, true]);
}

#[test]
fn what_nobody_filled_in_is_told_once() {
    let report = builtin().validate(&Case::new("facebook"), "Hi __NAME__, sorry", None).unwrap();
    assert_eq!(report.of("reply.placeholder").count(), 1);
    assert_eq!(report.of(RULE).count(), 0);
}
